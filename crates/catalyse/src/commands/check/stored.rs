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
    let mut codebook = selected.codebook.clone();
    let unseen = codebook.checks_touching(&open.operator.unseen(&codebook));
    codebook.checks.retain(|check| !unseen.contains(&check.id));
    let checks = open_checks(&codebook, &open.study)?;
    let records = (&selected.laid_out, selected.remembered.chunks.as_slice());
    let mut reading = reading::confront_stored(&checks, records, Keep::Findings)?;
    selected.laid_out.name_places(&mut reading.findings);
    tell_what_is_hidden(&open, unseen.len(), terminal);
    let exit = finish(args, (&codebook, &reading), terminal);
    open.close();
    exit
}

/// Says that what needs an identity, or speaks of health to a role that is not listed, was not looked at: a clean result would mislead.
fn tell_what_is_hidden(open: &OpenStore, n_unseen: usize, terminal: &Terminal) {
    const UNSEEN: Wording = Wording::new(
        "{ $n -> [one] Un contrôle sur des réponses de santé n’est pas fait *[other] { $n } contrôles sur des réponses de santé ne sont pas faits } : l’étude ne les montre pas à ce rôle.",
        "{ $n -> [one] A check on answers about health is not made *[other] { $n } checks on answers about health are not made }: the study does not show them to this role.",
    );
    const HIDDEN: Wording = Wording::new(
        "Sans les identités (fichier de clé), les contrôles qui en parlent ne sont pas faits.",
        "Without the identities (key file), the checks that speak of them are not made.",
    );
    if n_unseen > 0 {
        terminal.say(&UNSEEN, &Args::new().count("n", n_unseen));
    }
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
