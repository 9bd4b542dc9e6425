//! The study of these tests: three partners, three waves, a weight, two target groups, a variable of each sort, a repeat form.

use std::fmt::Write;

use catalyse_codebook::{Codebook, SchemaFiles};
use catalyse_disclose::{TableSpec, Tabulation};
use catalyse_locale::Language;
use catalyse_records::{Batch, Derivation, Table};
use catalyse_tabulate::{Caseload, TabulateError, tabulate};

const STUDY: &str = r#"
id = "cohort"
title = { fr = "Cohorte", en = "Cohort" }
population = { fr = "personnes suivies", en = "persons followed" }
languages = ["fr", "en"]
forms = ["forms/situation.toml", "forms/spells.toml"]
checks = ["checks.toml"]
groups = ["groups.toml"]
policy = "small"
[keys]
person = "person_id"
wave = "round"
partner = "office"
interview_date = "interview_date"
weight = "weight"
[[partner]]
id = "north"
label = { fr = "Nord", en = "North" }
[[partner]]
id = "south"
label = { fr = "Sud", en = "South" }
[[partner]]
id = "east"
label = { fr = "Est", en = "East" }
[[wave]]
id = "w1"
label = { fr = "Vague 1", en = "Wave 1" }
from = "2024-03-01"
to = "2024-05-31"
[[wave]]
id = "w2"
label = { fr = "Vague 2", en = "Wave 2" }
from = "2025-03-01"
to = "2025-05-31"
[[wave]]
id = "w3"
label = { fr = "Vague 3", en = "Wave 3" }
from = "2026-03-01"
to = "2026-05-31"
"#;

const GROUPS: &str = r#"
[[group]]
id = "young"
label = { fr = "Jeunes", en = "Young" }
condition = "age < 25"
source = "a test"
[[group]]
id = "drivers"
label = { fr = "En voiture", en = "By car" }
condition = "transport__car"
source = "a test"
"#;

/// The variables: name and type, then other keys parted by `;`.
const SITUATION: &[&str] = &[
    "person_id pseudonym",
    "round wave",
    "office partner",
    "interview_date date",
    "weight decimal",
    "age integer; missing = [\"refused\"]",
    "gender select_one genders; missing = [\"refused\"]",
    "works yes_no; missing = [\"refused\", \"unknown\"]",
    "hours integer; relevant = \"works\"",
    "licence select_one licences; relevant = \"age >= 18\"; missing = [\"refused\", \"unknown\"]",
    "status select_one statuses",
    "transport select_multiple transports; missing = [\"refused\"]",
    "health select_one healths; sensitivity = \"health\"",
    "postcode select_one postcodes; sensitivity = \"identifying\"",
    "age_band select_one bands; calculation = \"CASE WHEN age < 25 THEN 'under_25' WHEN age >= 25 THEN 'from_25' END\"",
    "many select_one hundreds",
    "phone yes_no; since = \"w2\"",
    "letter yes_no; until = \"w2\"",
];
const SPELLS: &[&str] = &["sector select_one sectors; missing = [\"refused\"]", "months integer"];
const LISTS: &[(&str, &str)] = &[
    ("genders", "woman man other"),
    ("licences", "none provisional full"),
    ("statuses", "employed unemployed inactive"),
    ("transports", "car bus bike"),
    ("healths", "good fair bad"),
    ("postcodes", "p4000 p5000"),
    ("bands", "under_25 from_25"),
    ("sectors", "farm shop"),
];

