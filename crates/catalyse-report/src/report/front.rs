//! What stands before the chapters: findings, what cannot be concluded, a few shares, and the box of the records.

use catalyse_disclose::Evidence;

/// Holds the first page.
#[derive(Clone, Debug, Default)]
pub struct Trends {
    /// What stands out of the partner that the report is for, the strongest first; nothing in the report of all.
    pub own: Vec<Finding>,
    /// Whom `findings` are about, as a heading.
    pub whole: String,
    /// What stands out of all persons together and between partners, the strongest first.
    pub findings: Vec<Finding>,
    /// How many more stand in the chapters.
    pub n_more: usize,
    /// What cannot be concluded, in a few lines: one for each reason.
    pub folded: Vec<Folded>,
    /// What cannot be concluded, one line a table.
    pub inconclusive: Vec<Inconclusive>,
    /// How many comparisons were made, for the note on adjustment.
    pub n_comparisons: usize,
}

/// Holds one finding.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The figure it comes from.
    pub figure: FigureLink,
    /// What kind of finding it is, in a word.
    pub kind: String,
    /// It in a few words.
    pub headline: String,
    /// It in a sentence with n, interval, size and evidence.
    pub sentence: String,
    /// The strength of the evidence in plain words.
    pub strength: String,
    /// The band of adjusted evidence.
    pub evidence: Evidence,
    /// The difference in points.
    pub points: Option<i32>,
    /// Persons compared, rounded.
    pub n: u64,
}

/// Holds one line of what cannot be concluded.
#[derive(Clone, Debug)]
pub struct Inconclusive {
    /// The figure it is about.
    pub figure: FigureLink,
    /// Why nothing can be concluded.
    pub why: Why,
    /// Whose persons were looked at, at the beginning of a sentence; empty where that goes without saying.
    pub whom: String,
    /// What it is about, in a few words.
    pub topic: String,
    /// The smallest difference, in points, that could have been seen.
    pub visible: Option<u32>,
    /// The line.
    pub text: String,
}

/// Says why nothing can be concluded of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// The same persons at two moments, and no change shown.
    NoChange,
    /// Partners, and none stands apart.
    NoPartner,
    /// Groups, and none stands apart.
    NoGroup,
    /// Two variables that do not go together.
    NoLink,
    /// A share that may not be told, because nearly all persons stand in one category.
    Protected,
    /// Too few persons to look.
    TooFew,
}

/// Holds all of which nothing can be concluded for one reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folded {
    /// The reason, with how many topics there are.
    pub lead: String,
    /// The topics, each with its figure.
    pub topics: Vec<(String, FigureLink)>,
    /// Which difference could have gone unseen; empty if it is not known.
    pub visible: String,
}

/// Holds one line of the portrait.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PortraitFact {
    /// The share in words: of the partner in a partner's edition if its figure has one, else of everybody.
    pub share: String,
    /// In a partner's edition, whom a share is of that is not the partner's own.
    pub of_all: Option<String>,
    /// Who they are.
    pub label: String,
    /// The interval, and in a partner's edition the share of everybody.
    pub beside: String,
    /// Where the numbers stand.
    pub figure: FigureLink,
}

/// Holds the box in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeliveryBox {
    /// What happened to the files and records, in words.
    pub lead: Vec<String>,
    /// The waves.
    pub waves: Vec<String>,
    /// One row a partner, and everybody last.
    pub rows: Vec<DeliveryRow>,
}

/// Holds one row of the box.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeliveryRow {
    /// The partner.
    pub label: String,
    /// For each wave the records that count, and those left out, in words.
    pub cells: Vec<(String, String)>,
}

/// Says how much of a partner's edition is about the partner alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnNumbers {
    /// How many figures show a number of the partner alone.
    pub n_figures: usize,
    /// That in a sentence, with what so few persons can and cannot show; empty in the report of all.
    pub text: String,
}

/// Names a figure of the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureLink {
    /// Its id.
    pub id: String,
    /// Its number.
    pub number: usize,
}
