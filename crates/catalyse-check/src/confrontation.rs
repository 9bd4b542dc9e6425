//! A confrontation: chunks go in, one after the other or from several threads, and a report comes out.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;
use std::sync::mpsc::sync_channel;
use std::sync::{Arc, Mutex};
use std::thread;

use catalyse_codebook::VariableName;
use catalyse_locale::Message;
use catalyse_records::{BatchBuilder, Cause, Chunk, Findings, Records, Source, SourceIndex, Table};
use polars::prelude::PolarsResult;

use crate::absent::causes;
use crate::confront::SeenLook;
use crate::sighting::{N_BUCKETS, bucket_of};
use crate::{Checks, Outcome, Report, Seen, Sighting, Tally};

/// Holds what was seen so far of a delivery.
pub struct Confrontation<'c> {
    checks: &'c Checks,
    sources: Arc<Vec<Source>>,
    findings: Findings,
    /// The cause in `findings` of each cause of the checks, once it has a finding.
    known: Vec<Option<u32>>,
    tallies: Vec<Tally>,
    /// By check across records, by look: sightings in buckets.
    sightings: Vec<Vec<Buckets>>,
    /// What no chunk of a source had a value of.
    absent: BTreeMap<(SourceIndex, Table), BTreeSet<VariableName>>,
    /// Small chunks that wait for others of which the same is absent.
    waiting: BTreeMap<(Table, BTreeSet<VariableName>), Waiting>,
}

type Buckets = Vec<Vec<Sighting>>;

#[derive(Default)]
struct Waiting {
    n_rows: usize,
    chunks: BatchBuilder,
}

/// So many rows are worth a plan of their own.
const ENOUGH_ROWS: usize = 8_192;

impl<'c> Confrontation<'c> {
    /// Begins a confrontation of a delivery whose sources are known.
    pub fn new(checks: &'c Checks, sources: Arc<Vec<Source>>) -> Self {
        let buckets = |n_looks| vec![vec![Vec::new(); N_BUCKETS]; n_looks];
        Self {
            checks,
            findings: Findings::new(Arc::clone(&sources)),
            sources,
            known: vec![None; checks.causes.len()],
            tallies: vec![Tally::default(); checks.ids.len()],
            sightings: checks.across.iter().map(|across| buckets(across.n_looks)).collect(),
            absent: BTreeMap::new(),
            waiting: BTreeMap::new(),
        }
    }

    /// Adds the sources of one more delivery and returns how many there were before: by so much its chunks' sources must be shifted.
    pub fn add_sources(&mut self, sources: impl IntoIterator<Item = Source>) -> u32 {
        let n_before = self.sources.len() as u32;
        Arc::make_mut(&mut self.sources).extend(sources);
        self.findings.sources = Arc::clone(&self.sources);
        n_before
    }

    /// Takes which row of its joined sheet each row of a source belongs to, so that findings stand where the value does.
    pub fn join(&mut self, source: SourceIndex, rows: impl IntoIterator<Item = (u32, u32)>) {
        let sources = Arc::make_mut(&mut self.sources);
        if let Some(joined) =
            sources.get_mut(source.0 as usize).and_then(|source| source.joined.as_mut())
        {
            joined.rows.extend(rows);
        }
        self.findings.sources = Arc::clone(&self.sources);
    }

    /// Confronts a chunk: at once if it is large, else together with others.
    ///
    /// # Errors
    /// The chunk, or one that waited, does not have the layout of its table.
    pub fn chunk(&mut self, chunk: Chunk) -> PolarsResult<()> {
        let source = self.sources.get(chunk.source.0 as usize);
        let absent = self.checks.absent(&chunk, source);
        if chunk.rows.len() >= ENOUGH_ROWS || !self.checks.tables.contains_key(&chunk.table) {
            let seen = self.checks.confront_records(&Records::from(chunk), absent)?;
            self.add(seen);
            return Ok(());
        }
        let key = (chunk.table.clone(), absent);
        let waiting = self.waiting.entry(key.clone()).or_default();
        waiting.n_rows += chunk.rows.len();
        waiting.chunks.push(chunk);
        if waiting.n_rows >= ENOUGH_ROWS
            && let Some(waiting) = self.waiting.remove(&key)
        {
            self.confront_waiting(waiting, &key.1)?;
        }
        Ok(())
    }

    fn confront_waiting(
        &mut self,
        waiting: Waiting,
        absent: &BTreeSet<VariableName>,
    ) -> PolarsResult<()> {
        let layout_of =
            |table: &Table| self.checks.tables.get(table).map(|checks| &checks.derivation.layout);
        for mut records in waiting.chunks.records(layout_of)? {
            records.frame.rechunk_mut();
            let seen = self.checks.confront_records(&records, absent.clone())?;
            self.add(seen);
        }
        Ok(())
    }

    /// Confronts chunks on several threads. Each takes the next chunk when it is free, so that no more chunks than threads are in memory.
    ///
    /// The chunks may be made while they are taken: while one thread reads, the others confront.
    ///
    /// # Errors
    /// A chunk does not have the layout of its table.
    pub fn chunks(
        &mut self,
        chunks: impl Iterator<Item = Chunk> + Send,
        n_threads: NonZeroUsize,
    ) -> PolarsResult<()> {
        let (checks, sources) = (self.checks, Arc::clone(&self.sources));
        let queue = Mutex::new(chunks.fuse());
        let (sender, receiver) = sync_channel(n_threads.get());
        thread::scope(|scope| {
            for _ in 0..n_threads.get() {
                let sender = sender.clone();
                let (queue, sources) = (&queue, &sources);
                scope.spawn(move || {
                    let next = || queue.lock().ok().and_then(|mut queue| queue.next());
                    while let Some(chunk) = next() {
                        let source = sources.get(chunk.source.0 as usize);
                        if sender.send(checks.confront(chunk, source)).is_err() {
                            break;
                        }
                    }
                });
            }
            drop(sender);
            for seen in receiver {
                self.add(seen?);
            }
            Ok(())
        })
    }

