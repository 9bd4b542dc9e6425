//! `catalyse check --store`: the records of a store, confronted as those of files are. A finding stands at partner, wave and code of the person.

use catalyse_locale::{Args, Wording};

use super::{finish, look_at_output, open_checks};
use crate::cli::CheckArgs;
use crate::failure::{Exit, Failure};
use crate::reading::{self, Keep};
use crate::store::{Deed, OpenStore};
use crate::terminal::Terminal;

/// Runs the command.
pub(super) fn run(args: &CheckArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    refuse_files(args)?;
    look_at_output(args)?;
    let named = (&args.store, args.input.study.as_deref());
    let open = OpenStore::open(named, Deed::Records, terminal)?;
    let selected = open.selected(&args.input)?;
    let checks = open_checks(&selected.codebook, &open.study)?;
    let records = (&selected.laid_out, selected.remembered.chunks.as_slice());
    let mut reading = reading::confront_stored(&checks, records, Keep::Findings)?;
    selected.laid_out.name_places(&mut reading.findings);
    tell_what_is_hidden(&open, terminal);
    let exit = finish(args, (&selected.codebook, &reading), terminal);
    open.close();
    exit
}

/// Says that what needs an identity was not looked at, because a clean result would mislead.
fn tell_what_is_hidden(open: &OpenStore, terminal: &Terminal) {
    const HIDDEN: Wording = Wording::new(
        "Sans les identités (fichier de clé), les contrôles qui en parlent ne sont pas faits.",
        "Without the identities (key file), the checks that speak of them are not made.",
    );
    if !open.store.has_key() {
        terminal.say(&HIDDEN, &Args::new());
    }
}

fn refuse_files(args: &CheckArgs) -> Result<(), Failure> {
    const FILES: Wording = Wording::new(
        "on contrôle des fichiers ou un dépôt, pas les deux à la fois. Retirez les fichiers, ou `--store`.",
        "files or a store are checked, not both at once. Leave out the files, or `--store`.",
    );
    if args.input.files.is_empty() {
        return Ok(());
    }
    Err(Failure::new(Exit::Usage, FILES.with(Args::new())))
}
