//! The pages, one file each, and what all of them share: the frame around them and what is said when something is refused.

pub(crate) mod accept;
mod accepted;
pub(crate) mod access;
pub(crate) mod accounts;
pub(crate) mod alike;
pub(crate) mod assets;
pub(crate) mod begin;
mod carried;
pub(crate) mod corrections;
pub(crate) mod decide;
pub(crate) mod drop;
pub(crate) mod edition;
pub(crate) mod entry;
pub(crate) mod episodes;
pub(crate) mod finding_list;
pub(crate) mod findings;
pub(crate) mod finish;
pub(crate) mod home;
mod identities;
pub(crate) mod kept_back;
pub(crate) mod keystroke;
pub(crate) mod paper;
pub(crate) mod password;
pub(crate) mod past;
pub(crate) mod prepare;
pub(crate) mod quality;
pub(crate) mod reasons;
pub(crate) mod report;
pub(crate) mod resume;
pub(crate) mod seconds;
pub(crate) mod section;
pub(crate) mod sign_in;
mod since;
pub(crate) mod slips;
pub(crate) mod unanswered;
mod waiting;

use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use catalyse_locale::Language;
use catalyse_store::StoreError;

use crate::WebError;
use crate::guard::Visitor;
use crate::routes::menu;

/// Holds the frame around a page.
pub(crate) struct Page {
    pub(crate) language: Language,
    /// Who is signed in; empty for nobody.
    pub(crate) who: String,
    /// The address of the page in the menu.
    pub(crate) here: &'static str,
    /// The menu: addresses and words.
    pub(crate) links: Vec<(&'static str, &'static str)>,
}

impl Page {
    /// Makes the frame of a page for a visitor.
    pub(crate) fn new(visitor: &Visitor, here: &'static str) -> Self {
        let language = visitor.language;
        let who = visitor
            .account
            .as_ref()
            .map(|account| format!("{} ({})", account.name, account.role.label().get(language)));
        Self {
            language,
            who: who.unwrap_or_default(),
            here,
            links: visitor.role().map(|role| menu(role, language)).unwrap_or_default(),
        }
    }

    fn nobody(language: Language) -> Self {
        Self { language, who: String::new(), here: "", links: Vec::new() }
    }

    /// Returns the words in the language of the page.
    pub(crate) fn t<'w>(&self, fr: &'w str, en: &'w str) -> &'w str {
        pick(self.language, fr, en)
    }

    /// Returns the tag of the language.
    pub(crate) fn tag(&self) -> &'static str {
        self.language.tag()
    }
}

/// Returns the words in a language; French where a language has none of its own here.
pub(crate) const fn pick<'w>(language: Language, fr: &'w str, en: &'w str) -> &'w str {
    match language {
        Language::Fr => fr,
        Language::En | Language::Nl | Language::De => en,
    }
}

/// Says who did something as a line of the journal has it: a command that names no account has the machine's user in brackets.
pub(crate) fn signed(who: &str, language: Language) -> String {
    let Some(login) = who.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) else {
        return who.to_owned();
    };
    let words = pick(language, "ligne de commande", "command line");
    if matches!(login, "" | "?") { words.to_owned() } else { format!("{words} ({login})") }
}

/// Writes a page.
pub(crate) fn html(template: &impl Template) -> Response {
    match template.render() {
        Ok(text) => Html(text).into_response(),
        Err(error) => WebError::Engine(error.to_string()).into_response(),
    }
}

/// Says why a request gets no answer of its own.
pub(crate) enum Refusal<'e> {
    /// The account may not come here.
    Forbidden,
    /// Nobody is signed in any more.
    SignedOut,
    /// There is no such thing, or none of the own centre.
    Absent,
    /// It would show the first entry of a form to whoever is keying it a second time.
    Blind,
    /// It was refused before any page was reached.
    Status(StatusCode),
    /// Something broke.
    Failed(&'e WebError),
}

#[derive(Template)]
#[template(path = "notice.html")]
struct Notice {
    page: Page,
    title: &'static str,
    text: String,
    href: &'static str,
    link: &'static str,
}

