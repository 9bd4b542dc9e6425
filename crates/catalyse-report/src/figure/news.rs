//! The news of a figure in one line: what its tests show; without a test, its largest share, which claims neither a difference nor that
//! there is none.

use catalyse_disclose::{Axis, Role, ShareOf};
use catalyse_locale::{Args, Language, Wording, percent};

use crate::claims::claim::{Claim, Subject};
use crate::claims::phrase::{answer, moment};
use crate::claims::sentence::headline;
use crate::claims::verdict::{Verdict, clearest_claim, verdict};
use crate::figure::context::{Context, edition_label};
use crate::figure::fraction::in_a_fraction;
use crate::figure::measure::measure_by;
use crate::figure::spotlight::{Spotlight, spotlight};
use crate::inputs::Edition;
use crate::report::cell_text;
use crate::report::table::{Row, Table, percent_of};

/// Returns the news, or nothing if no number may be said.
pub(crate) fn news(context: &Context<'_>, table: &Table) -> Option<String> {
    from_tests(context, table).or_else(|| from_numbers(context, table))
}

/// Returns the largest difference that a test shows, or that the tests show none; nothing if they are not told.
fn from_tests(context: &Context<'_>, table: &Table) -> Option<String> {
    let claims = context.claims();
    match verdict(&claims)? {
        Verdict::Shown => clearest_claim(&claims).map(|claim| headline(claim, context.language)),
        Verdict::NothingShown => claims.first().map(|claim| nothing_shown(context, table, claim)),
        Verdict::TooFew | Verdict::Protected => None,
    }
}

fn nothing_shown(context: &Context<'_>, table: &Table, claim: &Claim<'_>) -> String {
    const NO_CHANGE: Wording = Wording::new(
        "{ $measure } : pas de changement net chez les mêmes personnes",
        "{ $measure }: no clear change in the same persons",
    );
    const NO_TREND: Wording = Wording::new(
        "{ $measure } : pas de tendance nette d'une vague à l'autre",
        "{ $measure }: no clear trend from wave to wave",
    );
    const NO_LINK: Wording =
        Wording::new("{ $measure } : pas de lien net", "{ $measure }: no clear link");
    const NO_PARTNER: Wording = Wording::new(
        "{ $measure } : pas d'écart net entre partenaires",
        "{ $measure }: no clear difference between partners",
    );
    const NO_OWN: Wording = Wording::new(
        "{ $measure } : { $partner }, pas d'écart net avec les autres",
        "{ $measure }: { $partner }, no clear difference from the others",
    );
    const NO_GROUP: Wording =
        Wording::new("{ $measure } : pas d'écart net", "{ $measure }: no clear difference");
    let is_by_partner = context.release.columns().is_of_partners();
    let is_own = is_by_partner && matches!(context.inputs.edition, Edition::Partner(_));
    let (wording, measure) = match claim.subject {
        Subject::Change { .. } | Subject::Redistribution { .. } => {
            (NO_CHANGE, measure_by(context, table))
        }
        Subject::Difference { .. } if claim.is_trend() => (NO_TREND, measure_by(context, table)),
        Subject::Association => (NO_LINK, measure_by(context, table)),
        Subject::AgainstRest { .. } | Subject::Difference { .. } if is_own => {
            (NO_OWN, context.measure().to_owned())
        }
        Subject::AgainstRest { .. } | Subject::Difference { .. } if is_by_partner => {
            (NO_PARTNER, context.measure().to_owned())
        }
        Subject::AgainstRest { .. } | Subject::Difference { .. } => {
            (NO_GROUP, measure_by(context, table))
        }
    };
    let args = Args::new().text("measure", measure).text("partner", edition_label(context.inputs));
    wording.say(context.language, &args)
}

fn from_numbers(context: &Context<'_>, table: &Table) -> Option<String> {
    match table.share_of {
        ShareOf::Nothing => middle(context, table),
        ShareOf::Column => spotlight(context, table).map(|light| largest(context, table, &light)),
        ShareOf::Row if context.is_transition() => {
            spotlight(context, table).map(|light| moves(context, table, &light))
        }
        ShareOf::Row => None,
    }
}

