//! The text of a backup: every table row by row, with a last line that proves it is whole.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Value as Json, json};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use crate::keys::key_sheet::{self, read_whole};
use crate::{Store, StoreError, about};

const FIRST: &str = "catalyse backup 1";

/// Every table that goes into a backup, with its columns. Sessions end with the store; keys of persons lie in the sheet beside the backups.
const TABLES: [(&str, &str); 31] = [
    ("about", "name value"),
    ("journal", "line at who action subject why batch digest previous hash"),
    ("person", "id partner pseudonym number_token name_token state"),
    ("person_mark", "person revision line mark"),
    ("identity", "person revision line content seal fingerprint emptied"),
    (
        "batch",
        "id line undone partners waves files rows_read rows_aside rows_new rows_changed rows_same study_version",
    ),
    ("set_aside", "batch position place checks"),
    ("record", "id form wave partner person number revision content fingerprint"),
    ("revision", "record revision line batch content seal fingerprint emptied"),
    ("draft", "id partner wave person version opened_by opened_at changed_at identity"),
    ("draft_field", "draft form number variable content version saved_by saved_at"),
    ("draft_base", "draft record revision"),
    (
        "finding",
        "id batch record partner wave check_id variable severity message place state reason steps",
    ),
    ("finding_step", "finding step line state reason comment"),
    ("finding_comment", "finding step content seal"),
    ("finding_step_former", "finding step line hash"),
    ("slip", "id partner wave title n_forms totals line"),
    ("slip_step", "slip step line state reason"),
    ("slip_record", "slip record line"),
    ("slip_draft", "draft slip"),
    ("second", "id slip record revision first_by line"),
    (
        "second_step",
        "second step line state who content seal n_fields n_first_wrong n_second_wrong",
    ),
    ("second_draft", "draft second"),
    ("draft_reason", "draft finding reason"),
    ("likeness", "id one other ground score state line"),
    ("likeness_step", "likeness step line seal state"),
    ("likeness_salt", "likeness salt"),
    ("account", "id name role partner password_hash state"),
    ("account_step", "account step line name role partner password_seal state"),
    ("edition", "id line wave number note stands_on"),
    ("edition_file", "edition position name n_bytes content seal"),
];

/// Writes all tables as text: a line that says what it is, one a row, and a last one that proves it is whole.
pub(super) async fn dump(reading: &mut AnyConnection) -> Result<(String, u64), StoreError> {
    let store_id = about::value(reading, "store_id").await?.unwrap_or_default();
    let mut text = format!("{}\n", json!({ "format": FIRST, "store": store_id }));
    let mut n_rows = 0;
    for (table, columns) in TABLES {
        let columns: Vec<&str> = columns.split(' ').collect();
        let list = columns.join(", ");
        let sql = format!("SELECT {list} FROM {table} ORDER BY {}", order_of(&columns));
        for row in sqlx::query(sqlx::AssertSqlSafe(sql)).fetch_all(&mut *reading).await? {
            let cells: Vec<Json> =
                (0..columns.len()).map(|index| cell(&row, index)).collect::<Result<_, _>>()?;
            let _ = writeln!(text, "{}", json!([table, cells]));
            n_rows += 1;
        }
    }
    let hash = crate::keys::cipher::hash_of(&text);
    let _ = writeln!(text, "{}", json!({ "rows": n_rows, "hash": hash }));
    Ok((text, n_rows))
}

/// The first four columns put the rows of every table in one order.
fn order_of(columns: &[&str]) -> String {
    columns.iter().take(4).copied().collect::<Vec<_>>().join(", ")
}

fn cell(row: &AnyRow, index: usize) -> Result<Json, StoreError> {
    if let Ok(number) = row.try_get::<Option<i64>, _>(index) {
        return Ok(json!(number));
    }
    Ok(json!(row.try_get::<Option<String>, _>(index)?))
}

/// Puts a backup into empty tables, with the keys of the sheet beside it: all of it or nothing.
pub(super) async fn load(store: &Store, file: &Path) -> Result<u64, StoreError> {
    let damaged = || StoreError::Damaged(file.to_owned());
    let text = read_whole(file)?;
    let (body, end) = text.trim_end().rsplit_once('\n').ok_or_else(damaged)?;
    let body = format!("{body}\n");
    let end: Json = serde_json::from_str(end).map_err(|_| damaged())?;
    if end.get("hash").and_then(Json::as_str) != Some(&crate::keys::cipher::hash_of(&body)) {
        return Err(damaged());
    }
    let mut lines = body.lines();
    let first: Json =
        serde_json::from_str(lines.next().unwrap_or_default()).map_err(|_| damaged())?;
    let store_id = first.get("store").and_then(Json::as_str).ok_or_else(damaged)?;
    if first.get("format").and_then(Json::as_str) != Some(FIRST) {
        return Err(damaged());
    }
    let keys = key_sheet::read(file.parent().unwrap_or(Path::new(".")), store_id)?;
    let mut writing = store.pools.begin().await?;
    let mut n_rows = 0;
    for line in lines {
        let (table, cells): (String, Vec<Json>) =
            serde_json::from_str(line).map_err(|_| damaged())?;
        insert(&mut writing, &table, cells).await?.ok_or_else(damaged)?;
        n_rows += 1;
    }
    for (person, secret) in keys {
        let known = sqlx::query(
            "INSERT INTO person_key (person, secret) SELECT id, $2 FROM person \
             WHERE id = $1 AND state <> 'erased'",
        );
        known.bind(person).bind(secret.to_text()).execute(&mut *writing).await?;
    }
    let head = sqlx::query(
        "UPDATE head SET line = (SELECT MAX(line) FROM journal), \
         hash = (SELECT hash FROM journal ORDER BY line DESC LIMIT 1) WHERE one = 1",
    );
    head.execute(&mut *writing).await?;
    // Nothing of a backup of another study, or of another key file, stays behind.
    store.look_at_origin(&mut writing).await?;
    writing.commit().await?;
    Ok(n_rows)
}

/// Inserts one row, or nothing if the table is none of ours or has other columns.
async fn insert(
    writing: &mut AnyConnection,
    table: &str,
    cells: Vec<Json>,
) -> Result<Option<()>, StoreError> {
    let Some((table, columns)) = TABLES.iter().find(|(name, _)| *name == table) else {
        return Ok(None);
    };
    let columns: Vec<&str> = columns.split(' ').collect();
    if columns.len() != cells.len() {
        return Ok(None);
    }
    // What is absent is written as NULL: a bound one would need the type of its column.
    let mut values = Vec::new();
    let mut bound = Vec::new();
    for cell in cells {
        if cell.is_null() {
            values.push("NULL".to_owned());
        } else {
            bound.push(cell);
            values.push(format!("${}", bound.len()));
        }
    }
    let sql =
        format!("INSERT INTO {table} ({}) VALUES ({})", columns.join(", "), values.join(", "));
    let mut query = sqlx::query(sqlx::AssertSqlSafe(sql));
    for cell in bound {
        query = match cell {
            Json::Number(number) => query.bind(number.as_i64().unwrap_or_default()),
            Json::String(text) => query.bind(text),
            Json::Null | Json::Bool(_) | Json::Array(_) | Json::Object(_) => return Ok(None),
        };
    }
    query.execute(writing).await?;
    Ok(Some(()))
}
