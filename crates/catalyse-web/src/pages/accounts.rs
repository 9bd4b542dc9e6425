//! Accounts: who may come in.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Extension, Form, State};
use axum::http::HeaderMap;
use axum::http::header::HOST;
use axum::response::{IntoResponse, Redirect, Response};
use catalyse_codebook::PartnerId;
use catalyse_locale::Language;
use catalyse_store::{Account, AccountId, NewAccount, Role, StoreError};
use jiff::SignedDuration;
use serde::Deserialize;

use super::{Page, html};
use crate::guard::Visitor;
use crate::{Site, WebError};

#[derive(Template)]
#[template(path = "accounts.html")]
struct AccountsPage {
    page: Page,
    accounts: Vec<Line>,
    roles: Vec<(&'static str, String)>,
    partners: Vec<(String, String)>,
    problem: String,
    /// A link that signs somebody in once: whose, and where.
    link: Option<(String, String)>,
}

struct Line {
    id: i64,
    name: String,
    role: String,
    partner: String,
    is_open: bool,
}

fn line(site: &Site, account: &Account, language: Language) -> Line {
    let partners = &site.codebook().study.partners;
    let partner = partners.iter().find(|known| Some(&known.id) == account.partner.as_ref());
    Line {
        id: account.id.0,
        name: account.name.clone(),
        role: account.role.label().get(language).to_owned(),
        partner: partner.map(|one| one.label.get(language).to_owned()).unwrap_or_default(),
        is_open: account.is_open,
    }
}

/// Lists the accounts.
pub(crate) async fn list(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
) -> Result<Response, WebError> {
    page(&site, &visitor, (String::new(), None)).await
}

async fn page(
    site: &Site,
    visitor: &Visitor,
    (problem, link): (String, Option<(String, String)>),
) -> Result<Response, WebError> {
    let language = visitor.language;
    let accounts = site.store.accounts().await?;
    let partners = site.codebook().study.partners.iter();
    Ok(html(&AccountsPage {
        page: Page::new(visitor, "/comptes"),
        accounts: accounts.iter().map(|account| line(site, account, language)).collect(),
        roles: Role::ALL
            .iter()
            .map(|role| (role.name(), role.label().get(language).to_owned()))
            .collect(),
        partners: partners
            .map(|one| (one.id.to_string(), one.label.get(language).to_owned()))
            .collect(),
        problem,
        link,
    }))
}

/// Holds an account that is to be.
#[derive(Deserialize)]
pub(crate) struct Wanted {
    name: String,
    role: String,
    #[serde(default)]
    partner: String,
    #[serde(default)]
    password: String,
}

/// Adds an account.
pub(crate) async fn add(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Form(wanted): Form<Wanted>,
) -> Result<Response, WebError> {
    let role = Role::from_name(&wanted.role).ok_or(WebError::Request("role"))?;
    let partners = &site.codebook().study.partners;
    let partner: Option<PartnerId> =
        partners.iter().map(|one| &one.id).find(|id| id.as_str() == wanted.partner).cloned();
    let new = NewAccount {
        name: wanted.name.trim().to_owned(),
        role,
        partner: partner.filter(|_| role.has_partner()),
        password: Some(wanted.password).filter(|password| !password.is_empty()),
    };
    match site.store.add_account(new, &visitor.author(&site)).await {
        Ok(_) => Ok(Redirect::to("/comptes").into_response()),
        Err(error @ (StoreError::Taken { .. } | StoreError::Impossible(_))) => {
            page(&site, &visitor, (error.message().say(visitor.language), None)).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Names an account.
#[derive(Deserialize)]
pub(crate) struct Named {
    account: i64,
}

/// Closes an account.
pub(crate) async fn close(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Form(named): Form<Named>,
) -> Result<Response, WebError> {
    let closed = site.store.close_account(AccountId(named.account), &visitor.author(&site)).await;
    told(&site, &visitor, closed).await
}

/// Opens a closed account again.
pub(crate) async fn reopen(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Form(named): Form<Named>,
) -> Result<Response, WebError> {
    let opened = site.store.reopen_account(AccountId(named.account), &visitor.author(&site)).await;
    told(&site, &visitor, opened).await
}

/// Goes back to the list, or shows it with what stood in the way.
async fn told(
    site: &Site,
    visitor: &Visitor,
    done: Result<(), StoreError>,
) -> Result<Response, WebError> {
    match done {
        Ok(()) => Ok(Redirect::to("/comptes").into_response()),
        Err(error @ StoreError::Impossible(_)) => {
            page(site, visitor, (error.message().say(visitor.language), None)).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Makes a link that signs an account in once.
pub(crate) async fn link(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    headers: HeaderMap,
    Form(named): Form<Named>,
) -> Result<Response, WebError> {
    let accounts = site.store.accounts().await?;
    let account = accounts.into_iter().find(|account| account.id.0 == named.account);
    let account = account.filter(|account| account.is_open).ok_or(WebError::Nowhere)?;
    let day = SignedDuration::from_hours(24);
    let author = visitor.author(&site);
    let token = site.store.give_link(account.id, day, &author).await?;
    let scheme = if site.settings.is_secret() { "https" } else { "http" };
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let link = (account.name, format!("{scheme}://{host}/lien/{}", token.as_str()));
    page(&site, &visitor, (String::new(), Some(link))).await
}
