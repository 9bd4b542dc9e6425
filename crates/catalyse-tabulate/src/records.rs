//! How many records stand for each partner and wave: what a report says of its deliveries.

use std::collections::BTreeMap;

use catalyse_codebook::Codebook;
use catalyse_disclose::{Axis, TableSpec};
use catalyse_locale::Label;
use catalyse_records::{Batch, Table};
use polars::prelude::DataFrame;

use crate::caseload::physical_codes;
use crate::{Caseload, TabulateError};

/// Holds counts of records by the codes of partner and wave; nothing for a code that could not be read.
///
/// These are true counts: round them before they leave.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct RecordCounts {
    counts: BTreeMap<(Option<String>, Option<String>), u64>,
    n_episodes: u64,
}

impl RecordCounts {
    /// Counts the records of the main table, and the episodes.
    ///
    /// # Errors
    /// The column of partners or of waves cannot be read.
    pub fn of(codebook: &Codebook, batch: &Batch) -> Result<Self, TabulateError> {
        let main = batch.table(&Table::Main).map(|main| Self::of_frame(codebook, &main.frame));
        let episodes = batch.tables.iter().filter(|records| records.table != Table::Main);
        let n_episodes = episodes.map(|records| records.rows.len() as u64).sum();
        Ok(Self { n_episodes, ..main.transpose()?.unwrap_or_default() })
    }

    /// Counts the records that a caseload counts in its tables.
    ///
    /// # Errors
    /// The column of partners or of waves cannot be read.
    pub fn of_caseload(caseload: &Caseload<'_>) -> Result<Self, TabulateError> {
        let main = Self::of_frame(caseload.codebook, caseload.main().frame)?;
        Ok(Self { n_episodes: caseload.n_episodes(), ..main })
    }

    fn of_frame(codebook: &Codebook, frame: &DataFrame) -> Result<Self, TabulateError> {
        let study = &codebook.study;
        let partners = physical_codes(frame, study.partner.as_str())?;
        let waves = physical_codes(frame, study.wave.as_str())?;
        let mut counts = BTreeMap::new();
        for (partner, wave) in partners.into_iter().zip(waves) {
            let partner = partner.and_then(|code| study.partners.get(code as usize));
            let wave = wave.and_then(|code| study.waves.get(code as usize));
            let key =
                (partner.map(|found| found.id.to_string()), wave.map(|found| found.id.to_string()));
            *counts.entry(key).or_default() += 1;
        }
        Ok(Self { counts, n_episodes: 0 })
    }

    /// Returns how many more records stand here than in another count, place by place.
    #[must_use]
    pub fn beyond(&self, other: &Self) -> Self {
        let beyond = |(key, n): (&(Option<String>, Option<String>), &u64)| {
            let others = other.counts.get(key).copied().unwrap_or(0);
            (key.clone(), n.saturating_sub(others))
        };
        Self {
            counts: self.counts.iter().map(beyond).collect(),
            n_episodes: self.n_episodes.saturating_sub(other.n_episodes),
        }
    }

    /// Returns the number of episodes.
    pub const fn n_episodes(&self) -> u64 {
        self.n_episodes
    }

    /// Adds up the records whose partner and wave meet a condition.
    pub fn sum(&self, is_meant: impl Fn(Option<&str>, Option<&str>) -> bool) -> u64 {
        let meant = self
            .counts
            .iter()
            .filter(|((partner, wave), _)| is_meant(partner.as_deref(), wave.as_deref()));
        meant.map(|(_, n)| n).sum()
    }
}

impl std::fmt::Debug for RecordCounts {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("RecordCounts(…)")
    }
}

/// Returns the table of the records that count, by partner and wave. It goes through the gate with the others, so that its numbers are
/// those of every other table.
pub fn records_spec(id: &str) -> TableSpec {
    TableSpec {
        id: id.to_owned(),
        kind: "frequency".to_owned(),
        rows: Axis::PARTNER.to_owned(),
        columns: Some(Axis::WAVE.to_owned()),
        value: None,
        universe: None,
        universe_label: Label::default(),
        wave: catalyse_disclose::WaveChoice::Each,
        count: None,
        weighted: false,
    }
}
