//! A draft in hand: what it stands on, what was typed, and what the engine says of it.

mod before;
mod beside;
mod desk;
mod hands;
mod matching;
mod over;
mod presence;
mod save;
mod shown;
mod typed;

pub(crate) use desk::{Desk, State};
pub(crate) use hands::Hands;
pub(crate) use matching::{is_searched, matching};
pub(crate) use over::{field_of, row_of};
pub(crate) use presence::Presence;
pub(crate) use save::{Outcome, Typed, save};
pub use shown::in_words;
pub(crate) use shown::{is_long, shown, yes_or_no};
pub(crate) use typed::typed;
