//! What must stand under every figure: *Lecture*, *Champ*, *Notes*, *Source*, made from the released numbers.

use catalyse_disclose::{ReleasedCell, ReleasedShare, Role, ShareOf, Unit};
use catalyse_locale::{Args, Language, Wording};

use crate::cell_text;
use crate::context::Context;
use crate::table::{Heading, Row, Table};
use crate::typography::typeset;

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

/// Makes the reading of a table.
pub(crate) fn reading(context: &Context<'_>, table: &Table) -> Reading {
    let language = context.language;
    Reading {
        example: typeset(language, &example(table, context)),
        universe: typeset(language, &universe(table, context)),
        notes: crate::notes::notes(context, table)
            .iter()
            .map(|note| typeset(language, note))
            .collect(),
        source: typeset(language, &context.source()),
    }
}

/// Reads one number aloud.
fn example(table: &Table, context: &Context<'_>) -> String {
    const NOTHING: Wording = Wording::new(
        "aucun nombre de ce tableau ne peut être montré : les effectifs sont trop petits.",
        "no number of this table can be shown: too few persons.",
    );
    let said = if table.share_of == ShareOf::Nothing {
        summary_example(table, context.language)
    } else {
        telling_cell(table).map(|(row, column, cell)| share_example(table, row, column, cell, context))
    };
    said.unwrap_or_else(|| NOTHING.say(context.language, &Args::new()))
}

/// Returns the cell worth reading: the largest percentage of the first column that has one.
fn telling_cell(table: &Table) -> Option<(&Row, &Heading, &ReleasedCell)> {
    let mut best: Option<(u8, &Row, &Heading, &ReleasedCell)> = None;
    for (column_index, column) in table.columns.iter().enumerate() {
        if column.role != Role::Category && !table.has_one_column() {
            continue;
        }
        for (_, row) in table.categories() {
            let Some(cell) = row.cells.get(column_index) else { continue };
            let worth = match cell.share {
                ReleasedShare::Percent(share) => share,
                ReleasedShare::AtLeast(_) | ReleasedShare::AtMost(_) | ReleasedShare::About { .. } => 0,
                ReleasedShare::Hidden(_) | ReleasedShare::None => continue,
            };
            if best.is_none_or(|(most, ..)| worth > most) {
                best = Some((worth, row, column, cell));
            }
        }
        if best.is_some_and(|(worth, ..)| worth > 0) {
            break;
        }
    }
    best.map(|(_, row, column, cell)| (row, column, cell))
}

fn share_example(
    table: &Table,
    row: &Row,
    column: &Heading,
    cell: &ReleasedCell,
    context: &Context<'_>,
) -> String {
    const ONE: Wording = Wording::new(
        "« { $row } » : { $share } { $unit }{ $interval }.",
        "“{ $row }”: { $share } { $unit }{ $interval }.",
    );
    const DOWN: Wording = Wording::new(
        "{ $among } « { $column } », la part de « { $row } » est de { $share }{ $interval }.",
        "{ $among } “{ $column }”, the share of “{ $row }” is { $share }{ $interval }.",
    );
    const ACROSS: Wording = Wording::new(
        "parmi « { $row } », la part de « { $column } » est de { $share }{ $interval }.",
        "among “{ $row }”, the share of “{ $column }” is { $share }{ $interval }.",
    );
    const INTERVAL: Wording = Wording::new(
        " ; l'intervalle à 95 % va de { $low } à { $high }",
        "; the 95% interval goes from { $low } to { $high }",
    );
    let language = context.language;
    let interval = cell.interval.map_or_else(String::new, |(low, high)| {
        let args = Args::new()
            .text("low", catalyse_locale::percent(language, low))
            .text("high", catalyse_locale::percent(language, high));
        INTERVAL.say(language, &args)
    });
    let wording = match table.share_of {
        ShareOf::Row => ACROSS,
        ShareOf::Column | ShareOf::Nothing if table.has_one_column() => ONE,
        ShareOf::Column | ShareOf::Nothing => DOWN,
    };
    let args = Args::new()
        .text("row", row.heading.label.as_str())
        .text("column", column.label.as_str())
        .text("share", share_in_words(language, cell.share))
        .text("unit", of_those_who_answered(context, cell.share))
        .text("among", among(context))
        .text("interval", interval);
    wording.say(language, &args)
}

