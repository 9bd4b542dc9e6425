//! From what was read and confronted to what a store takes: records with their soft findings, and the rows that stay out, each with its place.

use std::collections::{BTreeMap, BTreeSet};

use catalyse_codebook::{Answer, Answers, CheckId, Codebook, PartnerId, Severity, WaveId};
use catalyse_records::{Batch, Findings, Place, SourceIndex, Table, answers_of};
use catalyse_store::{DeliveredFile, Delivery, NewFinding, NewRecord, Reason, SetAsideRow};

use crate::failure::Failure;
use crate::reading::{Reading, engine_failure};

/// Holds the checks whose soft findings are accepted at once, and why.
#[derive(Clone, Debug, Default)]
pub(crate) struct Accepting {
    /// The checks.
    pub(crate) checks: BTreeSet<CheckId>,
    /// Why.
    pub(crate) comment: String,
}

/// The code of the reason for what was accepted with a whole delivery.
const WITH_DELIVERY: &str = "with_delivery";

type RowOfSource = (SourceIndex, u32);

/// Makes a delivery. Every row that was read is in it: as a record, set aside by a hard check, or set aside by the reader.
pub(crate) fn delivery(
    codebook: &Codebook,
    reading: Reading,
    files: Vec<DeliveredFile>,
    accepting: &Accepting,
) -> Result<Delivery, Failure> {
    let blocked = reading.blocked();
    let found = soft_findings(&reading.findings, accepting);
    let mut delivery = Delivery { files, ..Delivery::default() };
    for entry in &reading.ledger.entries {
        delivery.rows_read += entry.rows_read;
        delivery.rows_aside_by_reader += entry.rows_read - entry.rows_kept;
    }
    let batch = reading.batch(codebook)?;
    let mut outside = Outside::default();
    for table in &batch.tables {
        let rows = answers_of(codebook, table).map_err(engine_failure)?;
        let places = table.sources.iter().copied().zip(table.rows.iter().copied());
        for (row, answers) in places.zip(rows) {
            let place = address(&batch, row);
            let checks = blocked.get(&row);
            let whose = Whose::of(codebook, &answers);
            let record = record(codebook, &table.table, answers);
            let mut checks: Vec<CheckId> = checks.into_iter().flatten().cloned().collect();
            if table.table != Table::Main && checks.is_empty() {
                // An episode of a person who stays out would belong to nobody.
                checks = outside.checks_of(&whose);
            } else if table.table == Table::Main && !checks.is_empty() {
                outside.add(whose, checks.clone());
            }
            match record.filter(|_| checks.is_empty()) {
                Some(mut record) => {
                    record.place = place;
                    record.findings = found.get(&row).cloned().unwrap_or_default();
                    delivery.records.push(record);
                }
                None => delivery.set_aside.push(SetAsideRow { place, checks }),
            }
        }
    }
    Ok(delivery)
}

/// Says whose row it is, as far as the row does.
struct Whose {
    person: Option<String>,
    wave: Option<String>,
    partner: Option<String>,
}

impl Whose {
    fn of(codebook: &Codebook, answers: &Answers) -> Self {
        let study = &codebook.study;
        let said = |variable| code(answers.get(variable));
        let (wave, partner) = (said(&study.wave), said(&study.partner));
        Self { person: said(&study.person), wave, partner }
    }
}

/// Holds the records of persons in a wave that stay out, by the person's code, and the checks that keep them out. One that does not say
/// its wave or partner may be any.
#[derive(Default)]
struct Outside(BTreeMap<Option<String>, Vec<(Whose, Vec<CheckId>)>>);

impl Outside {
    fn add(&mut self, whose: Whose, checks: Vec<CheckId>) {
        self.0.entry(whose.person.clone()).or_default().push((whose, checks));
    }

    /// Lists the checks that keep out the record which an episode belongs to.
    fn checks_of(&self, whose: &Whose) -> Vec<CheckId> {
        let may_be = |known: &Option<String>, own: &Option<String>| known.is_none() || known == own;
        let of_person = self.0.get(&whose.person).into_iter().flatten();
        let mut own = of_person.filter(|(outside, _)| {
            may_be(&outside.wave, &whose.wave) && may_be(&outside.partner, &whose.partner)
        });
        own.next().map(|(_, checks)| checks.clone()).unwrap_or_default()
    }
}

/// Returns the text of a code.
fn code(answer: Option<&Answer>) -> Option<String> {
    match answer {
        Some(Answer::Code(text) | Answer::Text(text)) => Some(text.clone()),
        _ => None,
    }
}

fn address(batch: &Batch, (source, row): RowOfSource) -> String {
    let source = batch.sources.get(source.0 as usize);
    let place = Place {
        file: source.map(|source| source.file.clone()).unwrap_or_default(),
        sheet: source.and_then(|source| source.sheet.clone()),
        row: Some(row),
        column: None,
    };
    place.address()
}

/// Lists the soft findings of each row. Hard ones keep the row out, and of those for information nothing follows.
fn soft_findings(
    findings: &Findings,
    accepting: &Accepting,
) -> BTreeMap<RowOfSource, Vec<NewFinding>> {
    let mut found: BTreeMap<RowOfSource, Vec<NewFinding>> = BTreeMap::new();
    for finding in findings.all.iter().filter(|finding| finding.row > 0) {
        let cause = findings.causes.get(finding.cause as usize);
        let Some(cause) = cause.filter(|cause| cause.severity == Severity::Soft) else { continue };
        let accepted = accepting
            .checks
            .contains(&cause.check)
            .then(|| Reason { code: WITH_DELIVERY.to_owned(), comment: accepting.comment.clone() });
        found.entry((finding.source, finding.row)).or_default().push(NewFinding {
            check: cause.check.clone(),
            variable: cause.variable.as_ref().map(ToString::to_string).unwrap_or_default(),
            severity: cause.severity,
            message: cause.message.clone(),
            place: findings.place(finding).address(),
            accepted,
        });
    }
    found
}

/// Makes the record of a row, or nothing if the row does not say its wave, partner or number.
pub(super) fn record(codebook: &Codebook, table: &Table, answers: Answers) -> Option<NewRecord> {
    let study = &codebook.study;
    let (form, number) = match table {
        Table::Main => (None, 0),
        Table::Repeat(form) => {
            let first = codebook.form(form)?.variables().next()?;
            let Some(Answer::Integer(number)) = answers.get(&first.name) else { return None };
            (Some(form.clone()), *number)
        }
    };
    Some(NewRecord {
        form,
        wave: WaveId::new(&code(answers.get(&study.wave))?).ok()?,
        partner: PartnerId::new(&code(answers.get(&study.partner))?).ok()?,
        // Without a code the store makes one of the identity.
        person: code(answers.get(&study.person)),
        number,
        answers,
        place: String::new(),
        findings: Vec::new(),
    })
}
