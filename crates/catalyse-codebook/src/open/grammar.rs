//! Faults of a TOML file's grammar in people's words: what the parser calls them is English and for developers.

use catalyse_locale::Label;

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

/// Returns what a fault means. The parser's own words stand behind it where no others are known.
pub(crate) fn reason(message: &str) -> Label {
    let said = message.replace('\n', ", ");
    let known = WORDS.iter().find(|(needles, ..)| needles.iter().any(|one| said.contains(one)));
    match known {
        Some((_, fr, en)) => Label::new(*fr, *en),
        None => Label::new(
            format!("la ligne n'est pas du TOML ({said})"),
            format!("the line is not TOML ({said})"),
        ),
    }
}
