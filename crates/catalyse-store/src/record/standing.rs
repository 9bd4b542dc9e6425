//! Records as they stand, unopened: found by key, added, and given a new revision.

use catalyse_codebook::FormName;
use sqlx::AnyConnection;

use super::RecordKey;
use crate::StoreError;
use crate::engine::{maybe, next_number, number};
use crate::keys::content::{REMOVED, Sealed};

/// A record as it stands, without opening it.
#[derive(Clone, Debug)]
pub(crate) struct Standing {
    pub(crate) id: i64,
    pub(crate) revision: i64,
    pub(crate) fingerprint: Option<String>,
}

/// Finds the record of a key.
pub(crate) async fn find(
    connection: &mut AnyConnection,
    key: &RecordKey,
    person: i64,
) -> Result<Option<Standing>, StoreError> {
    let row = sqlx::query(
        "SELECT id, revision, fingerprint FROM record \
         WHERE form = $1 AND wave = $2 AND partner = $3 AND person = $4 AND number = $5",
    );
    let row = row
        .bind(key.form.as_ref().map_or("", FormName::as_str).to_owned())
        .bind(key.wave.to_string())
        .bind(key.partner.to_string())
        .bind(person)
        .bind(key.number)
        .fetch_optional(connection)
        .await?;
    row.map(|row| {
        Ok(Standing {
            id: number(&row, "id")?,
            revision: number(&row, "revision")?,
            fingerprint: maybe(&row, "fingerprint")?,
        })
    })
    .transpose()
}

/// Adds an empty record, to be filled by [`revise`].
pub(crate) async fn add(
    writing: &mut AnyConnection,
    key: &RecordKey,
    person: i64,
) -> Result<Standing, StoreError> {
    let id = next_number(writing, "SELECT MAX(id) FROM record").await?;
    let insert = sqlx::query(
        "INSERT INTO record (id, form, wave, partner, person, number, revision) \
         VALUES ($1, $2, $3, $4, $5, $6, 0)",
    );
    insert
        .bind(id)
        .bind(key.form.as_ref().map_or("", FormName::as_str).to_owned())
        .bind(key.wave.to_string())
        .bind(key.partner.to_string())
        .bind(person)
        .bind(key.number)
        .execute(writing)
        .await?;
    Ok(Standing { id, revision: 0, fingerprint: None })
}

/// Makes a new revision of a record: content, or none if it is taken away.
pub(crate) async fn revise(
    writing: &mut AnyConnection,
    standing: &Standing,
    content: Option<&Sealed>,
    (line, batch): (i64, Option<i64>),
) -> Result<(), StoreError> {
    let sealed = content.map(|sealed| sealed.content.clone());
    let fingerprint = content.map(|sealed| sealed.fingerprint.clone());
    let insert = sqlx::query(
        "INSERT INTO revision (record, revision, line, batch, content, seal, fingerprint) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    );
    insert
        .bind(standing.id)
        .bind(standing.revision + 1)
        .bind(line)
        .bind(batch)
        .bind(sealed.clone())
        .bind(content.map_or(REMOVED, |sealed| &sealed.seal).to_owned())
        .bind(fingerprint.clone())
        .execute(&mut *writing)
        .await?;
    let update = sqlx::query(
        "UPDATE record SET revision = $2, content = $3, fingerprint = $4 WHERE id = $1",
    );
    update
        .bind(standing.id)
        .bind(standing.revision + 1)
        .bind(sealed)
        .bind(fingerprint)
        .execute(&mut *writing)
        .await?;
    Ok(())
}
