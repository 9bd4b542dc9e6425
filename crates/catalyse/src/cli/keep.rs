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
    /// Code de la personne
    #[arg(value_name = "CODE")]
    pub person: String,
    /// Partenaire, si plusieurs ont une personne de ce code
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
    /// Prouve que le dépôt est entier : journal, fiches, identités
    Verify {
        /// Where.
        #[command(flatten)]
        work: WorkArgs,
    },
    /// Écrit une sauvegarde prouvée dans un dossier, pendant que d’autres travaillent
    Backup {
        /// Dossier des sauvegardes, sur un autre disque
        #[arg(value_name = "DOSSIER")]
        folder: PathBuf,
        /// Where.
        #[command(flatten)]
        work: WorkArgs,
    },
    /// Refait un dépôt d’une sauvegarde, à un endroit où il n’y en a pas
    Restore {
        /// Sauvegarde ; la feuille des clés doit être à côté d’elle
        #[arg(value_name = "SAUVEGARDE")]
        file: PathBuf,
        /// Où refaire le dépôt : un fichier à créer, ou une adresse postgres://
        #[arg(long, value_name = "DÉPÔT")]
        to: String,
        /// Étude : un nom fourni avec le programme, ou un dossier
        #[arg(long, value_name = "ÉTUDE")]
        study: Option<String>,
    },
    /// Liste ce qui a été fait, le plus récent d’abord
    Journal {
        /// Nombre de lignes
        #[arg(long, default_value_t = 20, value_name = "N", hide_default_value = true)]
        last: u32,
        /// Where.
        #[command(flatten)]
        work: WorkArgs,
    },
    /// Cherche les personnes qui sont peut-être la même, et note ce qu’on en décide
    Likeness {
        /// Note que les deux personnes de cette ligne n’en sont qu’une
        #[arg(long, value_name = "N", conflicts_with = "different")]
        same: Option<i64>,
        /// Note que les deux personnes de cette ligne sont deux
        #[arg(long, value_name = "N")]
        different: Option<i64>,
        /// Where.
        #[command(flatten)]
        work: WorkArgs,
    },
    /// Remet à une personne tout ce qui est connu d’elle (RGPD, art. 15 et 20)
    ExportPerson {
        /// Fichier à écrire
        #[arg(long, value_name = "FICHIER")]
        out: PathBuf,
        /// Who.
        #[command(flatten)]
        person: PersonArgs,
    },
    /// Corrige l’identité d’une personne (RGPD, art. 16)
    Rectify {
        /// Fichier TOML des réponses corrigées : variable = "réponse"
        #[arg(long, value_name = "FICHIER")]
        from: PathBuf,
        /// Who.
        #[command(flatten)]
        person: PersonArgs,
    },
    /// Efface une personne, dans les sauvegardes aussi (RGPD, art. 17)
    Erase {
        /// Fait ce qui est annoncé, sans demander
        #[arg(long)]
        yes: bool,
        /// Ce qui reste : counts (un dans le nombre de personnes), nothing (rien) ; sans elle, ce que dit la règle de protection de l’étude
        #[arg(long, value_name = "RESTE", value_parser = PossibleValuesParser::new(LEAVES), hide_possible_values = true)]
        leave: Option<String>,
        /// Who.
        #[command(flatten)]
        person: PersonArgs,
    },
    /// Retire les réponses dont la durée de conservation est passée
    Purge {
        /// Jour, AAAA-MM-JJ ; sans lui, aujourd’hui
        #[arg(long, value_name = "DATE")]
        before: Option<String>,
        /// Fait ce qui est annoncé, sans demander
        #[arg(long)]
        yes: bool,
        /// Ce qui reste d’une personne dont tout est passé : counts, nothing ; sans elle, ce que dit la règle de protection de l’étude
        #[arg(long, value_name = "RESTE", value_parser = PossibleValuesParser::new(LEAVES), hide_possible_values = true)]
        leave: Option<String>,
        /// Where.
        #[command(flatten)]
        work: WorkArgs,
    },
}
