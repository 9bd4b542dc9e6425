//! Faults: planted one a person, each at a place that is known, each shown by one check alone.

mod across;
mod near;
mod search;
mod truth;
mod values;

use std::collections::{BTreeMap, BTreeSet};

use catalyse_codebook::{CheckId, CheckSpec, VariableName};

pub(crate) use truth::truth;

use self::search::{Found, Search};
use crate::SimulateError;
use crate::simulate::Drawn;
use crate::world::World;

/// Holds one fault with the place where its finding must stand.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The name of the file.
    pub file: String,
    /// The sheet, in a workbook.
    pub sheet: Option<String>,
    /// The row as people see it, from 1.
    pub row: u32,
    /// The column, from 0.
    pub column: u32,
    /// The cell as a spreadsheet names it, `F14`.
    pub cell: String,
    /// The variable that the finding stands at.
    pub variable: VariableName,
    /// The check that must find it.
    pub check: CheckId,
    /// What was done, `out-of-range`.
    pub kind: String,
}

/// Holds a fault in the invented tables.
#[derive(Clone, Debug)]
pub(crate) struct PlantedFault {
    pub(crate) table: usize,
    pub(crate) row_index: usize,
    pub(crate) variable: VariableName,
    pub(crate) check: CheckId,
    pub(crate) kind: String,
}

/// Holds what was planted.
#[derive(Clone, Debug, Default)]
pub(crate) struct Planted {
    pub(crate) faults: Vec<PlantedFault>,
    /// Texts that stand in place of an answer: by table, row and variable.
    pub(crate) raw: BTreeMap<(usize, usize, VariableName), String>,
    pub(crate) checks_without_fault: Vec<CheckId>,
}

/// How often faults that spoil each other are looked for anew.
const N_PASSES: usize = 6;

/// The kinds of checks that look at more than one record.
pub(crate) const ACROSS: [&str; 3] = ["unique", "reference", "outlier"];

/// Says in a word what was done to break a check.
pub(crate) fn kind_of(spec: &CheckSpec) -> &'static str {
    match spec.kind.as_str() {
        "required" => "answer-missing",
        "range" => "out-of-range",
        "one-of" => "code-not-expected",
        "skip" => "skip-violated",
        "order" => "wrong-order",
        "sum" => "wrong-sum",
        "unique" => "duplicate-key",
        "reference" => "orphan",
        "outlier" => "far-from-others",
        _ => "answers-disagree",
    }
}

/// Plants faults of every check that can be broken alone: those of one record first, then those that the others show.
pub(crate) fn plant(world: &World<'_>, tables: &mut [Drawn<'_>]) -> Result<Planted, SimulateError> {
    let mut planted = Planted::default();
    let mut used = BTreeSet::new();
    let mut done = BTreeSet::new();
    for pass in 0..N_PASSES {
        let mut found = Vec::new();
        for (table, drawn) in tables.iter().enumerate().rev() {
            let mut search = Search { world, table, drawn, used: &mut used, done: &mut done };
            found.extend(search.run(pass)?);
        }
        if found.is_empty() {
            break;
        }
        keep_alone(world, tables, found, &mut done, &mut planted)?;
    }
    planted.faults.extend(across::plant_across(world, tables, &mut used)?);
    look_at_all(world, tables, &planted)?;
    planted.checks_without_fault = across::without_fault(world, &planted.faults);
    Ok(planted)
}

/// Changes the tables, and undoes what shows in the whole delivery otherwise than in its record alone.
fn keep_alone(
    world: &World<'_>,
    tables: &mut [Drawn<'_>],
    found: Vec<Found>,
    done: &mut BTreeSet<(usize, usize)>,
    planted: &mut Planted,
) -> Result<(), SimulateError> {
    let mut kept = Vec::with_capacity(found.len());
    for one in found {
        let before = across::apply(tables, one.fault.table, one.fault.row_index, &one.edit)?;
        kept.push((one, before));
    }
    let across = across::all_violations(world, tables)?;
    let is_across = |check: &CheckId| {
        let spec = world.codebook.checks.iter().find(|spec| spec.id == *check);
        spec.is_some_and(|spec| ACROSS.contains(&spec.kind.as_str()))
    };
    let spoiled: BTreeSet<(usize, usize)> = across
        .iter()
        .filter(|(.., check, _)| is_across(check))
        .map(|(table, row_index, ..)| (*table, *row_index))
        .collect();
    for (Found { wanted, fault, raw, .. }, before) in kept {
        if spoiled.contains(&(fault.table, fault.row_index)) {
            across::apply(tables, fault.table, fault.row_index, &before)?;
            done.remove(&(fault.table, wanted));
            continue;
        }
        if let Some(raw) = raw {
            planted.raw.insert((fault.table, fault.row_index, fault.variable.clone()), raw);
        }
        planted.faults.push(fault);
    }
    Ok(())
}

/// Confronts everything once more: each fault must show, and nothing else.
fn look_at_all(
    world: &World<'_>,
    tables: &[Drawn<'_>],
    planted: &Planted,
) -> Result<(), SimulateError> {
    let shown = across::all_violations(world, tables)?;
    let is_read = |fault: &&PlantedFault| {
        !planted.raw.contains_key(&(fault.table, fault.row_index, fault.variable.clone()))
    };
    let wanted: BTreeSet<_> = planted
        .faults
        .iter()
        .filter(is_read)
        .map(|fault| (fault.table, fault.row_index, fault.check.clone(), fault.variable.clone()))
        .collect();
    match wanted.symmetric_difference(&shown).next() {
        Some((_, _, check, _)) => Err(SimulateError::Entangled { check: check.clone() }),
        None => Ok(()),
    }
}
