//! The inner side of the gate: tables with true counts.
//!
//! The `Debug` of these types shows shapes only, because a small count can be a person.

use std::collections::BTreeSet;
use std::fmt;

use catalyse_locale::{Label, Message};

use crate::{Background, Fingerprint};

/// Holds one table as counted, before protection.
///
/// # Shape
/// `cells` is row-major: `rows.headings.len() × columns.headings.len()`. Margins are cells like others, told by the role of their heading.
pub struct Tabulation {
    /// The name, unique in a pack.
    pub id: String,
    /// What is measured, in words: "Moyen de déplacement principal".
    pub title: Label,
    /// Who is counted, in words (*champ*), without numbers.
    pub universe: Label,
    /// What one count is.
    pub unit: Unit,
    /// The rows.
    pub rows: Axis,
    /// The columns. A table without column variable has one heading with the role `Total`.
    pub columns: Axis,
    /// Which way shares are taken.
    pub share_of: ShareOf,
    /// The cells, row-major.
    pub cells: Vec<Cell>,
    /// The tests made on true counts.
    pub tests: Vec<Test>,
    /// Whether a variable of the table is sensitive (health), so that stricter rules hold.
    pub is_sensitive: bool,
    /// What a reader must know: breaks, universes, merged categories.
    pub notes: Vec<Message>,
    /// What the study says of it beyond its numbers.
    pub background: Background,
}

impl Tabulation {
    /// Returns the cell of a row and a column, both from 0.
    pub fn cell(&self, row_index: usize, column_index: usize) -> Option<&Cell> {
        let n_columns = self.columns.headings.len();
        (column_index < n_columns)
            .then(|| self.cells.get(row_index * n_columns + column_index))
            .flatten()
    }
}

impl fmt::Debug for Tabulation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "Tabulation({}, {} × {})",
            self.id,
            self.rows.headings.len(),
            self.columns.headings.len()
        )
    }
}

/// Says what one count is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Distinct persons.
    Persons,
    /// Rows of a repeat form, with the words for them: "épisodes de travail".
    Rows(Label),
}

/// Says which way shares are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShareOf {
    /// A cell is a share of its column: of the `Answered` row, else of the `Total` row.
    Column,
    /// A cell is a share of its row: of the `Answered` column, else of the `Total` column.
    Row,
    /// There are no shares: the table holds summaries.
    Nothing,
}

/// Holds one side of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Axis {
    /// The variable, `partner`, `wave`, `target_groups`, or `all` for a side without variable.
    pub name: String,
    /// The words for it.
    pub label: Label,
    /// The headings in order.
    pub headings: Vec<Heading>,
    /// Whether a person stands under one category only. Then categories add up to their base; for several answers and target groups they do not.
    pub is_exclusive: bool,
    /// Whether the categories have an order that must be kept.
    pub is_ordered: bool,
}

impl Axis {
    /// The name of the axis of partners, whatever the study calls its variable.
    pub const PARTNER: &'static str = "partner";
    /// The name of the axis of waves.
    pub const WAVE: &'static str = "wave";
    /// The name of the axis of target groups.
    pub const TARGET_GROUPS: &'static str = "target_groups";
    /// The name of a side without variable.
    pub const ALL: &'static str = "all";

    /// Says whether partners stand side by side.
    pub fn is_of_partners(&self) -> bool {
        self.name == Self::PARTNER
    }

    /// Says whether waves stand side by side.
    pub fn is_of_waves(&self) -> bool {
        self.name == Self::WAVE
    }

    /// Says whether target groups stand side by side.
    pub fn is_of_target_groups(&self) -> bool {
        self.name == Self::TARGET_GROUPS
    }
}

/// Holds one heading of an axis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// The code, `durbuy` or `3`; for a margin `answered` or `total`; for a missing reason its name.
    pub key: String,
    /// The words for it.
    pub label: Label,
    /// What it is.
    pub role: Role,
}

/// Says what a heading is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// A category of the variable.
    Category,
    /// Those who answered: the base of shares, the sum of the categories if they exclude each other.
    Answered,
    /// Those whose answer is missing for a reason.
    Missing,
    /// Everybody: those who answered and those who did not.
    Total,
}

