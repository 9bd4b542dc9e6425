//! `catalyse store`: proving, saving and keeping a store, and the rights of persons.

mod backup;
mod in_words;
mod journal;
mod likeness;
mod person;
mod purge;
mod rectify;
mod verify;

use catalyse_disclose::{ErasedPersons, Policy};
use catalyse_locale::{Args, Wording};
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
            let leaves = leaves(&open, leave.as_deref())?;
            person::erase(&open, person, (*yes, leaves), terminal)
        }
        StoreAction::Purge { before, yes, leave, work } => {
            let open = open(work, Deed::Purge)?;
            let leaves = leaves(&open, leave.as_deref())?;
            purge::run(&open, before.as_deref(), (*yes, leaves), terminal)
        }
    }
}

/// Returns what an erased person leaves behind: what was asked for, else what the policy of the study says.
fn leaves(open: &OpenStore, asked: Option<&str>) -> Result<Leaves, Failure> {
    const POLICY: Wording = Wording::new(
        "la règle de protection de l’étude ne se lit pas : { $reason }. `catalyse codebook lint` dit où ; ou donnez `--leave`.",
        "the protection policy of the study cannot be read: { $reason }. `catalyse codebook lint` tells where; or give `--leave`.",
    );
    match asked {
        Some("nothing") => return Ok(Leaves::Nothing),
        Some(_) => return Ok(Leaves::Counts),
        None => {}
    }
    let codebook = &open.opened.codebook;
    let Some(table) = codebook.policies.get(&codebook.study.policy) else {
        return Ok(Leaves::default());
    };
    let policy = table.clone().try_into::<Policy>().map_err(|error| {
        let args = Args::new().text("reason", error.message().to_owned());
        Failure::new(Exit::Usage, POLICY.with(args))
    })?;
    Ok(match policy.erased_persons {
        ErasedPersons::Counts => Leaves::Counts,
        ErasedPersons::Nothing => Leaves::Nothing,
    })
}

/// Says that old pages of the file still lie there, because somebody was reading.
fn tell_lingering(terminal: &Terminal) {
    const LINGERS: Wording = Wording::new(
        "ATTENTION : un autre programme lisait le dépôt, dont le fichier garde encore d’anciennes pages. Fermez tout ce qui l’ouvre, la saisie aussi, puis lancez `catalyse store backup` : elles partiront alors.",
        "CAUTION: another program was reading the store, whose file still keeps old pages. Close whatever has it open, the entry too, then run `catalyse store backup`: they go then.",
    );
    terminal.say(&LINGERS, &Args::new());
}

/// Says which folders of backups could not be reached: there the program cannot destroy keys.
fn tell_unreached(unreached: &[String], terminal: &Terminal) {
    const UNREACHED: Wording = Wording::new(
        "ATTENTION : ce dossier de sauvegardes n’a pas pu être atteint, et ce qui vient d’être effacé y est encore lisible. Branchez-le et lancez `catalyse store backup { $folder }` : la feuille des clés y sera refaite.",
        "CAUTION: this folder of backups could not be reached, and what was just erased can still be read there. Attach it and run `catalyse store backup { $folder }`: its sheet of keys will be made anew.",
    );
    for folder in unreached {
        terminal.say(&UNREACHED, &Args::new().text("folder", folder));
    }
}