/// Returns the largest share: `Moyens de déplacement : « à pied » pour plus de 4 personnes sur 10`.
fn largest(context: &Context<'_>, table: &Table, light: &Spotlight<'_>) -> String {
    const LARGEST: Wording = Wording::new(
        "{ $measure } : « { $row } » pour { $share }{ $where }",
        "{ $measure }: “{ $row }” for { $share }{ $where }",
    );
    const LEVEL: Wording = Wording::new(
        "{ $measure } : { $rows }, que l’arrondi ne départage pas, { $shares }{ $where }",
        "{ $measure }: { $rows }, which rounding cannot tell apart, { $shares }{ $where }",
    );
    const MANY: Wording = Wording::new(
        "{ $measure } : { $n } réponses que l’arrondi ne départage pas, { $shares }{ $where }",
        "{ $measure }: { $n } answers that rounding cannot tell apart, { $shares }{ $where }",
    );
    const YES: Wording =
        Wording::new("{ $measure } : { $share }{ $where }", "{ $measure }: { $share }{ $where }");
    let rows: Vec<&Row> = std::iter::once(light.row).chain(light.level.iter().copied()).collect();
    let args = Args::new()
        .text("measure", context.measure())
        .text("share", in_a_fraction(context, light.share))
        .text("where", place(context, table, light))
        .text("row", light.row.heading.label.as_str())
        .text("rows", quoted_list(context.language, &rows))
        .text("shares", shares_of(context, &rows, light.column))
        .count("n", rows.len());
    let wording = match rows.len() {
        _ if table.is_yes_or_no() => YES,
        0 | 1 => LARGEST,
        2 | 3 => LEVEL,
        _ => MANY,
    };
    wording.say(context.language, &args)
}

/// Returns the names of some rows: `« Santé » et « Se déplacer »`.
fn quoted_list(language: Language, rows: &[&Row]) -> String {
    const QUOTED: Wording = Wording::new("« { $row } »", "“{ $row }”");
    const AND: Wording = Wording::new("{ $first } et { $last }", "{ $first } and { $last }");
    let quoted =
        |row: &&Row| QUOTED.say(language, &Args::new().text("row", row.heading.label.as_str()));
    let mut quoted: Vec<String> = rows.iter().map(quoted).collect();
    let Some(last) = quoted.pop() else { return String::new() };
    if quoted.is_empty() {
        return last;
    }
    AND.say(language, &Args::new().text("first", quoted.join(", ")).text("last", last))
}

/// Returns the shares of rows that are level: one if they print the same, else from the smallest to the largest.
fn shares_of(context: &Context<'_>, rows: &[&Row], column: usize) -> String {
    const EACH: Wording = Wording::new("{ $high } chacune", "{ $high } each");
    const BETWEEN: Wording = Wording::new("de { $low } à { $high }", "from { $low } to { $high }");
    let shares = || rows.iter().filter_map(|row| percent_of(row, column));
    let (low, high) = (shares().min().unwrap_or(0), shares().max().unwrap_or(0));
    let wording = if low == high { EACH } else { BETWEEN };
    let args = Args::new()
        .text("low", percent(context.language, low))
        .text("high", percent(context.language, high));
    wording.say(context.language, &args)
}

/// Returns where a share of one column among several is read: ` à la vague 4`, ` chez Hotton`; nothing for everybody.
fn place(context: &Context<'_>, table: &Table, light: &Spotlight<'_>) -> String {
    const WAVE: Wording = Wording::new("à { $column }", "at { $column }");
    const PARTNER: Wording = Wording::new("chez { $column }", "at { $column }");
    const GROUP: Wording = Wording::new("parmi « { $column } »", "among “{ $column }”");
    let language = context.language;
    let column = table.columns.get(light.column);
    let Some(column) = column.filter(|column| column.role == Role::Category) else {
        return String::new();
    };
    let (wording, column) = match context.release.columns().name.as_str() {
        _ if table.has_one_column() => return String::new(),
        Axis::WAVE => (WAVE, moment(language, &column.label)),
        Axis::PARTNER => (PARTNER, column.label.clone()),
        _ => (GROUP, answer(&table.column_label, &column.key, &column.label, language)),
    };
    // A pattern would lose the space before its first word.
    format!(" {}", wording.say(language, &Args::new().text("column", column)))
}

/// Returns the largest move of a transition: `Parmi « inactif » au départ, 25 % sont « en emploi » à la fin`.
fn moves(context: &Context<'_>, table: &Table, light: &Spotlight<'_>) -> String {
    const MOVES: Wording = Wording::new(
        "Parmi « { $row } » au départ, { $share } sont « { $column } » à la fin",
        "Of those “{ $row }” at the start, { $share } are “{ $column }” at the end",
    );
    let column = table.columns.get(light.column).map_or("", |column| column.label.as_str());
    let args = Args::new()
        .text("row", light.row.heading.label.as_str())
        .text("share", percent(context.language, light.share))
        .text("column", column);
    MOVES.say(context.language, &args)
}

/// Returns the median of everybody.
fn middle(context: &Context<'_>, table: &Table) -> Option<String> {
    const MIDDLE: Wording =
        Wording::new("{ $measure } : { $median } en médiane", "{ $measure }: median { $median }");
    let row = table
        .rows
        .iter()
        .find(|row| row.heading.role == table.role_of_whole())
        .or_else(|| table.rows.last())?;
    let summary = row.cells.last()?.summary?.value()?;
    let args = Args::new()
        .text("measure", context.measure())
        .text("median", cell_text::quantity((context.language, table.decimals()), summary.median));
    Some(MIDDLE.say(context.language, &args))
}
