//! Forms as pages show them, made from the study: sections, fields, choices with their keys, reasons, findings.

mod choice;
mod field;
mod finding;
mod navigation;
mod spelt;
mod timeline;
mod tongues;
mod when;

pub(crate) use choice::{Choice, choices};
pub(crate) use field::{Box_, FieldView, as_typed, blank_view, field_key, field_view, parse_key};
pub(crate) use finding::FindingView;
pub(crate) use navigation::{SectionLink, Sections};
pub(crate) use spelt::spelt;
pub(crate) use timeline::timeline;
pub(crate) use tongues::{Tongues, offered};
pub(crate) use when::when;

use catalyse_codebook::MissingReason;

/// Returns the letter that picks a reason: one key in a coded field, `*` and the letter in a text.
pub(crate) const fn letter(reason: MissingReason) -> char {
    match reason {
        MissingReason::NotAsked => 'n',
        MissingReason::NotApplicable => 'o',
        MissingReason::Refused => 'r',
        MissingReason::Unknown => 's',
        MissingReason::Illegible => 'i',
        MissingReason::ToCheck => 'v',
    }
}

/// Reasons with which a soft finding is accepted, with the key of each and its code in the data.
pub(crate) const REASONS: [(char, &str, &str, &str); 4] = [
    ('1', "checked_with_person", "vérifié avec la personne", "checked with the person"),
    ('2', "as_on_paper", "conforme au papier", "as on the paper"),
    ('3', "rare_but_true", "rare mais vrai", "rare but true"),
    ('4', "waiting_for_document", "en attente d’un document", "waiting for a document"),
];
