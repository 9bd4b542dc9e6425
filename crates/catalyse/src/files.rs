//! Files: the one place where the program reads and writes them, so that every failure names its path.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use catalyse_codebook::SchemaFiles;
use catalyse_locale::{Args, Wording};

use crate::failure::{Exit, Failure};

/// Reads a text.
pub(crate) fn read_text(path: &Path) -> Result<String, Failure> {
    const NOT_UTF8: Wording = Wording::new(
        "{ $path }, ligne { $line } : le texte n’est pas en UTF-8, sans doute en Windows-1252 comme l’écrivent d’anciens programmes. L’enregistrer en « CSV UTF-8 » (Excel) ou en UTF-8 (éditeur de texte), puis vérifier les accents.",
        "{ $path }, line { $line }: the text is not in UTF-8, probably in Windows-1252 as older programs write it. Save it as `CSV UTF-8` (Excel) or in UTF-8 (text editor), then check the accents.",
    );
    String::from_utf8(read_bytes(path)?).map_err(|error| {
        let valid = error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default();
        let line = valid.split(|byte| *byte == b'\n').count();
        let args = Args::new().text("path", path.display().to_string());
        Failure::new(Exit::Unreadable, NOT_UTF8.with(args.text("line", line.to_string())))
    })
}

/// Reads a file as bytes.
pub(crate) fn read_bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    #[expect(clippy::disallowed_methods, reason = "this module is where files are read")]
    fs::read(path).map_err(|error| Failure::file(path, &error))
}

/// Opens a file for reading.
pub(crate) fn open(path: &Path) -> Result<File, Failure> {
    #[expect(clippy::disallowed_methods, reason = "this module is where files are read")]
    File::open(path).map_err(|error| Failure::file(path, &error))
}

/// Makes sure that a file is there, may be read, and is a file: a pipe or a device would keep the reader waiting for ever.
pub(crate) fn may_read(path: &Path) -> Result<(), Failure> {
    let known = fs::metadata(path).map_err(|error| Failure::file(path, &error))?;
    if !known.is_file() {
        return Err(Failure::file(path, &io::ErrorKind::InvalidInput.into()));
    }
    open(path).map(drop)
}

/// Writes a file as a whole: first beside its place, then into it, so that nobody finds half a file.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    write_with(path, |out| out.write_all(bytes))
}

/// Writes a file that only its owner may read, at a place where there is none.
pub(crate) fn write_secret(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder).map_err(|error| Failure::output(folder, &error))?;
    }
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options
        .open(path)
        .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()));
    written.map_err(|error| Failure::output(path, &error))
}

/// Writes a file as a whole from what is made on the way.
pub(crate) fn write_with(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Failure> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder).map_err(|error| Failure::output(folder, &error))?;
    }
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    let beside = PathBuf::from(beside);
    #[expect(clippy::disallowed_methods, reason = "this module is where files are written")]
    let written = File::create(&beside).and_then(|file| {
        let mut out = BufWriter::new(file);
        write(&mut out).and_then(|()| out.flush())
    });
    written.and_then(|()| fs::rename(&beside, path)).map_err(|error| {
        // Half a file is no use to anybody; if it cannot be removed either, the first error is the one to tell.
        let _ = fs::remove_file(&beside);
        Failure::output(path, &error)
    })
}

/// Makes sure, before long work, that something may be written at a path: what exists of it is a folder that takes files.
pub(crate) fn may_write(path: &Path) -> Result<(), Failure> {
    let existing = path.ancestors().find(|above| above.exists() && !above.as_os_str().is_empty());
    let Some(existing) = existing else { return Ok(()) };
    let metadata = fs::metadata(existing).map_err(|error| Failure::output(existing, &error))?;
    let reason = if !metadata.is_dir() {
        io::ErrorKind::NotADirectory
    } else if metadata.permissions().readonly() {
        io::ErrorKind::PermissionDenied
    } else {
        return Ok(());
    };
    Err(Failure::output(existing, &reason.into()))
}

/// Says whether a folder exists and holds something.
pub(crate) fn is_filled(folder: &Path) -> bool {
    fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some())
}

/// Removes a file that an earlier run wrote.
pub(crate) fn remove(path: &Path) -> Result<(), Failure> {
    fs::remove_file(path).map_err(|error| Failure::output(path, &error))
}

/// Removes a folder of our own with all in it. Where that is not possible it stays: nothing else depends on it.
pub(crate) fn remove_folder(folder: &Path) {
    let _ = fs::remove_dir_all(folder);
}

/// Lets nobody but the owner into a folder of ours, nor read what lies in it: a folder that was there before may have been open to all.
pub(crate) fn close_to_others(folder: &Path) -> Result<(), Failure> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let set = |path: &Path, mode| {
            let done = fs::set_permissions(path, fs::Permissions::from_mode(mode));
            done.map_err(|error| Failure::output(path, &error))
        };
        set(folder, 0o700)?;
        for file in files_in(folder)? {
            set(&file, 0o600)?;
        }
        for below in folders_in(folder)? {
            close_to_others(&below)?;
        }
    }
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

/// Lists the files that stand directly in a folder, in the order of their names.
pub(crate) fn files_in(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut paths = entries_of(folder)?;
    paths.retain(|path| path.is_file());
    Ok(paths)
}

/// Lists the folders that stand directly in a folder, in the order of their names.
pub(crate) fn folders_in(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut paths = entries_of(folder)?;
    paths.retain(|path| path.is_dir());
    Ok(paths)
}

fn entries_of(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let entries = fs::read_dir(folder).map_err(|error| Failure::file(folder, &error))?;
    let paths = entries.map(|entry| entry.map(|entry| entry.path()));
    let mut paths =
        paths.collect::<io::Result<Vec<_>>>().map_err(|error| Failure::file(folder, &error))?;
    paths.sort();
    Ok(paths)
}

/// Says whether two files have the same content. Their sizes are compared first, so that different files are not read.
pub(crate) fn are_same(one: &Path, other: &Path) -> Result<bool, Failure> {
    let size = |path: &Path| {
        fs::metadata(path).map(|known| known.len()).map_err(|error| Failure::file(path, &error))
    };
    if size(one)? != size(other)? {
        return Ok(false);
    }
    let [mut left, mut right] = [open(one)?, open(other)?].map(BufReader::new);
    loop {
        let ours = left.fill_buf().map_err(|error| Failure::file(one, &error))?;
        let theirs = right.fill_buf().map_err(|error| Failure::file(other, &error))?;
        let n = ours.len().min(theirs.len());
        if n == 0 {
            return Ok(ours.len() == theirs.len());
        }
        if ours.get(..n) != theirs.get(..n) {
            return Ok(false);
        }
        left.consume(n);
        right.consume(n);
    }
}

/// Adds the schema files of a folder to the bundled ones, as the study `name`.
pub(crate) fn add_study(files: &mut SchemaFiles, folder: &Path, name: &str) -> Result<(), Failure> {
    // A study that has the name of a bundled one replaces it whole.
    files.remove_folder(name);
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
