//! The command line: what may be asked, in French.

mod bounds;
mod codebook;
mod keep;
mod parse;
mod serve;
mod store;

use std::path::PathBuf;

use catalyse_locale::Language;
use clap::builder::PossibleValuesParser;
use clap::{ArgAction, Args as ClapArgs, Parser, Subcommand, ValueEnum};

use self::bounds::{MEMORY, PERSONS, SEED, TIMEOUT, WAVES, within};

pub(crate) use codebook::{CodebookAction, CodebookArgs};
pub(crate) use keep::{PersonArgs, StoreAction, StoreCommandArgs};
pub(crate) use parse::{CliStop, parse};
pub(crate) use serve::ServeArgs;
pub(crate) use store::{
    BatchAction, BatchArgs, ImportArgs, InitArgs, StoreArgs, UserAction, UserArgs, WorkArgs,
};

/// Holds a command with its options.
#[derive(Parser)]
#[command(
    name = "catalyse",
    about = "Des fiches des partenaires aux grandes tendances : contrôler, profiler, protéger, publier.",
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true,
    subcommand_required = true,
    after_help = "Exemples :\n  catalyse check --study integra sample-data/integra/*\n  catalyse report --study integra sample-data/integra/* --out sortie\n\n`catalyse COMMANDE --help` explique une commande."
)]
pub(crate) struct Cli {
    /// Langue des messages et des rapports
    #[arg(
        long,
        global = true,
        value_enum,
        default_value = "fr",
        value_name = "LANGUE",
        help_heading = "Options générales\u{a0}",
        hide_possible_values = true,
        hide_default_value = true
    )]
    pub lang: Speech,
    /// N’affiche sur l’écran que le résultat
    #[arg(short, long, global = true, help_heading = "Options générales\u{a0}")]
    pub quiet: bool,
    /// Affiche cette aide
    #[arg(short, long, global = true, action = ArgAction::Help, help_heading = "Options générales\u{a0}")]
    pub help: Option<bool>,
    /// Affiche la version
    #[arg(short = 'V', long, action = ArgAction::Version, help_heading = "Options générales\u{a0}")]
    pub version: Option<bool>,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// Names the languages the program speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Speech {
    /// Français
    Fr,
    /// English
    En,
}

impl From<Speech> for Language {
    fn from(speech: Speech) -> Self {
        match speech {
            Speech::Fr => Self::Fr,
            Speech::En => Self::En,
        }
    }
}

/// Names the commands.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// Contrôle des fichiers et liste les constats, avec leur endroit
    Check(CheckArgs),
    /// Écrit le rapport « tendances » : page, classeur, figures, tableaux
    Report(ReportArgs),
    /// Décrit la qualité des données : alertes, absences, valeurs distinctes
    Profile(ProfileArgs),
    /// Invente des fiches pour une étude, avec ou sans fautes plantées
    Simulate(SimulateArgs),
    /// Vérifie, montre ou commence le dictionnaire d’une étude
    Codebook(CodebookArgs),
    /// Ouvre la saisie dans le navigateur
    Serve(ServeArgs),
    /// Crée un dossier de travail : dépôt, fichier de clé, étude, mode d’emploi
    Init(InitArgs),
    /// Gère les comptes de ceux qui entrent dans le dépôt
    User(UserArgs),
    /// Met des livraisons contrôlées dans le dépôt
    Import(ImportArgs),
    /// Liste, montre ou annule les lots importés
    Batch(BatchArgs),
    /// Prouve, sauvegarde et entretient le dépôt ; droits des personnes
    Store(StoreCommandArgs),
    /// Reads one delivery within limits; the program calls itself with it.
    #[command(hide = true)]
    FencedRead(FencedReadArgs),
}

/// Names the study and the files to read.
#[derive(ClapArgs, Clone, Debug, Default)]
pub(crate) struct Input {
    /// Étude : un nom fourni avec le programme, ou un dossier
    #[arg(long, value_name = "ÉTUDE")]
    pub study: Option<String>,
    /// Vague des fichiers qui ne la nomment pas ; avec un dépôt, la vague voulue
    #[arg(long, value_name = "VAGUE")]
    pub wave: Option<String>,
    /// Partenaire des fichiers qui ne le nomment pas ; avec un dépôt, le partenaire voulu
    #[arg(long, value_name = "PARTENAIRE")]
    pub partner: Option<String>,
    /// Correspondance des colonnes : un fichier TOML « "en-tête" = "variable" »
    #[arg(long, value_name = "FICHIER")]
    pub mapping: Option<PathBuf>,
    /// Mémoire permise à la lecture d’un fichier, en mégaoctets
    #[arg(long, default_value_t = 1536, value_name = "MO", hide_default_value = true, allow_negative_numbers = true, value_parser = within(&MEMORY))]
    pub memory: u64,
    /// Temps permis à la lecture d’un fichier, en secondes
    #[arg(long, default_value_t = 300, value_name = "S", hide_default_value = true, allow_negative_numbers = true, value_parser = within(&TIMEOUT))]
    pub timeout: u64,
    /// Fichiers à lire : CSV, XLSX, XLS, ODS ; d’un dossier, ceux qui y sont
    #[arg(value_name = "FICHIERS")]
    pub files: Vec<PathBuf>,
}

