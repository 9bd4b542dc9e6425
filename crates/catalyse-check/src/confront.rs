//! Confronting some records: every per-record check in one plan, and the sightings of those that look across records.
//!
//! They need nothing of the others, so that several threads can confront at once. Those of several sources may be confronted together
//! if the same variables are absent from all: working a plan out costs more than the rows of one partner's file.

use std::collections::BTreeSet;

use catalyse_codebook::VariableName;
use catalyse_records::{Chunk, Records, Source, SourceIndex, Table};
use polars::prelude::*;

use crate::absent::absent;
use crate::checks::{OpenedLook, TableChecks};
use crate::sighting::hash_keys;
use crate::violated::{each_false, tally};
use crate::{Checks, Sighting, Tally};

/// Chunks of fewer rows are worked out as written.
const SMALL_CHUNK: usize = 4_096;

/// Holds what one chunk gave.
#[derive(Clone)]
pub struct Seen {
    pub(crate) table: Table,
    pub(crate) sources: BTreeSet<SourceIndex>,
    /// Cause, source and row of each violation.
    pub(crate) violations: Vec<(u32, SourceIndex, u32)>,
    /// The index of a check, and how it fared.
    pub(crate) tallies: Vec<(usize, Tally)>,
    pub(crate) looks: Vec<SeenLook>,
    pub(crate) absent: BTreeSet<VariableName>,
}

#[derive(Clone)]
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
    pub fn confront(&self, chunk: Chunk, source: Option<&Source>) -> PolarsResult<Seen> {
        let absent = self.absent(&chunk, source);
        self.confront_records(&Records::from(chunk), absent)
    }

    /// Lists the variables that the source of a chunk has no column for and that no row of it has a value of.
    pub(crate) fn absent(&self, chunk: &Chunk, source: Option<&Source>) -> BTreeSet<VariableName> {
        let checks = self.tables.get(&chunk.table);
        checks
            .zip(source)
            .map_or_else(BTreeSet::new, |(checks, source)| absent(&checks.expected, source, chunk))
    }

    /// Confronts records of one table, from all of whose sources the same variables are absent.
    pub(crate) fn confront_records(
        &self,
        records: &Records,
        absent: BTreeSet<VariableName>,
    ) -> PolarsResult<Seen> {
        let mut seen = Seen::of(records, absent);
        let Some(checks) = self.tables.get(&records.table) else { return Ok(seen) };
        if records.rows.is_empty() {
            return Ok(seen);
        }
        let plan = checks.derivation.plan(&checks.beside.supply(&records.frame)?)?;
        let answers = work_out(checks, (records, plan), &seen.absent)?;
        seen.read(checks, records, &answers)?;
        Ok(seen)
    }
}

impl Seen {
    /// Has seen nothing yet of some records.
    pub(crate) fn of(records: &Records, absent: BTreeSet<VariableName>) -> Self {
        Self {
            table: records.table.clone(),
            sources: records.sources.iter().copied().collect(),
            violations: Vec::new(),
            tallies: Vec::new(),
            looks: Vec::new(),
            absent,
        }
    }

    /// Reads what was worked out of the records.
    pub(crate) fn read(
        &mut self,
        checks: &TableChecks,
        records: &Records,
        answers: &DataFrame,
    ) -> PolarsResult<()> {
        read_assertions(checks, records, answers, self)?;
        for (place, look) in checks.looks.iter().enumerate() {
            self.looks.push(read_look(place, look, records, answers)?);
        }
        Ok(())
    }
}

impl TableChecks {
    /// Adds to a plan what several checks read: parts of dates, then conditions.
    fn prepare(&self, plan: LazyFrame) -> LazyFrame {
        [&self.shared, &self.conditions]
            .into_iter()
            .filter(|made| !made.is_empty())
            .fold(plan, LazyFrame::with_columns)
    }
}

/// Runs everything that is to be known of each row as one plan, over columns of which all are derived.
pub(crate) fn work_out(
    checks: &TableChecks,
    (records, plan): (&Records, LazyFrame),
    absent: &BTreeSet<VariableName>,
) -> PolarsResult<DataFrame> {
    let mut wanted = Vec::new();
    for (place, assertion) in checks.assertions.iter().enumerate() {
        if assertion.about.is_disjoint(absent) {
            wanted.push(assertion.holds.clone().alias(answer(place)));
        }
    }
    for (place, look) in checks.looks.iter().enumerate() {
        wanted.extend(expressions(place, look));
    }
    // An expression without a column has one row: this one brings the others to full length.
    wanted.extend(records.frame.columns().first().map(|first| col(first.name().clone())));
    let plan = checks.prepare(plan).select(wanted);
    // Optimising a plan of some hundred expressions takes milliseconds: more than it saves on the rows of one partner's file.
    let plan =
        if records.frame.height() < SMALL_CHUNK { plan.without_optimizations() } else { plan };
    plan.collect()
}

/// Works out what some checks across records keep of each row, and nothing else.
pub(crate) fn look_back(
    checks: &TableChecks,
    records: &Records,
    is_wanted: &dyn Fn(usize) -> bool,
) -> PolarsResult<Vec<SeenLook>> {
    let looks = || checks.looks.iter().enumerate().filter(|(_, look)| is_wanted(look.across));
    let mut wanted: Vec<Expr> =
        looks().flat_map(|(place, look)| expressions(place, look)).collect();
    wanted.extend(records.frame.columns().first().map(|first| col(first.name().clone())));
    let plan = checks.derivation.plan(&checks.beside.supply(&records.frame)?)?;
    let answers = checks.prepare(plan).select(wanted).collect()?;
    looks().map(|(place, look)| read_look(place, look, records, &answers)).collect()
}

/// Returns what a look asks of each row: the parts of its key, its number, whether it looks at all.
fn expressions(place: usize, look: &OpenedLook) -> Vec<Expr> {
    let columns = look.key.iter().enumerate();
    let mut wanted: Vec<Expr> =
        columns.map(|(part, made)| made.clone().alias(key(place, part))).collect();
    wanted.extend(look.value.clone().map(|made| made.alias(value(place))));
    wanted.extend(look.when.clone().map(|made| made.alias(when(place))));
    wanted
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
    records: &Records,
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
                let place = records.sources.get(index).zip(records.rows.get(index));
                seen.violations.extend(place.map(|(source, row)| (part.cause, *source, *row)));
            });
            together = Some(match together {
                Some(others) => &others & part_answers,
                None => part_answers.clone(),
            });
        }
        let lacking = Tally { lacking: records.rows.len() as u64, ..Tally::default() };
        let check = parts.first().map_or(0, |part| part.check);
        seen.tallies.push((check, together.as_ref().map_or(lacking, tally)));
    }
    Ok(())
}

/// Takes what a check across records keeps of each row.
fn read_look(
    place: usize,
    look: &OpenedLook,
    records: &Records,
    answers: &DataFrame,
) -> PolarsResult<SeenLook> {
    let n_rows = records.rows.len();
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
    let places = records.sources.iter().zip(&records.rows);
    for (index, (key, (source, row))) in keys.into_iter().zip(places).enumerate() {
        let is_looked_at = looked_at.as_ref().map_or(Some(true), |answers| answers.get(index));
        match (is_looked_at, key) {
            (Some(false), _) => seen.n_left_out += 1,
            (None, _) | (Some(true), None) => seen.n_lacking += 1,
            (Some(true), Some(key)) => {
                seen.sightings.push(Sighting { key, source: source.0, row: *row });
            }
        }
    }
    Ok(seen)
}
