//! What is left empty at the end of a sheet: one reason for all questions that remain, and another one for whichever differs. Each question
//! keeps its own in the data, as if it had been picked in its field.

use std::collections::BTreeMap;

use axum::extract::Form;
use axum::response::{IntoResponse, Redirect, Response};
use catalyse_codebook::{MissingReason, Severity, Variable};

use super::finish::name_of;
use super::kept_back;
use crate::form::{Sections, field_key, letter};
use crate::guard::{AtDesk, Visitor};
use crate::live::Found;
use crate::sheet::{Desk, Typed, field_of, save};
use crate::{Site, WebError};

/// The reasons that may be given for many at once, the most usual first. What does not apply is set by a skip; what cannot be read or is to
/// be checked is about one answer.
pub(crate) const FOR_ALL: [MissingReason; 3] =
    [MissingReason::Unknown, MissingReason::NotAsked, MissingReason::Refused];

/// Holds the questions of a sheet that remain without an answer.
pub(super) struct Unanswered {
    /// The reasons for all: the key of each, its name, its words, and how many of the questions allow it.
    pub(super) for_all: Vec<(char, &'static str, String, usize)>,
    pub(super) questions: Vec<Question>,
}

/// Holds one of them.
pub(super) struct Question {
    /// The name in forms.
    pub(super) key: String,
    pub(super) label: String,
    pub(super) lang: &'static str,
    /// Where it is answered.
    pub(super) href: String,
    /// The reasons that it allows: the name of each, and its words.
    pub(super) reasons: Vec<(&'static str, String)>,
}

/// Says whether a finding is of a question that may be left empty for a reason, and for which none was picked.
pub(super) fn is_one(site: &Site, found: &Found, reasons: &BTreeMap<String, String>) -> bool {
    variable_of(site, found).is_some_and(|variable| allowed(variable).next().is_some())
        && !reasons.contains_key(&name_of(found))
}

/// Returns the variable of an empty question that need not be answered.
fn variable_of<'s>(site: &'s Site, found: &Found) -> Option<&'s Variable> {
    let is_optional = found.severity == Severity::Soft && found.is_of_empty_field();
    site.codebook().variable(found.variable.as_ref().filter(|_| is_optional)?)
}

fn allowed(variable: &Variable) -> impl Iterator<Item = MissingReason> {
    FOR_ALL.into_iter().filter(|reason| variable.missing.contains(reason))
}

/// Lists what remains of a sheet.
pub(super) fn of<'f>(
    site: &Site,
    (visitor, desk): (&Visitor, &Desk),
    remaining: impl Iterator<Item = &'f Found>,
) -> Unanswered {
    let tongues = visitor.tongues();
    let sections = Sections::of(site.codebook(), &visitor.sight);
    let id = desk.draft.state.id.0;
    let words = |reason: MissingReason| (reason.name(), tongues.of(&reason.label()).to_owned());
    let mut counts = [0; FOR_ALL.len()];
    let mut questions = Vec::new();
    for found in remaining {
        let Some(variable) = variable_of(site, found) else { continue };
        for (reason, count) in FOR_ALL.iter().zip(&mut counts) {
            *count += usize::from(variable.missing.contains(reason));
        }
        let key = field_key(&found.row, &variable.name);
        let section = sections.of_variable(variable.name.as_str()).unwrap_or_default();
        questions.push(Question {
            label: match found.row.number() {
                0 => tongues.of(&variable.label).to_owned(),
                number => format!("{} ({number})", tongues.of(&variable.label)),
            },
            lang: tongues.tag(&variable.label),
            href: format!("/fiches/{id}/{section}#f-{key}"),
            reasons: allowed(variable).map(words).collect(),
            key,
        });
    }
    let for_all = FOR_ALL.into_iter().zip(counts).filter(|(_, count)| *count > 0);
    let for_all = for_all.map(|(reason, count)| {
        let (name, words) = words(reason);
        (letter(reason), name, words, count)
    });
    Unanswered { for_all: for_all.collect(), questions }
}

/// Notes the reason for each question that remains: its own, else the one for all. One that does not allow it remains.
pub(crate) async fn leave(
    AtDesk { site, visitor, desk }: AtDesk,
    Form(sent): Form<BTreeMap<String, String>>,
) -> Result<Response, WebError> {
    let for_all = sent.get("all").map(String::as_str).unwrap_or_default();
    let picked = kept_back::reasons(&site, &visitor, &desk, None).await?;
    let seen = desk.seen.findings.iter().filter(|found| visitor.sight.sees_found(found));
    for found in seen.filter(|found| is_one(&site, found, &picked)) {
        let Some(variable) = variable_of(&site, found) else { continue };
        let own = sent.get(&field_key(&found.row, &variable.name)).filter(|own| !own.is_empty());
        let name = own.map_or(for_all, String::as_str);
        if !allowed(variable).any(|reason| reason.name() == name) {
            continue;
        }
        let typed = Typed {
            row: found.row.clone(),
            variable: variable.name.clone(),
            text: String::new(),
            missing: name.to_owned(),
            // Somebody who has answered it meanwhile is not written over.
            seen: desk.version(&field_of(&found.row, &variable.name)),
        };
        save(&site, &desk, typed, &visitor).await?;
    }
    Ok(Redirect::to(&format!("/fiches/{}/fin", desk.draft.state.id.0)).into_response())
}
