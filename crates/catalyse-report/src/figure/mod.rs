//! What stands over and under one figure: title, *Lecture*, *Champ*, notes and breaks, all made from its release.

pub(crate) mod angle;
pub(crate) mod breaks;
pub(crate) mod context;
pub(crate) mod fraction;
pub(crate) mod measure;
pub(crate) mod news;
pub(crate) mod notes;
pub(crate) mod presence;
pub(crate) mod reading;
pub(crate) mod spotlight;
pub(crate) mod title;
pub(crate) mod unanswered;
pub(crate) mod universe;
pub(crate) mod withheld;
