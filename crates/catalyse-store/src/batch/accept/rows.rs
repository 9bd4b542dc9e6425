//! The rows that an import reads and writes beside the records.

use std::collections::BTreeSet;

use sqlx::AnyConnection;

use super::Delivery;
use crate::StoreError;
use crate::batch::{Counts, SetAsideRow, list_text};
use crate::engine::maybe;
use crate::journal::Act;

/// Returns the fingerprint of what the last import that still counts brought.
pub(super) async fn last_import(
    writing: &mut AnyConnection,
    record: i64,
) -> Result<Option<String>, StoreError> {
    let row = sqlx::query(
        "SELECT v.fingerprint FROM revision v JOIN batch b ON b.id = v.batch \
         WHERE v.record = $1 AND b.undone IS NULL AND b.line = v.line \
         ORDER BY v.revision DESC LIMIT 1",
    );
    let row = row.bind(record).fetch_optional(writing).await?;
    row.map_or(Ok(None), |row| maybe(&row, "fingerprint"))
}

/// Says whether what the last import brought was destroyed: by a purge, which gives the person another key.
pub(super) async fn is_emptied(
    writing: &mut AnyConnection,
    record: i64,
) -> Result<bool, StoreError> {
    let row = sqlx::query(
        "SELECT v.emptied FROM revision v JOIN batch b ON b.id = v.batch WHERE v.record = $1 \
         AND b.undone IS NULL AND b.line = v.line ORDER BY v.revision DESC LIMIT 1",
    );
    let Some(row) = row.bind(record).fetch_optional(writing).await? else { return Ok(false) };
    Ok(sqlx::Row::try_get::<Option<i64>, _>(&row, "emptied")?.is_some())
}

pub(super) async fn write_batch(
    act: &mut Act,
    (batch, delivery): (i64, &Delivery),
    counts: &Counts,
    version: &str,
) -> Result<(), StoreError> {
    let partners: BTreeSet<&str> =
        delivery.records.iter().map(|record| record.partner.as_str()).collect();
    let waves: BTreeSet<&str> =
        delivery.records.iter().map(|record| record.wave.as_str()).collect();
    let insert = sqlx::query(
        "INSERT INTO batch (id, line, partners, waves, files, rows_read, rows_aside, rows_new, \
         rows_changed, rows_same, study_version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    );
    let count = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    insert
        .bind(batch)
        .bind(act.line)
        .bind(list_text(&partners.into_iter().collect::<Vec<_>>())?)
        .bind(list_text(&waves.into_iter().collect::<Vec<_>>())?)
        .bind(list_text(&delivery.files)?)
        .bind(count(counts.read))
        .bind(count(counts.aside))
        .bind(count(counts.new))
        .bind(count(counts.changed))
        .bind(count(counts.same))
        .bind(version.to_owned())
        .execute(&mut *act.writing)
        .await?;
    Ok(())
}

pub(super) async fn write_set_aside(
    writing: &mut AnyConnection,
    batch: i64,
    rows: &[SetAsideRow],
) -> Result<(), StoreError> {
    for (row, position) in rows.iter().zip(1_i64..) {
        let insert = sqlx::query(
            "INSERT INTO set_aside (batch, position, place, checks) VALUES ($1, $2, $3, $4)",
        );
        insert
            .bind(batch)
            .bind(position)
            .bind(row.place.clone())
            .bind(list_text(&row.checks)?)
            .execute(&mut *writing)
            .await?;
    }
    Ok(())
}
