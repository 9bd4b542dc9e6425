//! The options of the commands that work on a store: `init`, `user`, `import`, `batch`.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args as ClapArgs, Subcommand};

use super::Input;

/// Names the store that a command works on, and who works.
#[derive(ClapArgs, Clone, Debug, Default)]
pub(crate) struct StoreArgs {
    /// Dépôt : un dossier fait par `init`, un fichier SQLite, ou une adresse postgres://
    #[arg(long, value_name = "DÉPÔT")]
    pub store: Option<String>,
    /// Fichier de clé, qui ouvre les identités ; sans lui, clef.json à côté du dépôt
    #[arg(long, value_name = "FICHIER")]
    pub key: Option<PathBuf>,
    /// Fichier de la phrase secrète de la clé, si elle en a une ; sans lui, elle est demandée
    #[arg(long, value_name = "FICHIER")]
    pub passphrase_file: Option<PathBuf>,
    /// Compte au nom duquel on travaille : ses droits valent, le journal le nomme
    #[arg(long, value_name = "COMPTE")]
    pub user: Option<String>,
    /// Pourquoi, pour le journal ; sans nommer personne
    #[arg(long, value_name = "MOTIF")]
    pub because: Option<String>,
}

/// Names the store and the study of a command that reads no files. Without a store it is the folder one is in.
#[derive(ClapArgs, Clone, Debug, Default)]
pub(crate) struct WorkArgs {
    /// The store.
    #[command(flatten)]
    pub store: StoreArgs,
    /// Étude : un nom fourni avec le programme, ou un dossier ; sans elle, celle du dossier de travail
    #[arg(long, value_name = "ÉTUDE")]
    pub study: Option<String>,
}

/// Holds the options of `init`.
#[derive(ClapArgs, Clone, Debug)]
pub(crate) struct InitArgs {
    /// Dossier de travail à créer
    #[arg(value_name = "DOSSIER")]
    pub folder: PathBuf,
    /// Étude : un nom fourni avec le programme, ou un dossier ; elle est copiée dans le dossier de travail
    #[arg(long, value_name = "ÉTUDE")]
    pub study: Option<String>,
    /// Dépôt ailleurs que dans le dossier : une adresse postgres://
    #[arg(long, value_name = "DÉPÔT")]
    pub store: Option<String>,
    /// Où écrire le fichier de clé ; sans lui, clef.json dans le dossier de travail
    #[arg(long, value_name = "FICHIER")]
    pub key: Option<PathBuf>,
    /// Protège le fichier de clé par une phrase secrète, demandée sans être affichée
    #[arg(long)]
    pub passphrase: bool,
    /// Fichier où lire la phrase secrète au lieu de la demander
    #[arg(long, value_name = "FICHIER")]
    pub passphrase_file: Option<PathBuf>,
}

/// Holds the options of `user`.
#[derive(ClapArgs, Clone, Debug)]
pub(crate) struct UserArgs {
    /// What to do with accounts.
    #[command(subcommand)]
    pub action: UserAction,
}

const ROLES: [&str; 5] =
    ["encoder", "partner_coordinator", "network_coordinator", "reader", "administrator"];

