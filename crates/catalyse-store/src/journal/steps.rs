//! Steps of what is changed in place: accounts and likenesses. A step says what the row became, a line of the journal answers for it, and
//! the proof compares the row with its last step.
//!
//! Sessions have none. They begin and move with every request and end within a day; what is done under one is in the journal with the name of
//! its account, and who can write into the database needs no session.

use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::{Act, Action};
use crate::engine::{Pools, maybe, number, text};
use crate::keys::cipher::{hash_of, random};
use crate::keys::seal::hash_parts;
use crate::{Author, StoreError};

/// The state of a likeness whose person was erased.
pub(super) const GONE: &str = "erased";

/// Notes what an account now is.
pub(crate) async fn of_account(act: &mut Act, account: i64) -> Result<(), StoreError> {
    let row = sqlx::query("SELECT * FROM account WHERE id = $1").bind(account);
    let row = row.fetch_one(&mut *act.writing).await?;
    let last = "SELECT MAX(step) AS n FROM account_step WHERE account = $1";
    let step = next_step(&mut act.writing, last, account).await?;
    let insert = sqlx::query(
        "INSERT INTO account_step (account, step, line, name, role, partner, password_seal, state) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    );
    insert
        .bind(account)
        .bind(step)
        .bind(act.line)
        .bind(text(&row, "name")?)
        .bind(text(&row, "role")?)
        .bind(maybe(&row, "partner")?)
        .bind(password_seal(&row)?)
        .bind(text(&row, "state")?)
        .execute(&mut *act.writing)
        .await?;
    Ok(())
}

/// Notes what a likeness now is.
pub(crate) async fn of_likeness(act: &mut Act, likeness: i64) -> Result<(), StoreError> {
    let salt = blake3::Hash::from_bytes(random()?).to_hex().to_string();
    let salted = sqlx::query(
        "INSERT INTO likeness_salt (likeness, salt) VALUES ($1, $2) ON CONFLICT (likeness) DO NOTHING",
    );
    salted.bind(likeness).bind(salt).execute(&mut *act.writing).await?;
    let row = sqlx::query(
        "SELECT l.*, t.salt FROM likeness l JOIN likeness_salt t ON t.likeness = l.id WHERE l.id = $1",
    );
    let row = row.bind(likeness).fetch_one(&mut *act.writing).await?;
    let state = text(&row, "state")?;
    likeness_step(act, (likeness, likeness_seal(&row)?), &state).await
}

/// Notes that the likenesses of a person go, because the person is erased.
pub(crate) async fn likenesses_go(act: &mut Act, person: i64) -> Result<(), StoreError> {
    let rows = sqlx::query("SELECT * FROM likeness WHERE one = $1 OR other = $1 ORDER BY id");
    for row in rows.bind(person).fetch_all(&mut *act.writing).await? {
        let likeness = number(&row, "id")?;
        likeness_step(act, (likeness, String::new()), GONE).await?;
        // Without its salt nobody can try out whom a seal that stays was about.
        let forget = sqlx::query("DELETE FROM likeness_salt WHERE likeness = $1").bind(likeness);
        forget.execute(&mut *act.writing).await?;
    }
    Ok(())
}

async fn likeness_step(
    act: &mut Act,
    (likeness, seal): (i64, String),
    state: &str,
) -> Result<(), StoreError> {
    let last = "SELECT MAX(step) AS n FROM likeness_step WHERE likeness = $1";
    let step = next_step(&mut act.writing, last, likeness).await?;
    let insert = sqlx::query(
        "INSERT INTO likeness_step (likeness, step, line, seal, state) VALUES ($1, $2, $3, $4, $5)",
    );
    let insert = insert.bind(likeness).bind(step).bind(act.line).bind(seal);
    insert.bind(state.to_owned()).execute(&mut *act.writing).await?;
    Ok(())
}

async fn next_step(
    writing: &mut AnyConnection,
    last: &'static str,
    id: i64,
) -> Result<i64, StoreError> {
    let row = sqlx::query(last).bind(id).fetch_one(writing).await?;
    Ok(sqlx::Row::try_get::<Option<i64>, _>(&row, "n")?.unwrap_or(0) + 1)
}

/// Hashes the hash of an account's password.
pub(super) fn password_seal(row: &AnyRow) -> Result<Option<String>, StoreError> {
    Ok(maybe(row, "password_hash")?.map(|hash| hash_of(&hash)))
}

/// Hashes whom a likeness is about, and why.
pub(super) fn likeness_seal(row: &AnyRow) -> Result<String, StoreError> {
    let numbers = ["one", "other", "score"].map(|column| number(row, column));
    let [one, other, score] = numbers;
    let salt = maybe(row, "salt")?.unwrap_or_default();
    let parts =
        [one?.to_string(), other?.to_string(), score?.to_string(), text(row, "ground")?, salt];
    Ok(hash_parts(&parts.each_ref().map(String::as_str)).to_hex().to_string())
}

/// Takes the accounts and likenesses of a store from before there were steps under the journal, once: the line of the journal that says so, or
/// the one that made the store, is the proof that it was done.
pub(crate) async fn adopt(pools: &Pools) -> Result<(), StoreError> {
    let done = sqlx::query(
        "SELECT COUNT(*) AS n FROM journal WHERE (action = 'created' AND subject LIKE '%\"steps\"%') \
         OR (action = 'account' AND subject LIKE '%\"adopted\"%')",
    );
    if number(&done.fetch_one(&pools.reading).await?, "n")? > 0 {
        return Ok(());
    }
    let author = Author::new("(catalyse)", jiff::Timestamp::now());
    let mut act = Act::begin(pools, &author, Action::Account).await?;
    let mut ids = async |sql| -> Result<Vec<i64>, StoreError> {
        let rows = sqlx::query(sql).fetch_all(&mut *act.writing).await?;
        rows.iter().map(|row| number(row, "id")).collect()
    };
    let accounts = ids("SELECT id FROM account ORDER BY id").await?;
    let likenesses = ids("SELECT id FROM likeness ORDER BY id").await?;
    for account in &accounts {
        of_account(&mut act, *account).await?;
    }
    for likeness in &likenesses {
        of_likeness(&mut act, *likeness).await?;
    }
    let subject = serde_json::json!({
        "adopted": { "accounts": accounts.len(), "likenesses": likenesses.len() }
    });
    act.finish(&subject, None).await?;
    Ok(())
}
