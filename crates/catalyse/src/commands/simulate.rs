//! `catalyse simulate`: invented persons for a study, as partners would send them.

use catalyse_locale::{Args, Wording};
use catalyse_simulate::{Hints, Options, SimulateError, simulate};

use crate::cli::SimulateArgs;
use crate::failure::{Exit, Failure};
use crate::terminal::Terminal;
use crate::{files, study};

/// Makes the failure of a study or hints that no persons can be invented from.
fn failure(error: &SimulateError) -> Failure {
    const FAILED: Wording = Wording::new(
        "aucune fiche n’a pu être inventée ({ $reason }). Vérifiez l’étude avec `catalyse codebook lint`, et simulation.toml.",
        "no records could be invented ({ $reason }). Check the study with `catalyse codebook lint`, and simulation.toml.",
    );
    Failure::new(Exit::Usage, FAILED.with(Args::new().text("reason", error.to_string())))
}

/// Runs the command.
pub(crate) fn run(args: &SimulateArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    const DONE: Wording = Wording::new(
        "{ $n -> [one] { $n } fichier écrit *[other] { $n } fichiers écrits } dans { $folder }. Toutes les personnes sont inventées.",
        "{ $n -> [one] { $n } file *[other] { $n } files } written to { $folder }. All persons are invented.",
    );
    let opened = study::open(&args.study)?;
    let hints = opened.files.get(&format!("{}/simulation.toml", opened.name)).unwrap_or_default();
    let hints = Hints::parse(hints).map_err(|error| failure(&error))?;
    let options = Options {
        n_persons: args.persons as usize,
        n_waves: args.waves.map_or(opened.codebook.study.waves.len(), |waves| waves as usize),
        seed: args.seed,
        faults: args.faults,
    };
    let simulated = simulate(&opened.codebook, &hints, &options);
    let simulated = simulated.map_err(|error| failure(&error))?;
    for file in &simulated.files {
        files::write(&args.out.join(&file.path), &file.bytes)?;
    }
    let args = Args::new()
        .count("n", simulated.files.len() as u64)
        .text("folder", args.out.display().to_string());
    terminal.say(&DONE, &args);
    Ok(Exit::Clean)
}
