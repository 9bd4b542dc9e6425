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
    /// Cherche les fautes d’une étude : noms inconnus, listes inutiles, conditions impossibles
    Lint {
        /// Étude : un nom fourni avec le programme, ou un dossier
        #[arg(default_value = "integra", value_name = "ÉTUDE", hide_default_value = true)]
        study: String,
    },
    /// Montre une étude, ou un de ses formulaires, variables, listes ou contrôles
    Show {
        /// Nom de ce qu’il faut montrer ; rien pour l’étude entière
        #[arg(value_name = "NOM")]
        name: Option<String>,
        /// Étude : un nom fourni avec le programme, ou un dossier
        #[arg(long, default_value = "integra", value_name = "ÉTUDE", hide_default_value = true)]
        study: String,
    },
    /// Écrit une petite étude complète, à changer ensuite
    Init {
        /// Dossier à créer
        #[arg(value_name = "DOSSIER")]
        folder: PathBuf,
    },
}
