//! One code list as a text.

use std::collections::BTreeSet;

use catalyse_locale::{Language, Wording};

use super::line;
use crate::{CodeList, Codebook, Form};

const USED_BY: Wording = Wording::new("utilisée par", "used by");
const SOURCE: Wording = Wording::new("source", "source");

/// Returns the categories of a list, the variables that use it and its sources.
pub(super) fn show(codebook: &Codebook, list: &CodeList, language: Language) -> String {
    let users: Vec<&str> = codebook
        .forms
        .iter()
        .flat_map(Form::variables)
        .filter(|variable| variable.list.as_ref() == Some(&list.name))
        .map(|variable| variable.name.as_str())
        .collect();
    let sources: BTreeSet<&str> =
        list.categories.iter().map(|category| category.source.as_str()).collect();
    let mut text = format!("{}\n{}", list.name, categories(list, language));
    line(&mut text, language, &USED_BY, &users.join(", "));
    for source in sources {
        line(&mut text, language, &SOURCE, source);
    }
    text
}

/// Returns the codes with their labels, one line each.
pub(super) fn categories(list: &CodeList, language: Language) -> String {
    let width = list.categories.iter().map(|category| category.code.chars().count()).max();
    let width = width.unwrap_or(0);
    list.categories.iter().fold(String::new(), |text, category| {
        text + &format!("    {:width$}  {}\n", category.code, category.label.get(language))
    })
}
