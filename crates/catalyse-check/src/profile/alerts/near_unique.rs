//! `near-unique`: a code list whose codes nearly all come once: perhaps it holds a number of the file.

use catalyse_codebook::{Codebook, Severity, Storage};
use catalyse_locale::{Args, Label, Wording};
use polars::prelude::PolarsResult;

use super::{FEWEST, asked};
use crate::profile::alert::{AlertKind, Found};
use crate::profile::count::Count;
use crate::profile::figures::TableFigures;
const FOUND: Wording = Wording::new(
    "{ $distinct } codes différents dans { $n } fiches",
    "{ $distinct } different codes in { $n } records",
);

/// The kind.
pub(super) struct NearUnique;

impl AlertKind for NearUnique {
    fn name(&self) -> &'static str {
        "near-unique"
    }

    fn severity(&self) -> Severity {
        Severity::Soft
    }

    fn title(&self) -> Label {
        Label::new("Codes presque tous différents", "Codes that are nearly all different")
    }

    fn advice(&self) -> Label {
        Label::new(
            "Vérifier que la colonne est la bonne : un numéro de dossier se prend parfois pour un code.",
            "Verify that it is the right column: a file number is sometimes taken for a code.",
        )
    }

    fn look<'a>(
        &self,
        codebook: &'a Codebook,
        table: &TableFigures<'a>,
    ) -> PolarsResult<Vec<Found<'a>>> {
        let found = asked(codebook, table).filter_map(|one| {
            let is_code = one.variable.value_type.storage() == Storage::Code;
            let is_near = one.n_distinct * 10 >= one.n_valid * 9;
            (is_code && one.n_valid >= FEWEST && is_near).then(|| Found {
                variable: Some(one.variable),
                what: FOUND.with(
                    Args::new()
                        .label("distinct", &Count::fold(one.n_distinct).label())
                        .label("n", &Count::fold(one.n_valid).label()),
                ),
            })
        });
        Ok(found.collect())
    }
}

#[cfg(test)]
mod tests {
    use catalyse_testkit::StudyText;

    use crate::profile::trial::{alerts_of, try_main};

    fn told(n_codes: u32, n_rows: u32) -> String {
        let codes: Vec<String> = (0..40).map(|code| format!("c{code}")).collect();
        let study =
            StudyText::new().list("codes", &codes.join(" ")).variable("x select_one codes").open();
        let rows: Vec<String> = (0..n_rows).map(|row| format!("c{}", row % n_codes)).collect();
        alerts_of(&try_main(&study, &format!("x\n{}", rows.join("\n"))), "near-unique")
    }

    #[test]
    fn codes_that_nearly_all_come_once_are_told() {
        assert_eq!(told(27, 30), "x: 27 different codes in 30 records");
        assert_eq!(told(26, 30), "");
        assert_eq!(told(19, 19), "");
        assert_eq!(told(1, 0), "");
    }
}
