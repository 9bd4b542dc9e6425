//! Coming in and going out: by name and password, or by a link that works once.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Extension, Form, Path, State};
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use catalyse_locale::Language;
use catalyse_store::{SignedIn, Token};
use serde::Deserialize;

use super::{Page, html};
use crate::guard::{From, LANGUAGE, LASTING, QUESTIONS, SESSION, Visitor, read, set, unset};
use crate::{Site, WebError};

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignIn {
    page: Page,
    study: String,
    problem: String,
    name: String,
}

/// Shows the form.
pub(crate) async fn show(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
) -> Response {
    form(&site, &visitor, (String::new(), String::new()))
}

fn form(site: &Site, visitor: &Visitor, (name, problem): (String, String)) -> Response {
    let page = Page::new(visitor, "/entrer");
    let study = site.codebook().study.title.get(visitor.language).to_owned();
    html(&SignIn { page, study, problem, name })
}

/// Holds what is typed to come in.
#[derive(Deserialize)]
pub(crate) struct Credentials {
    name: String,
    password: String,
}

/// Lets an account in whose password fits.
pub(crate) async fn enter(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    From(address): From,
    Form(typed): Form<Credentials>,
) -> Result<Response, WebError> {
    let t = |fr, en| super::pick(visitor.language, fr, en).to_owned();
    let name = typed.name.trim().to_owned();
    if let Some(wait) = site.limiter.wait(&name, address, site.now()) {
        let problem = t(
            "Trop d’essais. Attendez, puis réessayez. Secondes : ",
            "Too many attempts. Wait, then try again. Seconds: ",
        );
        let problem = format!("{problem}{}", wait.as_secs() + 1);
        return Ok(form(&site, &visitor, (name, problem)));
    }
    let Some(_place) = site.limiter.place().await else {
        let problem = t(
            "Trop de monde entre en même temps. Réessayez dans quelques secondes.",
            "Too many sign in at the same time. Try again in a few seconds.",
        );
        let mut response = form(&site, &visitor, (name, problem));
        *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
        return Ok(response);
    };
    // Noted before the password is looked at: many attempts at once are counted too.
    site.limiter.failed(&name, address, site.now());
    let fits = site.store.sign_in(&name, typed.password).await?;
    if let Some(account) = fits {
        site.limiter.passed(&name, address);
        return begin(&site, &SignedIn { account, given_by: None }).await;
    }
    let problem = t(
        "Ce nom et ce mot de passe ne vont pas ensemble. Vérifiez les majuscules.",
        "This name and this password do not go together. Check the capitals.",
    );
    Ok(form(&site, &visitor, (name, problem)))
}

#[derive(Template)]
#[template(path = "link.html")]
struct Link {
    page: Page,
    study: String,
    token: String,
}

/// Shows the button of a link that works once. Looking at it uses nothing up: programs that look at letters and links do so too.
pub(crate) async fn show_link(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(token): Path<String>,
) -> Response {
    let page = Page::new(&visitor, "/entrer");
    let study = site.codebook().study.title.get(visitor.language).to_owned();
    html(&Link { page, study, token })
}

/// Lets somebody in who has a link that works once.
pub(crate) async fn link(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(token): Path<String>,
) -> Result<Response, WebError> {
    let held = site.store.use_link(&Token::new(&token), site.now()).await?;
    if let Some(signed_in) = held {
        return begin(&site, &signed_in).await;
    }
    let problem = super::pick(
        visitor.language,
        "Ce lien a déjà servi, ou n’est plus valable. Entrez par votre compte, ou relancez le programme.",
        "This link was used already, or is no longer valid. Sign in with your account, or start the program again.",
    );
    Ok(form(&site, &visitor, (String::new(), problem.to_owned())))
}

pub(super) async fn begin(site: &Site, signed_in: &SignedIn) -> Result<Response, WebError> {
    site.store.clear_sessions(site.now()).await?;
    let token = site.store.begin_session_of(signed_in, LASTING, site.now()).await?;
    let cookie = set(SESSION, token.as_str(), site.settings.is_secret());
    Ok((AppendHeaders([(SET_COOKIE, cookie)]), Redirect::to("/")).into_response())
}

/// Ends a session.
pub(crate) async fn leave(
    State(site): State<Arc<Site>>,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    if let Some(token) = read(&headers, SESSION) {
        site.store.end_session(&Token::new(token)).await?;
    }
    let cookie = unset(SESSION);
    Ok((AppendHeaders([(SET_COOKIE, cookie)]), Redirect::to("/entrer")).into_response())
}

/// Holds the language that is asked for: of the pages, or of the questions.
#[derive(Deserialize)]
pub(crate) struct Wanted {
    #[serde(default)]
    lang: String,
    #[serde(default)]
    questions: String,
    /// The page to go back to.
    #[serde(default)]
    back: String,
}

/// Changes the language of the pages, or that of the questions.
pub(crate) async fn language(
    State(site): State<Arc<Site>>,
    Form(wanted): Form<Wanted>,
) -> Response {
    let (name, tag) = match Language::from_tag(&wanted.questions) {
        Some(language) => (QUESTIONS, language.tag()),
        None if wanted.lang == "en" => (LANGUAGE, "en"),
        None => (LANGUAGE, "fr"),
    };
    let cookie = set(name, tag, site.settings.is_secret());
    let back = if wanted.back == "/papier" { "/papier" } else { "/" };
    (AppendHeaders([(SET_COOKIE, cookie)]), Redirect::to(back)).into_response()
}
