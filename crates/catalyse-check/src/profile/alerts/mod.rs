//! The kinds of alert.
//!
//! To add one: write `alerts/my_kind.rs` with a struct that implements [`AlertKind`] and its tests, then add its `mod` line and its line
//! in [`ALL`] below.

mod all_missing;
mod constant;
mod copied_rows;
mod many_outliers;
mod missing_cells;
mod mostly_missing;
mod near_unique;
mod new_year_births;
mod outside_wave;
mod round_numbers;
mod same_person;
mod to_check;
mod unused_categories;

use catalyse_codebook::Codebook;
use polars::prelude::PolarsResult;

use super::alert::{Alert, AlertKind};
use super::figures::{Figures, TableFigures};

/// Lists every kind of alert in the order they are printed within a severity.
pub(super) const ALL: &[&dyn AlertKind] = &[
    &same_person::SamePerson,
    &copied_rows::CopiedRows,
    &all_missing::AllMissing,
    &missing_cells::MissingCells,
    &mostly_missing::MostlyMissing,
    &to_check::ToCheck,
    &constant::Constant,
    &near_unique::NearUnique,
    &outside_wave::OutsideWave,
    &new_year_births::NewYearBirths,
    &round_numbers::RoundNumbers,
    &many_outliers::ManyOutliers,
    &unused_categories::UnusedCategories,
];

/// Below this many records a share says little.
const FEWEST: u64 = 20;

/// Returns the alerts of a table, by kind, then in form order.
pub(super) fn find(codebook: &Codebook, table: &TableFigures<'_>) -> PolarsResult<Vec<Alert>> {
    let mut alerts = Vec::new();
    for kind in ALL {
        let found = kind.look(codebook, table)?;
        alerts.extend(found.into_iter().map(|found| Alert::of(*kind, table, &found)));
    }
    Ok(alerts)
}

/// Returns the place of a kind in the registry.
pub(super) fn position(name: &str) -> usize {
    ALL.iter().position(|kind| kind.name() == name).unwrap_or(ALL.len())
}

/// Lists the variables that a person was asked: neither worked out, nor a key that is the same in a whole delivery.
fn asked<'t, 'a>(
    codebook: &'t Codebook,
    table: &'t TableFigures<'a>,
) -> impl Iterator<Item = &'t Figures<'a>> {
    let study = &codebook.study;
    let keys = [&study.person, &study.wave, &study.partner];
    table
        .variables
        .iter()
        .filter(move |one| !one.variable.is_derived() && !keys.contains(&&one.variable.name))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use catalyse_locale::Language;

    use super::ALL;

    #[test]
    fn names_are_unique_and_no_file_is_forgotten() {
        let names: BTreeSet<String> =
            ALL.iter().map(|kind| kind.name().replace('-', "_")).collect();
        assert_eq!(names.len(), ALL.len());
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/profile/alerts");
        let files = std::fs::read_dir(folder).expect("the folder of this file");
        let files: BTreeSet<String> = files
            .filter_map(|file| file.ok()?.file_name().into_string().ok())
            .filter_map(|name| Some(name.strip_suffix(".rs")?.to_owned()))
            .filter(|name| name != "mod")
            .collect();
        assert_eq!(names, files);
    }

    #[test]
    fn every_kind_has_a_heading_and_says_what_to_do() {
        for kind in ALL {
            for language in [Language::Fr, Language::En] {
                let (title, advice) = (kind.title(), kind.advice());
                assert!(!title.get(language).ends_with('.'), "{}", kind.name());
                assert!(advice.get(language).ends_with('.'), "{}", kind.name());
                assert!(title.exact(language).is_some_and(|text| text.chars().count() <= 70));
            }
        }
    }
}