/// The study that is meant if none is named.
pub(crate) const STUDY: &str = "integra";

impl Input {
    /// Returns the study.
    pub(crate) fn study(&self) -> &str {
        self.study.as_deref().unwrap_or(STUDY)
    }
}

/// Holds the options of `check`.
#[derive(ClapArgs, Clone, Debug)]
pub(crate) struct CheckArgs {
    /// What to read.
    #[command(flatten)]
    pub input: Input,
    /// Which store to read instead of files.
    #[command(flatten)]
    pub store: StoreArgs,
    /// Forme du résultat : text, json, csv, xlsx
    #[arg(long, default_value = "text", value_name = "FORME", value_parser = PossibleValuesParser::new(["text", "json", "csv", "xlsx"]), hide_possible_values = true, hide_default_value = true)]
    pub format: String,
    /// Fichier où écrire le résultat ; nécessaire pour xlsx
    #[arg(long, value_name = "FICHIER")]
    pub out: Option<PathBuf>,
    /// Gravité qui donne le code de sortie 1 : hard, soft, info
    #[arg(long, default_value = "soft", value_name = "GRAVITÉ", value_parser = PossibleValuesParser::new(["hard", "soft", "info"]), hide_possible_values = true, hide_default_value = true)]
    pub fail_on: String,
    /// Montre tous les endroits et non les dix premiers de chaque contrôle
    #[arg(long)]
    pub all: bool,
    /// Explique un contrôle et s’arrête
    #[arg(long, value_name = "CONTRÔLE")]
    pub explain: Option<String>,
}

/// Holds the options of `report`.
#[derive(ClapArgs, Clone, Debug)]
pub(crate) struct ReportArgs {
    /// What to read.
    #[command(flatten)]
    pub input: Input,
    /// Which store to read instead of files.
    #[command(flatten)]
    pub store: StoreArgs,
    /// Dossier où écrire
    #[arg(long, value_name = "DOSSIER")]
    pub out: PathBuf,
    /// Définition du rapport : un nom de l’étude, ou un fichier TOML ; sans elle, le premier de l’étude
    #[arg(long, value_name = "RAPPORT")]
    pub report: Option<String>,
    /// Un rapport de plus pour chaque partenaire, à côté de l’ensemble
    #[arg(long, value_name = "partner", value_parser = PossibleValuesParser::new(["partner"]), hide_possible_values = true)]
    pub by: Option<String>,
    /// Politique de protection : un nom de l’étude
    #[arg(long, value_name = "POLITIQUE")]
    pub policy: Option<String>,
    /// Date écrite dans le rapport, AAAA-MM-JJ ; sans elle, celle du jour
    #[arg(long, value_name = "DATE")]
    pub date: Option<String>,
}

/// Holds the options of `profile`.
#[derive(ClapArgs, Clone, Debug)]
pub(crate) struct ProfileArgs {
    /// What to read.
    #[command(flatten)]
    pub input: Input,
    /// Forme du résultat : text, json
    #[arg(long, default_value = "text", value_name = "FORME", value_parser = PossibleValuesParser::new(["text", "json"]), hide_possible_values = true, hide_default_value = true)]
    pub format: String,
}

/// Holds the options of `simulate`.
#[derive(ClapArgs, Clone, Debug)]
pub(crate) struct SimulateArgs {
    /// Étude : un nom fourni avec le programme, ou un dossier
    #[arg(long, default_value = "integra", value_name = "ÉTUDE", hide_default_value = true)]
    pub study: String,
    /// Nombre de personnes inventées
    #[arg(long, default_value_t = 541, value_name = "N", hide_default_value = true, allow_negative_numbers = true, value_parser = within(&PERSONS))]
    pub persons: u64,
    /// Nombre de vagues ; sans lui, toutes celles de l’étude
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = within(&WAVES))]
    pub waves: Option<u64>,
    /// Graine du hasard : la même donne les mêmes fichiers
    #[arg(long, default_value_t = 1, value_name = "N", hide_default_value = true, allow_negative_numbers = true, value_parser = within(&SEED))]
    pub seed: u64,
    /// Plante des fautes connues et écrit leur liste (verite.csv)
    #[arg(long)]
    pub faults: bool,
    /// Dossier où écrire
    #[arg(long, value_name = "DOSSIER")]
    pub out: PathBuf,
}

/// Holds the options of the fenced reader.
#[derive(ClapArgs, Clone, Debug)]
pub(crate) struct FencedReadArgs {
    /// What to read: exactly one file.
    #[command(flatten)]
    pub input: Input,
}
