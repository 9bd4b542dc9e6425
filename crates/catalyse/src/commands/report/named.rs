//! The waves and partners of a report by their names, and what the study says of its waves.

use std::collections::{BTreeMap, BTreeSet};

use catalyse_codebook::{Codebook, Form};
use catalyse_report::{Break, Named};
use catalyse_tabulate::Caseload;

use crate::failure::Failure;

/// Lists the waves that have records.
pub(super) fn named_waves(caseload: &Caseload<'_>) -> Vec<Named> {
    let waves = caseload.waves_present().into_iter();
    waves.map(|(_, wave)| Named { key: wave.id.to_string(), label: wave.label.clone() }).collect()
}

/// Lists what the study says of its waves: what makes one hard to compare with those before it.
pub(super) fn breaks(caseload: &Caseload<'_>) -> Vec<Break> {
    let waves = caseload.waves_present().into_iter().map(|(_, wave)| wave);
    waves
        .filter(|wave| !wave.note.is_empty())
        .map(|wave| Break {
            wave: wave.id.to_string(),
            note: wave.note.clone(),
            variables: wave.note_variables.iter().map(ToString::to_string).collect(),
        })
        .collect()
}

/// Lists the partners that have records.
pub(super) fn named_partners(caseload: &Caseload<'_>) -> Result<Vec<Named>, Failure> {
    let partners = caseload.partners_present()?.into_iter();
    Ok(partners
        .map(|partner| Named { key: partner.id.to_string(), label: partner.label.clone() })
        .collect())
}

/// Lists the codes of the partners that have records, by the code of the wave.
pub(super) fn present(
    caseload: &Caseload<'_>,
) -> Result<BTreeMap<String, BTreeSet<String>>, Failure> {
    let by_wave = caseload.partners_by_wave()?.into_iter();
    let codes = by_wave.map(|(wave, partners)| {
        let partners = partners.iter().map(|partner| partner.id.to_string());
        (wave.id.to_string(), partners.collect())
    });
    Ok(codes.collect())
}

/// Lists what the study says of its variables.
pub(super) fn definitions(codebook: &Codebook) -> Vec<Named> {
    let forms = codebook.forms.iter();
    let variables = forms.flat_map(Form::variables);
    let variables = variables.filter(|variable| !variable.definition.is_empty());
    let named = variables.map(|variable| Named {
        key: variable.name.to_string(),
        label: variable.definition.clone(),
    });
    named.collect()
}
