//! Remembering: records that were accepted before stand beside those that are confronted, for the kinds that compare with them.
//!
//! They are seen and never judged: no finding stands at them, and no count has them. A record that is about to be replaced is not among
//! them: it would be found to be like the one that replaces it.

use catalyse_records::{Chunk, Records};
use polars::prelude::PolarsResult;

use crate::confront::{SeenLook, look_back};
use crate::{Checks, Confrontation, Seen, Sighting};

/// Holds what the kinds that remember keep of records that were accepted before: made once, put beside any number of confrontations.
#[derive(Clone, Default)]
pub struct Remembered(Vec<SeenLook>);

impl Remembered {
    /// Adds what was kept of other records.
    pub fn extend(&mut self, others: Self) {
        self.0.extend(others.0);
    }
}

impl Confrontation<'_> {
    /// Takes records that were accepted before. The order in which they come, before or among the others, does not matter.
    ///
    /// # Errors
    /// The chunk does not have the layout of its table.
    pub fn remember(&mut self, chunk: Chunk) -> PolarsResult<()> {
        let looks = self.checks().look_back(&Records::from(chunk))?;
        self.beside(&known(looks));
        Ok(())
    }

    /// Takes what was kept of records that were accepted before.
    pub fn beside(&mut self, remembered: &Remembered) {
        for look in &remembered.0 {
            self.add_sightings(look.clone());
        }
    }
}

impl Checks {
    /// Returns what the kinds that remember keep of records that were seen, as of records that were accepted before.
    pub fn remembered(&self, seen: Seen) -> Remembered {
        known(seen.looks.into_iter().filter(|look| self.remembers(look.across)))
    }

    fn remembers(&self, across: usize) -> bool {
        self.across.get(across).is_some_and(|across| across.kind.remembers())
    }

    /// Returns what the checks that remember keep of records.
    fn look_back(&self, records: &Records) -> PolarsResult<Vec<SeenLook>> {
        let Some(checks) = self.tables.get(&records.table) else { return Ok(Vec::new()) };
        let remembers = |across: usize| self.remembers(across);
        if records.rows.is_empty() || !checks.looks.iter().any(|look| remembers(look.across)) {
            return Ok(Vec::new());
        }
        look_back(checks, records, &remembers)
    }
}

fn known(looks: impl IntoIterator<Item = SeenLook>) -> Remembered {
    let mut looks: Vec<SeenLook> = looks.into_iter().collect();
    for sighting in looks.iter_mut().flat_map(|look| &mut look.sightings) {
        sighting.source = Sighting::KNOWN;
    }
    Remembered(looks)
}
