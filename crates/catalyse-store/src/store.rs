//! The store itself: opening, creating, closing.

use std::sync::Arc;

use catalyse_codebook::Codebook;
use sqlx::AnyConnection;

use crate::about;
use crate::account::password::Passwords;
use crate::catalogue::Catalogue;
use crate::draft::queue::Queue;
use crate::engine::{Engine, Pools};
use crate::finding::former;
use crate::journal::{Act, Action, steps};
use crate::{Author, KeyFile, StoreError};

/// Holds an open store. Cloning it is cheap and gives the same store.
#[derive(Clone, Debug)]
pub struct Store {
    pub(crate) pools: Pools,
    pub(crate) catalogue: Arc<Catalogue>,
    pub(crate) key: Option<KeyFile>,
    pub(crate) queue: Arc<Queue>,
    pub(crate) passwords: Passwords,
    pub(crate) url: String,
}

impl Store {
    /// Makes a store: a SQLite file at a path, or tables in an empty PostgreSQL database.
    ///
    /// # Errors
    /// There is a store already, or the place cannot be written.
    pub async fn create(
        url: &str,
        codebook: &Codebook,
        key: Option<KeyFile>,
        author: &Author,
    ) -> Result<Self, StoreError> {
        let pools = Pools::connect(url, true).await?;
        if pools.holds_store().await? {
            return Err(StoreError::Exists(shown(url)));
        }
        pools.migrate().await?;
        let store = Self::new(url, pools, codebook, key);
        let mut act = Act::begin(&store.pools, author, Action::Created).await?;
        about::write_first(&mut act, &store).await?;
        // From the first line on, accounts and likenesses have steps.
        let subject = serde_json::json!({ "study": store.catalogue.study, "steps": 1 });
        act.finish(&subject, None).await?;
        Ok(store)
    }

    /// Opens a store that exists.
    ///
    /// A study whose variables changed since is no error: [`Store::is_current`] says so, and [`Store::adopt_study`] goes on with it.
    ///
    /// # Errors
    /// There is no store, it holds another study, or the key file is that of another store.
    pub async fn open(
        url: &str,
        codebook: &Codebook,
        key: Option<KeyFile>,
    ) -> Result<Self, StoreError> {
        let pools = Pools::connect(url, false).await?;
        if !pools.has_tables().await? {
            return Err(StoreError::NotThere(shown(url)));
        }
        pools.migrate().await?;
        let store = Self::new(url, pools, codebook, key);
        let mut reading = store.pools.begin_reading().await?;
        store.look_at_origin(&mut reading).await?;
        reading.rollback().await?;
        steps::adopt(&store.pools).await?;
        former::adopt(&store.pools).await?;
        Ok(store)
    }

    pub(crate) fn new(url: &str, pools: Pools, codebook: &Codebook, key: Option<KeyFile>) -> Self {
        Self {
            pools,
            catalogue: Arc::new(Catalogue::of(codebook)),
            key,
            queue: Arc::default(),
            passwords: Passwords::default(),
            url: url.to_owned(),
        }
    }

    /// Makes sure that what is there is of this study and this key file.
    pub(crate) async fn look_at_origin(
        &self,
        reading: &mut AnyConnection,
    ) -> Result<(), StoreError> {
        let found = about::value(reading, "study").await?.unwrap_or_default();
        if found != self.catalogue.study {
            return Err(StoreError::OtherStudy { wanted: self.catalogue.study.clone(), found });
        }
        match (&self.key, about::value(reading, "key_mark").await?) {
            (Some(key), Some(mark)) if key.mark() != mark => Err(StoreError::WrongKey),
            _ => Ok(()),
        }
    }

    /// Returns the database behind it.
    pub const fn engine(&self) -> Engine {
        self.pools.engine
    }

    /// Returns its address, without a password.
    pub fn url(&self) -> String {
        shown(&self.url)
    }

    /// Says whether identities can be opened: a key file was given.
    pub const fn has_key(&self) -> bool {
        self.key.is_some()
    }

    pub(crate) fn key(&self) -> Result<&KeyFile, StoreError> {
        self.key.as_ref().ok_or(StoreError::NoKey)
    }

    /// Closes all connections. What was acknowledged is on the disk without it.
    pub async fn close(&self) {
        self.pools.close().await;
    }
}

/// Returns an address without its password, for messages.
pub(crate) fn shown(url: &str) -> String {
    match url.split_once("://").and_then(|(scheme, rest)| Some((scheme, rest.rsplit_once('@')?))) {
        Some((scheme, (_, place))) => format!("{scheme}://{place}"),
        None => url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn a_shown_address_has_no_password() {
        assert_eq!(shown("postgres://u:p@ss@host/db"), "postgres://host/db");
        assert_eq!(shown("catalyse.db"), "catalyse.db");
        assert_eq!(shown("postgres://host/db?user=x"), "postgres://host/db?user=x");
    }
}
