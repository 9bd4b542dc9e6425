//! The first page, "Grandes tendances": the findings that stand out, ranked, and what cannot be concluded.
//!
//! It reads verdicts of tests that the gate let through and nothing else. Ranked by adjusted evidence, then by size in points.

use std::collections::{BTreeMap, BTreeSet};

use catalyse_disclose::{Axis, Evidence, Release};
use catalyse_locale::{Args, Label, Language, Wording};

use crate::claims::claim::{Claim, Subject};
use crate::claims::sentence::{headline, sentence};
use crate::report::Edition;
use crate::report::cell_text;
use crate::whole::inconclusive::{fold, inconclusive};

/// Holds the first page.
#[derive(Clone, Debug, Default)]
pub struct Trends {
    /// What stands out of the partner that the report is for, the strongest first; nothing in the report of all.
    pub own: Vec<Finding>,
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

/// Names a figure of the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureLink {
    /// Its id.
    pub id: String,
    /// Its number.
    pub number: usize,
}

/// Holds a table that feeds the first page, with the figure a reader finds it under.
pub(crate) struct Fed<'a> {
    pub figure: FigureLink,
    pub release: &'a Release,
    pub measure: Label,
    /// How many partners have records.
    pub n_partners: usize,
}

/// How many findings one table may give, so that a long code list does not fill the page.
const PER_TABLE: usize = 2;

/// Says for whom the first page is.
pub(crate) struct Audience<'a> {
    pub edition: &'a Edition,
    /// The partner by its name, if the report is for one.
    pub partner: Option<&'a str>,
    pub language: Language,
    /// How many partners have records.
    pub n_partners: usize,
}

/// Makes the first page.
pub(crate) fn trends(fed: &[Fed<'_>], audience: &Audience<'_>, limit: usize) -> Trends {
    let mut shown: Vec<(&FigureLink, Claim<'_>)> = fed
        .iter()
        .flat_map(|fed| stands_out(fed, audience.edition).map(move |claim| (&fed.figure, claim)))
        .collect();
    shown.sort_by_key(|(figure, claim)| {
        (claim.test.adjusted, std::cmp::Reverse(claim.size()), figure.number)
    });
    let shown = each_once(shown);
    let n_shown = shown.len();
    let (own, whole): (Vec<_>, Vec<_>) = shown
        .into_iter()
        .partition(|(_, claim)| audience.partner.is_some() && is_of_partner(claim));
    let first = |found: Vec<(&FigureLink, Claim<'_>)>| -> Vec<Finding> {
        let found = found.iter().take(limit);
        found.map(|(figure, claim)| finding(figure, claim, audience.language)).collect()
    };
    let (own, findings) = (first(own), first(whole));
    let inconclusive: Vec<Inconclusive> =
        fed.iter().flat_map(|fed| inconclusive(fed, audience)).collect();
    Trends {
        n_more: n_shown - own.len() - findings.len(),
        own,
        findings,
        folded: fold(&inconclusive, audience),
        inconclusive,
        n_comparisons: fed.iter().map(|fed| fed.release.tests().len()).sum(),
    }
}

/// Says whether a claim sets one partner apart from the others.
fn is_of_partner(claim: &Claim<'_>) -> bool {
    let is_against_rest = matches!(claim.subject, Subject::AgainstRest { .. });
    is_against_rest && claim.release.columns().is_of_partners()
}

/// Lists the claims of a table that the data support and that this edition is about.
fn stands_out<'a>(
    fed: &'a Fed<'_>,
    edition: &Edition,
) -> impl Iterator<Item = Claim<'a>> + use<'a> {
    let claims: Vec<Claim<'a>> = Claim::all(fed.release, &fed.measure, fed.n_partners)
        .filter(Claim::is_shown)
        .filter(|claim| concerns(claim, edition))
        .filter(|claim| !claim.repeats_first_category())
        .collect();
    let has_rows = claims.iter().any(|claim| claim.subject.row().is_some());
    claims.into_iter().filter(move |claim| match claim.subject {
        // Which categories changed says more than that some did.
        Subject::Redistribution { .. } | Subject::Association => !has_rows,
        Subject::Change { .. } | Subject::Difference { .. } | Subject::AgainstRest { .. } => true,
    })
}

/// Says whether a claim belongs in an edition: a partner reads of itself, not of how another one stands apart.
pub(crate) fn concerns(claim: &Claim<'_>, edition: &Edition) -> bool {
    match (edition, claim.subject) {
        (Edition::Partner(partner), Subject::AgainstRest { column, .. })
            if claim.release.columns().is_of_partners() =>
        {
            let heading = claim.release.columns().headings.get(column);
            heading.is_some_and(|heading| heading.key == *partner)
        }
        (Edition::Partner(_) | Edition::Partnership, _) => true,
    }
}

/// Keeps the strongest of the claims that say the same of the same category, and a few of each table.
fn each_once<'a, 'b>(ranked: Vec<(&'b FigureLink, Claim<'a>)>) -> Vec<(&'b FigureLink, Claim<'a>)> {
    let mut said = BTreeSet::new();
    let mut per_table: BTreeMap<&str, usize> = BTreeMap::new();
    ranked
        .into_iter()
        .filter(|(_, claim)| {
            let table = per_table.entry(claim.release.id()).or_default();
            let is_new = *table < PER_TABLE && said.insert(what_it_says(claim));
            *table += usize::from(is_new);
            is_new
        })
        .collect()
}

fn what_it_says(claim: &Claim<'_>) -> (String, String, String) {
    let row = claim.subject.row().and_then(|row| claim.release.rows().headings.get(row));
    let column = match claim.subject {
        Subject::AgainstRest { column, .. } => {
            claim.release.columns().headings.get(column).map(|heading| heading.key.clone())
        }
        Subject::Change { .. } | Subject::Redistribution { .. } => Some(Axis::WAVE.to_owned()),
        Subject::Difference { .. } | Subject::Association => {
            Some(claim.release.columns().name.clone())
        }
    };
    (
        claim.release.rows().name.clone(),
        row.map_or_else(String::new, |heading| heading.key.clone()),
        column.unwrap_or_default(),
    )
}

fn finding(figure: &FigureLink, claim: &Claim<'_>, language: Language) -> Finding {
    const CHANGE: Wording = Wording::new("Changement", "Change");
    const PARTNER: Wording = Wording::new("Partenaire", "Partner");
    const GROUP: Wording = Wording::new("Groupe", "Group");
    const LINK: Wording = Wording::new("Lien", "Link");
    let kind = match claim.subject {
        Subject::Change { .. } | Subject::Redistribution { .. } => CHANGE,
        Subject::AgainstRest { .. } if is_of_partner(claim) => PARTNER,
        Subject::AgainstRest { .. } | Subject::Difference { .. } => GROUP,
        Subject::Association => LINK,
    };
    Finding {
        figure: figure.clone(),
        kind: kind.say(language, &Args::new()),
        headline: headline(claim, language),
        sentence: sentence(claim, language),
        strength: cell_text::strength(language, claim.test.adjusted),
        evidence: claim.test.adjusted,
        points: claim.effect().map(|effect| effect.points),
        n: claim.n(),
    }
}
