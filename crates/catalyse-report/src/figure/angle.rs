//! From which side a figure looks at what it measures, in two or three words: what tells apart two figures of one question where names are
//! short.

use catalyse_locale::{Args, Wording, typeset};

use crate::claims::claim::Subject;
use crate::figure::context::Context;
use crate::report::table::Table;

/// Returns the side: by wave, of the same persons, or by what stands in the columns; nothing for one column of everybody.
pub(crate) fn angle(context: &Context<'_>, table: &Table) -> String {
    const MOVES: Wording = Wording::new("passages", "moves");
    const SAME: Wording = Wording::new("changement", "change");
    const WAVES: Wording = Wording::new("par vague", "by wave");
    const BY: Wording = Wording::new("selon { $columns }", "by { $columns }");
    let is_paired =
        |subject| matches!(subject, Subject::Change { .. } | Subject::Redistribution { .. });
    let wording = if context.is_transition() {
        MOVES
    } else if context.claims().iter().any(|claim| is_paired(claim.subject)) {
        SAME
    } else if table.is_by_wave {
        WAVES
    } else if table.column_label.is_empty() {
        return String::new();
    } else {
        BY
    };
    let args = Args::new().text("columns", table.column_label.as_str());
    typeset(context.language, &wording.say(context.language, &args))
}
