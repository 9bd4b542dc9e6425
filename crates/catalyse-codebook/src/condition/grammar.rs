//! Faults of a condition's grammar in people's words, with the place in the condition and, where it is known, what was meant.

use catalyse_locale::{Args, Label, Message, Wording};

use super::Fault;

const NOT_SQL: Wording = Wording::new(
    "la condition ne se lit pas à partir de « { $excerpt } » (signe { $column }) : { $reason }",
    "the condition cannot be read from `{ $excerpt }` on (character { $column }): { $reason }",
);
const NOTHING: Wording = Wording::new(
    "la condition est vide ou s'arrête trop tôt : { $reason }",
    "the condition is empty or ends too early: { $reason }",
);
const MEANT: Wording = Wording::new("Écrire { $word }", "Write { $word }");

/// What people write, and what SQL calls it.
const WORDS: [(&str, &str); 9] = [
    ("et", "AND"),
    ("ou", "OR"),
    ("non", "NOT"),
    ("pas", "NOT"),
    ("dans", "IN"),
    ("entre", "BETWEEN … AND …"),
    ("vide", "IS NULL"),
    ("&", "AND"),
    ("|", "OR"),
];

/// What the parser expects, and what it means.
const EXPECTED: [(&str, &str, &str); 7] = [
    (
        "an expression",
        "un nom de variable, un nombre ou un texte entre apostrophes",
        "a variable's name, a number or a text between apostrophes",
    ),
    ("literal string", "un texte entre apostrophes : 'code'", "a text between apostrophes: 'code'"),
    ("(", "une parenthèse ouvrante « ( »", "an opening bracket `(`"),
    (")", "une parenthèse fermante « ) »", "a closing bracket `)`"),
    ("AND", "AND, comme dans BETWEEN 1 AND 5", "AND, as in BETWEEN 1 AND 5"),
    ("end", "END à la fin de CASE", "END at the end of CASE"),
    (
        "Unterminated string literal",
        "une apostrophe fermante « ' » derrière le texte",
        "a closing apostrophe `'` behind the text",
    ),
];

/// Makes the fault of what the parser says of a condition.
pub(super) fn of_parser(text: &str, said: &str) -> Fault {
    let (said, column) = match said.split_once(" at Line: ") {
        Some((said, place)) => (said, place.split("Column: ").nth(1)),
        None => (said, None),
    };
    let column = column.and_then(|column| column.trim().parse::<usize>().ok());
    let expected = said.split_once("Expected: ").map_or(said, |(_, expected)| expected);
    let expected = expected.split(", found").next().unwrap_or_default().to_lowercase();
    let known = EXPECTED.iter().find(|(needle, ..)| expected.contains(&needle.to_lowercase()));
    let reason = match known {
        Some((_, fr, en)) => Label::new(format!("on y attend {fr}"), format!("{en} is expected")),
        None => Label::new(
            "on n'y attend pas cela ; voir les conditions permises dans schemas/README.md",
            "this is not expected there; see which conditions are allowed in schemas/README.md",
        ),
    };
    at(text, column, &reason)
}

/// Makes the fault of what stands behind the end of a condition.
pub(super) fn of_rest(text: &str, column: u64) -> Fault {
    let reason = Label::new(
        "la condition est finie avant cela ; relier les deux par AND ou OR",
        "the condition is over before this; join the two by AND or OR",
    );
    at(text, usize::try_from(column).ok(), &reason)
}

fn at(text: &str, column: Option<usize>, reason: &Label) -> Fault {
    const LONGEST: usize = 40;
    let args = Args::new().label("reason", reason);
    let column = column.filter(|column| (1..=text.chars().count()).contains(column));
    let Some(column) = column else {
        return Fault { message: NOTHING.with(args), hint: None };
    };
    let rest: String = text.chars().skip(column - 1).collect();
    let mut excerpt: String = rest.chars().take(LONGEST).collect();
    if excerpt.len() < rest.len() {
        excerpt.push('…');
    }
    let args = args.text("excerpt", excerpt).text("column", column.to_string());
    Fault { message: NOT_SQL.with(args), hint: meant(&rest) }
}

/// Offers what SQL calls the word at the beginning of a text.
fn meant(rest: &str) -> Option<Message> {
    let word = rest.split_whitespace().next()?.to_lowercase();
    let known =
        WORDS.iter().find(|(own, _)| *own == word || own.len() == 1 && word.starts_with(own));
    known.map(|(_, sql)| MEANT.with(Args::new().text("word", format!("`{sql}`"))))
}
