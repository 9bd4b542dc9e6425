//! The two lines over a figure: the finding in words, then measure, wave, place and n.
//!
//! A finding of the definition's authors comes first; else the news of the numbers; else what is measured.

use catalyse_locale::{Args, Wording, percent, typeset};

use crate::figure::context::Context;
use crate::figure::news::news;
use crate::figure::universe::bases;
use crate::report::table::Table;

/// Returns the finding in words.
pub(crate) fn title(context: &Context<'_>, table: &Table) -> String {
    let language = context.language;
    let given = context.figure.title.get(language);
    if !given.is_empty() {
        return typeset(language, given);
    }
    typeset(language, &news(context, table).unwrap_or_else(|| measure_by(context, table)))
}

/// Returns a share in tenths, as people speak: 38 % is "près de 4 personnes sur 10".
pub(crate) fn in_tenths(context: &Context<'_>, share: u8) -> String {
    const EXACTLY: Wording =
        Wording::new("{ $tenths } { $unit } sur 10", "{ $tenths } { $unit } in 10");
    const NEARLY: Wording =
        Wording::new("près de { $tenths } { $unit } sur 10", "nearly { $tenths } { $unit } in 10");
    const OVER: Wording =
        Wording::new("plus de { $tenths } { $unit } sur 10", "over { $tenths } { $unit } in 10");
    const PERCENT: Wording =
        Wording::new("{ $share } des { $unit }", "{ $share } of the { $unit }");
    let tenths = (share + 5) / 10;
    let wording = match share.cmp(&(tenths * 10)) {
        _ if !(2..=9).contains(&tenths) => PERCENT,
        std::cmp::Ordering::Less => NEARLY,
        std::cmp::Ordering::Equal => EXACTLY,
        std::cmp::Ordering::Greater => OVER,
    };
    let args = Args::new()
        .count("tenths", i64::from(tenths))
        .text("share", percent(context.language, share))
        .text("unit", context.unit());
    wording.say(context.language, &args)
}

/// Returns the second line: measure, wave, place and n.
pub(crate) fn subtitle(context: &Context<'_>, table: &Table) -> String {
    const N: Wording = Wording::new("n\u{a0}≈\u{a0}{ $n }", "n\u{a0}≈\u{a0}{ $n }");
    let line = measure_line(context, table);
    let n = bases(context.language, &table.n_answered());
    if n.is_empty() {
        return line;
    }
    format!("{line}, {}", N.say(context.language, &Args::new().text("n", n)))
}

/// Returns measure, wave and place.
pub(crate) fn measure_line(context: &Context<'_>, table: &Table) -> String {
    let parts = [measure_by(context, table), context.wave_words(), context.place()];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    typeset(context.language, &parts.join(", "))
}

/// Returns what is measured, and by what it is split: `Santé en général selon « Genre »`.
pub(crate) fn measure_by(context: &Context<'_>, table: &Table) -> String {
    const BY: Wording =
        Wording::new("{ $measure } selon « { $columns } »", "{ $measure } by “{ $columns }”");
    let language = context.language;
    let measure = typeset(language, context.measure());
    let columns = table.column_label.as_str();
    let says_columns = columns.is_empty()
        || context.is_transition()
        || table.is_by_wave
        || measure.to_lowercase().contains(&columns.to_lowercase());
    if says_columns {
        return measure;
    }
    BY.say(language, &Args::new().text("measure", measure).text("columns", columns))
}
