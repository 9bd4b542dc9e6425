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
use catalyse_store::{DecidedCounts, Decision, Record, Second, SecondRow, SecondState, StoreError};

use super::{Page, corrections, html, pick};
use crate::double::{Compared, Differing, Entry, compare};
use crate::form::{FieldView, blank_view, field_key};
use crate::guard::Visitor;
use crate::live::RowKey;
use crate::sheet::typed;
use crate::{Site, WebError, clock};

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
        SecondState::Typed(by) => {
            let has_typed = by.iter().chain([&second.first_by]).any(|who| who == visitor.name());
            if has_typed {
                Err(StoreError::Impossible("a third person decides").into())
            } else {
                Ok(())
            }
        }
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

/// Lays the two entries side by side: the first as it stood when it was drawn, episodes too, and what was typed since. Answers that were
/// corrected in the meantime, and episodes that came or went, change nothing of how well the first entry was typed.
async fn compared(site: &Site, second: &Second) -> Result<(Record, Compared), WebError> {
    let record = site.store.record(second.record).await?;
    let first = site.store.first_rows(second.id).await?.ok_or(WebError::Nowhere)?;
    let entry = |rows: Vec<SecondRow>| -> Entry {
        rows.into_iter().map(|row| (row_of(&row), row.answers)).collect()
    };
    let again = site.store.second_rows(second.id).await?;
    let compared = compare(&site.comparable, &entry(first), &entry(again));
    Ok((record, compared))
}

pub(super) fn row_of(row: &SecondRow) -> RowKey {
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
    for (one, paper) in compared.differing.iter().zip(paper) {
        counts.n_second_wrong += u64::from(one.second != paper);
        counts.n_first_wrong += u64::from(one.first != paper);
        wrong.push((one, paper));
    }
    let author = visitor.author(&site);
    let corrections = corrections::corrections(&site, (&second, &record), wrong, &author).await?;
    let decision = Decision { counts, corrections };
    let way_on = match site.store.decide_second(second.id, &decision, &author).await {
        Ok(Some(draft)) => format!("/fiches/{}/fin", draft.0),
        Ok(None) => format!("/bordereaux/{}", second.slip.0),
        Err(error @ StoreError::Impossible(_)) => {
            let problem = error.message().say(visitor.language);
            return Ok(page(&site, &visitor, (&second, &record, &compared), problem));
        }
        Err(error) => return Err(error.into()),
    };
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
    let today = clock::day_of(site.now());
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
