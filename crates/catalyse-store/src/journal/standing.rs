//! What stands now, compared with the last thing the journal says of it.

use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::steps::{GONE, likeness_seal, password_seal};
use crate::engine::{maybe, number, text};
use crate::keys::cipher::hash_of;
use crate::{Break, StoreError};

// Each lists what does not stand as the journal says.
const STANDING: [(&str, &str); 4] = [
    (
        "record",
        "SELECT r.id AS number FROM record r LEFT JOIN revision v ON v.record = r.id \
         AND v.revision = r.revision WHERE v.record IS NULL \
         OR COALESCE(r.content, '') <> COALESCE(v.content, '') \
         OR COALESCE(r.fingerprint, '') <> COALESCE(v.fingerprint, '') ORDER BY r.id",
    ),
    (
        "record",
        "SELECT r.id AS number FROM record r JOIN revision v ON v.record = r.id \
         GROUP BY r.id, r.revision HAVING MAX(v.revision) <> r.revision \
         OR COUNT(*) <> r.revision ORDER BY r.id",
    ),
    (
        "finding",
        "SELECT f.id AS number FROM finding f LEFT JOIN finding_step s ON s.finding = f.id \
         AND s.step = f.steps WHERE s.finding IS NULL OR s.state <> f.state OR s.reason <> f.reason \
         ORDER BY f.id",
    ),
    (
        "batch",
        "SELECT b.id AS number FROM batch b LEFT JOIN journal j ON j.batch = b.id \
         AND j.action = 'undo' WHERE COALESCE(b.undone, 0) <> COALESCE(j.line, 0) ORDER BY b.id",
    ),
];

/// Compares everything that stands with the last thing the journal says of it.
pub(super) async fn prove_standing(
    reading: &mut AnyConnection,
    breaks: &mut Vec<Break>,
) -> Result<(), StoreError> {
    for (kind, sql) in STANDING {
        for row in sqlx::query(sql).fetch_all(&mut *reading).await? {
            breaks.push(Break::Standing { kind, number: number(&row, "number")? });
        }
    }
    prove(reading, ("account", ACCOUNTS), stands_as_account, breaks).await?;
    prove(reading, ("likeness", LIKENESSES), stands_as_likeness, breaks).await?;
    prove(reading, ("edition", EDITIONS), stands_as_sealed, breaks).await?;
    prove(reading, ("finding", COMMENTS), stands_as_sealed, breaks).await
}

async fn prove(
    reading: &mut AnyConnection,
    (kind, sql): (&'static str, &'static str),
    stands: fn(&AnyRow) -> Result<bool, StoreError>,
    breaks: &mut Vec<Break>,
) -> Result<(), StoreError> {
    for row in sqlx::query(sql).fetch_all(reading).await? {
        if !stands(&row)? {
            breaks.push(Break::Standing { kind, number: number(&row, "number")? });
        }
    }
    Ok(())
}

// Each account with its last step, and those of which the one or the other is missing.
const ACCOUNTS: &str = "SELECT COALESCE(a.id, s.account) AS number, a.id, a.name, a.role, a.partner, a.password_hash, a.state, \
     s.account, s.name AS was_name, s.role AS was_role, s.partner AS was_partner, s.password_seal, s.state AS was_state \
     FROM account a LEFT JOIN account_step s ON s.account = a.id \
     AND s.step = (SELECT MAX(u.step) FROM account_step u WHERE u.account = a.id) \
     UNION ALL SELECT s.account, NULL, NULL, NULL, NULL, NULL, NULL, s.account, s.name, s.role, s.partner, s.password_seal, s.state \
     FROM account_step s WHERE s.step = 1 AND NOT EXISTS (SELECT 1 FROM account a WHERE a.id = s.account) ORDER BY 1";

fn stands_as_account(row: &AnyRow) -> Result<bool, StoreError> {
    if maybe(row, "name")?.is_none() || maybe(row, "was_name")?.is_none() {
        return Ok(false);
    }
    let mut stands = password_seal(row)? == maybe(row, "password_seal")?;
    for (now, then) in [
        ("name", "was_name"),
        ("role", "was_role"),
        ("partner", "was_partner"),
        ("state", "was_state"),
    ] {
        stands &= maybe(row, now)? == maybe(row, then)?;
    }
    Ok(stands)
}

// Each file of an edition with the hash that the journal answers for.
const EDITIONS: &str =
    "SELECT edition AS number, content, seal FROM edition_file ORDER BY edition, position";

// Each comment that is left with its hash; those of persons who were erased are gone.
const COMMENTS: &str = "SELECT finding AS number, content, seal FROM finding_comment WHERE content IS NOT NULL ORDER BY finding, step";

fn stands_as_sealed(row: &AnyRow) -> Result<bool, StoreError> {
    Ok(hash_of(&text(row, "content")?) == text(row, "seal")?)
}

// Each likeness with its last step, and those that are gone although nobody was erased.
const LIKENESSES: &str = "SELECT l.id AS number, l.id, l.one, l.other, l.ground, l.score, l.state, t.salt, s.seal, s.state AS was_state \
     FROM likeness l LEFT JOIN likeness_salt t ON t.likeness = l.id LEFT JOIN likeness_step s ON s.likeness = l.id \
     AND s.step = (SELECT MAX(u.step) FROM likeness_step u WHERE u.likeness = l.id) \
     UNION ALL SELECT s.likeness, NULL, NULL, NULL, NULL, NULL, NULL, NULL, s.seal, s.state FROM likeness_step s \
     WHERE s.step = (SELECT MAX(u.step) FROM likeness_step u WHERE u.likeness = s.likeness) \
     AND NOT EXISTS (SELECT 1 FROM likeness l WHERE l.id = s.likeness) ORDER BY 1";

fn stands_as_likeness(row: &AnyRow) -> Result<bool, StoreError> {
    let Some(was) = maybe(row, "was_state")? else { return Ok(false) };
    match maybe(row, "state")? {
        None => Ok(was == GONE),
        Some(state) => Ok(state == was && Some(likeness_seal(row)?) == maybe(row, "seal")?),
    }
}
