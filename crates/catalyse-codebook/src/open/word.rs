//! Single words of a file: names that are valid by construction, and words of a closed set.

use catalyse_locale::{Args, Wording};

use super::table::Table;
use crate::{NotASlug, nearest};

const NOT_A_SLUG: Wording = Wording::new(
    "« { $name } » n'est pas un nom : lettres minuscules sans accent, chiffres, « _ » et « - », une lettre d'abord",
    "`{ $name }` is not a name: small letters, digits, `_` and `-`, a letter first",
);
const UNKNOWN_WORD: Wording = Wording::new(
    "« { $word } » n'est pas possible pour « { $key } » ; possibles : { $known }",
    "`{ $word }` is not possible for `{ $key }`; possible: { $known }",
);

/// Makes a name of a text, or notes that it is none.
pub(crate) fn slug<T>(
    table: &Table<'_, '_>,
    key: &str,
    text: &str,
    make: impl Fn(&str) -> Result<T, NotASlug>,
) -> Option<T> {
    make(text)
        .map_err(|_| {
            table.source.error(table.line_of(key), &NOT_A_SLUG, Args::new().text("name", text));
        })
        .ok()
}

/// Returns what a word means, or notes that it means nothing.
pub(crate) fn one_of<T: Copy>(
    table: &Table<'_, '_>,
    key: &str,
    word: &str,
    known: &[(&str, T)],
) -> Option<T> {
    let found = known.iter().find(|(name, _)| *name == word).map(|(_, meaning)| *meaning);
    if found.is_none() {
        let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
        unknown_word(table, key, word, &names);
    }
    found
}

/// Notes a word that means nothing, with those that do.
pub(crate) fn unknown_word(table: &Table<'_, '_>, key: &str, word: &str, known: &[&str]) {
    let args = Args::new().text("word", word).text("key", key).text("known", known.join(", "));
    let hint = nearest(word, known.iter().copied());
    table.source.error_with(table.line_of(key), UNKNOWN_WORD.with(args), hint);
}
