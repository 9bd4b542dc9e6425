//! How records come to violate a check of a kind: for whoever invents records, and faults in them whose places are known.

use catalyse_codebook::VariableName;

/// Says how a record is made to violate a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Breaking {
    /// What was done, in a word: `out-of-range`.
    pub word: &'static str,
    /// What is changed.
    pub way: Way,
}

impl Breaking {
    /// Makes a way of breaking.
    pub const fn new(word: &'static str, way: Way) -> Self {
        Self { word, way }
    }
}

/// Says what is changed so that a check is violated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// An answer of the record becomes another.
    OtherAnswer,
    /// An answer of the record is taken away.
    NoAnswer,
    /// The record gets an answer where it should have none.
    UnwantedAnswer,
    /// The record gets the answers of another one of its partner.
    SameAsAnother,
    /// The record gets the answers of another one of another partner.
    SameElsewhere,
    /// A text is spelt otherwise than in the other records of the person.
    OtherSpelling,
    /// An answer becomes one that no other record has.
    OfNobody,
    /// A number becomes one far from all others.
    FarFromOthers,
    /// An answer becomes another than that of the same person in the wave before.
    OtherThanBefore,
}

/// Holds what a check says of a text that is made from other answers: a national number from birth date and sex.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tie {
    /// The variable of the text.
    pub number: VariableName,
    /// The birth date, then the sex if the check names it.
    pub others: Vec<VariableName>,
    /// The codes of sex whose serial number is odd.
    pub odd: Vec<String>,
}
