//! What a report says as a whole: its first page, the records behind it, what it leaves out, how to read it and its words.

pub(crate) mod audience;
pub(crate) mod general;
pub(crate) mod glossary;
pub(crate) mod inconclusive;
pub(crate) mod left_out;
pub(crate) mod methods;
pub(crate) mod own_numbers;
pub(crate) mod portrait;
pub(crate) mod records;
pub(crate) mod summary;
pub(crate) mod trends;
