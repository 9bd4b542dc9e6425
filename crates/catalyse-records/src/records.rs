//! Records: the rows of one table with the place each came from, in chunks or whole.

use std::fmt;
use std::sync::Arc;

use polars::prelude::*;

use crate::{Findings, Ledger, Source, SourceIndex, Table};

/// Holds some rows of one source, typed: what a reader hands on.
#[derive(Clone)]
pub struct Chunk {
    /// The table its rows belong to.
    pub table: Table,
    /// The sheet it came from. All rows of a chunk come from one.
    pub source: SourceIndex,
    /// The number of each row as people see it, from 1.
    pub rows: Vec<u32>,
    /// The values: all columns of the table's layout in order, then a column of reasons for each variable that has some.
    pub frame: DataFrame,
}

/// Holds all rows of one table.
#[derive(Clone)]
pub struct Records {
    /// The table.
    pub table: Table,
    /// The source of each row.
    pub sources: Vec<SourceIndex>,
    /// The number of each row as people see it, from 1.
    pub rows: Vec<u32>,
    /// The values, as in [`Chunk::frame`].
    pub frame: DataFrame,
}

/// Holds what a delivery, or several, became once read.
#[derive(Clone, Debug)]
pub struct Batch {
    /// The sheets it came from.
    pub sources: Arc<Vec<Source>>,
    /// One entry a table that has rows; the main table first.
    pub tables: Vec<Records>,
    /// What the reader found.
    pub findings: Findings,
    /// The counts.
    pub ledger: Ledger,
}

impl From<Chunk> for Records {
    fn from(chunk: Chunk) -> Self {
        let Chunk { table, source, rows, frame } = chunk;
        Self { table, sources: vec![source; rows.len()], rows, frame }
    }
}

impl Records {
    /// Keeps the rows of which `keeps` says so by their source and number, and drops the others.
    ///
    /// # Errors
    /// Never in practice: the mask is as long as the frame.
    pub fn retain(&mut self, keeps: impl Fn(SourceIndex, u32) -> bool) -> PolarsResult<()> {
        let kept: Vec<bool> =
            self.sources.iter().zip(&self.rows).map(|(source, row)| keeps(*source, *row)).collect();
        self.keep(&kept)
    }

    /// Keeps the rows of a mask as long as the table, and drops the others.
    ///
    /// # Errors
    /// The mask has another length.
    pub fn keep(&mut self, kept: &[bool]) -> PolarsResult<()> {
        if kept.iter().all(|kept| *kept) {
            return Ok(());
        }
        self.frame = self.frame.filter(&BooleanChunked::from_slice("kept".into(), kept))?;
        let mut marks = kept.iter();
        self.sources.retain(|_| marks.next().copied().unwrap_or(false));
        let mut marks = kept.iter();
        self.rows.retain(|_| marks.next().copied().unwrap_or(false));
        Ok(())
    }
}

impl Batch {
    /// Returns a table.
    pub fn table(&self, table: &Table) -> Option<&Records> {
        self.tables.iter().find(|records| records.table == *table)
    }
}

impl fmt::Debug for Chunk {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "Chunk({:?}, {} × {})",
            self.table,
            self.frame.height(),
            self.frame.width()
        )
    }
}

impl fmt::Debug for Records {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "Records({:?}, {} × {})",
            self.table,
            self.frame.height(),
            self.frame.width()
        )
    }
}
