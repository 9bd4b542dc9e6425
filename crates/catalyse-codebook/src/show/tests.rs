//! What a reader sees of a codebook.

use catalyse_locale::Language;

use crate::open::small_study::codebook;

#[test]
fn a_variable_is_shown_with_its_categories_and_checks() {
    let codebook = codebook();
    assert_eq!(
        codebook.show(Some("tenure"), Language::Fr, &|_| None).expect("a variable"),
        "tenure — Logement\n  \
         formulaire : person\n  \
         type : select_one — Une modalité d'une liste de codes : `select_one NOM_DE_LISTE`.\n  \
         motifs d'absence : refus de répondre\n    \
         owner   propriétaire\n    \
         tenant  locataire\n"
    );
    assert_eq!(
        codebook.show(Some("has_car"), Language::En, &|_| None).expect("a variable"),
        "has_car — Car\n  \
         form: person\n  \
         type: yes_no — Yes or no; a column ticked with `x` reads as yes.\n  \
         checks: child-has-no-car (to be confirmed)\n"
    );
}

#[test]
fn forms_lists_checks_and_groups_are_shown_by_name() {
    let codebook = codebook();
    let show = |name| codebook.show(Some(name), Language::En, &|_| None).expect("known");
    assert_eq!(show("spells"), "spells — Jobs\n  Job\n    spell_start  Start (month)\n");
    assert_eq!(
        show("tenure"),
        codebook
            .show(Some("tenure"), Language::En, &|_| None)
            .expect("the variable comes before its list")
    );
    assert_eq!(
        show("wave").lines().last(),
        Some("  checks: wave.required (blocking)"),
        "the variable, again"
    );
    assert_eq!(
        show("child-has-no-car"),
        "child-has-no-car — Car: too young.\n  \
         kind: expression (to be confirmed)\n  \
         variables: has_car (person)\n  \
         parameters: assert = \"age >= 18 OR NOT has_car\"\n  \
         written at: small/checks.toml:1\n"
    );
    assert_eq!(show("young"), "young — Young people\n  condition: age BETWEEN 18 AND 25\n");
}

#[test]
fn an_unknown_name_gets_the_nearest_one() {
    let codebook = codebook();
    assert_eq!(codebook.show(Some("tenur"), Language::En, &|_| None), None);
    assert_eq!(
        codebook.nearest_names("tenur").map(|hint| hint.say(Language::En)).as_deref(),
        Some("The nearest name: `tenure`")
    );
    assert_eq!(codebook.nearest_names("zzzzzzz"), None);
}

#[test]
fn the_whole_study_is_shown_form_by_form() {
    let shown = codebook().show(None, Language::Fr, &|_| None).expect("all");
    assert!(
        shown.starts_with("small — Petite étude\n\nperson — Personne\n  Identité\n    person_id")
    );
    assert!(shown.contains("spells — Emplois\n  Emploi\n    spell_start  Début (month)\n\n"));
    assert!(
        shown.contains(
            "contrôles (`codebook show NOM` dit ce que l'un d'eux cherche)\n  Personne\n    child-has-no-car  expression (à vérifier)\n"
        ),
        "{shown}"
    );
    assert!(shown.contains("groupes cibles\n    young  "), "{shown}");
}

#[test]
fn a_study_is_shown_by_its_name_with_what_it_holds() {
    let codebook = codebook();
    let show = |language| codebook.show(Some("small"), language, &|_| None).expect("the study");
    assert_eq!(
        show(Language::Fr),
        "small — Petite étude\n  \
         champ : personnes suivies\n  \
         partenaires : Durbuy (durbuy)\n  \
         vagues : Vague 1 (w1)\n  \
         formulaires : person (9), spells (1)\n  \
         variables : 10, dont 0 calculée\n  \
         listes de codes : 5\n  \
         contrôles : 4\n  \
         groupes cibles : young\n  \
         politique : partnership\n"
    );
    assert!(show(Language::En).contains("\n  variables: 10, of which 0 calculated\n"));
}
