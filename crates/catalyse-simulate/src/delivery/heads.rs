//! Heads of columns that name one variable only.

use std::collections::{BTreeMap, BTreeSet};

use catalyse_codebook::{Codebook, Form, Variable, VariableName};
use catalyse_locale::{Language, fold};

use crate::world::style::HeadWords;

/// Holds which variables each word names.
pub(crate) struct Heads {
    owners: BTreeMap<String, BTreeSet<VariableName>>,
}

impl Heads {
    /// Collects names, labels and aliases of all variables, and the heads that a category of several answers may have.
    pub(crate) fn new(codebook: &Codebook) -> Self {
        let mut owners: BTreeMap<String, BTreeSet<VariableName>> = BTreeMap::new();
        for variable in codebook.forms.iter().flat_map(Form::variables) {
            let mut add = |word: &str| {
                owners.entry(fold(word)).or_default().insert(variable.name.clone());
            };
            add(variable.name.as_str());
            variable.label.iter().for_each(|(_, label)| add(label));
            variable.aliases.iter().for_each(|alias| add(alias));
        }
        Self { owners }
    }

    /// Returns the head of a variable in the words of a partner; its name where those would mean another variable too.
    pub(crate) fn head(&self, variable: &Variable, words: HeadWords) -> String {
        let label = variable.label.get(Language::Fr);
        let wished: Vec<&str> = match words {
            HeadWords::Label => vec![label],
            HeadWords::Name => Vec::new(),
            HeadWords::Alias => {
                variable.aliases.iter().map(String::as_str).chain([label]).collect()
            }
        };
        let is_clear =
            |word: &&str| self.owners.get(&fold(word)).is_some_and(|owners| owners.len() == 1);
        let chosen = wished.into_iter().find(is_clear).unwrap_or(variable.name.as_str());
        let is_alias = words == HeadWords::Alias && chosen != variable.name.as_str();
        if is_alias { capitalised(chosen) } else { chosen.to_owned() }
    }
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
