//! `catalyse check`: what is wrong in some files, and where.

mod findings;
mod outputs;

use catalyse_check::Checks;
use catalyse_codebook::{Codebook, Severity};
use catalyse_locale::{Args, Wording};

use crate::cli::CheckArgs;
use crate::failure::{Exit, Failure};
use crate::reading::{self, Keep, Reading};
use crate::terminal::{Terminal, print, print_with};
use crate::{files, study};

/// Runs the command.
pub(crate) fn run(args: &CheckArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let opened = study::open(&args.input.study)?;
    if let Some(name) = &args.explain {
        return explain(&opened.codebook, name, terminal);
    }
    let checks = open_checks(&opened.codebook, &args.input.study)?;
    let reading = reading::read(&checks, &args.input, (Keep::Findings, terminal))?;
    write(args, &opened.codebook, &reading, terminal)?;
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
    const NO_PLACE: Wording = Wording::new(
        "un classeur ne s’écrit pas à l’écran. Ajoutez `--out constats.xlsx`.",
        "a workbook is not written to the screen. Add `--out findings.xlsx`.",
    );
    let output = outputs::ALL.iter().find(|output| output.name() == args.format);
    let shown =
        outputs::Shown { codebook, reading, language: terminal.language, all_places: args.all };
    let Some(output) = output else { return Ok(()) };
    match &args.out {
        Some(path) => files::write_with(path, |out| output.write(&shown, out)),
        None if args.format == "xlsx" => Err(Failure::new(Exit::Usage, NO_PLACE.with(Args::new()))),
        None => {
            print_with(|out| output.write(&shown, out));
            Ok(())
        }
    }
}

fn explain(codebook: &Codebook, name: &str, terminal: &Terminal) -> Result<Exit, Failure> {
    const UNKNOWN: Wording = Wording::new(
        "l’étude n’a pas de contrôle `{ $name }`. `catalyse codebook show` liste les contrôles.",
        "the study has no check `{ $name }`. `catalyse codebook show` lists the checks.",
    );
    let is_check = codebook.checks.iter().any(|check| check.id.as_str() == name);
    let text = is_check.then(|| codebook.show(Some(name), terminal.language)).flatten();
    let unknown = || Failure::new(Exit::Usage, UNKNOWN.with(Args::new().text("name", name)));
    print(&text.ok_or_else(unknown)?);
    Ok(Exit::Clean)
}
