//! Drawing again what breaks a check, until nothing does.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use catalyse_check::{Checks, Confrontation};
use catalyse_codebook::{CheckId, Codebook, VariableName};
use catalyse_records::{Source, SourceIndex};

use crate::SimulateError;
use crate::draw::tries::Tries;
use crate::world::World;
use crate::world::order::Order;
use crate::world::panel::Unit;
use crate::world::sheet::Sheet;

/// How often a row is drawn again before the study is called impossible.
const MOST_ROUNDS: u32 = 60;

/// Names a violated check, the variable it stands at, the table (by its place among the sheets) and the row, from 0.
pub(crate) type Violation = (usize, usize, CheckId, VariableName);

/// Confronts tables of one delivery with all checks, and lists what is violated: table, row, check, variable.
pub(crate) fn violations(
    checks: &Checks,
    sheets: &[&Sheet<'_>],
) -> Result<Vec<Violation>, SimulateError> {
    let source = |sheet: &&Sheet<'_>| Source {
        columns: sheet.variables().cloned().zip(0..).collect(),
        ..Source::default()
    };
    let sources: Arc<Vec<Source>> = Arc::new(sheets.iter().map(source).collect());
    let mut confrontation = Confrontation::new(checks, sources);
    for (sheet, index) in sheets.iter().zip(0..) {
        let mut chunk = sheet.chunk()?;
        chunk.source = SourceIndex(index);
        confrontation.chunk(chunk)?;
    }
    let findings = confrontation.finish()?.findings;
    let violation = |finding: &catalyse_records::Finding| {
        let cause = findings.causes.get(finding.cause as usize)?;
        let row_index = (finding.row as usize).checked_sub(1)?;
        let variable = cause.variable.clone()?;
        Some((finding.source.0 as usize, row_index, cause.check.clone(), variable))
    };
    Ok(findings.all.iter().filter_map(violation).collect())
}

/// Chooses what is drawn again, and counts the tries.
pub(crate) struct Repair<'a, 'c> {
    pub(crate) world: &'a World<'c>,
    pub(crate) order: &'a Order<'c>,
    pub(crate) tries: Tries,
    rounds: BTreeMap<((u64, u64), usize), u32>,
    specs: BTreeMap<CheckId, Vec<VariableName>>,
}

impl<'a, 'c> Repair<'a, 'c> {
    /// Begins with no tries.
    pub(crate) fn new(world: &'a World<'c>, order: &'a Order<'c>) -> Self {
        let specs = variables_of_checks(world.codebook);
        Self { world, order, tries: Tries::default(), rounds: BTreeMap::new(), specs }
    }

    /// Notes that rows break checks: one variable of each is drawn again next time. Returns the persons it is about.
    pub(crate) fn note(
        &mut self,
        sheet: &Sheet<'_>,
        units: &[Unit],
        violations: &[Violation],
        lasts: bool,
    ) -> Result<BTreeSet<u64>, SimulateError> {
        let mut persons = BTreeSet::new();
        let mut noted = BTreeSet::new();
        for (_, row_index, check, _) in violations {
            let Some(unit) = units.get(*row_index) else { continue };
            persons.insert(unit.person);
            // One variable a row and round: a second check is often broken by the same answer.
            if !noted.insert((unit.owner, unit.wave)) {
                continue;
            }
            let round = self.rounds.entry((unit.owner, unit.wave)).or_default();
            *round += 1;
            let round = *round;
            if round > MOST_ROUNDS {
                return Err(SimulateError::Stubborn { check: check.clone(), n_rows: noted.len() });
            }
            if self.keep(sheet, units, check, *row_index) {
                continue;
            }
            let candidates = self.candidates(sheet, check, *row_index);
            let turn = (round as usize - 1) % candidates.len().max(1);
            let Some((name, is_fixed)) = candidates.get(turn).cloned() else {
                return Err(SimulateError::Stubborn { check: check.clone(), n_rows: 1 });
            };
            let wave = (!is_fixed && !lasts).then_some(unit.wave);
            self.tries.again((unit.owner, wave, name));
        }
        Ok(persons)
    }

    /// Keeps what a check compares as it was when it was last known, if the check compares waves. Drawing it again until it happens to
    /// fit would bend the spread of the answers, and for a long list find nothing. Says whether something is kept that was not.
    fn keep(
        &mut self,
        sheet: &Sheet<'_>,
        units: &[Unit],
        check: &CheckId,
        row_index: usize,
    ) -> bool {
        let Some(compared) = self.world.checks.compares_waves(check) else { return false };
        let Some(unit) = units.get(row_index) else { return false };
        let before = |row_index: &usize| units.get(*row_index)?.previous;
        let mut earlier = std::iter::successors(unit.previous, before);
        let known = earlier.find(|row_index| sheet.cell(compared, *row_index).is_answer());
        let Some(known) = known.and_then(|row_index| units.get(row_index)) else { return false };
        let mut is_new = false;
        for root in self.order.roots(compared) {
            is_new |= self.tries.keep((unit.owner, Some(unit.wave), root), known.wave);
        }
        is_new
    }

    /// Lists the variables that may be drawn again because of a check: those that change from wave to wave if there are any.
    fn candidates(
        &self,
        sheet: &Sheet<'_>,
        check: &CheckId,
        row_index: usize,
    ) -> Vec<(VariableName, bool)> {
        let is_fixed = |name: &VariableName| {
            self.world.hints_of(&sheet.table, name).is_some_and(|hints| hints.fixed)
        };
        let mut all: Vec<(VariableName, bool)> = Vec::new();
        let own = self.specs.get(check).into_iter().flatten();
        for name in own.chain(self.world.checks.compares_waves(check)) {
            for root in self.order.roots(name) {
                let is_known = all.iter().any(|(known, _)| *known == root);
                if !is_known && sheet.cell(&root, row_index) != &crate::world::cell::Cell::Empty {
                    let is_fixed = is_fixed(&root);
                    all.push((root, is_fixed));
                }
            }
        }
        if all.iter().any(|(_, is_fixed)| !is_fixed) {
            all.retain(|(_, is_fixed)| !is_fixed);
        }
        all
    }
}

/// Lists the variables that each check speaks of, those of its condition last.
fn variables_of_checks(codebook: &Codebook) -> BTreeMap<CheckId, Vec<VariableName>> {
    codebook.checks.iter().map(|spec| (spec.id.clone(), spec.variables.clone())).collect()
}
