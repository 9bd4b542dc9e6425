//! The preparation of an edition of the report, beside all requests. One at a time; what is ready waits until somebody fixes or drops it.
//!
//! What is ready is what will be fixed, byte for byte. Its tables are shown to nobody before: whoever looked at one unfixed edition after
//! another could compare them, and none of them would be counted.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use catalyse_codebook::WaveId;
use catalyse_locale::{Args, Label, Message, Wording};
use catalyse_store::{EditionChange, EditionFile, Record};
use jiff::Timestamp;
use jiff::civil::Date;

/// Makes the files of an edition, or says why there can be none. The pipeline behind the gate belongs to the program.
pub type ReportMaker = Arc<dyn Fn(&EditionOrder) -> Result<MadeEdition, Message> + Send + Sync>;

/// Holds what an edition is made of.
#[derive(Debug)]
pub struct EditionOrder {
    /// Its records.
    pub records: Vec<Record>,
    /// What earlier editions printed, the oldest first: files as [`MadeEdition::files`] has one of.
    pub earlier: Vec<Vec<u8>>,
    /// The day it is of, as Belgium has it.
    pub date: Date,
}

/// Holds an edition that was made.
#[derive(Debug)]
pub struct MadeEdition {
    /// Its files, that of [`EditionFile::PRINTED`] among them.
    pub files: Vec<EditionFile>,
    /// Records that a hard finding keeps out of it, rounded.
    pub n_kept_out: u64,
    /// What is left out of it, one sentence for each reason.
    pub left_out: Vec<Label>,
}

/// Says which edition is made, and for whom.
#[derive(Clone, Debug)]
pub(crate) struct Order {
    pub(crate) wave: WaveId,
    /// Which edition of the wave it is, from 1.
    pub(crate) number: u64,
    /// How much changed since the last one.
    pub(crate) change: EditionChange,
    pub(crate) who: String,
    pub(crate) at: Timestamp,
}

/// Holds an edition that waits to be fixed.
#[derive(Debug)]
pub(crate) struct Ready {
    pub(crate) order: Order,
    /// The last line of the journal before its records were read.
    pub(crate) stands_on: u64,
    /// Records of persons, rounded.
    pub(crate) n_records: u64,
    pub(crate) made: MadeEdition,
}

/// Says how far the preparation is.
#[derive(Clone, Debug, Default)]
pub(crate) enum Stage {
    #[default]
    Nothing,
    /// One is made.
    Making(Order),
    /// One waits.
    Ready(Arc<Ready>),
    /// One could not be made.
    Failed(Order, Message),
}

/// Holds the preparation that is under way, if there is one.
#[derive(Debug, Default)]
pub(crate) struct Preparation(Mutex<Stage>);

impl Preparation {
    fn open(&self) -> MutexGuard<'_, Stage> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns how far it is.
    pub(crate) fn stage(&self) -> Stage {
        self.open().clone()
    }

    /// Begins an edition; not while another one is made.
    pub(crate) fn begin(&self, order: &Order) -> bool {
        let mut stage = self.open();
        if matches!(*stage, Stage::Making(_)) {
            return false;
        }
        *stage = Stage::Making(order.clone());
        true
    }

    /// Ends the making of an edition.
    pub(crate) fn end(&self, order: Order, made: Result<Ready, Message>) {
        *self.open() = match made {
            Ok(ready) => Stage::Ready(Arc::new(ready)),
            Err(message) => Stage::Failed(order, message),
        };
    }

    /// Takes out what waits or failed; what is made stays.
    pub(crate) fn clear(&self) {
        let mut stage = self.open();
        if !matches!(*stage, Stage::Making(_)) {
            *stage = Stage::Nothing;
        }
    }
}

/// Says that the preparation broke off.
pub(crate) fn broken() -> Message {
    const BROKEN: Wording = Wording::new(
        "L’édition n’a pas pu être préparée : le programme s’est arrêté en route. Rien n’est fixé ; recommencez.",
        "The edition could not be prepared: the program stopped on the way. Nothing is fixed; try again.",
    );
    BROKEN.with(Args::new())
}
