//! Sheets in hand: drafts that were laid out stay so until they change, so that a keystroke costs one commit and what follows from one answer.
//!
//! The store has the last word: a sheet is used only if the draft's stamp is the one it was laid out under.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use catalyse_store::{DraftId, DraftStamp};

use super::Desk;

/// So many drafts are kept, those used last.
const MOST: usize = 64;

/// Holds the sheets in hand.
#[derive(Default)]
pub(crate) struct Hands(Mutex<Held>);

#[derive(Default)]
struct Held {
    desks: BTreeMap<DraftId, (u64, Arc<Desk>)>,
    n_uses: u64,
}

impl Hands {
    /// Returns the sheet of a draft, if it is at hand as the stamp says.
    pub(crate) fn get(&self, id: DraftId, stamp: &DraftStamp) -> Option<Arc<Desk>> {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.n_uses += 1;
        let n_uses = held.n_uses;
        let (used, desk) = held.desks.get_mut(&id)?;
        let state = &desk.draft.state;
        let is_current = !stamp.has_moved_base
            && (state.version, state.opened_at) == (stamp.version, stamp.opened_at);
        *used = n_uses;
        is_current.then(|| Arc::clone(desk))
    }

    /// Keeps a sheet.
    pub(crate) fn put(&self, desk: &Arc<Desk>) {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.n_uses += 1;
        let used = held.n_uses;
        held.desks.insert(desk.draft.state.id, (used, Arc::clone(desk)));
        if held.desks.len() > MOST {
            let oldest = held.desks.iter().min_by_key(|(_, (used, _))| *used).map(|(id, _)| *id);
            oldest.and_then(|id| held.desks.remove(&id));
        }
    }
}
