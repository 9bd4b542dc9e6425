//! Whose persons are among whose by the definitions of the study.
//!
//! A reader knows the definitions. That a target group takes in everybody with a disability ties two printed numbers together, as a sum
//! does; only the conditions of the study say so.

use std::collections::BTreeSet;

use catalyse_codebook::{
    Codebook, Comparison, Condition, Form, Storage, Term, Variable, VariableName,
};
use catalyse_disclose::Nested;
use catalyse_records::{Table, row_of};

/// Lists who is among whom by the conditions of target groups and the calculations of yes-or-no variables.
///
/// It looks at what is said with AND, OR, `=` and `IN` between categories, as nearly all definitions are; what is said with numbers
/// (`age >= 55`) is found by the gate where it is the same persons as a category.
pub(crate) fn nested_by_definition(codebook: &Codebook) -> Vec<Nested> {
    let row = row_of(codebook, &Table::Main);
    let mut pairs = BTreeSet::new();
    let groups = codebook.target_groups.iter();
    for (defined, text) in groups
        .map(|group| (format!("group={}", group.name), group.condition.as_str()))
        .chain(calculated(codebook))
    {
        if let Ok(condition) = Condition::parse(text, &row) {
            let enough = any_of(codebook, &condition.term).into_iter();
            pairs.extend(enough.map(|word| (word, defined.clone())));
            let needed = all_of(codebook, &condition.term).into_iter();
            pairs.extend(needed.map(|word| (defined.clone(), word)));
        }
    }
    closed(pairs).into_iter().map(|(inner, outer)| Nested { inner, outer }).collect()
}

fn calculated(codebook: &Codebook) -> impl Iterator<Item = (String, &str)> {
    let variables = codebook.forms.iter().flat_map(Form::variables);
    variables.filter_map(|variable| {
        let is_yes_no = variable.value_type.storage() == Storage::Boolean;
        let calculation = variable.calculation.as_deref().filter(|_| is_yes_no)?;
        Some((format!("{}=true", variable.name), calculation))
    })
}

/// Adds what follows: who is among those who are among others is among these too.
fn closed(mut pairs: BTreeSet<(String, String)>) -> BTreeSet<(String, String)> {
    loop {
        let further = pairs.iter().flat_map(|(inner, middle)| {
            let of_middle = pairs.iter().filter(move |(other, _)| other == middle);
            of_middle.map(move |(_, outer)| (inner.clone(), outer.clone()))
        });
        let further: Vec<_> = further.filter(|(inner, outer)| inner != outer).collect();
        let n_before = pairs.len();
        pairs.extend(further);
        if pairs.len() == n_before {
            return pairs;
        }
    }
}

/// Lists what is enough for a condition to be true: itself, or one of those it joins by OR.
fn any_of(codebook: &Codebook, term: &Term) -> Vec<String> {
    match term {
        Term::Or(terms) => terms.iter().flat_map(|term| any_of(codebook, term)).collect(),
        term => word_of(codebook, term).into_iter().collect(),
    }
}

/// Lists what must be true for a condition to be: itself, or each of those it joins by AND.
fn all_of(codebook: &Codebook, term: &Term) -> Vec<String> {
    match term {
        Term::And(terms) => terms.iter().flat_map(|term| all_of(codebook, term)).collect(),
        term => word_of(codebook, term).into_iter().collect(),
    }
}

/// Writes a term as the condition that a cell has, if it speaks of one category.
fn word_of(codebook: &Codebook, term: &Term) -> Option<String> {
    match term {
        Term::Column(name) => yes(codebook, name),
        Term::Not(term) => match term.as_ref() {
            Term::Column(name) => {
                let variable = variable(codebook, name)?;
                Some(format!("{}=false", variable.name))
            }
            _ => None,
        },
        Term::Compare(Comparison::Equal, left, right) => match (left.as_ref(), right.as_ref()) {
            (Term::Column(name), Term::Text(code)) | (Term::Text(code), Term::Column(name)) => {
                Some(format!("{}={code}", variable(codebook, name)?.name))
            }
            _ => None,
        },
        _ => None,
    }
}

/// Writes a column of yes and no: a variable, or one category of several answers (`income_sources__ris`).
fn yes(codebook: &Codebook, column: &str) -> Option<String> {
    if let Some(variable) = variable(codebook, column) {
        return Some(format!("{}=true", variable.name));
    }
    let (name, code) = column.rsplit_once("__")?;
    Some(format!("{}={code}", variable(codebook, name)?.name))
}

fn variable<'a>(codebook: &'a Codebook, name: &str) -> Option<&'a Variable> {
    VariableName::new(name).ok().and_then(|name| codebook.variable(&name))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use catalyse_codebook::{Codebook, SchemaFiles};

    use super::{closed, nested_by_definition};

    fn pair(inner: &str, outer: &str) -> (String, String) {
        (inner.to_owned(), outer.to_owned())
    }

    #[test]
    fn the_groups_of_a_study_take_in_what_their_conditions_name() {
        let opened = Codebook::open(&SchemaFiles::bundled(), "integra").expect("it opens");
        let nested: BTreeSet<(String, String)> = nested_by_definition(&opened.codebook)
            .into_iter()
            .map(|nested| (nested.inner, nested.outer))
            .collect();
        for (inner, outer) in [
            ("disability_wg=true", "group=persons_with_disability"),
            ("recognised_disability=true", "group=persons_with_disability"),
            ("housing_situation=7", "group=homeless_or_excluded"),
            ("autonomy_online=4", "group=digital_help_needed"),
            ("group=women_alone_with_children", "lone_parent=true"),
            ("group=women_alone_with_children", "gender=F"),
            ("income_sources=ris", "group=ris_recipients"),
        ] {
            assert!(nested.contains(&pair(inner, outer)), "{inner} is among {outer}");
        }
        let reversed = pair("group=persons_with_disability", "disability_wg=true");
        assert!(!nested.contains(&reversed), "a group is wider than one of its reasons");
        assert!(nested.iter().all(|(inner, outer)| inner != outer));
    }

    #[test]
    fn what_follows_is_added_and_circles_end() {
        let pairs = BTreeSet::from([pair("a", "b"), pair("b", "c"), pair("c", "b")]);
        let closed = closed(pairs.clone());
        assert_eq!(closed, &pairs | &BTreeSet::from([pair("a", "c")]));
    }
}
