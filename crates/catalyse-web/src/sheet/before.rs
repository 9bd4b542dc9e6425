//! What the person's last record before the wave says: shown beside each question, to be confirmed with one key or typed anew. Its episodes
//! are proposed in the same way: one is on the record once an answer of it is given, and whoever removes one is not asked again.

use std::collections::BTreeSet;

use catalyse_codebook::{Answer, Answers, FormName, VariableName, WaveId};
use catalyse_store::{Draft, Field};

use super::Desk;
use super::over::{field_of, row_of};
use crate::double::numbering;
use crate::live::{RowKey, Sheet};
use crate::{Site, WebError};

impl Desk {
    /// Lists the numbers of a form's episodes: those on the sheet, and those of the wave before that are proposed.
    pub(crate) fn numbers(&self, form: &FormName) -> BTreeSet<u32> {
        let on_sheet =
            self.sheet.repeats.get(form).into_iter().flatten().map(|(number, _)| *number);
        let before = self.before.repeats.get(form).into_iter().flatten();
        let before = before.map(|(number, _)| *number);
        let proposed =
            before.filter(|number| self.is_proposed(&RowKey::Repeat(form.clone(), *number)));
        on_sheet.chain(proposed).collect()
    }

    /// Says whether an episode of the wave before is shown of which nothing was typed or taken away yet.
    pub(crate) fn is_proposed(&self, row: &RowKey) -> bool {
        matches!(row, RowKey::Repeat(..))
            && self.before.row(row).is_some()
            && self.sheet.row(row).is_none()
            && !self.draft.fields.keys().any(|field| row_of(field) == *row)
    }

    /// Returns what numbers a proposed episode once one of its answers is given: the field, and the number.
    pub(crate) fn numbered(&self, site: &Site, row: &RowKey) -> Option<(Field, Answer)> {
        let RowKey::Repeat(form, number) = row else { return None };
        let variable: &VariableName = numbering(site.codebook(), form)?;
        let number = Answer::Integer(i64::from(*number));
        self.is_proposed(row).then(|| (field_of(row, variable), number))
    }
}

/// Returns what the person's last record before the wave says, if the draft stands on none, without what is asked anew blind.
pub(super) async fn before(site: &Site, draft: &Draft, wave: &WaveId) -> Result<Sheet, WebError> {
    let mut before = Sheet::default();
    if draft.state.pseudonym.is_none() || !draft.base.is_empty() {
        return Ok(before);
    }
    let waves = &site.codebook().study.waves;
    let order = |wave: &WaveId| waves.iter().position(|known| known.id == *wave);
    let records = site.store.records_of(draft.state.person).await?;
    let earlier = records.iter().filter(|record| record.key.form.is_none());
    let earlier = earlier.map(|record| &record.key.wave).filter(|one| order(one) < order(wave));
    let Some(last) = earlier.max_by_key(|wave| order(wave)).cloned() else { return Ok(before) };
    for record in records.into_iter().filter(|record| record.key.wave == last) {
        match record.key.form {
            None => before.main = record.answers,
            Some(form) => {
                let number = u32::try_from(record.key.number).unwrap_or_default();
                before.repeats.entry(form).or_default().insert(number, record.answers);
            }
        }
    }
    // What is asked anew blind is not even at hand: no page can show it.
    if let Some(reask) = &site.codebook().study.reask {
        let person = draft.state.person.0;
        let is_shown = |name: &VariableName, _: &mut Answer| !reask.is_blind(person, wave, name);
        before.main.retain(is_shown);
        let spells = before.repeats.values_mut().flat_map(|rows| rows.values_mut());
        spells.for_each(|answers: &mut Answers| answers.retain(is_shown));
    }
    Ok(before)
}
