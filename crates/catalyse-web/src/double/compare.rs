//! Comparing two entries of one form: what an encoder types, without keys, identities and what the program works out.

use std::collections::{BTreeMap, BTreeSet};

use catalyse_codebook::{
    Answer, Answers, Codebook, Form, FormName, MissingReason, Sensitivity, Storage, VariableName,
};

use super::align::align;
use crate::guard::Sights;
use crate::live::RowKey;
use crate::pages::unanswered::FOR_ALL;

/// Holds the rows of one entry: the situation, and the episodes by form and number.
pub(crate) type Entry = BTreeMap<RowKey, Answers>;

/// Holds what a comparison found.
#[derive(Default)]
pub(crate) struct Compared {
    /// Fields in which at least one of the two has something.
    pub(crate) n_fields: u64,
    pub(crate) differing: Vec<Differing>,
}

/// Holds a field in which the two entries differ.
pub(crate) struct Differing {
    /// The row of the first entry, or a new one where only the second has the episode.
    pub(crate) row: RowKey,
    pub(crate) variable: VariableName,
    pub(crate) first: Option<Answer>,
    pub(crate) second: Option<Answer>,
}

/// Holds the variables in which two entries are compared: those that are typed, are no key, do not say who the person is, and are shown to
/// everybody who types, so that each of the three persons can do the whole. The number of an episode is not compared either: episodes are
/// paired by what is in them.
pub(crate) struct Comparable(BTreeSet<VariableName>);

impl Comparable {
    /// Reads off the study what is compared.
    pub(crate) fn of(codebook: &Codebook, sights: &Sights) -> Self {
        let study = &codebook.study;
        let all = codebook.forms.iter().flat_map(|form| {
            let numbers = numbering(codebook, &form.name);
            form.variables().filter(move |variable| Some(&variable.name) != numbers)
        });
        let compared = all.filter(|variable| {
            !variable.is_derived()
                && variable.sensitivity != Sensitivity::Identifying
                && ![&study.person, &study.wave, &study.partner].contains(&&variable.name)
                && sights.is_open(&variable.name)
        });
        Self(compared.map(|variable| variable.name.clone()).collect())
    }

    /// Says whether a variable is compared.
    pub(crate) fn contains(&self, name: &VariableName) -> bool {
        self.0.contains(name)
    }
}

/// Returns the variable that numbers the episodes of a repeat form.
pub(crate) fn numbering<'c>(codebook: &'c Codebook, form: &FormName) -> Option<&'c VariableName> {
    let form: &Form = codebook.form(form)?;
    if form.grain != catalyse_codebook::Grain::Repeat {
        return None;
    }
    let first = form.variables().find(|one| one.value_type.storage() == Storage::Integer)?;
    Some(&first.name)
}

/// Compares two entries.
pub(crate) fn compare(comparable: &Comparable, first: &Entry, second: &Entry) -> Compared {
    let (first, second) = (typed(comparable, first), typed(comparable, second));
    let mut compared = Compared::default();
    compared.rows(&RowKey::Main, (first.get(&RowKey::Main), second.get(&RowKey::Main)));
    let forms: BTreeSet<&FormName> = first.keys().chain(second.keys()).filter_map(form).collect();
    for name in forms {
        let of = |entry: &'_ Entry| -> Vec<Row> {
            let rows = entry.iter().filter(|(row, _)| form(row) == Some(name));
            rows.map(|(row, answers)| (row.clone(), answers.clone())).collect()
        };
        compared.episodes(name, (&of(&first), &of(&second)));
    }
    compared
}

/// One row of an entry.
type Row = (RowKey, Answers);

fn form(row: &RowKey) -> Option<&FormName> {
    match row {
        RowKey::Main => None,
        RowKey::Repeat(form, _) => Some(form),
    }
}

fn typed(comparable: &Comparable, entry: &Entry) -> Entry {
    let keep = |name: &VariableName, answer: &Answer| {
        comparable.contains(name) && answer.missing() != Some(MissingReason::NotApplicable)
    };
    let rows = entry.iter().map(|(row, answers)| {
        let kept = answers.iter().filter(|(name, answer)| keep(name, answer));
        (row.clone(), kept.map(|(name, answer)| (name.clone(), answer.clone())).collect())
    });
    rows.collect()
}

impl Compared {
    fn rows(&mut self, row: &RowKey, (first, second): (Option<&Answers>, Option<&Answers>)) {
        let names: BTreeSet<&VariableName> =
            first.into_iter().chain(second).flat_map(BTreeMap::keys).collect();
        for name in names {
            let (one, other) = (answer(first, name), answer(second, name));
            if are_both_left_empty(one, other) {
                continue;
            }
            self.n_fields += 1;
            if one != other {
                self.differing.push(Differing {
                    row: row.clone(),
                    variable: name.clone(),
                    first: one.cloned(),
                    second: other.cloned(),
                });
            }
        }
    }

    fn episodes(&mut self, form: &FormName, (first, second): (&[Row], &[Row])) {
        let costs: Vec<Vec<u32>> = first
            .iter()
            .map(|(_, one)| second.iter().map(|(_, other)| n_differing(one, other)).collect())
            .collect();
        let pairs = align(&costs);
        let mut is_paired = vec![false; second.len()];
        for ((row, answers), column) in first.iter().zip(pairs) {
            let other = column.and_then(|column| second.get(column));
            if let Some(paired) = column.and_then(|column| is_paired.get_mut(column)) {
                *paired = true;
            }
            self.rows(row, (Some(answers), other.map(|(_, answers)| answers)));
        }
        let mut last = first.iter().map(|(row, _)| row.number()).max().unwrap_or_default();
        for ((_, answers), is_paired) in second.iter().zip(is_paired) {
            if !is_paired {
                last += 1;
                self.rows(&RowKey::Repeat(form.clone(), last), (None, Some(answers)));
            }
        }
    }
}

