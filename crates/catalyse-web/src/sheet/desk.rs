//! Laying out a draft: the records it stands on with the fields that were typed over them.

use std::collections::BTreeMap;
use std::sync::Arc;

use catalyse_codebook::{Answer, Codebook, Grain, PartnerId, VariableName, WaveId};
use catalyse_store::{Draft, Field};

use crate::live::{RowKey, Seen, Sheet};
use crate::{Site, WebError};

/// Holds a draft in hand.
pub(crate) struct Desk {
    pub(crate) draft: Arc<Draft>,
    pub(crate) partner: PartnerId,
    pub(crate) wave: WaveId,
    pub(crate) sheet: Sheet,
    pub(crate) seen: Seen,
}

impl Desk {
    /// Lays a draft out and works it out.
    pub(crate) async fn lay(site: &Arc<Site>, draft: Arc<Draft>) -> Result<Self, WebError> {
        let broken = |_| WebError::Request("draft");
        let partner = PartnerId::new(&draft.state.partner).map_err(broken)?;
        let wave = WaveId::new(&draft.state.wave).map_err(broken)?;
        let mut sheet = Sheet::default();
        for id in &draft.base {
            let record = site.store.record(*id).await?;
            let row = match record.key.form {
                None => &mut sheet.main,
                Some(form) => {
                    let number = u32::try_from(record.key.number).unwrap_or_default();
                    sheet.repeats.entry(form).or_default().entry(number).or_default()
                }
            };
            row.extend(record.answers);
        }
        type_over(&mut sheet, &draft);
        let study = &site.codebook().study;
        sheet.main.insert(study.partner.clone(), Answer::Code(partner.to_string()));
        sheet.main.insert(study.wave.clone(), Answer::Code(wave.to_string()));
        if let Some(pseudonym) = &draft.state.pseudonym {
            sheet.main.insert(study.person.clone(), Answer::Text(pseudonym.clone()));
        }
        drop_derived(site.codebook(), &mut sheet);
        let (on, work) = (Arc::clone(site), sheet.clone());
        let seen = tokio::task::spawn_blocking(move || on.live.look(&work));
        let seen = seen.await.map_err(WebError::engine)??;
        Ok(Self { draft, partner, wave, sheet, seen })
    }

    /// Returns the version of a field that is on the disk, 0 for one that was never typed.
    pub(crate) fn version(&self, field: &Field) -> u64 {
        self.draft.fields.get(field).map_or(0, |known| known.version)
    }

    /// Lists the rows of a form: the main one, or the episodes.
    pub(crate) fn rows(&self, form: &catalyse_codebook::Form) -> Vec<RowKey> {
        match form.grain {
            Grain::Person | Grain::PersonWave => vec![RowKey::Main],
            Grain::Repeat => {
                let rows = self.sheet.repeats.get(&form.name).into_iter().flatten();
                rows.map(|(number, _)| RowKey::Repeat(form.name.clone(), *number)).collect()
            }
        }
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

/// Lays the typed fields over the answers of the records. An episode whose answers were all taken away is gone.
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
    for rows in sheet.repeats.values_mut() {
        rows.retain(|_, answers| !answers.is_empty());
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
        Some(false) => answer.missing() != Some(catalyse_codebook::MissingReason::NotApplicable),
    };
    sheet.main.retain(|name, answer| is_typed(name, answer));
    for rows in sheet.repeats.values_mut().flat_map(BTreeMap::values_mut) {
        rows.retain(|name, answer| is_typed(name, answer));
    }
}
