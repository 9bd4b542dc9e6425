//! The report as one HTML page: the templates filled from the report.
//!
//! No script, no outside resource; the style sheet, the drawings and the tables stand in the file.

mod table;
mod words;

use askama::Template;
use catalyse_disclose::Evidence;
use catalyse_locale::date;

use crate::report::{Report, ReportFigure};
use crate::trends::Finding;
use table::PageTable;
use words::Words;

const STYLE: &str = include_str!("../../templates/style.css");

/// Fills the page.
pub(crate) fn render(report: &Report) -> Result<String, askama::Error> {
    let day = report.generated_on;
    let language = report.language;
    let page = Page {
        report,
        words: Words::new(language),
        style: STYLE,
        day: date(language, day.year(), day.month().unsigned_abs(), day.day().unsigned_abs()),
        findings: report.trends.findings.iter().map(page_finding).collect(),
        chapters: report
            .chapters
            .iter()
            .map(|chapter| PageChapter {
                id: &chapter.id,
                title: &chapter.title,
                text: &chapter.text,
                figures: chapter.figures.iter().map(|figure| page_figure(report, figure)).collect(),
            })
            .collect(),
    };
    page.render()
}

#[derive(Template)]
#[template(path = "report.html")]
struct Page<'a> {
    report: &'a Report,
    words: Words,
    style: &'static str,
    day: String,
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

fn page_figure<'a>(report: &Report, figure: &'a ReportFigure) -> PageFigure<'a> {
    let mut files = Vec::new();
    if let Some(drawing) = &figure.drawing {
        if !drawing.png.is_empty() {
            files.push(format!("figures/{}.png", figure.id));
        }
        files.push(format!("figures/{}.svg", figure.id));
    }
    for ending in ["excel.csv", "csv", "json"] {
        files.push(format!("tables/{}.{ending}", figure.id));
    }
    PageFigure { figure, table: PageTable::new(&figure.table, report.language), files }
}
