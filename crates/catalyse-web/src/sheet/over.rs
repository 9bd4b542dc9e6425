//! What was typed over what stands: the fields of a draft laid over the records, and back from a row to its field.

use std::collections::BTreeMap;

use catalyse_codebook::{Answer, Codebook, MissingReason, VariableName};
use catalyse_store::{Draft, Field};

use crate::live::{RowKey, Sheet};

/// Lays a draft over the records that it stands on. An episode whose answers were all taken away is gone.
pub(super) fn sheet_of(codebook: &Codebook, base: &Sheet, draft: &Draft) -> Sheet {
    let mut sheet = base.clone();
    type_over(&mut sheet, draft);
    let (study, state) = (&codebook.study, &draft.state);
    sheet.main.insert(study.partner.clone(), Answer::Code(state.partner.clone()));
    sheet.main.insert(study.wave.clone(), Answer::Code(state.wave.clone()));
    if let Some(pseudonym) = &state.pseudonym {
        sheet.main.insert(study.person.clone(), Answer::Text(pseudonym.clone()));
    }
    drop_derived(codebook, &mut sheet);
    // Only now: what a skip leaves out is no answer that keeps an episode.
    for rows in sheet.repeats.values_mut() {
        rows.retain(|_, answers| !answers.is_empty());
    }
    sheet
}

/// Lays the typed fields over the answers of the records.
fn type_over(sheet: &mut Sheet, draft: &Draft) {
    for (field, known) in &draft.fields {
        let answers = match row_of(field) {
            RowKey::Main => &mut sheet.main,
            RowKey::Repeat(form, number) => {
                sheet.repeats.entry(form).or_default().entry(number).or_default()
            }
        };
        match &known.answer {
            Some(answer) => answers.insert(field.variable.clone(), answer.clone()),
            None => answers.remove(&field.variable),
        };
    }
}

/// Leaves out what the engine works out itself: values of calculations, and the reason of what a skip leaves out.
fn drop_derived(codebook: &Codebook, sheet: &mut Sheet) {
    let derived: BTreeMap<&VariableName, bool> = codebook
        .forms
        .iter()
        .flat_map(catalyse_codebook::Form::variables)
        .filter(|variable| variable.is_derived() || variable.relevant.is_some())
        .map(|variable| (&variable.name, variable.is_derived()))
        .collect();
    let is_typed = |name: &VariableName, answer: &Answer| match derived.get(name) {
        None => true,
        Some(true) => false,
        Some(false) => answer.missing() != Some(MissingReason::NotApplicable),
    };
    sheet.main.retain(|name, answer| is_typed(name, answer));
    for rows in sheet.repeats.values_mut().flat_map(BTreeMap::values_mut) {
        rows.retain(|name, answer| is_typed(name, answer));
    }
}

/// Returns the field of the store for a variable of a row.
pub(crate) fn field_of(row: &RowKey, variable: &VariableName) -> Field {
    let (form, number) = match row {
        RowKey::Main => (None, 0),
        RowKey::Repeat(form, number) => (Some(form.clone()), i64::from(*number)),
    };
    Field { form, number, variable: variable.clone() }
}

/// Returns the row that a field of the store is in.
pub(crate) fn row_of(field: &Field) -> RowKey {
    match &field.form {
        None => RowKey::Main,
        Some(form) => RowKey::Repeat(form.clone(), u32::try_from(field.number).unwrap_or_default()),
    }
}
