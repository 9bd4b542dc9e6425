//! Acceptance: the sheet becomes a record, or its page says what stands in the way.

use std::collections::BTreeMap;

use axum::extract::Form;
use axum::http::header::SET_COOKIE;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use catalyse_codebook::{Answer, Severity};
use catalyse_store::{FinishedDraft, NewFinding, NewRecord, RecordId, SecondRow, StoreError};

use super::finish::{Said, is_open, page, reason_of, seen};
use super::reasons::Stale;
use super::since::since;
use super::{carried, kept_back, pick};
use crate::guard::{ACCEPTED, AtDesk, Visitor, set};
use crate::live::RowKey;
use crate::sheet::Desk;
use crate::{Site, WebError};

/// So often a sheet is checked anew because somebody accepts one beside it at the same moment.
const ATTEMPTS: usize = 3;

/// Makes a record of the sheet, if nothing blocks it and every soft finding has its reason.
pub(crate) async fn accept(
    AtDesk { site, visitor, mut desk }: AtDesk,
    Form(mut sent): Form<BTreeMap<String, String>>,
) -> Result<Response, WebError> {
    let seen_version = sent.remove("seen").and_then(|version| version.parse::<u64>().ok());
    if seen_version != Some(desk.draft.state.version) {
        return shown_again(&site, &visitor, &desk, (seen_version, sent)).await;
    }
    if desk.second.is_some() {
        return finish_second(&site, &visitor, &desk).await;
    }
    let author = visitor.author(&site);
    // What came in at the same moment, said once the checks have seen it.
    let mut beside = String::new();
    for _ in 0..ATTEMPTS {
        let reasons = kept_back::reasons(&site, &visitor, &desk, Some(sent.clone())).await?;
        let is_carried = !carried::proposed(&site, &visitor, &desk).is_empty();
        if is_carried || desk.seen.findings.iter().any(|found| is_open(found, &reasons)) {
            let problem = match (beside.is_empty(), is_carried) {
                (false, _) => beside,
                (true, true) => carried::asks(visitor.language).to_owned(),
                (true, false) => lacks(&visitor, &desk, &reasons),
            };
            let said = Said { problem, ..Said::default() };
            return page(&site, &visitor, &desk, (&reasons, said)).await;
        }
        let finished = FinishedDraft {
            draft: desk.draft.state.id,
            seen: desk.draft.state.version,
            seen_line: desk.seen_line,
            records: records(&site, &desk, &reasons),
        };
        match site.accept_draft(&finished, (desk.partner.as_str(), &author)).await {
            Ok(made) => return Ok(to_the_start(&site, made.unwrap_or_default().first())),
            Err(error @ StoreError::MovedBeside) => {
                beside = error.message().say(visitor.language);
                desk = desk.beside_others(&site).await?;
            }
            Err(error) => return refused(&site, &visitor, &desk, (&reasons, error)).await,
        }
    }
    let reasons = kept_back::reasons(&site, &visitor, &desk, Some(sent)).await?;
    let said = Said { problem: beside, ..Said::default() };
    page(&site, &visitor, &desk, (&reasons, said)).await
}

/// Goes to the start, which says which record was accepted.
fn to_the_start(site: &Site, made: Option<&RecordId>) -> Response {
    let secret = site.settings.is_secret();
    let said = made.map(|record| (SET_COOKIE, set(ACCEPTED, &record.0.to_string(), secret)));
    (AppendHeaders(said), Redirect::to("/")).into_response()
}

/// Ends a second entry: it is compared as it is.
async fn finish_second(site: &Site, visitor: &Visitor, desk: &Desk) -> Result<Response, WebError> {
    let second = desk.second.as_ref().ok_or(WebError::Nowhere)?;
    let author = visitor.author(site);
    let rows = second_rows(site, desk);
    let of = (desk.draft.state.id, desk.partner.as_str(), &author);
    site.finish_second((second.id, &rows), of).await?;
    Ok(Redirect::to(&format!("/bordereaux/{}", second.slip.0)).into_response())
}

