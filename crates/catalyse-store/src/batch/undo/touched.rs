//! What becomes of each record that a batch touched, and of the others of its person in the wave.

use std::collections::BTreeSet;

use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::past::{self, Left, Was};
use crate::StoreError;
use crate::batch::BatchId;
use crate::engine::{maybe, number, text};
use crate::keys::content::Sealed;
use crate::record::{RecordId, Standing};

/// A record that the batch touched, or that stood only for the sake of one it touched.
pub(super) struct Touched {
    pub(super) row: AnyRow,
    pub(super) standing: Standing,
    /// The person and the wave: what is kept or goes as one.
    pub(super) group: (i64, String),
    pub(super) fate: Fate,
}

/// What undoing makes of a record.
pub(super) enum Fate {
    /// Somebody, or a later batch, made this revision of it since.
    Edited(i64),
    /// It stays because another of its group does.
    KeptWith,
    TakenAway,
    Restored(Sealed),
    Destroyed,
    /// It is already as it will be.
    Same,
}

/// Finds out what becomes of each record that a batch touched.
pub(super) async fn touched(
    connection: &mut AnyConnection,
    batch: BatchId,
    also: &BTreeSet<RecordId>,
) -> Result<Vec<Touched>, StoreError> {
    // Records that an earlier undo left for the sake of those of this batch go with them.
    let rows = sqlx::query(
        "SELECT r.*, v.revision AS made, p.pseudonym FROM revision v \
         JOIN batch b ON b.id = v.batch AND b.line = v.line JOIN record r ON r.id = v.record \
         JOIN person p ON p.id = r.person WHERE v.batch = $1 OR (b.undone IS NOT NULL \
         AND v.revision = r.revision AND r.content IS NOT NULL \
         AND NOT EXISTS (SELECT 1 FROM revision o WHERE o.batch = $1 AND o.record = r.id) \
         AND EXISTS (SELECT 1 FROM revision o JOIN record w ON w.id = o.record \
         WHERE o.batch = $1 AND w.person = r.person AND w.wave = r.wave)) ORDER BY r.id",
    );
    let rows = rows.bind(batch.0).fetch_all(&mut *connection).await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let standing = Standing {
            id: number(&row, "id")?,
            revision: number(&row, "revision")?,
            fingerprint: maybe(&row, "fingerprint")?,
        };
        let group = (number(&row, "person")?, text(&row, "wave")?);
        let revisions = past::of_record(connection, (standing.id, batch.0)).await?;
        let is_also = also.contains(&RecordId(standing.id));
        let fate = fate(&revisions, (number(&row, "made")?, is_also));
        all.push(Touched { row, standing, group, fate });
    }
    keep_groups(connection, &mut all).await?;
    Ok(all)
}

fn fate(revisions: &[Was], (made, is_also): (i64, bool)) -> Fate {
    let Some(last) = revisions.first() else { return Fate::Same };
    let after = revisions.iter().take_while(|was| was.revision >= made).count();
    let place = match past::left(revisions, if is_also { after } else { 0 }) {
        Left::Nothing if last.is_removed => return Fate::Same,
        Left::Nothing => return Fate::TakenAway,
        Left::At(place) => place,
    };
    let Some(was) = revisions.get(place) else { return Fate::Same };
    if place == 0 || was.is_same(last) {
        return if was.revision > made { Fate::Edited(was.revision) } else { Fate::Same };
    }
    was.sealed.clone().map_or(Fate::Destroyed, Fate::Restored)
}

/// Keeps a person in a wave whole: where one record stays, all stay; and a situation stays as long as an episode does.
async fn keep_groups(
    connection: &mut AnyConnection,
    all: &mut [Touched],
) -> Result<(), StoreError> {
    let edited = all.iter().filter(|touched| matches!(touched.fate, Fate::Edited(_)));
    let mut kept: BTreeSet<(i64, String)> = edited.map(|touched| touched.group.clone()).collect();
    let goes = |touched: &Touched| matches!(touched.fate, Fate::TakenAway);
    for main in all.iter().filter(|touched| goes(touched)) {
        if !text(&main.row, "form")?.is_empty() {
            continue;
        }
        let episodes = sqlx::query(
            "SELECT id FROM record WHERE person = $1 AND wave = $2 AND form <> '' AND content IS NOT NULL",
        );
        let episodes = episodes.bind(main.group.0).bind(main.group.1.clone());
        for row in episodes.fetch_all(&mut *connection).await? {
            let id = number(&row, "id")?;
            if !all.iter().any(|touched| touched.standing.id == id && goes(touched)) {
                kept.insert(main.group.clone());
            }
        }
    }
    for touched in all.iter_mut().filter(|touched| kept.contains(&touched.group)) {
        if matches!(touched.fate, Fate::TakenAway | Fate::Restored(_)) {
            touched.fate = Fate::KeptWith;
        }
    }
    Ok(())
}
