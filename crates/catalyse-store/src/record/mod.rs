//! Records: what is known of a person in a wave, or of one of the person's episodes, now and at every earlier time.

pub(crate) mod edit;
mod listing;
mod place;
mod standing;

use std::fmt;

use catalyse_codebook::{Answers, FormName, PartnerId, VariableName, WaveId};
use jiff::Timestamp;
use sqlx::any::AnyRow;

use crate::engine::{maybe, number, text};
use crate::journal::Line;
use crate::keys::content::{REMOVED, of_record};
use crate::person::{PersonId, secret_of};
use crate::{Store, StoreError};

pub use listing::Listed;
pub(crate) use standing::{Standing, add, find, revise};

/// Names a record in a store. A number is never given twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId(pub i64);

/// Says what a record is about. Two records never have the same key.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordKey {
    /// The repeat form, or none for the record of a person in a wave.
    pub form: Option<FormName>,
    /// The wave.
    pub wave: WaveId,
    /// The partner.
    pub partner: PartnerId,
    /// The code of the person.
    pub person: String,
    /// The number of the episode; 0 for the record of a person in a wave.
    pub number: i64,
}

// The code of a person may say who it is to a colleague: Debug leaves it out.
impl fmt::Debug for RecordKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let form = self.form.as_ref().map_or("main", FormName::as_str);
        write!(formatter, "{form}/{}/{}/…/{}", self.wave, self.partner, self.number)
    }
}

/// Holds a record as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// Its number in the store.
    pub id: RecordId,
    /// The number of its person.
    pub person: PersonId,
    /// What it is about.
    pub key: RecordKey,
    /// How often it has changed, from 1.
    pub revision: u64,
    /// The answers, without those that say who the person is.
    pub answers: Answers,
}

/// Says which records are wanted. What is absent does not restrict.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Of one wave.
    pub wave: Option<WaveId>,
    /// Of one partner: what an encoder may see.
    pub partner: Option<PartnerId>,
    /// Of one person.
    pub person: Option<PersonId>,
    /// One record.
    pub record: Option<RecordId>,
}

/// Holds what a record was, or became, at one line of the journal.
#[derive(Clone, Debug, PartialEq)]
pub struct Revision {
    /// From 1.
    pub number: u64,
    /// Who made it so, when, why, by which batch.
    pub line: Line,
    /// The answers then.
    pub was: Past,
}

/// Says what a record was at one time.
#[derive(Clone, Debug, PartialEq)]
pub enum Past {
    /// These answers.
    Answers(Answers),
    /// It was taken away: its batch was undone.
    TakenAway,
    /// Its content was destroyed with the person's key, and nobody can say.
    Destroyed,
}

/// Holds one answer that changed between two revisions.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The variable.
    pub variable: VariableName,
    /// What it was.
    pub old: Option<catalyse_codebook::Answer>,
    /// What it became.
    pub new: Option<catalyse_codebook::Answer>,
}

/// Lists what differs between two sets of answers, in the order of names.
pub fn changes(old: &Answers, new: &Answers) -> Vec<Change> {
    let names: std::collections::BTreeSet<&VariableName> = old.keys().chain(new.keys()).collect();
    let changed = names.into_iter().filter(|name| old.get(*name) != new.get(*name));
    changed
        .map(|name| Change {
            variable: name.clone(),
            old: old.get(name).cloned(),
            new: new.get(name).cloned(),
        })
        .collect()
}

const SELECT: &str = "SELECT r.id, r.form, r.wave, r.partner, r.person, r.number, r.revision, r.content, \
     p.pseudonym, k.secret FROM record r JOIN person p ON p.id = r.person \
     JOIN person_key k ON k.person = r.person WHERE r.content IS NOT NULL \
     AND ($1 = '' OR r.wave = $1) AND ($2 = '' OR r.partner = $2) AND ($3 = 0 OR r.person = $3) \
     AND ($4 = 0 OR r.id = $4) ORDER BY r.form, r.partner, r.wave, r.person, r.number";

