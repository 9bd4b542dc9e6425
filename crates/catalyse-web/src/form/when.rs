//! When a question is asked, in the words of the questions: `children > 0` is « Enfants » : plus de 0. A form on paper is filled in by people.

use std::collections::BTreeSet;

use catalyse_codebook::{
    Answer, Codebook, Comparison, Condition, Form, Row, Term, Variable, VariableName,
};
use catalyse_locale::Language;

use super::Tongues;
use crate::pages::pick;
use crate::sheet::{shown, yes_or_no};

/// Says when a question is asked; nothing if it always is.
pub(crate) fn when(
    codebook: &Codebook,
    (form, variable): (&Form, &Variable),
    tongues: Tongues,
) -> Option<String> {
    let row = Row::of_form(codebook, &form.name);
    let condition = Condition::parse(variable.relevant.as_deref()?, &row).ok()?;
    let speaking = Speaking { codebook, tongues };
    Some(speaking.say(&condition.term, Depth::Outer).unwrap_or_else(|| {
        // A condition that has no short sentence: what it depends on is said, and the program asks what is to be asked.
        speaking.depends_on(&condition.variables)
    }))
}

/// Says how deep a part stands: « et » binds closer within than around.
#[derive(Clone, Copy)]
enum Depth {
    Outer,
    Inner,
}

struct Speaking<'c> {
    codebook: &'c Codebook,
    tongues: Tongues,
}

impl Speaking<'_> {
    fn t<'w>(&self, fr: &'w str, en: &'w str) -> &'w str {
        pick(self.tongues.questions, fr, en)
    }

    fn named(&self, variable: &Variable) -> String {
        let label = self.tongues.of(&variable.label);
        match self.tongues.questions {
            Language::Fr => format!("« {label} »"),
            Language::En | Language::Nl | Language::De => format!("“{label}”"),
        }
    }

    fn depends_on(&self, variables: &BTreeSet<VariableName>) -> String {
        let known = variables.iter().filter_map(|name| self.codebook.variable(name));
        let named: Vec<String> = known.map(|variable| self.named(variable)).collect();
        format!("{} {}", self.t("selon", "depending on"), named.join(", "))
    }

    fn say(&self, term: &Term, depth: Depth) -> Option<String> {
        match term {
            Term::Column(name) => self.is(name, true),
            Term::Not(inner) => match inner.as_ref() {
                Term::Column(name) => self.is(name, false),
                _ => None,
            },
            Term::Compare(comparison, one, other) => self.compared(*comparison, one, other),
            Term::And(parts) => self.joined(parts, self.t("et", "and"), depth),
            Term::Or(parts) => {
                self.one_of(parts).or_else(|| self.joined(parts, self.t("ou", "or"), depth))
            }
            _ => None,
        }
    }

    fn joined(&self, parts: &[Term], word: &str, depth: Depth) -> Option<String> {
        let said: Option<Vec<String>> =
            parts.iter().map(|part| self.say(part, Depth::Inner)).collect();
        Some(said?.join(&match depth {
            Depth::Outer => format!(", {word} "),
            Depth::Inner => format!(" {word} "),
        }))
    }

    /// Says that a yes or no, or one of several codes, is so.
    fn is(&self, column: &str, is_so: bool) -> Option<String> {
        let (name, code) = match column.split_once("__") {
            Some((name, code)) => (name, Some(code)),
            None => (column, None),
        };
        let variable = self.variable(name)?;
        let Some(code) = code else {
            let (yes, no) = yes_or_no(self.tongues.questions);
            return Some(self.about(variable, if is_so { yes } else { no }));
        };
        let list = self.codebook.list_of(variable)?;
        let mut categories = list.categories.iter();
        let category = categories.find(|category| category.code.eq_ignore_ascii_case(code))?;
        let label = self.tongues.of(&category.label);
        Some(if is_so {
            self.about(variable, label)
        } else {
            self.about(variable, &format!("{} {label}", self.t("sans", "without")))
        })
    }

    /// Says one of several answers to one question: `housing IN ('0', '7')`.
    fn one_of(&self, parts: &[Term]) -> Option<String> {
        let mut named = BTreeSet::new();
        let mut values = Vec::new();
        for part in parts {
            let Term::Compare(Comparison::Equal, one, other) = part else { return None };
            let Term::Column(name) = one.as_ref() else { return None };
            named.insert(name.as_str());
            values.push(self.value(self.variable(name)?, other)?);
        }
        let mut named = named.into_iter();
        let (name, None) = (named.next()?, named.next()) else { return None };
        let (last, others) = values.split_last()?;
        let values = match others {
            [] => last.clone(),
            others => format!("{} {} {last}", others.join(", "), self.t("ou", "or")),
        };
        Some(self.about(self.variable(name)?, &values))
    }

    fn compared(&self, comparison: Comparison, one: &Term, other: &Term) -> Option<String> {
        let (Term::Column(name), comparison, other) = (match (one, other) {
            (Term::Column(_), _) => (one, comparison, other),
            _ => (other, comparison.flipped(), one),
        }) else {
            return None;
        };
        let variable = self.variable(name)?;
        let value = self.value(variable, other)?;
        let words = match comparison {
            Comparison::Equal => value,
            Comparison::NotEqual => format!("{} {value}", self.t("autre que", "other than")),
            Comparison::Less => format!("{} {value}", self.t("moins de", "less than")),
            Comparison::LessOrEqual => format!("{value} {}", self.t("ou moins", "or less")),
            Comparison::Greater => format!("{} {value}", self.t("plus de", "more than")),
            Comparison::GreaterOrEqual => format!("{value} {}", self.t("ou plus", "or more")),
        };
        Some(self.about(variable, &words))
    }

    fn about(&self, variable: &Variable, words: &str) -> String {
        let colon = self.t(" :", ":");
        format!("{}{colon} {words}", self.named(variable))
    }

    fn variable(&self, name: &str) -> Option<&Variable> {
        self.codebook.variable(&VariableName::new(name).ok()?)
    }

    fn value(&self, variable: &Variable, term: &Term) -> Option<String> {
        let answer = match term {
            Term::Number(number) => return Some(number.clone()),
            Term::Text(code) => Answer::Code(code.clone()),
            Term::Truth(truth) => Answer::Boolean(*truth),
            _ => return None,
        };
        Some(shown(self.codebook, variable, Some(&answer), self.tongues))
    }
}
