//! Files: the one place where the program reads and writes them, so that every failure names its path.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use catalyse_codebook::SchemaFiles;

use crate::failure::Failure;

/// Reads a text.
pub(crate) fn read_text(path: &Path) -> Result<String, Failure> {
    #[expect(clippy::disallowed_methods, reason = "this module is where files are read")]
    fs::read_to_string(path).map_err(|error| Failure::file(path, &error))
}

/// Opens a file for reading.
pub(crate) fn open(path: &Path) -> Result<File, Failure> {
    #[expect(clippy::disallowed_methods, reason = "this module is where files are read")]
    File::open(path).map_err(|error| Failure::file(path, &error))
}

/// Writes a file as a whole: first beside its place, then into it, so that nobody finds half a file.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    write_with(path, |out| out.write_all(bytes))
}

/// Writes a file as a whole from what is made on the way.
pub(crate) fn write_with(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Failure> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder).map_err(|error| Failure::file(folder, &error))?;
    }
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    let beside = PathBuf::from(beside);
    #[expect(clippy::disallowed_methods, reason = "this module is where files are written")]
    let written = File::create(&beside).and_then(|file| {
        let mut out = BufWriter::new(file);
        write(&mut out).and_then(|()| out.flush())
    });
    written.and_then(|()| fs::rename(&beside, path)).map_err(|error| Failure::file(path, &error))
}

/// Adds the schema files of a folder to the bundled ones, as the study `name`.
pub(crate) fn add_study(files: &mut SchemaFiles, folder: &Path, name: &str) -> Result<(), Failure> {
    add_folder(files, folder, name)?;
    // A folder may bring common files and reports of its own beside it.
    for (beside, prefix) in [("common", "common"), ("reports", "reports")] {
        for place in [folder.join(beside), folder.join("..").join(beside)] {
            if place.is_dir() {
                add_folder(files, &place, prefix)?;
                break;
            }
        }
    }
    Ok(())
}

fn add_folder(files: &mut SchemaFiles, folder: &Path, prefix: &str) -> Result<(), Failure> {
    let entries = fs::read_dir(folder).map_err(|error| Failure::file(folder, &error))?;
    for entry in entries {
        let path = entry.map_err(|error| Failure::file(folder, &error))?.path();
        let name =
            path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let key = format!("{prefix}/{name}");
        let is_schema = path.extension().is_some_and(|ending| ending == "toml" || ending == "csv");
        if path.is_dir() {
            add_folder(files, &path, &key)?;
        } else if is_schema {
            files.add(key, read_text(&path)?);
        }
    }
    Ok(())
}
