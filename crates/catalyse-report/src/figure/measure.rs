//! What a figure measures, and by what it is split.

use catalyse_disclose::Release;
use catalyse_locale::{Args, Label, Wording, typeset};

use crate::definition::FigureDefinition;
use crate::figure::context::Context;
use crate::report::table::Table;

/// Returns what a figure measures: in the words of the definition, else of the table.
///
/// The title of a table ends with what it is split by, which the lines of a figure say in their own place.
pub(crate) fn measure(figure: &FigureDefinition, release: &Release) -> Label {
    if !figure.measure.is_empty() {
        return figure.measure.clone();
    }
    let mut measure = Label::default();
    for (language, title) in release.title().iter() {
        let axes = [release.columns(), release.rows()];
        let split = axes.map(|axis| format!(" — {}", axis.label.get(language)));
        let short = split.iter().find_map(|split| title.strip_suffix(split.as_str()));
        measure.set(language, short.unwrap_or(title));
    }
    measure
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
