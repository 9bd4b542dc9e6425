//! Proving the store: every hash is worked out again, and what stands now is compared with the last thing the journal says of it.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::engine::{maybe, number, text};
use crate::journal::head;
use crate::journal::proof::{Break, Proof};
use crate::journal::standing::prove_standing;
use crate::keys::cipher::hash_of;
use crate::keys::content::REMOVED;
use crate::keys::seal::{Digest, SEALED, line_hash};
use crate::person::mark;
use crate::{Store, StoreError};

impl Store {
    /// Proves the store: the chain of the journal, all that its lines answer for, and what stands now.
    ///
    /// # Errors
    /// The database breaks. What does not hold is no error: it is in the proof.
    pub async fn verify(&self) -> Result<Proof, StoreError> {
        let mut reading = self.pools.begin_reading().await?;
        let mut proof = Proof::default();
        let digests = digests(&mut reading).await?;
        prove_lines(&mut reading, digests, &mut proof).await?;
        let emptied = emptied_persons(&mut reading).await?;
        prove_contents(&mut reading, &emptied, &mut proof).await?;
        let erased = emptied.iter().map(|(_, person)| *person).collect();
        mark::prove(&mut reading, &erased, &mut proof).await?;
        prove_standing(&mut reading, &mut proof.breaks).await?;
        Ok(proof)
    }
}

/// Works out the digest of every line from all sealed rows.
async fn digests(reading: &mut AnyConnection) -> Result<BTreeMap<i64, Digest>, StoreError> {
    let mut digests: BTreeMap<i64, Digest> = BTreeMap::new();
    for sealed in SEALED {
        for row in sqlx::query(sealed.all).fetch_all(&mut *reading).await? {
            digests.entry(number(&row, "line")?).or_default().add(sealed.hash(&row)?);
        }
    }
    Ok(digests)
}

async fn prove_lines(
    reading: &mut AnyConnection,
    mut digests: BTreeMap<i64, Digest>,
    proof: &mut Proof,
) -> Result<(), StoreError> {
    let rows = sqlx::query("SELECT * FROM journal ORDER BY line").fetch_all(&mut *reading).await?;
    let mut previous = String::new();
    for (row, expected) in rows.iter().zip(1_i64..) {
        let number = number(row, "line")?;
        let line = number.unsigned_abs();
        if number != expected + i64::try_from(proof.n_gaps()).unwrap_or_default() {
            proof.breaks.push(Break::Gap { line });
        }
        if text(row, "previous")? != previous {
            proof.breaks.push(Break::Chain { line });
        }
        previous = text(row, "hash")?;
        if line_hash(row)? != previous {
            proof.breaks.push(Break::Line { line });
        }
        if digests.remove(&number).unwrap_or_default().finish() != text(row, "digest")? {
            proof.breaks.push(Break::Rows { line });
        }
        proof.n_lines += 1;
    }
    for line in digests.into_keys() {
        proof.breaks.push(Break::Rows { line: line.unsigned_abs() });
    }
    let (last, hash) = head(reading).await?;
    let ends_at = rows.last().map(|row| number(row, "line")).transpose()?.unwrap_or(0);
    if last != ends_at || hash != previous {
        proof.breaks.push(Break::End);
    }
    proof.last_hash = previous;
    Ok(())
}

const CONTENTS: [(&str, &str); 2] = [
    (
        "record",
        "SELECT v.record AS number, v.revision, v.content, v.seal, v.emptied, p.id AS person, k.secret \
         FROM revision v JOIN record r ON r.id = v.record JOIN person p ON p.id = r.person \
         LEFT JOIN person_key k ON k.person = r.person ORDER BY v.record, v.revision",
    ),
    (
        "identity",
        "SELECT i.person AS number, i.revision, i.content, i.seal, i.emptied, p.id AS person, k.secret \
         FROM identity i JOIN person p ON p.id = i.person \
         LEFT JOIN person_key k ON k.person = i.person ORDER BY i.person, i.revision",
    ),
];

async fn prove_contents(
    reading: &mut AnyConnection,
    emptied: &BTreeSet<(i64, i64)>,
    proof: &mut Proof,
) -> Result<(), StoreError> {
    for (kind, sql) in CONTENTS {
        for row in sqlx::query(sql).fetch_all(&mut *reading).await? {
            let (number, revision) = (number(&row, "number")?, number(&row, "revision")?);
            let revision = revision.unsigned_abs();
            let seal = text(&row, "seal")?;
            proof.n_revisions += 1;
            match maybe(&row, "content")? {
                Some(content) if hash_of(&content) != seal => {
                    proof.breaks.push(Break::Content { kind, number, revision });
                }
                Some(content) if kind == "record" => {
                    // What can be opened is opened: a key that was exchanged is found too.
                    let Some(secret) = maybe(&row, "secret")? else { continue };
                    let opens =
                        crate::keys::cipher::Secret::from_text(&secret).is_some_and(|secret| {
                            secret.open(&crate::keys::content::of_record(number), &content).is_ok()
                        });
                    if !opens {
                        proof.breaks.push(Break::Content { kind, number, revision });
                    }
                }
                Some(_) => {}
                None if seal == REMOVED || was_emptied(&row, emptied)? => {}
                None => proof.breaks.push(Break::Lost { kind, number, revision }),
            }
        }
    }
    Ok(())
}

/// Reads from the journal which persons each line emptied.
async fn emptied_persons(reading: &mut AnyConnection) -> Result<BTreeSet<(i64, i64)>, StoreError> {
    let rows = sqlx::query(
        "SELECT line, subject FROM journal WHERE action IN ('erase', 'purge', 'restore')",
    );
    let mut emptied = BTreeSet::new();
    for row in rows.fetch_all(reading).await? {
        let line = number(&row, "line")?;
        let subject: serde_json::Value =
            serde_json::from_str(&text(&row, "subject")?).unwrap_or_default();
        let persons = subject.get("persons").and_then(serde_json::Value::as_array);
        let persons = persons.into_iter().flatten().filter_map(serde_json::Value::as_i64);
        emptied.extend(persons.map(|person| (line, person)));
    }
    Ok(emptied)
}

fn was_emptied(row: &AnyRow, emptied: &BTreeSet<(i64, i64)>) -> Result<bool, StoreError> {
    let line: Option<i64> = sqlx::Row::try_get(row, "emptied")?;
    let person = number(row, "person")?;
    Ok(line.is_some_and(|line| emptied.contains(&(line, person))))
}
