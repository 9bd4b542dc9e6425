//! The two lines over a figure: the finding in words, then measure, wave, place and n.
//!
//! A finding of the definition's authors comes first; else the strongest shown test; else the largest number, described and no more.

use catalyse_disclose::{ReleasedShare, Role, ShareOf, Unit};
use catalyse_locale::{Args, Language, Wording, percent};

use crate::cell_text;
use crate::claim::Subject;
use crate::context::Context;
use crate::sentence::headline;
use crate::table::{Row, Table};
use crate::typography::typeset;

/// Returns the finding in words.
pub(crate) fn title(context: &Context<'_>, table: &Table) -> String {
    let language = context.language;
    let given = context.figure.title.get(language);
    if !given.is_empty() {
        return typeset(language, given);
    }
    let made = from_tests(context)
        .or_else(|| from_numbers(context, table))
        .unwrap_or_else(|| context.measure().to_owned());
    typeset(language, &made)
}

/// Returns what the tests of the table show, or that they show nothing.
fn from_tests(context: &Context<'_>) -> Option<String> {
    const NO_CHANGE: Wording =
        Wording::new("{ $measure } : aucun changement démontré", "{ $measure }: no change shown");
    const NO_LINK: Wording = Wording::new(
        "{ $rows } et { $columns } : aucun lien démontré",
        "{ $rows } and { $columns }: no link shown",
    );
    const NO_PARTNER: Wording = Wording::new(
        "{ $measure } : aucun écart démontré entre partenaires",
        "{ $measure }: no difference shown between partners",
    );
    let language = context.language;
    let claims = context.claims();
    let first = claims.first()?;
    if first.is_shown() {
        return Some(headline(first, language));
    }
    let wording = match first.subject {
        Subject::Change { .. } | Subject::Redistribution { .. } => NO_CHANGE,
        Subject::Association => NO_LINK,
        Subject::AgainstRest { .. } if context.release.columns().name == "partner" => NO_PARTNER,
        Subject::AgainstRest { .. } | Subject::Difference { .. } => return None,
    };
    let args = Args::new()
        .text("measure", context.measure())
        .label("rows", &context.release.rows().label)
        .label("columns", &context.release.columns().label);
    Some(wording.say(language, &args))
}

fn from_numbers(context: &Context<'_>, table: &Table) -> Option<String> {
    match table.share_of {
        ShareOf::Nothing => middle(context, table),
        ShareOf::Column if table.has_one_column() => largest(context, table),
        ShareOf::Column => beside_total(context, table).or_else(|| spread(context, table)),
        ShareOf::Row => stay_or_go(context, table),
    }
}

/// Returns where the largest group of a transition went: `« Au chômage » au départ : 54 % « Au chômage » à la fin`.
fn stay_or_go(context: &Context<'_>, table: &Table) -> Option<String> {
    const MOVES: Wording = Wording::new(
        "« { $row } » au départ : { $share } « { $column } » à la fin",
        "“{ $row }” at the start: { $share } “{ $column }” at the end",
    );
    if !context.is_transition() {
        return None;
    }
    let base = |row: &Row| row.cells.last().and_then(|cell| cell.count.value());
    let (_, row) =
        table.categories().max_by_key(|(index, row)| (base(row), std::cmp::Reverse(*index)))?;
    let (share, column) = table
        .columns
        .iter()
        .enumerate()
        .filter(|(_, column)| column.role == Role::Category)
        .filter_map(|(index, column)| percent_of(row, index).map(|share| (share, column)))
        .max_by_key(|(share, _)| *share)?;
    let args = Args::new()
        .text("row", row.heading.label.as_str())
        .text("share", percent(context.language, share))
        .text("column", column.label.as_str());
    Some(MOVES.say(context.language, &args))
}

/// Returns the largest category: `Près de 4 personnes sur 10 : « Dépend des transports en commun »`.
fn largest(context: &Context<'_>, table: &Table) -> Option<String> {
    const LARGEST: Wording = Wording::new("{ $share } : « { $row } »", "{ $share }: “{ $row }”");
    let (share, row) = table
        .categories()
        .filter_map(|(_, row)| percent_of(row, 0).map(|share| (share, row)))
        .max_by_key(|(share, row)| (*share, std::cmp::Reverse(row.heading.label.clone())))?;
    let args = Args::new()
        .text("share", in_tenths(context, share))
        .text("row", row.heading.label.as_str());
    Some(LARGEST.say(context.language, &args))
}

/// Returns a partner beside everybody: `Hotton : 41 % de « Oui », 39 % dans l'ensemble`.
fn beside_total(context: &Context<'_>, table: &Table) -> Option<String> {
    const BESIDE: Wording = Wording::new(
        "{ $partner } : { $share } de « { $row } », { $total } dans l'ensemble",
        "{ $partner }: { $share } “{ $row }”, { $total } overall",
    );
    let [partner, total] = table.columns.as_slice() else { return None };
    if partner.role != Role::Category || total.role != Role::Total {
        return None;
    }
    let (share, whole, row) = table
        .categories()
        .filter_map(|(_, row)| Some((percent_of(row, 0)?, percent_of(row, 1)?, row)))
        .max_by_key(|(share, ..)| *share)?;
    let args = Args::new()
        .text("partner", partner.label.as_str())
        .text("row", row.heading.label.as_str())
        .text("share", percent(context.language, share))
        .text("total", percent(context.language, whole));
    Some(BESIDE.say(context.language, &args))
}

