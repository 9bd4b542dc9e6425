//! What the study says about a table beyond its numbers.

use std::collections::BTreeSet;

/// Holds what the study says about a table, so that the gate can protect what its readers may conclude.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Background {
    /// How sensitive its variables are, in the words of the codebook: `health`. A policy may have thresholds for some of them.
    pub sensitivities: BTreeSet<String>,
    /// Whose persons are among whose by definition.
    pub nested: Vec<Nested>,
    /// Which partners have records at which wave. Who delivers is no secret among partners, so that every reader is taken to know it.
    pub delivered: Vec<Delivered>,
    /// The condition of a partner, if all persons of the table are its own and every reader knows it: seen at a wave at which no other
    /// partner has records.
    pub of_one: Option<String>,
    /// What weights the records have, if the table is weighted. Without it nothing weighted is shown.
    pub weights: Option<Weights>,
}

/// Says what weights the records of a caseload have: all of them, not those of one table, so that what is decided by it tells nothing of
/// the persons of a cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weights {
    /// The smallest weight; 0 if a record has none.
    pub smallest: f64,
    /// The largest weight.
    pub largest: f64,
    /// Kish's design effect: by how much unequal weights blow up a variance. From 1.
    pub design_effect: f64,
}

/// Says that whoever meets one condition meets another: `disability_wg=true` is among `group=persons_with_disability`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Nested {
    /// The narrower condition, as a population has it.
    pub inner: String,
    /// The wider one.
    pub outer: String,
}

/// Says whether a partner delivered records at a wave.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Delivered {
    /// The condition of the partner's persons, as a population has it: `partner=durbuy`.
    pub partner: String,
    /// That of the wave: `wave=w4`.
    pub wave: String,
    /// Whether there are records of both.
    pub has_records: bool,
}
