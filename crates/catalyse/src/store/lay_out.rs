//! Records of a store as sources and chunks: the same form in which a reader hands on those of a file.

use std::collections::BTreeMap;
use std::sync::Arc;

use catalyse_codebook::{
    Answer, Answers, Codebook, FormName, MissingReason, PartnerId, VariableName, WaveId,
};
use catalyse_locale::Label;
use catalyse_records::{
    Chunk, Finding, Findings, Ledger, LedgerEntry, Source, SourceIndex, Table, chunk_of,
};
use catalyse_store::{PersonId, Record, RecordKey};

use crate::failure::Failure;
use crate::reading::engine_failure;

/// Holds records of a store, ready to be confronted and counted. A source is one partner's wave; the number of a row is that of its record.
pub(crate) struct LaidOut {
    /// One a partner, wave and form.
    pub sources: Vec<Source>,
    /// The records of each source.
    pub chunks: Vec<Chunk>,
    keys: BTreeMap<u32, RecordKey>,
}

/// Lays records out. `identities` are put beside the answers of those persons; without them their variables count as not delivered.
pub(crate) fn lay_out(
    codebook: &Codebook,
    records: &[Record],
    identities: &BTreeMap<PersonId, Answers>,
) -> Result<LaidOut, Failure> {
    let study = &codebook.study;
    let mut parts: BTreeMap<(Table, PartnerId, WaveId), Vec<(u32, Answers)>> = BTreeMap::new();
    let mut keys = BTreeMap::new();
    for record in records {
        let table = record.key.form.clone().map_or(Table::Main, Table::Repeat);
        let mut answers = record.answers.clone();
        if let (Table::Main, Some(identity)) = (&table, identities.get(&record.person)) {
            answers.extend(identity.clone());
        }
        let code = |text: &str| Answer::Code(text.to_owned());
        answers.insert(study.person.clone(), Answer::Text(record.key.person.clone()));
        answers.insert(study.wave.clone(), code(record.key.wave.as_str()));
        answers.insert(study.partner.clone(), code(record.key.partner.as_str()));
        let number = u32::try_from(record.id.0).unwrap_or(u32::MAX);
        keys.insert(number, record.key.clone());
        let part = (table, record.key.partner.clone(), record.key.wave.clone());
        parts.entry(part).or_default().push((number, answers));
    }
    // What nobody answered counts as not asked; what others were asked and somebody left empty counts as empty.
    let mut asked: BTreeMap<Table, BTreeMap<VariableName, u32>> = BTreeMap::new();
    for ((table, _, _), rows) in &parts {
        let answers = rows.iter().flat_map(|(_, answers)| answers);
        // A skip leaves its reason even where there was no column.
        let is_asked = |answer: &Answer| answer.missing() != Some(MissingReason::NotApplicable);
        let names = answers.filter(|(_, answer)| is_asked(answer)).map(|(name, _)| name.clone());
        asked.entry(table.clone()).or_default().extend(names.map(|name| (name, 0)));
    }
    let mut laid_out = LaidOut { sources: Vec::new(), chunks: Vec::new(), keys };
    for ((table, partner, wave), rows) in parts {
        let index = SourceIndex(laid_out.sources.len() as u32);
        let sheet = sheet_of(&wave, table_form(&table));
        laid_out.sources.push(Source {
            file: partner.to_string(),
            sheet: Some(sheet),
            columns: asked.get(&table).cloned().unwrap_or_default(),
            joined: None,
        });
        let rows = rows.iter().map(|(number, answers)| (*number, answers));
        let chunk = chunk_of(codebook, table, index, rows).map_err(engine_failure)?;
        laid_out.chunks.push(chunk);
    }
    Ok(laid_out)
}

const fn table_form(table: &Table) -> Option<&FormName> {
    match table {
        Table::Main => None,
        Table::Repeat(form) => Some(form),
    }
}

fn sheet_of(wave: &WaveId, form: Option<&FormName>) -> String {
    form.map_or_else(|| wave.to_string(), |form| format!("{wave} {form}"))
}

impl LaidOut {
    /// Returns the ledger: every record of the store was read and kept.
    pub(crate) fn ledger(&self) -> Ledger {
        let entry = |chunk: &Chunk| LedgerEntry {
            source: chunk.source,
            read_as: Label::new("dépôt", "store"),
            rows_read: chunk.rows.len() as u64,
            rows_kept: chunk.rows.len() as u64,
            rows_set_aside: Vec::new(),
            rows_blank: 0,
            columns: Vec::new(),
            taken: Vec::new(),
        };
        Ledger { entries: self.chunks.iter().map(entry).collect() }
    }

    /// Lets each finding stand at its record: `durbuy!w2!DUR-0042` says to a person what the number of a record does not.
    pub(crate) fn name_places(&self, findings: &mut Findings) {
        let mut sources = findings.sources.to_vec();
        let mut known: BTreeMap<u32, SourceIndex> = BTreeMap::new();
        for finding in &mut findings.all {
            let Some(key) = self.keys.get(&finding.row) else { continue };
            let source = known.entry(finding.row).or_insert_with(|| {
                sources.push(source_of(key));
                SourceIndex(sources.len() as u32 - 1)
            });
            *finding = Finding { source: *source, row: 0, ..*finding };
        }
        findings.sources = Arc::new(sources);
    }
}

fn source_of(key: &RecordKey) -> Source {
    let episode = if key.form.is_some() { format!(" n° {}", key.number) } else { String::new() };
    let sheet = sheet_of(&key.wave, key.form.as_ref());
    Source {
        file: key.partner.to_string(),
        sheet: Some(format!("{sheet}!{}{episode}", key.person)),
        columns: BTreeMap::new(),
        joined: None,
    }
}
