//! The news of a figure in one line: the largest difference that its numbers support; or that there is none.
//!
//! Where the table was tested, the tests decide. Elsewhere (different persons at each wave, many groups) [`crate::gap`] does.

use catalyse_disclose::{Role, ShareOf};
use catalyse_locale::{Args, Wording, percent};

use crate::cell_text;
use crate::claim::{Claim, Subject};
use crate::context::{Context, edition_label};
use crate::gap::{filled_columns, gap, percent_of, widest};
use crate::report::Edition;
use crate::sentence::headline;
use crate::table::{Heading, Row, Table};
use crate::title::{largest, measure_by};

/// Returns the news, or nothing if no number may be said.
pub(crate) fn news(context: &Context<'_>, table: &Table) -> Option<String> {
    from_tests(context, table).or_else(|| from_numbers(context, table))
}

/// Returns the largest difference that a test shows, or that the tests show none.
fn from_tests(context: &Context<'_>, table: &Table) -> Option<String> {
    let claims = context.claims();
    let first = claims.first()?;
    if let Some(largest) = largest_claim(&claims) {
        return Some(headline(largest, context.language));
    }
    let wording = match first.subject {
        Subject::Change { .. } | Subject::Redistribution { .. } => SAME_NO_CHANGE,
        Subject::Association => NO_LINK,
        Subject::AgainstRest { .. } | Subject::Difference { .. } => {
            return Some(no_difference(context, table));
        }
    };
    Some(say(context, &wording, &Args::new().text("measure", measure_by(context, table))))
}

/// Returns the shown claim with the largest difference; without a size, the one with the strongest evidence.
pub(crate) fn largest_claim<'a, 'b>(claims: &'b [Claim<'a>]) -> Option<&'b Claim<'a>> {
    let shown = claims.iter().filter(|claim| claim.is_shown());
    shown.min_by_key(|claim| {
        let row = claim.subject.row();
        (std::cmp::Reverse(claim.size()), claim.test.adjusted, row.is_none(), row)
    })
}

const NO_CHANGE: Wording =
    Wording::new("{ $measure } : pas de changement net", "{ $measure }: no clear change");
const SAME_NO_CHANGE: Wording = Wording::new(
    "{ $measure } : pas de changement net chez les mêmes personnes",
    "{ $measure }: no clear change in the same persons",
);
const NO_LINK: Wording =
    Wording::new("{ $measure } : pas de lien net", "{ $measure }: no clear link");

fn say(context: &Context<'_>, wording: &Wording, args: &Args) -> String {
    wording.say(context.language, args)
}

fn no_difference(context: &Context<'_>, table: &Table) -> String {
    const NO_PARTNER: Wording = Wording::new(
        "{ $measure } : pas d'écart net entre partenaires",
        "{ $measure }: no clear difference between partners",
    );
    const NO_GROUP: Wording =
        Wording::new("{ $measure } : pas d'écart net", "{ $measure }: no clear difference");
    const NO_OWN: Wording = Wording::new(
        "{ $measure } : { $partner }, pas d'écart net avec les autres",
        "{ $measure }: { $partner }, no clear difference from the others",
    );
    let is_by_partner = context.release.columns().name == "partner";
    if is_by_partner && matches!(context.inputs.edition, Edition::Partner(_)) {
        let args = Args::new().text("partner", edition_label(context.inputs));
        return say(context, &NO_OWN, &args.text("measure", context.measure()));
    }
    if is_by_partner {
        return say(context, &NO_PARTNER, &Args::new().text("measure", context.measure()));
    }
    say(context, &NO_GROUP, &Args::new().text("measure", measure_by(context, table)))
}

fn from_numbers(context: &Context<'_>, table: &Table) -> Option<String> {
    match table.share_of {
        ShareOf::Nothing => middle(context, table),
        ShareOf::Column if table.has_one_column() => largest(context, table),
        ShareOf::Column if table.is_by_wave => Some(series(context, table)),
        ShareOf::Column => beside_total(context, table).or_else(|| Some(groups(context, table))),
        ShareOf::Row => moves(context, table),
    }
}

/// Returns the largest clear change from the first wave to the last.
fn series(context: &Context<'_>, table: &Table) -> String {
    const CHANGES: Wording = Wording::new(
        "{ $measure } : « { $row } » passe de { $first } à { $last }",
        "{ $measure }: “{ $row }” goes from { $first } to { $last }",
    );
    const YES_CHANGES: Wording = Wording::new(
        "{ $measure } : de { $first } à { $last }",
        "{ $measure }: from { $first } to { $last }",
    );
    const TOO_FEW: Wording = Wording::new(
        "{ $measure } : trop peu de personnes pour dire si cela change",
        "{ $measure }: too few persons to tell whether it changes",
    );
    let args = Args::new().text("measure", context.measure());
    let (columns, rows) = (filled_columns(table), table.news_rows());
    let (Some(first), Some(last)) = (columns.first(), columns.last()) else {
        return say(context, &TOO_FEW, &args);
    };
    if first == last {
        return say(context, &TOO_FEW, &args);
    }
    let gaps = rows.iter().filter_map(|row| gap(table, row, (*first, *last), rows.len()));
    let Some(widest) = widest(gaps) else { return say(context, &NO_CHANGE, &args) };
    let args = args
        .text("row", widest.row.heading.label.as_str())
        .text("first", percent(context.language, widest.from.1))
        .text("last", percent(context.language, widest.to.1));
    say(context, &if table.is_yes_or_no() { YES_CHANGES } else { CHANGES }, &args)
}

