//! Entry, corrections and reports in the browser: forms generated from the study, saved field by field.
//!
//! [`Site`] is a study opened over a store, [`serve`] answers browsers with it. All routes stand in one table ([`routes`]) with who may use
//! them; [`live`] is the engine that works one record out as it is typed. Pages are read and saved without JavaScript; the script adds keys.

mod clock;
mod double;
mod error;
mod form;
mod guard;
pub mod live;
mod pages;
mod preparation;
mod routes;
mod serve;
mod settings;
mod sheet;
mod site;

pub use clock::day_of;
pub use error::WebError;
pub use guard::{About, Rule, Who};
pub use preparation::{EditionOrder, MadeEdition, ReportMaker};
pub use routes::{Route, router, routes};
pub use serve::{block_on, serve};
pub use settings::{Line, Settings};
pub use sheet::in_words;
pub use site::Site;
