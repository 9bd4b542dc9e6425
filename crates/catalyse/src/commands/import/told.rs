//! What an import says: the ledger of each file, what stays out and why, the counts of the batch, and how to undo it.

use std::fmt::Write;

use catalyse_codebook::{Codebook, Severity};
use catalyse_locale::{Args, Language, Wording};
use catalyse_store::{Accepted, Counts, Delivery};

use crate::commands::check::outputs::{Shown, text};
use crate::reading::Reading;

/// So many places are listed.
const FIRST_PLACES: usize = 10;

/// Writes the ledger of the files, then the hard findings.
pub(super) fn reading(
    codebook: &Codebook,
    reading: &Reading,
    (all_places, language): (bool, Language),
) -> String {
    let shown = Shown { codebook, reading, language, all_places };
    let mut said = text::entries(&shown);
    said.push('\n');
    said.push_str(&text::groups_of(&shown, Severity::Hard));
    said
}

/// Holds what an import did.
pub(super) struct Outcome<'a> {
    pub(super) accepted: &'a Accepted,
    pub(super) delivery: &'a Delivery,
    pub(super) n_soft: usize,
    pub(super) is_rehearsal: bool,
    /// The store as it was named.
    pub(super) store: Option<&'a str>,
}

/// Writes what an import did, and what to do next.
pub(super) fn outcome(outcome: &Outcome<'_>, language: Language) -> String {
    const BATCH: Wording = Wording::new("Lot { $batch } importé.", "Batch { $batch } imported.");
    const SAME: Wording = Wording::new(
        "Le dépôt contenait déjà tout cela, de ces mêmes fichiers : rien n’a changé.",
        "The store held all of this already, from these same files: nothing has changed.",
    );
    const REHEARSAL: Wording = Wording::new(
        "Essai : rien n’a été écrit. L’import ferait ceci :",
        "Rehearsal: nothing was written. The import would do this:",
    );
    const UNDO: Wording = Wording::new(
        "Pour défaire : catalyse batch undo { $batch }{ $store }",
        "To undo: catalyse batch undo { $batch }{ $store }",
    );
    let mut text = String::new();
    let accepted = outcome.accepted;
    let store = outcome.store.map(|store| format!(" --store {store}")).unwrap_or_default();
    let number = accepted.batch.map(|batch| batch.0.to_string()).unwrap_or_default();
    let args = Args::new().text("batch", number).text("store", store);
    let head = match accepted.batch {
        _ if outcome.is_rehearsal => &REHEARSAL,
        Some(_) => &BATCH,
        None => &SAME,
    };
    let _ = writeln!(text, "{}", head.say(language, &args));
    text.push_str(&counts(&accepted.counts, language));
    text.push_str(&notes(outcome, language));
    if accepted.batch.is_some() {
        let _ = writeln!(text, "{}", UNDO.say(language, &args));
    }
    text
}

/// Writes the balance of a batch in one line.
pub(crate) fn counts(counts: &Counts, language: Language) -> String {
    const COUNTS: Wording = Wording::new(
        "{ $read -> [one] { $read } ligne lue *[other] { $read } lignes lues } = { $new -> [one] { $new } nouvelle *[other] { $new } nouvelles } + { $changed -> [one] { $changed } changée *[other] { $changed } changées } + { $same -> [one] { $same } inchangée *[other] { $same } inchangées } + { $aside } de côté",
        "{ $read -> [one] { $read } row read *[other] { $read } rows read } = { $new } new + { $changed } changed + { $same } unchanged + { $aside } set aside",
    );
    let args = Args::new()
        .count("read", counts.read)
        .count("new", counts.new)
        .count("changed", counts.changed)
        .count("same", counts.same)
        .count("aside", counts.aside);
    format!("  {}\n", COUNTS.say(language, &args))
}

