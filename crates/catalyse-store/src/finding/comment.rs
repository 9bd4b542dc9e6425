//! Comments: words about a finding may say something of its person, so they are sealed under the person's key and go with it.
//!
//! A finding that belongs to no record has no person, and takes no words. Rows that stayed out of a delivery have none either: the store keeps
//! their place and the checks that stopped them.

use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::StoreError;
use crate::engine::{maybe, number, text};
use crate::keys::cipher::{Secret, hash_of};
use crate::person::{self, secret_of};

/// Puts a comment away under the key of the finding's person. Nothing of it stands in the step itself.
pub(super) async fn put(
    writing: &mut AnyConnection,
    (finding, step): (i64, i64),
    comment: &str,
) -> Result<(), StoreError> {
    let of_person = sqlx::query(
        "SELECT r.person FROM finding f JOIN record r ON r.id = f.record WHERE f.id = $1",
    );
    let row = of_person.bind(finding).fetch_optional(&mut *writing).await?;
    let person = row.map(|row| number(&row, "person")).transpose()?;
    let secret = match person {
        Some(person) => person::secret(&mut *writing, person).await?,
        None => None,
    };
    if comment.is_empty() {
        return Ok(());
    }
    if person.is_none() {
        // Nothing of it could be handed out or erased.
        return Err(StoreError::Impossible("a finding without a record takes no words"));
    }
    // Of somebody who was erased nothing new is said.
    let Some(secret) = secret else { return Ok(()) };
    let (content, seal) = sealed(&secret, (finding, step), comment)?;
    let insert = sqlx::query(
        "INSERT INTO finding_comment (finding, step, content, seal) VALUES ($1, $2, $3, $4)",
    );
    let insert = insert.bind(finding).bind(step).bind(content).bind(seal);
    insert.execute(writing).await?;
    Ok(())
}

/// Seals a comment: returns the sealed text, and its hash.
pub(crate) fn sealed(
    secret: &Secret,
    (finding, step): (i64, i64),
    comment: &str,
) -> Result<(String, String), StoreError> {
    let content = secret.seal(&of_step(finding, step), comment.as_bytes())?;
    let seal = hash_of(&content);
    Ok((content, seal))
}

/// Reads the comment of a step: from a row with the step's own words, the sealed content and the key.
pub(super) fn of_row(row: &AnyRow, finding: i64) -> Result<String, StoreError> {
    let own = text(row, "comment")?;
    let (Some(content), Some(_)) = (maybe(row, "content")?, maybe(row, "secret")?) else {
        return Ok(own);
    };
    let opened = secret_of(row)?.open(&of_step(finding, number(row, "step")?), &content)?;
    String::from_utf8(opened).map_err(|_| StoreError::Broken("finding"))
}

/// Empties what was said about the findings of a person. The seals stay, and the chain with them.
pub(crate) async fn forget(writing: &mut AnyConnection, person: i64) -> Result<(), StoreError> {
    let forget = sqlx::query(
        "UPDATE finding_comment SET content = NULL WHERE finding IN (SELECT f.id FROM finding f \
         JOIN record r ON r.id = f.record WHERE r.person = $1)",
    );
    forget.bind(person).execute(writing).await?;
    Ok(())
}

/// Names the place of a comment, so that it opens there alone.
fn of_step(finding: i64, step: i64) -> String {
    format!("comment {finding} {step}")
}
