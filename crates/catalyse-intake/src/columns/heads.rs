//! Heads of columns: which variable, or which category of a variable with several answers, a head stands for.
//!
//! Names, labels in every language and aliases count, in that order, without case, accents and punctuation.

use std::collections::{BTreeMap, BTreeSet};

use catalyse_codebook::{Codebook, Grain, Storage, Variable, VariableName, nearest_names};
use catalyse_locale::{Label, fold};
use catalyse_records::Table;

/// Words for a variable, or for one of its categories by position.
type Words = Vec<(String, Option<u16>)>;

/// Holds every word that names a variable.
pub(crate) struct Heads<'a> {
    /// The variables of the study with the table each stands in.
    variables: Vec<(Table, &'a Variable)>,
    words: BTreeMap<String, Meaning>,
}

/// Says what a head stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Meaning {
    /// A variable, by its index.
    Variable(usize),
    /// One category of a variable with several answers: its index and the position of the category.
    Category(usize, u16),
}

impl Meaning {
    /// Returns the index of the variable.
    pub(crate) const fn variable(self) -> usize {
        match self {
            Self::Variable(index) | Self::Category(index, _) => index,
        }
    }
}

impl<'a> Heads<'a> {
    /// Collects the words of a study, and the heads that the sender's mapping adds.
    pub(crate) fn new(codebook: &'a Codebook, mapping: &BTreeMap<String, VariableName>) -> Self {
        let variables: Vec<(Table, &Variable)> = codebook
            .forms
            .iter()
            .flat_map(|form| {
                let table = match form.grain {
                    Grain::Person | Grain::PersonWave => Table::Main,
                    Grain::Repeat => Table::Repeat(form.name.clone()),
                };
                let variables = form.sections.iter().flat_map(|section| &section.variables);
                variables.map(move |variable| (table.clone(), variable))
            })
            .collect();
        let mut words = BTreeMap::new();
        let mapped = mapping.iter().filter_map(|(head, name)| {
            let index = variables.iter().position(|(_, variable)| variable.name == *name)?;
            Some((fold(head), Meaning::Variable(index)))
        });
        add(&mut words, mapped);
        let of_all = |words_of: fn(&Codebook, &Variable) -> Words| {
            let named = variables.iter().enumerate().flat_map(move |(index, (_, variable))| {
                words_of(codebook, variable).into_iter().map(move |(word, category)| {
                    let meaning = category.map_or(Meaning::Variable(index), |position| {
                        Meaning::Category(index, position)
                    });
                    (fold(&word), meaning)
                })
            });
            named.collect::<Vec<_>>()
        };
        add(&mut words, of_all(|_, variable| vec![(variable.name.to_string(), None)]));
        add(&mut words, of_all(category_words));
        add(
            &mut words,
            of_all(|_, variable| {
                variable.label.iter().map(|(_, label)| (label.to_owned(), None)).collect()
            }),
        );
        add(
            &mut words,
            of_all(|_, variable| {
                variable.aliases.iter().map(|alias| (alias.clone(), None)).collect()
            }),
        );
        words.remove("");
        Self { variables, words }
    }

    /// Returns what a head stands for. What stands in brackets at its end, a unit or a hint, need not be known.
    pub(crate) fn meaning(&self, head: &str) -> Option<Meaning> {
        if head.len() > 400 {
            return None;
        }
        let known = |text: &str| self.words.get(&fold(text)).copied();
        known(head).or_else(|| {
            let (name, rest) = head.split_once(['(', '['])?;
            rest.trim_end().ends_with([')', ']']).then(|| known(name)).flatten()
        })
    }

    /// Returns what a head stands for under a title that spans several heads: « transport » under « Obstacles », « Taille » under
    /// « Ménage », which a study calls « Taille du ménage ».
    pub(crate) fn meaning_under(&self, title: &str, head: &str) -> Option<Meaning> {
        // A mark or a small word adds nothing to the title, and is no head.
        if telling_words(&fold(head)).is_empty() {
            return None;
        }
        let direct = self.meaning(&format!("{title} {head}"));
        direct.or_else(|| self.meaning(head)).or_else(|| self.meaning_of_words(title, head))
    }

    /// Returns the one meaning whose words are those of title and head, in any order and without small words.
    fn meaning_of_words(&self, title: &str, head: &str) -> Option<Meaning> {
        if title.len() + head.len() > 400 {
            return None;
        }
        let both = fold(&format!("{title} {head}"));
        let wanted = telling_words(&both);
        let mut found: BTreeSet<Meaning> = BTreeSet::new();
        for (word, meaning) in &self.words {
            if telling_words(word) == wanted {
                found.insert(*meaning);
            }
        }
        if found.len() == 1 { found.pop_first() } else { None }
    }

    /// Returns the label of the variable whose name, label or alias is nearest to a head that is not known.
    pub(crate) fn nearest(&self, head: &str) -> Option<&'a Label> {
        const LONGEST: usize = 80;
        if head.len() > LONGEST {
            return None;
        }
        let folded = fold(head);
        let near = nearest_names(&folded, self.words.keys().map(String::as_str));
        let meaning = near.first().and_then(|word| self.words.get(*word))?;
        self.variable(meaning.variable()).map(|(_, variable)| &variable.label)
    }

    /// Returns a variable and its table.
    pub(crate) fn variable(&self, index: usize) -> Option<(&Table, &'a Variable)> {
        self.variables.get(index).map(|(table, variable)| (table, *variable))
    }

    /// Returns the index of a variable.
    pub(crate) fn position(&self, name: &VariableName) -> Option<usize> {
        self.variables.iter().position(|(_, variable)| variable.name == *name)
    }
}

/// Lists the words of a folded text that tell something, each once and sorted.
fn telling_words(folded: &str) -> BTreeSet<&str> {
    const SMALL: [&str; 21] = [
        "de", "du", "des", "la", "le", "les", "l", "d", "un", "une", "et", "au", "aux", "dans",
        "en", "par", "pour", "of", "the", "in", "a",
    ];
    folded.split(' ').filter(|word| !word.is_empty() && !SMALL.contains(word)).collect()
}

/// Adds words that are not known yet. A word that two meanings share names neither.
fn add(words: &mut BTreeMap<String, Meaning>, new: impl IntoIterator<Item = (String, Meaning)>) {
    let mut fresh: BTreeMap<String, Option<Meaning>> = BTreeMap::new();
    for (word, meaning) in new {
        fresh
            .entry(word)
            .and_modify(|known| *known = known.filter(|known| *known == meaning))
            .or_insert(Some(meaning));
    }
    for (word, meaning) in fresh {
        if let Some(meaning) = meaning {
            words.entry(word).or_insert(meaning);
        }
    }
}

/// Lists the heads of the columns of a variable with several answers: `obstacle__transport`, « Obstacles : transport ».
fn category_words(codebook: &Codebook, variable: &Variable) -> Words {
    let list =
        codebook.list_of(variable).filter(|_| variable.value_type.storage() == Storage::Codes);
    let categories = list.into_iter().flat_map(|list| &list.categories);
    let mut words = Vec::new();
    for (position, category) in categories.enumerate() {
        let position = Some(position as u16);
        words.push((format!("{}__{}", variable.name, category.code), position));
        for (language, label) in variable.label.iter() {
            words.push((format!("{label} {}", category.code), position));
            if let Some(word) = category.label.exact(language) {
                words.push((format!("{label} {word}"), position));
            }
        }
    }
    words
}
