//! Reading the command line, and what clap's own sentences are in French and English.

use catalyse_locale::{Args, Language, Wording};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, FromArgMatches};

use super::Cli;
use super::bounds::bounds_of;
use super::words::in_words;

/// Reads the command line.
///
/// # Errors
/// The sentence to print, and whether it is help that was asked for.
pub(crate) fn parse(arguments: Vec<std::ffi::OsString>) -> Result<Cli, CliStop> {
    let language = language_of(&arguments);
    let command = Cli::command().version(env!("CARGO_PKG_VERSION"));
    let command = in_words(command, language);
    let place = place_of(&command, &arguments);
    let parsed =
        command.try_get_matches_from(arguments).and_then(|matches| Cli::from_arg_matches(&matches));
    parsed.map_err(|error| match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            CliStop::Asked(error.render().to_string().replace("[OPTIONS]", "[options]"))
        }
        _ => CliStop::Wrong { sentence: say(&error, &place, language), language },
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

/// Finds `--lang en` before the arguments are understood, so that even their problems are told in the right language.
fn language_of(arguments: &[std::ffi::OsString]) -> Language {
    let texts: Vec<_> = arguments.iter().map(|argument| argument.to_string_lossy()).collect();
    let asked = texts.windows(2).any(|pair| {
        pair.first().is_some_and(|name| name == "--lang")
            && pair.get(1).is_some_and(|value| value == "en")
    });
    if asked || texts.iter().any(|text| text == "--lang=en") { Language::En } else { Language::Fr }
}

/// Returns the command that was meant as far as it is known, `catalyse store purge`: its help is the one to read.
fn place_of(command: &clap::Command, arguments: &[std::ffi::OsString]) -> String {
    let mut place = vec![command.get_name().to_owned()];
    let mut current = command;
    for argument in arguments.iter().skip(1) {
        let Some(sub) = argument.to_str().and_then(|name| current.find_subcommand(name)) else {
            continue;
        };
        place.push(sub.get_name().to_owned());
        current = sub;
    }
    place.join(" ")
}

const UNKNOWN: Wording =
    Wording::new("`{ $argument }` n’existe pas", "`{ $argument }` does not exist");
const VALUE: Wording = Wording::new(
    "`{ $value }` ne convient pas à `{ $argument }`",
    "`{ $value }` does not suit `{ $argument }`",
);
const NO_VALUE: Wording = Wording::new(
    "il manque la valeur de `{ $argument }`",
    "the value of `{ $argument }` is missing",
);
const MISSING: Wording = Wording::new("il manque { $argument }", "{ $argument } is missing");
const TWICE: Wording = Wording::new(
    "`{ $argument }` est donné deux fois ; gardez-en un",
    "`{ $argument }` is given twice; keep one of them",
);
const TOGETHER: Wording = Wording::new(
    "`{ $argument }` et `{ $prior }` ne vont pas ensemble ; gardez-en un",
    "`{ $argument }` and `{ $prior }` do not go together; keep one of them",
);
const COMMAND: Wording =
    Wording::new("la commande `{ $value }` n’existe pas", "there is no command `{ $value }`");
const NO_COMMAND: Wording = Wording::new("il manque une commande", "a command is missing");
const OTHER: Wording = Wording::new(
    "la ligne de commande ne peut être comprise",
    "the command line cannot be understood",
);
const ALLOWED: Wording =
    Wording::new(". Valeurs possibles : { $list }", ". Possible values: { $list }");
const WITHIN: Wording = Wording::new(
    ". C’est un nombre entier de { $least } à { $most }",
    ". It is a whole number from { $least } to { $most }",
);
const NEAR: Wording =
    Wording::new(". Voulez-vous dire `{ $near }` ?", ". Did you mean `{ $near }`?");
const HELP: Wording = Wording::new(". Voyez `{ $place } --help`", ". See `{ $place } --help`");

/// Says what is wrong, and what to do.
fn say(error: &clap::Error, place: &str, language: Language) -> String {
    let context = |kind| error.get(kind).map(text_of).unwrap_or_default();
    let argument = context(ContextKind::InvalidArg);
    let prior = context(ContextKind::PriorArg);
    let value = match context(ContextKind::InvalidSubcommand) {
        text if text.is_empty() => context(ContextKind::InvalidValue),
        text => text,
    };
    let wording = match error.kind() {
        ErrorKind::UnknownArgument => &UNKNOWN,
        ErrorKind::InvalidValue if value.is_empty() => &NO_VALUE,
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => &VALUE,
        ErrorKind::MissingRequiredArgument => &MISSING,
        ErrorKind::ArgumentConflict if prior.is_empty() || prior == argument => &TWICE,
        ErrorKind::ArgumentConflict => &TOGETHER,
        ErrorKind::InvalidSubcommand => &COMMAND,
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            &NO_COMMAND
        }
        _ => &OTHER,
    };
    let args = Args::new().text("argument", argument).text("value", value).text("prior", prior);
    wording.say(language, &args) + &advice(&context, place, language)
}

/// Says what would do instead: the nearest name, the bounds of a number, the possible values, or where to look.
fn advice(context: &impl Fn(ContextKind) -> String, place: &str, language: Language) -> String {
    let suggestions =
        [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    if let Some(near) = suggestions.into_iter().map(context).find(|text| !text.is_empty()) {
        return NEAR.say(language, &Args::new().text("near", near));
    }
    if let Some(bounds) = bounds_of(&context(ContextKind::InvalidArg)) {
        let args = Args::new().count("least", bounds.least).count("most", bounds.most);
        return WITHIN.say(language, &args);
    }
    match context(ContextKind::ValidValue) {
        allowed if allowed.is_empty() => HELP.say(language, &Args::new().text("place", place)),
        allowed => ALLOWED.say(language, &Args::new().text("list", allowed)),
    }
}

fn text_of(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => text.clone(),
        // clap writes `<FICHIERS>...` for what may be given several times.
        ContextValue::Strings(texts) => texts.join(", ").replace("...", ""),
        other => other.to_string(),
    }
}
