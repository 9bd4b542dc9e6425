//! Deciding a second entry: a third person, with the paper in view, types what stands there for each field in which the two differ.
//!
//! The two values are not shown: who sees them picks one of them and not what is on the paper (Barchard 2019). What was typed tells which of
//! the two was wrong; where the first was, a correction of the record is begun.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Extension, Form, State};
use axum::response::{IntoResponse, Redirect, Response};
use catalyse_codebook::{Answer, MissingReason};
use catalyse_store::{DecidedCounts, Past, Record, SaveField, Second, SecondRow, SecondState};
use jiff::tz::TimeZone;

use super::{Page, html, pick};
use crate::double::{Compared, Differing, Entry, compare};
use crate::form::{FieldView, blank_view, field_key};
use crate::guard::Visitor;
use crate::live::RowKey;
use crate::sheet::{field_of, typed};
use crate::{Site, WebError};

#[derive(Template)]
#[template(path = "decide.html")]
struct Decide {
    page: Page,
    id: i64,
    slip: i64,
    person: String,
    n_fields: u64,
    fields: Vec<FieldView>,
    lists: Vec<(String, Vec<String>)>,
    problem: String,
}

/// Shows the fields in which the two entries differ, empty.
pub(crate) async fn show(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Extension(second): Extension<Arc<Second>>,
) -> Result<Response, WebError> {
    may_decide(&second, &visitor)?;
    let (record, compared) = compared(&site, &second).await?;
    Ok(page(&site, &visitor, (&second, &record, &compared), String::new()))
}

fn may_decide(second: &Second, visitor: &Visitor) -> Result<(), WebError> {
    match &second.state {
        SecondState::Typed(by) if by != visitor.name() && second.first_by != visitor.name() => {
            Ok(())
        }
        SecondState::Typed(_) => Err(WebError::Request("third person")),
        SecondState::Drawn | SecondState::Decided(_) => Err(WebError::Nowhere),
    }
}

fn page(
    site: &Site,
    visitor: &Visitor,
    (second, record, compared): (&Second, &Record, &Compared),
    problem: String,
) -> Response {
    let codebook = site.codebook();
    let fields = compared.differing.iter().filter_map(|one| {
        let variable = codebook.variable(&one.variable)?;
        Some(blank_view(codebook, (&one.row, variable), visitor.tongues()))
    });
    let fields: Vec<FieldView> = fields.collect();
    html(&Decide {
        page: Page::new(visitor, "/bordereaux"),
        id: second.id.0,
        slip: second.slip.0,
        person: record.key.person.clone(),
        n_fields: compared.n_fields,
        lists: super::entry::lists(codebook, fields.iter(), visitor.tongues()),
        fields,
        problem,
    })
}

/// Lays the two entries side by side: the record as it stood when it was drawn, and what was typed since.
async fn compared(site: &Site, second: &Second) -> Result<(Record, Compared), WebError> {
    let record = site.store.record(second.record).await?;
    let mut first = Entry::new();
    for other in site.store.records_of(record.person).await? {
        let Some(form) = other.key.form else { continue };
        if (&other.key.wave, &other.key.partner) == (&record.key.wave, &record.key.partner) {
            let number = u32::try_from(other.key.number).unwrap_or_default();
            first.insert(RowKey::Repeat(form, number), other.answers);
        }
    }
    let history = site.store.history(record.id).await?;
    let then = history.into_iter().find(|revision| revision.number == second.revision);
    let answers = match then.map(|revision| revision.was) {
        Some(Past::Answers(answers)) => answers,
        Some(Past::TakenAway | Past::Destroyed) | None => record.answers.clone(),
    };
    first.insert(RowKey::Main, answers);
    let rows = site.store.second_rows(second.id).await?.into_iter();
    let again: Entry = rows.map(|row| (row_of(&row), row.answers)).collect();
    let compared = compare(&site.comparable, &first, &again);
    Ok((record, compared))
}

fn row_of(row: &SecondRow) -> RowKey {
    let number = u32::try_from(row.number).unwrap_or_default();
    row.form.clone().map_or(RowKey::Main, |form| RowKey::Repeat(form, number))
}

/// Takes what the third person typed.
pub(crate) async fn decide(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Extension(second): Extension<Arc<Second>>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    may_decide(&second, &visitor)?;
    let (record, compared) = compared(&site, &second).await?;
    let paper = match on_paper(&site, &visitor, &compared, &pairs) {
        Ok(paper) => paper,
        Err(problem) => {
            return Ok(page(&site, &visitor, (&second, &record, &compared), problem));
        }
    };
    let mut counts = DecidedCounts { n_fields: compared.n_fields, ..DecidedCounts::default() };
    let mut wrong = Vec::new();
    for (one, paper) in compared.differing.iter().zip(&paper) {
        counts.n_second_wrong += u64::from(one.second != *paper);
        if one.first != *paper {
            counts.n_first_wrong += 1;
            wrong.push((&one.row, &one.variable, paper.clone()));
        }
    }
    // The correction is begun first: if all stops here, nothing is decided and nothing is lost.
    let mut way_on = format!("/bordereaux/{}", second.slip.0);
    let author = site.author(visitor.name());
    if !wrong.is_empty() {
        let (key, code) = (&record.key, Some(record.key.person.as_str()));
        let opened = site.store.open_draft(&key.partner, &key.wave, code, &author).await?;
        for (row, variable, answer) in wrong {
            let field = field_of(row, variable);
            let draft = site.store.draft(opened.draft).await?;
            let seen = draft.fields.get(&field).map_or(0, |known| known.version);
            let author = author.clone();
            let save = SaveField { draft: opened.draft, field, answer, seen, author };
            site.store.save_field(save).await?;
        }
        way_on = format!("/fiches/{}/fin", opened.draft.0);
    }
    site.store.decide_second(second.id, counts, &author).await?;
    Ok(Redirect::to(&way_on).into_response())
}

/// Reads what stands on the paper, for each field in which the two differ.
///
/// # Errors
/// The sentence for a field that was left out, or cannot be read.
fn on_paper(
    site: &Site,
    visitor: &Visitor,
    compared: &Compared,
    pairs: &[(String, String)],
) -> Result<Vec<Option<Answer>>, String> {
    let mut sent: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (key, value) in pairs {
        sent.entry(key).or_default().push(value);
    }
    let today = site.now().to_zoned(TimeZone::UTC).date();
    let field = |one: &Differing| {
        let key = field_key(&one.row, &one.variable);
        let Some(variable) = site.codebook().variable(&one.variable) else { return Ok(None) };
        let label = visitor.tongues().of(&variable.label);
        if sent.contains_key(format!("{key}:none").as_str()) {
            return Ok(None);
        }
        let reason = sent.get(format!("{key}:missing").as_str()).and_then(|all| all.first());
        if let Some(reason) = reason.and_then(|name| MissingReason::from_name(name)) {
            return Ok(Some(Answer::Missing(reason)));
        }
        let text = sent.get(key.as_str()).map(|values| values.join(" ")).unwrap_or_default();
        match typed(site.codebook(), variable, &text, today) {
            Ok(Some(answer)) => Ok(Some(answer)),
            Ok(None) => {
                let words = pick(
                    visitor.language,
                    "tapez ce qui est sur le papier, ou cochez « rien sur le papier ».",
                    "type what stands on the paper, or tick “nothing on the paper”.",
                );
                Err(format!("{label} : {words}"))
            }
            Err(unreadable) => Err(format!("{label} : {}", unreadable.0.say(visitor.language))),
        }
    };
    compared.differing.iter().map(field).collect()
}
