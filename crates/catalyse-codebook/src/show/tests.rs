//! What a reader sees of a codebook.

use catalyse_locale::Language;

use crate::open::small_study::codebook;

#[test]
fn a_variable_is_shown_with_its_categories_and_checks() {
    let codebook = codebook();
    assert_eq!(
        codebook.show_name("tenure", Language::Fr).expect("a variable"),
        "tenure — Logement\n  \
         formulaire : person\n  \
         type : select_one — Une modalité d'une liste de codes : `select_one NOM_DE_LISTE`.\n  \
         motifs d'absence : refus de répondre\n    \
         owner   propriétaire\n    \
         tenant  locataire\n"
    );
    assert_eq!(
        codebook.show_name("has_car", Language::En).expect("a variable"),
        "has_car — Car\n  \
         form: person\n  \
         type: yes_no — Yes or no; a column ticked with `x` reads as yes.\n  \
         checks: child-has-no-car (to be confirmed)\n"
    );
}

#[test]
fn forms_lists_checks_and_groups_are_shown_by_name() {
    let codebook = codebook();
    let show = |name| codebook.show_name(name, Language::En).expect("known");
    assert_eq!(show("spells"), "spells — Jobs\n  Job\n    spell_start  Start (month)\n");
    assert_eq!(
        show("tenure"),
        codebook.show_name("tenure", Language::En).expect("the variable comes before its list")
    );
    assert_eq!(
        show("wave").lines().last(),
        Some("  checks: wave.required (blocking)"),
        "the variable, again"
    );
    assert_eq!(
        show("child-has-no-car"),
        "child-has-no-car — { $label }: too young.\n  \
         kind: expression (to be confirmed)\n  \
         variables: has_car (person)\n  \
         parameters: assert = \"age >= 18 OR NOT has_car\"\n  \
         written at: small/checks.toml:1\n"
    );
    assert_eq!(show("young"), "young — Young people\n  condition: age BETWEEN 18 AND 25\n");
}

#[test]
fn an_unknown_name_gets_the_nearest_one() {
    let unknown = codebook().show_name("tenur", Language::En).expect_err("unknown");
    assert_eq!(unknown.message.say(Language::En), "nothing is called `tenur` in this study");
    assert_eq!(
        unknown.hint.map(|hint| hint.say(Language::En)).as_deref(),
        Some("The nearest name: `tenure`")
    );
}

#[test]
fn the_whole_study_is_shown_form_by_form() {
    let shown = codebook().show(Language::Fr);
    assert!(
        shown.starts_with("small — Petite étude\n\nperson — Personne\n  Identité\n    person_id")
    );
    assert!(shown.ends_with("spells — Emplois\n  Emploi\n    spell_start  Début (month)\n"));
}