fn form(name: &str, grain: &str, variables: &[&str]) -> String {
    let mut text = format!(
        "name = \"{name}\"\ntitle = {{ fr = \"{name}\", en = \"{name}\" }}\ngrain = \"{grain}\"\n[[section]]\nname = \"all_{name}\"\ntitle = {{ fr = \"Tout\", en = \"All\" }}\n"
    );
    for line in variables {
        let mut parts = line.split("; ");
        let head = parts.next().and_then(|head| head.split_once(' '));
        let (name, value_type) = head.expect("a name and a type");
        let _ = write!(
            text,
            "[[section.variable]]\nname = \"{name}\"\ntype = \"{value_type}\"\nlabel = {{ fr = \"{name}\", en = \"{name}\" }}\ndefinition = {{ fr = \"{name}\", en = \"{name}\" }}\npurpose = {{ fr = \"Un test.\", en = \"A test.\" }}\nretention_months = 12\n"
        );
        if !line.contains("sensitivity") {
            text.push_str("sensitivity = \"plain\"\n");
        }
        for key in parts {
            let _ = writeln!(text, "{key}");
        }
    }
    text
}

fn list(codes: impl Iterator<Item = String>) -> String {
    let head = "code,label_fr,label_en,source\n".to_owned();
    codes.fold(head, |mut text, code| {
        let _ = writeln!(text, "{code},{code},{code},a test");
        text
    })
}

/// Opens the study.
pub(crate) fn codebook() -> Codebook {
    let mut files = SchemaFiles::new();
    files.add("small/policies/small.toml", "");
    files.add("cohort/policies/small.toml", "");
    files.add("cohort/study.toml", STUDY);
    files.add("cohort/groups.toml", GROUPS);
    files.add("cohort/checks.toml", "");
    files.add("cohort/forms/situation.toml", form("situation", "person-wave", SITUATION));
    files.add("cohort/forms/spells.toml", form("spells", "repeat", SPELLS));
    for (name, codes) in LISTS {
        let codes = codes.split(' ').map(str::to_owned);
        files.add(format!("common/code-lists/{name}.csv"), list(codes));
    }
    let hundreds = (0..130).map(|number| format!("c{number}"));
    files.add("common/code-lists/hundreds.csv", list(hundreds));
    match Codebook::open(&files, "cohort") {
        Ok(opened) => opened.codebook,
        Err(problems) => panic!("{}", problems.say(Language::En)),
    }
}

/// Makes the batch of a table of text, with derived variables and skips.
pub(crate) fn batch(codebook: &Codebook, main: &str, spells: Option<&str>) -> Batch {
    let form = catalyse_codebook::FormName::new("spells").expect("a name");
    let mut tables = vec![(Table::Main, main)];
    tables.extend(spells.map(|text| (Table::Repeat(form), text)));
    let mut batch = catalyse_testkit::batch(codebook, &tables);
    for records in &mut batch.tables {
        let derivation = Derivation::open(codebook, records.table.clone()).expect("it opens");
        records.frame = derivation.apply(&records.frame).expect("the layout of the table");
    }
    batch
}

/// Reads a specification as a report definition writes it; its name is `t`.
pub(crate) fn spec(keys: &str) -> TableSpec {
    toml::from_str(&format!("id = \"t\"\n{}", keys.replace("; ", "\n"))).expect("a specification")
}

/// Makes a table of a table of text.
pub(crate) fn table(keys: &str, main: &str) -> Tabulation {
    attempt(keys, main, None).unwrap_or_else(|error| panic!("{}", sentence(&error)))
}

/// Makes a table of a table of text and one of spells.
pub(crate) fn table_of_spells(keys: &str, main: &str, spells: &str) -> Tabulation {
    attempt(keys, main, Some(spells)).unwrap_or_else(|error| panic!("{}", sentence(&error)))
}

/// Makes a table, or the error.
pub(crate) fn attempt(
    keys: &str,
    main: &str,
    spells: Option<&str>,
) -> Result<Tabulation, TabulateError> {
    let codebook = codebook();
    let batch = batch(&codebook, main, spells);
    tabulate(&Caseload::new(&codebook, &batch)?, &spec(keys))
}

/// Returns the sentence of an error.
pub(crate) fn sentence(error: &TabulateError) -> String {
    error.message().say(Language::En)
}
