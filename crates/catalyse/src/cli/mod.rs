//! The command line: what may be asked. What help says of it stands in `words/`, in both languages.

mod bounds;
mod codebook;
mod keep;
mod parse;
mod serve;
mod store;
mod words;

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
    BatchAction, BatchArgs, ImportArgs, InitArgs, StoreArgs, StorePlace, UserAction, UserArgs,
    WorkArgs,
};

use crate::commands::check::outputs;
use crate::commands::profile::outputs as profile_outputs;

/// Holds a command with its options.
#[derive(Parser)]
#[command(
    name = "catalyse",
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true,
    subcommand_required = true
)]
pub(crate) struct Cli {
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
    #[arg(short, long, global = true, help_heading = "Options générales\u{a0}")]
    pub quiet: bool,
    #[arg(short, long, global = true, action = ArgAction::Help, help_heading = "Options générales\u{a0}")]
    pub help: Option<bool>,
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
    Check(CheckArgs),
    Report(ReportArgs),
    Profile(ProfileArgs),
    Simulate(SimulateArgs),
    Codebook(CodebookArgs),
    Serve(ServeArgs),
    Init(InitArgs),
    User(UserArgs),
    Import(ImportArgs),
    Batch(BatchArgs),
    Store(StoreCommandArgs),
    /// Reads one delivery within limits; the program calls itself with it.
    #[command(hide = true)]
    FencedRead(FencedReadArgs),
}

/// Names the study and the files to read.
#[derive(ClapArgs, Clone, Debug, Default)]
pub(crate) struct Input {
    #[arg(long, value_name = "ÉTUDE")]
    pub study: Option<String>,
    #[arg(long, value_name = "VAGUE")]
    pub wave: Option<String>,
    #[arg(long, value_name = "PARTENAIRE")]
    pub partner: Option<String>,
    #[arg(long, value_name = "FICHIER")]
    pub mapping: Option<PathBuf>,
    #[arg(long, default_value_t = 1536, value_name = "MO", hide_default_value = true, allow_negative_numbers = true, value_parser = within(&MEMORY))]
    pub memory: u64,
    #[arg(long, default_value_t = 300, value_name = "S", hide_default_value = true, allow_negative_numbers = true, value_parser = within(&TIMEOUT))]
    pub timeout: u64,
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
    #[arg(long, default_value = "text", value_name = "FORME", value_parser = PossibleValuesParser::new(outputs::names()), hide_possible_values = true, hide_default_value = true)]
    pub format: String,
    #[arg(long, value_name = "FICHIER")]
    pub out: Option<PathBuf>,
    #[arg(long, default_value = "soft", value_name = "GRAVITÉ", value_parser = PossibleValuesParser::new(["hard", "soft", "info"]), hide_possible_values = true, hide_default_value = true)]
    pub fail_on: String,
    #[arg(long)]
    pub all: bool,
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
    #[arg(long, value_name = "DOSSIER")]
    pub out: PathBuf,
    #[arg(long, value_name = "RAPPORT")]
    pub report: Option<String>,
    #[arg(long, value_name = "partner", value_parser = PossibleValuesParser::new(["partner"]), hide_possible_values = true)]
    pub by: Option<String>,
    #[arg(long, value_name = "POLITIQUE")]
    pub policy: Option<String>,
    #[arg(long, value_name = "DATE")]
    pub date: Option<String>,
    #[arg(long, value_name = "MOTIF")]
    pub edition: Option<String>,
}

/// Holds the options of `profile`.
#[derive(ClapArgs, Clone, Debug)]
pub(crate) struct ProfileArgs {
    /// What to read.
    #[command(flatten)]
    pub input: Input,
    #[arg(long, default_value = "text", value_name = "FORME", value_parser = PossibleValuesParser::new(profile_outputs::names()), hide_possible_values = true, hide_default_value = true)]
    pub format: String,
}

/// Holds the options of `simulate`.
#[derive(ClapArgs, Clone, Debug)]
pub(crate) struct SimulateArgs {
    #[arg(long, default_value = "integra", value_name = "ÉTUDE", hide_default_value = true)]
    pub study: String,
    #[arg(long, default_value_t = 541, value_name = "N", hide_default_value = true, allow_negative_numbers = true, value_parser = within(&PERSONS))]
    pub persons: u64,
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = within(&WAVES))]
    pub waves: Option<u64>,
    #[arg(long, default_value_t = 1, value_name = "N", hide_default_value = true, allow_negative_numbers = true, value_parser = within(&SEED))]
    pub seed: u64,
    #[arg(long)]
    pub faults: bool,
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
