//! Episodes of a sheet: adding one, and taking one away. Both buttons send the whole section, which is saved first: nothing that was typed is
//! lost, and what could not be read is told.

use std::sync::Arc;

use axum::extract::{Form, Path};
use axum::response::{IntoResponse, Redirect, Response};
use catalyse_codebook::{Answer, Answers, Form as StudyForm, FormName, Grain, Storage, Variable};
use catalyse_store::SaveField;

use super::section::{Unsaved, save_all};
use super::{entry, pick, reasons};
use crate::form::{Sections, field_key, parse_key};
use crate::guard::{AtDesk, Visitor};
use crate::live::RowKey;
use crate::sheet::{Desk, field_of};
use crate::{Site, WebError};

/// Adds an episode: the next number is its first answer.
pub(crate) async fn add(
    AtDesk { site, visitor, desk }: AtDesk,
    Path((_, name)): Path<(String, String)>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let form = FormName::new(&name).map_err(|_| WebError::Nowhere)?;
    let form = site.codebook().form(&form).filter(|form| form.grain == Grain::Repeat);
    let form = form.ok_or(WebError::Nowhere)?;
    let (desk, unsaved) = save_all(&site, &visitor, desk, pairs).await?;
    let last = desk.numbers(&form.name).last().copied();
    let number = last.unwrap_or_default().checked_add(1).ok_or(WebError::Request("episode"))?;
    let row = RowKey::Repeat(form.name.clone(), number);
    let numbered = form.variables().find(|one| one.value_type.storage() == Storage::Integer);
    let numbered = numbered.ok_or(WebError::Nowhere)?;
    let field = field_of(&row, &numbered.name);
    let save = SaveField {
        draft: desk.draft.state.id,
        seen: desk.version(&field),
        field,
        answer: Some(Answer::Integer(i64::from(number))),
        author: visitor.author(&site),
    };
    site.store.save_field(save).await?;
    to_episode(&site, &visitor, &desk, ((form, &row), unsaved)).await
}

/// Removes an episode: all its answers are taken away, which the draft remembers.
pub(crate) async fn remove(
    AtDesk { site, visitor, desk }: AtDesk,
    Path((_, name)): Path<(String, String)>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let (row, _) = parse_key(&format!("{name}.x")).ok_or(WebError::Nowhere)?;
    let RowKey::Repeat(form, _) = &row else { return Err(WebError::Nowhere) };
    let form = site.codebook().form(form).ok_or(WebError::Nowhere)?;
    // What was typed in the episode that goes need not be read.
    let others = |key: &str| parse_key(key).is_none_or(|(of, _)| of != row);
    let is_of_others = |(key, _): &(String, String)| others(key.split(':').next().unwrap_or(key));
    let pairs = pairs.into_iter().filter(is_of_others).collect();
    let (desk, mut unsaved) = save_all(&site, &visitor, desk, pairs).await?;
    // An episode of the wave before that nobody touched: its number is taken away, so that it is not proposed again.
    let declined = desk.numbered(&site, &row);
    let declined = declined.map(|(field, number)| Answers::from([(field.variable, number)]));
    let answers = declined.as_ref().or_else(|| desk.sheet.row(&row)).ok_or(WebError::Nowhere)?;
    if answers.keys().any(|name| !visitor.sight.sees(name)) {
        let (section, _) = first_of(&site, &visitor, form);
        let words = pick(
            visitor.language,
            "Cet épisode a des réponses que votre compte ne montre pas : une personne habilitée le retire.",
            "This spell has answers that your account does not show: somebody who sees them removes it.",
        );
        unsaved.notices.push(words.to_owned());
        return entry::page(&site, &visitor, &desk, (&section, unsaved)).await;
    }
    reasons::forget(&site, desk.draft.state.id, answers.keys().cloned()).await?;
    for variable in answers.keys() {
        let field = field_of(&row, variable);
        let save = SaveField {
            draft: desk.draft.state.id,
            seen: desk.version(&field),
            field,
            answer: None,
            author: visitor.author(&site),
        };
        site.store.save_field(save).await?;
    }
    to_episode(&site, &visitor, &desk, ((form, &RowKey::Main), unsaved)).await
}

/// Returns the section of a form's first question that the visitor sees, and the question.
fn first_of<'f>(
    site: &Site,
    visitor: &Visitor,
    form: &'f StudyForm,
) -> (String, Option<&'f Variable>) {
    let sections = Sections::of(site.codebook(), &visitor.sight);
    let first = form.variables().find(|one| visitor.sight.sees(&one.name));
    let section = first.and_then(|one| sections.of_variable(one.name.as_str()));
    (section.unwrap_or_default(), first)
}

/// Goes to an episode; or shows the section as it is now, if something that was typed could not be saved.
async fn to_episode(
    site: &Arc<Site>,
    visitor: &Visitor,
    desk: &Desk,
    ((form, row), unsaved): ((&StudyForm, &RowKey), Unsaved),
) -> Result<Response, WebError> {
    let (section, first) = first_of(site, visitor, form);
    let id = desk.draft.state.id;
    if !unsaved.notices.is_empty() {
        let now = Desk::lay(site, Arc::new(site.store.draft(id).await?)).await?;
        return entry::page(site, visitor, &now, (&section, unsaved)).await;
    }
    let anchor = match (row, first) {
        (RowKey::Repeat(..), Some(first)) => format!("#f-{}", field_key(row, &first.name)),
        _ => String::new(),
    };
    Ok(Redirect::to(&format!("/fiches/{}/{section}{anchor}", id.0)).into_response())
}
