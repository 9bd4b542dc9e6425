//! One finding (*constat*): what was said about it, where its record is, and the next step.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Extension, Form, State};
use axum::response::{IntoResponse, Redirect, Response};
use catalyse_codebook::Severity;
use catalyse_locale::{Label, Language};
use catalyse_store::{BATCH_UNDONE, FindingState, NO_LONGER_FOUND, Reason, Role, StoredFinding};
use serde::Deserialize;

use super::finish::reasons_in;
use super::home::wave_label;
use super::{Page, html, pick, signed};
use crate::guard::Visitor;
use crate::{Site, WebError, clock};

pub(super) struct Line {
    pub(super) id: i64,
    pub(super) severity: &'static str,
    pub(super) severity_label: String,
    pub(super) text: String,
    pub(super) person: String,
    pub(super) wave: String,
    pub(super) state: &'static str,
}

#[derive(Template)]
#[template(path = "finding.html")]
struct One {
    page: Page,
    line: Line,
    wave_id: String,
    /// The question that the finding stands at, or empty.
    variable: String,
    /// The record that can be corrected, if there is one.
    record: Option<i64>,
    /// The state of the record that the finding is about, by its line in the journal, if it has changed since.
    then: Option<u64>,
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

pub(super) fn line(
    site: &Site,
    visitor: &Visitor,
    (finding, person): (&StoredFinding, String),
) -> Line {
    let language = visitor.language;
    Line {
        id: finding.id.0,
        severity: severity_name(finding.severity),
        severity_label: finding.severity.label().get(language).to_owned(),
        text: finding.message.say(language),
        person,
        wave: wave_label(site, &finding.wave, visitor),
        state: state_label(finding.state, language),
    }
}

pub(super) const fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Hard => "hard",
        Severity::Soft => "soft",
        Severity::Info => "info",
    }
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
    let steps = site.store.finding_steps(finding.id).await?;
    let then = then(site, finding, steps.first().map(|step| step.line.number)).await?;
    let steps = steps.into_iter().map(|step| {
        let reason =
            reasons_in(language).into_iter().find(|(_, code, _)| *code == step.reason.code);
        (
            clock::day_and_time(step.line.at),
            signed(&step.line.who, language),
            state_label(step.state, language),
            reason.map_or_else(
                || own_reason(step.reason.code, language),
                |(_, _, words)| words.to_owned(),
            ),
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
        variable: finding.variable.clone(),
        record: finding.record.map(|record| record.0),
        then,
        steps,
        next: next(visitor, finding)
            .into_iter()
            .map(|state| (state.name(), act(state, language)))
            .collect(),
        reasons: reasons_in(language),
        sent,
    }))
}

/// Says a reason that nobody picked: the program closed the finding itself.
fn own_reason(code: String, language: Language) -> String {
    let words = match code.as_str() {
        NO_LONGER_FOUND => pick(
            language,
            "la fiche a changé, le contrôle ne le trouve plus",
            "the record has changed, the check no longer finds it",
        ),
        BATCH_UNDONE => pick(language, "son lot a été annulé", "its batch was undone"),
        _ => return code,
    };
    words.to_owned()
}

/// Returns the line of the journal at which the record stood as the finding was made, if it stands otherwise now.
async fn then(
    site: &Site,
    finding: &StoredFinding,
    found_at: Option<u64>,
) -> Result<Option<u64>, WebError> {
    let Some((record, found_at)) = finding.record.zip(found_at) else { return Ok(None) };
    let history = site.store.history(record).await?;
    let then = history.iter().map(|revision| revision.line.number).rfind(|line| *line <= found_at);
    let last = history.last().map(|revision| revision.line.number);
    Ok(then.filter(|then| Some(*then) != last))
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
