//! What keeps persons from being invented.

use catalyse_codebook::{CheckId, Problem};
use catalyse_locale::{Args, Label, Language, Message, Wording};
use catalyse_records::EngineError;
use thiserror::Error;

const HINTS: Wording = Wording::new(
    "simulation.toml, ligne { $line } : une clé inconnue, ou une valeur d’un autre genre { $word }. La corriger",
    "simulation.toml, line { $line }: an unknown key, or a value of another kind { $word }. Correct it",
);
const UNKNOWN_NAME: Wording = Wording::new(
    "simulation.toml parle de « { $name } », que l’étude n’a pas. Corriger ce nom, ou l’enlever",
    "simulation.toml speaks of `{ $name }`, which the study does not have. Correct the name, or remove it",
);
const TOO_MANY_WAVES: Wording = Wording::new(
    "{ $asked -> [one] { $asked } vague est demandée *[other] { $asked } vagues sont demandées }, l’étude en a { $known }. En demander moins, ou ajouter des vagues à study.toml",
    "{ $asked -> [one] { $asked } wave is *[other] { $asked } waves are } asked for, the study has { $known }. Ask for fewer, or add waves to study.toml",
);
const WAVE_DAYS: Wording = Wording::new(
    "aucun jour ouvrable dans la vague « { $wave } ». Vérifier ses dates dans study.toml",
    "no working day in wave `{ $wave }`. Check its dates in study.toml",
);
const CHECKS: Wording = Wording::new(
    "les contrôles de l’étude ont des fautes. `catalyse codebook lint` les montre",
    "the checks of the study have problems. `catalyse codebook lint` shows them",
);
const CONDITION: Wording = Wording::new(
    "la condition « { $text } » ne se calcule pas : { $reason }. La corriger dans simulation.toml ou dans l’étude",
    "the condition `{ $text }` cannot be worked out: { $reason }. Correct it in simulation.toml or in the study",
);
const STUBBORN: Wording = Wording::new(
    "le contrôle « { $check } » reste enfreint, quel que soit le nombre de tirages ({ $n -> [one] { $n } fiche *[other] { $n } fiches }). Dans simulation.toml, donner à ses variables des réponses qui le respectent",
    "the check `{ $check }` stays violated however often answers are drawn ({ $n -> [one] { $n } record *[other] { $n } records }). In simulation.toml, give its variables answers that satisfy it",
);
const ENTANGLED: Wording = Wording::new(
    "des fautes plantées se gênent au contrôle « { $check } ». Prendre une autre graine (--seed) ou plus de personnes (--persons)",
    "planted faults disturb each other at the check `{ $check }`. Take another seed (--seed) or more persons (--persons)",
);
const DEFECT: Wording = Wording::new(
    "le programme n’a pas pu écrire ces fiches ({ $reason }). `catalyse codebook lint` aide à trouver pourquoi",
    "the program could not write these records ({ $reason }). `catalyse codebook lint` helps to find out why",
);

/// Says why no data could be made.
#[derive(Debug, Error)]
pub enum SimulateError {
    /// The hints are no TOML of the expected shape.
    #[error("hints for the simulation, line {line}")]
    Hints {
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        #[source]
        source: toml::de::Error,
    },
    /// The hints name what the study does not have.
    #[error("hints for the simulation: `{0}` is not in the study")]
    UnknownName(String),
    /// The study has fewer waves than asked for.
    #[error("{asked} waves are asked for, the study has {known}")]
    TooManyWaves {
        /// How many are asked for.
        asked: usize,
        /// How many the study has.
        known: usize,
    },
    /// A date of the study cannot be read.
    #[error("wave `{0}` of the study: its days cannot be read, or none is a working day")]
    WaveDays(String),
    /// The checks of the study cannot be opened.
    #[error("{}", .0.iter().map(|problem| problem.say(Language::En)).collect::<Vec<_>>().join("\n"))]
    Checks(Vec<Problem>),
    /// A condition cannot be worked out.
    #[error("condition `{text}`: {}", .reason.get(Language::En))]
    Condition {
        /// The condition.
        text: String,
        /// Why.
        reason: Label,
    },
    /// Rows break a check however often they are drawn.
    #[error(
        "{n_rows} invented rows break the check `{check}` however often they are drawn again; give hints for its variables"
    )]
    Stubborn {
        /// The check.
        check: CheckId,
        /// How many rows.
        n_rows: usize,
    },
    /// Faults planted in different records disturb each other.
    #[error(
        "planted faults disturb each other at the check `{check}`; take another seed or more persons"
    )]
    Entangled {
        /// The check that shows too much or nothing.
        check: CheckId,
    },
    /// The engine refuses.
    #[error("engine")]
    Engine(#[from] EngineError),
    /// A workbook cannot be packed.
    #[error("workbook")]
    Workbook(#[from] zip::result::ZipError),
    /// A buffer cannot be written.
    #[error("buffer")]
    Buffer(#[from] std::io::Error),
}

impl SimulateError {
    /// Returns the sentence for people: what keeps persons from being invented, and what to do.
    pub fn message(&self) -> Message {
        let args = Args::new();
        match self {
            Self::Hints { line, source } => {
                // Of the library's English only the literal is shown: the key or value that it names.
                let word = source.message().split('`').nth(1);
                let word = word.map_or_else(String::new, |word| format!("(`{word}`)"));
                HINTS.with(args.count("line", *line).text("word", word))
            }
            Self::UnknownName(name) => UNKNOWN_NAME.with(args.text("name", name)),
            Self::TooManyWaves { asked, known } => {
                TOO_MANY_WAVES.with(args.count("asked", *asked).count("known", *known))
            }
            Self::WaveDays(wave) => WAVE_DAYS.with(args.text("wave", wave)),
            Self::Checks(_) => CHECKS.with(args),
            Self::Condition { text, reason } => {
                CONDITION.with(args.text("text", text).label("reason", reason))
            }
            Self::Stubborn { check, n_rows } => {
                STUBBORN.with(args.text("check", check.as_str()).count("n", *n_rows))
            }
            Self::Entangled { check } => ENTANGLED.with(args.text("check", check.as_str())),
            Self::Engine(_) | Self::Workbook(_) | Self::Buffer(_) => {
                DEFECT.with(args.text("reason", self.to_string()))
            }
        }
    }
}
