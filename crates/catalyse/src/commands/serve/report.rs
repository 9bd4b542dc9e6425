//! The report from the page: all accepted records of the store, through the same gate as on the command line.

use std::collections::BTreeMap;
use std::sync::Arc;

use catalyse_codebook::{Answer, Answers, Codebook};
use catalyse_locale::Language;
use catalyse_records::{
    Batch, BatchBuilder, Findings, Ledger, Source, SourceIndex, Table, chunk_of,
};
use catalyse_store::Record;
use catalyse_web::ReportMaker;

use crate::commands::report;
use crate::failure::Failure;
use crate::reading::engine_failure;
use crate::study::OpenedStudy;
use crate::terminal::Terminal;

/// Returns what makes the page of a report of records.
pub(super) fn maker(opened: &Arc<OpenedStudy>) -> ReportMaker {
    let opened = Arc::clone(opened);
    Arc::new(move |records: &[Record], language: Language| {
        let make = || {
            let batch = batch(&opened.codebook, records)?;
            report::page(&opened, &batch, &Terminal::new(language, true))
        };
        make().map_err(|failure: Failure| failure.message.say(language))
    })
}

/// Lays records out in tables again.
fn batch(codebook: &Codebook, records: &[Record]) -> Result<Batch, Failure> {
    let study = &codebook.study;
    let mut tables: BTreeMap<Table, Vec<Answers>> = BTreeMap::new();
    for record in records {
        let table = record.key.form.clone().map_or(Table::Main, Table::Repeat);
        let mut answers = record.answers.clone();
        let code = |text: &str| Answer::Code(text.to_owned());
        answers.insert(study.person.clone(), Answer::Text(record.key.person.clone()));
        answers.insert(study.wave.clone(), code(record.key.wave.as_str()));
        answers.insert(study.partner.clone(), code(record.key.partner.as_str()));
        tables.entry(table).or_default().push(answers);
    }
    let mut builder = BatchBuilder::new();
    for (table, rows) in tables {
        let numbered = rows.iter().enumerate().map(|(index, answers)| (index as u32 + 1, answers));
        let chunk = chunk_of(codebook, table, SourceIndex(0), numbered);
        builder.push(chunk.map_err(engine_failure)?);
    }
    let sources = Arc::new(vec![Source::default()]);
    let findings = Findings::new(Arc::clone(&sources));
    builder.finish(codebook, sources, findings, Ledger::default()).map_err(engine_failure)
}
