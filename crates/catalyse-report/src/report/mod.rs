//! The assembled report: everything the outputs need, in the reader's language, and nothing they should not have.

pub(crate) mod cell_text;
pub(crate) mod error;
pub(crate) mod flat;
pub(crate) mod front;
pub(crate) mod table;

use catalyse_locale::Language;
use jiff::civil::Date;

use crate::inputs::Edition;
use front::{DeliveryBox, OwnNumbers, PortraitFact, Trends};
use table::Table;

/// Holds the drawings of one figure as text and bytes.
#[derive(Clone, Default)]
pub struct Figure {
    /// The drawing alone, for a page that says title and notes as text.
    pub page_svg: String,
    /// The same for a narrow page (a telephone).
    pub narrow_svg: Option<String>,
    /// The drawing with its title, *Lecture* and source, for files.
    pub svg: String,
    /// The same with letters as outlines, for slides and word processors that ignore web fonts.
    pub outlined_svg: Option<String>,
    /// The same as pixels.
    pub png: Vec<u8>,
    /// What the drawing shows, for those who do not see it. Not the title.
    pub description: String,
}

impl std::fmt::Debug for Figure {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Figure({} bytes of SVG)", self.svg.len())
    }
}

/// Holds a report.
#[derive(Clone, Debug)]
pub struct Report {
    /// The name of the definition.
    pub name: String,
    /// The title.
    pub title: String,
    /// What it is about.
    pub summary: String,
    /// What a partner's edition holds of the partner's own numbers.
    pub own_numbers: OwnNumbers,
    /// The language of every text.
    pub language: Language,
    /// For whom it is.
    pub edition: Edition,
    /// The name of the partner, or of the whole partnership.
    pub edition_label: String,
    /// The day that is printed on it.
    pub generated_on: Date,
    /// The title of the study.
    pub study: String,
    /// The words for the waves, in time.
    pub waves: Vec<String>,
    /// The words for the partners.
    pub partners: Vec<String>,
    /// The shares that the first page begins with.
    pub portrait: Vec<PortraitFact>,
    /// The first page.
    pub trends: Trends,
    /// The chapters.
    pub chapters: Vec<Chapter>,
    /// What holds for every figure, said once.
    pub general_notes: Vec<String>,
    /// Which records it was made from, and how many were left out.
    pub records: Option<DeliveryBox>,
    /// What the definition asks for and the records could not fill, one sentence a reason.
    pub left_out: Vec<String>,
    /// How to read the numbers, one paragraph each.
    pub methods: Vec<Paragraph>,
    /// The words of the report, each with its meaning.
    pub glossary: Vec<Paragraph>,
    /// The policy that protected the tables.
    pub policy: String,
}

impl Report {
    /// Says whether it is a partner's edition without a number of the partner alone.
    pub fn holds_totals_only(&self) -> bool {
        matches!(self.edition, Edition::Partner(_)) && self.own_numbers.n_figures == 0
    }

    /// Lists the figures of all chapters in order.
    pub fn figures(&self) -> impl Iterator<Item = &ReportFigure> {
        self.chapters.iter().flat_map(|chapter| &chapter.figures)
    }

    /// Gives a figure its drawing. A figure without one shows its table alone; an id that is not there changes nothing.
    ///
    /// Drawings come after the report is put together, because they carry its titles, notes and source.
    pub fn attach(&mut self, id: &str, drawing: Figure) {
        let figures = self.chapters.iter_mut().flat_map(|chapter| &mut chapter.figures);
        if let Some(figure) = figures.into_iter().find(|figure| figure.id == id) {
            figure.drawing = Some(drawing);
        }
    }
}

/// Holds a chapter.
#[derive(Clone, Debug)]
pub struct Chapter {
    /// The name, unique in the report.
    pub id: String,
    /// The title.
    pub title: String,
    /// The text above its figures.
    pub text: String,
    /// Its figures.
    pub figures: Vec<ReportFigure>,
}

/// Holds a figure: title, drawing, table and what must stand below.
#[derive(Clone, Debug)]
pub struct ReportFigure {
    /// The name; files are named after it.
    pub id: String,
    /// The number in the report, from 1.
    pub number: usize,
    /// The kind of chart, if one is asked for.
    pub chart: Option<String>,
    /// The id of the release it shows: its own, or the one by partner.
    pub release: String,
    /// The key of the column that a drawing of one group shows: the partner of the edition.
    pub group: Option<String>,
    /// Whom its latest numbers of everybody count.
    pub whole: Whole,
    /// The finding in words.
    pub title: String,
    /// Measure, wave, place and n.
    pub subtitle: String,
    /// From which side it looks at what it measures, in two or three words: `par vague`; empty where everybody is looked at once.
    pub angle: String,
    /// The same without n, which a drawing says in its own place.
    pub measure: String,
    /// The breaks that concern it, in time.
    pub breaks: Vec<FigureBreak>,
    /// *Lecture, Champ, Notes, Source*.
    pub reading: Reading,
    /// The numbers.
    pub table: Table,
    /// The drawing.
    pub drawing: Option<Figure>,
}

/// Says whom "everybody" means in a figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Whole {
    /// It in a word or two: `tous les partenaires`, `Hotton seul`.
    pub words: String,
    /// Who it is.
    pub who: WholeOf,
    /// Whether all numbers of the figure, at all of its waves, are those of the partner of the edition alone.
    pub is_own: bool,
}

/// Says whose persons are counted at the last wave of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WholeOf {
    /// Those of all partners of the report.
    All,
    /// Those of some of them.
    Some,
}

/// Holds a break of a series as a figure shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureBreak {
    /// The code of the wave before which it is drawn.
    pub wave: String,
    /// It in words.
    pub note: String,
}

/// Holds a paragraph with its heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// The heading.
    pub title: String,
    /// The text.
    pub text: String,
}

/// Holds what stands under a figure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// One number of the table read aloud (*Lecture*).
    pub example: String,
    /// Who is counted (*Champ*).
    pub universe: String,
    /// Marks, rounding, breaks, tests (*Notes*).
    pub notes: Vec<String>,
    /// Where the numbers come from (*Source*).
    pub source: String,
}
