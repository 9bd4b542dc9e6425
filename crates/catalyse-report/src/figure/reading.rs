//! What must stand under every figure: *Lecture*, *Champ*, *Notes*, *Source*, made from the released numbers.

use catalyse_disclose::{Axis, ReleasedCell, ReleasedShare, Role, ShareOf, Unit};
use catalyse_locale::{Args, Language, Wording, capital, typeset};

use crate::claims::claim::Claim;
use crate::claims::phrase::answer;
use crate::claims::phrase::list;
use crate::claims::phrase::moment;
use crate::claims::sentence::sentence;
use crate::claims::verdict::clearest_claim;
use crate::figure::context::Context;
use crate::figure::spotlight::spotlight;
use crate::figure::unanswered::nobody_answered;
use crate::figure::universe::universe;
use crate::report::FigureBreak;
use crate::report::Reading;
use crate::report::cell_text;
use crate::report::table::{Heading, Row, Table, percent_of};

/// Makes the reading of a table.
pub(crate) fn reading(context: &Context<'_>, table: &Table, breaks: &[FigureBreak]) -> Reading {
    let language = context.language;
    Reading {
        example: typeset(language, &capital(&example(table, context))),
        universe: typeset(language, &universe(table, context)),
        notes: crate::figure::notes::notes(context, table, breaks)
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
    let claims = context.claims();
    let said = if let Some(claim) = clearest_claim(&claims).filter(|claim| reads_one_share(claim)) {
        Some(sentence(claim, context.language))
    } else if table.share_of == ShareOf::Nothing {
        summary_example(table, context)
    } else {
        telling_cell(table, context)
            .map(|(row, column, cell)| share_example(table, row, column, cell, context))
    };
    said.or_else(|| nobody_answered(table, context.language))
        .unwrap_or_else(|| NOTHING.say(context.language, &Args::new()))
}

/// Says whether the sentence of a claim reads shares of one category, as the title does.
fn reads_one_share(claim: &Claim<'_>) -> bool {
    claim.subject.row().is_some() && claim.effect().is_some()
}

/// Returns the cell worth reading: that of the title; in a group of its own, where there are several; else the first that is told in
/// other words than a percentage.
fn telling_cell<'a>(
    table: &'a Table,
    context: &Context<'_>,
) -> Option<(&'a Row, &'a Heading, &'a ReleasedCell)> {
    let at = |row: &'a Row, column: usize| {
        Some((row, table.columns.get(column)?, row.cells.get(column)?))
    };
    if let Some(light) = spotlight(context, table) {
        let is_group = |column: &usize| {
            let is_category =
                table.columns.get(*column).is_some_and(|heading| heading.role == Role::Category);
            is_category && percent_of(light.row, *column).is_some_and(|share| share > 0)
        };
        // Everybody is read in the title; here the first group shows how a column is read.
        let column = if is_group(&light.column) {
            Some(light.column)
        } else {
            (0..table.columns.len()).find(is_group)
        };
        return at(light.row, column.unwrap_or(light.column));
    }
    let cells = table
        .news_rows()
        .into_iter()
        .flat_map(|row| (0..table.columns.len()).filter_map(move |column| at(row, column)));
    let mut told = cells.filter(|(.., cell)| match cell.share {
        ReleasedShare::AtLeast(_) | ReleasedShare::AtMost(_) | ReleasedShare::About { .. } => true,
        ReleasedShare::Percent(_) | ReleasedShare::Hidden(_) | ReleasedShare::None => false,
    });
    told.next()
}

fn share_example(
    table: &Table,
    row: &Row,
    column: &Heading,
    cell: &ReleasedCell,
    context: &Context<'_>,
) -> String {
    const ONE: Wording =
        Wording::new("« { $row } » : { $share } { $unit }", "“{ $row }”: { $share } { $unit }");
    const DOWN: Wording = Wording::new(
        "{ $column }, la part de « { $row } » est { $of_share }",
        "{ $column }, the share of “{ $row }” is { $of_share }",
    );
    const MOVES: Wording = Wording::new(
        "parmi « { $row } » au départ, la part de « { $column } » à la fin est { $of_share }",
        "among “{ $row }” at the start, the share of “{ $column }” at the end is { $of_share }",
    );
    const ACROSS: Wording = Wording::new(
        "parmi « { $row } », la part de « { $column } » est { $of_share }",
        "among “{ $row }”, the share of “{ $column }” is { $of_share }",
    );
    const INTERVAL: Wording = Wording::new(
        "l'intervalle à 95 % va de { $low } à { $high }",
        "the 95% interval goes from { $low } to { $high }",
    );
    let language = context.language;
    let interval = cell.interval.map(|(low, high)| {
        let args = Args::new()
            .text("low", catalyse_locale::percent(language, low))
            .text("high", catalyse_locale::percent(language, high));
        INTERVAL.say(language, &args)
    });
    let column_words = match table.share_of {
        ShareOf::Row => column.label.clone(),
        ShareOf::Column | ShareOf::Nothing => {
            let label = answer(&table.column_label, &column.key, &column.label, language);
            among(context, &label)
        }
    };
    let row_words = match table.share_of {
        ShareOf::Row => answer(&table.row_label, &row.heading.key, &row.heading.label, language),
        ShareOf::Column | ShareOf::Nothing => row.heading.label.clone(),
    };
    let wording = match table.share_of {
        ShareOf::Row if context.is_transition() => MOVES,
        ShareOf::Row => ACROSS,
        ShareOf::Column | ShareOf::Nothing if table.has_one_column() => ONE,
        ShareOf::Column | ShareOf::Nothing => DOWN,
    };
    let args = Args::new()
        .text("row", row_words)
        .text("column", column_words)
        .text("share", share_in_words(language, cell.share, table.rounding))
        .text("of_share", of_share(language, cell.share, table.rounding))
        .text("unit", of_those_who_answered(context, cell.share));
    let read = wording.say(language, &args);
    format!("{}.", list(language, std::iter::once(read).chain(interval)))
}