/// Says that something is open; nothing where all that is open is kept from the visitor, which the page tells in its own words.
fn lacks(visitor: &Visitor, desk: &Desk, reasons: &BTreeMap<String, String>) -> String {
    let problem = pick(
        visitor.language,
        "Chaque point à vérifier demande une correction ou un motif.",
        "Each point to be confirmed asks for a correction or a reason.",
    );
    let lacks = seen(desk, visitor).any(|found| is_open(found, reasons));
    Some(problem.to_owned()).filter(|_| lacks).unwrap_or_default()
}

/// Says why the store took no record.
async fn refused(
    site: &Site,
    visitor: &Visitor,
    desk: &Desk,
    (reasons, error): (&BTreeMap<String, String>, StoreError),
) -> Result<Response, WebError> {
    if !matches!(error, StoreError::Moved { .. } | StoreError::Impossible(_) | StoreError::NoKey) {
        return Err(error.into());
    }
    let has_moved = matches!(error, StoreError::Moved { kind: "record" | "identity", .. });
    let problem = error.message().say(visitor.language);
    let said = Said { problem, has_moved, changed: Vec::new() };
    page(site, visitor, desk, (reasons, said)).await
}

/// Shows a sheet again that is not as its page showed it, with what was saved since. Reasons that were
/// picked on that page are there again, if they are for answers that still stand.
async fn shown_again(
    site: &Site,
    visitor: &Visitor,
    desk: &Desk,
    (version, sent): (Option<u64>, BTreeMap<String, String>),
) -> Result<Response, WebError> {
    let problem = pick(
        visitor.language,
        "La fiche a changé pendant que cette page était ouverte. Relisez, puis terminez.",
        "The record has changed while this page was open. Read it again, then finish.",
    );
    let version = version.unwrap_or(u64::MAX);
    let fields = desk.draft.fields.iter().filter(|(_, known)| known.version > version);
    let fields = fields.map(|(field, _)| field.variable.clone()).collect();
    let stale = Stale::of(site.codebook(), fields);
    let mut kept = kept_back::reasons(site, visitor, desk, None).await?;
    kept.extend(sent.into_iter().filter(|(finding, _)| !stale.has(finding)));
    let changed = since(site, (visitor, desk), version);
    let said = Said { problem: problem.to_owned(), changed, has_moved: false };
    page(site, visitor, desk, (&kept, said)).await
}

fn records(site: &Site, desk: &Desk, reasons: &BTreeMap<String, String>) -> Vec<NewRecord> {
    let study = &site.codebook().study;
    let person = match desk.sheet.main.get(&study.person) {
        Some(Answer::Text(code)) => Some(code.clone()),
        _ => None,
    };
    let rows = desk.seen.rows.iter().map(|(row, answers)| {
        let here = desk.seen.findings.iter().filter(|found| found.row == *row);
        let findings = here.map(|found| NewFinding {
            check: found.check.clone(),
            variable: found.variable.as_ref().map(ToString::to_string).unwrap_or_default(),
            severity: found.severity,
            message: found.message.clone(),
            place: String::new(),
            accepted: reason_of(found, reasons).filter(|_| found.severity == Severity::Soft),
        });
        let form = match row {
            RowKey::Main => None,
            RowKey::Repeat(form, _) => Some(form.clone()),
        };
        let mut answers = answers.clone();
        for key in [&study.person, &study.wave, &study.partner] {
            answers.remove(key);
        }
        NewRecord {
            form,
            wave: desk.wave.clone(),
            partner: desk.partner.clone(),
            person: person.clone(),
            number: i64::from(row.number()),
            answers,
            place: String::new(),
            findings: findings.collect(),
        }
    });
    rows.collect()
}

/// Returns what is compared of a second entry.
fn second_rows(site: &Site, desk: &Desk) -> Vec<SecondRow> {
    let repeats = desk.sheet.repeats.iter().flat_map(|(form, rows)| {
        rows.iter().map(move |(number, answers)| (Some(form.clone()), i64::from(*number), answers))
    });
    let rows = std::iter::once((None, 0, &desk.sheet.main)).chain(repeats);
    rows.map(|(form, number, answers)| {
        let compared = answers.iter().filter(|(name, _)| site.comparable.contains(name));
        let answers = compared.map(|(name, answer)| (name.clone(), answer.clone())).collect();
        SecondRow { form, number, answers }
    })
    .collect()
}
