//! Finding a category by its code or by its words, fast enough to be asked once a cell.

use std::collections::BTreeMap;

use catalyse_locale::fold;

use crate::CodeList;

/// Finds a category by its code, else by its label in any language or an alias, ignoring case and accents, else as a number.
#[derive(Clone, Debug)]
pub struct ListIndex<'a> {
    /// The list.
    pub list: &'a CodeList,
    /// Codes of up to eight bytes as one number each, sorted: nearly every code there is.
    short: Vec<(u64, u16)>,
    /// The longer codes, sorted.
    long: Vec<(&'a str, u16)>,
    /// Labels as they are written in the list, sorted: no need to fold them.
    labels: Vec<(&'a str, u16)>,
    /// Labels, aliases and codes without case and accents.
    folded: BTreeMap<String, u16>,
    /// Codes of digits by their number, sorted; nothing where `03` and `3` are two codes.
    numbers: Vec<(u64, Option<u16>)>,
}

impl<'a> ListIndex<'a> {
    /// Makes the index of a list. A text that two categories share finds neither.
    pub fn new(list: &'a CodeList) -> Self {
        let mut index = Self {
            list,
            short: Vec::new(),
            long: Vec::new(),
            labels: Vec::new(),
            folded: fold_words(list),
            numbers: Vec::new(),
        };
        for (position, category) in list.categories.iter().enumerate() {
            let position = position as u16;
            match pack(&category.code) {
                Some(packed) => index.short.push((packed, position)),
                None => index.long.push((&category.code, position)),
            }
            for (_, label) in category.label.iter() {
                if index.folded.get(&fold(label)) == Some(&position) {
                    index.labels.push((label, position));
                }
            }
            if let Some(number) = number_of(&category.code) {
                match index.numbers.iter_mut().find(|(other, _)| *other == number) {
                    Some(shared) => shared.1 = None,
                    None => index.numbers.push((number, Some(position))),
                }
            }
        }
        index.short.sort_unstable();
        index.long.sort_unstable();
        index.labels.sort_unstable();
        index.numbers.sort_unstable();
        index
    }

    /// Returns the index of the category that the text names.
    pub fn find(&self, text: &str) -> Option<u16> {
        self.find_code(text)
            .or_else(|| look_up(&self.labels, &text))
            .or_else(|| self.folded.get(&fold(text)).copied())
            .or_else(|| self.find_number(number_of(text)?))
    }

    /// Returns the index of the category whose code is exactly the text.
    pub fn find_code(&self, text: &str) -> Option<u16> {
        match pack(text) {
            Some(packed) => look_up(&self.short, &packed),
            None => look_up(&self.long, &text),
        }
    }

    /// Returns the index of the category whose code is the number, with or without leading zeros, if there is only one; where no code is
    /// this number, the one of which it is another name: a wave `w1` that a sheet calls 1.
    pub fn find_number(&self, number: u64) -> Option<u16> {
        match look_up(&self.numbers, &number) {
            Some(position) => position,
            None => self.folded.get(&number.to_string()).copied(),
        }
    }
}

/// Maps every word of a list that names one category only.
fn fold_words(list: &CodeList) -> BTreeMap<String, u16> {
    let mut words: BTreeMap<String, Option<u16>> = BTreeMap::new();
    for (position, category) in list.categories.iter().enumerate() {
        let position = position as u16;
        let labels = category.label.iter().map(|(_, label)| label);
        for word in labels.chain(category.aliases.iter().map(String::as_str)) {
            words
                .entry(fold(word))
                .and_modify(|known| *known = known.filter(|known| *known == position))
                .or_insert(Some(position));
        }
    }
    // Codes win over labels: they are what a schema promises.
    let mut codes: BTreeMap<String, Option<u16>> = BTreeMap::new();
    for (position, category) in list.categories.iter().enumerate() {
        codes
            .entry(fold(&category.code))
            .and_modify(|known| *known = None)
            .or_insert(Some(position as u16));
    }
    words.extend(codes);
    words.remove("");
    words.into_iter().filter_map(|(word, position)| Some((word, position?))).collect()
}

/// Returns a code of up to eight bytes as a number.
fn pack(code: &str) -> Option<u64> {
    let mut bytes = [0_u8; 8];
    bytes.get_mut(..code.len())?.copy_from_slice(code.as_bytes());
    Some(u64::from_be_bytes(bytes))
}

fn number_of(code: &str) -> Option<u64> {
    code.bytes().all(|digit| digit.is_ascii_digit()).then(|| code.parse().ok()).flatten()
}

/// Looks a key up in a sorted list: one after the other while it is short, else by halving.
fn look_up<K: Ord, V: Copy>(sorted: &[(K, V)], key: &K) -> Option<V> {
    if sorted.len() <= 12 {
        return sorted.iter().find(|(known, _)| known == key).map(|(_, value)| *value);
    }
    let position = sorted.binary_search_by(|(known, _)| known.cmp(key)).ok()?;
    sorted.get(position).map(|(_, value)| *value)
}

#[cfg(test)]
mod tests {
    use catalyse_locale::Label;

    use super::ListIndex;
    use crate::{Category, CodeList, ListName};

    fn list(codes: &[(&str, &str, &str)]) -> CodeList {
        CodeList {
            name: ListName::new("tenure").expect("a slug"),
            categories: codes
                .iter()
                .map(|(code, fr, en)| Category {
                    code: (*code).to_owned(),
                    label: Label::new(*fr, *en),
                    aliases: vec![format!("aka {code}")],
                    valid_from: None,
                    valid_to: None,
                    source: "a test".to_owned(),
                })
                .collect(),
        }
    }

    #[test]
    fn a_category_is_found_by_code_label_alias_and_number() {
        let list = list(&[
            ("01", "Propriétaire", "Owner"),
            ("02", "Locataire", "Tenant"),
            ("a_rather_long_code", "Hébergé", "Housed by others"),
        ]);
        let index = ListIndex::new(&list);
        for (text, found) in [
            ("01", Some(0)),
            ("1", Some(0)),
            ("002", Some(1)),
            ("LOCATAIRE", Some(1)),
            ("proprietaire", Some(0)),
            ("housed by  others", Some(2)),
            ("A_rather_long_code", Some(2)),
            ("a_rather_long_code", Some(2)),
            ("aka 02", Some(1)),
            ("3", None),
            ("", None),
            ("-", None),
        ] {
            assert_eq!(index.find(text), found, "{text}");
        }
    }

    #[test]
    fn what_two_categories_share_finds_neither_and_codes_win_over_labels() {
        let list = list(&[("3", "autre", "other"), ("03", "autre", "3"), ("x", "une", "one")]);
        let index = ListIndex::new(&list);
        assert_eq!(index.find("autre"), None);
        assert_eq!(index.find("3"), Some(0));
        assert_eq!(index.find("03"), Some(1));
        assert_eq!(index.find_number(3), None);
        assert_eq!(index.find("003"), None);
    }
}