/// Writes what somebody should look at: rows outside, doubles, corrections that stayed or were written over, soft findings.
fn notes(outcome: &Outcome<'_>, language: Language) -> String {
    const BLOCKED: Wording = Wording::new(
        "{ $n -> [one] { $n } ligne reste *[other] { $n } lignes restent } dehors à cause de constats bloquants. Corrigez et importez à nouveau le fichier : ce qui est déjà entré ne bouge pas.",
        "{ $n -> [one] { $n } row stays *[other] { $n } rows stay } out because of hard findings. Correct them and import the file again: what is in already does not move.",
    );
    const NO_KEY: Wording = Wording::new(
        "{ $n -> [one] { $n } ligne ne dit *[other] { $n } lignes ne disent } pas sa personne, sa vague ou son partenaire et ne peut être rangée :",
        "{ $n -> [one] { $n } row does not say its *[other] { $n } rows do not say their } person, wave or partner and cannot be filed:",
    );
    const TWICE: Wording = Wording::new(
        "{ $n -> [one] { $n } ligne a *[other] { $n } lignes ont } la même clé qu’une ligne plus haut ; la première compte :",
        "{ $n -> [one] { $n } row has *[other] { $n } rows have } the same key as a row above; the first one counts:",
    );
    const DESTROYED: Wording = Wording::new(
        "{ $n -> [one] { $n } ligne *[other] { $n } lignes } d’un fichier déjà importé { $n -> [one] reste *[other] restent } dehors : la personne a été effacée ou purgée depuis, et le même fichier ne la ramène pas :",
        "{ $n -> [one] { $n } row *[other] { $n } rows } of a file imported before { $n -> [one] stays *[other] stay } out: the person was erased or purged since, and the same file does not bring anybody back:",
    );
    const KEPT: Wording = Wording::new(
        "{ $n -> [one] { $n } fiche corrigée *[other] { $n } fiches corrigées } dans le dépôt depuis le dernier import { $n -> [one] garde sa correction *[other] gardent leur correction }, le fichier n’ayant pas changé :",
        "{ $n -> [one] { $n } record *[other] { $n } records } corrected in the store since the last import { $n -> [one] keeps its *[other] keep their } correction, because the file has not changed:",
    );
    const OVERWRITTEN: Wording = Wording::new(
        "{ $n -> [one] { $n } fiche corrigée *[other] { $n } fiches corrigées } dans le dépôt { $n -> [one] reprend *[other] reprennent } le fichier, qui a changé ; l’histoire garde les deux :",
        "{ $n -> [one] { $n } record *[other] { $n } records } corrected in the store now { $n -> [one] follows *[other] follow } the file, which has changed; their history has both:",
    );
    const SOFT: Wording = Wording::new(
        "{ $n -> [one] { $n } constat à vérifier entre *[other] { $n } constats à vérifier entrent } avec les fiches : la page « Constats » de la saisie les liste.",
        "{ $n -> [one] { $n } soft finding comes *[other] { $n } soft findings come } in with the records: the page \"Findings\" of the entry lists them.",
    );
    let mut text = String::new();
    let mut say = |wording: &Wording, n: usize, places: &[String]| {
        if n > 0 {
            let args = Args::new().count("n", n);
            let _ = writeln!(text, "{}", wording.say(language, &args));
            text.push_str(&listed(places));
        }
    };
    let accepted = outcome.accepted;
    let (blocked, keyless): (Vec<_>, Vec<_>) =
        outcome.delivery.set_aside.iter().partition(|row| !row.checks.is_empty());
    let mut keyless: Vec<String> = keyless.into_iter().map(|row| row.place.clone()).collect();
    keyless.extend(accepted.without_person.iter().cloned());
    say(&BLOCKED, blocked.len(), &[]);
    say(&NO_KEY, keyless.len(), &keyless);
    say(&TWICE, accepted.twice.len(), &accepted.twice);
    say(&DESTROYED, accepted.destroyed_since.len(), &accepted.destroyed_since);
    say(&KEPT, accepted.kept_edits.len(), &accepted.kept_edits);
    say(&OVERWRITTEN, accepted.overwritten_edits.len(), &accepted.overwritten_edits);
    if accepted.n_findings > 0 {
        say(&SOFT, outcome.n_soft, &[]);
    }
    text
}

fn listed(places: &[String]) -> String {
    let mut text = String::new();
    for place in places.iter().take(FIRST_PLACES) {
        let _ = writeln!(text, "    {place}");
    }
    if places.len() > FIRST_PLACES {
        let _ = writeln!(text, "    …");
    }
    text
}
