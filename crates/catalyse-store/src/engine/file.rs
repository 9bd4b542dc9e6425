//! The file of a SQLite store: made so that nobody but its owner reads it, and taken away again where making a store failed.

use std::fs::{DirBuilder, OpenOptions};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::StoreError;

/// Makes the file if there is none, readable by its owner alone; what SQLite puts beside it has the same rights.
pub(super) fn prepare(path: &Path, may_create: bool) -> Result<(), StoreError> {
    let failed = |source| StoreError::File { path: path.to_owned(), source };
    if path.is_dir() {
        return Err(failed(ErrorKind::IsADirectory.into()));
    }
    if path.is_file() {
        return Ok(());
    }
    if !may_create {
        return Err(StoreError::NotThere(path.display().to_string()));
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop).map_err(failed)
}

/// Makes a folder with those above it, if it is not there; nobody but its owner looks into a new one.
pub(crate) fn make_folder(folder: &Path) -> Result<(), StoreError> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|source| StoreError::File { path: folder.to_owned(), source })
}

/// Takes the files of a store away that could not be made.
pub(crate) fn take_away(path: &Path) {
    for end in ["", "-wal", "-shm"] {
        let mut file = path.as_os_str().to_owned();
        file.push(end);
        // Each of them may be absent.
        let _ = std::fs::remove_file(PathBuf::from(file));
    }
}
