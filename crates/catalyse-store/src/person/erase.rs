//! Erasing a person (GDPR art. 17): the key is destroyed, and with it all content about the person in every old line and every backup.

use serde::{Deserialize, Serialize};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::draft;
use crate::engine::{count, number, text};
use crate::finding::{self, Belongs};
use crate::journal::{Act, Action, steps};
use crate::keys::content::of_record;
use crate::person::{Keyed, PersonId, mark, secret, secret_of};
use crate::record::{Standing, revise};
use crate::{Author, Store, StoreError, keys::key_sheet, slip};

/// Says what an erased person leaves behind: the policy of the partnership decides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Leaves {
    /// One in the number of persons of the partner in each wave, without any answer.
    #[default]
    Counts,
    /// Nothing: the person was never there.
    Nothing,
}

/// Says what was erased.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Erased {
    /// Records that stood.
    pub n_records: u64,
    /// Drafts about the person.
    pub n_drafts: u64,
    /// Folders of backups that could not be reached: their keys must be destroyed by hand.
    pub unreached: Vec<String>,
    /// Somebody was reading the store, whose file keeps old pages until then: closing every program that has it open lets go of them.
    pub lingers: bool,
}

/// Counts the erased persons who leave a count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErasedCount {
    /// The partner.
    pub partner: String,
    /// The wave.
    pub wave: String,
    /// How many persons.
    pub n_persons: u64,
}

impl Store {
    /// Erases a person: answers, identity, drafts, and the person's key. The journal keeps a line with a number.
    ///
    /// # Errors
    /// There is no such person, or the person was erased before.
    pub async fn erase(
        &self,
        person: PersonId,
        leaves: Leaves,
        author: &Author,
    ) -> Result<Erased, StoreError> {
        let mut act = Act::begin(&self.pools, author, Action::Erase).await?;
        let row = sqlx::query("SELECT state FROM person WHERE id = $1").bind(person.0);
        let row = row.fetch_optional(&mut *act.writing).await?;
        let row = row.ok_or_else(|| StoreError::unknown("person", person.0))?;
        if text(&row, "state")? == "erased" {
            return Err(StoreError::Impossible("the person was erased before"));
        }
        let mut erased = erase_in(&mut act, person.0, leaves).await?;
        act.finish(&serde_json::json!({ "persons": [person.0] }), None).await?;
        erased.lingers = !self.pools.forget().await?;
        erased.unreached = key_sheet::renew_all(self).await?;
        Ok(erased)
    }

    /// Counts the erased persons by partner and wave, as far as they leave a count.
    ///
    /// # Errors
    /// The database breaks.
    pub async fn erased_counts(&self) -> Result<Vec<ErasedCount>, StoreError> {
        let rows = sqlx::query(
            "SELECT r.partner, r.wave, COUNT(DISTINCT r.person) AS n FROM record r \
             JOIN person p ON p.id = r.person JOIN revision v ON v.record = r.id \
             AND v.revision = r.revision WHERE p.state = 'erased' AND v.seal <> 'removed' \
             AND r.form = '' GROUP BY r.partner, r.wave ORDER BY r.partner, r.wave",
        );
        let rows = rows.fetch_all(&self.pools.reading).await?;
        let counted = rows.iter().map(|row| {
            Ok(ErasedCount {
                partner: text(row, "partner")?,
                wave: text(row, "wave")?,
                n_persons: count(row, "n")?,
            })
        });
        counted.collect()
    }
}

