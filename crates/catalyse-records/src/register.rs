//! Registers: persons that stand on a sheet of their own, joined to the records of another sheet by their key.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use catalyse_codebook::{Codebook, VariableName};
use polars::prelude::*;

use crate::assemble::stack;
use crate::{Chunk, Layout, Table, column_names, precision_column, reason_column};

/// Marks where one part of a key ends: no code holds it.
const BETWEEN: char = '\u{1f}';

/// Holds the persons of a register: one row each.
#[derive(Debug)]
pub struct Register {
    keys: Vec<VariableName>,
    /// The columns that it gives of each variable, one row a row of the sheet.
    given: Vec<(VariableName, Vec<Column>)>,
    /// The number of each row as people see it.
    rows: Vec<u32>,
    /// The first row of each key.
    positions: BTreeMap<String, IdxSize>,
    /// The numbers of the rows whose key stands further up already.
    repeated: Vec<u32>,
}

/// Says what became of the rows of a chunk that were looked up in a register.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LookedUp {
    /// The row of the register for each row that has one, both as people see them.
    pub found: Vec<(u32, u32)>,
    /// The rows whose person the register does not have.
    pub unknown: Vec<u32>,
    /// The rows of which the register says something else than the records do, by the variable that both give.
    pub differing: Vec<(VariableName, Vec<u32>)>,
}

impl Register {
    /// Makes a register of the chunks of its sheet.
    ///
    /// **Shape**: `keys` are the variables that a row is found by, `given` those that it gives. **Missing**: a key of which a part is
    /// empty is found by nobody; of two rows with one key the first counts.
    ///
    /// # Errors
    /// The chunks do not have the layout of the main table.
    pub fn new(
        codebook: &Codebook,
        keys: Vec<VariableName>,
        given: &[VariableName],
        chunks: Vec<Chunk>,
    ) -> PolarsResult<Self> {
        let (rows, frames): (Vec<Vec<u32>>, Vec<DataFrame>) =
            chunks.into_iter().map(|chunk| (chunk.rows, chunk.frame)).unzip();
        let whole = stack(&Layout::new(codebook, Table::Main)?, frames)?;
        let mut register = Self {
            keys,
            given: columns_of(codebook, given, &whole),
            rows: rows.concat(),
            positions: BTreeMap::new(),
            repeated: Vec::new(),
        };
        for (key, position) in register.keys_of(&whole)?.into_iter().zip(0..) {
            let Some(key) = key else { continue };
            match register.positions.entry(key) {
                Entry::Vacant(free) => _ = free.insert(position),
                Entry::Occupied(_) => {
                    register.repeated.extend(register.rows.get(position as usize));
                }
            }
        }
        Ok(register)
    }

    /// Lists the numbers of the rows whose key stands further up already: they give nothing.
    pub fn repeated(&self) -> &[u32] {
        &self.repeated
    }

    /// Lists the numbers of the rows that count and are not among those that were looked up.
    pub fn beside(&self, looked_up: &BTreeSet<u32>) -> Vec<u32> {
        let rows = self.positions.values().filter_map(|position| self.rows.get(*position as usize));
        let mut beside: Vec<u32> = rows.copied().filter(|row| !looked_up.contains(row)).collect();
        beside.sort_unstable();
        beside
    }

    /// Fills what the register gives into the records of a chunk, if it is wanted. What is not wanted is compared with the records.
    ///
    /// **Missing**: NULL where the register does not have the person; what it does not say of a person contradicts nothing.
    ///
    /// # Errors
    /// The chunk lacks a column of the keys.
    pub fn complete(
        &self,
        mut chunk: Chunk,
        is_wanted: impl Fn(&VariableName) -> bool,
    ) -> PolarsResult<(Chunk, LookedUp)> {
        let mut looked_up = LookedUp::default();
        let mut positions: Vec<Option<IdxSize>> = Vec::with_capacity(chunk.rows.len());
        for (key, row) in self.keys_of(&chunk.frame)?.into_iter().zip(&chunk.rows) {
            let position = key.and_then(|key| self.positions.get(&key).copied());
            match position.and_then(|position| self.rows.get(position as usize)) {
                Some(at) => looked_up.found.push((*row, *at)),
                None => looked_up.unknown.push(*row),
            }
            positions.push(position);
        }
        let positions = IdxCa::from_iter_options("positions".into(), positions.into_iter());
        for (name, columns) in &self.given {
            if is_wanted(name) {
                for column in columns {
                    chunk.frame.with_column(column.take(&positions)?)?;
                }
                continue;
            }
            let differing = differing(&chunk, (name, columns), &positions)?;
            if !differing.is_empty() {
                looked_up.differing.push((name.clone(), differing));
            }
        }
        Ok((chunk, looked_up))
    }

    /// Returns the key of each row; none where a part of it is empty.
    fn keys_of(&self, frame: &DataFrame) -> PolarsResult<Vec<Option<String>>> {
        let mut keys = vec![Some(String::new()); frame.height()];
        for name in self.keys.iter().filter(|_| frame.height() > 0) {
            let parts = frame.column(name.as_str())?.cast(&DataType::String)?;
            for (key, part) in keys.iter_mut().zip(parts.str()?.iter()) {
                match (key.as_mut(), part) {
                    (Some(key), Some(part)) => key.extend(part.chars().chain([BETWEEN])),
                    _ => *key = None,
                }
            }
        }
        Ok(keys)
    }
}

/// Lists the rows of a chunk whose value of a variable is another than that of the register, which is at these positions.
fn differing(
    chunk: &Chunk,
    (name, columns): (&VariableName, &[Column]),
    positions: &IdxCa,
) -> PolarsResult<Vec<u32>> {
    let beside = [reason_column(name), precision_column(name)];
    let mut rows = BTreeSet::new();
    for column in columns.iter().filter(|column| !beside.contains(&column.name().to_string())) {
        let Ok(own) = chunk.frame.column(column.name()) else { continue };
        let given = column.take(positions)?;
        let is_other = given.not_equal_missing(own)? & given.is_not_null();
        let of_rows = is_other.iter().zip(&chunk.rows);
        rows.extend(of_rows.filter(|(is_other, _)| *is_other == Some(true)).map(|(_, row)| *row));
    }
    Ok(rows.into_iter().collect())
}

/// Returns the columns of some variables, with their reasons and precisions where the frame has them.
fn columns_of(
    codebook: &Codebook,
    given: &[VariableName],
    whole: &DataFrame,
) -> Vec<(VariableName, Vec<Column>)> {
    let variables = given.iter().filter_map(|name| codebook.variable(name));
    let of_each = variables.map(|variable| {
        let beside = [reason_column(&variable.name), precision_column(&variable.name)];
        let names = column_names(codebook, variable).into_iter().chain(beside);
        let columns = names.filter_map(|name| whole.column(&name).ok().cloned());
        (variable.name.clone(), columns.collect())
    });
    of_each.collect()
}
