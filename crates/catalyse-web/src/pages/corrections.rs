//! What a decision on a second entry corrects in the record: what stands on the paper and not in the record as it is now.

use std::collections::BTreeMap;

use catalyse_codebook::{Answer, Answers, FormName};
use catalyse_store::{Author, Field, Record, Second};

use crate::double::{Differing, Entry, numbering};
use crate::live::RowKey;
use crate::sheet::field_of;
use crate::{Site, WebError};

/// Lists the fields of a correction: none if the record already says what stands on the paper.
///
/// An episode that was taken away since is not brought back. One that only the second entry has becomes a new one, with a number of its own.
pub(super) async fn corrections(
    site: &Site,
    (second, record): (&Second, &Record),
    decided: Vec<(&Differing, Option<Answer>)>,
    author: &Author,
) -> Result<Vec<(Field, Option<Answer>)>, WebError> {
    let first = site.store.first_rows(second.id).await?.unwrap_or_default();
    let first: Entry =
        first.into_iter().map(|row| (super::decide::row_of(&row), row.answers)).collect();
    let now = standing(site, record).await?;
    let mut corrections = Vec::new();
    let mut added: BTreeMap<RowKey, u32> = BTreeMap::new();
    for (one, paper) in decided {
        let row = match &one.row {
            RowKey::Repeat(form, number) if !first.contains_key(&one.row) => {
                if paper.is_none() {
                    continue;
                }
                let number = number + shift(form, &first, &now);
                let row = RowKey::Repeat(form.clone(), number);
                added.insert(row.clone(), number);
                row
            }
            row if now.contains_key(row) => row.clone(),
            // It was taken away since.
            RowKey::Repeat(..) | RowKey::Main => continue,
        };
        let stands = now.get(&row).and_then(|answers| answers.get(&one.variable));
        if stands != paper.as_ref() {
            corrections.push((field_of(&row, &one.variable), paper));
        }
    }
    for (row, number) in added {
        if let RowKey::Repeat(form, _) = &row
            && let Some(variable) = numbering(site.codebook(), form)
        {
            let answer = Some(Answer::Integer(i64::from(number)));
            corrections.push((field_of(&row, variable), answer));
        }
    }
    if !corrections.is_empty() && site.store.has_key() {
        // As at the beginning of any correction: without the identity, ages could not be worked out again.
        let identity: Answers = site.store.identity(record.person, author).await?;
        let main = identity
            .into_iter()
            .map(|(name, answer)| (field_of(&RowKey::Main, &name), Some(answer)));
        corrections.extend(main);
    }
    Ok(corrections)
}

/// Returns the record and its episodes as they stand now.
async fn standing(site: &Site, record: &Record) -> Result<Entry, WebError> {
    let mut now = Entry::from([(RowKey::Main, record.answers.clone())]);
    for other in site.store.records_of(record.person).await? {
        let Some(form) = other.key.form else { continue };
        if (&other.key.wave, &other.key.partner) == (&record.key.wave, &record.key.partner) {
            let number = u32::try_from(other.key.number).unwrap_or_default();
            now.insert(RowKey::Repeat(form, number), other.answers);
        }
    }
    Ok(now)
}

/// Returns by how much a new episode's number grows, because episodes were added since.
fn shift(form: &FormName, first: &Entry, now: &Entry) -> u32 {
    let last = |entry: &Entry| {
        let numbers = entry.keys().filter(|row| matches!(row, RowKey::Repeat(of, _) if of == form));
        numbers.map(RowKey::number).max().unwrap_or_default()
    };
    last(now).saturating_sub(last(first))
}
