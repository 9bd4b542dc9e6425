//! Remembering: records that were accepted before stand beside those that are confronted, for the kinds that compare with them.
//!
//! They are seen and never judged: no finding stands at them, and no count has them.

use catalyse_records::{Chunk, Records};
use polars::prelude::PolarsResult;

use crate::confront::{SeenLook, look_back};
use crate::{Checks, Confrontation, Sighting};

impl Confrontation<'_> {
    /// Takes records that were accepted before. The order in which they come, before or among the others, does not matter.
    ///
    /// # Errors
    /// The chunk does not have the layout of its table.
    pub fn remember(&mut self, chunk: Chunk) -> PolarsResult<()> {
        let looks = self.checks().look_back(&Records::from(chunk))?;
        for mut look in looks {
            for sighting in &mut look.sightings {
                sighting.source = Sighting::KNOWN;
            }
            self.add_sightings(look);
        }
        Ok(())
    }
}

impl Checks {
    /// Returns what the checks that remember keep of records.
    fn look_back(&self, records: &Records) -> PolarsResult<Vec<SeenLook>> {
        let Some(checks) = self.tables.get(&records.table) else { return Ok(Vec::new()) };
        let remembers =
            |across: usize| self.across.get(across).is_some_and(|across| across.kind.remembers());
        if records.rows.is_empty() || !checks.looks.iter().any(|look| remembers(look.across)) {
            return Ok(Vec::new());
        }
        look_back(checks, records, &remembers)
    }
}