/// Writes the page of a refusal.
pub(crate) fn refuse(language: Language, refusal: &Refusal<'_>) -> Response {
    let t = |fr, en| pick(language, fr, en);
    let home = ("/", t("Accueil", "Start"));
    let (status, title, text, (href, link)) = match refusal {
        Refusal::Forbidden => (
            StatusCode::FORBIDDEN,
            t("Page réservée", "Not for this account"),
            t(
                "Votre compte ne donne pas accès à cette page. La personne qui gère les comptes peut en ouvrir un autre.",
                "Your account does not open this page. Whoever keeps the accounts can open another one.",
            )
            .to_owned(),
            home,
        ),
        Refusal::SignedOut => (
            StatusCode::UNAUTHORIZED,
            t("Séance terminée", "The session has ended"),
            t(
                "Rien de ce qui était enregistré n’est perdu. Entrez de nouveau pour continuer.",
                "Nothing that was saved is lost. Sign in again to go on.",
            )
            .to_owned(),
            ("/entrer", t("Entrer", "Sign in")),
        ),
        Refusal::Absent => (
            StatusCode::NOT_FOUND,
            t("Rien ici", "Nothing here"),
            t(
                "Cette fiche n’existe pas, ou n’est pas de votre centre.",
                "This record does not exist, or is not of your centre.",
            )
            .to_owned(),
            home,
        ),
        Refusal::Blind => (
            StatusCode::FORBIDDEN,
            t("Seconde saisie en cours", "A second entry is under way"),
            t(
                "Vous saisissez une fiche de cette personne une seconde fois, sans voir la première saisie. Terminez ou jetez votre seconde saisie : elle est à l’accueil, sous « En cours ». La fiche se lit ensuite.",
                "You are typing a form of this person a second time without seeing the first entry. Finish your second entry or throw it away: it is on the start, under “Under way”. The record can be read afterwards.",
            )
            .to_owned(),
            home,
        ),
        Refusal::Status(status) => {
            (*status, t("Refusé", "Refused"), said_of(*status, language).to_owned(), home)
        }
        Refusal::Failed(error) => (
            status_of(error),
            t("Cela n’a pas marché", "That did not work"),
            error.message().say(language),
            home,
        ),
    };
    let page = Page::nobody(language);
    let mut response = html(&Notice { page, title, text, href, link });
    *response.status_mut() = status;
    response
}

/// Says what a refusal is about that no page has words for.
fn said_of(status: StatusCode, language: Language) -> &'static str {
    let (fr, en) = match status {
        StatusCode::MISDIRECTED_REQUEST => (
            "Ce serveur ne répond pas sous ce nom. Ouvrez-le à l’adresse que la personne qui le tient vous a donnée ; elle peut ajouter ce nom avec `--host`.",
            "This server does not answer by this name. Open it at the address that its keeper gave you; the keeper can add this name with `--host`.",
        ),
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => (
            "Cette page n’existe pas. Vérifiez l’adresse, ou revenez à l’accueil.",
            "There is no such page. Check the address, or go back to the start.",
        ),
        StatusCode::PAYLOAD_TOO_LARGE => (
            "C’est trop long pour être enregistré. Raccourcissez la réponse, puis réessayez.",
            "This is too long to be saved. Shorten the answer, then try again.",
        ),
        StatusCode::FORBIDDEN => (
            "Cette demande vient d’un autre site. Revenez à l’accueil et recommencez d’ici.",
            "This request comes from another site. Go back to the start and try again from here.",
        ),
        _ => (
            "La demande n’a pas été comprise. Revenez en arrière, vérifiez ce qui est rempli, puis réessayez.",
            "The request was not understood. Go back, check what is filled in, then try again.",
        ),
    };
    pick(language, fr, en)
}

const fn status_of(error: &WebError) -> StatusCode {
    match error {
        // What was there a moment ago and is gone: a draft that a colleague has just finished.
        WebError::Nowhere | WebError::Store(StoreError::Unknown { .. }) => StatusCode::NOT_FOUND,
        WebError::Request(_) => StatusCode::BAD_REQUEST,
        WebError::Store(
            StoreError::Moved { .. } | StoreError::MovedBeside | StoreError::Impossible(_),
        ) => StatusCode::CONFLICT,
        WebError::Store(_)
        | WebError::Study(_)
        | WebError::Engine(_)
        | WebError::Unguarded(_)
        | WebError::Certificate(_)
        | WebError::Address(..)
        | WebError::Server(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// Carries an error to where the visitor's language is known.
#[derive(Clone)]
pub(crate) struct Failed(pub(crate) std::sync::Arc<WebError>);

impl IntoResponse for WebError {
    fn into_response(self) -> Response {
        let mut response = status_of(&self).into_response();
        response.extensions_mut().insert(Failed(std::sync::Arc::new(self)));
        response
    }
}
