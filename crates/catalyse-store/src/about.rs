//! What a store says of itself: which study, in which version, since when, which key file.

use sqlx::AnyConnection;

use crate::engine::{Engine, text};
use crate::journal::{Act, Action, head};
use crate::{Author, Store, StoreError};

const FORMAT: &str = "1";

/// Holds what a store says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// The study.
    pub study: String,
    /// A hash over the variables, types and codes of the study: answers were given under these.
    pub study_version: String,
    /// The format of the tables.
    pub format: String,
    /// The mark of its key file, if it was made with one.
    pub key_mark: Option<String>,
    /// The database behind it.
    pub engine: Engine,
    /// How many lines the journal has.
    pub n_lines: u64,
    /// The hash of the last line: who keeps it elsewhere can later prove that nothing before it was changed.
    pub last_hash: String,
    /// How many persons it knows, erased ones left out.
    pub n_persons: u64,
    /// How many records it holds.
    pub n_records: u64,
}

impl Store {
    /// Returns what the store says of itself.
    ///
    /// # Errors
    /// The database breaks.
    pub async fn about(&self) -> Result<About, StoreError> {
        let mut reading = self.pools.begin_reading().await?;
        let (n_lines, last_hash) = head(&mut reading).await?;
        let count = async |reading: &mut AnyConnection, sql: &'static str| {
            let row = sqlx::query(sql).fetch_one(reading).await?;
            Ok::<u64, StoreError>(crate::engine::number(&row, "n")?.unsigned_abs())
        };
        Ok(About {
            study: value(&mut reading, "study").await?.unwrap_or_default(),
            study_version: value(&mut reading, "study_version").await?.unwrap_or_default(),
            format: value(&mut reading, "format").await?.unwrap_or_default(),
            key_mark: value(&mut reading, "key_mark").await?,
            engine: self.pools.engine,
            n_lines: n_lines.unsigned_abs(),
            last_hash,
            n_persons: count(
                &mut reading,
                "SELECT COUNT(*) AS n FROM person WHERE state = 'active'",
            )
            .await?,
            n_records: count(
                &mut reading,
                "SELECT COUNT(*) AS n FROM record WHERE content IS NOT NULL",
            )
            .await?,
        })
    }

    /// Says whether the study is the one the store last worked with.
    ///
    /// # Errors
    /// The database breaks.
    pub async fn is_current(&self) -> Result<bool, StoreError> {
        Ok(self.about().await?.study_version == self.catalogue.version)
    }

    /// Goes on with the study as it now is. Each batch keeps the version it was accepted under.
    ///
    /// # Errors
    /// The database breaks.
    pub async fn adopt_study(&self, author: &Author) -> Result<(), StoreError> {
        if self.is_current().await? {
            return Ok(());
        }
        let mut act = Act::begin(&self.pools, author, Action::StudyAdopted).await?;
        set(&mut act.writing, "study_version", &self.catalogue.version).await?;
        let subject = serde_json::json!({ "version": self.catalogue.version });
        act.finish(&subject, None).await?;
        Ok(())
    }
}

/// Writes what a new store says of itself.
pub(crate) async fn write_first(act: &mut Act, store: &Store) -> Result<(), StoreError> {
    set(&mut act.writing, "format", FORMAT).await?;
    set(&mut act.writing, "study", &store.catalogue.study).await?;
    set(&mut act.writing, "study_version", &store.catalogue.version).await?;
    if let Some(key) = &store.key {
        set(&mut act.writing, "key_mark", &key.mark()).await?;
    }
    Ok(())
}

pub(crate) async fn value(
    reading: &mut AnyConnection,
    name: &str,
) -> Result<Option<String>, StoreError> {
    let row = sqlx::query("SELECT value FROM about WHERE name = $1").bind(name.to_owned());
    let row = row.fetch_optional(reading).await?;
    row.map(|row| text(&row, "value")).transpose()
}

pub(crate) async fn set(
    writing: &mut AnyConnection,
    name: &str,
    value: &str,
) -> Result<(), StoreError> {
    let set = sqlx::query(
        "INSERT INTO about (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = $2",
    );
    set.bind(name.to_owned()).bind(value.to_owned()).execute(writing).await?;
    Ok(())
}
