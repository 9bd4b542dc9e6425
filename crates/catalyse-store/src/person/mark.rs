//! Marks of persons: under which code a partner knows each, covered by the journal, and proven with the key.
//!
//! A mark is a hash under the person's key. It says nothing without it, so that nothing is left of a code once the person is erased; a purge,
//! which gives another key, gives another mark.

use std::collections::BTreeSet;

use sqlx::AnyConnection;

use crate::StoreError;
use crate::engine::{maybe, number, text};
use crate::journal::proof::{Break, Proof};
use crate::keys::cipher::Secret;
use crate::person::{Keyed, secret_of};

/// Notes the code of a person as it stands.
pub(crate) async fn put(
    writing: &mut AnyConnection,
    person: &Keyed,
    line: i64,
) -> Result<(), StoreError> {
    let row = sqlx::query("SELECT id, partner, pseudonym FROM person WHERE id = $1");
    let row = row.bind(person.id).fetch_one(&mut *writing).await?;
    let mark = mark_of(&person.secret, &row)?;
    let last = sqlx::query("SELECT MAX(revision) AS n FROM person_mark WHERE person = $1");
    let last = last.bind(person.id).fetch_one(&mut *writing).await?;
    let last: Option<i64> = sqlx::Row::try_get(&last, "n")?;
    let insert = sqlx::query(
        "INSERT INTO person_mark (person, revision, line, mark) VALUES ($1, $2, $3, $4)",
    );
    let insert = insert.bind(person.id).bind(last.unwrap_or_default() + 1).bind(line).bind(mark);
    insert.execute(writing).await?;
    Ok(())
}

fn mark_of(secret: &Secret, row: &sqlx::any::AnyRow) -> Result<String, StoreError> {
    let person = Keyed { id: number(row, "id")?, secret: secret.clone() };
    Ok(of(&person, &text(row, "partner")?, &maybe(row, "pseudonym")?.unwrap_or_default()))
}

/// Returns the mark of a person whom a partner knows by a code.
pub(crate) fn of(person: &Keyed, partner: &str, pseudonym: &str) -> String {
    person.secret.fingerprint(&format!("person {} {partner}", person.id), pseudonym.as_bytes())
}

/// Proves the persons: whoever was not erased has a key and the code of the last mark, and whoever was erased stands in the journal.
pub(crate) async fn prove(
    reading: &mut AnyConnection,
    erased: &BTreeSet<i64>,
    proof: &mut Proof,
) -> Result<(), StoreError> {
    let rows = sqlx::query(
        "SELECT p.id, p.partner, p.pseudonym, p.state, k.secret, m.mark, \
         (SELECT COUNT(*) FROM record r WHERE r.person = p.id) AS n_records FROM person p \
         LEFT JOIN person_key k ON k.person = p.id LEFT JOIN person_mark m ON m.person = p.id \
         AND m.revision = (SELECT MAX(l.revision) FROM person_mark l WHERE l.person = p.id) ORDER BY p.id",
    );
    for row in rows.fetch_all(reading).await? {
        let id = number(&row, "id")?;
        let secret = maybe(&row, "secret")?.map(|secret| Secret::from_text(&secret));
        let holds = match (text(&row, "state")?.as_str(), secret) {
            // Nobody wrote a line about a draft that was thrown away with its person.
            ("erased", None) => number(&row, "n_records")? == 0 || erased.contains(&id),
            ("erased", Some(_)) | (_, None | Some(None)) => false,
            (_, Some(Some(secret))) => match maybe(&row, "mark")? {
                Some(mark) => mark == mark_of(&secret, &row)?,
                // A person of a draft has none yet, nor has one from before there were marks.
                None => true,
            },
        };
        if !holds {
            proof.breaks.push(Break::Standing { kind: "person", number: id });
        }
    }
    Ok(())
}

/// Returns the persons whose mark was made under another key than the one they have.
pub(crate) async fn of_another_key(reading: &mut AnyConnection) -> Result<Vec<i64>, StoreError> {
    let rows = sqlx::query(
        "SELECT p.id, p.partner, p.pseudonym, k.secret, m.mark FROM person p \
         JOIN person_key k ON k.person = p.id JOIN person_mark m ON m.person = p.id \
         WHERE m.revision = (SELECT MAX(l.revision) FROM person_mark l WHERE l.person = p.id)",
    );
    let mut other = Vec::new();
    for row in rows.fetch_all(reading).await? {
        if text(&row, "mark")? != mark_of(&secret_of(&row)?, &row)? {
            other.push(number(&row, "id")?);
        }
    }
    Ok(other)
}

/// Says whether somebody who was not erased has no key: it was lost, and with it all that is known.
pub(crate) async fn has_lost_key(reading: &mut AnyConnection) -> Result<bool, StoreError> {
    let lost = sqlx::query(
        "SELECT p.id FROM person p LEFT JOIN person_key k ON k.person = p.id \
         WHERE p.state <> 'erased' AND k.person IS NULL LIMIT 1",
    );
    Ok(lost.fetch_optional(reading).await?.is_some())
}
