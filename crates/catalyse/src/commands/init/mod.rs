//! `catalyse init`: a working folder with a store, its key file, its study and a page that tells the next three steps.

mod readme;

use std::path::{Path, PathBuf};

use catalyse_codebook::SchemaFiles;
use catalyse_locale::{Args, Wording};
use catalyse_store::{KeyFile, Store, Waiter};

use crate::cli::{InitArgs, STUDY};
use crate::failure::{Exit, Failure};
use crate::store::{KEY_FILE, Operator, STORE_FILE, STUDY_FOLDER, failure, new_passphrase};
use crate::terminal::Terminal;
use crate::{files, study};

/// Runs the command.
pub(crate) fn run(args: &InitArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let named = args.study.as_deref().unwrap_or(STUDY);
    // What is wrong with the study, the folder or the key is told before anything is written.
    study::open(named)?;
    let key_path = args.key.clone().unwrap_or_else(|| args.folder.join(KEY_FILE));
    look_at_places(&args.folder, &key_path)?;
    let passphrase = if args.passphrase || args.passphrase_file.is_some() {
        Some(new_passphrase(args.passphrase_file.as_deref(), terminal)?)
    } else {
        None
    };
    write_study(&args.folder, named)?;
    let opened = study::open(&args.folder.join(STUDY_FOLDER).display().to_string())?;
    let key = KeyFile::draw().map_err(failure)?;
    let text = key.write(passphrase.as_deref()).map_err(failure)?;
    files::write_secret(&key_path, text.as_bytes())?;
    let url = args.store.clone();
    let url = url.unwrap_or_else(|| args.folder.join(STORE_FILE).display().to_string());
    let waiter = Waiter::new().map_err(failure)?;
    let operator = waiter.wait(Operator::find(&url, &opened, None))?;
    let store = waiter.wait(Store::create(&url, &opened.codebook, Some(key), &operator.author()));
    waiter.wait(store.map_err(failure)?.close());
    let page = readme::page(&readme::About {
        title: opened.codebook.study.title.get(terminal.language),
        server: args.store.is_some(),
        key: args.key.as_deref(),
        has_passphrase: passphrase.is_some(),
        language: terminal.language,
    });
    files::write(&args.folder.join(readme::name(terminal.language)), page.as_bytes())?;
    files::close_to_others(&args.folder)?;
    tell(args, &key_path, terminal);
    Ok(Exit::Clean)
}

/// Makes sure that nothing is written over.
fn look_at_places(folder: &Path, key: &Path) -> Result<(), Failure> {
    const EXISTS: Wording = Wording::new(
        "{ $folder } existe déjà et n’est pas vide. Choisissez un autre dossier.",
        "{ $folder } exists already and is not empty. Choose another folder.",
    );
    const KEY: Wording = Wording::new(
        "{ $folder } existe déjà. Un fichier de clé ne se remplace pas : nommez-en un nouveau.",
        "{ $folder } exists already. A key file is never replaced: name a new one.",
    );
    let exists = |wording: &Wording, path: &Path| {
        let args = Args::new().text("folder", path.display().to_string());
        Err(Failure::new(Exit::Usage, wording.with(args)))
    };
    files::may_write(folder)?;
    if files::is_filled(folder) {
        return exists(&EXISTS, folder);
    }
    if key.exists() {
        return exists(&KEY, key);
    }
    files::may_write(key.parent().unwrap_or(key))
}

/// Copies the study with all that it needs, so that a later version of the program does not change what was asked.
fn write_study(folder: &Path, named: &str) -> Result<(), Failure> {
    let (schemas, name) = study::schema_files(named)?;
    let own = folder.join(STUDY_FOLDER);
    for (path, text) in needed(&schemas, &name) {
        files::write(&own.join(path), text.as_bytes())?;
    }
    Ok(())
}

fn needed<'f>(schemas: &'f SchemaFiles, name: &str) -> Vec<(PathBuf, &'f str)> {
    let below = |path: &str| {
        let is_schema =
            Path::new(path).extension().is_some_and(|ending| ending == "toml" || ending == "csv");
        let own = path.strip_prefix(name).and_then(|rest| rest.strip_prefix('/'));
        let is_shared = path.starts_with("common/")
            || (path.starts_with("reports/") && path.matches('/').count() == 1);
        own.map(PathBuf::from).or_else(|| is_shared.then(|| path.into())).filter(|_| is_schema)
    };
    schemas.iter().filter_map(|(path, text)| Some((below(path)?, text))).collect()
}

fn tell(args: &InitArgs, key: &Path, terminal: &Terminal) {
    const DONE: [Wording; 4] = [
        Wording::new("Dossier de travail créé : { $folder }", "Working folder made: { $folder }"),
        Wording::new("étude : { $folder }/etude", "study: { $folder }/etude"),
        Wording::new("dépôt : { $store }", "store: { $store }"),
        Wording::new("clé : { $key }", "key: { $key }"),
    ];
    const KEY: [Wording; 4] = [
        Wording::new(
            "ATTENTION, LA CLÉ : sans ce fichier, plus personne ne peut lire les noms, les",
            "CAUTION, THE KEY: without this file nobody can read names, national numbers",
        ),
        Wording::new(
            "numéros nationaux et les dates de naissance ; personne ne peut le refaire.",
            "and birth dates any more, and nobody can make it again.",
        ),
        Wording::new(
            "Copiez-le maintenant sur un autre support (clé USB au coffre). Ne l’envoyez",
            "Copy it now to another medium (a USB stick in the safe). Never send it",
        ),
        Wording::new(
            "jamais avec le dépôt : ensemble, ils disent tout.",
            "together with the store: together they tell all.",
        ),
    ];
    const NEXT: Wording = Wording::new(
        "La suite est dans { $folder }/{ $page } : comptes, import, saisie.",
        "What comes next is in { $folder }/{ $page }: accounts, import, entry.",
    );
    let folder = args.folder.display().to_string();
    let in_folder = || args.folder.join(STORE_FILE).display().to_string();
    let store = args.store.as_deref().map_or_else(in_folder, shown);
    let words = Args::new()
        .text("folder", folder.trim_end_matches('/'))
        .text("store", store)
        .text("key", key.display().to_string())
        .text("page", readme::name(terminal.language));
    let [head, parts @ ..] = &DONE;
    terminal.say(head, &words);
    for part in parts {
        terminal.note(&format!("  {}", part.say(terminal.language, &words)));
    }
    terminal.note("");
    for line in &KEY {
        terminal.say(line, &words);
    }
    terminal.note("");
    terminal.say(&NEXT, &words);
}

/// Returns the address of a server without its password.
fn shown(url: &str) -> String {
    let rest =
        url.split_once("://").and_then(|(scheme, rest)| Some((scheme, rest.rsplit_once('@')?)));
    rest.map_or_else(|| url.to_owned(), |(scheme, (_, place))| format!("{scheme}://{place}"))
}
