//! The sheet of keys beside backups: the keys of all persons who are there, and of nobody else.
//!
//! Backups hold sealed content and no key. All backups of a folder share one sheet, which is written anew at each backup, erasure and purge:
//! whoever is erased today is gone from the backups of last year. Copies of the sheet that were taken elsewhere are beyond the program.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use sqlx::AnyConnection;

use crate::engine::{maybe, number};
use crate::keys::cipher::{Secret, hash_of};
use crate::{Store, StoreError, about};

const FIRST: &str = "catalyse keys 1";
const FOLDERS: &str = "backup_folders";

/// Returns the place of the sheet in a folder. Several stores may share a folder.
pub(crate) fn path_in(folder: &Path, store_id: &str) -> PathBuf {
    folder.join(format!("clefs-{}.txt", store_id.get(..12).unwrap_or(store_id)))
}

/// Notes a folder of backups, so that erasures reach it.
pub(crate) async fn remember_folder(
    writing: &mut AnyConnection,
    folder: &Path,
) -> Result<(), StoreError> {
    let mut folders = folders(writing).await?;
    let folder = folder.display().to_string();
    if !folders.contains(&folder) {
        folders.push(folder);
        folders.sort();
    }
    let text = serde_json::to_string(&folders).map_err(|_| StoreError::Broken("folders"))?;
    about::set(writing, FOLDERS, &text).await
}

impl Store {
    /// Lists the folders that hold backups of this store, as far as it knows.
    ///
    /// # Errors
    /// The database breaks.
    pub async fn backup_folders(&self) -> Result<Vec<PathBuf>, StoreError> {
        let mut reading = self.pools.begin_reading().await?;
        Ok(folders(&mut reading).await?.into_iter().map(PathBuf::from).collect())
    }
}

async fn folders(reading: &mut AnyConnection) -> Result<Vec<String>, StoreError> {
    let text = about::value(reading, FOLDERS).await?;
    let broken = |_| StoreError::Broken("folders");
    text.map_or(Ok(Vec::new()), |text| serde_json::from_str(&text).map_err(broken))
}

/// Says whether a folder was given backups before and has no sheet now: most likely its disk is not attached, and what is there is the empty
/// folder it is attached at.
pub(crate) async fn is_away(
    reading: &mut AnyConnection,
    folder: &Path,
) -> Result<bool, StoreError> {
    let store_id = about::value(reading, "store_id").await?.unwrap_or_default();
    let is_known = folders(reading).await?.contains(&folder.display().to_string());
    Ok(is_known && !path_in(folder, &store_id).is_file())
}

/// Writes the sheet anew in every folder of backups where one lies, and returns the others.
pub(crate) async fn renew_all(store: &Store) -> Result<Vec<String>, StoreError> {
    // Whoever writes sheets holds the store, and reads the keys as they stand then: two at once cannot bring an erased key back.
    let mut holding = store.pools.begin().await?;
    let mut unreached = Vec::new();
    for folder in folders(&mut holding).await? {
        let path = Path::new(&folder);
        if is_away(&mut holding, path).await? || write_sheet(&mut holding, path).await.is_err() {
            unreached.push(folder);
        }
    }
    holding.rollback().await?;
    Ok(unreached)
}

/// Writes the sheet of a folder, the first time too.
pub(crate) async fn renew(store: &Store, folder: &Path) -> Result<(), StoreError> {
    let mut holding = store.pools.begin().await?;
    write_sheet(&mut holding, folder).await?;
    Ok(holding.rollback().await?)
}

async fn write_sheet(holding: &mut AnyConnection, folder: &Path) -> Result<(), StoreError> {
    let store_id = about::value(holding, "store_id").await?.unwrap_or_default();
    let rows = sqlx::query(
        "SELECT p.id AS person, k.secret FROM person p LEFT JOIN person_key k ON k.person = p.id \
         WHERE p.state <> 'erased' ORDER BY p.id",
    );
    let rows = rows.fetch_all(holding).await?;
    // A key that is lost in the store is not lost on the sheet too: there it is what brings the person back.
    let before = read(folder, &store_id).unwrap_or_default();
    let mut sheet = format!("{FIRST} {store_id}\n");
    for row in rows {
        let person = number(&row, "person")?;
        let kept = || before.get(&person).map(Secret::to_text);
        if let Some(secret) = maybe(&row, "secret")?.or_else(kept) {
            let _ = writeln!(sheet, "{person} {secret}");
        }
    }
    let end = hash_of(&sheet);
    let _ = writeln!(sheet, "end {end}");
    write_whole(&path_in(folder, &store_id), sheet.as_bytes())
}

/// Reads the sheet of a store in a folder.
pub(crate) fn read(folder: &Path, store_id: &str) -> Result<BTreeMap<i64, Secret>, StoreError> {
    let path = path_in(folder, store_id);
    let sheet = read_whole(&path)?;
    let damaged = || StoreError::Damaged(path.clone());
    let (body, end) = sheet.trim_end().rsplit_once('\n').ok_or_else(damaged)?;
    let body = format!("{body}\n");
    if end.strip_prefix("end ") != Some(&hash_of(&body)) {
        return Err(damaged());
    }
    let mut lines = body.lines();
    if lines.next() != Some(&format!("{FIRST} {store_id}")) {
        return Err(damaged());
    }
    lines
        .map(|line| {
            let (person, secret) = line.split_once(' ').ok_or_else(damaged)?;
            let secret = Secret::from_text(secret).ok_or_else(damaged)?;
            Ok((person.parse().map_err(|_| damaged())?, secret))
        })
        .collect()
}

/// Reads a file.
pub(crate) fn read_whole(path: &Path) -> Result<String, StoreError> {
    #[expect(
        clippy::disallowed_methods,
        reason = "backups are files, and this is where they are read"
    )]
    std::fs::read_to_string(path)
        .map_err(|source| StoreError::File { path: path.to_owned(), source })
}

/// Writes a file as a whole and brings it to the disk: first beside its place, then into it. Others than its owner cannot read it.
///
/// The name beside is always the same: what a power cut leaves there is written over the next time. Sheets are written by whoever holds the
/// store, and no two backups have one name.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let failed = |source| StoreError::File { path: path.to_owned(), source };
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    let beside = PathBuf::from(beside);
    let mut options = File::options();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&beside).map_err(failed)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(failed)?;
    std::fs::rename(&beside, path).map_err(failed)
}
