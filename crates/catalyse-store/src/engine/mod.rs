//! The engine behind a store: SQLite or PostgreSQL, two pools, and how a writing transaction begins.
//!
//! Statements are the same for both; they differ in three places, all here: how a connection is made safe, how a transaction locks the end of
//! the journal, and how SQLite lets go of pages once content is destroyed.

pub(crate) mod bulk;
pub(crate) mod file;
pub(crate) mod runtime;

use std::fmt::Write as _;
use std::path::PathBuf;
use std::time::Duration;

use sqlx::any::{AnyPoolOptions, AnyRow, install_drivers};
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{Any, AnyConnection, AnyPool, Executor, Row, Transaction};

use crate::StoreError;

pub(crate) type Writing = Transaction<'static, Any>;

/// Names the database that holds a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// One file on this machine.
    Sqlite,
    /// A server that several offices reach.
    Postgres,
}

/// Holds the pools of a store: one connection that writes, some that read.
#[derive(Clone, Debug)]
pub(crate) struct Pools {
    pub(crate) engine: Engine,
    pub(crate) reading: AnyPool,
    pub(crate) writing: AnyPool,
}

// WAL lets readers read while one writes; FULL brings every commit to the disk before it is acknowledged, so that a power cut loses none;
// secure_delete overwrites what is deleted: a destroyed key must not lie in a free page.
const SAFE_SQLITE: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
     PRAGMA secure_delete = ON; PRAGMA foreign_keys = ON;";
// So long a program waits for another one that writes: a long import goes before.
const BUSY: &str = "PRAGMA busy_timeout = 60000";

/// All that made the tables what they are, in order. A line is added and never changed: stores remember the text of each.
const MIGRATIONS: [(i64, &str, &str); 9] = [
    (1, "tables", include_str!("../../migrations/0001_tables.sql")),
    (200, "slips", include_str!("../../migrations/0200_slips.sql")),
    (300, "steps", include_str!("../../migrations/0300_steps.sql")),
    (400, "marks", include_str!("../../migrations/0400_marks.sql")),
    (500, "editions", include_str!("../../migrations/0500_editions.sql")),
    (600, "links", include_str!("../../migrations/0600_links.sql")),
    (700, "comments", include_str!("../../migrations/0700_comments.sql")),
    (800, "former", include_str!("../../migrations/0800_former.sql")),
    (900, "kindred", include_str!("../../migrations/0900_kindred.sql")),
];

/// Returns the engine and the address for sqlx of a URL or path. `must_exist` keeps SQLite from making a file.
pub(crate) fn address(url: &str, may_create: bool) -> (Engine, String) {
    if url.starts_with("postgres:") || url.starts_with("postgresql:") {
        return (Engine::Postgres, url.to_owned());
    }
    let path = file_of(url);
    // The path goes through an address: what has a meaning there is written by its number.
    let mut written = String::new();
    for byte in path.display().to_string().into_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b':' | b'\\' => {
                written.push(char::from(byte));
            }
            other => {
                let _ = write!(written, "%{other:02X}");
            }
        }
    }
    let mode = if may_create { "rwc" } else { "rw" };
    (Engine::Sqlite, format!("sqlite://{written}?mode={mode}"))
}

/// Returns the file of a SQLite store.
pub(crate) fn file_of(url: &str) -> PathBuf {
    let path = url.strip_prefix("sqlite://").or_else(|| url.strip_prefix("sqlite:")).unwrap_or(url);
    PathBuf::from(path.split('?').next().unwrap_or(path))
}

impl Pools {
    /// Connects.
    pub(crate) async fn connect(url: &str, may_create: bool) -> Result<Self, StoreError> {
        // A second call finds them installed, which is as good.
        let _ = install_drivers(&[sqlx::sqlite::any::DRIVER, sqlx::postgres::any::DRIVER]);
        let (engine, address) = address(url, may_create);
        if engine == Engine::Sqlite {
            file::prepare(&file_of(url), may_create)?;
        }
        let writing = options(engine, 1).connect(&address).await?;
        let reading = options(engine, 6).connect(&address).await?;
        Ok(Self { engine, reading, writing })
    }

    /// Makes a store that is nowhere but in memory, for a trial: what is in it lies on no disk. It has one connection, which reads and writes
    /// in turn, and lives as long as that.
    pub(crate) async fn in_memory() -> Result<Self, StoreError> {
        // A second call finds it installed, which is as good.
        let _ = install_drivers(&[sqlx::sqlite::any::DRIVER, sqlx::postgres::any::DRIVER]);
        let only = options(Engine::Sqlite, 1).idle_timeout(None).max_lifetime(None);
        let only = only.connect("sqlite::memory:").await?;
        Ok(Self { engine: Engine::Sqlite, reading: only.clone(), writing: only })
    }

