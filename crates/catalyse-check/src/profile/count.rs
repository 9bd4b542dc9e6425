//! Counts as a profile shows them: below five they are folded, and what would give a folded one back is hidden too.

use catalyse_locale::{Label, Language, integer, percent};
use serde::{Serialize, Serializer};

/// Below this a count of records is not shown.
pub(super) const FEWEST_SHOWN: u64 = 5;

/// Holds a count of records as it may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// Zero, or five and more.
    Exact(u64),
    /// One to four. Written `< 5`.
    Few,
    /// Five or more, but shown it would give a folded count back. Written `[c]`.
    Hidden,
}

impl Count {
    /// Folds a count that stands alone.
    pub(super) const fn fold(count: u64) -> Self {
        match count {
            1..FEWEST_SHOWN => Self::Few,
            _ => Self::Exact(count),
        }
    }

    /// Folds the parts of a known whole: if one is folded, the next smallest is hidden, so that no difference gives the first one back.
    pub(super) fn fold_parts(parts: &[u64]) -> Vec<Self> {
        let mut folded: Vec<Self> = parts.iter().map(|part| Self::fold(*part)).collect();
        if folded.contains(&Self::Few) {
            let next = parts
                .iter()
                .enumerate()
                .filter(|(_, part)| **part >= FEWEST_SHOWN)
                .min_by_key(|(_, part)| **part);
            if let Some(count) = next.and_then(|(place, _)| folded.get_mut(place)) {
                *count = Self::Hidden;
            }
        }
        folded
    }

    /// Folds a part of a known whole, such as one of several answers: those who did not give it are a count too.
    pub(super) const fn fold_answer(count: u64, n_answered: u64) -> Self {
        match (Self::fold(count), Self::fold(n_answered.saturating_sub(count))) {
            (Self::Exact(_), Self::Few) => Self::Hidden,
            (folded, _) => folded,
        }
    }

    /// Writes the count for a table: `12 345`, `< 5`, `[c]`.
    pub fn say(self, language: Language) -> String {
        match self {
            Self::Exact(count) => integer(language, i64::try_from(count).unwrap_or(i64::MAX)),
            Self::Few => "< 5".to_owned(),
            Self::Hidden => "[c]".to_owned(),
        }
    }

    /// Writes the count for a sentence.
    pub(super) fn label(self) -> Label {
        match self {
            Self::Few => Label::new("moins de 5", "fewer than 5"),
            Self::Exact(_) | Self::Hidden => {
                Label::new(self.say(Language::Fr), self.say(Language::En))
            }
        }
    }
}

impl Serialize for Count {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Exact(count) => serializer.serialize_u64(*count),
            Self::Few => serializer.serialize_str("< 5"),
            Self::Hidden => serializer.serialize_str("[c]"),
        }
    }
}

/// Returns a share as a whole percentage, unless it gives a folded count back.
pub(super) fn shown_percent(part: u64, whole: u64) -> Option<u8> {
    match Count::fold_answer(part, whole) {
        Count::Exact(_) => Some(whole_percent(part, whole)),
        Count::Few | Count::Hidden => None,
    }
}

/// Returns a share as a whole percentage, half up. Of nothing, 0.
pub(super) fn whole_percent(part: u64, whole: u64) -> u8 {
    let percentage = (part * 100 + whole / 2).checked_div(whole).unwrap_or(0);
    u8::try_from(percentage.min(100)).unwrap_or(100)
}

/// Writes a share: `34 %`, and for what is not nothing but rounds to it `< 1 %`.
pub(super) fn say_share(language: Language, part: u64, whole: u64) -> String {
    match whole_percent(part, whole) {
        0 if part > 0 => format!("< {}", percent(language, 1)),
        rounded => percent(language, rounded),
    }
}

/// Writes a share for a sentence in both languages.
pub(super) fn share_label(part: u64, whole: u64) -> Label {
    Label::new(say_share(Language::Fr, part, whole), say_share(Language::En, part, whole))
}

#[cfg(test)]
mod tests {
    use super::Count::{self, Exact, Few, Hidden};
    use super::{Language, say_share, whole_percent};

    #[test]
    fn one_to_four_are_folded_and_zero_and_five_are_not() {
        let folded = [0, 1, 4, 5].map(Count::fold);
        assert_eq!(folded, [Exact(0), Few, Few, Exact(5)]);
    }

    #[test]
    fn a_folded_part_hides_the_next_smallest_one() {
        assert_eq!(Count::fold_parts(&[40, 3, 9, 0]), [Exact(40), Few, Hidden, Exact(0)]);
        assert_eq!(Count::fold_parts(&[40, 9]), [Exact(40), Exact(9)]);
        assert_eq!(Count::fold_parts(&[2, 3]), [Few, Few]);
        assert_eq!(Count::fold_parts(&[]), []);
    }

    #[test]
    fn an_answer_that_nearly_all_gave_is_hidden() {
        let folded = [0, 3, 50, 96, 97, 100].map(|count| Count::fold_answer(count, 100));
        assert_eq!(folded, [Exact(0), Few, Exact(50), Hidden, Hidden, Exact(100)]);
    }

    #[test]
    fn shares_are_whole_and_never_of_nothing() {
        assert_eq!((whole_percent(1, 3), whole_percent(1, 200), whole_percent(3, 0)), (33, 1, 0));
        assert_eq!(say_share(Language::En, 1, 1000), "< 1%");
        assert_eq!(say_share(Language::Fr, 0, 1000), "0\u{202f}%");
    }
}
