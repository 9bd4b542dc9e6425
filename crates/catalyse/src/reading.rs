//! Reading deliveries for a command: each behind the fence, its chunks confronted as they come, its records kept if they are needed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use catalyse_check::{Checks, Confrontation, Outcome};
use catalyse_codebook::{CheckId, Codebook, Severity};
use catalyse_locale::{Args, Label, Language, Message, Wording};
use catalyse_records::{
    Batch, BatchBuilder, Chunk, Derivation, Event, Findings, Ledger, SourceIndex,
};
use catalyse_tabulate::RecordCounts;

use crate::cli::Input;
use crate::deliveries::deliveries;
use crate::failure::{Exit, Failure};
use crate::fence::Fence;
use crate::store::LaidOut;
use crate::terminal::Terminal;

/// Says what a command needs of the deliveries.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keep {
    /// Findings only: records pass through and are dropped, so that a file may be larger than memory.
    Findings,
    /// The records too.
    Records,
}

/// Holds what was read and found.
pub(crate) struct Reading {
    /// What the readers and the checks found, in the order of files and rows.
    pub findings: Findings,
    /// How each check fared.
    pub outcomes: Vec<Outcome>,
    /// Every row counted.
    pub ledger: Ledger,
    /// Files that could not be read, with the reason.
    pub unreadable: Vec<(String, Message)>,
    records: BatchBuilder,
}

/// Reads and confronts the files of a command, whose fence it has begun.
pub(crate) fn read(
    checks: &Checks,
    files: (&Input, Result<Fence, Failure>),
    (keep, terminal): (Keep, &Terminal),
) -> Result<Reading, Failure> {
    gather(checks, files, (keep, terminal), &mut |_| Ok(()))?.finish()
}

/// Reads and confronts files, as far as that records which were accepted before can be put beside them. `look` sees each chunk.
pub(crate) fn gather<'c>(
    checks: &'c Checks,
    (input, fence): (&Input, Result<Fence, Failure>),
    (keep, terminal): (Keep, &Terminal),
    look: &mut dyn FnMut(&Chunk) -> Result<(), Failure>,
) -> Result<Gathering<'c>, Failure> {
    let paths = deliveries(&input.files, terminal)?;
    let mut fence = fence?.with_files(paths);
    let mut gathering = Gathering {
        confrontation: Confrontation::new(checks, Arc::default()),
        read: Findings::default(),
        ledger: Ledger::default(),
        records: BatchBuilder::new(),
        unreadable: Vec::new(),
        n_sources_before: 0,
        keep,
    };
    let names: Vec<String> = fence.names().collect();
    let progress = terminal.progress(names.len() as u64);
    for name in names {
        progress.step(name.clone());
        let mut take = |event| {
            if let Event::Chunk(chunk) = &event {
                look(chunk)?;
            }
            gathering.take(event)
        };
        if let Err(message) = fence.read_next(&mut take)? {
            gathering.unreadable.push((name, message));
        }
    }
    Ok(gathering)
}

/// Confronts records of a store as those of files are.
pub(crate) fn confront_stored(
    checks: &Checks,
    (laid_out, remembered): (&LaidOut, &[Chunk]),
    keep: Keep,
) -> Result<Reading, Failure> {
    let sources = Arc::new(laid_out.sources.clone());
    let mut gathering = Gathering {
        confrontation: Confrontation::new(checks, Arc::clone(&sources)),
        read: Findings::new(sources),
        ledger: laid_out.ledger(),
        records: BatchBuilder::new(),
        unreadable: Vec::new(),
        n_sources_before: 0,
        keep,
    };
    laid_out.chunks.iter().try_for_each(|chunk| gathering.take_chunk(chunk.clone()))?;
    gathering.remember(remembered)?;
    let mut reading = gathering.finish()?;
    // A partner of whom a question was not asked in a wave lacks no column: a store has none.
    let causes = std::mem::take(&mut reading.findings.causes);
    let is_column = |cause: u32| {
        causes
            .get(cause as usize)
            .is_some_and(|cause| cause.check.as_str().ends_with(".column-missing"))
    };
    reading.findings.all.retain(|finding| !is_column(finding.cause));
    reading.findings.causes = causes;
    Ok(reading)
}

/// Holds what has come so far.
pub(crate) struct Gathering<'c> {
    confrontation: Confrontation<'c>,
    read: Findings,
    ledger: Ledger,
    records: BatchBuilder,
    unreadable: Vec<(String, Message)>,
    /// Each reader counts its sources from 0; those of a run are counted through.
    n_sources_before: u32,
    keep: Keep,
}

