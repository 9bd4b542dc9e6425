//! The command line: what may be asked, in French.

mod bounds;
mod parse;

use std::path::PathBuf;

use catalyse_locale::Language;
use clap::builder::PossibleValuesParser;
use clap::{ArgAction, Args as ClapArgs, Parser, Subcommand, ValueEnum};

use self::bounds::{MEMORY, PERSONS, SEED, TIMEOUT, WAVES, within};

pub(crate) use parse::{CliStop, parse};

/// Holds a command with its options.
#[derive(Parser)]
#[command(
    name = "catalyse",
    about = "Des fiches des partenaires aux grandes tendances : contrôler, profiler, protéger, publier.",
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true,
    subcommand_help_heading = "Commandes\u{a0}",
    subcommand_value_name = "COMMANDE",
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
    /// Reads one delivery within limits; the program calls itself with it.
    #[command(hide = true)]
    FencedRead(FencedReadArgs),
}

/// Names the study and the files to read.
#[derive(ClapArgs, Clone, Debug)]
pub(crate) struct Input {
    /// Étude : un nom fourni avec le programme, ou un dossier
    #[arg(long, default_value = "integra", value_name = "ÉTUDE", hide_default_value = true)]
    pub study: String,
    /// Vague des fichiers qui ne la nomment pas
    #[arg(long, value_name = "VAGUE")]
    pub wave: Option<String>,
    /// Partenaire des fichiers qui ne le nomment pas
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

/// Holds the options of `check`.
#[derive(ClapArgs, Clone, Debug)]
pub(crate) struct CheckArgs {
    /// What to read.
    #[command(flatten)]
    pub input: Input,
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

/// Holds the options of `serve`.
#[derive(ClapArgs, Clone, Debug)]
pub(crate) struct ServeArgs {
    /// Étude : un nom fourni avec le programme, ou un dossier
    #[arg(long, default_value = "integra", value_name = "ÉTUDE", hide_default_value = true)]
    pub study: String,
    /// Dépôt : un fichier SQLite, ou une adresse postgres://
    #[arg(long, value_name = "DÉPÔT")]
    pub store: Option<String>,
    /// Fichier de clé du dépôt, qui ouvre les identités
    #[arg(long, value_name = "FICHIER")]
    pub key: Option<PathBuf>,
    /// Compte pour lequel un lien d’entrée est affiché ; sans lui, le seul qui existe
    #[arg(long, value_name = "COMPTE")]
    pub user: Option<String>,
    /// Personnes inventées, dans un dossier temporaire : pour essayer
    #[arg(long)]
    pub demo: bool,
    /// Nombre de personnes inventées
    #[arg(
        long,
        default_value_t = 120,
        value_name = "N",
        hide_default_value = true,
        requires = "demo"
    )]
    pub persons: usize,
    /// Adresse où écouter ; hors de cette machine, il faut un certificat ou un relais qui chiffre
    #[arg(long, default_value = "127.0.0.1", value_name = "ADRESSE", hide_default_value = true)]
    pub address: String,
    /// Port ; 0 en choisit un libre
    #[arg(long, default_value_t = 8017, value_name = "PORT", hide_default_value = true)]
    pub port: u16,
    /// Nom sous lequel les navigateurs demandent le serveur, en plus de ceux de cette machine
    #[arg(long, value_name = "NOM")]
    pub host: Vec<String>,
    /// Certificat, en PEM
    #[arg(long, value_name = "FICHIER", requires = "certificate_key")]
    pub certificate: Option<PathBuf>,
    /// Clé du certificat, en PEM
    #[arg(long, value_name = "FICHIER", requires = "certificate")]
    pub certificate_key: Option<PathBuf>,
    /// Affirme qu’un relais chiffre entre les navigateurs et ce serveur
    #[arg(long)]
    pub behind_proxy: bool,
}

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

/// Holds the options of the fenced reader.
#[derive(ClapArgs, Clone, Debug)]
pub(crate) struct FencedReadArgs {
    /// What to read: exactly one file.
    #[command(flatten)]
    pub input: Input,
}
