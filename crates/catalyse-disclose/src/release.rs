//! The outer side of the gate: tables that may leave.

use std::fmt;

use catalyse_locale::{Label, Message};
use serde::Serialize;

use crate::{Axis, ShareOf, TestSubject, Unit};

/// Holds one protected table. Only the gate of this crate can make one.
///
/// Its shape is that of the tabulation it was made from: `rows × columns`, row-major, margins included.
#[derive(Clone)]
pub struct Release {
    pub(crate) id: String,
    pub(crate) title: Label,
    pub(crate) universe: Label,
    pub(crate) unit: Unit,
    pub(crate) rows: Axis,
    pub(crate) columns: Axis,
    pub(crate) share_of: ShareOf,
    pub(crate) cells: Vec<ReleasedCell>,
    pub(crate) tests: Vec<ReleasedTest>,
    pub(crate) notes: Vec<Message>,
    pub(crate) policy: String,
    pub(crate) rounding: u64,
    pub(crate) weighting: Option<ReleasedWeighting>,
}

impl Release {
    /// Returns the name, unique in a pack.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Returns what is measured, in words.
    pub const fn title(&self) -> &Label {
        &self.title
    }

    /// Returns who is counted, in words.
    pub const fn universe(&self) -> &Label {
        &self.universe
    }

    /// Returns what one count is.
    pub const fn unit(&self) -> &Unit {
        &self.unit
    }

    /// Returns the rows.
    pub const fn rows(&self) -> &Axis {
        &self.rows
    }

    /// Returns the columns.
    pub const fn columns(&self) -> &Axis {
        &self.columns
    }

    /// Returns which way shares are taken.
    pub const fn share_of(&self) -> ShareOf {
        self.share_of
    }

    /// Returns the cell of a row and a column, both from 0.
    pub fn cell(&self, row_index: usize, column_index: usize) -> Option<&ReleasedCell> {
        let n_columns = self.columns.headings.len();
        (column_index < n_columns)
            .then(|| self.cells.get(row_index * n_columns + column_index))
            .flatten()
    }

    /// Lists the verdicts of the tests.
    pub fn tests(&self) -> &[ReleasedTest] {
        &self.tests
    }

    /// Lists what a reader must know.
    pub fn notes(&self) -> &[Message] {
        &self.notes
    }

    /// Returns the name of the policy that protected it.
    pub fn policy(&self) -> &str {
        &self.policy
    }

    /// Returns the multiple that printed counts are brought to: a printed 0 stands for fewer persons than this. 1 means that counts are exact.
    pub const fn rounding(&self) -> u64 {
        self.rounding
    }

    /// Returns how the table is weighted, if it is.
    pub const fn weighting(&self) -> Option<ReleasedWeighting> {
        self.weighting
    }
}

impl fmt::Debug for Release {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Release({}, policy {})", self.id, self.policy)
    }
}

/// Holds what may be shown of one cell.
#[derive(Clone, Debug, PartialEq)]
pub struct ReleasedCell {
    /// The count, rounded by the policy.
    pub count: Shown<u64>,
    /// The rounded base that the share is taken of.
    pub base: Shown<u64>,
    /// The share of the base.
    pub share: ReleasedShare,
    /// The 95 % interval of the share in whole percents, rounded outward: Wilson, wide enough for every true count behind the printed ones.
    pub interval: Option<(u8, u8)>,
    /// The rounded sum of weights, if the table is weighted.
    pub weighted: Option<Shown<u64>>,
    /// Persons of equal weight who would tell as much as those counted, rounded, if the table is weighted and the count is shown.
    pub effective: Option<u64>,
    /// The summary of a quantity, if the table has one.
    pub summary: Option<Shown<ReleasedSummary>>,
}

/// Says how a table is weighted: the same for all weighted tables of a pack.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReleasedWeighting {
    /// Sums of weights are rounded to multiples of this.
    pub step: u64,
    /// Kish's design effect over all records, rounded up to one decimal.
    pub design_effect: f64,
}

