//! Confronting one chunk: every per-record check in one plan, and the sightings of those that look across records.
//!
//! A chunk needs nothing of the others, so that several threads can confront chunks at once.

use std::collections::BTreeSet;

use catalyse_codebook::VariableName;
use catalyse_records::{Chunk, Source, SourceIndex, Table};
use polars::prelude::*;

use crate::absent::absent;
use crate::checks::{OpenedLook, TableChecks};
use crate::sighting::hash_keys;
use crate::violated::{each_false, tally};
use crate::{Checks, Sighting, Tally};

/// Chunks of fewer rows are worked out as written.
const SMALL_CHUNK: usize = 4_096;

/// Holds what one chunk gave.
pub struct Seen {
    pub(crate) table: Table,
    pub(crate) source: SourceIndex,
    /// Cause and row of each violation.
    pub(crate) violations: Vec<(u32, u32)>,
    /// The index of a check, and how it fared.
    pub(crate) tallies: Vec<(usize, Tally)>,
    pub(crate) looks: Vec<SeenLook>,
    pub(crate) absent: BTreeSet<VariableName>,
}

pub(crate) struct SeenLook {
    /// The index of the check across records, and of its look.
    pub(crate) across: usize,
    pub(crate) look: usize,
    pub(crate) sightings: Vec<Sighting>,
    /// Rows that the check's `when` leaves out.
    pub(crate) n_left_out: u64,
    pub(crate) n_lacking: u64,
}

impl Checks {
    /// Confronts one chunk with the checks of its table.
    ///
    /// `source` is the chunk's: with it, variables whose column is absent are noted once instead of once a row.
    ///
    /// # Errors
    /// The chunk does not have the layout of its table.
    pub fn confront(&self, chunk: &Chunk, source: Option<&Source>) -> PolarsResult<Seen> {
        let mut seen = Seen {
            table: chunk.table.clone(),
            source: chunk.source,
            violations: Vec::new(),
            tallies: Vec::new(),
            looks: Vec::new(),
            absent: BTreeSet::new(),
        };
        let Some(checks) = self.tables.get(&chunk.table) else { return Ok(seen) };
        if chunk.rows.is_empty() {
            return Ok(seen);
        }
        if let Some(source) = source {
            seen.absent = absent(&checks.expected, source, chunk);
        }
        let answers = work_out(checks, chunk, &seen.absent)?;
        read_assertions(checks, chunk, &answers, &mut seen)?;
        for (place, look) in checks.looks.iter().enumerate() {
            seen.looks.push(read_look(place, look, chunk, &answers)?);
        }
        Ok(seen)
    }
}

/// Runs everything that is to be known of each row as one plan.
fn work_out(
    checks: &TableChecks,
    chunk: &Chunk,
    absent: &BTreeSet<VariableName>,
) -> PolarsResult<DataFrame> {
    let mut wanted = Vec::new();
    for (place, assertion) in checks.assertions.iter().enumerate() {
        if assertion.about.is_disjoint(absent) {
            wanted.push(assertion.holds.clone().alias(answer(place)));
        }
    }
    for (place, look) in checks.looks.iter().enumerate() {
        for (part, column) in look.key.iter().enumerate() {
            wanted.push(col(column.clone()).alias(key(place, part)));
        }
        wanted.extend(look.value.clone().map(|made| made.alias(value(place))));
        wanted.extend(look.when.clone().map(|made| made.alias(when(place))));
    }
    // An expression without a column has one row: this one brings the others to full length.
    wanted.extend(chunk.frame.columns().first().map(|first| col(first.name().clone())));
    let frame = checks.beside.supply(&chunk.frame)?;
    let mut plan = checks.derivation.plan(&frame)?;
    if !checks.conditions.is_empty() {
        plan = plan.with_columns(&checks.conditions);
    }
    let plan = plan.select(wanted);
    // Optimising a plan of some hundred expressions takes milliseconds: more than it saves on the rows of one partner's file.
    let plan = if frame.height() < SMALL_CHUNK { plan.without_optimizations() } else { plan };
    plan.collect()
}

fn answer(place: usize) -> PlSmallStr {
    format!("answer {place}").into()
}

fn key(place: usize, part: usize) -> PlSmallStr {
    format!("key {place} {part}").into()
}

fn value(place: usize) -> PlSmallStr {
    format!("value {place}").into()
}

fn when(place: usize) -> PlSmallStr {
    format!("when {place}").into()
}

/// Counts the answers of each check, and notes the rows that violate it.
fn read_assertions(
    checks: &TableChecks,
    chunk: &Chunk,
    answers: &DataFrame,
    seen: &mut Seen,
) -> PolarsResult<()> {
    let mut place = 0;
    for parts in checks.assertions.chunk_by(|one, other| one.check == other.check) {
        let mut together: Option<BooleanChunked> = None;
        for part in parts {
            let column = answers.column(&answer(place)).ok();
            place += 1;
            let Some(column) = column else { continue };
            let part_answers = column.as_materialized_series().bool()?;
            each_false(part_answers, |index| {
                let row = chunk.rows.get(index).copied().unwrap_or_default();
                seen.violations.push((part.cause, row));
            });
            together = Some(match together {
                Some(others) => &others & part_answers,
                None => part_answers.clone(),
            });
        }
        let lacking = Tally { lacking: chunk.rows.len() as u64, ..Tally::default() };
        let check = parts.first().map_or(0, |part| part.check);
        seen.tallies.push((check, together.as_ref().map_or(lacking, tally)));
    }
    Ok(())
}

/// Takes what a check across records keeps of each row.
fn read_look(
    place: usize,
    look: &OpenedLook,
    chunk: &Chunk,
    answers: &DataFrame,
) -> PolarsResult<SeenLook> {
    let n_rows = chunk.rows.len();
    let columns = (0..look.key.len())
        .map(|part| answers.column(&key(place, part)).cloned())
        .collect::<PolarsResult<Vec<_>>>()?;
    let mut keys = hash_keys(&columns, n_rows)?;
    if look.value.is_some() {
        let numbers = answers.column(&value(place))?.as_materialized_series().f64()?;
        for (key, number) in keys.iter_mut().zip(numbers.iter()) {
            *key = key.zip(number).map(|([group, _], number)| [group, number.to_bits()]);
        }
    }
    let looked_at = match &look.when {
        Some(_) => Some(answers.column(&when(place))?.as_materialized_series().bool()?.clone()),
        None => None,
    };
    let mut seen = SeenLook {
        across: look.across,
        look: look.look,
        sightings: Vec::with_capacity(n_rows),
        n_left_out: 0,
        n_lacking: 0,
    };
    for (index, (key, row)) in keys.into_iter().zip(&chunk.rows).enumerate() {
        let is_looked_at = looked_at.as_ref().map_or(Some(true), |answers| answers.get(index));
        match (is_looked_at, key) {
            (Some(false), _) => seen.n_left_out += 1,
            (None, _) | (Some(true), None) => seen.n_lacking += 1,
            (Some(true), Some(key)) => {
                seen.sightings.push(Sighting { key, source: chunk.source.0, row: *row });
            }
        }
    }
    Ok(seen)
}
