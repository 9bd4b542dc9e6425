//! `catalyse store`: proving, saving and keeping a store, and the rights of persons.

mod backup;
mod journal;
mod likeness;
mod person;
mod purge;
mod rectify;
mod verify;

use catalyse_store::Leaves;

use crate::cli::{StoreAction, WorkArgs};
use crate::failure::{Exit, Failure};
use crate::store::{Deed, OpenStore};
use crate::terminal::Terminal;

/// Runs the command.
pub(crate) fn run(action: &StoreAction, terminal: &Terminal) -> Result<Exit, Failure> {
    let open = |work: &WorkArgs, deed| {
        OpenStore::open((&work.store, work.study.as_deref()), deed, terminal)
    };
    match action {
        StoreAction::Verify { work } => verify::run(&open(work, Deed::Keep)?, terminal),
        StoreAction::Backup { folder, work } => {
            backup::save(&open(work, Deed::Keep)?, folder, terminal)
        }
        StoreAction::Restore { file, to, study } => {
            backup::restore((file, to), study.as_deref(), terminal)
        }
        StoreAction::Journal { last, work } => {
            journal::run(&open(work, Deed::Keep)?, *last, terminal)
        }
        StoreAction::Likeness { same, different, work } => {
            likeness::run(&open(work, Deed::Likeness)?, (*same, *different), terminal)
        }
        StoreAction::ExportPerson { out, person } => {
            person::export(&open(&person.work, Deed::Person)?, (person, out), terminal)
        }
        StoreAction::Rectify { from, person } => {
            rectify::run(&open(&person.work, Deed::Person)?, (person, from), terminal)
        }
        StoreAction::Erase { yes, leave, person } => {
            let open = open(&person.work, Deed::Person)?;
            person::erase(&open, person, (*yes, leaves(leave)), terminal)
        }
        StoreAction::Purge { before, yes, leave, work } => {
            let open = open(work, Deed::Purge)?;
            purge::run(&open, before.as_deref(), (*yes, leaves(leave)), terminal)
        }
    }
}

/// Reads what an erased person leaves behind.
fn leaves(name: &str) -> Leaves {
    if name == "nothing" { Leaves::Nothing } else { Leaves::Counts }
}

/// Says which folders of backups could not be reached: there the program cannot destroy keys.
fn tell_unreached(unreached: &[String], terminal: &Terminal) {
    use catalyse_locale::{Args, Wording};
    const UNREACHED: Wording = Wording::new(
        "ATTENTION : ce dossier de sauvegardes n’a pas pu être atteint, et ce qui vient d’être effacé y est encore lisible. Branchez-le et lancez `catalyse store backup { $folder }` : la feuille des clés y sera refaite.",
        "CAUTION: this folder of backups could not be reached, and what was just erased can still be read there. Attach it and run `catalyse store backup { $folder }`: its sheet of keys will be made anew.",
    );
    for folder in unreached {
        terminal.say(&UNREACHED, &Args::new().text("folder", folder));
    }
}