/// Holds a value that is shown, or the mark that stands in its place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Shown<T> {
    /// The value.
    Value(T),
    /// The mark.
    Hidden(Mark),
}

impl<T: Copy> Shown<T> {
    /// Returns the value if it is shown.
    pub const fn value(&self) -> Option<T> {
        match self {
            Self::Value(value) => Some(*value),
            Self::Hidden(_) => None,
        }
    }
}

/// Names why a value is not shown. Letters in brackets, because screen readers pass over `*` and `†`
/// (UK Government Analysis Function, *Symbols in tables*).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Mark {
    /// Confidential: too few persons, or another number would give it away.
    #[serde(rename = "[c]")]
    Confidential,
    /// Unreliable: the base is too small.
    #[serde(rename = "[u]")]
    LowBase,
    /// Does not apply: the cell cannot have persons.
    #[serde(rename = "[z]")]
    NotApplicable,
    /// Not available: the partner delivered no record at this wave.
    #[serde(rename = "[x]")]
    NoRecords,
}

impl Mark {
    /// Returns the mark as it is printed.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Confidential => "[c]",
            Self::LowBase => "[u]",
            Self::NotApplicable => "[z]",
            Self::NoRecords => "[x]",
        }
    }
}

/// Holds what may be said of a share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReleasedShare {
    /// A whole percentage, from rounded counts.
    Percent(u8),
    /// "≥ 90 %": nearly all, of a sensitive variable.
    AtLeast(u8),
    /// "≤ 10 %": nearly none, of a sensitive variable.
    AtMost(u8),
    /// "environ 5 sur 20": the base allows words only.
    About {
        /// The rounded count.
        count: u64,
        /// The rounded base.
        base: u64,
    },
    /// Not shown.
    Hidden(Mark),
    /// The cell has no share: a base, or a table of summaries.
    None,
}

/// Holds what may be shown of a summary, to the significant digits of the policy.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReleasedSummary {
    /// Persons with a value, rounded.
    pub n: u64,
    /// The mean.
    pub mean: f64,
    /// The 95 % interval of the mean.
    pub mean_interval: Option<(f64, f64)>,
    /// The median.
    pub median: f64,
    /// The 95 % interval of the median, if there are enough persons.
    pub median_interval: Option<(f64, f64)>,
    /// First and third quartile, between which the middle half lies, if there are enough persons.
    pub middle: Option<(f64, f64)>,
}

/// Holds the verdict of a test.
#[derive(Clone, Debug, PartialEq)]
pub struct ReleasedTest {
    /// What was compared.
    pub subject: TestSubject,
    /// The name of the method.
    pub method: &'static str,
    /// Persons the test looked at, rounded.
    pub n: u64,
    /// How strongly the data speak against "no difference", unadjusted.
    pub evidence: Evidence,
    /// The same, adjusted over all comparisons of the report that are told.
    pub adjusted: Evidence,
    /// The size of the difference, from rounded counts.
    pub effect: Option<Effect>,
    /// Cramér's V to one decimal, for an association.
    pub cramers_v: Option<f64>,
}

/// Holds a p-value as a band: an exact one with n would let a reader rebuild the counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Evidence {
    /// p < 0.001.
    VeryStrong,
    /// p < 0.01.
    Strong,
    /// p < 0.05.
    Some,
    /// p ≥ 0.05: nothing can be concluded.
    None,
    /// Not told: the base is too small.
    NotTold,
}

/// Holds the size of a difference in percentage points, from rounded counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effect {
    /// The share it starts from, whole percent.
    pub from_percent: u8,
    /// The share it goes to, whole percent.
    pub to_percent: u8,
    /// The difference in points.
    pub points: i32,
    /// The 95 % interval of the difference, in points: Newcombe, wide enough for every true count behind the printed ones.
    pub interval: (i32, i32),
    /// How wide it would be if the printed counts were the true ones, in points: what chance alone leaves open.
    pub chance_width: u32,
}
