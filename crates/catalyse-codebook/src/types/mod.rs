//! The value types: what a cell may be, how it is read and written back.
//!
//! To add one: write `types/my_type.rs` with a struct that implements [`ValueType`] and its tests, then add its `mod` line and its
//! line in [`ALL`] below. Nothing else names it: forms do, by the text that `name` returns.

mod bce;
mod calendar;
mod cell;
mod code_reading;
mod date;
mod date_text;
mod decimal;
mod digits;
mod euros;
mod integer;
mod month;
mod niss;
mod number_text;
mod partial_date;
mod partner;
mod postal_code;
mod pseudonym;
mod refnis;
mod select_multiple;
mod select_one;
mod study_code;
mod text;
mod wave;
mod yes_no;

#[cfg(test)]
mod reading;

use crate::ValueType;

pub use calendar::{day_number, ymd_of_day_number};
pub use cell::trim;
pub use niss::national_number;

/// Lists every value type in the order of the reference page.
pub const ALL: &[&dyn ValueType] = &[
    &text::Text,
    &integer::Integer,
    &decimal::Decimal,
    &euros::Euros,
    &yes_no::YesNo,
    &date::Date,
    &partial_date::PartialDate,
    &month::Month,
    &select_one::SelectOne,
    &select_multiple::SelectMultiple,
    &niss::Niss,
    &bce::Bce,
    &refnis::Refnis,
    &postal_code::PostalCode,
    &pseudonym::Pseudonym,
    &partner::PARTNER,
    &wave::WAVE,
];

/// Returns the type of a variable whose own is not known yet.
pub(crate) fn plainest() -> &'static dyn ValueType {
    &text::Text
}

/// Returns the type by which one category is read where each category of a variable has a column of its own.
pub fn of_category() -> &'static dyn ValueType {
    &yes_no::YesNo
}

/// Returns the value type of a name.
pub fn find(name: &str) -> Option<&'static dyn ValueType> {
    ALL.iter().copied().find(|value_type| value_type.name() == name)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::ALL;
    use crate::{ListIndex, RawCell, ReadAs};

    #[test]
    fn names_are_unique_and_every_type_is_found_by_its_name() {
        let names: BTreeSet<&str> = ALL.iter().map(|value_type| value_type.name()).collect();
        assert_eq!(names.len(), ALL.len());
        for name in names {
            assert!(super::find(name).is_some_and(|found| found.name() == name));
        }
    }

    #[test]
    fn what_is_unreadable_is_refused_and_what_is_invented_is_read() {
        let list = crate::types::reading::list_of(&[("a", "A", "A")]);
        let index = ListIndex::new(&list);
        for value_type in ALL {
            let read = |text| value_type.read(RawCell::Text(text), ReadAs::default(), Some(&index));
            let name = value_type.name();
            if let Some(text) = value_type.unreadable() {
                assert!(read(text).is_err(), "{name}");
            }
            for (person, chance) in [(0, 0), (1, 7), (14_607, 1 << 29)] {
                let Some(text) = value_type.invent(person, chance) else { continue };
                let read = value_type.read(RawCell::Text(&text), ReadAs::default(), None);
                assert!(read.is_ok(), "{name} {person} {chance}");
            }
        }
    }

    #[test]
    fn every_type_is_explained_in_both_languages() {
        for value_type in ALL {
            for (language, text) in value_type.meaning().iter() {
                assert!(text.ends_with('.'), "{} {}", value_type.name(), language.tag());
            }
        }
    }
}
