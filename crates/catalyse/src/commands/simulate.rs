//! `catalyse simulate`: invented persons for a study, as partners would send them.

use catalyse_locale::{Args, Label, Language, Wording};
use catalyse_simulate::{Hints, Options, SimulateError, simulate};

use crate::cli::SimulateArgs;
use crate::failure::{Exit, Failure};
use crate::terminal::Terminal;
use crate::{files, study};

/// Makes the failure of a study or hints that no persons can be invented from.
fn failure(error: &SimulateError) -> Failure {
    const FAILED: Wording = Wording::new(
        "aucune fiche n’a été inventée : { $reason }",
        "no records were invented: { $reason }",
    );
    let reason = error.message();
    let reason = Label::new(reason.say(Language::Fr), reason.say(Language::En));
    Failure::new(Exit::Usage, FAILED.with(Args::new().label("reason", &reason)))
}

/// Runs the command.
pub(crate) fn run(args: &SimulateArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    const DONE: Wording = Wording::new(
        "{ $n -> [one] { $n } fichier écrit *[other] { $n } fichiers écrits } dans { $folder }. Toutes les personnes sont inventées.",
        "{ $n -> [one] { $n } file *[other] { $n } files } written to { $folder }. All persons are invented.",
    );
    const FILLED: Wording = Wording::new(
        "{ $folder } existe déjà et n’est pas vide. Choisissez un autre dossier : des livraisons pourraient y être remplacées.",
        "{ $folder } exists already and is not empty. Choose another folder: deliveries could be replaced in it.",
    );
    let opened = study::open(&args.study)?;
    files::may_write(&args.out)?;
    if files::is_filled(&args.out) {
        let args = Args::new().text("folder", args.out.display().to_string());
        return Err(Failure::new(Exit::Usage, FILLED.with(args)));
    }
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
