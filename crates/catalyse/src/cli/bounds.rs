//! The bounds of the numbers on the command line, in one place: clap holds them, and the sentence about a wrong one says them.

use clap::builder::RangedU64ValueParser;

/// Holds the smallest and largest number that an option takes.
pub(super) struct Bounds {
    option: &'static str,
    /// The smallest.
    pub(super) least: u64,
    /// The largest.
    pub(super) most: u64,
}

/// Megabytes for reading a file. With less, the program's own lists of a large study find no room.
pub(super) const MEMORY: Bounds = Bounds { option: "--memory", least: 128, most: 1_000_000 };
/// Seconds for reading a file: up to a day.
pub(super) const TIMEOUT: Bounds = Bounds { option: "--timeout", least: 1, most: 86_400 };
/// Invented persons. Above this the files no longer fit into memory at once.
pub(super) const PERSONS: Bounds = Bounds { option: "--persons", least: 1, most: 1_000_000 };
/// Waves of invented persons.
pub(super) const WAVES: Bounds = Bounds { option: "--waves", least: 1, most: 1_000 };
/// Seeds of chance.
pub(super) const SEED: Bounds = Bounds { option: "--seed", least: 0, most: i64::MAX as u64 };

const ALL: [&Bounds; 5] = [&MEMORY, &TIMEOUT, &PERSONS, &WAVES, &SEED];

/// Returns clap's parser of a whole number within bounds.
pub(super) fn within(bounds: &Bounds) -> RangedU64ValueParser<u64> {
    RangedU64ValueParser::new().range(bounds.least..=bounds.most)
}

/// Returns the bounds of an option, as clap names it: `--memory <MO>`.
pub(super) fn bounds_of(option: &str) -> Option<&'static Bounds> {
    ALL.into_iter().find(|bounds| option.split(' ').next() == Some(bounds.option))
}
