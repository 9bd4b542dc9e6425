//! Rows that look the same: the same person twice in a wave, and forms whose answers are all equal.

use catalyse_codebook::{Codebook, Sensitivity};
use catalyse_records::{Layout, Table, column_names};
use polars::prelude::*;

use super::values::times;
use crate::sighting::hash_keys;

/// A form with fewer answers than this may equal another one by chance.
pub(super) const FEWEST_ANSWERS: u32 = 8;

const EMPTY: u64 = 0x5bd1_e995_9d1b_58d3;

/// Holds how many rows look like another one.
#[derive(Clone, Copy, Default)]
pub(super) struct Duplicates {
    /// Rows whose person stands twice or more in the wave. None in a repeat, where that is usual.
    pub(super) n_same_person: u64,
    /// Rows all of whose answers are those of another person of the wave; in a repeat, of another row of the person.
    pub(super) n_copied: u64,
}

/// Counts the rows that look like another one.
pub(super) fn duplicates(
    codebook: &Codebook,
    layout: &Layout,
    frame: &DataFrame,
) -> PolarsResult<Duplicates> {
    let study = &codebook.study;
    let person = study.identity().into_iter().map(|name| frame.column(name.as_str()).cloned());
    let person = person.collect::<PolarsResult<Vec<Column>>>()?;
    let wave = frame.column(study.wave.as_str())?.clone();
    let n_rows = frame.height();
    let persons = hash_keys(&person, n_rows)?;
    let is_repeat = layout.table != Table::Main;
    let n_same_person = if is_repeat {
        0
    } else {
        let columns: Vec<Column> = person.into_iter().chain([wave.clone()]).collect();
        count_repeated(hash_keys(&columns, n_rows)?.into_iter().flatten().collect())
    };
    let answers = answers(codebook, layout, frame)?;
    let waves = hash_keys(&[wave], n_rows)?;
    let mut forms: Vec<[u64; 2]> = Vec::with_capacity(n_rows);
    for (index, ((answers, person), wave)) in answers.iter().zip(&persons).zip(&waves).enumerate() {
        // A row without a person is a person of its own.
        let person = person.map_or(index as u64, |person| person[0]);
        let wave = wave.map_or(0, |wave| wave[0]);
        match is_repeat {
            true => forms.push([mix(mix(answers.state, wave), person), 0]),
            false if answers.n_answers >= FEWEST_ANSWERS => {
                forms.push([mix(answers.state, wave), person]);
            }
            false => {}
        }
    }
    let n_copied = if is_repeat { count_repeated(forms) } else { count_shared(forms) };
    Ok(Duplicates { n_same_person, n_copied })
}

/// Counts the keys that come more than once, each time they come.
fn count_repeated(mut keys: Vec<[u64; 2]>) -> u64 {
    keys.sort_unstable();
    let groups = keys.chunk_by(|one, other| one == other);
    groups.filter(|group| group.len() > 1).map(|group| group.len() as u64).sum()
}

/// Counts the forms that more than one person has.
fn count_shared(mut forms: Vec<[u64; 2]>) -> u64 {
    forms.sort_unstable();
    let groups = forms.chunk_by(|one, other| one[0] == other[0]);
    groups
        .filter(|group| group.first().map(|one| one[1]) != group.last().map(|one| one[1]))
        .map(|group| group.len() as u64)
        .sum()
}

/// Holds what the answers of a row come to.
#[derive(Clone, Copy, Default)]
struct Answers {
    state: u64,
    n_answers: u32,
}

/// Mixes the answers of each row: what was asked, without who was asked, by whom and when.
fn answers(codebook: &Codebook, layout: &Layout, frame: &DataFrame) -> PolarsResult<Vec<Answers>> {
    let study = &codebook.study;
    let keys = [&study.person, &study.wave, &study.partner, &study.interview_date];
    let asked = layout
        .variables
        .iter()
        .filter(|name| !keys.contains(name) && study.weight.as_ref() != Some(name))
        .filter_map(|name| codebook.variable(name))
        .filter(|variable| !variable.is_derived())
        .filter(|variable| variable.sensitivity != Sensitivity::Identifying);
    let mut rows = vec![Answers::default(); frame.height()];
    for variable in asked {
        for (place, name) in column_names(codebook, variable).iter().enumerate() {
            add(&mut rows, frame.column(name)?, u32::from(place == 0))?;
        }
    }
    Ok(rows)
}

fn add(rows: &mut [Answers], column: &Column, counts: u32) -> PolarsResult<()> {
    let push = |row: &mut Answers, value: Option<u64>| {
        row.state = mix(row.state, value.unwrap_or(EMPTY));
        row.n_answers += if value.is_some() { counts } else { 0 };
    };
    let series = column.as_materialized_series();
    match series.dtype() {
        DataType::String => {
            let keys = hash_keys(std::slice::from_ref(column), column.len())?;
            for (row, key) in rows.iter_mut().zip(keys) {
                push(row, key.map(|key| key[0]));
            }
        }
        DataType::Float64 => {
            for (row, number) in rows.iter_mut().zip(series.f64()?.iter()) {
                push(row, number.map(f64::to_bits));
            }
        }
        _ => {
            for (row, number) in rows.iter_mut().zip(times(series)?) {
                push(row, number.map(i64::cast_unsigned));
            }
        }
    }
    Ok(())
}

const fn mix(state: u64, value: u64) -> u64 {
    // Odd, from the golden ratio. Two of ten million different forms come to the same with a probability below 10⁻⁵.
    (state ^ value).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(31)
}
