//! Passwords and passphrases: asked without echo, or read from a file; never an argument, which every user of the machine could read.

use std::io::IsTerminal;
use std::path::Path;

use catalyse_locale::{Args, Wording};
use catalyse_store::{KeyFile, StoreError};

use super::failure;
use crate::failure::{Exit, Failure};
use crate::files;
use crate::terminal::Terminal;

const PASSWORD: Wording = Wording::new("Mot de passe", "Password");
const PASSPHRASE: Wording = Wording::new("Phrase secrète", "Passphrase");
const AGAIN: Wording = Wording::new("Encore une fois", "Once more");

/// Reads a key file, and asks for its passphrase if it has one.
pub(crate) fn key_file(
    path: &Path,
    passphrase_file: Option<&Path>,
    terminal: &Terminal,
) -> Result<KeyFile, Failure> {
    let text = files::read_text(path)?;
    let passphrase = match passphrase_file {
        Some(file) => Some(first_line(file)?),
        None if KeyFile::wants_passphrase(&text) => {
            const OF: Wording =
                Wording::new("Phrase secrète de { $path }", "Passphrase of { $path }");
            let args = Args::new().text("path", path.display().to_string());
            Some(ask(&OF.say(terminal.language, &args))?)
        }
        None => None,
    };
    KeyFile::read(&text, passphrase.as_deref(), path).map_err(failure)
}

/// Returns a new password, from a file or asked twice.
pub(crate) fn password(file: Option<&Path>, terminal: &Terminal) -> Result<String, Failure> {
    new_secret(&PASSWORD, file, terminal)
}

/// Returns a new passphrase, from a file or asked twice.
pub(crate) fn new_passphrase(file: Option<&Path>, terminal: &Terminal) -> Result<String, Failure> {
    let passphrase = new_secret(&PASSPHRASE, file, terminal)?;
    if passphrase.trim().is_empty() {
        return Err(failure(StoreError::Impossible("a passphrase is not empty")));
    }
    Ok(passphrase)
}

fn new_secret(what: &Wording, file: Option<&Path>, terminal: &Terminal) -> Result<String, Failure> {
    const DIFFERENT: Wording = Wording::new(
        "les deux réponses ne sont pas les mêmes. Recommencez.",
        "the two answers are not the same. Begin again.",
    );
    if let Some(file) = file {
        return first_line(file);
    }
    let first = ask(&what.say(terminal.language, &Args::new()))?;
    let again = ask(&AGAIN.say(terminal.language, &Args::new()))?;
    if first == again {
        Ok(first)
    } else {
        Err(Failure::new(Exit::Usage, DIFFERENT.with(Args::new())))
    }
}

/// Reads the first line of a file; `-` is what comes in on the standard input.
fn first_line(file: &Path) -> Result<String, Failure> {
    let text = if file == Path::new("-") {
        let mut line = String::new();
        std::io::stdin().read_line(&mut line).map_err(|error| Failure::file(file, &error))?;
        line
    } else {
        files::read_text(file)?
    };
    Ok(text.lines().next().unwrap_or_default().to_owned())
}

/// Asks on the terminal without showing what is typed.
fn ask(what: &str) -> Result<String, Failure> {
    const NO_TERMINAL: Wording = Wording::new(
        "il faut un secret ({ $what }) et personne n’est au clavier. Donnez un fichier avec `--password-file` ou `--passphrase-file` ; « - » lit l’entrée standard.",
        "a secret is needed ({ $what }) and nobody is at the keyboard. Give a file with `--password-file` or `--passphrase-file`; `-` reads the standard input.",
    );
    let refused = || Failure::new(Exit::Usage, NO_TERMINAL.with(Args::new().text("what", what)));
    if !std::io::stdin().is_terminal() {
        return Err(refused());
    }
    rpassword::prompt_password(format!("{what} : ")).map_err(|_| refused())
}
