//! Trying a profile in a test: a study and tables of text in, the profile of the derived batch out.

use catalyse_codebook::{Codebook, Sensitivity};
use catalyse_locale::Language;
use catalyse_records::{Derivation, Table};
use catalyse_testkit::{StudyText, batch};

use super::{Profile, profile};

/// Makes the profile of a table of the study's main forms.
pub(crate) fn try_main(codebook: &Codebook, text: &str) -> Profile {
    try_tables(codebook, &[(Table::Main, text)])
}

/// Makes the profile of several tables.
pub(crate) fn try_tables(codebook: &Codebook, tables: &[(Table, &str)]) -> Profile {
    let mut batch = batch(codebook, tables);
    for records in &mut batch.tables {
        let derivation =
            Derivation::open(codebook, records.table.clone()).expect("the study has no problem");
        records.frame = derivation.apply(&records.frame).expect("the layout of the table");
    }
    profile(codebook, &batch).expect("the layout of the tables")
}

/// Returns the alerts of a kind in English, one a line.
pub(crate) fn alerts_of(profile: &Profile, kind: &str) -> String {
    let of_kind = profile.alerts.iter().filter(|alert| alert.kind == kind);
    let said = of_kind.map(|alert| {
        format!("{}: {}", alert.place.get(Language::En), alert.what.get(Language::En))
    });
    said.collect::<Vec<_>>().join("\n")
}

/// Returns the alerts of a kind about a column of whole numbers, one cell a record.
pub(crate) fn alerts_of_column(kind: &str, cells: impl IntoIterator<Item = String>) -> String {
    let rows: Vec<String> = cells.into_iter().map(|cell| format!("north|{cell}")).collect();
    let study = StudyText::new().variable("x integer").open();
    alerts_of(&try_main(&study, &format!("partner|x\n{}", rows.join("\n"))), kind)
}

/// Returns the same cell several times.
pub(crate) fn many(n: usize, cell: &str) -> Vec<String> {
    vec![cell.to_owned(); n]
}

/// Changes how careful one must be with some variables.
pub(crate) fn with_sensitivity(
    mut codebook: Codebook,
    variables: &[(&str, Sensitivity)],
) -> Codebook {
    let sections = codebook.forms.iter_mut().flat_map(|form| &mut form.sections);
    for variable in sections.flat_map(|section| &mut section.variables) {
        let wanted = variables.iter().find(|(name, _)| *name == variable.name.as_str());
        variable.sensitivity = wanted.map_or(variable.sensitivity, |(_, sensitivity)| *sensitivity);
    }
    codebook
}
