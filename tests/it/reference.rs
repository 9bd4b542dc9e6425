//! The reference pages of `docs/reference`: what the program says of itself, written by `CATALYSE_BLESS=1` and compared here.

use std::fmt::Write;

use catalyse_check::kinds;
use catalyse_codebook::types;
use catalyse_locale::{Label, Language};

use crate::golden::expect_file;
use crate::program::run;

/// Written at the head of each page.
const MADE: &str = "<!-- Page faite par le programme : CATALYSE_BLESS=1 cargo test -p catalyse-tests reference -->\n\n";

/// The commands, in the order of their use.
const COMMANDS: [&[&str]; 33] = [
    &[],
    &["check"],
    &["report"],
    &["profile"],
    &["simulate"],
    &["codebook"],
    &["codebook", "lint"],
    &["codebook", "show"],
    &["codebook", "init"],
    &["serve"],
    &["init"],
    &["user"],
    &["user", "list"],
    &["user", "access"],
    &["user", "add"],
    &["user", "role"],
    &["user", "password"],
    &["user", "disable"],
    &["import"],
    &["batch"],
    &["batch", "list"],
    &["batch", "show"],
    &["batch", "undo"],
    &["store"],
    &["store", "verify"],
    &["store", "backup"],
    &["store", "restore"],
    &["store", "journal"],
    &["store", "likeness"],
    &["store", "export-person"],
    &["store", "rectify"],
    &["store", "erase"],
    &["store", "purge"],
];

fn in_french(label: &Label) -> String {
    label.get(Language::Fr).to_owned()
}

#[test]
fn the_page_of_commands_is_what_help_says() {
    let head = "# Les commandes\n\nCe que dit `catalyse COMMANDE --help`.\n";
    expect_file("docs/reference/commandes.md", &page_of_commands(head, &[]));
    let head = "# The commands\n\nWhat `catalyse COMMAND --help --lang en` says.\n";
    let english = page_of_commands(head, &["--lang", "en"]);
    let french = ["Usage :", "FICHIER", "DOSSIER", "Langue", " le ", " de la "];
    let told = english.strip_prefix(MADE).unwrap_or_default();
    let left: Vec<&&str> = french.iter().filter(|word| told.contains(**word)).collect();
    assert!(left.is_empty(), "French words in the English help: {left:?}");
    expect_file("docs/reference/commands.en.md", &english);
}

#[test]
fn the_language_may_stand_before_the_command_or_after() {
    let after = run(&["check", "--help", "--lang", "en"]).stdout;
    assert!(after.starts_with("Checks files"), "{after}");
    assert_eq!(run(&["--lang", "en", "check", "--help"]).stdout, after);
    assert_eq!(run(&["check", "--lang=en", "--help"]).stdout, after);
    for (arguments, sentence) in [
        (
            vec!["store", "purge", "--befor", "--lang", "en"],
            "Failed: `--befor` does not exist. Did you mean `--before`?",
        ),
        (
            vec!["--lang", "en", "store", "purge", "--nothing-like-it"],
            "Failed: `--nothing-like-it` does not exist. See `catalyse store purge --help`",
        ),
        (
            vec!["store", "likeness", "--same", "1", "--different", "2", "--lang", "en"],
            "Failed: `--same <N>` and `--different <N>` do not go together; keep one of them. See `catalyse store likeness --help`",
        ),
        (
            vec!["report", "--lang", "en"],
            "Failed: --out <FOLDER> is missing. See `catalyse report --help`",
        ),
        (
            vec!["user", "role", "anne", "boss", "--lang", "en"],
            "Failed: `boss` does not suit `<ROLE>`. Possible values: encoder, partner_coordinator, network_coordinator, reader, administrator",
        ),
    ] {
        let told = run(&arguments);
        assert_eq!((told.exit, told.stderr.trim_end()), (Some(2), sentence), "{arguments:?}");
    }
}