/// Returns the range of the largest category over the columns, or its first and last value over waves.
fn spread(context: &Context<'_>, table: &Table) -> Option<String> {
    const RANGE: Wording = Wording::new(
        "« { $row } » : de { $low } à { $high } selon « { $columns } »",
        "“{ $row }”: { $low } to { $high } by “{ $columns }”",
    );
    const SERIES: Wording = Wording::new(
        "« { $row } » : { $first } au début, { $last } à la fin",
        "“{ $row }”: { $first } at the start, { $last } at the end",
    );
    let shares = |row: &Row| -> Vec<u8> {
        table
            .columns
            .iter()
            .enumerate()
            .filter(|(_, column)| column.role == Role::Category)
            .filter_map(|(index, _)| percent_of(row, index))
            .collect()
    };
    let (row, shares) = table
        .categories()
        .map(|(_, row)| (row, shares(row)))
        .filter(|(_, shares)| shares.len() >= 2)
        .max_by_key(|(_, shares)| shares.iter().map(|share| u32::from(*share)).sum::<u32>())?;
    let language = context.language;
    let say =
        |share: Option<&u8>| share.map_or_else(String::new, |share| percent(language, *share));
    let is_series = context.release.columns().name == "wave";
    let args = Args::new()
        .text("row", row.heading.label.as_str())
        .text("columns", table.column_label.as_str())
        .text("low", say(shares.iter().min()))
        .text("high", say(shares.iter().max()))
        .text("first", say(shares.first()))
        .text("last", say(shares.last()));
    Some(if is_series { SERIES } else { RANGE }.say(language, &args))
}

/// Returns the median of everybody.
fn middle(context: &Context<'_>, table: &Table) -> Option<String> {
    const MIDDLE: Wording =
        Wording::new("{ $measure } : { $median } en médiane", "{ $measure }: median { $median }");
    let row = table
        .rows
        .iter()
        .find(|row| row.heading.role == Role::Total)
        .or_else(|| table.rows.last())?;
    let summary = row.cells.last()?.summary?.value()?;
    let args = Args::new()
        .text("measure", context.measure())
        .text("median", cell_text::quantity(context.language, summary.quartiles[1]));
    Some(MIDDLE.say(context.language, &args))
}

fn percent_of(row: &Row, column: usize) -> Option<u8> {
    match row.cells.get(column)?.share {
        ReleasedShare::Percent(share) => Some(share),
        ReleasedShare::AtLeast(_)
        | ReleasedShare::AtMost(_)
        | ReleasedShare::About { .. }
        | ReleasedShare::Hidden(_)
        | ReleasedShare::None => None,
    }
}

/// Returns a share in tenths, as people speak: 38 % is "près de 4 personnes sur 10".
fn in_tenths(context: &Context<'_>, share: u8) -> String {
    const EXACTLY: Wording =
        Wording::new("{ $tenths } { $unit } sur 10", "{ $tenths } { $unit } in 10");
    const NEARLY: Wording =
        Wording::new("Près de { $tenths } { $unit } sur 10", "Nearly { $tenths } { $unit } in 10");
    const OVER: Wording =
        Wording::new("Plus de { $tenths } { $unit } sur 10", "Over { $tenths } { $unit } in 10");
    let language: Language = context.language;
    let tenths = (share + 5) / 10;
    if !(2..=9).contains(&tenths) {
        return percent(language, share);
    }
    let wording = match share.cmp(&(tenths * 10)) {
        std::cmp::Ordering::Less => NEARLY,
        std::cmp::Ordering::Equal => EXACTLY,
        std::cmp::Ordering::Greater => OVER,
    };
    let unit = match context.release.unit() {
        Unit::Persons | Unit::Rows(_) => context.unit(),
    };
    wording.say(language, &Args::new().count("tenths", i64::from(tenths)).text("unit", unit))
}

/// Returns the second line: measure, wave, place and n.
pub(crate) fn subtitle(context: &Context<'_>, table: &Table) -> String {
    const N: Wording = Wording::new("n\u{a0}≈\u{a0}{ $n }", "n\u{a0}≈\u{a0}{ $n }");
    let line = measure_line(context, table);
    match table.n_answered() {
        Some(n) => format!("{line}, {}", N.say(context.language, &Args::new().count("n", n))),
        None => line,
    }
}

/// Returns measure, wave and place.
pub(crate) fn measure_line(context: &Context<'_>, table: &Table) -> String {
    const BY: Wording =
        Wording::new("{ $measure } selon « { $columns } »", "{ $measure } by “{ $columns }”");
    let language = context.language;
    let title = context.measure();
    let columns = table.column_label.as_str();
    let says_columns = columns.is_empty()
        || context.is_transition()
        || context.release.columns().name == "wave"
        || title.to_lowercase().contains(&columns.to_lowercase());
    let measure = if says_columns {
        title.to_owned()
    } else {
        BY.say(language, &Args::new().text("measure", title).text("columns", columns))
    };
    let parts = [measure, context.wave_words(), context.place()];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    typeset(language, &parts.join(", "))
}
