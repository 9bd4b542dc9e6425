//! Saving one field as it is left: what the script asks, and all it needs to bring the page up to date.

use axum::response::{IntoResponse, Json, Response};
use catalyse_codebook::Answer;
use serde::{Deserialize, Serialize};

use super::identities;
use crate::form::{FindingView, Sections, field_key, parse_key, spelt};
use crate::guard::{AtDesk, Visitor};
use crate::live::RowKey;
use crate::sheet::{Desk, Outcome, Typed, is_searched, save, shown};
use crate::{Site, WebError, clock};

/// Holds what the script sends.
#[derive(Deserialize)]
pub(crate) struct Left {
    key: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    missing: String,
    seen: u64,
}

/// Holds what the script gets.
#[derive(Serialize, Default)]
struct Reply {
    /// `saved`, `unreadable` or `conflict`.
    outcome: &'static str,
    version: u64,
    /// Why it was not saved, or who else is at work.
    say: String,
    /// What is on the disk, in words: a date or month, or the place that was found by a part of its name.
    understood: String,
    /// What another one wrote, as the box would show it.
    theirs: String,
    fields: Vec<FieldReply>,
    findings: Vec<FindingReply>,
    sections: Vec<SectionReply>,
}

/// One field that depends on others.
#[derive(Serialize)]
struct FieldReply {
    key: String,
    asked: bool,
    /// The value of a derived field.
    #[serde(skip_serializing_if = "Option::is_none")]
    shown: Option<String>,
}

#[derive(Serialize)]
struct FindingReply {
    key: String,
    check: String,
    severity: &'static str,
    label: String,
    text: String,
}

#[derive(Serialize)]
struct SectionReply {
    name: String,
    done: usize,
    asked: usize,
    expected: usize,
    hard: usize,
    soft: usize,
}

/// Saves a field and says what follows from it.
pub(crate) async fn save_field(
    AtDesk { site, visitor, desk }: AtDesk,
    Json(left): Json<Left>,
) -> Result<Response, WebError> {
    let (row, variable) = parse_key(&left.key).ok_or(WebError::Request("field"))?;
    let Left { text, missing, seen, .. } = left;
    let asked = text.trim().to_owned();
    let typed = Typed { row: row.clone(), variable: variable.clone(), text, missing, seen };
    let mut reply = Reply::default();
    let mut desk = desk;
    match save(&site, &desk, typed, &visitor).await? {
        Outcome::Saved { field, known } => {
            (reply.outcome, reply.version) = ("saved", known.version);
            let others = site.presence.others(desk.draft.state.id, visitor.name(), site.now());
            reply.say = others.join(", ");
            desk = desk.after_saving(&site, (&field, known)).await?;
        }
        Outcome::Unchanged { version } => (reply.outcome, reply.version) = ("saved", version),
        Outcome::Unreadable(message) => {
            (reply.outcome, reply.version) = ("unreadable", seen);
            reply.say = message.say(visitor.language);
        }
        Outcome::Conflict { theirs, version, by, at } => {
            (reply.outcome, reply.version) = ("conflict", version);
            reply.say = format!("{by}, {}", clock::time_of(at));
            let known = site.codebook().variable(&variable).ok_or(WebError::Nowhere)?;
            identities::note(&site, &visitor, &desk, std::iter::once(&variable)).await?;
            reply.theirs = match &theirs {
                Some(Answer::Missing(reason)) => visitor.tongues().of(&reason.label()).to_owned(),
                theirs => shown(site.codebook(), known, theirs.as_ref(), visitor.tongues()),
            };
        }
    }
    if let Some(known) = site.codebook().variable(&variable).filter(|_| reply.outcome == "saved") {
        let stands = desk.sheet.row(&row).and_then(|answers| answers.get(&variable));
        reply.understood = spelt(known, stands, visitor.language);
        if let (Some(Answer::Code(_)), true) = (stands, is_searched(site.codebook(), known)) {
            let found = shown(site.codebook(), known, stands, visitor.tongues());
            reply.understood = Some(found).filter(|found| *found != asked).unwrap_or_default();
        }
    }
    tell(&site, &desk, &visitor, &mut reply);
    Ok(Json(reply).into_response())
}

fn tell(site: &Site, desk: &Desk, visitor: &Visitor, reply: &mut Reply) {
    let (language, tongues, sight) = (visitor.language, visitor.tongues(), &visitor.sight);
    let codebook = site.codebook();
    for form in &codebook.forms {
        for row in desk.rows(form) {
            for variable in form.variables().filter(|variable| sight.sees(&variable.name)) {
                if !variable.is_derived() && variable.relevant.is_none() {
                    continue;
                }
                let answer = desk.seen.answer(&row, &variable.name);
                let shown =
                    variable.is_derived().then(|| shown(codebook, variable, answer, tongues));
                reply.fields.push(FieldReply {
                    key: field_key(&row, &variable.name),
                    asked: desk.state(codebook, (&row, variable)).is_asked,
                    shown,
                });
            }
        }
    }
    reply.findings = desk
        .seen
        .findings
        .iter()
        .filter(|found| !found.is_of_empty_field() && sight.sees_found(found))
        .map(|found| {
            let view = FindingView::of(found, language);
            let key = match (&found.variable, &found.row) {
                (None, RowKey::Main) => String::new(),
                _ => view.key,
            };
            let (severity, label) = (view.severity, view.severity_label);
            FindingReply { key, check: view.check, severity, label, text: view.text }
        })
        .collect();
    let links = Sections::of(codebook, sight).links(codebook, desk, ("", tongues));
    reply.sections = links
        .into_iter()
        .map(|link| SectionReply {
            name: link.name,
            done: link.n_done,
            asked: link.n_asked,
            expected: link.n_expected,
            hard: link.n_hard,
            soft: link.n_soft,
        })
        .collect();
}
