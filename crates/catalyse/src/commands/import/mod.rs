//! `catalyse import`: checked deliveries go into the store, by key; what a hard check stops stays out and is listed.

mod delivery;
mod heads;
mod told;

use std::collections::BTreeSet;
use std::path::PathBuf;

use catalyse_codebook::{CheckId, Severity, nearest};
use catalyse_locale::{Args, Wording};
use catalyse_records::Chunk;
use catalyse_store::{DeliveredFile, Delivery};

use crate::cli::{ImportArgs, Input};
use crate::commands::check::open_checks;
use crate::deliveries::deliveries;
use crate::failure::{Exit, Failure};
use crate::fence::Fence;
use crate::files;
use crate::reading::{self, Keep};
use crate::store::{Deed, OpenStore};
use crate::terminal::{Terminal, print};

use heads::Heads;

pub(crate) use delivery::{Accepting, delivery};
pub(crate) use told::counts;

/// Runs the command.
pub(crate) fn run(args: &ImportArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let named = (&args.store, args.input.study.as_deref());
    let open = OpenStore::open(named, Deed::Import, terminal)?;
    let input = Input { study: Some(open.study.clone()), ..open.opened.settled(&args.input)? };
    let accepting = accepting(args, &open)?;
    let checks = open_checks(&open.opened.codebook, input.study())?;
    let paths = deliveries(&input.files, terminal)?;
    let files = delivered(&paths)?;
    let input = Input { files: paths, ..input };
    let fence = Fence::new(&input);
    let mut heads = Heads::of(&open.opened.codebook)?;
    let keep = (Keep::Records, terminal);
    let mut look = |chunk: &Chunk| heads.take(chunk);
    let mut gathering = reading::gather(&checks, (&input, fence), keep, &mut look)?;
    gathering.remember(&heads.compared(&open)?.chunks)?;
    let reading = gathering.finish()?;
    reading.refuse_unreadable()?;
    let shown = told::reading(&open.opened.codebook, &reading, (args.all, terminal.language));
    let n_blocked = reading.blocked().len();
    let delivery = delivery(&open.opened.codebook, reading, files, &accepting)?;
    open.operator.may_touch(delivery.records.iter().map(|record| record.partner.as_str()))?;
    refuse_empty(&delivery, &shown)?;
    let accepted = if args.dry_run {
        open.wait(open.store.rehearse(&delivery))?
    } else {
        adopt_study(&open, terminal)?;
        tell_long(delivery.records.len(), terminal);
        open.wait(open.store.accept(&delivery, &open.author()))?
    };
    let n_soft = delivery.records.iter().map(|record| record.findings.len()).sum();
    let outcome = told::Outcome {
        accepted: &accepted,
        delivery: &delivery,
        n_soft,
        is_rehearsal: args.dry_run,
        store: args.store.place.store.as_deref(),
    };
    print(&(shown + &told::outcome(&outcome, terminal.language)))?;
    open.close();
    Ok(if n_blocked > 0 { Exit::Findings } else { Exit::Clean })
}

/// Stops if nothing at all can be taken in: an empty batch would say that something was imported.
fn refuse_empty(delivery: &Delivery, shown: &str) -> Result<(), Failure> {
    const NOTHING: Wording = Wording::new(
        "aucune fiche ne peut entrer : { $n -> [one] la ligne lue reste *[other] les { $n } lignes lues restent } dehors. Rien n’a été importé.",
        "no record can come in: { $n -> [one] the row that was read stays *[other] the { $n } rows that were read stay } out. Nothing was imported.",
    );
    if !delivery.records.is_empty() {
        return Ok(());
    }
    print(shown)?;
    let args = Args::new().count("n", delivery.rows_read);
    Err(Failure::new(Exit::Findings, NOTHING.with(args)))
}

