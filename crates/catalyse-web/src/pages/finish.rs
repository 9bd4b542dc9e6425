//! The end of a sheet: what the checks say, reasons for what is right all the same, and acceptance.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Form;
use axum::response::{IntoResponse, Redirect, Response};
use catalyse_codebook::{Answer, Severity};
use catalyse_locale::Language;
use catalyse_store::{FinishedDraft, NewFinding, NewRecord, Reason, SecondRow, StoreError};

use super::alike::{self, Known};
use super::entry::person_of;
use super::home::wave_label;
use super::reasons::Stale;
use super::since::{Changed, since};
use super::unanswered::{self, Unanswered};
use super::{Page, html, kept_back, pick};
use crate::form::{FindingView, REASONS, Sections};
use crate::guard::{AtDesk, Visitor};
use crate::live::{Found, RowKey};
use crate::sheet::Desk;
use crate::{Site, WebError};

#[derive(Template)]
#[template(path = "finish.html")]
struct Finish {
    page: Page,
    person: String,
    wave: String,
    draft: i64,
    n_hard: usize,
    /// Whether something is open that the visitor does not see.
    is_kept_back: bool,
    findings: Vec<Line>,
    /// The questions that remain without an answer.
    unanswered: Unanswered,
    reasons: Vec<(char, &'static str, &'static str)>,
    problem: String,
    /// The version of the sheet that the page shows: only that one is accepted.
    version: u64,
    /// What was saved since the page was shown before.
    changed: Vec<Changed>,
    /// Whether the accepted record has changed since the sheet was opened.
    has_moved: bool,
    /// The person of the centre whom the sheet may be about, by the code.
    known: Option<Known>,
    /// Where the code is typed.
    code_href: String,
    /// Whether it is a second entry, which is compared and not accepted.
    is_second: bool,
}

struct Line {
    view: FindingView,
    /// The name of its reason in the form.
    name: String,
    /// Where it can be corrected.
    href: String,
    reason: String,
}

/// Returns the name of a finding in forms.
pub(super) fn name_of(found: &Found) -> String {
    let variable = found.variable.as_ref().map(ToString::to_string).unwrap_or_default();
    format!("{}|{}|{variable}", found.check, found.row.text())
}

/// Shows what is left.
pub(crate) async fn show(AtDesk { site, visitor, desk }: AtDesk) -> Result<Response, WebError> {
    let kept = kept_back::reasons(&site, &visitor, &desk, None).await?;
    page(&site, &visitor, &desk, (&kept, Said::default())).await
}

/// Says what is told above the list.
#[derive(Default)]
struct Said {
    problem: String,
    changed: Vec<Changed>,
    /// Whether the store has just refused because the record has changed.
    has_moved: bool,
}

async fn page(
    site: &Site,
    visitor: &Visitor,
    desk: &Desk,
    (reasons, said): (&BTreeMap<String, String>, Said),
) -> Result<Response, WebError> {
    let language = visitor.language;
    let sections = Sections::of(site.codebook(), &visitor.sight);
    let id = desk.draft.state.id.0;
    let line = |found: &Found| {
        let view = FindingView::of(found, language);
        let section = found.variable.as_ref().and_then(|name| sections.of_variable(name.as_str()));
        let href = section.map(|section| format!("/fiches/{id}/{section}#f-{}", view.key));
        let name = name_of(found);
        let reason = reasons.get(&name).cloned().unwrap_or_default();
        Line { view, href: href.unwrap_or_default(), reason, name }
    };
    // A second entry is compared as it is: nothing is asked of what stays empty.
    let is_left = |found: &Found| desk.second.is_none() && unanswered::is_one(site, found, reasons);
    let of_code = sections.of_variable(site.codebook().study.person.as_str());
    let person = &site.codebook().study.person;
    Ok(html(&Finish {
        version: desk.draft.state.version,
        changed: said.changed,
        has_moved: said.has_moved || desk.has_moved,
        known: alike::known_of(site, visitor, desk).await?,
        code_href: of_code
            .map(|section| format!("/fiches/{id}/{section}#f-{person}"))
            .unwrap_or_default(),
        page: Page::new(visitor, "/fiches"),
        person: person_of(site, desk, visitor),
        wave: wave_label(site, desk.wave.as_str(), visitor),
        draft: id,
        n_hard: seen(desk, visitor).filter(|found| found.severity == Severity::Hard).count(),
        is_kept_back: kept_back::is_open_for(desk, visitor, reasons),
        findings: seen(desk, visitor).filter(|found| !is_left(found)).map(line).collect(),
        unanswered: unanswered::of(
            site,
            (visitor, desk),
            seen(desk, visitor).filter(|found| is_left(found)),
        ),
        reasons: reasons_in(language),
        is_second: desk.second.is_some(),
        problem: said.problem,
    }))
}

