//! Invented records of the bundled study.

use catalyse_codebook::{
    Answer, Answers, CheckId, Codebook, FormName, PartnerId, Precision, SchemaFiles, Severity,
    VariableName, WaveId,
};
use catalyse_locale::{Args, Wording};
use catalyse_store::{Author, DeliveredFile, Delivery, NewFinding, NewRecord};
use jiff::Timestamp;

pub(crate) fn codebook() -> Codebook {
    Codebook::open(&SchemaFiles::bundled(), "integra").expect("the bundled study").codebook
}

/// A moment: so many seconds after the beginning of the test's time.
pub(crate) fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_760_000_000 + second).expect("a moment")
}

pub(crate) fn author(second: i64) -> Author {
    Author::new("marie", at(second)).because("test")
}

pub(crate) fn name(text: &str) -> VariableName {
    VariableName::new(text).expect("a slug")
}

pub(crate) fn wave(text: &str) -> WaveId {
    WaveId::new(text).expect("a slug")
}

pub(crate) fn partner(text: &str) -> PartnerId {
    PartnerId::new(text).expect("a slug")
}

pub(crate) fn text(text: &str) -> Answer {
    Answer::Text(text.to_owned())
}

/// Answers of a situation; `income` tells two of them apart.
pub(crate) fn situation(tenure: &str, adults: i64) -> Answers {
    Answers::from([
        (name("tenure"), Answer::Code(tenure.to_owned())),
        (name("adults"), Answer::Integer(adults)),
        (name("interview_date"), Answer::Date(20_000, Precision::Day)),
    ])
}

/// An identity: names, date of birth and, if it is given, a national number.
pub(crate) fn identity(first: &str, last: &str, birth: i32, niss: Option<&str>) -> Answers {
    let mut answers = Answers::from([
        (name("first_name"), text(first)),
        (name("last_name"), text(last)),
        (name("birth_date"), Answer::Date(birth, Precision::Day)),
    ]);
    if let Some(niss) = niss {
        answers.insert(name("national_number"), text(niss));
    }
    answers
}

/// One record of a delivery, of the wave w1 and Durbuy.
pub(crate) fn record(person: &str, answers: Answers) -> NewRecord {
    NewRecord {
        form: None,
        wave: wave("w1"),
        partner: partner("durbuy"),
        person: Some(person.to_owned()),
        number: 0,
        answers,
        place: format!("durbuy.csv!{person}"),
        findings: Vec::new(),
    }
}

/// An episode of a person.
pub(crate) fn spell(person: &str, number: i64, start: i64) -> NewRecord {
    NewRecord {
        form: Some(FormName::new("work-spells").expect("a slug")),
        number,
        ..record(
            person,
            Answers::from([
                (name("spell_number"), Answer::Integer(number)),
                (name("spell_start"), Answer::Integer(start)),
            ]),
        )
    }
}

/// A delivery of one file whose bytes are `bytes`.
pub(crate) fn delivery(bytes: &str, records: Vec<NewRecord>) -> Delivery {
    Delivery {
        files: vec![DeliveredFile::of("durbuy.csv", bytes.as_bytes())],
        rows_read: records.len() as u64,
        records,
        ..Delivery::default()
    }
}

pub(crate) fn finding(check: &str, severity: Severity) -> NewFinding {
    NewFinding {
        check: CheckId::new(check).expect("a slug"),
        variable: "adults".into(),
        severity,
        message: Wording::new("à vérifier", "to check").with(Args::new()),
        place: "durbuy.csv!C2".into(),
        accepted: None,
    }
}
