//! The rows that an import reads and writes beside the records.

use std::collections::BTreeSet;

use sqlx::AnyConnection;

use super::Delivery;
use crate::StoreError;
use crate::batch::{Counts, DeliveredFile, SetAsideRow, list_text};
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

/// Says whether every file was part of a batch that counts.
pub(super) async fn known_files(
    writing: &mut AnyConnection,
    files: &[DeliveredFile],
) -> Result<bool, StoreError> {
    let rows = sqlx::query("SELECT files FROM batch WHERE undone IS NULL");
    let rows = rows.fetch_all(writing).await?;
    let mut known = BTreeSet::new();
    for row in &rows {
        let files: Vec<DeliveredFile> = serde_json::from_str(&crate::engine::text(row, "files")?)
            .map_err(|_| StoreError::Broken("batch"))?;
        known.extend(files.into_iter().map(|file| file.hash));
    }
    Ok(!files.is_empty() && files.iter().all(|file| known.contains(&file.hash)))
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
