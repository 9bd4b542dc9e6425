//! The site: what every request has at hand.

use std::sync::Arc;

use catalyse_codebook::Codebook;
use catalyse_locale::Language;
use catalyse_store::{Author, Record, Store};
use jiff::Timestamp;

use crate::double::Comparable;
use crate::guard::{Limiter, Sights};
use crate::live::Live;
use crate::sheet::Hands;
use crate::{Settings, WebError};

/// Makes the report of records as one page, in a language. The pipeline behind the gate belongs to the program.
pub type ReportMaker = Arc<dyn Fn(&[Record], Language) -> Result<Vec<u8>, String> + Send + Sync>;

/// Holds what every request has at hand.
pub struct Site {
    /// The study, opened for entry.
    pub(crate) live: Live,
    pub(crate) store: Store,
    pub(crate) settings: Settings,
    pub(crate) limiter: Limiter,
    pub(crate) hands: Hands,
    /// Who sees which answers.
    pub(crate) sights: Sights,
    /// The sight of each role while a form is keyed a second time.
    pub(crate) second_sights: Sights,
    /// What two entries of one form are compared in.
    pub(crate) comparable: Comparable,
    pub(crate) report: Option<ReportMaker>,
}

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
            store,
            settings,
            limiter: Limiter::default(),
            hands: Hands::default(),
            sights,
            second_sights,
            comparable,
            report,
        })
    }

    /// Returns the codebook.
    pub(crate) fn codebook(&self) -> &Codebook {
        &self.live.codebook
    }

    /// Returns the time.
    #[expect(clippy::unused_self, reason = "whoever asks for the time asks the site")]
    pub(crate) fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    /// Makes the author of what a visitor does now.
    pub(crate) fn author(&self, who: &str) -> Author {
        Author::new(who, self.now())
    }
}
