//! The start: what is under way, what is accepted, and where a sheet is begun.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use askama::Template;
use axum::extract::{Extension, Form, Query, State};
use axum::response::Response;
use catalyse_codebook::{Answer, Answers, PartnerId, Severity, WaveId};
use catalyse_locale::fold;
use catalyse_store::{FindingFilter, FindingState, Listed, PersonId, RecordId};
use jiff::SignedDuration;
use serde::Deserialize;

use super::{Page, html, pick};
use crate::form::offered;
use crate::guard::Visitor;
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

struct RecordLine {
    id: i64,
    person: String,
    name: String,
    wave: String,
    wave_id: String,
    n_open: u64,
    /// The wave after this one, if the person has no record in it.
    next: Option<(String, String)>,
}

/// What was typed as a code and has no digit, as a name has none: the records of that name are shown, and the sheet can still be begun.
pub(super) struct Meant {
    pub(super) code: String,
    pub(super) wave: String,
    pub(super) slip: String,
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
    Query(from): Query<From>,
) -> Result<Response, WebError> {
    page(&site, &visitor, (String::new(), from.bordereau, None)).await
}

/// Shows the start with the records that are searched.
pub(crate) async fn search(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Form(search): Form<Search>,
) -> Result<Response, WebError> {
    page(&site, &visitor, (search.q.trim().to_owned(), 0, None)).await
}

pub(super) async fn page(
    site: &Arc<Site>,
    visitor: &Visitor,
    (query, bordereau, meant): (String, i64, Option<Meant>),
) -> Result<Response, WebError> {
    let language = visitor.language;
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
    let slips = site.store.slips(partner).await?.into_iter().filter(|slip| slip.closed.is_none());
    home.slips = slips
        .map(|slip| {
            let wave = wave_label(site, slip.announced.wave.as_str(), visitor);
            let words = format!("{} · {} · {wave}", slip.id.0, slip.announced.title);
            (slip.id.0, words, Some(slip.id.0) == bordereau)
        })
        .collect();
    let seconds = site.store.seconds(partner).await?;
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

async fn records(
    site: &Site,
    visitor: &Visitor,
    (partner, query): (&PartnerId, &str),
) -> Result<Vec<RecordLine>, WebError> {
    let all = site.store.listing(partner).await?;
    let wanted = fold(query);
    // Who looks for a code has it: no identity is opened. No name has a digit in it, and every code has one.
    let is_code = query.contains(|letter: char| letter.is_ascii_digit());
    let names = if query.is_empty() || is_code || !site.store.has_key() {
        BTreeMap::new()
    } else {
        names(site, visitor, (partner, &wanted)).await?
    };
    let matches = |record: &Listed| {
        fold(&record.key.person).contains(&wanted) || names.contains_key(&record.person)
    };
    let unseen = unseen(site, visitor, partner).await?;
    let waves = &site.codebook().study.waves;
    let known: BTreeSet<(PersonId, &WaveId)> =
        all.iter().map(|record| (record.person, &record.key.wave)).collect();
    let lines = all.iter().filter(|record| matches(record)).map(|record| {
        let after = waves.iter().skip_while(|wave| wave.id != record.key.wave).nth(1);
        let after = after.filter(|wave| !known.contains(&(record.person, &wave.id)));
        RecordLine {
            id: record.id.0,
            person: record.key.person.clone(),
            name: names.get(&record.person).cloned().unwrap_or_default(),
            wave: wave_label(site, record.key.wave.as_str(), visitor),
            wave_id: record.key.wave.to_string(),
            n_open: record
                .n_open
                .saturating_sub(unseen.get(&record.id).copied().unwrap_or_default()),
            next: after.map(|wave| {
                (
                    wave.id.to_string(),
                    pick(visitor.language, "Vague suivante", "Next wave").to_owned(),
                )
            }),
        }
    });
    Ok(lines.collect())
}

/// Counts the open findings of each record that the visitor does not see.
async fn unseen(
    site: &Site,
    visitor: &Visitor,
    partner: &PartnerId,
) -> Result<BTreeMap<RecordId, u64>, WebError> {
    let mut counts = BTreeMap::new();
    if visitor.sight.is_whole() {
        return Ok(counts);
    }
    let own = FindingFilter { partner: Some(partner.clone()), ..FindingFilter::default() };
    for finding in site.store.findings(&own).await? {
        let is_open = finding.state == FindingState::Open && finding.severity != Severity::Info;
        if is_open
            && !visitor.sight.sees_finding(&finding)
            && let Some(record) = finding.record
        {
            *counts.entry(record).or_default() += 1;
        }
    }
    Ok(counts)
}

/// Returns the names of the persons of a centre whose name is looked for. The journal notes who they are.
async fn names(
    site: &Site,
    visitor: &Visitor,
    (partner, wanted): (&PartnerId, &str),
) -> Result<BTreeMap<PersonId, String>, WebError> {
    let author = visitor.author(site);
    let why = format!("search {}", author.why);
    let author = author.because(why.trim_end());
    let name = |answers: &Answers| {
        let texts = answers.iter().filter(|(name, _)| name.as_str().ends_with("name"));
        let texts = texts.filter_map(|(_, answer)| match answer {
            Answer::Text(text) => Some(text.as_str()),
            _ => None,
        });
        texts.collect::<Vec<_>>().join(" ")
    };
    let is_wanted = |answers: &Answers| fold(&name(answers)).contains(wanted);
    let found = site.store.find_identities(partner.as_str(), is_wanted, &author);
    let identities = found.await?;
    Ok(identities.iter().map(|(person, answers)| (*person, name(answers))).collect())
}
