//! The trait that each check kind answers, and the two shapes a check can have.

use catalyse_codebook::{CheckSpec, Problem, Variable, VariableName};
use catalyse_locale::{Args, Message};
use catalyse_records::Table;
use polars::prelude::Expr;

use crate::{Breaking, Context, Documentation, Sighting, Tie, Way};

/// A kind of check: one file in `kinds/`, one line in its registry.
pub trait CheckKind: Sync {
    /// Returns the name as `checks.toml` writes it, `range`.
    fn name(&self) -> &'static str;

    /// Returns what the reference page says.
    fn documentation(&self) -> Documentation;

    /// Turns the data of a check into something that can be run.
    ///
    /// # Errors
    /// The parameters are not those of the kind, or do not fit the variables.
    fn open(&self, context: &Context<'_>) -> Result<Check, Box<Problem>>;

    /// Says how a record comes to violate such a check.
    fn breaking(&self) -> Breaking {
        Breaking::new("answers-disagree", Way::OtherAnswer)
    }

    /// Returns what a check says of a text that is made from other answers.
    fn tie(&self, _: &CheckSpec) -> Option<Tie> {
        None
    }
}

/// Holds a check that can be run.
pub enum Check {
    /// It looks at one record at a time. A record satisfies it if it satisfies all assertions.
    PerRecord(Vec<Assertion>),
    /// It looks across records.
    AcrossRecords(Box<dyn AcrossRecords>),
    /// The reader of the delivery has already made it.
    ByReader,
}

/// Holds one expression of a check, with the variable at which its findings stand.
#[derive(Clone, Debug)]
pub struct Assertion {
    /// TRUE: satisfied; FALSE: violated; NULL: cannot be told.
    pub holds: Expr,
    /// The name of the variable at which the finding stands.
    pub variable: VariableName,
    /// The values of the holes of its message, beside `$label`.
    pub args: Args,
}

impl Assertion {
    /// Makes an assertion about a variable whose message has no further holes.
    pub fn new(variable: &Variable, holds: Expr) -> Self {
        Self { holds, variable: variable.name.clone(), args: Args::new() }
    }

    /// Fills holes of the message.
    #[must_use]
    pub fn with_args(self, args: Args) -> Self {
        Self { args, ..self }
    }
}

/// A check that looks across records: it says what it takes of each row, and judges once all rows were seen.
///
/// What it takes is a [`Sighting`]: 24 bytes a row. Sightings with the same key come to the same call of `judge`; the calls are
/// independent of each other.
pub trait AcrossRecords: Send + Sync {
    /// Lists what it takes, of which tables. Findings stand at rows of the first one.
    fn looks(&self) -> Vec<Look>;

    /// Says whether it also compares with records that were accepted before, see [`crate::Confrontation::remember`]. What it returns of
    /// these as violated is left out, and it must not count them as lacking.
    fn remembers(&self) -> bool {
        false
    }

    /// Returns the variable whose answers it compares with those of the same person in another wave, if it does.
    fn compares_waves(&self) -> Option<&VariableName> {
        None
    }

    /// Judges some of the sightings: one list a look. `totals` counts all sightings of each look.
    fn judge(&self, sightings: &mut [Vec<Sighting>], totals: &[u64]) -> Judgement;
}

/// Says what a check takes of the rows of one table. Rows in which one of the parts is empty are lacking.
#[derive(Clone, Debug)]
pub struct Look {
    /// The table.
    pub table: Table,
    /// The parts of the key. None: all rows have the same key.
    pub key: Vec<Expr>,
    /// A number that stands beside the key. With one, only half of the key's 128 bits are kept.
    pub value: Option<Expr>,
}

/// Holds what a check across records found.
#[derive(Clone, Debug, Default)]
pub struct Judgement {
    /// The sightings of the first look that violate it.
    pub violated: Vec<Sighting>,
    /// Others of the first look that violate it in a way that the message of the check does not tell, with what is told instead.
    pub told: Vec<(Sighting, Message)>,
    /// How many sightings of the first look cannot be judged.
    pub n_lacking: u64,
}
