//! The end of a sheet: what the checks say, reasons for what is right all the same, and what nobody has confirmed yet.

use std::collections::BTreeMap;

use askama::Template;
use axum::response::Response;
use catalyse_codebook::Severity;
use catalyse_locale::Language;
use catalyse_store::Reason;

use super::alike::{self, Known};
use super::entry::person_of;
use super::home::wave_label;
use super::since::Changed;
use super::unanswered::{self, Unanswered};
use super::{Page, carried, html, kept_back, pick};
use crate::form::{FindingView, REASONS, Sections};
use crate::guard::{AtDesk, Visitor};
use crate::live::Found;
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
    /// The spells of the wave before that nobody has confirmed, changed or removed.
    proposed: Vec<carried::Spell>,
    /// What is left of the wave before in spells that are on the record.
    unconfirmed: Vec<carried::Left>,
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
pub(super) struct Said {
    pub(super) problem: String,
    pub(super) changed: Vec<Changed>,
    /// Whether the store has just refused because the record has changed.
    pub(super) has_moved: bool,
}

pub(super) async fn page(
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
        proposed: carried::proposed(site, visitor, desk),
        unconfirmed: carried::unconfirmed(site, visitor, desk),
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
pub(super) fn seen<'d>(desk: &'d Desk, visitor: &'d Visitor) -> impl Iterator<Item = &'d Found> {
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

pub(super) fn reason_of(found: &Found, reasons: &BTreeMap<String, String>) -> Option<Reason> {
    let code = reasons.get(&name_of(found))?;
    let known = REASONS.iter().find(|(_, known, _, _)| known == code)?;
    Some(Reason { code: known.1.to_owned(), comment: String::new() })
}
