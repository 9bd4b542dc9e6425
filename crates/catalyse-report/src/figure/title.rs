//! The two lines over a figure: the finding in words, then measure, wave, place and n.
//!
//! A finding of the definition's authors comes first; else the news of the numbers; else what is measured.

use catalyse_locale::{Args, Wording, typeset};

use crate::figure::context::Context;
use crate::figure::measure::measure_by;
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
