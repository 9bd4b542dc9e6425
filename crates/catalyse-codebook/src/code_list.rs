//! Code lists: the categories a variable may have.

use catalyse_locale::Label;

use crate::ListName;

/// Holds a code list: the categories a variable may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeList {
    /// The name, `ethos_light_be`.
    pub name: ListName,
    /// The categories in order. The index is the physical code of a column.
    pub categories: Vec<Category>,
}

impl CodeList {
    /// Returns the index of a code.
    pub fn position(&self, code: &str) -> Option<usize> {
        self.categories.iter().position(|category| category.code == code)
    }
}

/// Holds one category of a code list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Category {
    /// The code as it is stored.
    pub code: String,
    /// The words for people.
    pub label: Label,
    /// Other words under which files speak of it.
    pub aliases: Vec<String>,
    /// The first day it is valid, ISO.
    pub valid_from: Option<String>,
    /// The last day it is valid, ISO.
    pub valid_to: Option<String>,
    /// Where it comes from.
    pub source: String,
}