/// Holds one cell: who is in it and how many.
#[derive(Clone, Default)]
pub struct Cell {
    /// Who is in it.
    pub population: Population,
    /// Distinct persons, unweighted. The rules look at this one.
    pub persons: u64,
    /// What the table counts: persons, or rows of a repeat.
    pub count: u64,
    /// Which persons or rows are counted, for the gate alone; nothing if nobody knows. Then the population is told by its conditions.
    pub fingerprint: Option<Fingerprint>,
    /// The sum of weights, if the table is weighted.
    pub weighted: Option<f64>,
    /// A summary of a quantity, if the table has one.
    pub summary: Option<Summary>,
}

/// Names a set of persons (or rows) by the conditions that hold for all of them.
///
/// Two cells with equal populations are the same count, whatever table they stand in; so are two with equal fingerprints.
/// `A ⊆ B` when the conditions of `B` are among those of `A`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Population(pub BTreeSet<String>);

impl Population {
    /// Makes a population of conditions in their canonical writing, `partner=durbuy`.
    pub fn new(conditions: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self(conditions.into_iter().map(Into::into).collect())
    }

    /// Returns the population of those who also meet one more condition.
    #[must_use]
    pub fn and(&self, condition: impl Into<String>) -> Self {
        let mut conditions = self.0.clone();
        conditions.insert(condition.into());
        Self(conditions)
    }
}

/// Holds a summary of a quantity over the persons of a cell who have one, each with its weight if the table is weighted.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// Persons with a value.
    pub n: u64,
    /// Which persons or rows these are, as for a cell.
    pub fingerprint: Option<Fingerprint>,
    /// The mean.
    pub mean: f64,
    /// The 95 % interval of the mean, if defined.
    pub mean_interval: Option<(f64, f64)>,
    /// The first quartile, the median and the third quartile.
    pub quartiles: [f64; 3],
    /// The 95 % interval of the median, if defined.
    pub median_interval: Option<(f64, f64)>,
    /// All values of the table are multiples of this: 1 for whole numbers. 0 if nobody knows.
    pub step: f64,
    /// The least and the greatest value that the study allows, infinite where it names none: a mean cannot lie beyond.
    pub bounds: (f64, f64),
}

/// Holds one test made on true counts. The gate lets only its verdict through.
#[derive(Clone, Debug)]
pub struct Test {
    /// What is compared.
    pub subject: TestSubject,
    /// The name of the method, "McNemar mid-p".
    pub method: &'static str,
    /// Persons the test looks at.
    pub n: u64,
    /// The p-value.
    pub p: f64,
    /// The p-value adjusted within its question, if that asks several times (Holm over partners). The gate adjusts over the report.
    pub adjusted_p: Option<f64>,
    /// Cramér's V, bias-corrected, for an association.
    pub cramers_v: Option<f64>,
    /// For the same persons at two moments: those who came and those who left.
    pub paired: Option<Paired>,
}

/// Says what a test compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TestSubject {
    /// Whether rows and columns go together.
    Association,
    /// One category (row) between two columns: the same persons at two waves, or two independent columns.
    Row {
        /// The row, from 0.
        row: usize,
        /// The column it starts from.
        from: usize,
        /// The column it goes to.
        to: usize,
    },
    /// All categories between two columns, the same persons (Stuart–Maxwell).
    Rows {
        /// The column it starts from.
        from: usize,
        /// The column it goes to.
        to: usize,
    },
    /// One category of one column against all other columns together.
    AgainstRest {
        /// The row, from 0.
        row: usize,
        /// The column that is compared with the rest.
        column: usize,
    },
}

/// Holds the persons who changed between two columns of a row: `cell(to) = cell(from) + came − left`.
#[derive(Clone)]
pub struct Paired {
    /// Not in the category before, in it after.
    pub came: Cell,
    /// In the category before, not after.
    pub left: Cell,
}

impl fmt::Debug for Cell {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Cell(…)")
    }
}

impl fmt::Debug for Paired {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Paired(…)")
    }
}