impl Gathering<'_> {
    fn take(&mut self, event: Event) -> Result<(), Failure> {
        match event {
            Event::Sources(sources) => {
                self.n_sources_before = self.confrontation.add_sources(sources);
            }
            Event::Chunk(chunk) => self.take_chunk(chunk)?,
            Event::Joined(source, rows) => {
                self.confrontation.join(self.shifted(source), rows);
            }
            // The texts of unreadable cells are for their owner's correction, not for this run.
            Event::Unread(_) => {}
            Event::Findings(mut findings) => {
                findings
                    .all
                    .iter_mut()
                    .for_each(|finding| finding.source = self.shifted(finding.source));
                self.read.append(findings);
            }
            Event::Ledger(ledger) => {
                let before = self.n_sources_before;
                self.ledger.entries.extend(ledger.entries.into_iter().map(|mut entry| {
                    entry.source = SourceIndex(entry.source.0 + before);
                    entry
                }));
            }
        }
        Ok(())
    }

    fn take_chunk(&mut self, mut chunk: Chunk) -> Result<(), Failure> {
        chunk.source = self.shifted(chunk.source);
        if self.keep == Keep::Records {
            self.records.push(chunk.clone());
        }
        self.confrontation.chunk(chunk).map_err(engine_failure)
    }

    /// Takes records that were accepted before.
    pub(crate) fn remember(&mut self, chunks: &[Chunk]) -> Result<(), Failure> {
        let mut chunks = chunks.iter().cloned();
        chunks.try_for_each(|chunk| self.confrontation.remember(chunk)).map_err(engine_failure)
    }

    const fn shifted(&self, source: SourceIndex) -> SourceIndex {
        SourceIndex(source.0 + self.n_sources_before)
    }

    /// Judges what needs all records.
    pub(crate) fn finish(self) -> Result<Reading, Failure> {
        let report = self.confrontation.finish().map_err(engine_failure)?;
        let mut findings = report.findings;
        findings.append(self.read);
        findings.sort();
        Ok(Reading {
            findings,
            outcomes: report.outcomes,
            ledger: self.ledger,
            unreadable: self.unreadable,
            records: self.records,
        })
    }
}

impl Reading {
    /// Says whether a file could not be read.
    pub(crate) fn has_unreadable_file(&self) -> bool {
        !self.unreadable.is_empty()
    }

    /// Stops if a file could not be read: a report without it would mislead.
    pub(crate) fn refuse_unreadable(&self) -> Result<(), Failure> {
        const FILE: Wording = Wording::new("{ $file } : { $reason }", "{ $file }: { $reason }");
        let mut said = self.unreadable.iter().map(|(file, reason)| {
            let [fr, en] = [Language::Fr, Language::En].map(|language| reason.say(language));
            FILE.with(Args::new().text("file", file).label("reason", &Label::new(fr, en)))
        });
        let Some(first) = said.next() else { return Ok(()) };
        Err(Failure { details: said.collect(), ..Failure::new(Exit::Unreadable, first) })
    }

    /// Lists the rows that a hard finding keeps out, each with the checks that say so.
    pub(crate) fn blocked(&self) -> BTreeMap<(SourceIndex, u32), BTreeSet<CheckId>> {
        let mut blocked: BTreeMap<(SourceIndex, u32), BTreeSet<CheckId>> = BTreeMap::new();
        for finding in self.findings.all.iter().filter(|finding| finding.row > 0) {
            let cause = self.findings.causes.get(finding.cause as usize);
            if let Some(cause) = cause.filter(|cause| cause.severity == Severity::Hard) {
                let row = (finding.source, finding.row);
                blocked.entry(row).or_default().insert(cause.check.clone());
            }
        }
        blocked
    }

    /// Returns all records with their derived variables.
    pub(crate) fn batch(self, codebook: &Codebook) -> Result<Batch, Failure> {
        let sources = Arc::clone(&self.findings.sources);
        let batch = self.records.finish(codebook, sources, self.findings, self.ledger);
        derive(codebook, batch.map_err(engine_failure)?)
    }

    /// Returns the records without those that have a hard finding and the episodes whose own record has one, with their derived variables,
    /// and how many records there were before.
    pub(crate) fn accepted_of(self, codebook: &Codebook) -> Result<(Batch, RecordCounts), Failure> {
        let blocked = self.blocked();
        let sources = Arc::clone(&self.findings.sources);
        let batch = self.records.finish(codebook, sources, self.findings, self.ledger);
        let mut batch = batch.map_err(engine_failure)?;
        let read = RecordCounts::of(codebook, &batch)?;
        for records in &mut batch.tables {
            records
                .retain(|source, row| !blocked.contains_key(&(source, row)))
                .map_err(engine_failure)?;
        }
        batch.drop_episodes_without_record(codebook).map_err(engine_failure)?;
        Ok((derive(codebook, batch)?, read))
    }
}

fn derive(codebook: &Codebook, mut batch: Batch) -> Result<Batch, Failure> {
    for records in &mut batch.tables {
        let derivation =
            Derivation::open(codebook, records.table.clone()).map_err(engine_failure)?;
        records.frame = derivation.apply(&records.frame).map_err(engine_failure)?;
    }
    Ok(batch)
}

/// Makes the failure of the engine: a defect of the study or of the program, not of a person's record.
pub(crate) fn engine_failure(error: impl std::fmt::Display) -> Failure {
    const ENGINE: Wording = Wording::new(
        "le moteur de calcul s’est arrêté ({ $reason }). `catalyse codebook lint` aide à trouver pourquoi.",
        "the engine stopped ({ $reason }). `catalyse codebook lint` helps to find out why.",
    );
    Failure::new(Exit::Usage, ENGINE.with(Args::new().text("reason", error.to_string())))
}
