//! The pages, one file each, and what all of them share: the frame around them and what is said when something is refused.

pub(crate) mod access;
pub(crate) mod accounts;
pub(crate) mod assets;
pub(crate) mod corrections;
pub(crate) mod decide;
pub(crate) mod entry;
pub(crate) mod episodes;
pub(crate) mod findings;
pub(crate) mod finish;
pub(crate) mod home;
pub(crate) mod kept_back;
pub(crate) mod keystroke;
pub(crate) mod paper;
pub(crate) mod password;
pub(crate) mod quality;
pub(crate) mod report;
pub(crate) mod seconds;
pub(crate) mod sign_in;
pub(crate) mod slips;

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

const fn status_of(error: &WebError) -> StatusCode {
    match error {
        // What was there a moment ago and is gone: a draft that a colleague has just finished.
        WebError::Nowhere | WebError::Store(StoreError::Unknown { .. }) => StatusCode::NOT_FOUND,
        WebError::Request(_) => StatusCode::BAD_REQUEST,
        WebError::Store(StoreError::Moved { .. } | StoreError::Impossible(_)) => {
            StatusCode::CONFLICT
        }
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
