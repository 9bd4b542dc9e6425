//! Which files a command reads: those that are named, those in a folder that is named, each once.

use std::path::{Path, PathBuf};

use catalyse_intake::formats;
use catalyse_locale::{Args, Wording};
use catalyse_simulate::TRUTH_FILE;

use crate::failure::{Exit, Failure};
use crate::files;
use crate::terminal::Terminal;

/// Lists the files to read, and makes sure that each is there before the first is read.
pub(crate) fn deliveries(named: &[PathBuf], terminal: &Terminal) -> Result<Vec<PathBuf>, Failure> {
    const NO_FILES: Wording = Wording::new(
        "il manque les fichiers à lire. Nommez-les après les options, ou leur dossier : sample-data/integra",
        "the files to read are missing. Name them after the options, or their folder: sample-data/integra",
    );
    if named.is_empty() {
        return Err(Failure::new(Exit::Usage, NO_FILES.with(Args::new())));
    }
    let mut all = Vec::new();
    for path in named {
        if path.is_dir() {
            all.extend(of_folder(path)?);
        } else {
            files::may_read(path)?;
            all.push(path.clone());
        }
    }
    once_each(all, terminal)
}

/// Lists the deliveries that stand directly in a folder.
fn of_folder(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    const EMPTY: Wording = Wording::new(
        "{ $folder } : ce dossier ne contient directement aucune livraison ({ $formats }). Nommez le dossier où sont les fichiers.",
        "{ $folder }: this folder itself holds no delivery ({ $formats }). Name the folder in which the files are.",
    );
    let mut found = files::files_in(folder)?;
    found.retain(|path| is_delivery(path));
    if found.is_empty() {
        let args = Args::new().text("folder", folder.display().to_string());
        let args = args.text("formats", formats::names().join(", "));
        return Err(Failure::new(Exit::Unreadable, EMPTY.with(args)));
    }
    Ok(found)
}

/// Says whether a file of a folder is meant to be read: not the lock of an open workbook, no hidden file, no list of planted faults.
fn is_delivery(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    let is_table = ending.is_some_and(|ending| formats::has_ending(&ending));
    is_table && !name.starts_with(['.', '~']) && name != TRUTH_FILE
}

/// Leaves out what is named twice or is a copy of another file: each of its records would be found twice.
fn once_each(all: Vec<PathBuf>, terminal: &Terminal) -> Result<Vec<PathBuf>, Failure> {
    static TWICE: Wording = Wording::new(
        "{ $file } est nommé deux fois ; il est lu une fois.",
        "{ $file } is named twice; it is read once.",
    );
    static COPY: Wording = Wording::new(
        "{ $file } a le même contenu que { $other } ; il n’est pas lu.",
        "{ $file } has the same content as { $other }; it is not read.",
    );
    let mut kept: Vec<PathBuf> = Vec::with_capacity(all.len());
    for path in all {
        let own = path.canonicalize().ok();
        let mut double = None;
        for other in &kept {
            if own.is_some() && other.canonicalize().ok() == own {
                double = Some((&TWICE, other));
            } else if double.is_none() && files::are_same(&path, other)? {
                double = Some((&COPY, other));
            }
        }
        if let Some((wording, other)) = double {
            let args = Args::new()
                .text("file", path.display().to_string())
                .text("other", other.display().to_string());
            terminal.say(wording, &args);
        } else {
            kept.push(path);
        }
    }
    Ok(kept)
}
