//! Double entry: two entries of one form laid side by side, field by field.

mod align;
mod compare;

pub(crate) use compare::{Comparable, Compared, Differing, Entry, compare, numbering};
