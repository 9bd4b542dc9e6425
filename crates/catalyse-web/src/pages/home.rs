//! The start: what is under way, what is accepted, and where a sheet is begun.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Extension, Form, Query, State};
use axum::http::HeaderMap;
use axum::http::header::SET_COOKIE;
use axum::response::{AppendHeaders, IntoResponse, Response};
use catalyse_store::RecordId;
use jiff::SignedDuration;
use serde::Deserialize;

use super::accepted::{RecordLine, records};
use super::waiting::{Wait, waiting};
use super::{Page, html, pick};
use crate::form::offered;
use crate::guard::{ACCEPTED, Visitor, read, unset};
use crate::{Site, WebError, clock};

#[derive(Template)]
#[template(path = "home.html")]
struct Home {
    page: Page,
    centre: String,
    can_type: bool,
    can_see_names: bool,
    waves: Vec<(String, String, bool)>,
    /// The slips that are open: number, words, whether it is the one that was asked for.
    slips: Vec<(i64, String, bool)>,
    drafts: Vec<DraftLine>,
    records: Vec<RecordLine>,
    /// How many there are, and how many of them are not shown.
    n_records: usize,
    n_more: usize,
    query: String,
    /// The code of the person whose record was accepted a moment ago.
    accepted: Option<String>,
    /// Why no sheet was begun.
    problem: String,
    /// What waits to be keyed a second time, or to be decided.
    waits: Vec<Wait>,
    /// What was typed where a code belongs and looks like a name.
    meant: Option<Meant>,
    /// The languages in which questions can be shown.
    offered: Vec<(&'static str, &'static str, bool)>,
}

/// Nobody reads a longer list; the search finds the others.
const MOST_SHOWN: usize = 40;

struct DraftLine {
    id: i64,
    person: String,
    /// Whether the code was typed for somebody new.
    is_new: bool,
    wave: String,
    by: String,
    when: String,
}

/// What was typed as a code and has no digit, as a name has none: the records of that name are shown, and the sheet can still be begun.
pub(super) struct Meant {
    pub(super) code: String,
    pub(super) wave: String,
    pub(super) slip: String,
}

/// What the start shows beside what is always there.
#[derive(Default)]
pub(super) struct Start {
    /// What is searched.
    pub(super) query: String,
    /// The slip that was asked for.
    pub(super) bordereau: i64,
    pub(super) meant: Option<Meant>,
    pub(super) accepted: Option<String>,
    pub(super) problem: String,
}

/// So long the next form is taken to come from the same pile: a day at the desk.
const SAME_DAY: SignedDuration = SignedDuration::from_hours(12);

/// Holds the slip that the next form comes from.
#[derive(Deserialize)]
pub(crate) struct From {
    #[serde(default)]
    bordereau: i64,
}

/// Holds what is searched. It is posted: an address stays in the history of the browser, and a name may be searched.
#[derive(Deserialize)]
pub(crate) struct Search {
    #[serde(default)]
    q: String,
}

/// Shows the start.
pub(crate) async fn show(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    headers: HeaderMap,
    Query(from): Query<From>,
) -> Result<Response, WebError> {
    let just = read(&headers, ACCEPTED).and_then(|id| id.parse().ok()).map(RecordId);
    let accepted = match just {
        Some(record) => code_of(&site, &visitor, record).await,
        None => None,
    };
    let start = Start { bordereau: from.bordereau, accepted, ..Start::default() };
    let page = page(&site, &visitor, start).await?;
    // It is said once.
    let said = just.map(|_| (SET_COOKIE, unset(ACCEPTED)));
    Ok((AppendHeaders(said), page).into_response())
}

/// Returns the code of the person of a record of the own centre.
async fn code_of(site: &Site, visitor: &Visitor, record: RecordId) -> Option<String> {
    let (_, key) = site.store.place_of(record).await.ok()?;
    (visitor.partner() == Some(&key.partner)).then_some(key.person)
}

/// Shows the start with the records that are searched.
pub(crate) async fn search(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Form(search): Form<Search>,
) -> Result<Response, WebError> {
    let start = Start { query: search.q.trim().to_owned(), ..Start::default() };
    page(&site, &visitor, start).await
}

