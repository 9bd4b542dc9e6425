//! Conditions: SQL in; engine SQL, canonical text or faults out.

use catalyse_locale::Language;

use super::{Condition, Row};
use crate::FormName;
use crate::open::small_study::codebook;

fn parse(text: &str) -> Result<Condition, String> {
    let codebook = codebook();
    let form = FormName::new("person").expect("a slug");
    Condition::parse(text, &Row::of_form(&codebook, &form)).map_err(|faults| {
        let says = faults.into_iter().map(|fault| {
            let hint = fault.hint.map(|hint| format!(" [{}]", hint.say(Language::En)));
            fault.message.say(Language::En) + &hint.unwrap_or_default()
        });
        says.collect::<Vec<_>>().join("\n")
    })
}

#[test]
fn conditions_are_written_for_the_engine() {
    for (text, sql) in [
        ("age >= 18", r#""age" >= 18"#),
        ("has_car", r#""has_car""#),
        ("NOT has_car AND age < 18", r#"(NOT "has_car") AND ("age" < 18)"#),
        ("tenure IN ('owner')", r#""tenure" = 'owner'"#),
        ("tenure IN ('owner', 'tenant')", r#"("tenure" = 'owner') OR ("tenure" = 'tenant')"#),
        ("age NOT IN (1, 2)", r#"("age" <> 1) AND ("age" <> 2)"#),
        ("age BETWEEN 18 AND 25", r#"("age" >= 18) AND ("age" <= 25)"#),
        ("NOT age BETWEEN 1 AND 2", r#"NOT (("age" >= 1) AND ("age" <= 2))"#),
        ("health > '1'", r#""health" > '1'"#),
        ("health BETWEEN '1' AND '2'", r#"("health" >= '1') AND ("health" <= '2')"#),
        ("interview_date <= '2024-05-31'", r#""interview_date" <= CAST(19874 AS DATE)"#),
        ("interview_date > DATE '2024-05-31'", r#""interview_date" > CAST(19874 AS DATE)"#),
        (
            "COALESCE(interview_date, '2024-01-01') < '2024-05-31'",
            r#"COALESCE("interview_date", CAST(19723 AS DATE)) < CAST(19874 AS DATE)"#,
        ),
        ("tenure_missing = 'refused'", r#""tenure_missing" = 'refused'"#),
        ("means__bus OR means IS NULL", r#""means__bus" OR ("means__car" IS NULL)"#),
        (
            "EXTRACT(YEAR FROM interview_date) - age > 1900",
            r#"(CAST(EXTRACT(YEAR FROM "interview_date") AS BIGINT) - "age") > 1900"#,
        ),
        (
            "CASE WHEN age < 18 THEN 0 ELSE GREATEST(age, 2) END = ABS(-3)",
            r#"(CASE WHEN "age" < 18 THEN 0 ELSE GREATEST("age", 2) END) = ABS(-3)"#,
        ),
        ("CASE tenure WHEN 'owner' THEN TRUE END", r#"CASE WHEN "tenure" = 'owner' THEN TRUE END"#),
        ("CAST(age / 10 AS INTEGER) = 2", r#"CAST("age" / 10 AS BIGINT) = 2"#),
        ("10 / age > 2", r#"(10 / NULLIF("age", 0)) > 2"#),
        ("(age + 1) * 2 <= 10.5", r#"(("age" + 1) * 2) <= 10.5"#),
        ("person_id <> 'it''s'", r#""person_id" <> 'it''s'"#),
    ] {
        assert_eq!(
            parse(text).map(|condition| condition.to_engine_sql()).as_deref(),
            Ok(sql),
            "{text}"
        );
    }
}

#[test]
fn slips_of_the_pen_are_told_with_what_was_meant() {
    for (text, fault) in [
        ("tenure = owner", "unknown variable `owner` [A code stands in apostrophes: 'owner']"),
        (
            "tenure <> \"tenant\"",
            "unknown variable `tenant` [A code stands in apostrophes: 'tenant']",
        ),
        (
            "age BETWEEN 65 AND 18",
            "nothing is between 65 and 18: the lower end comes first, BETWEEN 18 AND 65",
        ),
        ("age / 0 > 1", "a division by zero never gives a value"),
    ] {
        assert_eq!(parse(text).map(|condition| condition.text), Err(fault.to_owned()), "{text}");
    }
}

#[test]
fn what_cannot_be_is_said_with_what_can() {
    for (text, fault) in [
        ("agge > 1", "unknown variable `agge` [The nearest name: `age`]"),
        ("age + 1", "the condition must be true or false; this one is a number"),
        (
            "tenure = 'ownr'",
            "the code `ownr` is not in the list `tenure` [The nearest name: `owner`]",
        ),
        (
            "tenure IN ('owner', 'x')",
            "the code `x` is not in the list `tenure` [Codes: owner, tenant]",
        ),
        (
            "tenure > 'owner'",
            "`tenure` has no order and is compared by = and <> only; write appearance = \"ordered\" if the order of the list is one",
        ),
        (
            "age = '18'",
            "`age` is a number, `'18'` is a text: they cannot be compared [Write a number without quotes, a yes or no without comparison: `x` or `NOT x`]",
        ),
        (
            "tenure = 1",
            "`tenure` is a category of the list `tenure`, `1` is a number: they cannot be compared [Write a code in quotes: `x = '1'`]",
        ),
        (
            "interview_date > 2024",
            "`interview_date` is a date, `2024` is a number: they cannot be compared",
        ),
        ("interview_date > '2024-02-30'", "`2024-02-30` is not a day such as DATE '2024-01-01'"),
        (
            "interview_date - 1 > 2",
            "`interview_date` is a date; here a number is needed [To reckon with dates: `EXTRACT(YEAR FROM x)`]",
        ),
        (
            "tenure = health",
            "`tenure` is a category of the list `tenure`, `health` is a category of the list `health`: they cannot be compared [Write a code in quotes: `x = '1'`]",
        ),
        (
            "means = 'bus'",
            "`means` is a multiple choice; write `means__car` for one of its categories",
        ),
        ("means__buss", "the code `buss` is not in the list `means` [The nearest name: `bus`]"),
        (
            "tenure_missing = 'refuse'",
            "`refuse` is not a missing reason; reasons: not_asked, not_applicable, refused, unknown, illegible, to_check [The nearest name: `refused`]",
        ),
        (
            "spell_start > 1",
            "the variable `spell_start` is in the records of another form, `spells`",
        ),
        ("age AND has_car", "`age` is a number; here a yes or no is needed"),
        (
            "CASE WHEN has_car THEN age ELSE interview_date END = 1",
            "`interview_date` gives a date here and a number there",
        ),
        (
            "GREATEST(has_car, TRUE)",
            "`GREATEST` chooses among numbers or dates; here it is a yes or no",
        ),
        ("ABS(age, 1) = 1", "`ABS` does not have the right number of arguments"),
    ] {
        assert_eq!(parse(text).map(|condition| condition.text), Err(fault.to_owned()), "{text}");
    }
}

#[test]
fn faults_of_grammar_are_said_with_their_place() {
    for (text, fault) in [
        (
            "age > ",
            "the condition is empty or ends too early: a variable's name, a number or a text between apostrophes is expected",
        ),
        (
            "age > 1 age",
            "the condition cannot be read from `age` on (character 9): the condition is over before this; join the two by AND or OR",
        ),
        (
            "age > 1 et has_car",
            "the condition cannot be read from `et has_car` on (character 9): the condition is over before this; join the two by AND or OR [Write `AND`]",
        ),
        (
            "age IN (1, 2",
            "the condition is empty or ends too early: a closing bracket `)` is expected",
        ),
        (
            "tenure = 'owner",
            "the condition cannot be read from `'owner` on (character 10): a closing apostrophe `'` behind the text is expected",
        ),
    ] {
        assert_eq!(parse(text).map(|condition| condition.text), Err(fault.to_owned()), "{text}");
    }
}

#[test]
fn sql_that_is_not_for_conditions_is_refused_with_what_is() {
    for text in [
        "age IN (SELECT 1)",
        "person_id LIKE 'a%'",
        "SUM(age) > 1",
        "UPPER(person_id) = 'A'",
        "age::text = '1'",
        "EXISTS (SELECT 1)",
        "age IS DISTINCT FROM 1",
        "EXTRACT(DOW FROM interview_date) = 1",
        "CAST(tenure AS INTEGER) = 1",
        "person.age = 1",
        "age % 2 = 0",
    ] {
        let fault = parse(text).expect_err(text);
        assert!(fault.contains("is not allowed; allowed: ="), "{text}: {fault}");
    }
}

#[test]
fn hostile_texts_end_in_a_fault() {
    let deep = format!("{}age = 1{}", "(".repeat(1_900), ")".repeat(1_900));
    let negated = format!("{}has_car", "NOT ".repeat(980));
    let sums = format!("age{} = 1", " + 1".repeat(900));
    let too_long = format!("age = 1{}", " ".repeat(9_000));
    for text in [deep, negated, sums, too_long] {
        assert!(parse(&text).is_err());
    }
    let long_chain = format!("age = 1{}", " OR age = 2".repeat(350));
    assert!(parse(&long_chain).is_ok(), "a chain is long, not deep");
}

#[test]
fn all_faults_of_a_condition_are_told_at_once() {
    let faults = parse("agge > 1 AND tenure = 'x' AND agge > 1").expect_err("faults");
    assert_eq!(
        faults,
        "unknown variable `agge` [The nearest name: `age`]\n\
         the code `x` is not in the list `tenure` [Codes: owner, tenant]"
    );
}

#[test]
fn conditions_that_say_the_same_have_one_canonical_text() {
    for (one, other) in [
        ("age >= 18 AND has_car", "has_car AND 18 <= age"),
        ("age BETWEEN 18 AND 25", "age <= 25 AND age >= 18"),
        ("tenure IN ('owner','tenant')", "tenure = 'tenant' OR tenure = 'owner'"),
        ("NOT (NOT has_car)", "has_car"),
        ("NOT (age < 18 OR has_car)", "age >= 18 AND NOT has_car"),
        ("(age > 1 AND has_car) AND age > 1", "has_car AND age > 1"),
        ("NOT age IS NULL", "age IS NOT NULL"),
    ] {
        let canonical = |text| parse(text).map(|condition| condition.canonical());
        assert_eq!(canonical(one), canonical(other), "{one}");
    }
    let canonical = |text| parse(text).map(|condition| condition.canonical());
    assert_ne!(canonical("age > 18"), canonical("age >= 18"));
}

#[test]
fn a_condition_names_its_variables() {
    let condition = parse("tenure_missing = 'refused' OR means__bus AND age > 1").expect("fine");
    let names: Vec<&str> = condition.variables.iter().map(crate::VariableName::as_str).collect();
    assert_eq!(names, ["age", "means", "tenure"]);
}

#[test]
fn what_is_always_empty_is_refused_and_a_comparison_with_null_says_what_to_write() {
    let empty = "the expression is always empty (NULL): it says nothing of any record. Write it with a variable, or remove it";
    let compared =
        "a comparison with NULL is never true or false; write `age IS NULL` or `age IS NOT NULL`";
    for (text, fault) in [
        ("NULL", empty),
        ("CASE WHEN has_car THEN NULL ELSE NULL END", empty),
        ("age = NULL", compared),
        ("NULL <> age", compared),
        ("NOT (age IN (1, NULL))", compared),
        ("age BETWEEN 1 AND NULL", compared),
        ("CASE age WHEN NULL THEN TRUE END", compared),
    ] {
        assert_eq!(parse(text).map(|condition| condition.text), Err(fault.to_owned()), "{text}");
    }
    assert!(parse("has_car OR NULL").is_ok());
}
