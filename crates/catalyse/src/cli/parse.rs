//! Reading the command line, and what clap's own sentences are in French and English.

use catalyse_locale::{Args, Language, Wording};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, FromArgMatches};

use super::Cli;

const TEMPLATE: &str = "{about-with-newline}\nUsage : {usage}\n\n{all-args}{after-help}";

/// Reads the command line.
///
/// # Errors
/// The sentence to print, and whether it is help that was asked for.
pub(crate) fn parse(arguments: Vec<std::ffi::OsString>) -> Result<Cli, CliStop> {
    let language = language_of(&arguments);
    let command = Cli::command().version(env!("CARGO_PKG_VERSION"));
    let command = with_template(command);
    let parsed =
        command.try_get_matches_from(arguments).and_then(|matches| Cli::from_arg_matches(&matches));
    parsed.map_err(|error| match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            CliStop::Asked(error.render().to_string().replace("[OPTIONS]", "[options]"))
        }
        _ => CliStop::Wrong { sentence: say(&error, language), language },
    })
}

/// Says why the command line was not taken.
pub(crate) enum CliStop {
    /// Help or the version was asked for: print it and end well.
    Asked(String),
    /// Something is wrong with the arguments.
    Wrong {
        /// What, and what to do.
        sentence: String,
        /// The language that was asked for.
        language: Language,
    },
}

fn with_template(command: clap::Command) -> clap::Command {
    let names: Vec<String> =
        command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    let command = command
        .help_template(TEMPLATE)
        .mut_args(|argument| match argument.get_help_heading() {
            Some(_) => argument,
            None if argument.is_positional() => argument.help_heading("Arguments\u{a0}"),
            None => argument.help_heading("Options\u{a0}"),
        })
        .disable_help_subcommand(true);
    names.into_iter().fold(command, |command, name| command.mut_subcommand(name, with_template))
}

/// Finds `--lang en` before the arguments are understood, so that even their problems are told in the right language.
fn language_of(arguments: &[std::ffi::OsString]) -> Language {
    let texts: Vec<_> = arguments.iter().map(|argument| argument.to_string_lossy()).collect();
    let asked = texts.windows(2).any(|pair| {
        pair.first().is_some_and(|name| name == "--lang")
            && pair.get(1).is_some_and(|value| value == "en")
    });
    if asked || texts.iter().any(|text| text == "--lang=en") { Language::En } else { Language::Fr }
}

fn say(error: &clap::Error, language: Language) -> String {
    const UNKNOWN: Wording =
        Wording::new("`{ $argument }` n’existe pas", "`{ $argument }` does not exist");
    const VALUE: Wording = Wording::new(
        "`{ $value }` ne convient pas à `{ $argument }`",
        "`{ $value }` does not suit `{ $argument }`",
    );
    const MISSING: Wording = Wording::new("il manque { $argument }", "{ $argument } is missing");
    const COMMAND: Wording =
        Wording::new("la commande `{ $value }` n’existe pas", "there is no command `{ $value }`");
    const NO_COMMAND: Wording = Wording::new("il manque une commande", "a command is missing");
    const OTHER: Wording = Wording::new(
        "la ligne de commande ne peut être comprise",
        "the command line cannot be understood",
    );
    const ALLOWED: Wording =
        Wording::new(". Valeurs possibles : { $list }", ". Possible values: { $list }");
    const NEAR: Wording =
        Wording::new(". Voulez-vous dire `{ $near }` ?", ". Did you mean `{ $near }`?");
    const HELP: Wording = Wording::new(". Voyez `catalyse --help`", ". See `catalyse --help`");
    let context = |kind| error.get(kind).map(text_of).unwrap_or_default();
    let value = match context(ContextKind::InvalidSubcommand) {
        text if text.is_empty() => context(ContextKind::InvalidValue),
        text => text,
    };
    let args = Args::new().text("argument", context(ContextKind::InvalidArg)).text("value", value);
    let wording = match error.kind() {
        ErrorKind::UnknownArgument => &UNKNOWN,
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => &VALUE,
        ErrorKind::MissingRequiredArgument => &MISSING,
        ErrorKind::InvalidSubcommand => &COMMAND,
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            &NO_COMMAND
        }
        _ => &OTHER,
    };
    let mut sentence = wording.say(language, &args);
    let suggestions =
        [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    let near = suggestions.into_iter().map(context).find(|text| !text.is_empty());
    let allowed = context(ContextKind::ValidValue);
    sentence.push_str(&match near {
        Some(near) => NEAR.say(language, &Args::new().text("near", near)),
        None if !allowed.is_empty() => ALLOWED.say(language, &Args::new().text("list", allowed)),
        None => HELP.say(language, &Args::new()),
    });
    sentence
}

fn text_of(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => text.clone(),
        // clap writes `<FICHIERS>...` for what may be given several times.
        ContextValue::Strings(texts) => texts.join(", ").replace("...", ""),
        other => other.to_string(),
    }
}
