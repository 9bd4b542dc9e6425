//! The portrait: the few shares of everybody that a working group keeps in mind, each read from the table of its figure.
//!
//! It claims nothing and compares nothing: it says who the persons are, before the first page says what changes and what differs.

use catalyse_disclose::{ReleasedCell, ReleasedShare, Role, Shown};
use catalyse_locale::{Args, Language, Wording, typeset};

use crate::definition::{PortraitDefinition, PortraitLine};
use crate::inputs::Edition;
use crate::report::cell_text;
use crate::report::front::FigureLink;
use crate::report::front::PortraitFact;
use crate::report::table::{Row, Table, percent_of};
use crate::report::{Chapter, ReportFigure};

const EVERYBODY: Wording =
    Wording::new("tous les partenaires : { $share }", "all partners: { $share }");
const OF_ALL: Wording = Wording::new("tous les partenaires ensemble", "all partners together");

/// Reads the portrait from the figures. A line whose figure is not in the report, or whose share cannot be told, is left out: the figure
/// says why.
pub(crate) fn portrait(
    definition: &PortraitDefinition,
    chapters: &[Chapter],
    (edition, language): (&Edition, Language),
) -> Vec<PortraitFact> {
    let find = |id: &String| {
        chapters.iter().flat_map(|chapter| &chapter.figures).find(|figure| figure.id == *id)
    };
    let read =
        |line: &PortraitLine| fact(line, line.figures.iter().find_map(find)?, (edition, language));
    definition.lines.iter().filter_map(read).collect()
}

fn fact(
    line: &PortraitLine,
    figure: &ReportFigure,
    (edition, language): (&Edition, Language),
) -> Option<PortraitFact> {
    let table = &figure.table;
    let whole = whole_column(table)?;
    let row = match &line.row {
        Some(key) => table.categories().map(|(_, row)| row).find(|row| row.heading.key == *key)?,
        None => largest(table, whole)?,
    };
    let own = figure.group.as_ref().and_then(|group| {
        let column = table.columns.iter().position(|column| column.key == *group)?;
        row.cells.get(column)
    });
    let everybody = row.cells.get(whole)?;
    let shown = own.unwrap_or(everybody);
    if !is_told(shown) {
        return None;
    }
    // A printed 0 stands for up to a few persons, and a reader of the first page has not read that yet.
    let share = |cell: &ReleasedCell| match cell.count {
        Shown::Value(0) => cell_text::count((language, table.rounding), &cell.count),
        Shown::Value(_) | Shown::Hidden(_) => {
            cell_text::share((language, table.rounding), cell.share)
        }
    };
    let whom = match (edition, own) {
        (Edition::Partnership, _) => None,
        (Edition::Partner(_), Some(_)) => {
            Some(EVERYBODY.say(language, &Args::new().text("share", share(everybody))))
        }
        (Edition::Partner(_), None) => Some(OF_ALL.say(language, &Args::new())),
    };
    Some(PortraitFact {
        share: typeset(language, &share(shown)),
        label: typeset(language, &label(line, figure, row, language)),
        beside: typeset(language, &beside(shown, whom, language)),
        figure: FigureLink { id: figure.id.clone(), number: figure.number },
    })
}

/// Returns the column that stands for everybody now: all of them, or the last wave.
fn whole_column(table: &Table) -> Option<usize> {
    if table.has_one_column() {
        return Some(0);
    }
    let place = |role| table.columns.iter().rposition(|column| column.role == role);
    if table.is_by_wave { place(Role::Category) } else { place(Role::Total) }
}

/// Returns the row with the largest share; of equal ones the first.
fn largest(table: &Table, column: usize) -> Option<&Row> {
    let rows = table.news_rows().into_iter().rev();
    rows.filter_map(|row| percent_of(row, column).map(|share| (share, row)))
        .max_by_key(|(share, _)| *share)
        .map(|(_, row)| row)
}

const fn is_told(cell: &ReleasedCell) -> bool {
    match cell.share {
        ReleasedShare::Percent(_) | ReleasedShare::AtLeast(_) | ReleasedShare::AtMost(_) => true,
        ReleasedShare::About { .. } | ReleasedShare::Hidden(_) | ReleasedShare::None => false,
    }
}

/// Returns the words of the definition, else the measure with the category; the measure alone where the answer is yes.
fn label(line: &PortraitLine, figure: &ReportFigure, row: &Row, language: Language) -> String {
    const CATEGORY: Wording =
        Wording::new("{ $measure } : « { $row } »", "{ $measure }: “{ $row }”");
    let given = line.label.get(language);
    if !given.is_empty() {
        return given.to_owned();
    }
    let table = &figure.table;
    if table.is_yes_or_no()
        && table.news_rows().iter().any(|yes| yes.heading.key == row.heading.key)
    {
        return table.row_label.clone();
    }
    let args = Args::new()
        .text("measure", table.row_label.as_str())
        .text("row", row.heading.label.as_str());
    CATEGORY.say(language, &args)
}

/// Returns what stands in small letters beside the share: of whom it is or what it is beside, and its interval.
fn beside(shown: &ReleasedCell, whom: Option<String>, language: Language) -> String {
    const INTERVAL: Wording =
        Wording::new("intervalle à 95 % : { $interval }", "95% interval: { $interval }");
    let interval = cell_text::interval(language, shown);
    let interval = (!interval.is_empty())
        .then(|| INTERVAL.say(language, &Args::new().text("interval", interval)));
    let parts: Vec<String> = whom.into_iter().chain(interval).collect();
    parts.join(" · ")
}
