//! Problems: schema in, `file:line: message` out.

use catalyse_locale::Language;

use super::small_study::{files, problems_of, problems_of_change, problems_of_more};
use crate::{Codebook, SchemaFiles, Severity};

const PERSON: &str = "small/forms/person.toml";

#[test]
fn every_bundled_study_opens_without_a_problem() {
    let files = SchemaFiles::bundled();
    for study in files.studies() {
        let problems = match Codebook::open(&files, study) {
            Ok(opened) => opened.warnings,
            Err(problems) => problems,
        };
        assert_eq!(problems.say(Language::En), "", "{study}");
    }
}

#[test]
fn a_good_study_opens_without_a_problem() {
    assert_eq!(problems_of(&files()), "");
}

#[test]
fn an_unknown_study_or_file_is_named_with_the_nearest_one() {
    let problems = Codebook::open(&files(), "smal").expect_err("no such study");
    assert_eq!(
        problems.say(Language::En),
        "smal/study.toml: there is no study `smal`: smal/study.toml is missing. The nearest name: `small`\n"
    );
    assert_eq!(
        problems_of_change("small/study.toml", "forms/spells.toml", "forms/spels.toml"),
        "small/study.toml:4: the file `forms/spels.toml` is neither in the study's folder nor in `common`. The nearest name: `forms/spells.toml`"
    );
    assert_eq!(
        problems_of_change("small/study.toml", "policy = \"partnership\"", "policy = \"partners\""),
        "small/study.toml:7: the file `policies/partners.toml` is neither in the study's folder nor in `common`. The nearest name: `policies/partnership.toml`"
    );
    assert_eq!(
        problems_of_change(PERSON, "select_one tenure", "select_one tenur"),
        "small/forms/person.toml:38: the file `code-lists/tenur.csv` is neither in the study's folder nor in `common`. The nearest name: `code-lists/tenure.csv`"
    );
}

#[test]
fn a_day_is_of_one_wave() {
    let second = |from: &str| {
        problems_of_more(
            "small/study.toml",
            &format!(
                "[[wave]]\nid = \"w2\"\nlabel = {{ fr = \"Vague 2\", en = \"Wave 2\" }}\nfrom = \"{from}\"\nto = \"2024-11-30\""
            ),
        )
    };
    assert_eq!(second("2024-06-01"), "");
    let said = second("2024-05-31");
    assert!(said.contains("the wave `w2` begins before `w1` ends"), "{said}");
}

#[test]
fn what_is_asked_anew_blind_is_a_share_of_questions_that_are_asked() {
    let problems = |more: &str| problems_of_more("small/study.toml", more);
    assert_eq!(problems("[reask]\npercent = 5\nvariables = [\"tenure\"]"), "");
    assert!(problems("[reask]\npercent = 101").contains("goes from 0 to 100"));
    let unknown = problems("[reask]\nvariables = [\"tenur\"]");
    assert!(unknown.contains("unknown variable `tenur`. The nearest name: `tenure`"), "{unknown}");
}

#[test]
fn what_is_no_toml_has_its_line() {
    assert_eq!(
        problems_of_change(PERSON, "name = \"age\"", "name = age"),
        "small/forms/person.toml:24: column 8, `name = age`: a text stands in straight quotes \"…\", never in “…” or «…»"
    );
}

#[test]
fn keys_are_known_and_have_their_shape() {
    for (old, new, problem) in [
        (
            "appearance = \"ordered\"",
            "apearance = \"ordered\"",
            "35: unknown key `apearance`. The nearest name: `appearance`",
        ),
        (
            "appearance = \"ordered\"",
            "appearance = \"orderd\"",
            "35: `orderd` is not possible for `appearance`; possible: ordered, search, multiline. The nearest name: `ordered`",
        ),
        ("missing = [\"refused\"]", "missing = \"refused\"", "40: `missing` must be a list"),
        (
            "missing = [\"refused\"]",
            "missing = [\"refusd\"]",
            "40: `refusd` is not possible for `missing`; possible: not_asked, not_applicable, refused, unknown, illegible, to_check. The nearest name: `refused`",
        ),
        (
            "type = \"integer\"",
            "type = \"integr\"",
            "25: `integr` is not possible for `type`; possible: text, integer, decimal, euros, yes_no, date, partial_date, month, select_one, select_multiple, niss, bce, refnis, postal_code, pseudonym, partner, wave. The nearest name: `integer`",
        ),
        (
            "type = \"integer\"",
            "type = \"integer tenure\"",
            "25: the type `integer` has no code list",
        ),
        (
            "type = \"select_one tenure\"",
            "type = \"select_one\"",
            "38: the type `select_one` needs a code list: `select_one NAME`",
        ),
        (
            "{ fr = \"Âge\", en = \"Age\" }",
            "{ fr = \"Âge\" }",
            "26: the English text of `label` is missing",
        ),
        (
            "{ fr = \"Âge\", en = \"Age\" }",
            "\"Age\"",
            "26: `label` must be of the form { fr = \"…\", en = \"…\" }",
        ),
        (
            "{ fr = \"Âge\", en = \"Age\" }",
            "{ fr = \"Âge\", en = \"Age\", it = \"Età\" }",
            "26: unknown language `it` in `label`; possible languages: fr, en, nl, de",
        ),
        ("label = { fr = \"Âge\", en = \"Age\" }", "", "23: the key `label` is missing"),
        (
            "name = \"age\"",
            "name = \"Age\"",
            "24: `Age` is not a name: small letters, digits, `_` and `-`, a letter first",
        ),
        (
            "name = \"age\"",
            "name = \"a-ge\"",
            "24: the variable name `a-ge` holds `-`, which a condition would read as minus; write `_`",
        ),
        (
            "grain = \"person-wave\"",
            "grain = \"persons\"",
            "3: `persons` is not possible for `grain`; possible: person, person-wave, repeat. The nearest name: `person`",
        ),
    ] {
        let problems = problems_of_change(PERSON, old, new);
        let first = problems.lines().find(|line| line.starts_with(PERSON)).unwrap_or_default();
        assert_eq!(first, format!("{PERSON}:{problem}"), "{new}");
    }
}

