//! What help says, in French and English: one table for the commands, two for their options.
//!
//! clap takes texts from doc comments, which have one language; so the options have none, and get theirs here once the language is
//! known. A text is found by the command and the option, `report out`; if there is none, by the command above; at last by the option.

mod commands;
mod keeping;
mod options;

use catalyse_intake::formats;
use catalyse_locale::{Args, Language, Wording};
use clap::{Arg, Command};

use self::commands::COMMANDS;
use self::keeping::KEEPING;
use self::options::OPTIONS;
use crate::commands::check::outputs;
use crate::commands::profile::outputs as profile_outputs;

const OPTIONS_HEAD: &str = "Options\u{a0}";
const GENERAL_HEAD: &str = "Options générales\u{a0}";

/// What stands for a value, in French and English.
const VALUES: &[(&str, &str)] = &[
    ("ADRESSE", "ADDRESS"),
    ("CODE", "CODE"),
    ("COMPTE", "ACCOUNT"),
    ("CONTRÔLE", "CHECK"),
    ("DATE", "DATE"),
    ("DOSSIER", "FOLDER"),
    ("DÉPÔT", "STORE"),
    ("FICHIER", "FILE"),
    ("FICHIERS", "FILES"),
    ("FORME", "FORM"),
    ("GRAVITÉ", "SEVERITY"),
    ("LANGUE", "LANGUAGE"),
    ("LOT", "BATCH"),
    ("MO", "MB"),
    ("MOTIF", "REASON"),
    ("N", "N"),
    ("NOM", "NAME"),
    ("PARTENAIRE", "PARTNER"),
    ("POLITIQUE", "POLICY"),
    ("PORT", "PORT"),
    ("RAPPORT", "REPORT"),
    ("RESTE", "REST"),
    ("RÔLE", "ROLE"),
    ("S", "S"),
    ("SAUVEGARDE", "BACKUP"),
    ("VAGUE", "WAVE"),
    ("partner", "partner"),
    ("ÉTUDE", "STUDY"),
];

/// Returns a command whose help speaks a language.
pub(super) fn in_words(command: Command, language: Language) -> Command {
    let is_french = language == Language::Fr;
    let after = [
        AFTER_HEAD.say(language, &Args::new()),
        "  catalyse check --study integra sample-data/integra/*".to_owned(),
        format!(
            "  catalyse report --study integra sample-data/integra/* --out {}",
            if is_french { "sortie" } else { "out" }
        ),
        String::new(),
        AFTER_FOOT.say(language, &Args::new()),
    ];
    told(command, "", language).after_help(after.join("\n"))
}

const AFTER_HEAD: Wording = Wording::new("Exemples :", "Examples:");
const AFTER_FOOT: Wording = Wording::new(
    "`catalyse COMMANDE --help` explique une commande.",
    "`catalyse COMMAND --help` explains a command.",
);
const TEMPLATE_FR: &str = "{about-with-newline}\nUsage : {usage}\n\n{all-args}{after-help}";
const TEMPLATE_EN: &str = "{about-with-newline}\nUsage: {usage}\n\n{all-args}{after-help}";

/// Tells a command, its options and the commands below it.
fn told(command: Command, path: &str, language: Language) -> Command {
    let in_language = |fr: &'static str, en: &'static str| match language {
        Language::Fr => fr,
        Language::En | Language::Nl | Language::De => en,
    };
    let below: Vec<String> =
        command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    let about = COMMANDS.iter().find(|(known, _)| *known == path);
    let about = about.map(|(_, wording)| wording.say(language, &Args::new()));
    let command = command
        .about(about.unwrap_or_default())
        .help_template(in_language(TEMPLATE_FR, TEMPLATE_EN))
        .subcommand_help_heading(in_language("Commandes\u{a0}", "Commands"))
        .subcommand_value_name(in_language("COMMANDE", "COMMAND"))
        .disable_help_subcommand(true)
        .mut_args(|argument| {
            let heading = match argument.get_help_heading() {
                Some(_) => in_language(GENERAL_HEAD, "General options"),
                None if argument.is_positional() => in_language("Arguments\u{a0}", "Arguments"),
                None => in_language(OPTIONS_HEAD, "Options"),
            };
            let help = wording_of(path, argument.get_id().as_str());
            let help = help.map(|wording| wording.say(language, &holes()));
            with_value(argument.help_heading(heading).help(help.unwrap_or_default()), language)
        });
    below.into_iter().fold(command, |command, name| {
        let path = format!("{path} {name}");
        command.mut_subcommand(name, |sub| told(sub, path.trim(), language))
    })
}

