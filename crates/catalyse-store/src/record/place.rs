//! Where records belong: whose they are and of which wave, also those that were taken away, whose past can be looked at all the same.

use catalyse_codebook::WaveId;

use super::{RecordId, RecordKey, key_of};
use crate::engine::number;
use crate::person::PersonId;
use crate::{Store, StoreError};

const PLACES: &str = "SELECT r.id, r.form, r.wave, r.partner, r.person, r.number, p.pseudonym \
     FROM record r JOIN person p ON p.id = r.person";

impl Store {
    /// Returns whose a record is, and what it is about, also if it was taken away.
    ///
    /// # Errors
    /// There never was one of this number.
    pub async fn place_of(&self, id: RecordId) -> Result<(PersonId, RecordKey), StoreError> {
        let row = sqlx::query(sqlx::AssertSqlSafe(format!("{PLACES} WHERE r.id = $1")));
        let row = row.bind(id.0).fetch_optional(&self.pools.reading).await?;
        let row = row.ok_or_else(|| StoreError::unknown("record", id.0))?;
        Ok((PersonId(number(&row, "person")?), key_of(&row)?))
    }

    /// Lists the records of a person in a wave, the one of the wave before its episodes, also those that were taken away.
    ///
    /// # Errors
    /// The database breaks.
    pub async fn places_in(
        &self,
        person: PersonId,
        wave: &WaveId,
    ) -> Result<Vec<(RecordId, RecordKey)>, StoreError> {
        let sql =
            format!("{PLACES} WHERE r.person = $1 AND r.wave = $2 ORDER BY r.form, r.number, r.id");
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(person.0).bind(wave.to_string());
        let rows = rows.fetch_all(&self.pools.reading).await?;
        rows.iter().map(|row| Ok((RecordId(number(row, "id")?), key_of(row)?))).collect()
    }
}
