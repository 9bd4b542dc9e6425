//! The page that a working folder has about itself: what lies in it, the next three steps, and what must not happen to the key.

use std::path::Path;

use catalyse_locale::{Args, Language, Wording};

/// Holds what the page tells of.
pub(super) struct About<'a> {
    /// The title of the study.
    pub(super) title: &'a str,
    /// Whether the store lies on a server.
    pub(super) server: bool,
    /// The key file, if it lies elsewhere.
    pub(super) key: Option<&'a Path>,
    /// Whether the key file asks for a passphrase.
    pub(super) has_passphrase: bool,
    /// The language of the page.
    pub(super) language: Language,
}

const FRENCH: &str = include_str!("LISEZMOI.md");
const ENGLISH: &str = include_str!("README.en.md");

const AT_SERVER: Wording = Wording::new(
    "sur le serveur PostgreSQL : ajoutez `--store ADRESSE` à chaque commande",
    "on the PostgreSQL server: add `--store ADDRESS` to each command",
);
const HERE: Wording = Wording::new("`depot.db`", "`depot.db`");
const ADDRESS: Wording = Wording::new("ADRESSE", "ADDRESS");
const PASSPHRASE: Wording = Wording::new(
    "Elle demande une phrase secrète. Perdre la phrase, c’est perdre la clé.",
    "It asks for a passphrase. To lose the passphrase is to lose the key.",
);
const NO_PASSPHRASE: Wording = Wording::new(
    "Elle n’a pas de phrase secrète : qui copie le fichier a la clé.",
    "It has no passphrase: whoever copies the file has the key.",
);

/// Returns the name of the page.
pub(super) const fn name(language: Language) -> &'static str {
    match language {
        Language::Fr | Language::Nl | Language::De => "LISEZMOI.md",
        Language::En => "README.md",
    }
}

/// Writes the page.
pub(super) fn page(about: &About<'_>) -> String {
    let say = |wording: &Wording| wording.say(about.language, &Args::new());
    let store = if about.server { say(&AT_SERVER) } else { say(&HERE) };
    let place = if about.server { say(&ADDRESS) } else { ".".to_owned() };
    let key = about.key.map_or_else(|| "clef.json".to_owned(), |key| key.display().to_string());
    let option = about.key.map(|key| format!(" --key {}", key.display())).unwrap_or_default();
    let passphrase = if about.has_passphrase { say(&PASSPHRASE) } else { say(&NO_PASSPHRASE) };
    let text = match about.language {
        Language::Fr | Language::Nl | Language::De => FRENCH,
        Language::En => ENGLISH,
    };
    text.replace("{TITLE}", about.title)
        .replace("{STORE}", &store)
        .replace("{PLACE}", &place)
        .replace("{KEY}", &key)
        .replace("{KEY_OPTION}", &option)
        .replace("{PASSPHRASE}", &passphrase)
}
