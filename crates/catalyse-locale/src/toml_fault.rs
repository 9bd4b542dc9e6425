//! Faults of a TOML file in people's words: what the parser calls them is English and for developers.

use crate::Label;

/// What the parser says, and what it means: the first line that fits counts.
const WORDS: [(&[&str], &str, &str); 12] = [
    (
        &["must be quoted", "missing opening quote"],
        "un texte s'écrit entre guillemets droits \"…\", jamais “…” ni «…»",
        "a text stands in straight quotes \"…\", never in “…” or «…»",
    ),
    (
        &["invalid basic string", "invalid literal string", "expected `\"`", "expected `'`"],
        "le guillemet fermant manque avant la fin de la ligne",
        "the closing quote is missing before the end of the line",
    ),
    (
        &["escape", "unicode"],
        "une barre oblique inverse dans un texte s'écrit deux fois : \\\\",
        "a backslash in a text is written twice: \\\\",
    ),
    (
        &["duplicate key"],
        "cette clé est déjà donnée dans le même bloc ; n'en garder qu'une",
        "this key is given in the same block already; keep only one",
    ),
    (
        &["missing comma", "expected `,`"],
        "il manque une virgule entre deux éléments",
        "a comma is missing between two elements",
    ),
    (
        &["expected `=`", "missing assignment"],
        "il manque « = » entre le nom de la clé et sa valeur",
        "`=` is missing between the name of the key and its value",
    ),
    (
        &["unclosed inline table", "expected `}`"],
        "il manque l'accolade fermante « } »",
        "the closing brace `}` is missing",
    ),
    (
        &["unclosed", "expected `]`", "expected `]]`"],
        "il manque le crochet fermant « ] »",
        "the closing bracket `]` is missing",
    ),
    (
        &["unexpected key or value", "unexpected content", "expected newline"],
        "il y a quelque chose de trop derrière la valeur : une ligne porte une clé et sa valeur",
        "there is something too much behind the value: a line holds one key and its value",
    ),
    (
        &["key"],
        "le nom de la clé manque ou a un signe de trop : lettres sans accent, chiffres, « _ » et « - »",
        "the name of the key is missing or holds a sign too much: plain letters, digits, `_` and `-`",
    ),
    (
        &["radix", "leading zero", "sign", "numbers", "digits"],
        "un nombre s'écrit en chiffres, avec un point avant les décimales et sans zéro devant",
        "a number is written in digits, with a point before decimals and no zero in front",
    ),
    (&["recurse"], "le bloc est trop imbriqué ; le partager", "the block is too nested; split it"),
];

/// Returns what a fault means: of the grammar, or of a value that is not what its key takes. The parser's own words stand behind it where
/// no others are known.
///
/// # Example
/// ```
/// use catalyse_locale::{Language, toml_fault};
/// let fault = toml_fault("missing field `id`");
/// assert_eq!(fault.get(Language::Fr), "la clé `id` manque");
/// ```
pub fn toml_fault(message: &str) -> Label {
    let said = message.replace('\n', ", ");
    let known = WORDS.iter().find(|(needles, ..)| needles.iter().any(|one| said.contains(one)));
    match (of_value(&said), known) {
        (Some(of_value), _) => of_value,
        (None, Some((_, fr, en))) => Label::new(*fr, *en),
        (None, None) => Label::new(
            format!("la ligne n'est pas du TOML ({said})"),
            format!("the line is not TOML ({said})"),
        ),
    }
}

/// Returns what is said of a value that does not fit: a key that is not there, a word that is none of the known ones, another type.
fn of_value(said: &str) -> Option<Label> {
    let quoted = |text: &str| text.split('`').nth(1).map(str::to_owned);
    if let Some(rest) = said.strip_prefix("missing field ") {
        let key = quoted(rest)?;
        return Some(Label::new(
            format!("la clé `{key}` manque"),
            format!("the key `{key}` is missing"),
        ));
    }
    if let Some(rest) = said.strip_prefix("unknown variant ") {
        let (word, known) = (quoted(rest)?, rest.split_once("expected ")?.1);
        let known = known.trim_start_matches("one of ").replace("` or `", "`, `");
        return Some(Label::new(
            format!("`{word}` n'est pas possible ici ; possibles : {known}"),
            format!("`{word}` is not possible here; possible: {known}"),
        ));
    }
    let (given, expected) = said.strip_prefix("invalid type: ")?.split_once(", expected ")?;
    let sort = |text: &str| SORTS.iter().find(|(word, ..)| text.contains(word));
    let (_, given_fr, given_en) = sort(given)?;
    let (_, fr, en) = sort(expected)?;
    Some(Label::new(
        format!("il faut {fr}, et la clé a {given_fr}"),
        format!("the key takes {en}, and has {given_en}"),
    ))
}

/// What the parser calls the sort of a value, and what people do.
const SORTS: [(&str, &str, &str); 7] = [
    ("bool", "`true` ou `false`", "`true` or `false`"),
    ("string", "un texte entre guillemets", "a text in quotes"),
    ("integer", "un nombre entier", "a whole number"),
    ("u64", "un nombre entier", "a whole number"),
    ("float", "un nombre", "a number"),
    ("sequence", "une liste entre crochets `[…]`", "a list in brackets `[…]`"),
    ("map", "un bloc `{ … }`", "a block `{ … }`"),
];

#[cfg(test)]
mod tests {
    use super::toml_fault;
    use crate::Language;

    #[test]
    fn a_value_that_does_not_fit_is_told_with_what_would() {
        let said = |message: &str| {
            let fault = toml_fault(message);
            [Language::Fr, Language::En].map(|language| fault.get(language).to_owned())
        };
        assert_eq!(
            said("unknown variant `lst`, expected one of `last`, `first`, `each`"),
            [
                "`lst` n'est pas possible ici ; possibles : `last`, `first`, `each`",
                "`lst` is not possible here; possible: `last`, `first`, `each`",
            ]
        );
        assert_eq!(
            said("invalid type: string \"oui\", expected a boolean"),
            [
                "il faut `true` ou `false`, et la clé a un texte entre guillemets",
                "the key takes `true` or `false`, and has a text in quotes",
            ]
        );
        assert_eq!(
            said("invalid type: string \"oui\", expected a sequence")[1],
            "the key takes a list in brackets `[…]`, and has a text in quotes"
        );
    }

    #[test]
    fn words_that_nobody_knows_stand_as_they_are() {
        let fault = toml_fault("something\nelse");
        assert_eq!(fault.get(Language::En), "the line is not TOML (something, else)");
    }
}
