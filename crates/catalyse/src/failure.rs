//! Failures: what stops the program, in a person's words, with what to do next and the exit code it ends with.

use std::path::Path;

use catalyse_codebook::Problems;
use catalyse_locale::{Args, Language, Message, Wording};
use catalyse_tabulate::TabulateError;

/// Says how the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Exit {
    /// All is well.
    Clean = 0,
    /// There are findings at the severity that was asked for.
    Findings = 1,
    /// The command or the study is wrong.
    Usage = 2,
    /// A file cannot be read.
    Unreadable = 3,
    /// The disclosure rules do not let the report leave.
    Refused = 4,
}

/// Holds what stopped the program.
#[derive(Debug)]
pub(crate) struct Failure {
    /// How the program ends.
    pub exit: Exit,
    /// What happened, where, and what to do.
    pub message: Message,
    /// Further lines: the problems of a study.
    pub details: Vec<Message>,
}

impl Failure {
    /// Makes a failure with one sentence.
    pub(crate) fn new(exit: Exit, message: Message) -> Self {
        Self { exit, message, details: Vec::new() }
    }

    /// Makes the failure of a file or folder that could not be read. The system's own words are kept.
    pub(crate) fn file(path: &Path, error: &std::io::Error) -> Self {
        const FILE: Wording = Wording::new(
            "{ $path } : { $reason }. Vérifiez le chemin et vos droits sur le fichier.",
            "{ $path }: { $reason }. Check the path and your rights on the file.",
        );
        let args =
            Args::new().text("path", path.display().to_string()).label("reason", &reason(error));
        Self::new(Exit::Unreadable, FILE.with(args))
    }

    /// Makes the failure of a file or folder that could not be written: the command is wrong, nothing that was delivered.
    pub(crate) fn output(path: &Path, error: &std::io::Error) -> Self {
        const OUTPUT: Wording = Wording::new(
            "{ $path } : rien ne peut y être écrit, { $reason }. Choisissez un autre endroit, ou libérez celui-ci.",
            "{ $path }: nothing can be written there, { $reason }. Choose another place, or free this one.",
        );
        let args =
            Args::new().text("path", path.display().to_string()).label("reason", &reason(error));
        Self::new(Exit::Usage, OUTPUT.with(args))
    }

    /// Makes the failure of a study that cannot be opened.
    pub(crate) fn study(study: &str, problems: &Problems) -> Self {
        const STUDY: Wording = Wording::new(
            "l’étude `{ $study }` ne peut être ouverte. `catalyse codebook lint { $study }` en dit plus.",
            "the study `{ $study }` cannot be opened. `catalyse codebook lint { $study }` says more.",
        );
        const LINE: Wording = Wording::new("{ $line }", "{ $line }");
        let details = problems.iter().take(20).map(|problem| {
            let line =
                catalyse_locale::Label::new(problem.say(Language::Fr), problem.say(Language::En));
            LINE.with(Args::new().label("line", &line))
        });
        Self {
            exit: Exit::Usage,
            message: STUDY.with(Args::new().text("study", study)),
            details: details.collect(),
        }
    }
}

impl From<TabulateError> for Failure {
    fn from(error: TabulateError) -> Self {
        Self::new(Exit::Usage, error.message())
    }
}

fn reason(error: &std::io::Error) -> catalyse_locale::Label {
    use std::io::ErrorKind;
    let label = |fr: &str, en: &str| catalyse_locale::Label::new(fr, en);
    match error.kind() {
        ErrorKind::NotFound => label("ce fichier n’existe pas", "there is no such file"),
        ErrorKind::PermissionDenied => label("accès refusé", "access denied"),
        ErrorKind::IsADirectory => {
            label("c’est un dossier et non un fichier", "this is a folder, not a file")
        }
        ErrorKind::NotADirectory => {
            label("c’est un fichier et non un dossier", "this is a file, not a folder")
        }
        ErrorKind::InvalidInput => {
            label("ce n’est pas un fichier ordinaire", "this is no ordinary file")
        }
        ErrorKind::StorageFull => label("le disque est plein", "the disk is full"),
        _ => catalyse_locale::Label::new(
            format!("le système répond « {error} »"),
            format!("the system says \"{error}\""),
        ),
    }
}
