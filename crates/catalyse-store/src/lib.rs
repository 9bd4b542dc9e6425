//! The store: keeps accepted batches, drafts, findings and accounts by wave, with a journal that proves itself.
//!
//! One [`Store`] is one database: a single SQLite file by default, PostgreSQL by URL when several offices share it. The same statements and
//! the same tests run on both. Every change is one transaction and one line of the journal; what was is never overwritten.
//!
//! # What is in it
//!
//! | thing | where to begin |
//! |---|---|
//! | opening, creating, which study it holds | [`Store::open`], [`Store::create`], [`Store::about`] |
//! | a delivery becomes a batch; undo | [`Store::accept`], [`Store::plan_undo`], [`Store::undo`], [`Store::batches`] |
//! | records as they stand, and as they were | [`Store::records`], [`Store::history`], [`Store::edit`] |
//! | entry field by field | [`Store::open_draft`], [`Store::save_field`], [`Store::accept_draft`] |
//! | a draft under which something changed; a code that is known | [`Store::draft_moves`], [`Store::renew_draft`], [`Store::take_over`] |
//! | a pile of paper; keying a sample twice | [`Store::add_slip`], [`Store::draw_second`], [`Store::finish_second`], [`Store::decide_second`] |
//! | reports that were fixed for their readers | [`Store::fix_edition`], [`Store::editions`], [`Store::edition_file`] |
//! | findings, and reasons given for soft ones | [`Store::findings`], [`Store::step_finding`], [`Store::overrides`] |
//! | who may come in | [`Store::add_account`], [`Store::sign_in`], [`Store::begin_session`], [`Store::session`] |
//! | persons: identity, access, correction, erasure | [`Store::identity`], [`Store::export_person`], [`Store::rectify`], [`Store::erase`], [`Store::purge`] |
//! | the same person at two partners | [`Store::find_likenesses`], [`Store::decide_likeness`] |
//! | proof and safety | [`Store::verify`], [`Store::back_up`], [`Store::restore`] |
//!
//! # What always holds
//!
//! - **The clock is the caller's.** Every change takes an [`Author`]: who, when, why.
//! - **Append-only.** A record's revisions and a finding's steps are rows that are added. Each names its journal line; the line's `digest` covers
//!   them, and its `hash` covers the line and the hash of the line before. [`Store::verify`] works all of it out again.
//! - **Content is sealed.** The answers of a record lie under a key of their person (XChaCha20-Poly1305); the journal covers the sealed text, not
//!   the answers. Destroying a person's key takes the content out of every old revision while the chain stays whole: that is erasure.
//! - **Identity apart.** Answers to `identifying` variables never stand in a record. They lie in a table of their own under the person's key *and*
//!   the key file, which is outside the store. Losing the key file loses identities and no situation.
//! - **Backups hold no keys of persons.** A folder of backups has one sheet of keys beside them, written anew at each backup and each erasure, so
//!   that an erased person is gone from the old backups of the folder too.
//! - **Nothing personal is said.** Errors, `Debug` and the journal name numbers, variables and places, never a value.
//!
//! # How fast
//!
//! SQLite has one writer. Fields that are saved while a commit is under way go together into the next one ([`Store::save_field`]), so that
//! eighteen encoders cost little more than one. A delivery is compared, sealed and hashed while others write ([`Store::accept`]); they wait
//! only while its rows go in.

mod about;
mod account;
mod backup;
mod batch;
mod catalogue;
mod draft;
mod edition;
mod engine;
mod error;
mod finding;
mod journal;
mod keys;
mod person;
mod record;
mod slip;
mod store;
mod words;

pub use about::About;
pub use account::author::Author;
pub use account::session::{Lasting, SignedIn, Token};
pub use account::{Account, AccountId, NewAccount};
pub use backup::{BackedUp, Restored};
pub use batch::accept::{Accepted, Delivery, NewRecord};
pub use batch::undo::{EditedSince, UndoPlan};
pub use batch::{Batch, BatchId, Counts, DeliveredFile, SetAsideRow};
pub use catalyse_codebook::Role;
pub use draft::{
    Draft, DraftField, DraftId, DraftStamp, DraftState, Field, FinishedDraft, Moved, Moves, Opened,
    Renumbered, SaveField, Saved,
};
pub use edition::{Edition, EditionChange, EditionFile, EditionId, EditionOutlook, NewEdition};
pub use engine::Engine;
pub use engine::runtime::Waiter;
pub use error::StoreError;
pub use finding::{
    BATCH_UNDONE, FindingFilter, FindingId, FindingState, NO_LONGER_FOUND, NewFinding, Overrides,
    Reason, Step, StoredFinding,
};
pub use journal::proof::{Break, Proof};
pub use journal::{Action, JournalPage, Line};
pub use keys::key_file::KeyFile;
pub use person::erase::{Erased, ErasedCount, Leaves};
pub use person::export::PersonExport;
pub use person::kindred::{Kindred, Trace};
pub use person::likeness::{Ground, Likeness, LikenessId, LikenessState};
pub use person::purge::Purged;
pub use person::{Person, PersonId, PersonState};
pub use record::{Change, Listed, Past, Record, RecordId, RecordKey, Revision, Selection, changes};
pub use slip::{
    DecidedCounts, Decision, NewSlip, Second, SecondId, SecondRow, SecondState, Slip, SlipId,
};
pub use store::Store;
pub use words::word;
