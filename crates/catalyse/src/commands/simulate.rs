//! `catalyse simulate`: invented persons for a study, as partners would send them.

use catalyse_locale::{Args, Wording};
use catalyse_simulate::{Hints, Options, simulate};

use crate::cli::SimulateArgs;
use crate::failure::{Exit, Failure};
use crate::terminal::Terminal;
use crate::{files, study};

/// Runs the command.
pub fn run(args: &SimulateArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    const DONE: Wording = Wording::new(
        "{ $n -> [one] { $n } fichier écrit *[other] { $n } fichiers écrits } dans { $folder }. Toutes les personnes sont inventées.",
        "{ $n -> [one] { $n } file *[other] { $n } files } written to { $folder }. All persons are invented.",
    );
    let opened = study::open(&args.study)?;
    let hints = opened.files.get(&format!("{}/simulation.toml", opened.name)).unwrap_or_default();
    let hints = Hints::parse(hints).map_err(|error| Failure::new(Exit::Usage, error.message()))?;
    let options = Options {
        n_persons: args.persons,
        n_waves: args.waves,
        seed: args.seed,
        faults: args.faults,
    };
    let simulated = simulate(&opened.codebook, &hints, &options);
    let simulated = simulated.map_err(|error| Failure::new(Exit::Usage, error.message()))?;
    for file in &simulated.files {
        files::write(&args.out.join(&file.path), &file.bytes)?;
    }
    let args = Args::new()
        .count("n", simulated.files.len() as u64)
        .text("folder", args.out.display().to_string());
    terminal.say(&DONE, &args);
    Ok(Exit::Clean)
}
