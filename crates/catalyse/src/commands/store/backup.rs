//! `catalyse store backup` and `restore`: a proven copy, and a store made of it again.

use std::path::Path;

use catalyse_locale::{Args, Wording};
use catalyse_store::{Store, Waiter};

use super::verify::told;
use crate::cli::STUDY;
use crate::failure::{Exit, Failure};
use crate::store::{OpenStore, Operator, failure};
use crate::study;
use crate::terminal::{Terminal, print};

/// Writes a backup.
pub(super) fn save(open: &OpenStore, folder: &Path, terminal: &Terminal) -> Result<Exit, Failure> {
    const DONE: Wording = Wording::new(
        "Sauvegarde écrite, relue et prouvée : { $file } ({ $rows } lignes)",
        "Backup written, read back and proven: { $file } ({ $rows } rows)",
    );
    const SHEET: Wording = Wording::new(
        "Copiez-la toujours avec la feuille `clefs-….txt` qui est à côté d’elle, et jamais avec le fichier de clé. Gardez ce dossier sur un autre disque.",
        "Always copy it with the sheet `clefs-….txt` beside it, and never with the key file. Keep this folder on another disk.",
    );
    let done = open.wait(open.store.back_up(folder, &open.author()))?;
    let file = done.file.display().to_string();
    let args = Args::new().text("file", file).count("rows", done.n_rows);
    print(&(DONE.say(terminal.language, &args) + "\n"))?;
    terminal.say(&SHEET, &Args::new());
    open.close();
    Ok(Exit::Clean)
}

/// Makes a store of a backup.
pub(super) fn restore(
    (file, to): (&Path, &str),
    study: Option<&str>,
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    const DONE: Wording = Wording::new(
        "Dépôt refait à { $store } : { $rows } lignes de la sauvegarde.",
        "Store made again at { $store }: { $rows } rows of the backup.",
    );
    const ERASED: Wording = Wording::new(
        "{ $n -> [one] { $n } personne effacée *[other] { $n } personnes effacées } depuis cette sauvegarde { $n -> [one] l’est *[other] le sont } ici aussi.",
        "{ $n -> [one] { $n } person *[other] { $n } persons } erased since this backup { $n -> [one] is *[other] are } erased here too.",
    );
    const PURGED: Wording = Wording::new(
        "ATTENTION : { $n -> [one] { $n } personne *[other] { $n } personnes } d’une purge faite depuis { $n -> [one] est vide *[other] sont vides } ici : la purge a détruit leur clé d’alors. Prenez une sauvegarde faite après la purge.",
        "CAUTION: { $n -> [one] { $n } person *[other] { $n } persons } of a purge since then { $n -> [one] is *[other] are } empty here: the purge destroyed the key they had. Take a backup made after the purge.",
    );
    const KEY: Wording = Wording::new(
        "Le fichier de clé est celui d’avant : les identités ne s’ouvrent qu’avec lui.",
        "The key file is the one from before: identities open with it alone.",
    );
    let opened = study::open(study.unwrap_or(STUDY))?;
    let waiter = Waiter::new().map_err(failure)?;
    let operator = waiter.wait(Operator::find(to, &opened, None))?;
    let author = operator.author();
    let restored = Store::restore((to, file), &opened.codebook, None, &author);
    let (store, restored) = waiter.wait(restored).map_err(failure)?;
    let args = Args::new().text("store", store.url()).count("rows", restored.n_rows);
    let mut text = DONE.say(terminal.language, &args) + "\n";
    if restored.n_erased_since > 0 {
        let args = Args::new().count("n", restored.n_erased_since);
        text.push_str(&(ERASED.say(terminal.language, &args) + "\n"));
    }
    if restored.n_purged_since > 0 {
        let args = Args::new().count("n", restored.n_purged_since);
        text.push_str(&(PURGED.say(terminal.language, &args) + "\n"));
    }
    print(&(text + &told(&restored.proof, terminal.language)))?;
    terminal.say(&KEY, &Args::new());
    waiter.wait(store.close());
    let is_all = restored.proof.is_whole() && restored.n_purged_since == 0;
    Ok(if is_all { Exit::Clean } else { Exit::Findings })
}
