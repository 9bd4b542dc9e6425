//! Backup and restore: one text file with every table, taken while others work, read back and proven before it is called a backup.
//!
//! The same file goes into SQLite and PostgreSQL, so that a partnership that outgrows one PC moves by a backup and a restore.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use catalyse_codebook::Codebook;
use serde_json::{Value as Json, json};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use crate::engine::Pools;
use crate::journal::{Act, Action};
use crate::keys::cipher::random;
use crate::keys::key_sheet::{self, read_whole, write_whole};
use crate::person::erase::{Leaves, empty_unopened, erase_in};
use crate::{Author, KeyFile, Proof, Store, StoreError, about};

const FIRST: &str = "catalyse backup 1";

/// Every table that goes into a backup, with its columns. Sessions end with the store; keys of persons lie in the sheet beside the backups.
const TABLES: [(&str, &str); 26] = [
    ("about", "name value"),
    ("journal", "line at who action subject why batch digest previous hash"),
    ("person", "id partner pseudonym number_token name_token state"),
    ("identity", "person revision line content seal fingerprint emptied"),
    (
        "batch",
        "id line undone partners waves files rows_read rows_aside rows_new rows_changed rows_same study_version",
    ),
    ("set_aside", "batch position place checks"),
    ("record", "id form wave partner person number revision content fingerprint"),
    ("revision", "record revision line batch content seal fingerprint emptied"),
    ("draft", "id partner wave person version opened_by opened_at changed_at"),
    ("draft_field", "draft form number variable content version saved_by saved_at"),
    ("draft_base", "draft record revision"),
    (
        "finding",
        "id batch record partner wave check_id variable severity message place state reason steps",
    ),
    ("finding_step", "finding step line state reason comment"),
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
];

/// Says what a backup holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackedUp {
    /// The file.
    pub file: PathBuf,
    /// Rows of all tables.
    pub n_rows: u64,
    /// The proof of the store that was made of the file again.
    pub proof: Proof,
}

/// Says what a restore did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// Rows of all tables.
    pub n_rows: u64,
    /// Persons who were erased after the backup was taken, and were erased here again.
    pub n_erased_since: u64,
    /// Persons of whom answers were purged after the backup was taken: a purge gives them a new key, and nothing in the backup opens with it.
    pub n_purged_since: u64,
    /// The proof of the restored store.
    pub proof: Proof,
}

impl Store {
    /// Writes a backup into a folder while others work, makes a store of it again in a place of its own, and proves that.
    ///
    /// # Errors
    /// The folder cannot be written; the backup does not prove itself (it is removed, and the store should be proven).
    pub async fn back_up(&self, folder: &Path, author: &Author) -> Result<BackedUp, StoreError> {
        let failed = |source| StoreError::File { path: folder.to_owned(), source };
        std::fs::create_dir_all(folder).map_err(failed)?;
        let folder = folder.canonicalize().map_err(failed)?;
        let mut act = Act::begin(&self.pools, author, Action::Backup).await?;
        if about::value(&mut act.writing, "store_id").await?.is_none() {
            let id = blake3::Hash::from_bytes(random()?).to_hex().to_string();
            about::set(&mut act.writing, "store_id", &id).await?;
        }
        key_sheet::remember_folder(&mut act.writing, &folder).await?;
        let line = act.finish(&json!({}), None).await?;
        let mut reading = self.pools.begin_reading().await?;
        let (text, n_rows) = dump(&mut reading).await?;
        let day = author.at.to_string();
        let day = day.get(..10).unwrap_or_default();
        let file = folder.join(format!("catalyse-{day}-{line}.sauvegarde"));
        key_sheet::renew(&mut reading, &folder).await?;
        drop(reading);
        write_whole(&file, text.as_bytes())?;
        match self.prove_backup(&file).await {
            Ok(proof) => Ok(BackedUp { file, n_rows, proof }),
            Err(error) => {
                std::fs::remove_file(&file).map_err(failed)?;
                Err(error)
            }
        }
    }

    /// Makes a store of a backup in a file of its own, proves it, and removes it.
    async fn prove_backup(&self, file: &Path) -> Result<Proof, StoreError> {
        let mut trial = file.as_os_str().to_owned();
        trial.push(".essai");
        let trial = PathBuf::from(trial);
        let proof = async {
            let pools = Pools::connect(&trial.display().to_string(), true).await?;
            pools.migrate().await?;
            load(&pools, file).await?;
            let store = Self { pools, ..self.clone() };
            let proof = store.verify().await;
            store.close().await;
            proof
        };
        let proof = proof.await;
        for end in ["", "-wal", "-shm"] {
            let mut path = trial.as_os_str().to_owned();
            path.push(end);
            // Each of them may be absent.
            let _ = std::fs::remove_file(PathBuf::from(path));
        }
        let proof = proof?;
        if proof.is_whole() { Ok(proof) } else { Err(StoreError::Damaged(file.to_owned())) }
    }

    /// Makes a store of a backup, at a place where there is none. Whoever was erased since the backup is erased in it too.
    ///
    /// # Errors
    /// There is a store already; the file or the sheet of keys beside it is damaged; it holds another study.
    pub async fn restore(
        (url, file): (&str, &Path),
        codebook: &Codebook,
        key: Option<KeyFile>,
        author: &Author,
    ) -> Result<(Self, Restored), StoreError> {
        let pools = Pools::connect(url, true).await?;
        if pools.has_tables().await? {
            return Err(StoreError::Exists(crate::store::shown(url)));
        }
        pools.migrate().await?;
        let n_rows = load(&pools, file).await?;
        pools.close().await;
        let store = Self::open(url, codebook, key).await?;
        let (n_erased_since, n_purged_since) = store.erase_without_key(author).await?;
        let proof = store.verify().await?;
        Ok((store, Restored { n_rows, n_erased_since, n_purged_since, proof }))
    }

    /// Erases the persons whose key is no longer on the sheet, empties those whose key is another one, and notes the restore.
    async fn erase_without_key(&self, author: &Author) -> Result<(u64, u64), StoreError> {
        let mut act = Act::begin(&self.pools, author, Action::Restore).await?;
        let rows = sqlx::query(
            "SELECT p.id FROM person p LEFT JOIN person_key k ON k.person = p.id \
             WHERE p.state <> 'erased' AND k.person IS NULL ORDER BY p.id",
        );
        let mut erased = Vec::new();
        for row in rows.fetch_all(&mut *act.writing).await? {
            let person = crate::engine::number(&row, "id")?;
            erase_in(&mut act, person, Leaves::Counts).await?;
            erased.push(person);
        }
        let n_erased = erased.len() as u64;
        let purged = empty_unopened(&mut act).await?;
        erased.extend(&purged);
        act.finish(&json!({ "persons": erased }), None).await?;
        Ok((n_erased, purged.len() as u64))
    }
}

/// Writes all tables as text: a line that says what it is, one a row, and a last one that proves it is whole.
async fn dump(reading: &mut AnyConnection) -> Result<(String, u64), StoreError> {
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

/// Puts a backup into empty tables, with the keys of the sheet beside it.
async fn load(pools: &Pools, file: &Path) -> Result<u64, StoreError> {
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
    let mut writing = pools.begin().await?;
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
