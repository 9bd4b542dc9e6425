//! The report as one HTML page: the templates filled from the report.
//!
//! No script, no outside resource; the style sheet, the drawings and the tables stand in the file.

mod table;
mod words;

use std::fmt::Write as _;

use askama::Template;
use catalyse_disclose::Evidence;
use catalyse_locale::{Args, Wording, date, typeset};

use crate::inputs::Edition;
use crate::report::front::Finding;
use crate::report::{Report, ReportFigure};
use table::PageTable;
use words::Words;

const STYLE: &str = concat!(
    include_str!("../../assets/fonts/fonts.css"),
    include_str!("../../templates/style.css")
);

/// Fills the page; the files that hold one figure alone are named under it.
pub(crate) fn render(
    report: &Report,
    files_of: &dyn Fn(&ReportFigure) -> Vec<String>,
) -> Result<String, askama::Error> {
    let day = report.generated_on;
    let language = report.language;
    let page = Page {
        report,
        words: Words::new(language),
        style: STYLE,
        running_foot: running_foot(report),
        day: date(language, day.year(), day.month().unsigned_abs(), day.day().unsigned_abs()),
        is_for_partner: report.edition != Edition::Partnership,
        own: report.trends.own.iter().map(page_finding).collect(),
        findings: report.trends.findings.iter().map(page_finding).collect(),
        chapters: report
            .chapters
            .iter()
            .map(|chapter| PageChapter {
                id: &chapter.id,
                title: &chapter.title,
                text: &chapter.text,
                figures: chapter
                    .figures
                    .iter()
                    .map(|figure| page_figure(report, figure, files_of(figure)))
                    .collect(),
            })
            .collect(),
    };
    page.render()
}

/// Returns the style of the foot that every printed page has: the report, the day, the policy, and the number of the page.
fn running_foot(report: &Report) -> String {
    const FOOT: Wording = Wording::new(
        "{ $title } – { $edition } · { $day } · nombres protégés : politique « { $policy } »",
        "{ $title } – { $edition } · { $day } · protected numbers: policy “{ $policy }”",
    );
    let (day, language) = (report.generated_on, report.language);
    let args = Args::new()
        .text("title", report.title.as_str())
        .text("edition", report.edition_label.as_str())
        .text(
            "day",
            date(language, day.year(), day.month().unsigned_abs(), day.day().unsigned_abs()),
        )
        .text("policy", report.policy.as_str());
    let foot = css_string(&typeset(language, &FOOT.say(language, &args)));
    format!(
        "@page{{@bottom-left{{content:{foot};width:85%}}@bottom-right{{content:counter(page) \" / \" counter(pages);width:15%;text-align:right}}}}"
    )
}

/// Returns a text as a string of CSS that cannot end its style sheet.
fn css_string(text: &str) -> String {
    let mut string = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' | '<' | '>' | '&' | '\n' | '\r' => {
                let _ = write!(string, "\\{:x} ", u32::from(letter));
            }
            _ => string.push(letter),
        }
    }
    string.push('"');
    string
}

#[derive(Template)]
#[template(path = "report.html")]
struct Page<'a> {
    report: &'a Report,
    words: Words,
    style: &'static str,
    running_foot: String,
    day: String,
    is_for_partner: bool,
    own: Vec<PageFinding<'a>>,
    findings: Vec<PageFinding<'a>>,
    chapters: Vec<PageChapter<'a>>,
}

struct PageFinding<'a> {
    finding: &'a Finding,
    /// The class that colours it; the words beside it say the same.
    class: &'static str,
}

struct PageChapter<'a> {
    id: &'a str,
    title: &'a str,
    text: &'a str,
    figures: Vec<PageFigure<'a>>,
}

struct PageFigure<'a> {
    figure: &'a ReportFigure,
    table: PageTable,
    files: Vec<String>,
}

impl PageFigure<'_> {
    /// Returns the drawing for wide pages.
    fn wide(&self) -> &str {
        self.figure.drawing.as_ref().map_or("", |drawing| drawing.page_svg.as_str())
    }

    /// Returns the drawing for narrow pages; nothing if the wide one serves both.
    fn narrow(&self) -> &str {
        let drawing = self.figure.drawing.as_ref();
        drawing.and_then(|drawing| drawing.narrow_svg.as_deref()).unwrap_or_default()
    }
}

const fn page_finding(finding: &Finding) -> PageFinding<'_> {
    let class = match finding.evidence {
        Evidence::VeryStrong => "very-strong",
        Evidence::Strong => "strong",
        Evidence::Some => "some",
        Evidence::None | Evidence::NotTold => "none",
    };
    PageFinding { finding, class }
}

fn page_figure<'a>(
    report: &Report,
    figure: &'a ReportFigure,
    files: Vec<String>,
) -> PageFigure<'a> {
    PageFigure { figure, table: PageTable::new(&figure.table, report.language), files }
}