#[test]
fn names_are_given_once_and_exist() {
    let more =
        |text: &str| format!("[[section.variable]]\n{text}\nlabel = {{ fr = \"x\", en = \"x\" }}");
    for (text, problem) in [
        (
            "name = \"age\"\ntype = \"text\"",
            "small/forms/person.toml:23: the name `age` is given twice",
        ),
        (
            "name = \"age_missing\"\ntype = \"text\"",
            "small/forms/person.toml:45: the name `age_missing` is that of a column the program makes; choose another",
        ),
        (
            "name = \"x\"\ntype = \"text\"\nsince = \"w2\"",
            "small/forms/person.toml:48: unknown wave `w2`. The nearest name: `w1`",
        ),
        (
            "name = \"x\"\ntype = \"integer\"\ndefault = \"two\"",
            "small/forms/person.toml:48: default: this is not a possible value; a number is expected, in digits, such as 12 or 12.5",
        ),
    ] {
        assert_eq!(problems_of_more(PERSON, &more(text)), problem);
    }
    assert_eq!(
        problems_of_change("small/study.toml", "person = \"person_id\"", "person = \"persn_id\""),
        "small/study.toml:8: unknown variable `persn_id`. The nearest name: `person_id`"
    );
}

#[test]
fn conditions_of_variables_are_confronted_with_the_form() {
    for (key, text, problem) in [
        ("relevant", "agge > 1", "relevant: unknown variable `agge`. The nearest name: `age`"),
        ("relevant", "x > 1", "relevant: `x` cannot depend on itself"),
        (
            "required",
            "tenure = 'x'",
            "required: the code `x` is not in the list `tenure`. Codes: owner, tenant",
        ),
        (
            "constraint",
            "x > '1'",
            "constraint: `x` is a number, `'1'` is a text: they cannot be compared. Write a number without quotes, a yes or no without comparison: `x` or `NOT x`",
        ),
        (
            "calculation",
            "interview_date",
            "calculation: the result is a date, which the variable `x` of type integer cannot be",
        ),
        ("calculation", "age + y", "calculation: `x` depends on itself, by y"),
    ] {
        let more = format!(
            "[[section.variable]]\nname = \"x\"\ntype = \"integer\"\nlabel = {{ fr = \"x\", en = \"x\" }}\n{key} = \"{text}\"\n\
             [[section.variable]]\nname = \"y\"\ntype = \"integer\"\nlabel = {{ fr = \"y\", en = \"y\" }}\ncalculation = \"x\""
        );
        let problems = problems_of_more(PERSON, &more);
        let first = problems.lines().next().unwrap_or_default();
        assert_eq!(first, format!("{PERSON}:49: {problem}"), "{key} {text}");
    }
}

#[test]
fn a_skip_by_a_later_question_is_a_warning_only() {
    let problems = problems_of_change(
        PERSON,
        "type = \"integer\"",
        "type = \"integer\"\nrelevant = \"has_car\"",
    );
    assert_eq!(
        problems,
        "small/forms/person.toml:26: warning: relevant: `has_car` is asked later; the encoder cannot have answered it yet"
    );
}

#[test]
fn checks_and_groups_are_confronted_with_the_forms() {
    for (old, new, problem) in [
        (
            "form = \"person\"",
            "form = \"persn\"",
            "1: unknown form `persn`. The nearest name: `person`",
        ),
        (
            "\"has_car\"",
            "\"has_cat\"",
            "1: unknown variable `has_cat`. The nearest name: `has_car`",
        ),
        (
            "\"has_car\"",
            "\"spell_start\"",
            "1: the variable `spell_start` is not in the records of the form `person`",
        ),
        (
            "\"has_car\"",
            "",
            "5: `variables` must name at least one variable: the one where the finding stands",
        ),
        (
            "\"soft\"",
            "\"softe\"",
            "6: `softe` is not possible for `severity`; possible: hard, soft, info. The nearest name: `soft`",
        ),
        (
            "en = \"{ $label }: too young.\"",
            "en = \"Too young.\"",
            "8: the texts of `message` do not have the same holes in French and English: label",
        ),
        (
            "assert =",
            "when = \"age > tenure\"\nassert =",
            "1: when: `age` is a number, `tenure` is a category of the list `tenure`: they cannot be compared. Write a code in quotes: `x = '1'`",
        ),
    ] {
        assert_eq!(
            problems_of_change("small/checks.toml", old, new),
            format!("small/checks.toml:{problem}"),
            "{new}"
        );
    }
    assert_eq!(
        problems_of_change("small/groups.toml", "age BETWEEN", "aeg BETWEEN"),
        "small/groups.toml:4: condition: unknown variable `aeg`. The nearest name: `age`"
    );
}