/// Returns the largest clear difference between two groups.
fn groups(context: &Context<'_>, table: &Table) -> String {
    const APART: Wording = Wording::new(
        "{ $measure } : « { $row } », de { $low } ({ $low_group }) à { $high } ({ $high_group })",
        "{ $measure }: “{ $row }”, from { $low } ({ $low_group }) to { $high } ({ $high_group })",
    );
    const YES_APART: Wording = Wording::new(
        "{ $measure } : de { $low } ({ $low_group }) à { $high } ({ $high_group })",
        "{ $measure }: from { $low } ({ $low_group }) to { $high } ({ $high_group })",
    );
    let (columns, rows) = (filled_columns(table), table.news_rows());
    let n_pairs = columns.len() * columns.len().saturating_sub(1) / 2;
    let (columns, n_comparisons) = (&columns, rows.len() * n_pairs);
    let gaps = rows.iter().flat_map(|row| {
        let pairs = columns.iter().flat_map(|from| columns.iter().map(move |to| (*from, *to)));
        pairs.filter_map(move |(from, to)| gap(table, row, (from, to), n_comparisons))
    });
    let rising = gaps.filter(|gap| gap.from.1 < gap.to.1);
    let Some(widest) = widest(rising) else { return no_difference(context, table) };
    let args = Args::new()
        .text("measure", context.measure())
        .text("row", widest.row.heading.label.as_str())
        .text("low", percent(context.language, widest.from.1))
        .text("low_group", widest.from.0.label.as_str())
        .text("high", percent(context.language, widest.to.1))
        .text("high_group", widest.to.0.label.as_str());
    say(context, &if table.is_yes_or_no() { YES_APART } else { APART }, &args)
}

/// Returns where a partner stands apart from everybody: its share lies outside the interval of the whole and the other way round.
fn beside_total(context: &Context<'_>, table: &Table) -> Option<String> {
    const BESIDE: Wording = Wording::new(
        "{ $measure } : « { $row } », { $share } pour { $partner }, { $total } dans l'ensemble",
        "{ $measure }: “{ $row }”, { $share } for { $partner }, { $total } overall",
    );
    const YES_BESIDE: Wording = Wording::new(
        "{ $measure } : { $share } pour { $partner }, { $total } dans l'ensemble",
        "{ $measure }: { $share } for { $partner }, { $total } overall",
    );
    const ALIKE: Wording = Wording::new(
        "{ $measure } : { $partner }, pas d'écart net avec l'ensemble",
        "{ $measure }: { $partner }, no clear difference from all",
    );
    const TOO_FEW: Wording = Wording::new(
        "{ $measure } : trop peu de personnes pour comparer { $partner } à l'ensemble",
        "{ $measure }: too few persons to compare { $partner } with all",
    );
    let [partner, total] = table.columns.as_slice() else { return None };
    if partner.role != Role::Category || total.role != Role::Total {
        return None;
    }
    let args =
        Args::new().text("measure", context.measure()).text("partner", partner.label.as_str());
    if filled_columns(table).is_empty() {
        return Some(say(context, &TOO_FEW, &args));
    }
    let rows = table.news_rows();
    let Some(widest) = widest(rows.iter().filter_map(|row| gap(table, row, (0, 1), rows.len())))
    else {
        return Some(say(context, &ALIKE, &args));
    };
    let args = args
        .text("row", widest.row.heading.label.as_str())
        .text("share", percent(context.language, widest.from.1))
        .text("total", percent(context.language, widest.to.1));
    Some(say(context, &if table.is_yes_or_no() { YES_BESIDE } else { BESIDE }, &args))
}

/// Returns the largest move of a transition: `Parmi « inactif » au départ, 25 % sont « en emploi » à la fin`.
fn moves(context: &Context<'_>, table: &Table) -> Option<String> {
    const MOVES: Wording = Wording::new(
        "Parmi « { $row } » au départ, { $share } sont « { $column } » à la fin",
        "Of those “{ $row }” at the start, { $share } are “{ $column }” at the end",
    );
    if !context.is_transition() {
        return None;
    }
    let moves = table.categories().flat_map(|(_, row)| {
        let columns = table.columns.iter().enumerate();
        let others = columns.filter(|(_, column)| column.role == Role::Category);
        let others = others.filter(|(_, column)| column.key != row.heading.key);
        others.filter_map(move |(index, column)| Some((percent_of(row, index)?, row, column)))
    });
    // Of equal moves the first stands.
    let (share, row, column) =
        moves.fold(None, |most: Option<(u8, &Row, &Heading)>, found| match most {
            Some(most) if most.0 >= found.0 => Some(most),
            Some(_) | None => Some(found),
        })?;
    let args = Args::new()
        .text("row", row.heading.label.as_str())
        .text("share", percent(context.language, share))
        .text("column", column.label.as_str());
    Some(say(context, &MOVES, &args))
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
    Some(say(context, &MIDDLE, &args))
}
