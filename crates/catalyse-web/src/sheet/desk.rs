//! Laying out a draft: the records it stands on with the fields that were typed over them.

use std::collections::BTreeSet;
use std::sync::Arc;

use catalyse_codebook::{
    Answer, Codebook, Grain, MissingReason, PartnerId, Variable, VariableName, WaveId,
};
use catalyse_store::{Draft, DraftField, Field, SecondId, SlipId, StoreError};

use super::beside::Beside;
use super::over::{row_of, sheet_of};
use super::{before, beside};
use crate::live::{RowKey, Seen, Sheet};
use crate::{Site, WebError};

/// Holds a draft in hand.
#[derive(Clone)]
pub(crate) struct Desk {
    pub(crate) draft: Arc<Draft>,
    pub(crate) partner: PartnerId,
    pub(crate) wave: WaveId,
    /// The records that it stands on.
    base: Arc<Sheet>,
    /// Whether a record that it stands on has changed since, or one has come in.
    pub(crate) has_moved: bool,
    /// What it is a second entry of, if it is one.
    pub(crate) second: Option<SecondOf>,
    /// What the person's last record before this wave says, if the draft stands on none of this wave.
    pub(crate) before: Arc<Sheet>,
    pub(crate) sheet: Sheet,
    pub(crate) seen: Seen,
    /// The line of the journal up to which `seen` knows of accepted records beside it; none for a second entry, which is beside none.
    pub(crate) seen_line: Option<u64>,
}

/// Says which form a draft is a second entry of.
#[derive(Clone)]
pub(crate) struct SecondOf {
    pub(crate) id: SecondId,
    pub(crate) slip: SlipId,
    /// The code of the person, by which the paper is found.
    pub(crate) person: String,
}

/// Says how a question of a draft stands.
#[derive(Clone, Copy)]
pub(crate) struct State {
    /// Whether it is put to this person.
    pub(crate) is_asked: bool,
    /// Whether it cannot be changed here.
    pub(crate) is_fixed: bool,
    /// Whether it has an answer, or a reason for having none.
    pub(crate) is_done: bool,
}

impl Desk {
    /// Lays a draft out and works it out.
    pub(crate) async fn lay(site: &Arc<Site>, draft: Arc<Draft>) -> Result<Arc<Self>, WebError> {
        let broken = |_| WebError::Request("draft");
        let partner = PartnerId::new(&draft.state.partner).map_err(broken)?;
        let wave = WaveId::new(&draft.state.wave).map_err(broken)?;
        let mut base = Sheet::default();
        for id in &draft.base {
            let record = match site.store.record(*id).await {
                Ok(record) => record,
                // Taken away since: the draft goes on with what was typed, and the store says so when it is finished.
                Err(StoreError::Unknown { .. }) => continue,
                Err(error) => return Err(error.into()),
            };
            let row = match record.key.form {
                None => &mut base.main,
                Some(form) => {
                    let number = u32::try_from(record.key.number).unwrap_or_default();
                    base.repeats.entry(form).or_default().entry(number).or_default()
                }
            };
            row.extend(record.answers);
        }
        let before = Arc::new(before::before(site, &draft, &wave).await?);
        let sheet = sheet_of(site.codebook(), &base, &draft);
        let second = second(site, &draft).await?;
        // What is keyed a second time is compared with the first entry and with nothing else.
        let beside = match &second {
            None => Some(beside::beside(site, (&draft, &sheet), (&partner, &wave)).await?),
            Some(_) => None,
        };
        let seen_line = beside.as_ref().map(|beside| beside.line);
        let beside = beside.unwrap_or_default().remembered;
        let on = Arc::clone(site);
        let seen = tokio::task::spawn_blocking(move || {
            let seen = on.live.look_beside(&sheet, beside)?;
            Ok::<_, WebError>((sheet, seen))
        });
        let (sheet, seen) = seen.await.map_err(WebError::engine)??;
        let base = Arc::new(base);
        let has_moved = site.store.draft_stamp(draft.state.id).await?.has_moved_base;
        let desk =
            Self { draft, partner, wave, base, has_moved, second, before, sheet, seen, seen_line };
        let desk = Arc::new(desk);
        site.hands.put(&desk);
        Ok(desk)
    }

    /// Returns the draft after one field of it was saved.
    pub(crate) async fn after_saving(
        &self,
        site: &Arc<Site>,
        (field, known): (&Field, DraftField),
    ) -> Result<Arc<Self>, WebError> {
        if known.version == self.draft.state.version + 1 {
            return self.after(site, (field, known)).await;
        }
        // Somebody else has saved something in the meantime.
        Self::lay(site, Arc::new(site.store.draft(self.draft.state.id).await?)).await
    }

