//! A small study for tests: whole files as texts, of which a test replaces what it is about.

use catalyse_locale::Language;

use crate::{Codebook, Problems, SchemaFiles};

pub(crate) const STUDY: &str = r#"id = "small"
title = { fr = "Petite étude", en = "Small study" }
population = { fr = "personnes suivies", en = "persons followed" }
forms = ["forms/person.toml", "forms/spells.toml"]
checks = ["checks.toml"]
groups = ["groups.toml"]
policy = "partnership"
[keys]
person = "person_id"
wave = "wave"
partner = "partner"
interview_date = "interview_date"
[[partner]]
id = "durbuy"
label = { fr = "Durbuy", en = "Durbuy" }
aliases = ["CPAS de Durbuy"]
[[wave]]
id = "w1"
label = { fr = "Vague 1", en = "Wave 1" }
from = "2024-03-01"
to = "2024-05-31"
"#;

pub(crate) const PERSON: &str = r#"name = "person"
title = { fr = "Personne", en = "Person" }
grain = "person-wave"
[[section]]
name = "identity"
title = { fr = "Identité", en = "Identity" }
[[section.variable]]
name = "person_id"
type = "pseudonym"
label = { fr = "Personne", en = "Person" }
[[section.variable]]
name = "wave"
type = "wave"
label = { fr = "Vague", en = "Wave" }
[[section.variable]]
name = "partner"
type = "partner"
label = { fr = "Partenaire", en = "Partner" }
[[section.variable]]
name = "interview_date"
type = "date"
label = { fr = "Date de l'entretien", en = "Date of the interview" }
[[section.variable]]
name = "age"
type = "integer"
label = { fr = "Âge", en = "Age" }
[[section.variable]]
name = "has_car"
type = "yes_no"
label = { fr = "Voiture", en = "Car" }
[[section.variable]]
name = "health"
type = "select_one health"
label = { fr = "Santé", en = "Health" }
appearance = "ordered"
[[section.variable]]
name = "tenure"
type = "select_one tenure"
label = { fr = "Logement", en = "Housing" }
missing = ["refused"]
[[section.variable]]
name = "means"
type = "select_multiple means"
label = { fr = "Moyens de transport", en = "Means of transport" }
"#;

pub(crate) const SPELLS: &str = r#"name = "spells"
title = { fr = "Emplois", en = "Jobs" }
grain = "repeat"
[[section]]
name = "spell"
title = { fr = "Emploi", en = "Job" }
[[section.variable]]
name = "spell_start"
type = "month"
label = { fr = "Début", en = "Start" }
"#;

const CHECKS: &str = r#"[[check]]
id = "child-has-no-car"
kind = "expression"
form = "person"
variables = ["has_car"]
severity = "soft"
assert = "age >= 18 OR NOT has_car"
message = { fr = "{ $label } : trop jeune.", en = "{ $label }: too young." }
"#;

const GROUPS: &str = r#"[[group]]
id = "young"
label = { fr = "Jeunes", en = "Young people" }
condition = "age BETWEEN 18 AND 25"
"#;

/// Returns the files of the study.
pub(crate) fn files() -> SchemaFiles {
    let mut files = SchemaFiles::new();
    files.add("small/study.toml", STUDY);
    files.add("small/forms/person.toml", PERSON);
    files.add("common/forms/spells.toml", SPELLS);
    files.add("small/checks.toml", CHECKS);
    files.add("small/groups.toml", GROUPS);
    files.add("common/policies/partnership.toml", "base = 5\n");
    let lists = [
        ("health", "1,bon,good\n2,moyen,fair\n3,mauvais,bad\n"),
        ("tenure", "owner,propriétaire,owner\ntenant,locataire,tenant\n"),
        ("means", "car,voiture,car\nbus,bus,bus\n"),
    ];
    for (name, rows) in lists {
        let text = format!("code,label_fr,label_en,source\n{rows}").replace('\n', ",a test\n");
        let text = text.replacen(",a test", "", 1);
        files.add(format!("common/code-lists/{name}.csv"), text);
    }
    files
}

/// Returns the codebook of the study.
pub(crate) fn codebook() -> Codebook {
    match Codebook::open(&files(), "small") {
        Ok(opened) => opened.codebook,
        Err(problems) => panic!("{}", problems.say(Language::En)),
    }
}

/// Adds lines at the end of a file of the study and returns the problems that they make.
pub(crate) fn problems_of_more(path: &str, more: &str) -> String {
    let mut files = files();
    let text = format!("{}{more}\n", files.get(path).unwrap_or_default());
    files.add(path.to_owned(), text);
    problems_of(&files)
}

/// Replaces a part of a file of the study and returns the problems that this makes.
pub(crate) fn problems_of_change(path: &str, old: &str, new: &str) -> String {
    let mut files = files();
    let text = files.get(path).unwrap_or_default();
    assert!(text.contains(old), "{path} does not contain {old}");
    let text = text.replacen(old, new, 1);
    files.add(path.to_owned(), text);
    problems_of(&files)
}

/// Returns all problems, one a line, in English.
pub(crate) fn problems_of(files: &SchemaFiles) -> String {
    let problems: Problems = match Codebook::open(files, "small") {
        Ok(opened) => opened.warnings,
        Err(problems) => problems,
    };
    problems.say(Language::En).trim_end().to_owned()
}
