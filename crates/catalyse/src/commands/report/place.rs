//! The folder of a report: that it may be written there, and that nothing of an earlier edition stays between the new files.

use std::path::Path;

use catalyse_locale::{Args, Wording};
use catalyse_report::outputs;

use crate::failure::{Exit, Failure};
use crate::files;

/// The folder of the partners' editions.
pub(super) const PARTNERS: &str = "partenaires";

/// By these files a folder is known as that of an earlier report.
const OWN: [[&str; 2]; 2] = [["rapport.html", "LISEZMOI.txt"], ["report.html", "README.txt"]];
/// The folders that a report writes into.
const FOLDERS: [&str; 3] = ["", "figures", "tables"];

/// Looks, before anything is read, whether a report may be written into a folder: it is new, empty, or holds an earlier report.
pub(super) fn look_at(folder: &Path) -> Result<(), Failure> {
    const OTHER: Wording = Wording::new(
        "{ $folder } contient autre chose qu’un rapport. Choisissez un dossier nouveau ou vide.",
        "{ $folder } holds something else than a report. Choose a new or an empty folder.",
    );
    files::may_write(folder)?;
    if files::is_filled(folder) && !is_report(folder) {
        let args = Args::new().text("folder", folder.display().to_string());
        return Err(Failure::new(Exit::Usage, OTHER.with(args)));
    }
    Ok(())
}

fn is_report(folder: &Path) -> bool {
    OWN.iter().any(|names| names.iter().all(|name| folder.join(name).is_file()))
}

/// Removes an earlier report. Its figures and partners' editions beside the new ones would be taken for parts of them, and two
/// editions of one wave for the same readers say more than the protection of either allows.
pub(super) fn clear(folder: &Path) -> Result<(), Failure> {
    if !is_report(folder) {
        return Ok(());
    }
    let partners = folder.join(PARTNERS);
    if partners.is_dir() {
        for edition in files::folders_in(&partners)? {
            clear(&edition)?;
        }
    }
    for below in FOLDERS {
        let below = folder.join(below);
        if below.is_dir() {
            for file in files::files_in(&below)?.iter().filter(|file| is_ours(file)) {
                files::remove(file)?;
            }
        }
    }
    Ok(())
}

fn is_ours(file: &Path) -> bool {
    let mut endings = outputs::ALL.iter().flat_map(|output| output.endings());
    file.extension().is_some_and(|ending| endings.any(|ours| ending == *ours))
}
