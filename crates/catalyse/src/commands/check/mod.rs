//! `catalyse check`: what is wrong in some files, and where.

mod findings;
pub(crate) mod outputs;
mod stored;

use std::path::PathBuf;

use catalyse_check::Checks;
use catalyse_codebook::{CheckSpec, Codebook, Severity, nearest};
use catalyse_locale::{Args, Wording};

use crate::cli::CheckArgs;
use crate::failure::{Exit, Failure};
use crate::fence::Fence;
use crate::reading::{self, Keep, Reading};
use crate::terminal::{Terminal, print, print_with};
use crate::{files, study};

/// Runs the command.
pub(crate) fn run(args: &CheckArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    if let Some(name) = &args.explain {
        let opened = study::open(args.input.study())?;
        let checks = open_checks(&opened.codebook, args.input.study())?;
        return explain((&opened.codebook, &checks), name, terminal);
    }
    if args.store.place.store.is_some() {
        return stored::run(args, terminal);
    }
    // What is wrong with the study is told before what is wrong with the files.
    let early = Fence::early(&args.input);
    let opened = study::open(args.input.study())?;
    let checks = open_checks(&opened.codebook, args.input.study())?;
    let input = opened.settled(&args.input)?;
    look_at_output(args)?;
    let fence = early.unwrap_or_else(|| Fence::new(&input));
    let reading = reading::read(&checks, (&input, fence), (Keep::Findings, terminal))?;
    finish(args, (&opened.codebook, &reading), terminal)
}

/// Writes the findings, and says how the command ends.
fn finish(
    args: &CheckArgs,
    (codebook, reading): (&Codebook, &Reading),
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    write(args, codebook, reading, terminal)?;
    let asked = match args.fail_on.as_str() {
        "hard" => vec![Severity::Hard],
        "info" => vec![Severity::Hard, Severity::Soft, Severity::Info],
        _ => vec![Severity::Hard, Severity::Soft],
    };
    if reading.has_unreadable_file() {
        return Ok(Exit::Unreadable);
    }
    let has_findings = asked.into_iter().any(|severity| reading.findings.count(severity) > 0);
    Ok(if has_findings { Exit::Findings } else { Exit::Clean })
}

/// Looks, before anything is read, whether the result has a place, and that this place is none of the deliveries.
fn look_at_output(args: &CheckArgs) -> Result<(), Failure> {
    const NO_PLACE: Wording = Wording::new(
        "un fichier { $ending } ne s’écrit pas à l’écran. Ajoutez `--out constats.{ $ending }`.",
        "a file of { $ending } is not written to the screen. Add `--out findings.{ $ending }`.",
    );
    const DELIVERY: Wording = Wording::new(
        "{ $path } est un des fichiers à lire, et serait remplacé par le résultat. Donnez un autre nom à `--out`.",
        "{ $path } is one of the files to read, and the result would replace it. Give `--out` another name.",
    );
    let Some(out) = &args.out else {
        return match outputs::by_name(&args.format) {
            Some(output) if !output.is_text() => {
                let name = Args::new().text("ending", output.name());
                Err(Failure::new(Exit::Usage, NO_PLACE.with(name)))
            }
            _ => Ok(()),
        };
    };
    let own = out.canonicalize().ok();
    let is_delivery = |path: &PathBuf| own.is_some() && path.canonicalize().ok() == own;
    if !out.is_dir() && args.input.files.iter().any(is_delivery) {
        let args = Args::new().text("path", out.display().to_string());
        return Err(Failure::new(Exit::Usage, DELIVERY.with(args)));
    }
    if out.is_dir() {
        return Err(Failure::output(out, &std::io::ErrorKind::IsADirectory.into()));
    }
    files::may_write(out.parent().unwrap_or(out))
}

/// Opens the checks of a study.
pub(crate) fn open_checks(codebook: &Codebook, study: &str) -> Result<Checks, Failure> {
    Checks::open(codebook)
        .map_err(|problems| Failure::study(study, &problems.into_iter().collect()))
}

fn write(
    args: &CheckArgs,
    codebook: &Codebook,
    reading: &Reading,
    terminal: &Terminal,
) -> Result<(), Failure> {
    let output = outputs::by_name(&args.format);
    let shown =
        outputs::Shown { codebook, reading, language: terminal.language, all_places: args.all };
    let Some(output) = output else { return Ok(()) };
    match &args.out {
        Some(path) => files::write_with(path, |out| output.write(&shown, out)),
        None => print_with(|out| output.write(&shown, out)),
    }
}

fn explain(
    (codebook, checks): (&Codebook, &Checks),
    name: &str,
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    const UNKNOWN: Wording = Wording::new(
        "l’étude n’a pas de contrôle `{ $name }`. `catalyse codebook show` liste les contrôles.",
        "the study has no check `{ $name }`. `catalyse codebook show` lists the checks.",
    );
    if let Some(explained) = catalyse_intake::explain(name) {
        print(&format!("{} — {}\n", explained.name, explained.what.get(terminal.language)))?;
        return Ok(Exit::Clean);
    }
    let known = || codebook.checks.iter().map(|check| check.id.as_str());
    let sentence = |check: &CheckSpec| checks.message(&check.id).cloned();
    let text = known()
        .any(|id| id == name)
        .then(|| codebook.show(Some(name), terminal.language, &sentence))
        .flatten();
    let of_reading: Vec<String> = catalyse_intake::explained().map(|one| one.name).collect();
    let names = known().chain(of_reading.iter().map(String::as_str));
    let unknown = || Failure {
        details: nearest(name, names).into_iter().collect(),
        ..Failure::new(Exit::Usage, UNKNOWN.with(Args::new().text("name", name)))
    };
    print(&text.ok_or_else(unknown)?)?;
    Ok(Exit::Clean)
}
