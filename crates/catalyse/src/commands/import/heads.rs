//! The heads of a delivery's rows: whose record of which wave each becomes. They say which accepted records it replaces, so that it is not
//! found to be like them, and which others may be of the same persons.

use std::collections::{BTreeMap, BTreeSet};

use catalyse_codebook::{Codebook, Grain, Sensitivity, VariableName};
use catalyse_records::{Chunk, Layout, Records, Table, answers_in};
use catalyse_store::{NewRecord, RecordKey, Trace};

use super::delivery::record;
use crate::failure::Failure;
use crate::reading::engine_failure;
use crate::store::{LaidOut, OpenStore, failure};

/// Holds the heads of the rows that were read so far.
pub(super) struct Heads<'c> {
    codebook: &'c Codebook,
    /// The keys of each table, and the answers that say who the person is.
    layouts: BTreeMap<Table, Layout>,
    /// Records of keys and identity alone.
    rows: Vec<(Table, NewRecord)>,
}

impl<'c> Heads<'c> {
    /// Prepares to read heads.
    pub(super) fn of(codebook: &'c Codebook) -> Result<Self, Failure> {
        let study = &codebook.study;
        let is_who = |name: &VariableName| {
            let known = codebook.variable(name);
            [&study.person, &study.wave, &study.partner].contains(&name)
                || known.is_some_and(|one| one.sensitivity == Sensitivity::Identifying)
        };
        let mut layouts = BTreeMap::new();
        for form in &codebook.forms {
            let (table, number) = match form.grain {
                Grain::Person | Grain::PersonWave => (Table::Main, None),
                Grain::Repeat => {
                    (Table::Repeat(form.name.clone()), form.variables().next().map(|one| &one.name))
                }
            };
            let layout = Layout::new(codebook, table.clone()).map_err(engine_failure)?;
            let narrowed = layout.narrowed(codebook, |name| is_who(name) || number == Some(name));
            layouts.insert(table, narrowed);
        }
        Ok(Self { codebook, layouts, rows: Vec::new() })
    }

    /// Reads the heads of a chunk.
    pub(super) fn take(&mut self, chunk: &Chunk) -> Result<(), Failure> {
        let Some(layout) = self.layouts.get(&chunk.table) else { return Ok(()) };
        let records = Records::from(chunk.clone());
        let rows = answers_in(self.codebook, layout, &records).map_err(engine_failure)?;
        let heads = rows.into_iter().filter_map(|row| record(self.codebook, &chunk.table, row));
        self.rows.extend(heads.map(|head| (chunk.table.clone(), head)));
        Ok(())
    }

    /// Returns the records with which the delivery is compared.
    pub(super) fn compared(self, open: &OpenStore) -> Result<LaidOut, Failure> {
        let mut replaced = BTreeSet::new();
        let mut traces = Vec::new();
        for (table, head) in self.rows {
            let person = match head.person {
                // Without a code the store makes one of the identity.
                None if open.store.has_key() => {
                    open.store.pseudonym_of(&head.answers).map_err(failure)?
                }
                code => code,
            };
            if let Some(person) = person.clone() {
                let NewRecord { form, wave, partner, number, .. } = head;
                replaced.insert(RecordKey { form, wave, partner, person, number });
            }
            if table == Table::Main {
                traces.push(Trace { code: person, identity: head.answers });
            }
        }
        open.remembered(&traces, |record| !replaced.contains(&record.key))
    }
}
