//! The caseload: all records of the main table, one row a person and wave, ready to be counted.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use catalyse_codebook::{CodeScope, Codebook, FormName, Partner, Study, VariableName, Wave};
use catalyse_disclose::{Fingerprint, Nested, Unit};
use catalyse_locale::Language;
use catalyse_records::{Batch, Table};
use polars::prelude::*;

use crate::TabulateError;
use crate::nested::nested_by_definition;

/// Holds the records of a study with the wave and the person of each.
///
/// # Shape
/// One row a person and wave. Where a delivery holds a person twice in a wave, the first row counts and the others do not;
/// [`Caseload::n_repeated`] says how many they were.
///
/// A code stands for one person in the whole study, as the definition of the key variable says, whichever partner sends it: who moves to
/// another partner is followed. The check of keys refuses two records of a code in one wave, of two partners too.
///
/// # Missing
/// A record without a wave is in no table of a wave. Records without a person count as one person in a wave; the check of keys keeps
/// them from an accepted batch. A record without a weight, or with one below 0, weighs nothing.
pub struct Caseload<'a> {
    /// The study.
    pub codebook: &'a Codebook,
    pub(crate) frame: DataFrame,
    pub(crate) persons: Vec<u32>,
    pub(crate) waves: Vec<Option<u32>>,
    weights: Option<Vec<f64>>,
    repeats: BTreeMap<FormName, Repeats>,
    n_repeated: usize,
    /// Who is among whom by the study's definitions.
    pub(crate) nested: Vec<Nested>,
}

/// Holds the rows of one repeat form.
pub(crate) struct Repeats {
    pub(crate) frame: DataFrame,
    pub(crate) persons: Vec<u32>,
    pub(crate) waves: Vec<Option<u32>>,
}

/// Holds one set of rows that can be counted: the main table, or a repeat form.
#[derive(Clone, Copy)]
pub(crate) struct Rows<'a> {
    pub(crate) frame: &'a DataFrame,
    /// A number for each person, the same in all tables.
    pub(crate) persons: &'a [u32],
    /// The index of the wave in the study.
    pub(crate) waves: &'a [Option<u32>],
    pub(crate) weights: Option<&'a [f64]>,
}

impl Rows<'_> {
    /// Returns what a row adds to the fingerprint of a cell: its person, or the row itself where rows are counted.
    pub(crate) fn fingerprint(&self, index: usize, unit: &Unit) -> Fingerprint {
        match unit {
            Unit::Persons => self
                .persons
                .get(index)
                .map_or(Fingerprint::default(), |person| Fingerprint::of_person(*person)),
            Unit::Rows(words) => Fingerprint::of_row(words.get(Language::Fr), index as u32),
        }
    }
}

impl<'a> Caseload<'a> {
    /// Makes the caseload of a batch whose derived variables are there.
    ///
    /// # Errors
    /// There are no records, or a key column cannot be read.
    pub fn new(codebook: &'a Codebook, batch: &Batch) -> Result<Self, TabulateError> {
        let main = batch.table(&Table::Main).filter(|main| main.frame.height() > 0);
        let main = main.ok_or(TabulateError::NoRecords)?;
        let mut numbers = BTreeMap::new();
        let persons = person_numbers(&main.frame, &codebook.study, &mut numbers)?;
        let waves = physical_codes(&main.frame, codebook.study.wave.as_str())?;
        let keep = first_of_each(&persons, &waves);
        let n_repeated = keep.iter().filter(|keep| !**keep).count();
        let mask = BooleanChunked::from_slice("keep".into(), &keep);
        let frame = main.frame.filter(&mask)?;
        let kept = |index: &usize| keep.get(*index).copied().unwrap_or(false);
        let persons = (0..persons.len())
            .filter(kept)
            .filter_map(|index| persons.get(index).copied())
            .collect();
        let waves =
            (0..waves.len()).filter(kept).filter_map(|index| waves.get(index).copied()).collect();
        let weights =
            codebook.study.weight.as_ref().map(|weight| numbers_of(&frame, weight)).transpose()?;
        let usable = |weight: f64| weight.is_finite() && weight > 0.0;
        let weights = weights.map(|weights| {
            weights
                .into_iter()
                .map(|weight| weight.filter(|of| usable(*of)).unwrap_or(0.0))
                .collect()
        });
        let mut repeats = BTreeMap::new();
        for records in &batch.tables {
            if let Table::Repeat(form) = &records.table {
                let persons = person_numbers(&records.frame, &codebook.study, &mut numbers)?;
                let waves = physical_codes(&records.frame, codebook.study.wave.as_str())?;
                repeats
                    .insert(form.clone(), Repeats { frame: records.frame.clone(), persons, waves });
            }
        }
        let nested = nested_by_definition(codebook);
        Ok(Self { codebook, frame, persons, waves, weights, repeats, n_repeated, nested })
    }