    /// Works out only what follows from the field.
    async fn after(
        &self,
        site: &Arc<Site>,
        (field, known): (&Field, DraftField),
    ) -> Result<Arc<Self>, WebError> {
        let mut draft = (*self.draft).clone();
        draft.state.version = known.version;
        draft.state.changed_at = known.at;
        draft.fields.insert(field.clone(), known);
        let sheet = sheet_of(site.codebook(), &self.base, &draft);
        let (mut seen, mut seen_line) = (self.seen.clone(), self.seen_line);
        if self.second.is_none() && field.form.is_none() && site.traces(&field.variable) {
            let of = (&self.partner, &self.wave);
            let Beside { remembered, line } = beside::beside(site, (&draft, &sheet), of).await?;
            site.live.put_beside(&mut seen, remembered)?;
            seen_line = Some(line);
        }
        let (on, field) = (Arc::clone(site), field.clone());
        let seen = tokio::task::spawn_blocking(move || {
            on.live.follow(&mut seen, &sheet, (&row_of(&field), &field.variable))?;
            Ok::<_, WebError>((sheet, seen))
        });
        let (sheet, seen) = seen.await.map_err(WebError::engine)??;
        let desk = Self { draft: Arc::new(draft), sheet, seen, seen_line, ..self.clone() };
        let desk = Arc::new(desk);
        site.hands.put(&desk);
        Ok(desk)
    }

    /// Returns the draft beside the records that are accepted now: others may have come in since it was laid out.
    pub(crate) async fn beside_others(&self, site: &Arc<Site>) -> Result<Arc<Self>, WebError> {
        let mut desk = self.clone();
        if self.second.is_none() {
            let of = (&self.partner, &self.wave);
            let Beside { remembered, line } =
                beside::beside(site, (&self.draft, &self.sheet), of).await?;
            site.live.put_beside(&mut desk.seen, remembered)?;
            desk.seen_line = Some(line);
        }
        let desk = Arc::new(desk);
        site.hands.put(&desk);
        Ok(desk)
    }

    /// Returns the version of a field that is on the disk, 0 for one that was never typed.
    pub(crate) fn version(&self, field: &Field) -> u64 {
        self.draft.fields.get(field).map_or(0, |known| known.version)
    }

    /// Lists the variables whose answer is another than that of the records that the draft stands on, in whichever row.
    pub(crate) fn changed(&self) -> BTreeSet<VariableName> {
        let changed = self.draft.fields.iter().filter(|(field, known)| {
            let stands = self.base.row(&row_of(field)).and_then(|row| row.get(&field.variable));
            stands != known.answer.as_ref()
        });
        changed.map(|(field, _)| field.variable.clone()).collect()
    }

    /// Says whether something can be typed in a row: it is there, was there before in this draft, or is the next.
    pub(crate) fn has_row(&self, row: &RowKey) -> bool {
        let RowKey::Repeat(form, number) = row else { return true };
        let last = self.numbers(form).last().copied();
        self.sheet.row(row).is_some()
            || self.base.row(row).is_some()
            || self.before.row(row).is_some()
            || last.unwrap_or_default().checked_add(1) == Some(*number)
            || self.draft.fields.keys().any(|field| row_of(field) == *row)
    }

    /// Says how a question stands.
    pub(crate) fn state(
        &self,
        codebook: &Codebook,
        (row, variable): (&RowKey, &Variable),
    ) -> State {
        let name = &variable.name;
        let study = &codebook.study;
        let typed = self.sheet.row(row).and_then(|answers| answers.get(name));
        let is_skipped = self.seen.answer(row, name).and_then(Answer::missing)
            == Some(MissingReason::NotApplicable);
        let is_answer = |answer: &Answer| {
            answer.missing().is_none_or(|reason| variable.missing.contains(&reason))
        };
        State {
            is_asked: !is_skipped || typed.is_some(),
            is_fixed: [&study.wave, &study.partner].contains(&name)
                || (*name == study.person && self.draft.state.pseudonym.is_some()),
            is_done: typed.is_some_and(is_answer),
        }
    }

    /// Lists the rows of a form: the main one, or the episodes, proposed ones among them.
    pub(crate) fn rows(&self, form: &catalyse_codebook::Form) -> Vec<RowKey> {
        match form.grain {
            Grain::Person | Grain::PersonWave => vec![RowKey::Main],
            Grain::Repeat => {
                let numbers = self.numbers(&form.name).into_iter();
                numbers.map(|number| RowKey::Repeat(form.name.clone(), number)).collect()
            }
        }
    }
}

/// Returns which form a draft is a second entry of.
async fn second(site: &Site, draft: &Draft) -> Result<Option<SecondOf>, WebError> {
    let Some(id) = site.store.second_in(draft.state.id).await? else { return Ok(None) };
    let second = site.store.second(id).await?;
    // The record may have been taken away since: then the draft can only be thrown away.
    let person = match site.store.record(second.record).await {
        Ok(record) => record.key.person,
        Err(StoreError::Unknown { .. }) => String::new(),
        Err(error) => return Err(error.into()),
    };
    Ok(Some(SecondOf { id, slip: second.slip, person }))
}