#[test]
fn code_lists_are_whole_and_unique() {
    let list = "common/code-lists/tenure.csv";
    for (old, new, problem) in [
        (
            "tenant,locataire,tenant",
            "owner,locataire,tenant",
            "3: the code `owner` is in the list already",
        ),
        ("tenant,locataire,tenant", ",locataire,tenant", "3: this row has no code"),
        (
            "tenant,locataire,tenant",
            "tenant,locataire,",
            "3: the label label_en of the code `tenant` is missing",
        ),
        (
            "tenant,locataire,tenant",
            "tenant,locataire",
            "3: this row does not have 4 columns as the header has; check the quotes",
        ),
        ("label_en", "label_em", "1: the column `label_en` is missing"),
    ] {
        assert_eq!(problems_of_change(list, old, new), format!("{list}:{problem}"), "{new}");
    }
}

#[test]
fn what_nothing_uses_is_a_warning() {
    let mut files = files();
    files.add("small/forms/old.toml", "");
    files.add("small/code-lists/old.csv", "");
    files.add("common/code-lists/very_old.csv", "");
    files.add("other/code-lists/theirs.csv", "");
    assert_eq!(
        problems_of(&files),
        "common/code-lists/very_old.csv: warning: nothing uses this file\n\
         small/code-lists/old.csv: warning: nothing uses this file\n\
         small/forms/old.toml: warning: nothing uses this file"
    );
}

#[test]
fn variables_bring_their_checks_with_them() {
    let mut files = files();
    let text = files.get(PERSON).expect("a form").replace(
        "name = \"tenure\"\n",
        "name = \"tenure\"\nrequired = true\nrelevant = \"age >= 16\"\nconstraint = \"tenure <> 'owner' OR age > 17\"\n",
    );
    files.add(PERSON, text);
    let codebook = Codebook::open(&files, "small").expect("a good study").codebook;
    let checks: Vec<String> = codebook
        .checks
        .iter()
        .map(|check| {
            let (file, line) = &check.written_at;
            let when = check.when.as_deref().unwrap_or("-");
            format!(
                "{} {} {:?} {when} {file}:{line} {}",
                check.id,
                check.kind,
                check.severity,
                check.params.values().map(ToString::to_string).collect::<String>()
            )
        })
        .collect();
    assert_eq!(
        checks,
        [
            "child-has-no-car expression Soft - small/checks.toml:1 \"age >= 18 OR NOT has_car\"",
            "person_id.required required Hard - small/forms/person.toml:7 ",
            "wave.required required Hard - small/forms/person.toml:11 ",
            "partner.required required Hard - small/forms/person.toml:15 ",
            "tenure.required required Soft age >= 16 small/forms/person.toml:38 ",
            "tenure.skip skip Soft - small/forms/person.toml:39 \"age >= 16\"",
            "tenure.constraint expression Hard - small/forms/person.toml:40 \"tenure <> 'owner' OR age > 17\"",
        ]
    );
    assert_eq!(codebook.checks[0].severity, Severity::Soft);
}

#[test]
fn calculations_come_after_what_they_need() {
    let mut files = files();
    let variable = |name: &str, calculation: &str| {
        format!(
            "[[section.variable]]\nname = \"{name}\"\ntype = \"integer\"\nlabel = {{ fr = \"x\", en = \"x\" }}\ncalculation = \"{calculation}\"\n"
        )
    };
    let text = files.get(PERSON).expect("a form").to_owned()
        + &variable("third", "second + 1")
        + &variable("second", "first + age")
        + &variable("first", "age");
    files.add(PERSON, text);
    let codebook = Codebook::open(&files, "small").expect("a good study").codebook;
    let names: Vec<&str> = codebook
        .calculations()
        .iter()
        .map(|calculation| calculation.variable.name.as_str())
        .collect();
    assert_eq!(names, ["first", "second", "third"]);
}

#[test]
fn partners_and_waves_are_code_lists() {
    let codebook = super::small_study::codebook();
    let partner = codebook.variables(crate::Grain::PersonWave).nth(2).expect("the partner");
    let list = codebook.list_of(partner).expect("its list");
    assert_eq!(list.categories[0].code, "durbuy");
    assert_eq!(crate::ListIndex::new(list).find("cpas de durbuy"), Some(0));
}