/// Returns a column as the beginning of a sentence: `pour Durbuy`, `à la vague 1`, `parmi « Femmes »`.
fn among(context: &Context<'_>, column: &str) -> String {
    const PARTNER: Wording = Wording::new("pour { $column }", "for { $column }");
    const GROUP: Wording = Wording::new("parmi « { $column } »", "among “{ $column }”");
    const WAVE: Wording = Wording::new("à { $column }", "at { $column }");
    let language = context.language;
    let (wording, column) = match context.release.columns().name.as_str() {
        Axis::PARTNER => (PARTNER, column.to_owned()),
        Axis::WAVE => (WAVE, moment(language, column)),
        _ => (GROUP, column.to_owned()),
    };
    wording.say(language, &Args::new().text("column", column))
}

fn of_those_who_answered(context: &Context<'_>, share: ReleasedShare) -> String {
    const OF_PERSONS: Wording =
        Wording::new("des personnes qui ont répondu", "of the persons who answered");
    const PERSONS: Wording = Wording::new("personnes", "persons");
    const OF_ALL: Wording = Wording::new("des personnes", "of the persons");
    const OF_ROWS: Wording = Wording::new("des { $rows }", "of the { $rows }");
    let args = match context.release.unit() {
        Unit::Persons => Args::new(),
        Unit::Rows(_) => Args::new().text("rows", context.unit()),
    };
    let headings = &context.release.rows().headings;
    let has_answered = headings.iter().any(|heading| heading.role == Role::Answered);
    let wording = match (context.release.unit(), share) {
        (Unit::Persons, ReleasedShare::About { .. }) => PERSONS,
        (Unit::Persons, _) if has_answered => OF_PERSONS,
        (Unit::Persons, _) => OF_ALL,
        (Unit::Rows(_), _) => OF_ROWS,
    };
    wording.say(context.language, &args)
}

fn share_in_words(language: Language, share: ReleasedShare, rounding: u64) -> String {
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
        | ReleasedShare::None => cell_text::share((language, rounding), share),
    }
}

/// Returns a share after "est": `de 38 %`, `d'au plus 10 %`.
fn of_share(language: Language, share: ReleasedShare, rounding: u64) -> String {
    const OF: Wording = Wording::new("de { $share }", "{ $share }");
    const OF_VOWEL: Wording = Wording::new("d'{ $share }", "{ $share }");
    let wording = match share {
        ReleasedShare::AtLeast(_) | ReleasedShare::AtMost(_) | ReleasedShare::About { .. } => {
            OF_VOWEL
        }
        ReleasedShare::Percent(_) | ReleasedShare::Hidden(_) | ReleasedShare::None => OF,
    };
    wording.say(language, &Args::new().text("share", share_in_words(language, share, rounding)))
}

fn summary_example(table: &Table, context: &Context<'_>) -> Option<String> {
    const MEDIAN: Wording = Wording::new(
        "{ $measure }, « { $row } » : { $median } ou moins pour la moitié des personnes ; de { $low } à { $high } pour la moitié du milieu.",
        "{ $measure }, “{ $row }”: { $median } or less for half of the persons; from { $low } to { $high } for the middle half.",
    );
    table.rows.iter().find_map(|row| {
        let summary =
            row.cells.iter().find_map(|cell| cell.summary.and_then(|shown| shown.value()))?;
        let (low, high) = summary.middle?;
        let language = context.language;
        let printed = (language, table.decimals());
        let args = Args::new()
            // What is measured says what the numbers count: minutes, months, a percentage.
            .text("measure", context.measure())
            .text("row", row.heading.label.as_str())
            .text("median", cell_text::quantity(printed, summary.median))
            .text("low", cell_text::quantity(printed, low))
            .text("high", cell_text::quantity(printed, high));
        Some(MEDIAN.say(context.language, &args))
    })
}