    /// Adds what a chunk gave that was confronted elsewhere. The order of chunks does not matter.
    pub fn add(&mut self, seen: Seen) {
        for (cause, source, row) in seen.violations {
            self.found(cause, source, row);
        }
        for (check, tally) in seen.tallies {
            self.count(check, tally);
        }
        for look in seen.looks {
            if look.look == 0
                && let Some(across) = self.checks.across.get(look.across)
            {
                let tally = Tally {
                    satisfied: look.n_left_out,
                    lacking: look.n_lacking,
                    ..Tally::default()
                };
                self.count(across.check, tally);
            }
            self.add_sightings(look);
        }
        for source in seen.sources {
            self.absent
                .entry((source, seen.table.clone()))
                .and_modify(|known| known.retain(|name| seen.absent.contains(name)))
                .or_insert_with(|| seen.absent.clone());
        }
    }

    pub(crate) fn add_sightings(&mut self, look: SeenLook) {
        let looks = self.sightings.get_mut(look.across);
        let Some(buckets) = looks.and_then(|looks| looks.get_mut(look.look)) else { return };
        for sighting in look.sightings {
            if let Some(bucket) = buckets.get_mut(bucket_of(&sighting)) {
                bucket.push(sighting);
            }
        }
    }

    /// Returns the checks.
    pub(crate) const fn checks(&self) -> &'c Checks {
        self.checks
    }

    /// Confronts what still waits, judges what needs all records, and returns the report.
    ///
    /// # Errors
    /// A chunk that waited does not have the layout of its table.
    pub fn finish(mut self) -> PolarsResult<Report> {
        for ((_, absent), waiting) in std::mem::take(&mut self.waiting) {
            self.confront_waiting(waiting, &absent)?;
        }
        self.judge();
        for ((source, table), absent) in std::mem::take(&mut self.absent) {
            let of_table = self.checks.tables.get(&table);
            let Some((checks, known)) = of_table.zip(self.sources.get(source.0 as usize)) else {
                continue;
            };
            for cause in causes(&checks.expected, known, &absent) {
                let cause = self.findings.cause(cause.clone());
                self.findings.add(cause, source, 0);
            }
        }
        self.findings.sort();
        let outcomes = self.checks.ids.iter().zip(self.tallies);
        let outcomes =
            outcomes.map(|(check, tally)| Outcome { check: check.clone(), tally }).collect();
        Ok(Report { findings: self.findings, outcomes })
    }

    fn judge(&mut self) {
        let all = std::mem::take(&mut self.sightings);
        for (across, looks) in self.checks.across.iter().zip(all) {
            let count =
                |buckets: &Buckets| buckets.iter().map(|bucket| bucket.len() as u64).sum::<u64>();
            let totals: Vec<u64> = looks.iter().map(count).collect();
            let mut looks: Vec<_> = looks.into_iter().map(Vec::into_iter).collect();
            let mut tally = Tally::default();
            for _ in 0..N_BUCKETS {
                let mut bucket: Vec<Vec<Sighting>> =
                    looks.iter_mut().map(|look| look.next().unwrap_or_default()).collect();
                let is_judged = |sighting: &&Sighting| !sighting.is_known();
                let n_sighted =
                    bucket.first().map_or(0, |first| first.iter().filter(is_judged).count()) as u64;
                let mut judgement = across.kind.judge(&mut bucket, &totals);
                judgement.violated.retain(|sighting| !sighting.is_known());
                judgement.told.retain(|(sighting, _)| !sighting.is_known());
                let n_violated = (judgement.violated.len() + judgement.told.len()) as u64;
                tally += Tally {
                    satisfied: n_sighted.saturating_sub(n_violated + judgement.n_lacking),
                    violated: n_violated,
                    lacking: judgement.n_lacking,
                };
                for sighting in judgement.violated {
                    self.found(across.cause, SourceIndex(sighting.source), sighting.row);
                }
                for (sighting, message) in judgement.told {
                    self.told(across.cause, message, sighting);
                }
            }
            self.count(across.check, tally);
        }
    }

    fn found(&mut self, cause: u32, source: SourceIndex, row: u32) {
        let known = self.known.get(cause as usize).copied().flatten();
        let number = known.or_else(|| {
            let number = self.findings.cause(self.checks.causes.get(cause as usize)?.clone());
            *self.known.get_mut(cause as usize)? = Some(number);
            Some(number)
        });
        if let Some(number) = number {
            self.findings.add(number, source, row);
        }
    }

    /// Adds a finding whose message is another than that of its check.
    fn told(&mut self, cause: u32, message: Message, sighting: Sighting) {
        let Some(own) = self.checks.causes.get(cause as usize) else { return };
        let number = self.findings.cause(Cause { message, ..own.clone() });
        self.findings.add(number, SourceIndex(sighting.source), sighting.row);
    }

    fn count(&mut self, check: usize, tally: Tally) {
        if let Some(sum) = self.tallies.get_mut(check) {
            *sum += tally;
        }
    }
}

#[cfg(test)]
mod tests;