/// Erases a person within a change that is under way.
pub(crate) async fn erase_in(
    act: &mut Act,
    person: i64,
    leaves: Leaves,
) -> Result<Erased, StoreError> {
    let rows = sqlx::query(
        "SELECT id, revision, partner, wave FROM record WHERE person = $1 AND content IS NOT NULL ORDER BY id",
    );
    let rows = rows.bind(person).fetch_all(&mut *act.writing).await?;
    for row in &rows {
        let standing = Standing {
            id: number(row, "id")?,
            revision: number(row, "revision")?,
            fingerprint: None,
        };
        if leaves == Leaves::Nothing {
            revise(&mut act.writing, &standing, None, (act.line, None)).await?;
        }
        close_findings(act, row).await?;
    }
    empty(&mut act.writing, person, act.line).await?;
    let n_drafts = drop_drafts(act, person).await?;
    slip::forget_seconds(&mut act.writing, person).await?;
    finding::comment::forget(&mut act.writing, person).await?;
    steps::likenesses_go(act, person).await?;
    for sql in [
        "DELETE FROM person_key WHERE person = $1",
        "DELETE FROM likeness WHERE one = $1 OR other = $1",
        "UPDATE record SET content = NULL, fingerprint = NULL WHERE person = $1",
        "UPDATE person SET pseudonym = NULL, number_token = NULL, name_token = NULL, \
         state = 'erased' WHERE id = $1",
    ] {
        sqlx::query(sql).bind(person).execute(&mut *act.writing).await?;
    }
    Ok(Erased { n_records: rows.len() as u64, n_drafts, ..Erased::default() })
}

/// Empties what is known of persons whose key does not open it, and returns them: their answers were purged after the backup was taken.
pub(crate) async fn empty_unopened(act: &mut Act) -> Result<Vec<i64>, StoreError> {
    let rows = sqlx::query(
        "SELECT r.id, r.person, r.partner, r.wave, r.content, k.secret FROM record r \
         JOIN person_key k ON k.person = r.person WHERE r.content IS NOT NULL ORDER BY r.person, r.id",
    );
    let rows = rows.fetch_all(&mut *act.writing).await?;
    let mut persons = Vec::new();
    for row in &rows {
        let (record, person) = (number(row, "id")?, number(row, "person")?);
        if secret_of(row)?.open(&of_record(record), &text(row, "content")?).is_ok() {
            continue;
        }
        close_findings(act, row).await?;
        if persons.last() != Some(&person) {
            persons.push(person);
        }
    }
    // Of somebody of whom nothing stood when the backup was taken, the mark tells.
    persons.extend(mark::of_another_key(&mut act.writing).await?);
    persons.sort_unstable();
    persons.dedup();
    for person in &persons {
        empty(&mut act.writing, *person, act.line).await?;
        finding::comment::forget(&mut act.writing, *person).await?;
        let emptied =
            sqlx::query("UPDATE record SET content = NULL, fingerprint = NULL WHERE person = $1");
        emptied.bind(*person).execute(&mut *act.writing).await?;
        drop_drafts(act, *person).await?;
        if let Some(secret) = secret(&mut act.writing, *person).await? {
            mark::put(&mut act.writing, &Keyed { id: *person, secret }, act.line).await?;
        }
    }
    Ok(persons)
}

/// Closes the findings of a record that is no longer there.
async fn close_findings(act: &mut Act, row: &AnyRow) -> Result<(), StoreError> {
    let (partner, wave) = (text(row, "partner")?, text(row, "wave")?);
    let belongs = Belongs {
        record: Some(number(row, "id")?),
        batch: None,
        partner: &partner,
        wave: &wave,
        line: act.line,
    };
    finding::reconcile(&mut act.writing, &[], &belongs).await
}

/// Throws the drafts about a person away, and returns how many there were.
pub(crate) async fn drop_drafts(act: &mut Act, person: i64) -> Result<u64, StoreError> {
    let drafts = sqlx::query("SELECT id FROM draft WHERE person = $1 ORDER BY id").bind(person);
    let drafts = drafts.fetch_all(&mut *act.writing).await?;
    for row in &drafts {
        draft::remove(&mut act.writing, number(row, "id")?).await?;
    }
    Ok(drafts.len() as u64)
}

/// Empties all revisions of a person's records and identity. Their seals stay, and the chain with them.
pub(crate) async fn empty(
    writing: &mut AnyConnection,
    person: i64,
    line: i64,
) -> Result<(), StoreError> {
    for sql in [
        "UPDATE revision SET content = NULL, fingerprint = NULL, emptied = $2 \
         WHERE content IS NOT NULL AND record IN (SELECT id FROM record WHERE person = $1)",
        "UPDATE identity SET content = NULL, fingerprint = NULL, emptied = $2 \
         WHERE content IS NOT NULL AND person = $1",
    ] {
        sqlx::query(sql).bind(person).bind(line).execute(&mut *writing).await?;
    }
    Ok(())
}
