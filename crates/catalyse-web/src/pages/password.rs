//! Changing the own password. All other sessions of the account end with it.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Extension, Form, State};
use axum::response::Response;
use catalyse_store::{SignedIn, StoreError};
use serde::Deserialize;

use super::sign_in::begin;
use super::{Page, html, pick};
use crate::guard::Visitor;
use crate::{Site, WebError};

#[derive(Template)]
#[template(path = "password.html")]
struct Password {
    page: Page,
    /// Whether there is one to be given first.
    asks_old: bool,
    problem: String,
}

/// Shows the form.
pub(crate) async fn show(Extension(visitor): Extension<Visitor>) -> Response {
    form(&visitor, String::new())
}

fn form(visitor: &Visitor, problem: String) -> Response {
    let asks_old = visitor.account.as_ref().is_some_and(|account| account.has_password);
    html(&Password { page: Page::new(visitor, "/mot-de-passe"), asks_old, problem })
}

/// Holds what is typed.
#[derive(Deserialize)]
pub(crate) struct Change {
    #[serde(default)]
    old: String,
    new: String,
    again: String,
}

/// Changes the password, and begins a session anew.
pub(crate) async fn change(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Form(change): Form<Change>,
) -> Result<Response, WebError> {
    let Some(account) = &visitor.account else { return Err(WebError::Nowhere) };
    let t = |fr, en| pick(visitor.language, fr, en).to_owned();
    if change.new != change.again {
        let problem = t(
            "Les deux nouveaux mots de passe diffèrent. Tapez deux fois le même.",
            "The two new passwords differ. Type the same twice.",
        );
        return Ok(form(&visitor, problem));
    }
    if account.has_password {
        if let Some(wait) = site.limiter.wait(&account.name, None, site.now()) {
            let words =
                t("Trop d’essais. Secondes à attendre :", "Too many attempts. Seconds to wait:");
            return Ok(form(&visitor, format!("{words} {}", wait.as_secs() + 1)));
        }
        site.limiter.failed(&account.name, None, site.now());
        let Some(_place) = site.limiter.place().await else {
            let problem = t(
                "Trop de monde entre en même temps. Réessayez dans quelques secondes.",
                "Too many sign in at the same time. Try again in a few seconds.",
            );
            return Ok(form(&visitor, problem));
        };
        if site.store.sign_in(&account.name, change.old).await?.is_none() {
            let problem = t(
                "L’ancien mot de passe n’est pas celui-là. Vérifiez les majuscules.",
                "That is not the old password. Check the capitals.",
            );
            return Ok(form(&visitor, problem));
        }
        site.limiter.passed(&account.name, None);
    }
    match site.store.set_password(account.id, change.new, &visitor.author(&site)).await {
        Ok(()) => {
            let (account, given_by) = (account.clone(), visitor.given_by.clone());
            begin(&site, &SignedIn { account, given_by }).await
        }
        Err(error @ StoreError::Impossible(_)) => {
            Ok(form(&visitor, error.message().say(visitor.language)))
        }
        Err(error) => Err(error.into()),
    }
}