/// Says whether a question was left empty both times. At its end a first entry is asked why, and a second is not: that one of the two has a
/// reason tells nothing of the paper.
fn are_both_left_empty(one: Option<&Answer>, other: Option<&Answer>) -> bool {
    let is_left = |answer: &Answer| answer.missing().is_some_and(|why| FOR_ALL.contains(&why));
    match (one, other) {
        (Some(_), Some(_)) => false,
        (one, other) => one.into_iter().chain(other).all(is_left),
    }
}

fn answer<'a>(answers: Option<&'a Answers>, name: &VariableName) -> Option<&'a Answer> {
    answers.and_then(|answers| answers.get(name))
}

fn n_differing(one: &Answers, other: &Answers) -> u32 {
    let names: BTreeSet<&VariableName> = one.keys().chain(other.keys()).collect();
    let differing = names.into_iter().filter(|name| {
        let (one, other) = (one.get(*name), other.get(*name));
        one != other && !are_both_left_empty(one, other)
    });
    u32::try_from(differing.count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use catalyse_codebook::{
        Answer, Answers, Codebook, FormName, MissingReason, SchemaFiles, VariableName,
    };

    use super::{Comparable, Entry, compare};
    use crate::guard::Sights;
    use crate::live::RowKey;

    fn answers(pairs: &[(&str, i64)]) -> Answers {
        let pair = |(name, number): &(&str, i64)| {
            (VariableName::new(name).expect("a name"), Answer::Integer(*number))
        };
        pairs.iter().map(pair).collect()
    }

    fn spell(number: u32, start: i64, end: i64) -> (RowKey, Answers) {
        let form = FormName::new("work-spells").expect("a form");
        let pairs =
            [("spell_number", i64::from(number)), ("spell_start", start), ("spell_end", end)];
        (RowKey::Repeat(form, number), answers(&pairs))
    }

    fn differing(first: &[(RowKey, Answers)], second: &[(RowKey, Answers)]) -> (u64, Vec<String>) {
        let codebook =
            Codebook::open(&SchemaFiles::bundled(), "integra").expect("bundled").codebook;
        let entry = |rows: &[(RowKey, Answers)]| -> Entry { rows.iter().cloned().collect() };
        let comparable = Comparable::of(&codebook, &Sights::of(&codebook));
        let compared = compare(&comparable, &entry(first), &entry(second));
        let named = compared.differing.iter();
        let named = named.map(|one| format!("{} {}", one.row.text(), one.variable));
        (compared.n_fields, named.collect())
    }

    #[test]
    fn fields_that_one_of_both_has_are_counted_and_derived_ones_are_not() {
        let first = [(RowKey::Main, answers(&[("adults", 2), ("children", 1), ("age", 40)]))];
        let second = [(RowKey::Main, answers(&[("adults", 2), ("household_size", 3)]))];
        let (n_fields, named) = differing(&first, &second);
        assert_eq!(n_fields, 3);
        assert_eq!(named, [" children", " household_size"]);
    }

    #[test]
    fn what_was_left_empty_for_a_reason_and_what_was_left_empty_do_not_differ() {
        let with = |reason| -> Answers {
            let adults = VariableName::new("adults").expect("a name");
            answers(&[("children", 1)])
                .into_iter()
                .chain([(adults, Answer::Missing(reason))])
                .collect()
        };
        let second = [(RowKey::Main, answers(&[("children", 1)]))];
        let of = |reason| differing(&[(RowKey::Main, with(reason))], &second);
        assert_eq!(of(MissingReason::Unknown), (1, Vec::new()));
        assert_eq!(of(MissingReason::NotAsked), (1, Vec::new()));
        assert_eq!(of(MissingReason::Illegible), (2, vec![" adults".to_owned()]));
        let other = [(RowKey::Main, with(MissingReason::Refused))];
        let (n_fields, named) = differing(&[(RowKey::Main, with(MissingReason::Unknown))], &other);
        assert_eq!((n_fields, named), (2, vec![" adults".to_owned()]));
    }

    #[test]
    fn episodes_are_paired_by_what_is_in_them() {
        let first = [spell(1, 100, 110), spell(2, 200, 210), spell(3, 300, 310)];
        let second = [spell(1, 300, 310), spell(2, 100, 111), spell(3, 200, 210)];
        let (n_fields, named) = differing(&first, &second);
        assert_eq!(
            (n_fields, named.as_slice()),
            (6, ["work-spells.1 spell_end".to_owned()].as_slice())
        );
    }

    #[test]
    fn an_episode_that_one_of_both_lacks_differs_in_all_its_fields() {
        let (n_fields, named) = differing(&[spell(1, 100, 110)], &[]);
        assert_eq!((n_fields, named.len()), (2, 2));
        let (_, named) = differing(&[spell(4, 100, 110)], &[spell(1, 7, 8), spell(2, 100, 110)]);
        assert_eq!(named, ["work-spells.5 spell_end", "work-spells.5 spell_start"]);
    }
}
