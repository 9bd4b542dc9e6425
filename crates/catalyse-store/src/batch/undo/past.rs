//! What undoing leaves of a record or an identity: its last revision that still counts.
//!
//! A revision of an undone batch counts no more, whichever batch was undone first. What an undo brought back is what it was before, and counts
//! as long as that does.

use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::StoreError;
use crate::engine::{maybe, number, text};
use crate::keys::content::{REMOVED, Sealed};
use crate::person::identity::sealed_of;

/// One revision, the newest first in a list.
pub(super) struct Was {
    pub(super) revision: i64,
    pub(super) sealed: Option<Sealed>,
    pub(super) is_removed: bool,
    /// Its batch is undone, or is being undone.
    is_undone: bool,
    /// An undo made it.
    is_brought_back: bool,
    fingerprint: Option<String>,
}

/// What is left.
pub(super) enum Left {
    Nothing,
    /// The revision of this place in the list.
    At(usize),
}

impl Was {
    /// Says whether both hold the same content.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.fingerprint.is_some() && self.fingerprint == other.fingerprint
    }
}

/// Returns all that a record was, the newest first, as it is once a batch is undone.
pub(super) async fn of_record(
    connection: &mut AnyConnection,
    (record, batch): (i64, i64),
) -> Result<Vec<Was>, StoreError> {
    let rows = sqlx::query(
        "SELECT v.revision, v.content, v.seal, v.fingerprint, j.action, b.id AS batch, b.undone, k.person \
         FROM revision v JOIN record r ON r.id = v.record JOIN journal j ON j.line = v.line \
         LEFT JOIN batch b ON b.line = v.line LEFT JOIN person_key k ON k.person = r.person \
         WHERE v.record = $1 ORDER BY v.revision DESC",
    );
    let rows = rows.bind(record).fetch_all(connection).await?;
    rows.iter().map(|row| was(row, batch)).collect()
}

/// Returns all that an identity was, the newest first, as it is once a batch is undone.
pub(super) async fn of_identity(
    connection: &mut AnyConnection,
    (person, batch): (i64, i64),
) -> Result<Vec<Was>, StoreError> {
    let rows = sqlx::query(
        "SELECT i.revision, i.content, i.seal, i.fingerprint, j.action, b.id AS batch, b.undone, k.person \
         FROM identity i JOIN journal j ON j.line = i.line LEFT JOIN batch b ON b.line = i.line \
         LEFT JOIN person_key k ON k.person = i.person WHERE i.person = $1 ORDER BY i.revision DESC",
    );
    let rows = rows.bind(person).fetch_all(connection).await?;
    rows.iter().map(|row| was(row, batch)).collect()
}

fn was(row: &AnyRow, batch: i64) -> Result<Was, StoreError> {
    let of_batch: Option<i64> = sqlx::Row::try_get(row, "batch")?;
    let undone: Option<i64> = sqlx::Row::try_get(row, "undone")?;
    let has_key = sqlx::Row::try_get::<Option<i64>, _>(row, "person")?.is_some();
    Ok(Was {
        revision: number(row, "revision")?,
        sealed: sealed_of(row)?.filter(|_| has_key),
        is_removed: text(row, "seal")? == REMOVED,
        is_undone: undone.is_some() || of_batch == Some(batch),
        is_brought_back: text(row, "action")? == "undo",
        fingerprint: maybe(row, "fingerprint")?,
    })
}

/// Returns what is left of revisions, from one place in their list on.
pub(super) fn left(revisions: &[Was], from: usize) -> Left {
    let mut place = from;
    while let Some(was) = revisions.get(place) {
        if was.is_removed {
            return Left::Nothing;
        }
        if was.is_undone {
            place += 1;
            continue;
        }
        let earlier = revisions.iter().enumerate().skip(place + 1);
        let origin = earlier.filter(|(_, one)| !one.is_brought_back && one.is_same(was));
        match origin.map(|(origin, _)| origin).next() {
            Some(origin) if was.is_brought_back => place = origin,
            Some(_) | None => return Left::At(place),
        }
    }
    Left::Nothing
}
