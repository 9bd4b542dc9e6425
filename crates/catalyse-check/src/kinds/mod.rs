//! The check kinds.
//!
//! To add one: write `kinds/my_kind.rs` with a struct that implements [`CheckKind`] and its tests, then add its `mod` line and its line
//! in [`ALL`] below. Nothing else names it: checks do, by the text that `name` returns.

mod expression;
mod one_of;
mod order;
mod outlier;
mod range;
mod reference;
mod required;
mod skip;
mod sum;
mod type_;
mod unique;

use crate::CheckKind;

/// Lists every check kind in the order of the reference page.
pub const ALL: &[&dyn CheckKind] = &[
    &required::Required,
    &type_::Type,
    &one_of::OneOf,
    &range::Range,
    &unique::Unique,
    &reference::Reference,
    &skip::Skip,
    &order::Order,
    &sum::Sum,
    &outlier::Outlier,
    &expression::Expression,
];

/// Returns the check kind of a name.
pub fn find(name: &str) -> Option<&'static dyn CheckKind> {
    ALL.iter().copied().find(|kind| kind.name() == name)
}
