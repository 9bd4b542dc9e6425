//! The ledger (*bordereau*): every row that came in, counted per source. `read = kept + set aside`, always.

use catalyse_codebook::VariableName;
use catalyse_locale::Label;
use serde::{Deserialize, Serialize};

use crate::SourceIndex;

/// Holds the counts of all sources of a batch.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ledger {
    /// One entry a source.
    pub entries: Vec<LedgerEntry>,
}

/// Holds the counts of one source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerEntry {
    /// The source.
    pub source: SourceIndex,
    /// How it was read, in words: "CSV, Windows-1252, « ; », en-têtes ligne 3".
    pub read_as: Label,
    /// Rows below the header that are not blank.
    pub rows_read: u64,
    /// Rows that became records.
    pub rows_kept: u64,
    /// Rows that did not, with the reason.
    pub rows_set_aside: Vec<SetAside>,
    /// Blank rows, which are not counted as read.
    pub rows_blank: u64,
    /// What became of each column.
    pub columns: Vec<ColumnFound>,
    /// Which partner or wave was taken from a name or a title, where no column says it: "Partenaire : Durbuy, d'après le nom du fichier".
    pub taken: Vec<Label>,
}

impl LedgerEntry {
    /// Says whether every row is accounted for.
    pub fn is_balanced(&self) -> bool {
        self.rows_read
            == self.rows_kept + self.rows_set_aside.iter().map(|row| row.count).sum::<u64>()
    }
}

/// Holds rows that did not become records.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetAside {
    /// Why.
    pub reason: Label,
    /// How many.
    pub count: u64,
    /// Their numbers as people see them, the first hundred.
    pub rows: Vec<u32>,
}

/// Says what became of one column of a source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnFound {
    /// The column, from 0.
    pub column: u32,
    /// Its head as it stands in the file.
    pub head: String,
    /// The variable it was recognised as.
    pub variable: Option<VariableName>,
}