/// Names what can be done with accounts.
#[derive(Subcommand, Clone, Debug)]
pub(crate) enum UserAction {
    /// Liste les comptes
    List {
        /// Where.
        #[command(flatten)]
        work: WorkArgs,
    },
    /// Liste les comptes qui voient les réponses de santé, avec la raison que donne l’étude (loi du 30 juillet 2018, art. 9)
    Access {
        /// Where.
        #[command(flatten)]
        work: WorkArgs,
    },
    /// Ajoute un compte ; le mot de passe est demandé sans être affiché
    Add {
        /// Nom du compte
        #[arg(value_name = "COMPTE")]
        name: String,
        /// Rôle : encoder, partner_coordinator, network_coordinator, reader, administrator
        #[arg(long, value_name = "RÔLE", value_parser = PossibleValuesParser::new(ROLES), hide_possible_values = true)]
        role: String,
        /// Partenaire d’un encodeur ou d’un coordinateur de partenaire
        #[arg(long, value_name = "PARTENAIRE")]
        partner: Option<String>,
        /// Fichier où lire le mot de passe, « - » pour l’entrée standard
        #[arg(long, value_name = "FICHIER", conflicts_with = "no_password")]
        password_file: Option<PathBuf>,
        /// Sans mot de passe : le compte entre par un lien de `serve`
        #[arg(long)]
        no_password: bool,
        /// Where.
        #[command(flatten)]
        work: WorkArgs,
    },
    /// Donne un autre rôle à un compte et ferme ses sessions
    Role {
        /// Nom du compte
        #[arg(value_name = "COMPTE")]
        name: String,
        /// Rôle : encoder, partner_coordinator, network_coordinator, reader, administrator
        #[arg(value_name = "RÔLE", value_parser = PossibleValuesParser::new(ROLES), hide_possible_values = true)]
        role: String,
        /// Partenaire d’un encodeur ou d’un coordinateur de partenaire
        #[arg(long, value_name = "PARTENAIRE")]
        partner: Option<String>,
        /// Where.
        #[command(flatten)]
        work: WorkArgs,
    },
    /// Change le mot de passe d’un compte et ferme ses sessions
    Password {
        /// Nom du compte
        #[arg(value_name = "COMPTE")]
        name: String,
        /// Fichier où lire le mot de passe, « - » pour l’entrée standard
        #[arg(long, value_name = "FICHIER")]
        password_file: Option<PathBuf>,
        /// Where.
        #[command(flatten)]
        work: WorkArgs,
    },
    /// Ferme un compte ; il reste dans le journal
    Disable {
        /// Nom du compte
        #[arg(value_name = "COMPTE")]
        name: String,
        /// Where.
        #[command(flatten)]
        work: WorkArgs,
    },
}

/// Holds the options of `import`.
#[derive(ClapArgs, Clone, Debug)]
pub(crate) struct ImportArgs {
    /// What to read.
    #[command(flatten)]
    pub input: Input,
    /// Where it goes.
    #[command(flatten)]
    pub store: StoreArgs,
    /// Accepte les constats à vérifier d’un contrôle, « contrôle » ; il faut --user et --because
    #[arg(long, value_name = "CONTRÔLE")]
    pub accept: Vec<String>,
    /// Dit ce qui arriverait, et ne change rien
    #[arg(long)]
    pub dry_run: bool,
    /// Montre tous les endroits et non les dix premiers de chaque contrôle
    #[arg(long)]
    pub all: bool,
}

/// Holds the options of `batch`.
#[derive(ClapArgs, Clone, Debug)]
pub(crate) struct BatchArgs {
    /// What to do with batches.
    #[command(subcommand)]
    pub action: BatchAction,
}

/// Names what can be done with batches.
#[derive(Subcommand, Clone, Debug)]
pub(crate) enum BatchAction {
    /// Liste les lots, le plus récent d’abord
    List {
        /// Where.
        #[command(flatten)]
        work: WorkArgs,
    },
    /// Montre un lot : bordereau, fichiers, lignes de côté, constats
    Show {
        /// Numéro du lot
        #[arg(value_name = "LOT")]
        batch: i64,
        /// Where.
        #[command(flatten)]
        work: WorkArgs,
    },
    /// Annule un lot : les fiches redeviennent ce qu’elles étaient
    Undo {
        /// Numéro du lot
        #[arg(value_name = "LOT")]
        batch: i64,
        /// Fait ce qui est annoncé, sans demander
        #[arg(long)]
        yes: bool,
        /// Reprend aussi les fiches corrigées depuis : leurs corrections sont perdues
        #[arg(long)]
        also_edited: bool,
        /// Where.
        #[command(flatten)]
        work: WorkArgs,
    },
}
