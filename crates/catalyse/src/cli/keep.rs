//! The options of `store`: proving, saving and keeping a store, and the rights of persons.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args as ClapArgs, Subcommand};

use super::WorkArgs;

/// Holds the options of `store`.
#[derive(ClapArgs, Clone, Debug)]
pub(crate) struct StoreCommandArgs {
    /// What to do with the store.
    #[command(subcommand)]
    pub action: StoreAction,
}

/// Names a person of the store.
#[derive(ClapArgs, Clone, Debug)]
pub(crate) struct PersonArgs {
    #[arg(value_name = "CODE")]
    pub person: String,
    #[arg(long, value_name = "PARTENAIRE")]
    pub partner: Option<String>,
    /// Where.
    #[command(flatten)]
    pub work: WorkArgs,
}

const LEAVES: [&str; 2] = ["counts", "nothing"];

/// Names what can be done with a store.
#[derive(Subcommand, Clone, Debug)]
pub(crate) enum StoreAction {
    Verify {
        /// Where.
        #[command(flatten)]
        work: WorkArgs,
    },
    Backup {
        #[arg(value_name = "DOSSIER")]
        folder: PathBuf,
        /// Where.
        #[command(flatten)]
        work: WorkArgs,
    },
    Restore {
        #[arg(value_name = "SAUVEGARDE")]
        file: PathBuf,
        #[arg(long, value_name = "DÉPÔT")]
        to: String,
        #[arg(long, value_name = "ÉTUDE")]
        study: Option<String>,
    },
    Journal {
        #[arg(long, default_value_t = 20, value_name = "N", hide_default_value = true)]
        last: u32,
        /// Where.
        #[command(flatten)]
        work: WorkArgs,
    },
    Likeness {
        #[arg(long, value_name = "N", conflicts_with = "different")]
        same: Option<i64>,
        #[arg(long, value_name = "N")]
        different: Option<i64>,
        /// Where.
        #[command(flatten)]
        work: WorkArgs,
    },
    ExportPerson {
        #[arg(long, value_name = "FICHIER")]
        out: PathBuf,
        /// Who.
        #[command(flatten)]
        person: PersonArgs,
    },
    Rectify {
        #[arg(long, value_name = "FICHIER")]
        from: PathBuf,
        /// Who.
        #[command(flatten)]
        person: PersonArgs,
    },
    Erase {
        #[arg(long)]
        yes: bool,
        #[arg(long, value_name = "RESTE", value_parser = PossibleValuesParser::new(LEAVES), hide_possible_values = true)]
        leave: Option<String>,
        /// Who.
        #[command(flatten)]
        person: PersonArgs,
    },
    Purge {
        #[arg(long, value_name = "DATE")]
        before: Option<String>,
        #[arg(long)]
        yes: bool,
        #[arg(long, value_name = "RESTE", value_parser = PossibleValuesParser::new(LEAVES), hide_possible_values = true)]
        leave: Option<String>,
        /// Where.
        #[command(flatten)]
        work: WorkArgs,
    },
}