    /// Makes the tables, or brings them up to date.
    pub(crate) async fn migrate(&self) -> Result<(), StoreError> {
        let migration = |(number, name, sql): &(i64, &'static str, &'static str)| {
            let sql = sqlx::SqlStr::from_static(sql);
            Migration::new(*number, (*name).into(), MigrationType::Simple, sql, false)
        };
        let all: Vec<Migration> = MIGRATIONS.iter().map(migration).collect();
        Ok(Migrator::with_migrations(all).run(&self.writing).await?)
    }

    /// Says whether the tables are there.
    pub(crate) async fn has_tables(&self) -> Result<bool, StoreError> {
        let sql = match self.engine {
            Engine::Sqlite => {
                "SELECT COUNT(*) AS n FROM sqlite_master WHERE type = 'table' AND name = 'journal'"
            }
            Engine::Postgres => {
                "SELECT COUNT(*) AS n FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'journal'"
            }
        };
        let row = sqlx::query(sql).fetch_one(&self.reading).await?;
        Ok(row.try_get::<i64, _>("n")? > 0)
    }

    /// Says whether a store is there: tables that a failed restore left empty are none.
    pub(crate) async fn holds_store(&self) -> Result<bool, StoreError> {
        if !self.has_tables().await? {
            return Ok(false);
        }
        let row = sqlx::query("SELECT COUNT(*) AS n FROM journal").fetch_one(&self.reading).await?;
        Ok(row.try_get::<i64, _>("n")? > 0)
    }

    /// Begins a transaction that writes. Until it ends nobody else writes, in this program or another.
    pub(crate) async fn begin(&self) -> Result<Writing, StoreError> {
        match self.engine {
            Engine::Sqlite => Ok(self.writing.begin_with("BEGIN IMMEDIATE").await?),
            Engine::Postgres => {
                let mut writing = self.writing.begin().await?;
                writing.execute("SELECT line FROM head WHERE one = 1 FOR UPDATE").await?;
                Ok(writing)
            }
        }
    }

    /// Begins a transaction that reads one state, whatever is written meanwhile.
    pub(crate) async fn begin_reading(&self) -> Result<Writing, StoreError> {
        Ok(match self.engine {
            Engine::Sqlite => self.reading.begin().await?,
            Engine::Postgres => {
                self.reading.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?
            }
        })
    }

    /// Lets go of what was deleted: SQLite keeps old pages in its log until they are carried over. Says whether all of it is gone: somebody
    /// who reads meanwhile keeps the log.
    pub(crate) async fn forget(&self) -> Result<bool, StoreError> {
        match self.engine {
            Engine::Sqlite => {
                let mut writing = self.writing.acquire().await?;
                writing.execute("PRAGMA busy_timeout = 5000").await?;
                let row = writing.fetch_one("PRAGMA wal_checkpoint(TRUNCATE)").await;
                writing.execute(BUSY).await?;
                Ok(row?.try_get::<i64, _>(0)? == 0)
            }
            Engine::Postgres => {
                for table in [
                    "VACUUM person_key",
                    "VACUUM revision",
                    "VACUUM identity",
                    "VACUUM record",
                    "VACUUM draft_field",
                    "VACUUM finding_comment",
                    "VACUUM finding_step",
                ] {
                    self.writing.execute(table).await?;
                }
                Ok(true)
            }
        }
    }

    pub(crate) async fn close(&self) {
        self.reading.close().await;
        self.writing.close().await;
    }
}

fn options(engine: Engine, n_connections: u32) -> AnyPoolOptions {
    AnyPoolOptions::new()
        .max_connections(n_connections)
        .acquire_timeout(Duration::from_secs(90))
        .after_connect(move |connection, _| Box::pin(make_safe(connection, engine)))
}

async fn make_safe(connection: &mut AnyConnection, engine: Engine) -> sqlx::Result<()> {
    match engine {
        Engine::Sqlite => {
            connection.execute(BUSY).await?;
            connection.execute(SAFE_SQLITE).await?
        }
        Engine::Postgres => connection.execute("SET synchronous_commit = on").await?,
    };
    Ok(())
}

/// Returns the next number of a table. Only whoever holds the end of the journal asks.
pub(crate) async fn next_number(
    writing: &mut AnyConnection,
    sql: &'static str,
) -> Result<i64, StoreError> {
    let row = sqlx::query(sql).fetch_one(writing).await?;
    Ok(row.try_get::<Option<i64>, _>(0)?.unwrap_or(0) + 1)
}

/// Reads a text.
pub(crate) fn text(row: &AnyRow, column: &str) -> Result<String, StoreError> {
    Ok(row.try_get(column)?)
}

/// Reads a text that may be absent.
pub(crate) fn maybe(row: &AnyRow, column: &str) -> Result<Option<String>, StoreError> {
    Ok(row.try_get(column)?)
}

/// Reads a number.
pub(crate) fn number(row: &AnyRow, column: &str) -> Result<i64, StoreError> {
    Ok(row.try_get(column)?)
}

/// Reads a count.
pub(crate) fn count(row: &AnyRow, column: &str) -> Result<u64, StoreError> {
    Ok(number(row, column)?.unsigned_abs())
}
