//! Putting checked deliveries into a store.

use catalyse_codebook::{Answer, Answers, Codebook, PartnerId, WaveId};
use catalyse_records::{Batch, Records, Table, answers_of};
use catalyse_store::{Delivery, NewRecord};

use crate::failure::Failure;
use crate::reading::engine_failure;

/// Makes a delivery of the records of a batch. Rows without wave, partner or person are left out: a hard check has said so.
pub(super) fn delivery(codebook: &Codebook, batch: &Batch) -> Result<Delivery, Failure> {
    let mut records = Vec::new();
    for table in &batch.tables {
        let rows = answers_of(codebook, table).map_err(engine_failure)?;
        records.extend(rows.into_iter().filter_map(|answers| record(codebook, table, answers)));
    }
    Ok(Delivery { rows_read: records.len() as u64, records, ..Delivery::default() })
}

fn record(codebook: &Codebook, records: &Records, answers: Answers) -> Option<NewRecord> {
    let study = &codebook.study;
    let code = |answer: Option<&Answer>| match answer {
        Some(Answer::Code(text) | Answer::Text(text)) => Some(text.clone()),
        _ => None,
    };
    let (form, number) = match &records.table {
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
        person: Some(code(answers.get(&study.person))?),
        number,
        answers,
        place: String::new(),
        findings: Vec::new(),
    })
}
