//! One record worked out at once, by the engine of a batch.

use std::sync::Arc;

use catalyse_codebook::{
    Answer, Codebook, FormName, MissingReason, Precision, SchemaFiles, VariableName,
};
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

/// What an encoder types, one answer after the other: values, reasons, corrections, what opens and closes skips.
fn keystrokes() -> Vec<(RowKey, &'static str, Option<Answer>)> {
    let number = |number| Some(Answer::Integer(number));
    let refused = Some(Answer::Missing(MissingReason::Refused));
    let spell = RowKey::Repeat(FormName::new("work-spells").expect("a form"), 1);
    let main = |name, answer| (RowKey::Main, name, answer);
    vec![
        main("birth_date", Some(Answer::Date(6_647, Precision::Day))),
        main("interview_date", Some(Answer::Date(19_968, Precision::Day))),
        main("adults", number(2)),
        main("children", number(1)),
        main("household_size", number(5)),
        main("household_size", number(3)),
        main("children", refused.clone()),
        main("housing_situation", Some(code("1"))),
        main("tenure", Some(code("1"))),
        main("housing_situation", Some(code("0"))),
        main("housing_situation", None),
        main("nationality_group", Some(code("TCN"))),
        main("birth_date", Some(Answer::Date(-30_000, Precision::Year))),
        main("adults", number(99)),
        main("adults", None),
        (spell.clone(), "spell_start", number(24_280)),
        (spell.clone(), "spell_end", number(24_270)),
        (spell.clone(), "spell_hours", Some(Answer::Decimal(19.5))),
        (spell, "spell_number", number(1)),
        main("person_id", Some(Answer::Text("DUR-1".into()))),
    ]
}

#[test]
fn following_one_answer_sees_what_looking_at_all_sees() {
    let live = live();
    let mut sheet = Sheet::default();
    let spells = sheet.repeats.entry(FormName::new("work-spells").expect("a form")).or_default();
    for number in 1..=2 {
        spells.insert(number, [(name("spell_number"), Answer::Integer(2))].into());
    }
    sheet.main.insert(name("wave"), code("w2"));
    sheet.main.insert(name("partner"), code("durbuy"));
    let mut followed = live.look(&sheet).expect("runs");
    for (row, variable, answer) in keystrokes() {
        let answers = match &row {
            RowKey::Main => &mut sheet.main,
            RowKey::Repeat(form, number) => {
                sheet.repeats.get_mut(form).and_then(|rows| rows.get_mut(number)).expect("a spell")
            }
        };
        match answer {
            Some(answer) => answers.insert(name(variable), answer),
            None => answers.remove(&name(variable)),
        };
        live.follow(&mut followed, &sheet, (&row, &name(variable))).expect("runs");
        let looked = live.look(&sheet).expect("runs");
        assert_eq!(checks(&followed), checks(&looked), "findings after {variable}");
        assert!(followed.findings == looked.findings, "findings after {variable}");
        assert!(followed.rows == looked.rows, "answers after {variable}");
    }
}
