//! Findings (*constats*) of the own centre: what is open, what was said about each, and the next step.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Extension, Form, State};
use axum::response::{IntoResponse, Redirect, Response};
use catalyse_codebook::Severity;
use catalyse_locale::{Label, Language};
use catalyse_store::{FindingFilter, FindingState, Reason, RecordId, Role, StoredFinding};
use serde::Deserialize;

use super::finish::reasons_in;
use super::home::wave_label;
use super::{Page, html, pick, signed};
use crate::guard::Visitor;
use crate::{Site, WebError, clock};

#[derive(Template)]
#[template(path = "findings.html")]
struct List {
    page: Page,
    open: Vec<Line>,
    settled: Vec<Line>,
}

struct Line {
    id: i64,
    severity: &'static str,
    severity_label: String,
    text: String,
    person: String,
    wave: String,
    state: &'static str,
}

#[derive(Template)]
#[template(path = "finding.html")]
struct One {
    page: Page,
    line: Line,
    wave_id: String,
    /// Whether there is a record that can be corrected.
    has_record: bool,
    steps: Vec<(String, String, &'static str, String, String)>,
    /// The steps that this visitor may take, with the words of the button.
    next: Vec<(&'static str, &'static str)>,
    reasons: Vec<(char, &'static str, &'static str)>,
    /// What was sent and is not enough: what is wrong, the reason and the words.
    sent: (String, String, String),
}

/// Returns the words for a state.
pub(crate) const fn state_label(state: FindingState, language: Language) -> &'static str {
    match state {
        FindingState::Open => pick(language, "ouvert", "open"),
        FindingState::Answered => pick(language, "répondu", "answered"),
        FindingState::Accepted => pick(language, "accepté avec motif", "accepted with a reason"),
        FindingState::Closed => pick(language, "clos", "closed"),
    }
}

fn line(site: &Site, visitor: &Visitor, (finding, person): (&StoredFinding, String)) -> Line {
    let language = visitor.language;
    Line {
        id: finding.id.0,
        severity: match finding.severity {
            Severity::Hard => "hard",
            Severity::Soft => "soft",
            Severity::Info => "info",
        },
        severity_label: finding.severity.label().get(language).to_owned(),
        text: finding.message.say(language),
        person,
        wave: wave_label(site, &finding.wave, visitor),
        state: state_label(finding.state, language),
    }
}

/// So many settled findings are listed: those of last.
const MOST_SETTLED: usize = 50;

/// Lists the findings of the own centre.
pub(crate) async fn list(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
) -> Result<Response, WebError> {
    let partner = visitor.partner().ok_or(WebError::Nowhere)?;
    let own = FindingFilter { partner: Some(partner.clone()), ..FindingFilter::default() };
    let all = site.store.findings(&own).await?;
    let records = site.store.listing(partner).await?;
    let persons: BTreeMap<RecordId, String> =
        records.into_iter().map(|record| (record.id, record.key.person)).collect();
    let (mut open, mut settled) = (Vec::new(), Vec::new());
    let seen = all.iter().filter(|finding| visitor.sight.sees_finding(finding));
    for finding in seen.filter(|finding| finding.severity != Severity::Info) {
        // A row that never became a record has its place; a record that was taken away has left its findings.
        let person = match finding.record {
            Some(record) => persons.get(&record).cloned().unwrap_or_default(),
            None => finding.place.clone(),
        };
        let made = line(&site, &visitor, (finding, person));
        match finding.state {
            FindingState::Open | FindingState::Answered => open.push(made),
            FindingState::Accepted | FindingState::Closed => settled.push(made),
        }
    }
    settled.reverse();
    settled.truncate(MOST_SETTLED);
    Ok(html(&List { page: Page::new(&visitor, "/constats"), open, settled }))
}

/// Shows one finding with what was said about it.
pub(crate) async fn show(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Extension(finding): Extension<Arc<StoredFinding>>,
) -> Result<Response, WebError> {
    page(&site, &visitor, &finding, Default::default()).await
}

