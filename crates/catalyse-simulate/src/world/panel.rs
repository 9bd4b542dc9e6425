//! The panel: which person is followed by which partner, and answers in which waves, on which day.

use std::collections::BTreeMap;

use catalyse_codebook::types::{day_number, ymd_of_day_number};
use catalyse_codebook::{Codebook, Wave};

use crate::world::hints::{Hints, Weights};
use crate::world::random::Draw;
use crate::{Options, SimulateError};

/// Holds one person.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    /// Its number, from 0.
    pub(crate) number: u64,
    /// Its pseudonym, `DUR-0042`.
    pub(crate) pseudonym: String,
    /// The index of its partner.
    pub(crate) partner: usize,
    /// The index of its first wave.
    pub(crate) first_wave: usize,
    /// The waves it answers in, with the day.
    pub(crate) interviews: Vec<(usize, i32)>,
}

/// Holds what is known of a row before anything is drawn.
#[derive(Clone, Debug)]
pub(crate) struct Unit {
    /// Its person, and in a repeat its spell: what its lasting numbers hang on.
    pub(crate) chance: Draw,
    /// What tells rows apart when they are drawn again: the person and the spell.
    pub(crate) owner: (u64, u64),
    /// The person's number.
    pub(crate) person: u64,
    /// The index of its partner.
    pub(crate) partner: usize,
    /// The index of its wave.
    pub(crate) wave: usize,
    /// The first wave in which the lasting numbers exist.
    pub(crate) first_wave: usize,
    /// The row of the same person in an earlier wave.
    pub(crate) previous: Option<usize>,
    /// The day of the interview.
    pub(crate) day: i32,
}

/// Invents the persons.
pub(crate) fn persons(
    codebook: &Codebook,
    hints: &Hints,
    options: &Options,
) -> Result<Vec<Person>, SimulateError> {
    let study = &codebook.study;
    let known = study.waves.len();
    if options.n_waves > known {
        return Err(SimulateError::TooManyWaves { asked: options.n_waves, known });
    }
    let waves = study.waves.iter().take(options.n_waves);
    let days = waves.map(working_days).collect::<Result<Vec<_>, _>>()?;
    let panel = &hints.panel;
    let partner_ids: Vec<&str> = study.partners.iter().map(|partner| partner.id.as_str()).collect();
    let wave_ids: Vec<&str> = study.waves.iter().map(|wave| wave.id.as_str()).collect();
    let partner_ends = ends(&panel.partners, &partner_ids, |_| 1.0);
    let starts = wave_ids.get(..options.n_waves).unwrap_or_default();
    let start_ends = ends(&panel.starts, starts, |index| if index == 0 { 0.7 } else { 0.15 });
    let prefixes = prefixes(&partner_ids);
    let root = Draw::new(options.seed).of("panel");
    let mut counts = vec![0_usize; partner_ids.len()];
    let mut persons = Vec::with_capacity(options.n_persons);
    for number in 0..options.n_persons as u64 {
        let draw = root.at(number);
        let partner = place(&partner_ends, draw.of("partner").unit());
        let first_wave = place(&start_ends, draw.of("start").unit());
        let mut interviews = Vec::new();
        for (wave, days) in days.iter().enumerate().skip(first_wave) {
            let draw = draw.at(wave as u64);
            if wave > first_wave && draw.of("exit").unit() < panel.exit {
                break;
            }
            if wave == first_wave || draw.of("non-response").unit() >= panel.non_response {
                let day = days.get(draw.of("day").below(days.len())).copied().unwrap_or_default();
                interviews.push((wave, day));
            }
        }
        let (Some(count), Some(prefix)) = (counts.get_mut(partner), prefixes.get(partner)) else {
            continue;
        };
        *count += 1;
        let pseudonym = format!("{prefix}-{count:04}");
        persons.push(Person { number, pseudonym, partner, first_wave, interviews });
    }
    Ok(persons)
}

/// Returns where the share of each name ends, from 0 to 1. Names without a weight take the default where no weight is given at all.
fn ends(weights: &Weights, names: &[&str], default: impl Fn(usize) -> f64) -> Vec<f64> {
    let weight = |(index, name): (usize, &&str)| {
        if weights.is_empty() { default(index) } else { weights.get(*name).copied().unwrap_or(0.0) }
    };
    let shares: Vec<f64> = names.iter().enumerate().map(weight).collect();
    let total: f64 = shares.iter().sum();
    let mut sum = 0.0;
    let end = |share: f64| {
        sum += share;
        if total > 0.0 { sum / total } else { 1.0 }
    };
    shares.into_iter().map(end).collect()
}

fn place(ends: &[f64], unit: f64) -> usize {
    ends.iter().position(|end| unit < *end).unwrap_or(ends.len().saturating_sub(1))
}

/// Returns three letters for each partner, or its whole name where three are not enough to tell them apart.
pub(crate) fn prefixes(ids: &[&str]) -> Vec<String> {
    let short = |id: &str| {
        let letters = id.chars().filter(char::is_ascii_alphabetic).take(3);
        letters.collect::<String>().to_ascii_uppercase()
    };
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for id in ids {
        *counts.entry(short(id)).or_default() += 1;
    }
    let is_telling = |id: &str| counts.get(&short(id)) == Some(&1);
    ids.iter().map(|id| if is_telling(id) { short(id) } else { id.to_ascii_uppercase() }).collect()
}

/// Lists the days from Monday to Friday of a wave.
fn working_days(wave: &Wave) -> Result<Vec<i32>, SimulateError> {
    let wrong = || SimulateError::WaveDays(wave.id.to_string());
    let (from, to) = (day_of(&wave.from).ok_or_else(wrong)?, day_of(&wave.to).ok_or_else(wrong)?);
    // 1970-01-01 was a Thursday.
    let days: Vec<i32> = (from..=to).filter(|day| (day + 3).rem_euclid(7) < 5).collect();
    if days.is_empty() { Err(wrong()) } else { Ok(days) }
}

/// Reads an ISO day.
pub(crate) fn day_of(iso: &str) -> Option<i32> {
    let mut parts = iso.splitn(3, '-');
    let year = parts.next()?.parse().ok()?;
    let month = parts.next()?.parse().ok()?;
    day_number(year, month, parts.next()?.parse().ok()?)
}

/// Returns the month of a day, as months are stored.
pub(crate) fn month_of(day: i32) -> i64 {
    let (year, month, _) = ymd_of_day_number(day);
    i64::from(year) * 12 + i64::from(month) - 1
}
