//! What a draft is seen beside: the person's own records of other waves, and those of whoever may be the same person, at any partner.
//!
//! They are compared and never shown: a finding says that another record has it, in the words of the study, and neither whose nor where.

use std::collections::BTreeSet;
use std::sync::Arc;

use catalyse_check::Remembered;
use catalyse_codebook::{Answer, PartnerId, WaveId};
use catalyse_store::{Draft, Kindred, RecordId, Trace};

use crate::live::{Accepted, Sheet};
use crate::{Site, WebError};

/// Holds what a draft is seen beside.
#[derive(Clone, Default)]
pub(crate) struct Beside {
    pub(crate) remembered: Arc<Remembered>,
    /// The line of the journal at which it was looked up.
    pub(crate) line: u64,
}

/// Works out what a draft is seen beside, as the store has it now.
pub(super) async fn beside(
    site: &Arc<Site>,
    (draft, sheet): (&Draft, &Sheet),
    (partner, wave): (&PartnerId, &WaveId),
) -> Result<Beside, WebError> {
    // Before the records are read: what comes in meanwhile comes after it.
    let line = site.store.last_line().await?;
    let code = match sheet.main.get(&site.codebook().study.person) {
        Some(Answer::Text(code)) => Some(code.clone()),
        _ => None,
    };
    let trace = Trace { code, identity: sheet.main.clone() };
    let mut kindred = site.store.kindred(&trace, None).await?;
    if let Some(code) = &trace.code {
        kindred.extend(site.store.spelt_alike(partner, code).await?);
    }
    // What the draft stands on becomes what it says: it is not another record.
    let is_replaced =
        |one: &Kindred| one.record.person == draft.state.person && one.record.key.wave == *wave;
    let mut known: BTreeSet<RecordId> = BTreeSet::new();
    kindred.retain(|one| !is_replaced(one) && known.insert(one.record.id));
    if kindred.is_empty() {
        return Ok(Beside { line, ..Beside::default() });
    }
    let accepted = kindred.into_iter().map(|one| accepted(site, draft, wave, one)).collect();
    let on = Arc::clone(site);
    let remembered = tokio::task::spawn_blocking(move || on.live.remember(accepted));
    let remembered = Arc::new(remembered.await.map_err(WebError::engine)??);
    Ok(Beside { remembered, line })
}

/// Lays a record out as the engine takes it.
fn accepted(site: &Site, draft: &Draft, wave: &WaveId, one: Kindred) -> Accepted {
    let study = &site.codebook().study;
    let Kindred { record, identity } = one;
    let mut answers = record.answers;
    // Whether an answer that is asked anew blind is another than before must not be told before it is given.
    if let Some(reask) = study.reask.as_ref().filter(|_| record.person == draft.state.person) {
        answers.retain(|name, _| !reask.is_blind(record.person.0, wave, name));
    }
    if record.key.form.is_none() {
        answers.extend(identity);
    }
    let code = |text: &str| Answer::Code(text.to_owned());
    answers.insert(study.person.clone(), Answer::Text(record.key.person));
    answers.insert(study.wave.clone(), code(record.key.wave.as_str()));
    answers.insert(study.partner.clone(), code(record.key.partner.as_str()));
    Accepted { form: record.key.form, answers }
}
