//! The list of those who see data concerning health, for printing, as Belgian law asks (Act of 30 July 2018, art. 9): accounts with their
//! role, and why the study shows these answers to that role.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Extension, State};
use axum::response::Response;
use catalyse_codebook::{Form, Sensitivity};
use catalyse_store::Account;

use super::{Page, html};
use crate::guard::Visitor;
use crate::{Site, WebError, clock};

#[derive(Template)]
#[template(path = "access.html")]
struct AccessPage {
    page: Page,
    study: String,
    /// The day it is made, as `22/11/2026`.
    day: String,
    kinds: Vec<Kind>,
}

/// One sensitivity that the study keeps to some roles.
struct Kind {
    title: &'static str,
    roles: Vec<Listed>,
    /// The labels of its variables.
    variables: Vec<String>,
}

/// A role with the reason why it sees them, and the accounts that have it, each with its centre.
struct Listed {
    role: String,
    reason: String,
    accounts: Vec<(String, String)>,
}

/// Shows the list.
pub(crate) async fn show(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
) -> Result<Response, WebError> {
    let accounts = site.store.accounts().await?;
    // Whoever belongs to a centre lists the accounts of it.
    let own = |account: &Account| {
        visitor.partner().is_none() || account.partner.as_ref() == visitor.partner()
    };
    let open: Vec<Account> =
        accounts.into_iter().filter(|account| account.is_open && own(account)).collect();
    let page = Page::new(&visitor, "/acces-sante");
    let kinds = [
        (Sensitivity::Health, page.t("Données de santé", "Health data")),
        (Sensitivity::Sensitive, page.t("Données délicates", "Sensitive data")),
    ];
    let codebook = site.codebook();
    let kept = kinds.into_iter().filter(|(one, _)| codebook.is_kept_to_some(*one));
    let kinds = kept.map(|(one, title)| kind(&site, &visitor, (one, title), &open)).collect();
    Ok(html(&AccessPage {
        study: codebook.study.title.get(visitor.language).to_owned(),
        day: clock::day_of(site.now()).strftime("%d/%m/%Y").to_string(),
        kinds,
        page,
    }))
}

fn kind(
    site: &Site,
    visitor: &Visitor,
    (sensitivity, title): (Sensitivity, &'static str),
    accounts: &[Account],
) -> Kind {
    let (codebook, language) = (site.codebook(), visitor.language);
    let centre = |account: &Account| {
        let mut known = codebook.study.partners.iter();
        let partner = known.find(|one| Some(&one.id) == account.partner.as_ref());
        partner.map(|one| one.label.get(language).to_owned()).unwrap_or_default()
    };
    let listed = codebook.study.access.iter().filter(|line| line.to == sensitivity);
    let roles = listed.map(|line| {
        let holders = accounts.iter().filter(|account| account.role == line.role);
        let holders = holders.map(|account| (account.name.clone(), centre(account)));
        Listed {
            role: line.role.label().get(language).to_owned(),
            reason: line.reason.get(language).to_owned(),
            accounts: holders.collect(),
        }
    });
    let variables = codebook.forms.iter().flat_map(Form::variables);
    let variables = variables.filter(|variable| variable.sensitivity == sensitivity);
    Kind {
        title,
        roles: roles.collect(),
        variables: variables.map(|one| one.label.get(language).to_owned()).collect(),
    }
}