fn among(context: &Context<'_>) -> String {
    const PARTNER: Wording = Wording::new("pour", "for");
    const GROUP: Wording = Wording::new("parmi", "among");
    const WAVE: Wording = Wording::new("à", "at");
    let wording = match context.release.columns().name.as_str() {
        "partner" => PARTNER,
        "wave" => WAVE,
        _ => GROUP,
    };
    wording.say(context.language, &Args::new())
}

fn of_those_who_answered(context: &Context<'_>, share: ReleasedShare) -> String {
    const OF_PERSONS: Wording =
        Wording::new("des personnes qui ont répondu", "of the persons who answered");
    const PERSONS: Wording = Wording::new("personnes", "persons");
    const OF_ROWS: Wording = Wording::new("des { $rows }", "of the { $rows }");
    let args = match context.release.unit() {
        Unit::Persons => Args::new(),
        Unit::Rows(rows) => Args::new().label("rows", rows),
    };
    let wording = match (context.release.unit(), share) {
        (Unit::Persons, ReleasedShare::About { .. }) => PERSONS,
        (Unit::Persons, _) => OF_PERSONS,
        (Unit::Rows(_), _) => OF_ROWS,
    };
    wording.say(context.language, &args)
}

fn share_in_words(language: Language, share: ReleasedShare) -> String {
    const AT_LEAST: Wording = Wording::new("au moins { $share }", "at least { $share }");
    const AT_MOST: Wording = Wording::new("au plus { $share }", "at most { $share }");
    let bound = |wording: Wording, share: u8| {
        let args = Args::new().text("share", catalyse_locale::percent(language, share));
        wording.say(language, &args)
    };
    match share {
        ReleasedShare::AtLeast(share) => bound(AT_LEAST, share),
        ReleasedShare::AtMost(share) => bound(AT_MOST, share),
        ReleasedShare::Percent(_)
        | ReleasedShare::About { .. }
        | ReleasedShare::Hidden(_)
        | ReleasedShare::None => cell_text::share(language, share),
    }
}

fn summary_example(table: &Table, language: Language) -> Option<String> {
    const MEDIAN: Wording = Wording::new(
        "« { $row } » : la moitié des personnes ont { $median } ou moins ; la moitié du milieu va de { $low } à { $high }.",
        "“{ $row }”: half of the persons have { $median } or less; the middle half goes from { $low } to { $high }.",
    );
    table.rows.iter().find_map(|row| {
        let summary = row.cells.iter().find_map(|cell| cell.summary.and_then(|shown| shown.value()))?;
        let [low, median, high] = summary.quartiles;
        let args = Args::new()
            .text("row", row.heading.label.as_str())
            .text("median", cell_text::quantity(language, median))
            .text("low", cell_text::quantity(language, low))
            .text("high", cell_text::quantity(language, high));
        Some(MEDIAN.say(language, &args))
    })
}

/// Says who is counted, when, how many and how many did not answer.
fn universe(table: &Table, context: &Context<'_>) -> String {
    const WITH_N: Wording = Wording::new(
        "{ $universe }, { $waves } ; { $n } { $unit } environ{ $missing }.",
        "{ $universe }, { $waves }; about { $n } { $unit }{ $missing }.",
    );
    const WITHOUT_N: Wording =
        Wording::new("{ $universe }, { $waves }.", "{ $universe }, { $waves }.");
    const MISSING: Wording = Wording::new(
        ", dont { $missing } environ sans réponse",
        ", about { $missing } of them without an answer",
    );
    let language = context.language;
    let args = Args::new().text("universe", context.universe()).text("waves", context.wave_words());
    let Some(n) = table.n_total() else { return WITHOUT_N.say(language, &args) };
    let missing = table
        .n_answered()
        .and_then(|answered| n.checked_sub(answered))
        .filter(|missing| *missing > 0)
        .map_or_else(String::new, |missing| {
            MISSING.say(language, &Args::new().count("missing", missing))
        });
    WITH_N.say(language, &args.count("n", n).text("unit", context.unit()).text("missing", missing))
}

/// Says whether a table has a cell whose share is only told in words, for want of persons.
pub(crate) fn has_words_for_shares(table: &Table) -> bool {
    table.cells().any(|cell| matches!(cell.share, ReleasedShare::About { .. }))
}

/// Says whether a table has a bound in place of a share.
pub(crate) fn has_bounds(table: &Table) -> bool {
    table
        .cells()
        .any(|cell| matches!(cell.share, ReleasedShare::AtLeast(_) | ReleasedShare::AtMost(_)))
}
