//! What stops a table from being made. All of it is about the specification or the machine, never about a person's record.

use catalyse_locale::{Args, Message, Wording};
use thiserror::Error;

/// Names what stops a table from being made.
#[derive(Debug, Error)]
pub enum TabulateError {
    /// The specification asks for what the study does not have.
    #[error("table `{table}`: {what}")]
    Specification {
        /// The table.
        table: String,
        /// What it asks for.
        what: String,
        /// The same for people.
        message: Box<Message>,
    },
    /// A comparison of waves, but only one has records.
    #[error("table `{table}`: one wave only")]
    OneWave {
        /// The table.
        table: String,
    },
    /// A table counts a repeat form that the delivery has no rows of.
    #[error("table `{table}`: no rows of the repeat form")]
    NoEpisodes {
        /// The table.
        table: String,
    },
    /// The variables of a table are not asked together in any wave that it may take.
    #[error("table `{table}`: not asked in these waves")]
    NotAsked {
        /// The table.
        table: String,
    },
    /// The engine could not evaluate a condition or a column.
    #[error("the engine could not work on the records")]
    Engine(#[from] polars::error::PolarsError),
    /// The delivery holds no record of the main table.
    #[error("no records")]
    NoRecords,
}

impl TabulateError {
    /// Makes the error for a name that the study or the registry does not know.
    pub(crate) fn unknown(table: &str, wording: &Wording, name: &str) -> Self {
        Self::specification(
            table,
            wording.with(Args::new().text("table", table).text("name", name)),
        )
    }

    /// Makes the error of a specification.
    pub(crate) fn specification(table: &str, message: Message) -> Self {
        Self::Specification {
            table: table.to_owned(),
            what: message.say(catalyse_locale::Language::En),
            message: Box::new(message),
        }
    }

    /// Returns the sentence for people.
    pub fn message(&self) -> Message {
        const NOT_ASKED: Wording = Wording::new(
            "tableau `{ $table }` : ses variables ne sont pas posées dans la vague demandée (`since`, `until`). Écrivez une vague où elles le sont toutes : `wave = \"w2\"`.",
            "table `{ $table }`: its variables are not asked in the wave it takes (`since`, `until`). Write a wave in which all of them are: `wave = \"w2\"`.",
        );
        const ENGINE: Wording = Wording::new(
            "un tableau n’a pas pu être calculé. Vérifiez les conditions de l’étude avec `catalyse codebook lint`.",
            "a table could not be computed. Check the study's conditions with `catalyse codebook lint`.",
        );
        const EMPTY: Wording = Wording::new(
            "aucune fiche : les fichiers ne contiennent aucune ligne retenue. Lancez `catalyse check` pour savoir pourquoi.",
            "no records: no row of the files was kept. Run `catalyse check` to learn why.",
        );
        const ONE_WAVE: Wording = Wording::new(
            "tableau `{ $table }` : il faut au moins deux vagues pour montrer un changement. Ajoutez les fichiers d’une autre vague.",
            "table `{ $table }`: a change needs at least two waves. Add the files of another wave.",
        );
        const NO_EPISODES: Wording = Wording::new(
            "tableau `{ $table }` : aucun épisode dans les fichiers. Ajoutez la feuille qui les contient.",
            "table `{ $table }`: no episodes in the files. Add the sheet that holds them.",
        );
        match self {
            Self::OneWave { table } => ONE_WAVE.with(Args::new().text("table", table)),
            Self::NotAsked { table } => NOT_ASKED.with(Args::new().text("table", table)),
            Self::NoEpisodes { table } => NO_EPISODES.with(Args::new().text("table", table)),
            Self::Specification { message, .. } => message.as_ref().clone(),
            Self::Engine(_) => ENGINE.with(Args::new()),
            Self::NoRecords => EMPTY.with(Args::new()),
        }
    }
}