/// Fills the holes that kinds fill.
fn holes() -> Args {
    let forms: Vec<&str> = outputs::names().collect();
    let profiles: Vec<&str> = profile_outputs::names().collect();
    Args::new()
        .text("formats", formats::names().join(", "))
        .text("forms", forms.join(", "))
        .text("profiles", profiles.join(", "))
}

/// Writes what stands for the value of an option in the reader's language.
fn with_value(argument: Arg, language: Language) -> Arg {
    if language == Language::Fr {
        return argument;
    }
    let name = argument.get_value_names().and_then(|names| names.first()).map(ToString::to_string);
    let own = VALUES.iter().find(|(fr, _)| name.as_deref() == Some(*fr));
    match own {
        Some((_, en)) => argument.value_name(*en),
        None => argument,
    }
}

/// Finds the words of an option of a command.
fn wording_of(path: &str, option: &str) -> Option<&'static Wording> {
    let mut above = Some(path);
    while let Some(path) = above {
        let key = format!("{path} {option}");
        let known = OPTIONS.iter().chain(KEEPING).find(|(known, _)| *known == key.trim());
        if let Some((_, wording)) = known {
            return Some(wording);
        }
        above = match path.rsplit_once(' ') {
            Some((above, _)) => Some(above),
            None if path.is_empty() => None,
            None => Some(""),
        };
    }
    None
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use clap::{Command, CommandFactory};

    use super::{COMMANDS, KEEPING, OPTIONS, VALUES, wording_of};
    use crate::cli::Cli;

    /// Walks through all commands that help shows, each with its path.
    fn walk(command: &Command, path: &str, visit: &mut dyn FnMut(&Command, &str)) {
        visit(command, path);
        for sub in command.get_subcommands().filter(|sub| !sub.is_hide_set()) {
            walk(sub, format!("{path} {}", sub.get_name()).trim(), visit);
        }
    }

    #[test]
    fn every_command_and_option_has_its_words_in_both_languages_and_no_words_are_left() {
        let mut lacking = Vec::new();
        let mut used = BTreeSet::new();
        walk(&Cli::command(), "", &mut |command, path| {
            if !COMMANDS.iter().any(|(known, _)| *known == path) {
                lacking.push(path.to_owned());
            }
            for argument in command.get_arguments() {
                let id = argument.get_id().as_str();
                match wording_of(path, id) {
                    Some(wording) => {
                        used.insert(wording.fr.clone());
                    }
                    None => lacking.push(format!("{path} {id}")),
                }
                for name in argument.get_value_names().into_iter().flatten() {
                    let takes = argument.get_action().takes_values();
                    if takes && !VALUES.iter().any(|(fr, _)| *fr == name.as_str()) {
                        lacking.push(format!("{path} {id} {name}"));
                    }
                }
            }
        });
        assert_eq!(lacking, Vec::<String>::new());
        let left = OPTIONS.iter().chain(KEEPING).filter(|(_, words)| !used.contains(&words.fr));
        assert_eq!(left.map(|(key, _)| *key).collect::<Vec<_>>(), Vec::<&str>::new());
    }

    #[test]
    fn no_text_stands_beside_the_tables() {
        walk(&Cli::command(), "", &mut |command, path| {
            for argument in command.get_arguments() {
                assert!(argument.get_help().is_none(), "{path} {}", argument.get_id());
            }
        });
    }
}
