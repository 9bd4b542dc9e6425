//! The choices of a coded field, each with the key that picks it.
//!
//! Where the codes of the list are numbers of one length, they are the keys: an encoder who knows the code types it. Otherwise choices are
//! numbered. Up to nine need one digit, more need two, so that a key never has to wait for another one.

use catalyse_codebook::{CodeList, Storage, Variable};

use super::Tongues;
use crate::sheet::yes_or_no;

/// Holds one choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Choice {
    /// What is sent.
    pub(crate) code: String,
    /// What stands on it.
    pub(crate) label: String,
    /// The language it is in.
    pub(crate) lang: &'static str,
    /// The digits that pick it.
    pub(crate) key: String,
}

/// Lists the choices of a variable, none if it is no coded one.
pub(crate) fn choices(
    variable: &Variable,
    list: Option<&CodeList>,
    tongues: Tongues,
) -> Vec<Choice> {
    if variable.value_type.storage() == Storage::Boolean {
        let (yes, no) = yes_or_no(tongues.questions);
        let choice = |code: &str, label: &str, key: &str| Choice {
            code: code.into(),
            label: label.into(),
            lang: tongues.questions.tag(),
            key: key.into(),
        };
        return vec![choice("oui", yes, "1"), choice("non", no, "0")];
    }
    let Some(list) = list else { return Vec::new() };
    let codes: Vec<&str> = list.categories.iter().map(|one| one.code.as_str()).collect();
    let keys = keys(&codes);
    let with_keys = list.categories.iter().zip(keys);
    with_keys
        .map(|(category, key)| Choice {
            code: category.code.clone(),
            label: tongues.of(&category.label).to_owned(),
            lang: tongues.tag(&category.label),
            key,
        })
        .collect()
}

fn keys(codes: &[&str]) -> Vec<String> {
    let length = codes.first().map_or(0, |code| code.len());
    let are_numbers = (1..=2).contains(&length)
        && codes
            .iter()
            .all(|code| code.len() == length && code.bytes().all(|digit| digit.is_ascii_digit()));
    if are_numbers {
        return codes.iter().map(|code| (*code).to_owned()).collect();
    }
    let number = |index: usize| match codes.len() {
        ..10 => (index + 1).to_string(),
        10 => ((index + 1) % 10).to_string(),
        _ => format!("{:02}", index + 1),
    };
    (0..codes.len()).map(number).collect()
}

#[cfg(test)]
mod tests {
    use super::keys;

    #[test]
    fn codes_that_are_numbers_are_their_own_keys() {
        assert_eq!(keys(&["0", "5", "7"]), ["0", "5", "7"]);
        assert_eq!(keys(&["01", "02"]), ["01", "02"]);
    }

    #[test]
    fn no_key_begins_another() {
        for n_choices in [1, 9, 10, 11, 30] {
            let codes: Vec<String> = (0..n_choices).map(|index| format!("c{index}")).collect();
            let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
            let keys = keys(&codes);
            for (index, key) in keys.iter().enumerate() {
                let clash = keys
                    .iter()
                    .enumerate()
                    .any(|(other, longer)| other != index && longer.starts_with(key.as_str()));
                assert!(!clash, "{n_choices} {key}");
            }
        }
        assert_eq!(keys(&["1", "02"]), ["1", "2"]);
    }
}