async fn page(
    site: &Site,
    visitor: &Visitor,
    finding: &StoredFinding,
    sent: (String, String, String),
) -> Result<Response, WebError> {
    let language = visitor.language;
    let steps = site.store.finding_steps(finding.id).await?.into_iter().map(|step| {
        let reason =
            reasons_in(language).into_iter().find(|(_, code, _)| *code == step.reason.code);
        (
            clock::day_and_time(step.line.at),
            signed(&step.line.who, language),
            state_label(step.state, language),
            reason.map_or(step.reason.code, |(_, _, words)| words.to_owned()),
            step.reason.comment,
        )
    });
    let steps = steps.collect();
    let person = match finding.record {
        Some(record) => site.store.record(record).await.map(|record| record.key.person),
        None => Ok(finding.place.clone()),
    };
    Ok(html(&One {
        page: Page::new(visitor, "/constats"),
        line: line(site, visitor, (finding, person.unwrap_or_default())),
        wave_id: finding.wave.clone(),
        has_record: finding.record.is_some(),
        steps,
        next: next(visitor, finding)
            .into_iter()
            .map(|state| (state.name(), act(state, language)))
            .collect(),
        reasons: reasons_in(language),
        sent,
    }))
}

/// Lists the steps a visitor may take: an encoder answers, a coordinator decides; what is impossible is never accepted.
fn next(visitor: &Visitor, finding: &StoredFinding) -> Vec<FindingState> {
    let decides = visitor.role() == Some(Role::PartnerCoordinator);
    let mut states = Vec::new();
    match finding.state {
        FindingState::Open | FindingState::Answered => {
            states.push(FindingState::Answered);
            if decides && finding.severity != Severity::Hard {
                states.push(FindingState::Accepted);
            }
            if decides {
                states.push(FindingState::Closed);
            }
        }
        FindingState::Accepted | FindingState::Closed if decides => {
            states.push(FindingState::Open);
        }
        FindingState::Accepted | FindingState::Closed => {}
    }
    states
}

const fn act(state: FindingState, language: Language) -> &'static str {
    match state {
        FindingState::Open => pick(language, "Rouvrir", "Open again"),
        FindingState::Answered => pick(language, "Répondre", "Answer"),
        FindingState::Accepted => {
            pick(language, "Accepter avec ce motif", "Accept with this reason")
        }
        FindingState::Closed => pick(language, "Clore", "Close"),
    }
}

/// Holds a step that is taken.
#[derive(Deserialize)]
pub(crate) struct Taken {
    state: String,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    comment: String,
}

/// Takes a step.
pub(crate) async fn step(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Extension(finding): Extension<Arc<StoredFinding>>,
    Form(taken): Form<Taken>,
) -> Result<Response, WebError> {
    let state = FindingState::from_name(&taken.state).ok_or(WebError::Request("state"))?;
    if !next(&visitor, &finding).contains(&state) {
        return Err(WebError::Request("state"));
    }
    let comment = taken.comment.trim().to_owned();
    let is_known = reasons_in(visitor.language).iter().any(|(_, code, _)| *code == taken.reason);
    if !is_known && !taken.reason.is_empty() {
        return Err(WebError::Request("reason"));
    }
    if let Some(problem) = lacks(&finding, state, (is_known, !comment.is_empty())) {
        let problem = problem.get(visitor.language).to_owned();
        return page(&site, &visitor, &finding, (problem, taken.reason, comment)).await;
    }
    let reason = Reason { code: taken.reason, comment };
    site.store.step_finding(finding.id, state, &reason, &visitor.author(&site)).await?;
    Ok(Redirect::to(&format!("/constats/{}", finding.id.0)).into_response())
}

/// Says what a step lacks. What is right although a check says otherwise has one of the known reasons, however it is settled: by them checks are
/// counted that are overridden too often.
fn lacks(
    finding: &StoredFinding,
    state: FindingState,
    (has_reason, has_comment): (bool, bool),
) -> Option<Label> {
    let is_override = match state {
        FindingState::Accepted => true,
        FindingState::Closed => finding.severity == Severity::Soft,
        FindingState::Open | FindingState::Answered => false,
    };
    let says_nothing = !has_reason && !has_comment && state != FindingState::Open;
    if is_override && !has_reason {
        let fr = "Choisissez un motif de la liste : la donnée reste telle quelle, et il faut savoir pourquoi.";
        return Some(Label::new(
            fr,
            "Pick a reason of the list: the answer stays as it is, and it must be known why.",
        ));
    }
    says_nothing.then(|| {
        let fr =
            "Choisissez un motif, ou écrivez un commentaire : ce qui a été vu doit se lire ici.";
        Label::new(fr, "Pick a reason, or write a comment: what was looked at must stand here.")
    })
}
