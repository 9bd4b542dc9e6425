//! The options of `codebook`.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Subcommand};

/// Holds the options of `codebook`.
#[derive(ClapArgs, Clone, Debug)]
pub(crate) struct CodebookArgs {
    /// What to do with the codebook.
    #[command(subcommand)]
    pub action: CodebookAction,
}

/// Names what can be done with a codebook.
#[derive(Subcommand, Clone, Debug)]
pub(crate) enum CodebookAction {
    Lint {
        #[arg(default_value = "integra", value_name = "ÉTUDE", hide_default_value = true)]
        study: String,
    },
    Show {
        #[arg(value_name = "NOM")]
        name: Option<String>,
        #[arg(long, default_value = "integra", value_name = "ÉTUDE", hide_default_value = true)]
        study: String,
    },
    Init {
        #[arg(value_name = "DOSSIER")]
        folder: PathBuf,
    },
}
