//! The site: what every request has at hand.

use std::collections::{BTreeSet, VecDeque};
use std::sync::{Arc, PoisonError};

use catalyse_codebook::{Codebook, VariableName};
use catalyse_store::{
    Author, DraftId, FinishedDraft, RecordId, SecondId, SecondRow, Store, StoreError,
};
use jiff::Timestamp;
use tokio::sync::Mutex;

use crate::double::Comparable;
use crate::guard::{Limiter, Sights};
use crate::live::Live;
use crate::preparation::{Preparation, ReportMaker};
use crate::sheet::{Hands, Presence};
use crate::{Settings, WebError};

/// Holds what every request has at hand.
pub struct Site {
    /// The study, opened for entry.
    pub(crate) live: Live,
    pub(crate) store: Store,
    pub(crate) settings: Settings,
    pub(crate) limiter: Limiter,
    pub(crate) hands: Hands,
    /// Who is at which sheet.
    pub(crate) presence: Presence,
    /// Who sees which answers.
    pub(crate) sights: Sights,
    /// The sight of each role while a form is keyed a second time.
    pub(crate) second_sights: Sights,
    /// What two entries of one form are compared in.
    pub(crate) comparable: Comparable,
    /// The variables by which other records of the same person are found.
    tracing: BTreeSet<VariableName>,
    pub(crate) report: Option<ReportMaker>,
    /// Where an edition of the report is made: one at a time, each takes all records.
    pub(crate) preparation: Preparation,
    /// Whom an identity in a draft was shown to: the journal notes it once.
    shown: std::sync::Mutex<BTreeSet<(DraftId, String)>>,
    /// The drafts that became records last, with the partner. Whoever makes a record of one holds it, so that the second of two clicks meets it.
    accepted: Mutex<VecDeque<(DraftId, String)>>,
}

/// So many accepted drafts are remembered: a second click comes within seconds.
const MOST_ACCEPTED: usize = 256;
/// So many showings are remembered; beyond, some are noted twice.
const MOST_SHOWN: usize = 10_000;

impl Site {
    /// Makes the site of a study and its store.
    ///
    /// # Errors
    /// The study cannot be run, or the server may not listen where the settings say.
    pub fn open(
        codebook: Arc<Codebook>,
        store: Store,
        settings: Settings,
        report: Option<ReportMaker>,
    ) -> Result<Self, WebError> {
        settings.guarded()?;
        let sights = Sights::of(&codebook);
        let comparable = Comparable::of(&codebook, &sights);
        let second_sights = sights.of_second(&codebook, &comparable);
        let live = Live::open(codebook)?;
        Ok(Self {
            live,
            tracing: store.tracing(),
            store,
            settings,
            limiter: Limiter::default(),
            hands: Hands::default(),
            presence: Presence::default(),
            sights,
            second_sights,
            comparable,
            report,
            preparation: Preparation::default(),
            shown: std::sync::Mutex::default(),
            accepted: Mutex::default(),
        })
    }

    /// Returns the codebook.
    pub(crate) fn codebook(&self) -> &Codebook {
        &self.live.codebook
    }

    /// Says whether another answer to a variable may be that of another person.
    pub(crate) fn traces(&self, variable: &VariableName) -> bool {
        self.tracing.contains(variable)
    }

    /// Makes records of a draft, once: `None` for one that became a record a moment ago.
    pub(crate) async fn accept_draft(
        &self,
        finished: &FinishedDraft,
        (partner, author): (&str, &Author),
    ) -> Result<Option<Vec<RecordId>>, StoreError> {
        let mut accepted = self.accepted.lock().await;
        if accepted.iter().any(|(draft, _)| *draft == finished.draft) {
            return Ok(None);
        }
        let made = self.store.accept_draft(finished, author).await?;
        remember(&mut accepted, (finished.draft, partner));
        Ok(Some(made))
    }

    /// Ends a second entry, once: whoever clicks twice meets the first click.
    pub(crate) async fn finish_second(
        &self,
        (second, rows): (SecondId, &[SecondRow]),
        (draft, partner, author): (DraftId, &str, &Author),
    ) -> Result<(), StoreError> {
        let mut accepted = self.accepted.lock().await;
        if !accepted.iter().any(|(known, _)| *known == draft) {
            self.store.finish_second(second, rows, author).await?;
            remember(&mut accepted, (draft, partner));
        }
        Ok(())
    }

    /// Says whether a draft of a partner became a record a moment ago.
    pub(crate) async fn has_accepted(&self, draft: DraftId, partner: &str) -> bool {
        let accepted = self.accepted.lock().await;
        accepted.iter().any(|(known, of)| *known == draft && of == partner)
    }

    /// Says whether an identity is shown to somebody for the first time.
    pub(crate) fn first_shown(&self, showing: (DraftId, String)) -> bool {
        let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        if shown.len() >= MOST_SHOWN {
            shown.clear();
        }
        shown.insert(showing)
    }

    /// Returns the time.
    #[expect(clippy::unused_self, reason = "whoever asks for the time asks the site")]
    pub(crate) fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// Notes a draft that is no more, for the second of two clicks.
fn remember(accepted: &mut VecDeque<(DraftId, String)>, (draft, partner): (DraftId, &str)) {
    accepted.push_back((draft, partner.to_owned()));
    if accepted.len() > MOST_ACCEPTED {
        accepted.pop_front();
    }
}