impl Store {
    /// Returns records as they stand.
    ///
    /// **Shape**: the records of persons in waves first, then those of each repeat form; in it by partner, wave, person, number.
    ///
    /// # Errors
    /// The database breaks, or a content cannot be opened.
    pub async fn records(&self, selection: &Selection) -> Result<Vec<Record>, StoreError> {
        let text_of = |text: Option<&str>| text.unwrap_or_default().to_owned();
        let rows = sqlx::query(SELECT)
            .bind(text_of(selection.wave.as_ref().map(WaveId::as_str)))
            .bind(text_of(selection.partner.as_ref().map(PartnerId::as_str)))
            .bind(selection.person.map_or(0, |person| person.0))
            .bind(selection.record.map_or(0, |record| record.0))
            .fetch_all(&self.pools.reading)
            .await?;
        rows.iter().map(|row| self.record_of(row)).collect()
    }

    /// Returns all that a record was, the oldest first.
    ///
    /// # Errors
    /// The database breaks, or a content cannot be opened.
    pub async fn history(&self, id: RecordId) -> Result<Vec<Revision>, StoreError> {
        let rows = sqlx::query(
            "SELECT v.revision, v.content, v.seal, k.secret, j.* FROM revision v \
             JOIN record r ON r.id = v.record JOIN journal j ON j.line = v.line \
             LEFT JOIN person_key k ON k.person = r.person WHERE v.record = $1 ORDER BY v.revision",
        );
        let rows = rows.bind(id.0).fetch_all(&self.pools.reading).await?;
        let revision = |row: &AnyRow| {
            Ok(Revision {
                number: number(row, "revision")?.unsigned_abs(),
                line: Line::of_row(row)?,
                was: self.past_of(row, &of_record(id.0))?,
            })
        };
        rows.iter().map(revision).collect()
    }

    /// Returns a record as it was at a time, or nothing if it was not there then.
    ///
    /// # Errors
    /// As of [`Store::history`].
    pub async fn record_at(&self, id: RecordId, at: Timestamp) -> Result<Option<Past>, StoreError> {
        let history = self.history(id).await?;
        Ok(history.into_iter().take_while(|revision| revision.line.at <= at).last().map(|r| r.was))
    }

    /// Reads what a revision was.
    pub(crate) fn past_of(&self, row: &AnyRow, place: &str) -> Result<Past, StoreError> {
        if text(row, "seal")? == REMOVED {
            return Ok(Past::TakenAway);
        }
        let (Some(content), Some(_)) = (maybe(row, "content")?, maybe(row, "secret")?) else {
            return Ok(Past::Destroyed);
        };
        match secret_of(row)?.open(place, &content) {
            Ok(content) => Ok(Past::Answers(self.catalogue.answers(&content)?)),
            Err(_) => Err(StoreError::Broken("revision")),
        }
    }

    pub(super) fn record_of(&self, row: &AnyRow) -> Result<Record, StoreError> {
        let id = number(row, "id")?;
        let content = secret_of(row)?.open(&of_record(id), &text(row, "content")?)?;
        Ok(Record {
            id: RecordId(id),
            person: PersonId(number(row, "person")?),
            key: key_of(row)?,
            revision: number(row, "revision")?.unsigned_abs(),
            answers: self.catalogue.answers(&content)?,
        })
    }
}

/// Reads the key of a record.
pub(crate) fn key_of(row: &AnyRow) -> Result<RecordKey, StoreError> {
    let broken = |_| StoreError::Broken("record");
    let form = text(row, "form")?;
    Ok(RecordKey {
        form: if form.is_empty() { None } else { Some(FormName::new(&form).map_err(broken)?) },
        wave: WaveId::new(&text(row, "wave")?).map_err(broken)?,
        partner: PartnerId::new(&text(row, "partner")?).map_err(broken)?,
        person: maybe(row, "pseudonym")?.unwrap_or_default(),
        number: number(row, "number")?,
    })
}