pub(super) async fn page(
    site: &Arc<Site>,
    visitor: &Visitor,
    start: Start,
) -> Result<Response, WebError> {
    let language = visitor.language;
    let Start { query, bordereau, meant, accepted, problem } = start;
    let mut home = Home {
        page: Page::new(visitor, "/"),
        centre: centre(site, visitor),
        can_type: visitor.partner().is_some(),
        can_see_names: site.store.has_key(),
        waves: waves(site, visitor),
        slips: Vec::new(),
        drafts: Vec::new(),
        records: Vec::new(),
        n_records: 0,
        n_more: 0,
        query: query.clone(),
        accepted,
        problem,
        waits: Vec::new(),
        meant,
        offered: offered(site.codebook(), visitor.questions),
    };
    let Some(partner) = visitor.partner() else { return Ok(html(&home)) };
    let last = site.store.last_typed(visitor.name(), site.now() - SAME_DAY).await?;
    if let Some((wave, _)) = &last {
        for known in &mut home.waves {
            known.2 = known.0 == *wave;
        }
    }
    let last = last.and_then(|(_, slip)| slip).map(|slip| slip.0);
    let bordereau = Some(bordereau).filter(|asked| *asked > 0).or(last);
    home.slips = open_slips(site, visitor, bordereau).await?;
    let seconds = site.store.seconds(partner).await?;
    home.waits = waiting(site, visitor, &seconds).await?;
    let mut typed = if visitor.sight.sees(&site.codebook().study.person) {
        site.store.typed_codes(partner).await?
    } else {
        BTreeMap::new()
    };
    for state in site.store.drafts(Some(partner)).await? {
        let is_second = seconds.iter().any(|second| second.draft == Some(state.id));
        // What somebody else types blind is opened by nobody else.
        if is_second && state.opened_by != visitor.name() {
            continue;
        }
        let nobody = if is_second {
            pick(language, "seconde saisie", "second entry").to_owned()
        } else {
            pick(language, "personne nouvelle", "new person").to_owned()
        };
        let code = typed.remove(&state.id);
        home.drafts.push(DraftLine {
            id: state.id.0,
            is_new: code.is_some(),
            person: state.pseudonym.or(code).unwrap_or(nobody),
            wave: wave_label(site, &state.wave, visitor),
            by: state.opened_by,
            when: clock::short_day_and_time(state.changed_at),
        });
    }
    home.records = records(site, visitor, (partner, &query)).await?;
    home.n_records = home.records.len();
    home.n_more = home.n_records.saturating_sub(MOST_SHOWN);
    home.records.truncate(MOST_SHOWN);
    Ok(html(&home))
}

/// Lists the slips of the own centre that are open, the one asked for marked.
async fn open_slips(
    site: &Site,
    visitor: &Visitor,
    bordereau: Option<i64>,
) -> Result<Vec<(i64, String, bool)>, WebError> {
    let Some(partner) = visitor.partner() else { return Ok(Vec::new()) };
    let slips = site.store.slips(partner).await?.into_iter().filter(|slip| slip.closed.is_none());
    let lines = slips.map(|slip| {
        let wave = wave_label(site, slip.announced.wave.as_str(), visitor);
        let words = format!("{} · {} · {wave}", slip.id.0, slip.announced.title);
        (slip.id.0, words, Some(slip.id.0) == bordereau)
    });
    Ok(lines.collect())
}

fn centre(site: &Site, visitor: &Visitor) -> String {
    let own = |partner: &&catalyse_codebook::Partner| Some(&partner.id) == visitor.partner();
    let found = site.codebook().study.partners.iter().find(own);
    found.map(|partner| partner.label.get(visitor.language).to_owned()).unwrap_or_default()
}

/// Lists the waves, the last one chosen.
pub(super) fn waves(site: &Site, visitor: &Visitor) -> Vec<(String, String, bool)> {
    let waves = &site.codebook().study.waves;
    let last = waves.len().saturating_sub(1);
    let line = |(index, wave): (usize, &catalyse_codebook::Wave)| {
        (wave.id.to_string(), wave.label.get(visitor.language).to_owned(), index == last)
    };
    waves.iter().enumerate().map(line).collect()
}

/// Returns the words for a wave.
pub(crate) fn wave_label(site: &Site, wave: &str, visitor: &Visitor) -> String {
    let found = site.codebook().study.waves.iter().find(|known| known.id.as_str() == wave);
    found.map_or_else(|| wave.to_owned(), |wave| wave.label.get(visitor.language).to_owned())
}
