//! The options of the commands that work on a store: `init`, `user`, `import`, `batch`.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args as ClapArgs, Subcommand};

use super::Input;

/// Names a store, and what opens the identities in it.
#[derive(ClapArgs, Clone, Debug, Default)]
pub(crate) struct StorePlace {
    #[arg(long, value_name = "DÉPÔT")]
    pub store: Option<String>,
    #[arg(long, value_name = "FICHIER")]
    pub key: Option<PathBuf>,
    #[arg(long, value_name = "FICHIER")]
    pub passphrase_file: Option<PathBuf>,
}

/// Names the store that a command works on, and who works.
#[derive(ClapArgs, Clone, Debug, Default)]
pub(crate) struct StoreArgs {
    /// The store.
    #[command(flatten)]
    pub place: StorePlace,
    #[arg(long, value_name = "COMPTE")]
    pub user: Option<String>,
    #[arg(long, value_name = "MOTIF")]
    pub because: Option<String>,
}

/// Names the store and the study of a command that reads no files. Without a store it is the folder one is in.
#[derive(ClapArgs, Clone, Debug, Default)]
pub(crate) struct WorkArgs {
    /// The store.
    #[command(flatten)]
    pub store: StoreArgs,
    #[arg(long, value_name = "ÉTUDE")]
    pub study: Option<String>,
}

/// Holds the options of `init`.
#[derive(ClapArgs, Clone, Debug)]
pub(crate) struct InitArgs {
    #[arg(value_name = "DOSSIER")]
    pub folder: PathBuf,
    #[arg(long, value_name = "ÉTUDE")]
    pub study: Option<String>,
    #[arg(long, value_name = "DÉPÔT")]
    pub store: Option<String>,
    #[arg(long, value_name = "FICHIER")]
    pub key: Option<PathBuf>,
    #[arg(long)]
    pub passphrase: bool,
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
    List {
        /// Where.
        #[command(flatten)]
        work: WorkArgs,
    },
    Access {
        /// Where.
        #[command(flatten)]
        work: WorkArgs,
    },
    Add {
        #[arg(value_name = "COMPTE")]
        name: String,
        #[arg(long, value_name = "RÔLE", value_parser = PossibleValuesParser::new(ROLES), hide_possible_values = true)]
        role: String,
        #[arg(long, value_name = "PARTENAIRE")]
        partner: Option<String>,
        #[arg(long, value_name = "FICHIER", conflicts_with = "no_password")]
        password_file: Option<PathBuf>,
        #[arg(long)]
        no_password: bool,
        /// Where.
        #[command(flatten)]
        work: WorkArgs,
    },
    Role {
        #[arg(value_name = "COMPTE")]
        name: String,
        #[arg(value_name = "RÔLE", value_parser = PossibleValuesParser::new(ROLES), hide_possible_values = true)]
        role: String,
        #[arg(long, value_name = "PARTENAIRE")]
        partner: Option<String>,
        /// Where.
        #[command(flatten)]
        work: WorkArgs,
    },
    Password {
        #[arg(value_name = "COMPTE")]
        name: String,
        #[arg(long, value_name = "FICHIER")]
        password_file: Option<PathBuf>,
        /// Where.
        #[command(flatten)]
        work: WorkArgs,
    },
    Enable {
        #[arg(value_name = "COMPTE")]
        name: String,
        /// Where.
        #[command(flatten)]
        work: WorkArgs,
    },
    Disable {
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
    #[arg(long, value_name = "CONTRÔLE")]
    pub accept: Vec<String>,
    #[arg(long)]
    pub dry_run: bool,
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
    List {
        /// Where.
        #[command(flatten)]
        work: WorkArgs,
    },
    Show {
        #[arg(value_name = "LOT")]
        batch: i64,
        /// Where.
        #[command(flatten)]
        work: WorkArgs,
    },
    Undo {
        #[arg(value_name = "LOT")]
        batch: i64,
        #[arg(long)]
        yes: bool,
        #[arg(long)]
        also_edited: bool,
        /// Where.
        #[command(flatten)]
        work: WorkArgs,
    },
}
