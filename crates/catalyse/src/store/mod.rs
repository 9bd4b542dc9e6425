//! The store as the commands use it: found, opened for somebody, laid out as records.
//!
//! A working folder, made by `catalyse init`, holds the store, its key file and its study under fixed names: a command that names the folder,
//! or runs in it, finds all three.

mod blind;
mod lay_out;
mod operator;
mod secret;
mod selected;

use std::path::{Path, PathBuf};

use catalyse_locale::{Args, Wording};
use catalyse_store::{Author, Store, StoreError, Waiter};

use crate::cli::{STUDY, StoreArgs};
use crate::failure::{Exit, Failure};
use crate::study::{self, OpenedStudy};
use crate::terminal::Terminal;

pub(crate) use blind::without_identities;
pub(crate) use lay_out::{LaidOut, lay_out};
pub(crate) use operator::{Deed, Operator, signed};
pub(crate) use secret::{key_file, new_passphrase, password};

/// The store in a working folder.
pub(crate) const STORE_FILE: &str = "depot.db";
/// The key file in a working folder, unless it was put elsewhere.
pub(crate) const KEY_FILE: &str = "clef.json";
/// The study in a working folder.
pub(crate) const STUDY_FOLDER: &str = "etude";

/// Says where a store, its key file and its study are.
#[derive(Clone, Debug)]
pub(crate) struct WorkPlace {
    /// The address of the store.
    pub url: String,
    /// The folder that may hold key file and study.
    folder: PathBuf,
}

impl WorkPlace {
    /// Finds the store that is named, or that of the folder one is in.
    pub(crate) fn find(store: Option<&str>) -> Result<Self, Failure> {
        const MISSING: Wording = Wording::new(
            "il manque le dépôt. Allez dans son dossier de travail, ou nommez-le avec `--store DOSSIER`. `catalyse init DOSSIER` en crée un.",
            "the store is missing. Go to its working folder, or name it with `--store FOLDER`. `catalyse init FOLDER` makes one.",
        );
        let Some(named) = store else {
            let here = Self { url: STORE_FILE.to_owned(), folder: PathBuf::from(".") };
            let missing = || Failure::new(Exit::Usage, MISSING.with(Args::new()));
            return Path::new(STORE_FILE).is_file().then_some(here).ok_or_else(missing);
        };
        let path = Path::new(named);
        if path.is_dir() {
            let url = path.join(STORE_FILE).display().to_string();
            return Ok(Self { url, folder: path.to_owned() });
        }
        let is_server = named.starts_with("postgres:") || named.starts_with("postgresql:");
        let beside = path.parent().filter(|beside| !beside.as_os_str().is_empty() && !is_server);
        let folder = beside.unwrap_or(Path::new(".")).to_owned();
        Ok(Self { url: named.to_owned(), folder })
    }

    /// Returns the study that is named, that of the working folder, or the one that comes with the program.
    pub(crate) fn study(&self, named: Option<&str>) -> String {
        let own = self.folder.join(STUDY_FOLDER);
        match named {
            Some(named) => named.to_owned(),
            None if own.join("study.toml").is_file() => own.display().to_string(),
            None => STUDY.to_owned(),
        }
    }

    /// Returns the key file that is named, or that of the working folder if it is there.
    pub(crate) fn key(&self, named: Option<&Path>) -> Option<PathBuf> {
        let own = self.folder.join(KEY_FILE);
        named.map(Path::to_owned).or_else(|| own.is_file().then_some(own))
    }
}

/// Holds a store that is open for somebody.
pub(crate) struct OpenStore {
    /// The store.
    pub store: Store,
    /// Its study.
    pub opened: OpenedStudy,
    /// The name or folder of the study.
    pub study: String,
    /// Who works.
    pub operator: Operator,
    waiter: Waiter,
    because: String,
}

impl OpenStore {
    /// Opens a store for a deed, with the key file only if the deed and the account may have it.
    pub(crate) fn open(
        (args, study): (&StoreArgs, Option<&str>),
        deed: Deed,
        terminal: &Terminal,
    ) -> Result<Self, Failure> {
        let place = WorkPlace::find(args.place.store.as_deref())?;
        let study = place.study(study);
        let opened = study::open(&study)?;
        let waiter = Waiter::new().map_err(failure)?;
        let operator = waiter.wait(Operator::find(&place.url, &opened, args.user.as_deref()))?;
        operator.may(deed)?;
        let key = match place.key(args.place.key.as_deref()) {
            Some(path) if operator.opens_identities(deed) => {
                Some(key_file(&path, args.place.passphrase_file.as_deref(), terminal)?)
            }
            Some(_) | None => None,
        };
        let store = waiter.wait(Store::open(&place.url, &opened.codebook, key)).map_err(failure)?;
        let because = args.because.clone().unwrap_or_default();
        Ok(Self { store, opened, study, operator, waiter, because })
    }

    /// Waits for something that the store does.
    pub(crate) fn wait<T>(
        &self,
        future: impl Future<Output = Result<T, StoreError>>,
    ) -> Result<T, Failure> {
        self.waiter.wait(future).map_err(failure)
    }

    /// Returns who does it, now, and why.
    pub(crate) fn author(&self) -> Author {
        self.operator.author().because(&self.because)
    }

    /// Closes the store.
    pub(crate) fn close(&self) {
        self.waiter.wait(self.store.close());
    }
}

/// Makes the failure of a store: a file that cannot be read is code 3, all else 2.
#[expect(clippy::needless_pass_by_value, reason = "it is handed to map_err")]
pub(crate) fn failure(error: StoreError) -> Failure {
    let exit = match &error {
        StoreError::File { .. } | StoreError::Damaged(_) => Exit::Unreadable,
        _ => Exit::Usage,
    };
    Failure::new(exit, error.message())
}
