//! What the person's last record before the wave says: shown beside each question, to be confirmed with one key or typed anew.

use catalyse_codebook::{Answers, WaveId};
use catalyse_store::Draft;

use crate::{Site, WebError};

/// Returns what the person's last record before the wave says, if the draft stands on none, without what is asked anew blind.
pub(super) async fn before(site: &Site, draft: &Draft, wave: &WaveId) -> Result<Answers, WebError> {
    if draft.state.pseudonym.is_none() || !draft.base.is_empty() {
        return Ok(Answers::new());
    }
    let waves = &site.codebook().study.waves;
    let order = |wave: &WaveId| waves.iter().position(|known| known.id == *wave);
    let records = site.store.records_of(draft.state.person).await?;
    let earlier = records.into_iter().filter(|record| record.key.form.is_none());
    let earlier = earlier.filter(|record| order(&record.key.wave) < order(wave));
    let last = earlier.max_by_key(|record| order(&record.key.wave));
    let mut answers = last.map(|record| record.answers).unwrap_or_default();
    // What is asked anew blind is not even at hand: no page can show it.
    if let Some(reask) = &site.codebook().study.reask {
        answers.retain(|name, _| !reask.is_blind(draft.state.person.0, wave, name));
    }
    Ok(answers)
}
