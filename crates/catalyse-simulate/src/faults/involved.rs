//! Which answers decide a check: those of the variables it stands at, those its conditions name, and what these are worked out from.

use std::collections::BTreeSet;

use catalyse_check::Way;
use catalyse_codebook::{CheckSpec, Codebook, Condition, Storage, Variable, VariableName};
use catalyse_records::{Table, row_of};

use super::planting::way_of;

/// Lists the variables that a check stands at and that a fault may change: nothing that is worked out, and a key only where the check
/// is about its absence.
pub(super) fn changeable<'c>(codebook: &'c Codebook, spec: &CheckSpec) -> Vec<&'c Variable> {
    let named = spec.variables.iter().filter_map(|name| codebook.variable(name));
    named.filter(|variable| may_change(codebook, spec, variable)).collect()
}

/// Lists every variable of a table whose answer decides a check and that a fault may change, each once.
pub(super) fn involved<'c>(
    codebook: &'c Codebook,
    table: &Table,
    spec: &CheckSpec,
) -> Vec<&'c Variable> {
    let row = row_of(codebook, table);
    let names = |text: &str| {
        Condition::parse_any(text, &row, None).map(|read| read.variables).unwrap_or_default()
    };
    let written = spec.params.values().filter_map(toml::Value::as_str);
    let texts = spec.when.as_deref().into_iter().chain(written);
    let mut waiting: Vec<VariableName> = texts.flat_map(names).collect();
    waiting.extend(spec.variables.iter().cloned());
    let mut seen = BTreeSet::new();
    let mut roots = Vec::new();
    while let Some(name) = waiting.pop() {
        let is_new = seen.insert(name.clone());
        let Some(variable) = codebook.variable(&name).filter(|_| is_new) else { continue };
        if let Some(calculation) = &variable.calculation {
            waiting.extend(names(calculation));
        } else if may_change(codebook, spec, variable) {
            roots.push(variable);
        }
    }
    roots
}

fn may_change(codebook: &Codebook, spec: &CheckSpec, variable: &Variable) -> bool {
    let study = &codebook.study;
    let is_key = [&study.person, &study.wave, &study.partner].contains(&&variable.name);
    // A text cannot be told to be wrong, only to be absent.
    let is_told = variable.value_type.storage() != Storage::Text || variable.required.is_some();
    let is_free = if is_key {
        way_of(spec) == Way::NoAnswer && spec.variables == [variable.name.clone()]
    } else {
        is_told
    };
    is_free && !variable.is_derived()
}

#[cfg(test)]
mod tests {
    use catalyse_codebook::{Codebook, Variable};
    use catalyse_records::Table;
    use catalyse_testkit::StudyText;

    use super::{changeable, involved};

    fn study() -> Codebook {
        StudyText::new()
            .variable("born integer")
            .variable("year integer")
            .variable("age integer; calculation = \"year - born\"")
            .variable("works yes_no")
            .variable("remark text")
            .check("it", "expression", "works", "when = \"age < 16\"; assert = \"NOT works\"")
            .open()
    }

    fn names(variables: &[&Variable]) -> String {
        let mut names: Vec<&str> = variables.iter().map(|one| one.name.as_str()).collect();
        names.sort_unstable();
        names.join(" ")
    }

    #[test]
    fn what_is_worked_out_stands_for_what_it_is_worked_out_from() {
        let study = study();
        let spec = study.checks.iter().find(|spec| spec.id.as_str() == "it").expect("a check");
        assert_eq!(names(&changeable(&study, spec)), "works");
        assert_eq!(names(&involved(&study, &Table::Main, spec)), "born works year");
    }

    #[test]
    fn a_key_may_only_be_missing() {
        let study = study();
        let of = |id: &str| {
            let spec = study.checks.iter().find(|spec| spec.id.as_str() == id).expect("a check");
            names(&changeable(&study, spec))
        };
        assert_eq!(of("person_id.required"), "person_id");
        assert_eq!(of("wave.required"), "wave");
    }
}
