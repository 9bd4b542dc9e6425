//! One record worked out at once, by the engine of a batch.

use std::sync::Arc;

use catalyse_codebook::{Answer, Codebook, FormName, SchemaFiles, VariableName};
use catalyse_web::live::{Live, RowKey, Seen, Sheet};

fn live() -> Live {
    let codebook = Codebook::open(&SchemaFiles::bundled(), "integra").expect("bundled").codebook;
    Live::open(Arc::new(codebook)).expect("a study that runs")
}

fn name(text: &str) -> VariableName {
    VariableName::new(text).expect("a name")
}

fn code(text: &str) -> Answer {
    Answer::Code(text.into())
}

fn checks(seen: &Seen) -> Vec<&str> {
    seen.findings.iter().map(|found| found.check.as_str()).collect()
}

#[test]
fn derived_values_and_skips_follow_what_is_typed() {
    let live = live();
    let mut sheet = Sheet::default();
    sheet.main.insert(name("nationality_group"), code("TCN"));
    sheet.main.insert(name("housing_situation"), code("1"));
    let seen = live.look(&sheet).expect("runs");
    let third_country = seen.answer(&RowKey::Main, &name("third_country_national"));
    assert!(third_country == Some(&Answer::Boolean(true)));
    let cost = seen.answer(&RowKey::Main, &name("tenure")).and_then(Answer::missing);
    assert!(cost.is_some(), "a person without a dwelling is not asked about its tenure");
}

#[test]
fn findings_stand_at_the_row_and_variable_they_are_about() {
    let live = live();
    let form = FormName::new("work-spells").expect("a form");
    let mut sheet = Sheet::default();
    for (variable, number) in [("adults", 2), ("children", 1), ("household_size", 5)] {
        sheet.main.insert(name(variable), Answer::Integer(number));
    }
    let spell = |number| [(name("spell_number"), Answer::Integer(number))].into();
    sheet.repeats.insert(form.clone(), [(1, spell(1)), (2, spell(1))].into());
    sheet.main.insert(name("person_id"), Answer::Text("DUR-1".into()));
    sheet.main.insert(name("wave"), code("w1"));
    let seen = live.look(&sheet).expect("runs");
    assert!(checks(&seen).contains(&"household-adds-up"), "{:?}", checks(&seen));
    let twice: Vec<u32> = seen
        .findings
        .iter()
        .filter(|found| found.check.as_str() == "spell-number-once")
        .map(|found| found.row.number())
        .collect();
    assert_eq!(twice, [1, 2]);
    assert!(!checks(&seen).iter().any(|check| check.ends_with("column-missing")));
}
