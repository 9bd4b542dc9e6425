//! The rights of a person: `catalyse store export-person` and `erase`.

use std::path::Path;

use catalyse_locale::{Args, Wording};
use catalyse_store::{Leaves, Person, Selection};

use super::in_words::InWords;
use super::{tell_lingering, tell_unreached};
use crate::cli::PersonArgs;
use crate::failure::{Exit, Failure};
use crate::files;
use crate::store::OpenStore;
use crate::terminal::{Terminal, print};

/// Finds the person that is named, among those the account may touch.
pub(super) fn find(open: &OpenStore, args: &PersonArgs) -> Result<Person, Failure> {
    let named = args.partner.as_deref().map(|name| open.opened.partner_named(name)).transpose()?;
    let partner = named.or_else(|| open.operator.partner().cloned());
    let partner = partner.as_ref().map(catalyse_codebook::PartnerId::as_str);
    let person = open.wait(open.store.person(&args.person, partner))?;
    open.operator.may_touch([person.partner.as_str()])?;
    Ok(person)
}

/// Writes all that is known of a person into a file for that person.
pub(super) fn export(
    open: &OpenStore,
    (args, out): (&PersonArgs, &Path),
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    const DONE: Wording = Wording::new(
        "Écrit : { $file }. Remettez-le à la personne elle-même, après avoir vérifié qui elle est, puis effacez-le d’ici.",
        "Written: { $file }. Hand it to the person, once you have checked who it is, then remove it from here.",
    );
    const NO_KEY: Wording = Wording::new(
        "Le fichier de clé manque : l’identité n’est pas dans ce fichier. Ajoutez `--key FICHIER` pour l’y mettre.",
        "The key file is missing: the identity is not in this file. Add `--key FILE` to have it there.",
    );
    const EXISTS: Wording = Wording::new(
        "{ $file } existe déjà. Donnez un autre nom à `--out`.",
        "{ $file } exists already. Give `--out` another name.",
    );
    let words = Args::new().text("file", out.display().to_string());
    if out.exists() {
        return Err(Failure::new(Exit::Usage, EXISTS.with(words)));
    }
    open.operator.sees_all(&open.opened.codebook)?;
    let person = find(open, args)?;
    let export = open.wait(open.store.export_person(person.id, &open.author()))?;
    let mut handed = export.json().clone();
    InWords { codebook: &open.opened.codebook, language: terminal.language }.add(&mut handed);
    files::write_secret(out, format!("{handed:#}\n").as_bytes())?;
    if !open.store.has_key() {
        terminal.say(&NO_KEY, &Args::new());
    }
    terminal.say(&DONE, &words);
    open.close();
    Ok(Exit::Clean)
}

/// Erases a person, once what that means was said.
pub(super) fn erase(
    open: &OpenStore,
    args: &PersonArgs,
    (yes, leaves): (bool, Leaves),
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    const MEANS: [Wording; 3] = [
        Wording::new(
            "Effacer { $person } ({ $partner }) : { $n -> [one] { $n } fiche *[other] { $n } fiches } de toutes les vagues, l’identité et les brouillons.",
            "Erasing { $person } ({ $partner }): { $n -> [one] { $n } record *[other] { $n } records } of all waves, the identity and the drafts.",
        ),
        Wording::new(
            "La clé de la personne est détruite : plus personne ne pourra rien relire d’elle, ni ici, ni dans les sauvegardes des dossiers connus. CELA NE SE DÉFAIT PAS.",
            "The person's key is destroyed: nobody will be able to read anything of it again, here or in the backups of known folders. THIS CANNOT BE UNDONE.",
        ),
        Wording::new(
            "Si la personne demande aussi une copie, faites d’abord `catalyse store export-person`.",
            "If the person asks for a copy too, first run `catalyse store export-person`.",
        ),
    ];
    const STAYS: Wording = Wording::new(
        "Il reste un numéro au journal, et un dans le nombre de personnes de chaque vague.",
        "What stays is a number in the journal, and one in the number of persons of each wave.",
    );
    const NOTHING: Wording = Wording::new(
        "Il ne reste qu’un numéro au journal : la personne n’est plus comptée.",
        "What stays is a number in the journal alone: the person is counted no more.",
    );
    const ASK: Wording = Wording::new("Effacer cette personne ?", "Erase this person?");
    const DONE: Wording = Wording::new(
        "Personne effacée : { $records -> [one] { $records } fiche *[other] { $records } fiches }, { $drafts -> [one] { $drafts } brouillon *[other] { $drafts } brouillons }.",
        "Person erased: { $records -> [one] { $records } record *[other] { $records } records }, { $drafts -> [one] { $drafts } draft *[other] { $drafts } drafts }.",
    );
    let person = find(open, args)?;
    let selection = Selection { person: Some(person.id), ..Selection::default() };
    let n_records = open.wait(open.store.records(&selection))?.len();
    let words = Args::new()
        .text("person", &args.person)
        .text("partner", &person.partner)
        .count("n", n_records);
    let stays = if leaves == Leaves::Counts { &STAYS } else { &NOTHING };
    MEANS.iter().chain([stays]).for_each(|line| terminal.say(line, &words));
    if !terminal.confirm(yes, &ASK.say(terminal.language, &Args::new()))? {
        return Ok(Exit::Clean);
    }
    let erased = open.wait(open.store.erase(person.id, leaves, &open.author()))?;
    let words = Args::new().count("records", erased.n_records).count("drafts", erased.n_drafts);
    print(&(DONE.say(terminal.language, &words) + "\n"))?;
    tell_unreached(&erased.unreached, terminal);
    if erased.lingers {
        tell_lingering(terminal);
    }
    open.close();
    Ok(Exit::Clean)
}
