//! The routes: one table. A route that is not in it does not exist, and none gets by without its rule.

use std::sync::Arc;

use axum::extract::DefaultBodyLimit;
use axum::routing::{MethodRouter, get, post};
use axum::{Router, middleware};
use catalyse_locale::Language;
use catalyse_store::Role;
use tower_http::csrf::CsrfLayer;

use crate::Site;
use crate::guard::{
    ADMINISTRATORS, ALL, ANSWERABLE, About, COORDINATORS, Gate, PARTNER_COORDINATORS, READERS,
    Rule, TYPISTS, Who, admit, headers, host, told,
};
use crate::pages::{
    accept, access, accounts, assets, begin, decide, drop, edition, entry, episodes, finding_list,
    findings, finish, home, keystroke, paper, password, past, pick, prepare, quality, reasons,
    report, resume, seconds, section, sign_in, slips, unanswered,
};

/// Holds one line of the table.
pub struct Route {
    /// The method.
    pub method: &'static str,
    /// The address with its holes.
    pub path: &'static str,
    /// Who may come, and whose things it is about.
    pub rule: Rule,
    handler: MethodRouter<Arc<Site>>,
}

/// A request holds a form at most: a quarter of a megabyte is a very long one.
const MOST_BYTES: usize = 256 * 1024;

fn open(path: &'static str, who: Who, about: About, handler: MethodRouter<Arc<Site>>) -> Route {
    Route { method: "GET", path, rule: Rule { who, about }, handler }
}

fn act(path: &'static str, who: Who, about: About, handler: MethodRouter<Arc<Site>>) -> Route {
    Route { method: "POST", path, rule: Rule { who, about }, handler }
}

/// Lists all routes.
pub fn routes() -> Vec<Route> {
    use About::{ClosedDraft, Draft, Finding, Nothing, Record, Second, Slip};
    use Who::Everyone;
    vec![
        open("/style.css", Everyone, Nothing, get(assets::style)),
        open("/saisie.js", Everyone, Nothing, get(assets::script)),
        open("/signe.svg", Everyone, Nothing, get(assets::sign)),
        open("/entrer", Everyone, Nothing, get(sign_in::show)),
        act("/entrer", Everyone, Nothing, post(sign_in::enter)),
        open("/lien/{token}", Everyone, Nothing, get(sign_in::show_link)),
        act("/lien/{token}", Everyone, Nothing, post(sign_in::link)),
        act("/sortir", Everyone, Nothing, post(sign_in::leave)),
        act("/langue", Everyone, Nothing, post(sign_in::language)),
        open("/", ALL, Nothing, get(home::show)),
        act("/chercher", TYPISTS, Nothing, post(home::search)),
        act("/fiches", TYPISTS, Nothing, post(begin::open_draft)),
        open("/fiches/{id}", TYPISTS, Draft, get(entry::first)),
        open("/fiches/{id}/{section}", TYPISTS, Draft, get(entry::show)),
        act("/fiches/{id}/{section}", TYPISTS, Draft, post(section::save_section)),
        act("/fiches/{id}/champ", TYPISTS, Draft, post(keystroke::save_field)),
        act("/fiches/{id}/episodes/{row}/ajouter", TYPISTS, Draft, post(episodes::add)),
        act("/fiches/{id}/episodes/{row}/retirer", TYPISTS, Draft, post(episodes::remove)),
        open("/fiches/{id}/fin", TYPISTS, Draft, get(finish::show)),
        act("/fiches/{id}/fin", TYPISTS, Draft, post(accept::accept)),
        open("/fiches/{id}/jeter", TYPISTS, ClosedDraft, get(drop::ask)),
        act("/fiches/{id}/jeter", TYPISTS, ClosedDraft, post(drop::throw_away)),
        act("/fiches/{id}/motif", TYPISTS, Draft, post(reasons::keep)),
        act("/fiches/{id}/vides", TYPISTS, Draft, post(unanswered::leave)),
        open("/fiches/{id}/reprendre", TYPISTS, Draft, get(resume::show)),
        act("/fiches/{id}/reprendre", TYPISTS, Draft, post(resume::renew)),
        act("/fiches/{id}/reprendre/personne", TYPISTS, Draft, post(resume::take_over)),
        open("/acceptees/{id}", TYPISTS, Record, get(past::show)),
        open("/bordereaux", TYPISTS, Nothing, get(slips::list)),
        act("/bordereaux", TYPISTS, Nothing, post(slips::add)),
        open("/bordereaux/{id}", TYPISTS, Slip, get(slips::show)),
        act("/bordereaux/{id}/fermer", TYPISTS, Slip, post(slips::close)),
        act("/bordereaux/{id}/tirer", PARTNER_COORDINATORS, Slip, post(seconds::draw)),
        act("/doubles/{id}/saisir", TYPISTS, Second, post(seconds::begin)),
        open("/doubles/{id}", TYPISTS, Second, get(decide::show)),
        act("/doubles/{id}", TYPISTS, Second, post(decide::decide)),
        open("/mot-de-passe", ALL, Nothing, get(password::show)),
        act("/mot-de-passe", ALL, Nothing, post(password::change)),
        open("/constats", TYPISTS, Nothing, get(finding_list::list)),
        open("/constats/{id}", TYPISTS, Finding, get(findings::show)),
        act("/constats/{id}", TYPISTS, Finding, post(findings::step)),
        open("/papier", TYPISTS, Nothing, get(paper::show)),
        open("/qualite", COORDINATORS, Nothing, get(quality::show)),
        open("/rapport", READERS, Nothing, get(report::show)),
        act("/rapport", COORDINATORS, Nothing, post(prepare::fix)),
        act("/rapport/preparer", COORDINATORS, Nothing, post(prepare::begin)),
        open("/rapport/preparation", COORDINATORS, Nothing, get(prepare::show)),
        act("/rapport/abandonner", COORDINATORS, Nothing, post(prepare::drop_it)),
        open("/rapport/{edition}/{language}/{*file}", READERS, Nothing, get(edition::file)),
        open("/comptes", ADMINISTRATORS, Nothing, get(accounts::list)),
        act("/comptes", ADMINISTRATORS, Nothing, post(accounts::add)),
        act("/comptes/fermer", ADMINISTRATORS, Nothing, post(accounts::close)),
        act("/comptes/rouvrir", ADMINISTRATORS, Nothing, post(accounts::reopen)),
        act("/comptes/lien", ADMINISTRATORS, Nothing, post(accounts::link)),
        open("/acces-sante", ANSWERABLE, Nothing, get(access::show)),
    ]
}

