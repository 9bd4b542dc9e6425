//! Double entry: two entries of one form laid side by side, field by field.

mod align;
mod compare;

pub(crate) use compare::{Compared, Differing, Entry, compare, is_compared};
