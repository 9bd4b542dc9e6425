//! A codebook for whoever has no identities: what follows from them is no longer worked out, it is taken as it was when the record came in.

use std::collections::BTreeSet;

use catalyse_codebook::{Codebook, Sensitivity, VariableName};

/// Returns the codebook with variables that follow from identifying ones as if they were asked: an age that is known stays, although
/// the date of birth is not there to work it out again.
pub(crate) fn without_identities(codebook: &Codebook) -> Codebook {
    let all = codebook.forms.iter().flat_map(catalyse_codebook::Form::variables);
    let mut hidden: BTreeSet<VariableName> = all
        .filter(|variable| variable.sensitivity == Sensitivity::Identifying)
        .map(|variable| variable.name.clone())
        .collect();
    let mut kept = BTreeSet::new();
    // Each calculation comes after those it needs.
    for calculation in codebook.calculations() {
        if !calculation.condition.variables.is_disjoint(&hidden) {
            hidden.insert(calculation.variable.name.clone());
            kept.insert(calculation.variable.name.clone());
        }
    }
    let mut blind = codebook.clone();
    for form in &mut blind.forms {
        for variable in form.sections.iter_mut().flat_map(|section| &mut section.variables) {
            if kept.contains(&variable.name) {
                variable.calculation = None;
            }
        }
    }
    blind
}