/// Makes the router of all routes, each behind its rule.
pub fn router(site: &Arc<Site>) -> Router {
    let mut router = Router::new();
    for route in routes() {
        let gate = Gate { site: Arc::clone(site), rule: route.rule };
        let handler = route.handler.layer(middleware::from_fn_with_state(gate, admit));
        router = router.route(route.path, handler);
    }
    router
        .layer(DefaultBodyLimit::max(MOST_BYTES))
        .layer(CsrfLayer::new())
        .layer(middleware::from_fn_with_state(Arc::clone(site), host))
        .layer(middleware::from_fn_with_state(Arc::clone(site), told))
        .layer(middleware::from_fn_with_state(Arc::clone(site), headers))
        .with_state(Arc::clone(site))
}

/// Lists what stands in the menu of a role.
pub(crate) fn menu(role: Role, language: Language) -> Vec<(&'static str, &'static str)> {
    let entries = [
        ("/", ALL, pick(language, "Accueil", "Start")),
        ("/bordereaux", TYPISTS, pick(language, "Bordereaux", "Slips")),
        ("/constats", TYPISTS, pick(language, "Constats", "Findings")),
        ("/papier", TYPISTS, pick(language, "Formulaire papier", "Paper form")),
        ("/qualite", COORDINATORS, pick(language, "Qualité", "Quality")),
        ("/rapport", READERS, pick(language, "Rapport", "Report")),
        ("/comptes", ADMINISTRATORS, pick(language, "Comptes", "Accounts")),
        ("/acces-sante", ANSWERABLE, pick(language, "Accès santé", "Health access")),
    ];
    let may = |who: Who| match who {
        Who::Everyone => true,
        Who::Roles(roles) => roles.contains(&role),
    };
    let own = entries.into_iter().filter(|(_, who, _)| may(*who));
    own.map(|(path, _, words)| (path, words)).collect()
}