/// Writes what help says of each command, with some further arguments.
fn page_of_commands(head: &str, further: &[&str]) -> String {
    let mut page = format!("{MADE}{head}");
    for command in COMMANDS {
        let arguments: Vec<&str> =
            command.iter().copied().chain(["--help"]).chain(further.iter().copied()).collect();
        let run = run(&arguments);
        assert_eq!((run.exit, run.stderr.as_str()), (Some(0), ""), "{arguments:?}");
        let name = ["catalyse"].iter().chain(command).copied().collect::<Vec<_>>().join(" ");
        let help: Vec<&str> = run.stdout.lines().map(str::trim_end).collect();
        let _ = write!(page, "\n## `{name}`\n\n```text\n{}\n```\n", help.join("\n").trim_end());
    }
    page
}

#[test]
fn every_command_has_a_page() {
    let help = run(&["--help"]).stdout;
    let listed = help.split_once("Commandes").map_or("", |(_, rest)| rest).lines().skip(1);
    let listed: Vec<&str> = listed
        .take_while(|line| !line.trim().is_empty())
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    let known: Vec<&str> = COMMANDS
        .iter()
        .filter(|command| command.len() == 1)
        .filter_map(|command| command.first().copied())
        .collect();
    assert_eq!(listed, known);
}

#[test]
fn the_page_of_check_kinds_is_what_the_kinds_say() {
    let mut page = format!(
        "{MADE}# Les genres de contrôles\n\nUn contrôle est un `[[check]]` de `checks.toml` ; son `kind` est l'un de ceux-ci.\n"
    );
    for kind in kinds::ALL {
        let documentation = kind.documentation();
        let _ = write!(
            page,
            "\n## `{}`\n\n**Ce qu'il regarde.** {}\n\n**Pourquoi.** {}\n",
            kind.name(),
            in_french(&documentation.what),
            in_french(&documentation.why)
        );
        if !documentation.parameters.is_empty() {
            page.push_str(
                "\n| paramètre | ce qu'il veut dire | si rien n'est écrit |\n|---|---|---|\n",
            );
        }
        for parameter in &documentation.parameters {
            let default = parameter.default.unwrap_or("il est obligatoire");
            let _ = writeln!(
                page,
                "| `{}` | {} | {default} |",
                parameter.name,
                in_french(&parameter.meaning)
            );
        }
        let _ = write!(page, "\n```toml\n{}\n```\n", documentation.example.trim_end());
        if !documentation.source.is_empty() {
            let _ = write!(page, "\nSource : {}\n", documentation.source);
        }
    }
    page.push_str("\n## Les constats de la lecture\n\nIls parlent du fichier et non d'une personne ; aucun `[[check]]` ne les fait. `catalyse check --explain NOM` dit la même chose.\n\n| constat | ce qu'il veut dire |\n|---|---|\n");
    for explained in catalyse_intake::explained() {
        let _ = writeln!(page, "| `{}` | {} |", explained.name, in_french(&explained.what));
    }
    expect_file("docs/reference/controles.md", &page);
}

#[test]
fn every_check_kind_is_documented_with_an_example_of_itself() {
    for kind in kinds::ALL {
        let documentation = kind.documentation();
        let example: toml::Table = documentation
            .example
            .parse()
            .unwrap_or_else(|error| panic!("{}: {error}", kind.name()));
        let named = example.get("check").and_then(|checks| checks.get(0)?.get("kind")?.as_str());
        assert_eq!(named, Some(kind.name()));
        for label in [&documentation.what, &documentation.why] {
            for language in [Language::Fr, Language::En] {
                assert!(
                    label.get(language).ends_with('.'),
                    "{}: {}",
                    kind.name(),
                    label.get(language)
                );
            }
        }
    }
}

#[test]
fn the_page_of_value_types_is_what_the_types_say() {
    let mut page = format!(
        "{MADE}# Les types de valeurs\n\nLe `type` d'une variable est l'un de ceux-ci.\n\n| type | ce qu'il est | liste de codes |\n|---|---|---|\n"
    );
    for value_type in types::ALL {
        let list =
            match (value_type.needs_list(), value_type.may_have_list(), value_type.implicit_list())
            {
                (true, _, _) => "à nommer".to_owned(),
                (false, _, Some(list)) => format!("`{list}`, celle de l'étude"),
                (false, true, None) => "possible".to_owned(),
                (false, false, None) => "–".to_owned(),
            };
        let _ = writeln!(
            page,
            "| `{}` | {} | {list} |",
            value_type.name(),
            in_french(&value_type.meaning())
        );
    }
    expect_file("docs/reference/types.md", &page);
}
