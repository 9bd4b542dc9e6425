//! The columns of a sheet: which variable each one is, how it is written, and the plan that follows.

pub(crate) mod completed;
pub(crate) mod contradicted;
pub(crate) mod heads;
pub(crate) mod mapped;
pub(crate) mod markers;
pub(crate) mod origin;
pub(crate) mod persons;
pub(crate) mod plan;
pub(crate) mod prepare;
pub(crate) mod survey;
