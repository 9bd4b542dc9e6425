//! In which order the variables of a table are drawn: each after those that its conditions name.

use std::collections::{BTreeMap, BTreeSet};

use catalyse_codebook::{Codebook, Condition, Variable, VariableName};
use catalyse_records::{Layout, Table, row_of};

use crate::SimulateError;
use crate::world::hints::VariableHints;
use crate::world::tie::ties;

/// Holds one step: a variable and how it comes about.
#[derive(Clone, Copy)]
pub(crate) struct Step<'c> {
    /// The variable. It is worked out if it has a calculation, else drawn.
    pub(crate) variable: &'c Variable,
}

/// Holds the steps of a table, and what each variable hangs on.
pub(crate) struct Order<'c> {
    pub(crate) steps: Vec<Step<'c>>,
    needs: BTreeMap<VariableName, BTreeSet<VariableName>>,
    /// Variables that are worked out: drawing them again means drawing what they hang on.
    follows: BTreeSet<VariableName>,
}

impl<'c> Order<'c> {
    /// Orders the variables of a table. Those of `known` are there before.
    pub(crate) fn of(
        codebook: &'c Codebook,
        table: &Table,
        known: &[VariableName],
        hints: impl Fn(&VariableName) -> Option<&'c VariableHints>,
    ) -> Result<Self, SimulateError> {
        let layout = Layout::new(codebook, table.clone())?;
        let variables = layout.variables.iter().filter(|name| !known.contains(name));
        let mut waiting: Vec<&Variable> =
            variables.filter_map(|name| codebook.variable(name)).collect();
        let mut needs = BTreeMap::new();
        let mut follows = BTreeSet::new();
        let row = row_of(codebook, table);
        let numbers = ties(codebook);
        for variable in &waiting {
            let hints = hints(&variable.name);
            let formula = hints.and_then(|hints| hints.formula.as_deref());
            let by = hints.into_iter().flat_map(|hints| hints.by.keys()).map(String::as_str);
            let own = [variable.calculation.as_deref(), variable.relevant.as_deref(), formula];
            let named = own.into_iter().flatten().chain(by);
            let own_ties = numbers.iter().filter(|tie| tie.number == variable.name);
            let read: BTreeSet<VariableName> = named
                .filter_map(|text| Condition::parse_any(text, &row, None).ok())
                .flat_map(|condition| condition.variables)
                .chain(own_ties.flat_map(|tie| tie.others.clone()))
                .filter(|name| *name != variable.name)
                .collect();
            if variable.is_derived() || formula.is_some() {
                follows.insert(variable.name.clone());
            }
            needs.insert(variable.name.clone(), read);
        }
        let mut steps = Vec::with_capacity(waiting.len());
        while !waiting.is_empty() {
            let is_free = |variable: &&Variable| {
                needs
                    .get(&variable.name)
                    .is_none_or(|needs| waiting.iter().all(|other| !needs.contains(&other.name)))
            };
            // Conditions that wait for each other: the first asked goes first and sees the others as empty.
            let next = waiting.iter().position(is_free).unwrap_or(0);
            steps.push(Step { variable: waiting.remove(next) });
        }
        Ok(Self { steps, needs, follows })
    }

    /// Lists what must be drawn again so that a variable changes: itself, or what it hangs on if it is worked out.
    pub(crate) fn roots(&self, name: &VariableName) -> BTreeSet<VariableName> {
        let mut seen = BTreeSet::new();
        let mut roots = BTreeSet::new();
        let mut waiting = vec![name.clone()];
        while let Some(name) = waiting.pop() {
            if !seen.insert(name.clone()) {
                continue;
            }
            if self.follows.contains(&name) {
                waiting.extend(self.needs.get(&name).into_iter().flatten().cloned());
            } else if self.needs.contains_key(&name) {
                roots.insert(name);
            }
        }
        roots
    }
}
