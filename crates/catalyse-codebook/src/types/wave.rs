//! The wave a record belongs to.

use crate::Level;
use crate::types::study_code::StudyCode;

/// One of the study's waves, in time.
pub(crate) const WAVE: StudyCode = StudyCode {
    name: "wave",
    level: Level::Ordinal,
    meaning: (
        "Une vague de l'étude, par son nom, son libellé ou un autre nom.",
        "A wave of the study, by its name, label or another name.",
    ),
};
