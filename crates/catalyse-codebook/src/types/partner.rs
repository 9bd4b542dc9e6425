//! The partner a record comes from.

use crate::Level;
use crate::types::study_code::StudyCode;

/// One of the study's partners.
pub(crate) const PARTNER: StudyCode = StudyCode {
    name: "partner",
    level: Level::Nominal,
    meaning: (
        "Un partenaire de l'étude, par son nom, son libellé ou un autre nom.",
        "A partner of the study, by its name, label or another name.",
    ),
};
