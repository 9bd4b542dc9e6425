//! What a text may mean in a list that is searched: the categories in whose words it is a part, whatever the case and accents.

use catalyse_codebook::{Category, Codebook, Variable, Widget};
use catalyse_locale::{Args, Language, Message, Wording, fold};

use super::is_long;

const SEVERAL: Wording = Wording::new(
    "plusieurs réponses de la liste conviennent : { $names }. Tapez la suite du nom, ou le code",
    "several answers of the list fit: { $names }. Type more of the name, or the code",
);

/// Fewer letters are in too many names.
const FEWEST_LETTERS: usize = 2;
/// So many names are told.
const MOST_NAMES: usize = 4;

/// Says whether a variable's answer is searched by its words.
pub(crate) fn is_searched(codebook: &Codebook, variable: &Variable) -> bool {
    match variable.value_type.widget() {
        Widget::Search => true,
        Widget::Choice => is_long(codebook, variable),
        Widget::Line
        | Widget::Lines
        | Widget::Number
        | Widget::Choices
        | Widget::Date
        | Widget::Month => false,
    }
}

/// Lists what a text may mean: first what begins with it. Nothing for a variable whose list is not searched.
pub(crate) fn matching<'c>(
    codebook: &'c Codebook,
    variable: &Variable,
    text: &str,
) -> Vec<&'c Category> {
    let wanted = plain(text.trim());
    let list = codebook.list_of(variable).filter(|_| is_searched(codebook, variable));
    let Some(list) = list.filter(|_| wanted.chars().count() >= FEWEST_LETTERS) else {
        return Vec::new();
    };
    let words = |category: &Category| -> Vec<String> {
        let labels = category.label.iter().map(|(_, label)| plain(label));
        labels.chain(category.aliases.iter().map(|alias| plain(alias))).collect()
    };
    let begins = |category: &Category| {
        category.code.starts_with(text.trim())
            || words(category).iter().any(|words| words.starts_with(&wanted))
    };
    let has = |category: &Category| words(category).iter().any(|words| words.contains(&wanted));
    let (first, rest): (Vec<&Category>, Vec<&Category>) =
        list.categories.iter().filter(|one| begins(one) || has(one)).partition(|one| begins(one));
    first.into_iter().chain(rest).collect()
}

/// Returns a text without case and accents; hyphens and apostrophes are as blanks.
fn plain(text: &str) -> String {
    fold(text).replace(['-', '\'', '’'], " ")
}

/// Says that a text may mean several categories.
pub(super) fn several(matches: &[&Category]) -> Message {
    let names = matches.iter().take(MOST_NAMES).map(|one| one.label.get(Language::Fr));
    let mut names = names.collect::<Vec<_>>().join(", ");
    if matches.len() > MOST_NAMES {
        names.push_str(", …");
    }
    SEVERAL.with(Args::new().text("names", names))
}
