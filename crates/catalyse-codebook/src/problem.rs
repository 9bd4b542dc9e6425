//! Problems: what is wrong with a schema, with the file and line it stands at.

use std::fmt;

use catalyse_locale::{Args, Language, Message, Wording};

/// Says how bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gravity {
    /// The study cannot be opened (*erreur*).
    Error,
    /// The study can be opened, but something is probably not meant (*avertissement*).
    Warning,
}

/// Holds one problem of a schema.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// The file, `integra/study.toml`.
    pub file: String,
    /// The line, from 1; 0 if the whole file is meant.
    pub line: usize,
    /// Whether it stops the study.
    pub gravity: Gravity,
    /// What is wrong.
    pub message: Message,
    /// What to do.
    pub hint: Option<Message>,
}

impl Problem {
    /// Makes a problem that stops the study.
    pub fn error(file: impl Into<String>, line: usize, message: Message) -> Self {
        Self { file: file.into(), line, gravity: Gravity::Error, message, hint: None }
    }

    /// Makes a problem that does not stop the study.
    pub fn warning(file: impl Into<String>, line: usize, message: Message) -> Self {
        Self { gravity: Gravity::Warning, ..Self::error(file, line, message) }
    }

    /// Adds what to do.
    #[must_use]
    pub fn with_hint(self, hint: Option<Message>) -> Self {
        Self { hint, ..self }
    }

    /// Returns the problem in one line: `integra/checks.toml:12: unknown variable `agge`. Nearest: `age``.
    pub fn say(&self, language: Language) -> String {
        const WARNING: Wording = Wording::new("avertissement : ", "warning: ");
        let mut text = match self.line {
            0 => format!("{}: ", self.file),
            line => format!("{}:{line}: ", self.file),
        };
        match self.gravity {
            Gravity::Error => {}
            Gravity::Warning => text.push_str(&WARNING.say(language, &Args::new())),
        }
        text.push_str(&self.message.say(language));
        if let Some(hint) = &self.hint {
            text.push_str(". ");
            text.push_str(&hint.say(language));
        }
        text
    }
}

/// Holds all problems of a study, by file and line.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Problems(pub Vec<Problem>);

impl Problems {
    /// Lists them.
    pub fn iter(&self) -> std::slice::Iter<'_, Problem> {
        self.0.iter()
    }

    /// Says whether one of them stops the study.
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|problem| problem.gravity == Gravity::Error)
    }

    /// Puts them in the order a reader goes through the files, each once.
    pub fn sort(&mut self) {
        self.0.sort_by(|one, other| {
            (&one.file, one.line, one.gravity).cmp(&(&other.file, other.line, other.gravity))
        });
        self.0.dedup();
    }

    /// Returns them one a line.
    pub fn say(&self, language: Language) -> String {
        self.0.iter().map(|problem| problem.say(language) + "\n").collect()
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.say(Language::Fr).trim_end())
    }
}

impl std::error::Error for Problems {}

impl FromIterator<Problem> for Problems {
    fn from_iter<I: IntoIterator<Item = Problem>>(problems: I) -> Self {
        Self(problems.into_iter().collect())
    }
}

impl IntoIterator for Problems {
    type Item = Problem;
    type IntoIter = std::vec::IntoIter<Problem>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'p> IntoIterator for &'p Problems {
    type Item = &'p Problem;
    type IntoIter = std::slice::Iter<'p, Problem>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// Offers the known names that are nearest to one that is not known.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<Message> {
    const NEAREST: Wording =
        Wording::new("Le nom le plus proche : { $names }", "The nearest name: { $names }");
    let names: Vec<String> =
        nearest_names(name, known).iter().map(|name| format!("`{name}`")).collect();
    if names.is_empty() {
        return None;
    }
    Some(NEAREST.with(Args::new().text("names", names.join(", "))))
}

/// The shortest word for which names that have it as a part are looked for.
const SHORTEST_PART: usize = 5;

/// Lists the known names that are nearest to one that is not known, at most three; without such, those of which a part is near.
pub fn nearest_names<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let known: Vec<&str> = known.into_iter().collect();
    let distance = |word: &str| {
        let most = 1 + name.len().min(word.len()) / 4;
        // Most names are too long or too short to be near: only the others are compared letter by letter.
        if name.chars().count().abs_diff(word.chars().count()) > most {
            return None;
        }
        Some(strsim::damerau_levenshtein(name, word)).filter(|distance| *distance <= most)
    };
    let whole = |known: &&'a str| Some((distance(known)?, *known));
    let mut near: Vec<(usize, &str)> = known.iter().filter_map(whole).collect();
    if near.is_empty() && name.len() >= SHORTEST_PART {
        // `disability` for `disability_wg`: people remember the word, not what was put before or behind it.
        let parts = |known: &str| {
            let parts = known.split(['_', '-']).filter(|part| part.len() >= SHORTEST_PART);
            parts.filter_map(distance).min()
        };
        near = known.iter().filter_map(|known| Some((parts(known)?, *known))).collect();
    }
    near.sort_unstable();
    near.dedup();
    let closest = near.first().map_or(0, |(distance, _)| *distance);
    let closest = near.into_iter().take_while(|(distance, _)| *distance == closest);
    closest.take(3).map(|(_, name)| name).collect()
}

#[cfg(test)]
mod tests {
    use catalyse_locale::{Args, Language, Wording};

    use super::{Gravity, Problem, Problems, nearest};

    #[test]
    fn a_problem_says_where_what_and_what_to_do() {
        let message = Wording::new("nom inconnu", "unknown name").with(Args::new());
        let problem = Problem::error("a.toml", 3, message.clone())
            .with_hint(nearest("labour_statut", ["age", "labour_status", "wave"]));
        assert_eq!(
            problem.say(Language::Fr),
            "a.toml:3: nom inconnu. Le nom le plus proche : `labour_status`"
        );
        let whole = Problem::warning("a.toml", 0, message);
        assert_eq!(whole.say(Language::En), "a.toml: warning: unknown name");
        assert_eq!(whole.gravity, Gravity::Warning);
        assert!(!Problems(vec![whole]).has_errors());
    }

    #[test]
    fn a_word_finds_the_names_that_have_it_as_a_part() {
        let near =
            |name| super::nearest_names(name, ["licence", "disability_wg", "has_a_licence_b"]);
        assert_eq!(near("disabilty"), ["disability_wg"]);
        assert_eq!(near("license"), ["licence"], "whole names come first");
        assert!(near("has").is_empty(), "a short word is part of too many");
    }

    #[test]
    fn a_name_unlike_all_others_gets_no_offer() {
        assert_eq!(nearest("zzzzzz", ["age", "wave"]), None);
        assert_eq!(nearest("x", []), None);
    }
}
