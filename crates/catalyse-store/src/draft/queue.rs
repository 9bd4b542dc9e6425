//! The queue of fields to be saved: whoever gets the turn saves for all who wait, in one commit.
//!
//! A commit costs a write to the disk, about four milliseconds on an office PC. One commit a field would make the eighteenth encoder wait for
//! seventeen of them; together they wait for one.

use std::sync::{Mutex, PoisonError};

use tokio::sync::oneshot;

use crate::draft::{SaveField, Saved};
use crate::{Store, StoreError};

type Answer = Result<Saved, StoreError>;

/// Holds the fields that wait, and the turn to save them.
#[derive(Debug, Default)]
pub(crate) struct Queue {
    waiting: Mutex<Vec<(SaveField, oneshot::Sender<Answer>)>>,
    turn: tokio::sync::Mutex<()>,
}

impl Queue {
    fn push(&self, save: SaveField) -> oneshot::Receiver<Answer> {
        let (sender, receiver) = oneshot::channel();
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.push((save, sender));
        receiver
    }

    fn take(&self) -> Vec<(SaveField, oneshot::Sender<Answer>)> {
        std::mem::take(&mut *self.waiting.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Store {
    /// Saves one field of a draft. When this returns, the field is on the disk.
    ///
    /// # Errors
    /// There is no such draft; an identity comes without a key file; the database breaks. That somebody else wrote the field since is no
    /// error: see [`Saved::Conflict`].
    pub async fn save_field(&self, save: SaveField) -> Result<Saved, StoreError> {
        loop {
            let mut receiver = self.queue.push(save.clone());
            let turn = self.queue.turn.lock().await;
            if let Ok(answer) = receiver.try_recv() {
                return answer;
            }
            self.save_waiting().await;
            drop(turn);
            // No answer: whoever had the field was stopped in the middle. Nothing was committed, so it is tried again.
            if let Ok(answer) = receiver.await {
                return answer;
            }
        }
    }

    /// Saves all fields that wait in one commit. If that fails, each is tried alone, so that one bad field harms no other.
    async fn save_waiting(&self) {
        let waiting = self.queue.take();
        let fields: Vec<&SaveField> = waiting.iter().map(|(save, _)| save).collect();
        if let Ok(answers) = self.save_fields(&fields).await {
            for ((_, sender), saved) in waiting.into_iter().zip(answers) {
                // Whoever no longer waits has gone; the field is saved all the same.
                let _ = sender.send(Ok(saved));
            }
            return;
        }
        for (save, sender) in waiting {
            let answer = self.save_fields(&[&save]).await;
            let one = answer.and_then(|mut saved| saved.pop().ok_or(StoreError::Broken("draft")));
            let _ = sender.send(one);
        }
    }
}
