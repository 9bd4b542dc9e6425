//! Whose persons a figure counts: which partners have records at its waves.
//!
//! It is asked figure by figure. Where one partner alone has records at a wave, "everybody" is that partner; where partners are not the
//! same at each wave, a difference between waves may be theirs.

use catalyse_disclose::{Axis, Release, Role, WaveChoice};

use crate::definition::FigureDefinition;
use crate::inputs::{Inputs, Named};

/// Says whose persons a figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Company<'a> {
    /// Those of the one partner that has all records of the report: of it alone nothing is said of "all partners".
    Only(&'a Named),
    /// Those of all partners of the report.
    All {
        /// How many there are.
        n: usize,
    },
    /// Those of one partner among several.
    One(&'a Named),
    /// Those of several partners, but not of all.
    Several {
        /// How many have records.
        n: usize,
    },
    /// Not those of the same partners at each wave.
    Changing {
        /// How many have records at the wave that has the fewest.
        least: usize,
        /// How many at the wave that has the most.
        most: usize,
    },
}

impl<'a> Company<'a> {
    /// Returns whose persons a figure counts, over all of its waves.
    pub(crate) fn of_figure(
        inputs: &'a Inputs<'_>,
        figure: &FigureDefinition,
        release: &Release,
    ) -> Self {
        match figure.table.wave {
            WaveChoice::Last | WaveChoice::First | WaveChoice::Named(_) | WaveChoice::Each => {
                Self::over(inputs, &waves_of(inputs, figure, release))
            }
            // The same persons at two waves are those of the partners of both.
            WaveChoice::FirstAndLast => {
                let waves = waves_of(inputs, figure, release).into_iter();
                let partners =
                    waves.map(|wave| partners_at(inputs, wave)).reduce(|mut both, of| {
                        both.retain(|partner| of.contains(partner));
                        both
                    });
                Self::of(inputs, &partners.unwrap_or_default())
            }
        }
    }

    /// Returns whose persons are counted at the last wave of a figure, that of its latest numbers.
    pub(crate) fn of_last_wave(
        inputs: &'a Inputs<'_>,
        figure: &FigureDefinition,
        release: &Release,
    ) -> Self {
        let waves = waves_of(inputs, figure, release);
        Self::over(inputs, waves.last().map(std::slice::from_ref).unwrap_or_default())
    }

    /// Returns whose persons are counted in several waves, each by itself.
    pub(crate) fn over(inputs: &'a Inputs<'_>, waves: &[&Named]) -> Self {
        let mut by_wave = waves.iter().map(|wave| partners_at(inputs, wave));
        let Some(first) = by_wave.next() else { return Self::of(inputs, &[]) };
        let sizes = std::iter::once(first.len()).chain(by_wave.clone().map(|of| of.len()));
        if by_wave.all(|partners| partners == first) {
            return Self::of(inputs, &first);
        }
        let (least, most) = (sizes.clone().min().unwrap_or(0), sizes.max().unwrap_or(0));
        Self::Changing { least, most }
    }

    fn of(inputs: &'a Inputs<'_>, partners: &[&'a Named]) -> Self {
        match (inputs.partners.as_slice(), partners) {
            ([only], _) => Self::Only(only),
            (all, some) if all.len() == some.len() => Self::All { n: all.len() },
            // Persons seen at two waves that no partner delivered both of went from one partner to another.
            (all, []) => Self::Changing { least: 0, most: all.len() },
            (_, [one]) => Self::One(one),
            (_, some) => Self::Several { n: some.len() },
        }
    }

    /// Says whether all persons are those of a partner, by its code.
    pub(crate) fn is_of(self, partner: &str) -> bool {
        match self {
            Self::Only(one) | Self::One(one) => one.key == partner,
            Self::All { .. } | Self::Several { .. } | Self::Changing { .. } => false,
        }
    }

    /// Says whether the persons are all those of the report's partners, be they one or several.
    pub(crate) const fn is_whole(self) -> bool {
        match self {
            Self::Only(_) | Self::All { .. } => true,
            Self::One(_) | Self::Several { .. } | Self::Changing { .. } => false,
        }
    }
}

/// Lists the partners that have records at a wave, in the order of reports.
pub(crate) fn partners_at<'a>(inputs: &'a Inputs<'_>, wave: &Named) -> Vec<&'a Named> {
    let present = inputs.present.get(&wave.key);
    let has_records = |partner: &&Named| present.is_some_and(|of| of.contains(&partner.key));
    inputs.partners.iter().filter(has_records).collect()
}

/// Lists the waves that a figure counts, in time. Of the same persons at two waves it lists the two.
pub(crate) fn waves_of<'a>(
    inputs: &'a Inputs<'_>,
    figure: &FigureDefinition,
    release: &Release,
) -> Vec<&'a Named> {
    let waves = &inputs.waves;
    let ends = || {
        let mut ends: Vec<&Named> = waves.first().into_iter().chain(waves.last()).collect();
        ends.dedup();
        ends
    };
    let is_of_waves = |axis: &&Axis| axis.is_of_waves();
    let shown = [release.columns(), release.rows()].into_iter().find(is_of_waves);
    match (&figure.table.wave, shown) {
        (WaveChoice::Last, _) => waves.last().into_iter().collect(),
        (WaveChoice::First, _) => waves.first().into_iter().collect(),
        (WaveChoice::Named(name), _) => waves.iter().filter(|wave| wave.key == *name).collect(),
        (WaveChoice::Each | WaveChoice::FirstAndLast, Some(axis)) => {
            let headings = || axis.headings.iter().filter(|wave| wave.role == Role::Category);
            let is_shown = |wave: &&Named| headings().any(|heading| heading.key == wave.key);
            waves.iter().filter(is_shown).collect()
        }
        (WaveChoice::FirstAndLast, None) => ends(),
        (WaveChoice::Each, None) => waves.iter().collect(),
    }
}
