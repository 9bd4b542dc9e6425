//! What people get to read who are new to TOML, SQL and CSV: where, what, what to do, in both languages and without consequences.

use catalyse_locale::Language;

use super::small_study::{STUDY, files, problems_of, problems_of_change};
use crate::{Codebook, SchemaFiles};

const PERSON: &str = "small/forms/person.toml";

/// Returns what is said in French of a study with one change.
fn in_french(path: &str, old: &str, new: &str) -> String {
    let mut files = files();
    let text = files.get(path).expect("a file").replacen(old, new, 1);
    files.add(path.to_owned(), text);
    let problems = Codebook::open(&files, "small").expect_err("a fault");
    problems.say(Language::Fr).trim_end().to_owned()
}

#[test]
fn faults_of_grammar_are_told_with_line_column_and_text_in_both_languages() {
    for (new, fr, en) in [
        (
            "name = \"age",
            "colonne 12, « name = \"age » : le guillemet fermant manque avant la fin de la ligne",
            "column 12, `name = \"age`: the closing quote is missing before the end of the line",
        ),
        (
            "name = “age”",
            "colonne 8, « name = “age” » : un texte s'écrit entre guillemets droits \"…\", jamais “…” ni «…»",
            "column 8, `name = “age”`: a text stands in straight quotes \"…\", never in “…” or «…»",
        ),
        (
            "name \"age\"",
            "colonne 6, « name \"age\" » : il manque « = » entre le nom de la clé et sa valeur",
            "column 6, `name \"age\"`: `=` is missing between the name of the key and its value",
        ),
        (
            "name = \"age\"\nname = \"age\"",
            "colonne 1, « name = \"age\" » : cette clé est déjà donnée dans le même bloc ; n'en garder qu'une",
            "column 1, `name = \"age\"`: this key is given in the same block already; keep only one",
        ),
    ] {
        let line = if new.contains('\n') { 25 } else { 24 };
        let said = in_french(PERSON, "name = \"age\"", new);
        assert_eq!(said.lines().next(), Some(format!("{PERSON}:{line}: {fr}").as_str()), "{new}");
        let said = problems_of_change(PERSON, "name = \"age\"", new);
        assert_eq!(said.lines().next(), Some(format!("{PERSON}:{line}: {en}").as_str()), "{new}");
    }
}

#[test]
fn a_type_that_cannot_be_makes_no_unknown_variable() {
    let said = problems_of_change(PERSON, "type = \"yes_no\"", "type = \"oui_non\"");
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(said.contains("`oui_non` is not possible for `type`"), "{said}");
}

#[test]
fn no_two_partners_go_by_one_word_and_there_must_be_some() {
    let second = "[[partner]]\nid = \"nord\"\nlabel = { fr = \"Nord\", en = \"North\" }\naliases = [\"CPAS DE DURBUY\"]\n[[wave]]";
    assert_eq!(
        in_french("small/study.toml", "[[wave]]", second),
        "small/study.toml:17: « CPAS DE DURBUY » désigne déjà « durbuy » : un fichier qui porte ce mot ne dirait pas lequel des deux. Le retirer de l'un"
    );
    assert_eq!(
        problems_of_change("small/study.toml", "[[wave]]", second),
        "small/study.toml:17: `CPAS DE DURBUY` stands for `durbuy` already: a file with this word would not say which of the two. Remove it from one"
    );
    let (start, rest) = STUDY.split_once("[[partner]]").expect("a partner");
    let (_, wave) = rest.split_once("[[wave]]").expect("a wave");
    let mut files = files();
    files.add("small/study.toml", format!("{start}[[wave]]{wave}"));
    assert_eq!(
        problems_of(&files),
        "small/study.toml: the study has no partner; add [[partner]] with id and label"
    );
}

#[test]
fn a_list_with_semicolons_is_read_and_that_is_told() {
    let path = "common/code-lists/tenure.csv";
    let with_semicolons = |files: &SchemaFiles| {
        files.get(path).map(|text| text.replace(',', ";")).unwrap_or_default()
    };
    let mut files = files();
    let text = with_semicolons(&files);
    assert!(text.starts_with("code;label_fr"), "{text}");
    files.add(path, text);
    let opened = Codebook::open(&files, "small").expect("a study");
    let tenure = opened.codebook.code_lists.values().find(|list| list.name.as_str() == "tenure");
    assert_eq!(tenure.map(|list| list.categories.len()), Some(2));
    assert_eq!(
        opened.warnings.say(Language::En),
        "common/code-lists/tenure.csv:1: warning: the columns are parted by `;`, as Excel writes them in French; the list was read so. Save it with commas so that other programs read it too\n"
    );
}
