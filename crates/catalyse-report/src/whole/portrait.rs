//! The portrait: the few shares of everybody that a working group keeps in mind, each read from the table of its figure.
//!
//! It claims nothing and compares nothing: it says who the persons are, before the first page says what changes and what differs.

use catalyse_disclose::{ReleasedCell, ReleasedShare, Role, Shown};
use catalyse_locale::{Args, Language, Wording, capital, typeset};

use crate::claims::answering::Answering;
use crate::definition::{PortraitDefinition, PortraitLine};
use crate::figure::spotlight::leading_rows;
use crate::inputs::Edition;
use crate::report::cell_text;
use crate::report::front::FigureLink;
use crate::report::front::PortraitFact;
use crate::report::table::{Row, Table, percent_of};
use crate::report::{Chapter, ReportFigure, WholeOf};

const EVERYBODY: Wording = Wording::new("{ $whole } : { $share }", "{ $whole }: { $share }");
const OF_ALL: Wording = Wording::new("tous les partenaires ensemble", "all partners together");

/// Reads the portrait from the figures. A line whose figure is not in the report, or whose share cannot be told, or told of fewer than
/// half of the persons, is left out: the figure says why.
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
    if Answering::of_table(table) == Answering::Minority {
        return None;
    }
    let whole = whole_column(table)?;
    let row = match &line.row {
        Some(key) => table.categories().map(|(_, row)| row).find(|row| row.heading.key == *key)?,
        None => leading_rows(table, whole).first()?.1,
    };
    let own_column = figure
        .group
        .as_ref()
        .and_then(|group| table.columns.iter().position(|column| column.key == *group));
    // Where the partner's own share is not told, that of everybody is, and says so.
    let own_column = own_column.filter(|column| row.cells.get(*column).is_some_and(is_told));
    let own = own_column.and_then(|column| row.cells.get(column));
    let column = own_column.unwrap_or(whole);
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
    let whole = figure.whole.words.as_str();
    let (whom, of_all) = match (edition, own, figure.whole.who) {
        (Edition::Partnership, _, WholeOf::All) => (None, None),
        (Edition::Partnership, _, WholeOf::Some) => (Some(whole.to_owned()), None),
        (Edition::Partner(_), Some(_), _) => {
            let args = Args::new().text("whole", whole).text("share", share(everybody));
            (Some(EVERYBODY.say(language, &args)), None)
        }
        (Edition::Partner(_), None, WholeOf::All) => {
            (None, Some(OF_ALL.say(language, &Args::new())))
        }
        (Edition::Partner(_), None, WholeOf::Some) => (None, Some(whole.to_owned())),
    };
    Some(PortraitFact {
        share: typeset(language, &share(shown)),
        of_all: of_all.map(|whole| typeset(language, &format!("{} :", capital(&whole)))),
        label: typeset(language, &label((line, figure), (row, column), language)),
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

const fn is_told(cell: &ReleasedCell) -> bool {
    match cell.share {
        // A small partner reads rounded counts, "about 5 of 20".
        ReleasedShare::Percent(_)
        | ReleasedShare::AtLeast(_)
        | ReleasedShare::AtMost(_)
        | ReleasedShare::About { .. } => true,
        ReleasedShare::Hidden(_) | ReleasedShare::None => false,
    }
}

/// Returns the words of the definition, else the measure with the category; the measure alone where the answer is yes.
fn label(
    (line, figure): (&PortraitLine, &ReportFigure),
    (row, column): (&Row, usize),
    language: Language,
) -> String {
    const CATEGORY: Wording =
        Wording::new("répondent { $rows } ({ $measure })", "answer { $rows } ({ $measure })");
    let table = &figure.table;
    let rows = match line.row {
        Some(_) => quoted(row, language),
        None => with_level(table, (row, column), language),
    };
    let given = line.label.get(language);
    if !given.is_empty() {
        return given.replace(PortraitLine::ROWS, &rows);
    }
    if table.is_yes_or_no()
        && table.news_rows().iter().any(|yes| yes.heading.key == row.heading.key)
    {
        return table.row_label.clone();
    }
    let args = Args::new().text("measure", table.row_label.as_str()).text("rows", rows);
    CATEGORY.say(language, &args)
}

fn quoted(row: &Row, language: Language) -> String {
    const QUOTED: Wording = Wording::new("« { $row } »", "“{ $row }”");
    QUOTED.say(language, &Args::new().text("row", row.heading.label.as_str()))
}

/// Returns the row with those that may be as large: `« Qualification ou diplôme », autant « Se déplacer »`.
fn with_level(table: &Table, (row, column): (&Row, usize), language: Language) -> String {
    const AS_MANY: Wording = Wording::new("autant { $row }", "as many { $row }");
    const OTHER: Wording = Wording::new("{ $share } { $row }", "{ $share } { $row }");
    const SEVERAL: Wording = Wording::new(
        "{ $row }, que l’arrondi ne départage pas { $n -> [one] d’une autre réponse *[other] de { $n } autres réponses },",
        "{ $row }, which rounding cannot tell from { $n -> [one] another answer *[other] { $n } other answers },",
    );
    /// More rows than this are counted, not named.
    const MOST_NAMED: usize = 3;
    let share = percent_of(row, column);
    let leading = leading_rows(table, column);
    if share.is_none() {
        // A small partner reads rounded counts: how many other answers may have as many is all that can be said.
        let n_level = level_counts(table, (row, column));
        let args = Args::new().text("row", quoted(row, language)).count("n", n_level);
        return if n_level == 0 { quoted(row, language) } else { SEVERAL.say(language, &args) };
    }
    let is_row = |one: &Row| one.heading.key == row.heading.key;
    // A partner may have another order than everybody, of whom the row is the largest.
    if !leading.iter().any(|(_, one)| is_row(one)) {
        return quoted(row, language);
    }
    let others = leading.iter().filter(|(_, one)| !is_row(one));
    if leading.len() > MOST_NAMED {
        let args = Args::new().text("row", quoted(row, language)).count("n", others.count());
        return SEVERAL.say(language, &args);
    }
    let others = others.map(|(of, other)| {
        let args = Args::new()
            .text("share", catalyse_locale::percent(language, *of))
            .text("row", quoted(other, language));
        if Some(*of) == share { AS_MANY } else { OTHER }.say(language, &args)
    });
    std::iter::once(quoted(row, language)).chain(others).collect::<Vec<_>>().join(", ")
}

/// Counts the other answers of a column that may have as many persons as one, for what rounding hides.
fn level_counts(table: &Table, (row, column): (&Row, usize)) -> usize {
    let count = |row: &Row| row.cells.get(column).and_then(|cell| cell.count.value());
    let Some(own) = count(row) else { return 0 };
    let hidden = 2 * table.rounding.saturating_sub(1);
    let others = table.news_rows().into_iter().filter(|one| one.heading.key != row.heading.key);
    others.filter(|one| count(one).is_some_and(|n| n + hidden >= own)).count()
}

/// Returns what stands in small letters beside the share: of whom it is or what it is beside, and its interval.
fn beside(shown: &ReleasedCell, whom: Option<String>, language: Language) -> String {
    const INTERVAL: Wording =
        Wording::new("intervalle à 95 % : { $interval }", "95% interval: { $interval }");
    let interval = cell_text::interval(language, shown);
    let interval = (!interval.is_empty())
        .then(|| INTERVAL.say(language, &Args::new().text("interval", interval)));
    // The interval is that of the share shown, so it stands before the share of everybody.
    let parts: Vec<String> = interval.into_iter().chain(whom).collect();
    parts.join(" · ")
}
