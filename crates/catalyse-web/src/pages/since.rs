//! What was saved in a sheet since a page of it was shown: nobody accepts answers that were not on the screen.

use catalyse_codebook::Answer;

use super::pick;
use crate::guard::Visitor;
use crate::sheet::{Desk, row_of, shown};
use crate::{Site, clock};

/// Holds one answer that was saved since.
pub(super) struct Changed {
    pub(super) label: String,
    pub(super) now: String,
    pub(super) by: String,
}

/// Lists what was saved since a version, as far as the visitor sees it.
pub(super) fn since(site: &Site, (visitor, desk): (&Visitor, &Desk), version: u64) -> Vec<Changed> {
    let tongues = visitor.tongues();
    let changed =
        desk.draft.fields.iter().filter(|(field, known)| {
            known.version > version && visitor.sight.sees(&field.variable)
        });
    let changed = changed.filter_map(|(field, known)| {
        let variable = site.codebook().variable(&field.variable)?;
        let label = tongues.of(&variable.label);
        let spell = pick(visitor.language, "épisode", "spell");
        Some(Changed {
            label: match row_of(field).number() {
                0 => label.to_owned(),
                number => format!("{label} ({spell} {number})"),
            },
            now: match &known.answer {
                None => pick(visitor.language, "rien", "nothing").to_owned(),
                Some(Answer::Missing(reason)) => tongues.of(&reason.label()).to_owned(),
                answer => shown(site.codebook(), variable, answer.as_ref(), tongues),
            },
            by: format!("{}, {}", known.by, clock::day_and_time(known.at)),
        })
    });
    changed.collect()
}
