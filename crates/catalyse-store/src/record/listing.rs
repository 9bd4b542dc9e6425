//! Finding records without opening them: a list of a partner's, and those of one number or one person by their index.

use std::collections::BTreeMap;

use catalyse_codebook::PartnerId;
use sqlx::any::AnyRow;

use super::{Record, RecordId, RecordKey, key_of};
use crate::engine::{count, number, text};
use crate::person::PersonId;
use crate::{Store, StoreError};

/// Holds what a list says of a record of a person in a wave.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// The number of the record.
    pub id: RecordId,
    /// The number of the person.
    pub person: PersonId,
    /// What it is about.
    pub key: RecordKey,
    /// How many of its findings are open.
    pub n_open: u64,
}

const OPENED: &str = "SELECT r.id, r.form, r.wave, r.partner, r.person, r.number, r.revision, r.content, \
     p.pseudonym, k.secret FROM record r JOIN person p ON p.id = r.person \
     JOIN person_key k ON k.person = r.person WHERE r.content IS NOT NULL";

impl Store {
    /// Returns who typed each record when it came in; records of deliveries are not among them.
    ///
    /// # Errors
    /// The database breaks.
    pub async fn typed_by(&self) -> Result<BTreeMap<RecordId, String>, StoreError> {
        let rows = sqlx::query(
            "SELECT v.record, j.who FROM revision v JOIN journal j ON j.line = v.line \
             WHERE v.revision = 1 AND j.action = 'entry'",
        );
        let rows = rows.fetch_all(&self.pools.reading).await?;
        rows.iter().map(|row| Ok((RecordId(number(row, "record")?), text(row, "who")?))).collect()
    }

    /// Lists the records of persons in waves of a partner, those changed last first. None of them is opened.
    ///
    /// # Errors
    /// The database breaks.
    pub async fn listing(&self, partner: &PartnerId) -> Result<Vec<Listed>, StoreError> {
        let rows = sqlx::query(
            "SELECT r.id, r.form, r.wave, r.partner, r.person, r.number, p.pseudonym, \
             (SELECT COUNT(*) FROM finding f WHERE f.record = r.id AND f.state = 'open' AND f.severity <> 'info') AS n_open \
             FROM record r JOIN person p ON p.id = r.person \
             JOIN revision v ON v.record = r.id AND v.revision = r.revision \
             WHERE r.partner = $1 AND r.form = '' AND r.content IS NOT NULL ORDER BY v.line DESC, p.pseudonym, r.wave",
        );
        let rows = rows.bind(partner.to_string()).fetch_all(&self.pools.reading).await?;
        let listed = |row: &AnyRow| {
            Ok(Listed {
                id: RecordId(number(row, "id")?),
                person: PersonId(number(row, "person")?),
                key: key_of(row)?,
                n_open: count(row, "n_open")?,
            })
        };
        rows.iter().map(listed).collect()
    }

    /// Returns one record as it stands.
    ///
    /// # Errors
    /// There is none of this number, or it was taken away.
    pub async fn record(&self, id: RecordId) -> Result<Record, StoreError> {
        let row = sqlx::query(sqlx::AssertSqlSafe(format!("{OPENED} AND r.id = $1")));
        let row = row.bind(id.0).fetch_optional(&self.pools.reading).await?;
        self.record_of(&row.ok_or_else(|| StoreError::unknown("record", id.0))?)
    }

    /// Returns the records of a person as they stand, those of the person in waves first.
    ///
    /// # Errors
    /// The database breaks, or a content cannot be opened.
    pub async fn records_of(&self, person: PersonId) -> Result<Vec<Record>, StoreError> {
        let sql = format!("{OPENED} AND r.person = $1 ORDER BY r.form, r.wave, r.number");
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(person.0);
        let rows = rows.fetch_all(&self.pools.reading).await?;
        rows.iter().map(|row| self.record_of(row)).collect()
    }
}
