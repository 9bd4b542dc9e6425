//! The assembled report: everything the outputs need, in the reader's language, and nothing they should not have.

pub(crate) mod cell_text;
pub(crate) mod flat;
pub(crate) mod table;

use catalyse_disclose::Release;
use catalyse_locale::{Label, Language, Message};
use jiff::civil::Date;

use crate::definition::Definition;
use crate::figure::reading::Reading;
use crate::report::table::Table;
use crate::whole::portrait::PortraitFact;
use crate::whole::records::{Deliveries, DeliveryBox};
use crate::whole::trends::Trends;

/// Holds what a report is made from.
#[derive(Debug)]
pub struct Inputs<'a> {
    /// The chapters and figures.
    pub definition: &'a Definition,
    /// The language of every text.
    pub language: Language,
    /// For whom it is.
    pub edition: Edition,
    /// The day that is printed on it.
    pub generated_on: Date,
    /// The title of the study.
    pub study: Label,
    /// Who is meant by "persons" in the study, for the *Champ*.
    pub population: Label,
    /// The waves that have records, in time.
    pub waves: Vec<Named>,
    /// The partners in the order of reports.
    pub partners: Vec<Named>,
    /// What breaks the series, in time.
    pub breaks: Vec<Break>,
    /// The figures that the records could not fill, and why.
    pub left_out: Vec<LeftOut>,
    /// What is known of the deliveries; nothing if the records come from elsewhere.
    pub deliveries: Option<Deliveries>,
    /// The released tables, by any order; found by their id.
    pub releases: &'a [Release],
    /// What the gate says of the pack.
    pub protection: Protection,
}

/// Holds a wave or a partner with its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The code, `w1` or `durbuy`.
    pub key: String,
    /// The words.
    pub label: Label,
}

/// Holds what makes a wave hard to compare with those before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Break {
    /// The code of the wave from which it holds.
    pub wave: String,
    /// What a reader must know.
    pub note: Label,
    /// The variables it is about; empty means all of them.
    pub variables: Vec<String>,
}

/// Holds a figure of the definition that a report does not show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// What the figure would have measured.
    pub measure: Label,
    /// Why it is not there.
    pub reason: LeftOutReason,
}

/// Says why a figure of the definition is not in a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeftOutReason {
    /// It compares waves, and only one has records.
    OneWave,
    /// Its questions are not asked in the waves that have records.
    NotAsked,
    /// It counts episodes, and there are none.
    NoEpisodes,
    /// Too few persons stand in its cells: it could not be protected.
    Unprotected,
    /// It sets partners side by side, and there are two: each could subtract itself from the total.
    TwoPartners,
    /// A partner's edition cannot set the partner beside everybody: that table could not be protected.
    Beside,
}

/// Says for whom a report is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Edition {
    /// The partnership as a whole.
    #[default]
    Partnership,
    /// One partner, beside the total; its code.
    Partner(String),
}

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

/// Holds what the gate says of the pack, for readers.
#[derive(Clone, Debug, Default)]
pub struct Protection {
    /// The name of the policy, `partnership`.
    pub policy: String,
    /// What the policy does, one sentence a line.
    pub rules: Vec<Message>,
    /// The verdict of the audit.
    pub audit: Option<Message>,
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
    /// The finding in words.
    pub title: String,
    /// Measure, wave, place and n.
    pub subtitle: String,
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

/// Says why a report could not be put together.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// A figure's table is not among the releases.
    #[error("figure `{figure}`: table `{table}` is not among the released tables")]
    MissingRelease {
        /// The figure.
        figure: String,
        /// The table.
        table: String,
    },
    /// An edition names a partner the study does not have.
    #[error("no partner `{partner}` in this study")]
    UnknownPartner {
        /// The partner.
        partner: String,
    },
    /// The page could not be written.
    #[error("the page could not be written")]
    Page(#[from] askama::Error),
    /// The workbook could not be written.
    #[error("the workbook could not be written")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// A CSV file could not be written.
    #[error("the CSV file could not be written")]
    Csv(#[from] csv::Error),
    /// A JSON file could not be written.
    #[error("the JSON file could not be written")]
    Json(#[from] serde_json::Error),
}
