//! A sheet: what an encoder has in hand for one person in one wave – the record and its repeats, as typed so far.

use std::collections::BTreeMap;
use std::fmt;

use catalyse_codebook::{Answers, FormName};

/// Names a row of a sheet.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RowKey {
    /// The person and the situation.
    Main,
    /// One episode of a repeat form, by its number.
    Repeat(FormName, u32),
}

impl RowKey {
    /// Returns the number of an episode, 0 for the main row.
    pub const fn number(&self) -> u32 {
        match self {
            Self::Main => 0,
            Self::Repeat(_, number) => *number,
        }
    }

    /// Writes the key as addresses and field names do: empty for the main row, `work-spells.2` for an episode.
    pub fn text(&self) -> String {
        match self {
            Self::Main => String::new(),
            Self::Repeat(form, number) => format!("{form}.{number}"),
        }
    }
}

/// Holds the answers of one person in one wave.
#[derive(Clone, Default, PartialEq)]
pub struct Sheet {
    /// The answers of the forms that are no repeat.
    pub main: Answers,
    /// The episodes of each repeat form, by number.
    pub repeats: BTreeMap<FormName, BTreeMap<u32, Answers>>,
}

impl Sheet {
    /// Returns the answers of a row, if the sheet has it.
    pub fn row(&self, key: &RowKey) -> Option<&Answers> {
        match key {
            RowKey::Main => Some(&self.main),
            RowKey::Repeat(form, number) => self.repeats.get(form)?.get(number),
        }
    }
}

// A sheet is a person's: its Debug shows counts.
impl fmt::Debug for Sheet {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let n_rows: usize = self.repeats.values().map(BTreeMap::len).sum();
        write!(formatter, "Sheet({} answers, {n_rows} episodes)", self.main.len())
    }
}