/// Lists the reasons for which a soft finding is right all the same.
pub(crate) fn reasons_in(language: Language) -> Vec<(char, &'static str, &'static str)> {
    REASONS.iter().map(|(key, code, fr, en)| (*key, *code, pick(language, fr, en))).collect()
}

/// Lists the findings that a visitor sees.
fn seen<'d>(desk: &'d Desk, visitor: &'d Visitor) -> impl Iterator<Item = &'d Found> {
    desk.seen.findings.iter().filter(|found| visitor.sight.sees_found(found))
}

/// Says whether a finding stands in the way of acceptance: nothing lifts a hard one, a soft one needs a reason.
pub(super) fn is_open(found: &Found, reasons: &BTreeMap<String, String>) -> bool {
    match found.severity {
        Severity::Hard => true,
        Severity::Soft => reason_of(found, reasons).is_none(),
        Severity::Info => false,
    }
}

/// Makes a record of the sheet, if nothing blocks it and every soft finding has its reason.
pub(crate) async fn accept(
    AtDesk { site, visitor, desk }: AtDesk,
    Form(mut sent): Form<BTreeMap<String, String>>,
) -> Result<Response, WebError> {
    let seen_version = sent.remove("seen").and_then(|version| version.parse::<u64>().ok());
    if seen_version != Some(desk.draft.state.version) {
        return shown_again(&site, &visitor, &desk, (seen_version, sent)).await;
    }
    if let Some(second) = &desk.second {
        let author = visitor.author(&site);
        let keyed = (second.id, second_rows(&site, &desk));
        let of = (desk.draft.state.id, desk.partner.as_str(), &author);
        site.finish_second((keyed.0, &keyed.1), of).await?;
        let slip = format!("/bordereaux/{}", second.slip.0);
        return Ok(Redirect::to(&slip).into_response());
    }
    let language = visitor.language;
    let reasons = kept_back::reasons(&site, &visitor, &desk, Some(sent)).await?;
    if desk.seen.findings.iter().any(|found| is_open(found, &reasons)) {
        let problem = pick(
            language,
            "Chaque point à vérifier demande une correction ou un motif.",
            "Each point to be confirmed asks for a correction or a reason.",
        );
        let lacks = seen(&desk, &visitor).any(|found| is_open(found, &reasons));
        let problem = problem.to_owned();
        let problem = Some(problem).filter(|_| lacks).unwrap_or_default();
        let said = Said { problem, ..Said::default() };
        return page(&site, &visitor, &desk, (&reasons, said)).await;
    }
    let finished = FinishedDraft {
        draft: desk.draft.state.id,
        seen: desk.draft.state.version,
        records: records(&site, &desk, &reasons),
    };
    let author = visitor.author(&site);
    match site.accept_draft(&finished, (desk.partner.as_str(), &author)).await {
        Ok(_) => Ok(Redirect::to("/").into_response()),
        Err(error @ (StoreError::Moved { .. } | StoreError::Impossible(_) | StoreError::NoKey)) => {
            let has_moved = matches!(error, StoreError::Moved { kind: "record" | "identity", .. });
            let problem = error.message().say(language);
            let said = Said { problem, has_moved, changed: Vec::new() };
            page(&site, &visitor, &desk, (&reasons, said)).await
        }
        Err(error) => Err(error.into()),
    }
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

pub(super) fn reason_of(found: &Found, reasons: &BTreeMap<String, String>) -> Option<Reason> {
    let code = reasons.get(&name_of(found))?;
    let known = REASONS.iter().find(|(_, known, _, _)| known == code)?;
    Some(Reason { code: known.1.to_owned(), comment: String::new() })
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
