//! Assembling: from the chunks of a delivery to whole tables, and from two tables to one.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use catalyse_codebook::{Codebook, VariableName};
use polars::prelude::*;

use crate::{Batch, Chunk, Findings, Layout, Ledger, Records, Source, SourceIndex, Table};

/// Collects chunks, in the order they come, into the tables of a batch.
#[derive(Default)]
pub struct BatchBuilder {
    tables: BTreeMap<Table, Pile>,
}

#[derive(Default)]
struct Pile {
    frames: Vec<DataFrame>,
    sources: Vec<SourceIndex>,
    rows: Vec<u32>,
}

impl BatchBuilder {
    /// Makes an empty builder.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a chunk behind the others of its table.
    pub fn push(&mut self, chunk: Chunk) {
        let pile = self.tables.entry(chunk.table).or_default();
        pile.sources.resize(pile.sources.len() + chunk.rows.len(), chunk.source);
        pile.rows.extend(chunk.rows);
        pile.frames.push(chunk.frame);
    }

    /// Returns the records of all tables that have chunks, the main table first. `layout_of` gives the layout of each.
    ///
    /// # Errors
    /// A chunk does not have the layout of its table.
    pub fn records<'l>(
        self,
        layout_of: impl Fn(&Table) -> Option<&'l Layout>,
    ) -> PolarsResult<Vec<Records>> {
        let piles = self.tables.into_iter();
        let records = piles.map(|(table, pile)| {
            let no_table = || polars_err!(ComputeError: "a table that the study does not have");
            let frame = stack(layout_of(&table).ok_or_else(no_table)?, pile.frames)?;
            Ok(Records { table, sources: pile.sources, rows: pile.rows, frame })
        });
        records.collect()
    }

    /// Returns the batch: one entry a table that has chunks, the main table first.
    ///
    /// # Errors
    /// A chunk does not have the layout of its table.
    pub fn finish(
        self,
        codebook: &Codebook,
        sources: Arc<Vec<Source>>,
        findings: Findings,
        ledger: Ledger,
    ) -> PolarsResult<Batch> {
        let layouts = self.tables.keys().map(|table| Layout::new(codebook, table.clone()));
        let layouts: Vec<Layout> = layouts.collect::<PolarsResult<_>>()?;
        let tables = self.records(|table| layouts.iter().find(|layout| layout.table == *table))?;
        Ok(Batch { sources, tables, findings, ledger })
    }
}

/// Puts frames of one layout under each other. A reason or precision that only some have is NULL in the others.
pub(crate) fn stack(layout: &Layout, frames: Vec<DataFrame>) -> PolarsResult<DataFrame> {
    let mut beside: BTreeMap<PlSmallStr, DataType> = BTreeMap::new();
    for frame in &frames {
        for column in frame.columns().iter().skip(layout.schema.len()) {
            beside.insert(column.name().clone(), column.dtype().clone());
        }
    }
    let mut whole = DataFrame::empty_with_schema(&layout.schema);
    for (name, data_type) in &beside {
        whole.with_column(Column::new_empty(name.clone(), data_type))?;
    }
    let order: Vec<PlSmallStr> = whole.get_column_names_owned();
    for mut frame in frames {
        for (name, data_type) in &beside {
            if frame.get_column_index(name).is_none() {
                let none = Scalar::null(data_type.clone());
                frame.with_column(Column::new_scalar(name.clone(), none, frame.height()))?;
            }
        }
        whole.vstack_mut_owned(frame.select(order.iter().cloned())?)?;
    }
    Ok(whole)
}

/// Returns the frame of a repeat with columns of the main table beside it: those of the same person in the same wave.
///
/// **Shape**: the rows of the repeat in their order. A person who stands twice in a wave counts with the first row.
/// **Missing**: NULL where the main table has no such person in the wave, or person or wave is empty.
///
/// # Errors
/// A table lacks the columns of person and wave, or the main table one of the wanted columns.
pub fn with_main_columns(
    codebook: &Codebook,
    repeat: &DataFrame,
    main: &DataFrame,
    variables: &[VariableName],
) -> PolarsResult<DataFrame> {
    let layout = Layout::new(codebook, Table::Main)?;
    let wanted: BTreeSet<&str> = variables.iter().map(VariableName::as_str).collect();
    let is_wanted = |column: &str| {
        let owner = column.split_once("__").map_or(column, |(variable, _)| variable);
        let owner = ["_missing", "_precision"]
            .into_iter()
            .filter(|_| !layout.schema.contains(column))
            .find_map(|end| column.strip_suffix(end))
            .unwrap_or(owner);
        wanted.contains(owner) && repeat.get_column_index(column).is_none()
    };
    let columns: Vec<Expr> = main
        .get_column_names_owned()
        .into_iter()
        .filter(|column| is_wanted(column))
        .map(|column| col(column).first())
        .collect();
    let on = person_and_wave(codebook);
    let once = main.clone().lazy().group_by_stable(&on).agg(columns);
    let mut join = JoinArgs::new(JoinType::Left);
    join.maintain_order = MaintainOrderJoin::Left;
    repeat.clone().lazy().join(once, &on, &on, join).collect()
}

/// Returns the columns by which records of two tables belong together.
fn person_and_wave(codebook: &Codebook) -> Vec<Expr> {
    let study = &codebook.study;
    study.identity().into_iter().chain([&study.wave]).map(|name| col(name.as_str())).collect()
}

impl Batch {
    /// Drops the episodes of whom the main table has no record in the wave: counted, they would stand for persons who count nowhere else.
    ///
    /// **Missing**: an episode without person or wave is dropped. Without a main table all stay.
    ///
    /// # Errors
    /// A table lacks the columns of person and wave.
    pub fn drop_episodes_without_record(&mut self, codebook: &Codebook) -> PolarsResult<()> {
        let on = person_and_wave(codebook);
        let Some(main) = self.table(&Table::Main).map(|main| main.frame.clone()) else {
            return Ok(());
        };
        let once = main.lazy().group_by(&on).agg([len().alias("n records")]);
        for repeat in self.tables.iter_mut().filter(|records| records.table != Table::Main) {
            let mut join = JoinArgs::new(JoinType::Left);
            join.maintain_order = MaintainOrderJoin::Left;
            let keys = repeat.frame.clone().lazy().select(&on);
            let joined = keys.join(once.clone(), &on, &on, join);
            let found = joined.select([col("n records").is_not_null()]).collect()?;
            let found = found.column("n records")?.as_materialized_series().bool()?;
            let kept: Vec<bool> = found.iter().map(|found| found == Some(true)).collect();
            repeat.keep(&kept)?;
        }
        Ok(())
    }
}
