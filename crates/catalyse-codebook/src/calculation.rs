//! The variables that the program works out, in an order in which each one's inputs come before it.

use std::collections::BTreeSet;

use crate::{Codebook, Condition, Form, Row, Variable, VariableName};

/// Holds one calculated variable.
#[derive(Clone, Debug)]
pub struct Calculation<'c> {
    /// The form in whose records it stands.
    pub form: &'c Form,
    /// The variable.
    pub variable: &'c Variable,
    /// How its value follows from others of the row.
    pub condition: Condition,
}

impl Codebook {
    /// Lists the calculated variables so that each comes after those it needs.
    ///
    /// In a codebook that was opened every calculation can be read and none needs itself.
    pub fn calculations(&self) -> Vec<Calculation<'_>> {
        let mut waiting = read_calculations(self);
        let mut ordered: Vec<Calculation<'_>> = Vec::with_capacity(waiting.len());
        while let Some(next) = next_of(&waiting) {
            ordered.push(waiting.remove(next));
        }
        ordered
    }
}

/// Returns the variables that need themselves, over others or at once.
pub(crate) fn in_a_circle(codebook: &Codebook) -> BTreeSet<VariableName> {
    let mut waiting = read_calculations(codebook);
    while let Some(next) = next_of(&waiting) {
        waiting.remove(next);
    }
    // What waits behind a circle is not part of it: drop what nothing in the rest needs.
    while let Some(leaf) = waiting.iter().position(|calculation| {
        !waiting.iter().any(|other| other.condition.variables.contains(&calculation.variable.name))
    }) {
        waiting.remove(leaf);
    }
    waiting.into_iter().map(|calculation| calculation.variable.name.clone()).collect()
}

fn read_calculations(codebook: &Codebook) -> Vec<Calculation<'_>> {
    let mut calculations = Vec::new();
    for form in &codebook.forms {
        let row = Row::of_form(codebook, &form.name);
        for variable in form.variables() {
            let condition = variable
                .calculation
                .as_ref()
                .and_then(|text| Condition::parse_any(text, &row, codebook.list_of(variable)).ok());
            if let Some(condition) = condition {
                calculations.push(Calculation { form, variable, condition });
            }
        }
    }
    calculations
}

/// Returns the first that needs none of the others.
fn next_of(waiting: &[Calculation<'_>]) -> Option<usize> {
    waiting.iter().position(|calculation| {
        let needs = &calculation.condition.variables;
        !waiting.iter().any(|other| needs.contains(&other.variable.name))
    })
}
