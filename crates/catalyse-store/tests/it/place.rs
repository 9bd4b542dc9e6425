//! Where a test keeps its store: a SQLite file of its own, and a schema of its own on the PostgreSQL server that `tests/run` starts.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use catalyse_store::{Author, Engine, KeyFile, Store};
use sqlx::any::install_drivers;
use sqlx::{AnyConnection, AnyPool, Connection, Executor, Row};

use crate::sample::{at, codebook};

/// Names the server. `tests/run` always sets it, so that there a missing server is a failure; a bare `cargo test` may leave it out.
const SERVER: &str = "CATALYSE_TEST_POSTGRES";

static COUNTER: AtomicU32 = AtomicU32::new(0);

pub(crate) struct Place {
    pub(crate) url: String,
    pub(crate) folder: PathBuf,
    pub(crate) key: KeyFile,
}

impl Place {
    pub(crate) async fn create(&self) -> Store {
        let author = Author::new("test", at(0));
        Store::create(&self.url, &codebook(), Some(self.key.clone()), &author)
            .await
            .expect("an empty place takes a store")
    }

    pub(crate) async fn open(&self) -> Store {
        Store::open(&self.url, &codebook(), Some(self.key.clone())).await.expect("a store")
    }

    /// Reaches behind the store, as somebody who tampers with it would.
    pub(crate) async fn raw(&self) -> AnyPool {
        let pool = sqlx::any::AnyPoolOptions::new().max_connections(1);
        let pool = pool.connect(&address(&self.url)).await.expect("the database of the store");
        if !self.url.starts_with("postgres") {
            // What a test does behind the store need not survive a power cut.
            pool.execute("PRAGMA synchronous = OFF").await.expect("a setting");
        }
        pool
    }

    /// Returns the rows of a query as text: to compare what is stored byte by byte.
    pub(crate) async fn rows(&self, sql: &'static str) -> Vec<String> {
        let pool = self.raw().await;
        let rows = pool.fetch_all(sql).await.expect("a query");
        let cell = |row: &sqlx::any::AnyRow, index: usize| {
            let text: Option<String> = row
                .try_get(index)
                .or_else(|_| row.try_get::<Option<i64>, _>(index).map(|n| n.map(|n| n.to_string())))
                .expect("a text or number");
            text.unwrap_or_else(|| "∅".into())
        };
        let line = |row: &sqlx::any::AnyRow| {
            (0..row.len()).map(|index| cell(row, index)).collect::<Vec<_>>().join("|")
        };
        let rows = rows.iter().map(line).collect();
        pool.close().await;
        rows
    }

    /// Begins to write as another program would, and writes nothing yet.
    pub(crate) async fn hold(&self, engine: Engine) -> AnyConnection {
        let mut other = AnyConnection::connect(&address(&self.url)).await.expect("a connection");
        let begin: &[&str] = match engine {
            Engine::Sqlite => &["BEGIN IMMEDIATE"],
            Engine::Postgres => &["BEGIN", "SELECT line FROM head WHERE one = 1 FOR UPDATE"],
        };
        for sql in begin {
            other.execute(*sql).await.expect("the database");
        }
        other
    }
}

fn address(url: &str) -> String {
    let _ = install_drivers(&[sqlx::sqlite::any::DRIVER, sqlx::postgres::any::DRIVER]);
    if url.starts_with("postgres") { url.to_owned() } else { format!("sqlite://{url}?mode=rw") }
}

/// Runs a test on each engine there is.
#[expect(clippy::needless_pass_by_value, reason = "a closure written where it is used")]
pub(crate) fn on_each_engine(test: impl AsyncFn(&Place)) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.expect("a runtime");
    runtime.block_on(test(&sqlite()));
    match server() {
        Some(server) => runtime.block_on(async { test(&postgres(&server).await).await }),
        None => say_left_out(),
    }
}

#[expect(clippy::print_stderr, reason = "whoever runs the tests must see what was left out")]
fn say_left_out() {
    eprintln!("left out on PostgreSQL: {SERVER} names no server");
}

#[expect(clippy::disallowed_methods, reason = "the server is named by whoever runs the tests")]
fn server() -> Option<String> {
    std::env::var(SERVER).ok()
}

fn new_folder() -> PathBuf {
    let number = COUNTER.fetch_add(1, Ordering::Relaxed);
    let name = format!("store-{}-{number}", std::process::id());
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).expect("a folder for the test");
    folder
}

pub(crate) fn sqlite() -> Place {
    let folder = new_folder();
    let url = folder.join("catalyse.db").display().to_string();
    Place { url, folder, key: KeyFile::draw().expect("random") }
}

async fn postgres(server: &str) -> Place {
    let folder = new_folder();
    let schema = format!("s{}_{}", std::process::id(), COUNTER.fetch_add(1, Ordering::Relaxed));
    let pool = AnyPool::connect(&address(server)).await.expect("the PostgreSQL server");
    let create = sqlx::AssertSqlSafe(format!("CREATE SCHEMA {schema}"));
    pool.execute(create).await.expect("a schema for the test");
    pool.close().await;
    let sign = if server.contains('?') { '&' } else { '?' };
    let url = format!("{server}{sign}options[search_path]={schema}");
    Place { url, folder, key: KeyFile::draw().expect("random") }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
