//! What stops the store, in a person's words.

use std::path::PathBuf;

use catalyse_locale::{Args, Message, Wording};
use thiserror::Error;

use crate::words;

/// Says what stopped the store. Never a person's value.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The database refused or broke.
    #[error("the database")]
    Database(#[from] sqlx::Error),
    /// The tables could not be made or brought up to date.
    #[error("the tables of the store")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// There is no store here.
    #[error("no store at {0}")]
    NotThere(String),
    /// There is a store here already.
    #[error("a store exists at {0}")]
    Exists(String),
    /// The store holds another study.
    #[error("a store of the study {found}, not {wanted}")]
    OtherStudy {
        /// The study that was asked for.
        wanted: String,
        /// The study of the store.
        found: String,
    },
    /// An identity is needed and no key file was given.
    #[error("no key file")]
    NoKey,
    /// The key file belongs to another store.
    #[error("the key file of another store")]
    WrongKey,
    /// The key file asks for another passphrase.
    #[error("a wrong passphrase")]
    WrongPassphrase,
    /// A file could not be read or written.
    #[error("{path}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A file is not what it should be: damaged, cut or of another program.
    #[error("{0} is damaged or no file of a store")]
    Damaged(PathBuf),
    /// There is no such thing: a batch, a record, a draft, an account.
    #[error("no {kind} {name}")]
    Unknown {
        /// What was looked for.
        kind: &'static str,
        /// Its name or number.
        name: String,
    },
    /// A name is taken.
    #[error("the {kind} {name} exists")]
    Taken {
        /// What it names.
        kind: &'static str,
        /// The name.
        name: String,
    },
    /// Somebody changed it since it was read.
    #[error("{kind} {name} was changed since")]
    Moved {
        /// What was changed.
        kind: &'static str,
        /// Its number.
        name: String,
    },
    /// A record of whoever may be the same person came in or changed since the checks were made.
    #[error("a record beside it was changed since")]
    MovedBeside,
    /// Several persons have this code.
    #[error("several persons")]
    Several {
        /// The partners that have one.
        partners: Vec<String>,
    },
    /// The counts of a delivery do not add up.
    #[error("a ledger out of balance: {read} read, {accounted} accounted for")]
    Unbalanced {
        /// Rows that were read.
        read: u64,
        /// Rows that became records or were set aside.
        accounted: u64,
    },
    /// What is stored cannot be understood.
    #[error("a broken {0} in the store")]
    Broken(&'static str),
    /// The step is not possible in this state.
    #[error("not possible: {0}")]
    Impossible(&'static str),
    /// The system gives no random numbers.
    #[error("no random numbers")]
    Random,
}

const DATABASE: Wording = Wording::new(
    "la base de données répond : « { $reason } ». Rien n’a été changé ; réessayez, et vérifiez l’espace sur le disque.",
    "the database says \"{ $reason }\". Nothing was changed; try again, and check the space on the disk.",
);
const NOT_THERE: Wording = Wording::new(
    "il n’y a pas de dépôt à `{ $name }`. `catalyse init DOSSIER` en crée un.",
    "there is no store at `{ $name }`. `catalyse init FOLDER` makes one.",
);
const EXISTS: Wording = Wording::new(
    "il y a déjà un dépôt à `{ $name }`. Choisissez un autre endroit.",
    "there is a store at `{ $name }` already. Choose another place.",
);
const OTHER_STUDY: Wording = Wording::new(
    "ce dépôt contient l’étude `{ $name }`. Ajoutez `--study { $name }`, ou ouvrez un autre dépôt.",
    "this store holds the study `{ $name }`. Add `--study { $name }`, or open another store.",
);
const NO_KEY: Wording = Wording::new(
    "les identités demandent le fichier de clé. Ajoutez `--key FICHIER`.",
    "identities need the key file. Add `--key FILE`.",
);
const WRONG_KEY: Wording = Wording::new(
    "ce fichier de clé n’est pas celui du dépôt. Cherchez celui qui a été créé avec lui.",
    "this key file is not that of the store. Look for the one that was made with it.",
);
const WRONG_PASSPHRASE: Wording = Wording::new(
    "la phrase secrète n’ouvre pas le fichier de clé. Vérifiez majuscules et espaces.",
    "the passphrase does not open the key file. Check capitals and blanks.",
);
const FILE: Wording = Wording::new(
    "{ $name } : le système répond « { $reason } ». Vérifiez le chemin et vos droits.",
    "{ $name }: the system says \"{ $reason }\". Check the path and your rights.",
);
const DAMAGED: Wording = Wording::new(
    "{ $name } est abîmé, incomplet, ou n’est pas un fichier de dépôt. Prenez une autre copie.",
    "{ $name } is damaged, cut short, or no file of a store. Take another copy.",
);
const UNKNOWN: Wording = Wording::new(
    "{ $kind } `{ $name }` : il n’y en a pas dans le dépôt. Vérifiez le nom ou le numéro.",
    "{ $kind } `{ $name }`: there is none in the store. Check the name or number.",
);
const TAKEN: Wording = Wording::new(
    "{ $kind } `{ $name }` : ce nom est déjà pris. Choisissez un autre nom.",
    "{ $kind } `{ $name }`: this name is taken. Choose another name.",
);
const MOVED: Wording = Wording::new(
    "{ $kind } `{ $name }` : quelqu’un d’autre y a changé quelque chose entre-temps. Relisez, puis recommencez.",
    "{ $kind } `{ $name }`: somebody else changed something in the meantime. Read again, then repeat.",
);
const MOVED_BESIDE: Wording = Wording::new(
    "une fiche de la même personne, ou de quelqu’un qui lui ressemble, est entrée ou a changé au même moment. Relisez ce que disent les contrôles, puis acceptez à nouveau ; rien n’est perdu.",
    "a record of the same person, or of somebody alike, came in or changed at the same moment. Read what the checks say, then accept again; nothing is lost.",
);
const SEVERAL: Wording = Wording::new(
    "plusieurs partenaires ont une personne de ce code : { $name }. Ajoutez `--partner`.",
    "several partners have a person of this code: { $name }. Add `--partner`.",
);
const UNBALANCED: Wording = Wording::new(
    "le bordereau n’est pas juste : { $read } lignes lues, { $accounted } comptées. Rien n’a été importé.",
    "the ledger does not add up: { $read } rows read, { $accounted } accounted for. Nothing was imported.",
);
const BROKEN: Wording = Wording::new(
    "le dépôt contient quelque chose d’illisible ({ $name }). `catalyse store verify` dit où.",
    "the store holds something that cannot be read ({ $name }). `catalyse store verify` says where.",
);
const IMPOSSIBLE: Wording = Wording::new("{ $name }", "{ $name }");
const RANDOM: Wording = Wording::new(
    "le système ne donne pas de nombres au hasard, sans lesquels rien ne se chiffre. Redémarrez la machine.",
    "the system gives no random numbers, without which nothing is sealed. Start the machine again.",
);

impl StoreError {
    /// Returns the sentence for people: what, and what to do.
    pub fn message(&self) -> Message {
        let name = |wording: &Wording, name: &str| wording.with(Args::new().text("name", name));
        let thing = |wording: &Wording, kind: &str, name: &str| {
            wording.with(Args::new().label("kind", &words::thing(kind)).text("name", name))
        };
        match self {
            Self::Database(error) => DATABASE.with(Args::new().text("reason", error.to_string())),
            Self::Migration(error) => DATABASE.with(Args::new().text("reason", error.to_string())),
            Self::Random => RANDOM.with(Args::new()),
            Self::NotThere(place) => name(&NOT_THERE, place),
            Self::Exists(place) => name(&EXISTS, place),
            Self::OtherStudy { found, .. } => name(&OTHER_STUDY, found),
            Self::NoKey => NO_KEY.with(Args::new()),
            Self::WrongKey => WRONG_KEY.with(Args::new()),
            Self::WrongPassphrase => WRONG_PASSPHRASE.with(Args::new()),
            Self::File { path, source } => {
                let args = Args::new().text("name", path.display().to_string());
                FILE.with(args.text("reason", source.to_string()))
            }
            Self::Damaged(path) => name(&DAMAGED, &path.display().to_string()),
            Self::Unknown { kind, name } => thing(&UNKNOWN, kind, name),
            Self::Taken { kind, name } => thing(&TAKEN, kind, name),
            Self::Moved { kind, name } => thing(&MOVED, kind, name),
            Self::MovedBeside => MOVED_BESIDE.with(Args::new()),
            Self::Several { partners } => name(&SEVERAL, &partners.join(", ")),
            Self::Unbalanced { read, accounted } => {
                UNBALANCED.with(Args::new().count("read", *read).count("accounted", *accounted))
            }
            Self::Broken(what) => BROKEN.with(Args::new().label("name", &words::part(what))),
            Self::Impossible(what) => {
                IMPOSSIBLE.with(Args::new().label("name", &words::obstacle(what)))
            }
        }
    }

    pub(crate) fn unknown(kind: &'static str, name: impl std::fmt::Display) -> Self {
        Self::Unknown { kind, name: name.to_string() }
    }
}
