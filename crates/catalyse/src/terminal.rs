//! The terminal: results on stdout, talk on stderr, progress only where somebody looks.

use std::io::{BufWriter, ErrorKind, IsTerminal, Write};
use std::path::Path;
use std::time::Duration;

use catalyse_locale::{Args, Language, Wording};
use indicatif::{ProgressBar, ProgressStyle};

use crate::failure::{Exit, Failure};

/// Holds how the program talks.
pub(crate) struct Terminal {
    /// The language of all it says.
    pub language: Language,
    is_quiet: bool,
}

impl Terminal {
    /// Makes a terminal.
    pub(crate) const fn new(language: Language, is_quiet: bool) -> Self {
        Self { language, is_quiet }
    }

    /// Says what stopped the program.
    pub(crate) fn complain(&self, sentence: &str) {
        const ERROR: Wording = Wording::new("Échec : { $what }", "Failed: { $what }");
        write_err(&ERROR.say(self.language, &Args::new().text("what", sentence)));
    }

    /// Says something on the way, unless the program is asked to be quiet.
    pub(crate) fn note(&self, sentence: &str) {
        if !self.is_quiet {
            write_err(sentence);
        }
    }

    /// Says a wording on the way.
    pub(crate) fn say(&self, wording: &Wording, args: &Args) {
        self.note(&wording.say(self.language, args));
    }

    /// Asks whether something is to be done. `yes` says it beforehand; where nobody sits, it must be said beforehand.
    pub(crate) fn confirm(&self, yes: bool, question: &str) -> Result<bool, Failure> {
        const ASK: Wording = Wording::new(
            "{ $question } Tapez « oui » pour continuer : ",
            "{ $question } Type \"yes\" to go on: ",
        );
        const NOBODY: Wording = Wording::new(
            "rien n’a été fait : personne n’est au clavier pour confirmer. Ajoutez `--yes` si c’est bien ce que vous voulez.",
            "nothing was done: nobody is at the keyboard to confirm. Add `--yes` if this is what you want.",
        );
        const NOTHING: Wording = Wording::new("Rien n’a été fait.", "Nothing was done.");
        if yes {
            return Ok(true);
        }
        if !std::io::stdin().is_terminal() {
            return Err(Failure::new(Exit::Usage, NOBODY.with(Args::new())));
        }
        let mut out = std::io::stderr().lock();
        let _ = write!(out, "{}", ASK.say(self.language, &Args::new().text("question", question)));
        let _ = out.flush();
        drop(out);
        let mut answer = String::new();
        let read = std::io::stdin().read_line(&mut answer);
        let is_yes =
            read.is_ok() && ["oui", "yes"].contains(&answer.trim().to_lowercase().as_str());
        if !is_yes {
            self.say(&NOTHING, &Args::new());
        }
        Ok(is_yes)
    }

    /// Shows that work goes on, with one line that is replaced; nothing if stderr is no terminal.
    pub(crate) fn progress(&self, n_steps: u64) -> Progress {
        if self.is_quiet || !std::io::stderr().is_terminal() {
            return Progress(None);
        }
        let bar = ProgressBar::new(n_steps);
        if let Ok(style) = ProgressStyle::with_template("{bar:24} {pos}/{len} {msg}") {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(120));
        Progress(Some(bar))
    }
}

/// Holds a line of progress, or none. It goes away when it is dropped.
pub(crate) struct Progress(Option<ProgressBar>);

impl Progress {
    /// Says which step is at work.
    pub(crate) fn step(&self, message: impl Into<String>) {
        if let Some(bar) = &self.0 {
            bar.set_message(message.into());
            bar.inc(1);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}

/// Prints a result.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    print_with(|out| out.write_all(text.as_bytes()))
}

/// Prints a result as it is made. A reader that goes away (`| head`) is no failure; a full disk behind stdout is.
pub(crate) fn print_with(
    write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>,
) -> Result<(), Failure> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    match write(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::output(Path::new("stdout"), &error))
        }
        Ok(()) | Err(_) => Ok(()),
    }
}

fn write_err(text: &str) {
    let mut out = std::io::stderr().lock();
    let _ = writeln!(out, "{text}");
}
