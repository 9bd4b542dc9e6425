//! What stops a request or the server. Bad data is a finding, not an error.

use std::fmt;

use catalyse_locale::{Args, Message, Wording};
use catalyse_store::StoreError;

/// Says what stopped the server or a request. Never a person's value.
#[derive(Debug, thiserror::Error)]
pub enum WebError {
    /// The study cannot be run.
    #[error("the study cannot be run: {0}")]
    Study(String),
    /// The engine stopped.
    #[error("the engine stopped: {0}")]
    Engine(String),
    /// The store stopped.
    #[error("the store")]
    Store(#[from] StoreError),
    /// It may not listen where it was told to.
    #[error("may not listen on {0} without TLS or a stated proxy")]
    Unguarded(std::net::SocketAddr),
    /// The certificate or its key cannot be used.
    #[error("the certificate cannot be used: {0}")]
    Certificate(String),
    /// The port is taken, or the address is not of this machine.
    #[error("cannot listen on {0}: {1}")]
    Address(std::net::SocketAddr, std::io::Error),
    /// The server stopped.
    #[error("the server stopped: {0}")]
    Server(std::io::Error),
    /// Something that was asked for does not exist.
    #[error("no such page")]
    Nowhere,
    /// The request cannot be understood.
    #[error("the request: {0}")]
    Request(&'static str),
}

const STUDY: Wording = Wording::new(
    "l’étude ne peut servir à la saisie : { $reason }",
    "the study cannot be used for entry: { $reason }",
);
const ENGINE: Wording = Wording::new(
    "le moteur de calcul s’est arrêté ({ $reason }). `catalyse codebook lint` aide à trouver pourquoi.",
    "the engine stopped ({ $reason }). `catalyse codebook lint` helps to find out why.",
);
const UNGUARDED: Wording = Wording::new(
    "{ $address } est visible du bureau : il faut un certificat (`--certificate`, `--certificate-key`), ou dire qu’un relais chiffre (`--behind-proxy`) ; et le nom que les autres postes tapent (`--host`).",
    "{ $address } can be seen by the office: a certificate is needed (`--certificate`, `--certificate-key`), or the word that a proxy encrypts (`--behind-proxy`); and the name that other machines type (`--host`).",
);
const CERTIFICATE: Wording = Wording::new(
    "le certificat ne peut servir : { $reason }. Donnez deux fichiers PEM, le certificat et sa clé.",
    "the certificate cannot be used: { $reason }. Give two PEM files, the certificate and its key.",
);
const ADDRESS: Wording = Wording::new(
    "{ $address } ne peut être ouvert : { $reason }. Essayez un autre port avec `--port`.",
    "{ $address } cannot be opened: { $reason }. Try another port with `--port`.",
);
const SERVER: Wording = Wording::new(
    "le serveur s’est arrêté : { $reason }. Relancez-le : rien de ce qui était enregistré n’est perdu.",
    "the server stopped: { $reason }. Start it again: nothing that was saved is lost.",
);
const NOWHERE: Wording = Wording::new(
    "cette page n’existe pas. Revenez à l’accueil.",
    "there is no such page. Go back to the start.",
);
const REQUEST: Wording = Wording::new(
    "la page que vous avez envoyée ne va plus avec ce qui est sur le serveur. Revenez en arrière, rechargez-la et recommencez.",
    "the page that you sent does not fit what is on the server any more. Go back, load it again and start over.",
);

impl WebError {
    /// Makes the error of an engine that stopped.
    pub(crate) fn engine(error: impl fmt::Display) -> Self {
        Self::Engine(error.to_string())
    }

    /// Returns the sentence for people: what, and what to do.
    pub fn message(&self) -> Message {
        let reason =
            |wording: &Wording, reason: String| wording.with(Args::new().text("reason", reason));
        match self {
            Self::Study(text) => reason(&STUDY, text.clone()),
            Self::Engine(text) => reason(&ENGINE, text.clone()),
            Self::Store(error) => error.message(),
            Self::Unguarded(address) => {
                UNGUARDED.with(Args::new().text("address", address.to_string()))
            }
            Self::Certificate(text) => reason(&CERTIFICATE, text.clone()),
            Self::Address(address, error) => ADDRESS.with(
                Args::new().text("address", address.to_string()).text("reason", error.to_string()),
            ),
            Self::Server(error) => reason(&SERVER, error.to_string()),
            Self::Nowhere => NOWHERE.with(Args::new()),
            Self::Request(_) => REQUEST.with(Args::new()),
        }
    }
}