    /// Returns how many rows were left out because their person and wave stood in a row before.
    pub const fn n_repeated(&self) -> usize {
        self.n_repeated
    }

    /// Counts the rows of all repeat forms.
    pub fn n_episodes(&self) -> u64 {
        self.repeats.values().map(|rows| rows.frame.height() as u64).sum()
    }

    /// Counts the distinct persons of the main table.
    pub fn n_persons(&self) -> usize {
        self.persons.iter().collect::<BTreeSet<_>>().len()
    }

    /// Counts the persons whose code stands in records of two partners or more.
    ///
    /// # Errors
    /// The column of the partner cannot be read.
    pub fn n_shared_codes(&self) -> Result<u64, TabulateError> {
        let partners = physical_codes(&self.frame, self.codebook.study.partner.as_str())?;
        let known = self.persons.iter().zip(partners).filter(|(_, partner)| partner.is_some());
        let pairs: BTreeSet<(u32, Option<u32>)> = known.map(|(of, at)| (*of, at)).collect();
        let pairs: Vec<u32> = pairs.into_iter().map(|(person, _)| person).collect();
        Ok(pairs.chunk_by(|one, other| one == other).filter(|same| same.len() > 1).count() as u64)
    }

    /// Lists the waves of the study that have records, in time.
    pub fn waves_present(&self) -> Vec<(u32, &'a Wave)> {
        let waves = self.codebook.study.waves.iter().enumerate();
        waves
            .map(|(index, wave)| (index as u32, wave))
            .filter(|(index, _)| self.waves.contains(&Some(*index)))
            .collect()
    }

    /// Lists the partners of the study that have records, in the order of the study.
    ///
    /// # Errors
    /// The column of partners cannot be read.
    pub fn partners_present(&self) -> Result<Vec<&'a Partner>, TabulateError> {
        let codes = physical_codes(&self.frame, self.codebook.study.partner.as_str())?;
        let partners = self.codebook.study.partners.iter().enumerate();
        Ok(partners
            .filter(|(index, _)| codes.contains(&Some(*index as u32)))
            .map(|(_, partner)| partner)
            .collect())
    }

    /// Returns the main rows, one a person and wave.
    pub(crate) fn main(&self) -> Rows<'_> {
        Rows {
            frame: &self.frame,
            persons: &self.persons,
            waves: &self.waves,
            weights: self.weights.as_deref(),
        }
    }

    /// Returns the rows of a repeat form, if there are any.
    pub(crate) fn repeat(&self, form: &str) -> Option<Rows<'_>> {
        let repeats = self.repeats.get(form).filter(|repeats| !repeats.persons.is_empty())?;
        let Repeats { frame, persons, waves } = repeats;
        Some(Rows { frame, persons, waves, weights: None })
    }
}

impl fmt::Debug for Caseload<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Caseload({} × {})", self.frame.height(), self.frame.width())
    }
}

/// Returns the physical codes of a column of codes: the index of each row's category in its list.
pub(crate) fn physical_codes(
    frame: &DataFrame,
    column: &str,
) -> Result<Vec<Option<u32>>, TabulateError> {
    let series = frame.column(column)?.as_materialized_series();
    let codes = series.to_physical_repr().cast(&DataType::UInt32)?;
    Ok(codes.u32()?.iter().collect())
}

/// Returns the numbers of a column of quantities.
pub(crate) fn numbers_of(
    frame: &DataFrame,
    variable: &VariableName,
) -> Result<Vec<Option<f64>>, TabulateError> {
    let series =
        frame.column(variable.as_str())?.as_materialized_series().cast(&DataType::Float64)?;
    Ok(series.f64()?.iter().collect())
}

/// Numbers the persons: by their code, and by their partner too where codes are the partner's own.
fn person_numbers(
    frame: &DataFrame,
    study: &Study,
    numbers: &mut BTreeMap<(Option<u32>, String), u32>,
) -> Result<Vec<u32>, TabulateError> {
    let column = frame.column(study.person.as_str())?.as_materialized_series();
    let codes = column.cast(&DataType::String)?;
    let codes = codes.str()?.iter().map(Option::unwrap_or_default);
    let partners = match study.codes {
        CodeScope::Study => vec![None; frame.height()],
        CodeScope::Partner => physical_codes(frame, study.partner.as_str())?,
    };
    let number = |key| {
        let next = numbers.len() as u32;
        *numbers.entry(key).or_insert(next)
    };
    Ok(partners.into_iter().zip(codes.map(str::to_owned)).map(number).collect())
}

fn first_of_each(persons: &[u32], waves: &[Option<u32>]) -> Vec<bool> {
    let mut seen = BTreeSet::new();
    persons.iter().zip(waves).map(|pair| seen.insert(pair)).collect()
}