/// Reads which soft checks are accepted with the delivery. It takes a name and a reason: both stay in the journal.
fn accepting(args: &ImportArgs, open: &OpenStore) -> Result<Accepting, Failure> {
    const UNSIGNED: Wording = Wording::new(
        "`--accept` demande qui accepte et pourquoi : ajoutez `--user COMPTE` et `--because \"motif\"`.",
        "`--accept` asks who accepts, and why: add `--user ACCOUNT` and `--because \"reason\"`.",
    );
    const UNKNOWN: Wording = Wording::new(
        "l’étude n’a pas de contrôle `{ $name }` qui s’accepte. `catalyse codebook show` les liste.",
        "the study has no check `{ $name }` that can be accepted. `catalyse codebook show` lists them.",
    );
    const HARD: Wording = Wording::new(
        "le contrôle `{ $name }` est bloquant : ce qui est impossible ne s’accepte pas. Corrigez la fiche, ou la gravité dans l’étude.",
        "the check `{ $name }` is hard: what is impossible is not accepted. Correct the record, or the severity in the study.",
    );
    let comment = args.store.because.clone().unwrap_or_default();
    if !args.accept.is_empty() && (!open.operator.has_name() || comment.trim().is_empty()) {
        return Err(Failure::new(Exit::Usage, UNSIGNED.with(Args::new())));
    }
    let mut checks = BTreeSet::new();
    for name in &args.accept {
        let wrong = |wording: &Wording| {
            Failure::new(Exit::Usage, wording.with(Args::new().text("name", name)))
        };
        let known = &open.opened.codebook.checks;
        let spec = known.iter().find(|check| check.id.as_str() == name);
        // Variables bring checks of their own, `income.range`: what they find is soft or hard as the variable says.
        let is_own = name.split_once('.').is_some();
        match spec {
            Some(spec) if spec.severity == Severity::Hard => return Err(wrong(&HARD)),
            None if !is_own => {
                let names = known.iter().map(|check| check.id.as_str());
                let details = nearest(name, names).into_iter().collect();
                return Err(Failure { details, ..wrong(&UNKNOWN) });
            }
            Some(_) | None => {}
        }
        checks.insert(CheckId::new(name).map_err(|_| wrong(&UNKNOWN))?);
    }
    Ok(Accepting { checks, comment })
}

/// Names the files by their bytes: the same file again is known whatever it is called.
pub(crate) fn delivered(paths: &[PathBuf]) -> Result<Vec<DeliveredFile>, Failure> {
    let named = paths.iter().map(|path| {
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
        Ok(DeliveredFile::of(&name, &files::read_bytes(path)?))
    });
    named.collect()
}

/// So many records take a second or more to be written; meanwhile nobody else writes.
const LONG: usize = 20_000;

/// Says that those who type wait while a very long delivery is written: all of it goes in at once, or nothing.
fn tell_long(n_records: usize, terminal: &Terminal) {
    const WAIT: Wording = Wording::new(
        "{ $n } fiches et épisodes : ils sont préparés pendant que d’autres saisissent, puis écrits d’un seul tenant. À ce moment, une réponse peut attendre quelques secondes avant d’être enregistrée.",
        "{ $n } records and episodes: they are prepared while others type, then written in one go. At that moment an answer may wait a few seconds before it is saved.",
    );
    if n_records >= LONG {
        terminal.say(&WAIT, &Args::new().count("n", n_records));
    }
}

/// Goes on with the study as it now is, and says so.
fn adopt_study(open: &OpenStore, terminal: &Terminal) -> Result<(), Failure> {
    const CHANGED: Wording = Wording::new(
        "L’étude a changé depuis le dernier import ; le dépôt continue avec la nouvelle version, et c’est noté au journal.",
        "The study has changed since the last import; the store goes on with the new version, and the journal says so.",
    );
    if !open.wait(open.store.is_current())? {
        open.wait(open.store.adopt_study(&open.author()))?;
        terminal.say(&CHANGED, &Args::new());
    }
    Ok(())
}
