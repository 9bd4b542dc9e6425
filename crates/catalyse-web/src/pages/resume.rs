//! Going on with a sheet under which something changed: what stands now beside what was typed, field by field, and whoever types picks.
//!
//! What was changed where nothing was typed is taken and told. Where both were, nothing is chosen beforehand.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use axum::extract::Form;
use axum::response::{IntoResponse, Redirect, Response};
use catalyse_codebook::{Answer, Answers, Variable};
use catalyse_store::{Field, Moved, Moves, SaveField, StoreError};
use serde::Deserialize;

use super::entry::person_of;
use super::home::wave_label;
use super::{Page, html, identities, pick, reasons, signed};
use crate::form::field_key;
use crate::guard::{AtDesk, Visitor};
use crate::sheet::{Desk, row_of, shown};
use crate::{Site, WebError, clock};

#[derive(Template)]
#[template(path = "resume.html")]
struct Resume {
    page: Page,
    draft: i64,
    person: String,
    wave: String,
    stamp: String,
    is_taken_away: bool,
    /// Whether a colleague has to pick, because the field is not for this account.
    is_kept_back: bool,
    contested: Vec<Line>,
    taken: Vec<Line>,
    /// Episodes whose number is taken: what they are called, and the number that they get.
    renumbered: Vec<(String, i64)>,
    problem: String,
}

struct Line {
    key: String,
    label: String,
    then: String,
    now: String,
    mine: String,
    by: String,
    /// What was picked: `mine`, `theirs`, or nothing yet.
    picked: String,
}

/// Shows what changed.
pub(crate) async fn show(AtDesk { site, visitor, desk }: AtDesk) -> Result<Response, WebError> {
    page(&site, &visitor, &desk, (&BTreeMap::new(), String::new())).await
}

async fn page(
    site: &Site,
    visitor: &Visitor,
    desk: &Desk,
    (picked, problem): (&BTreeMap<String, String>, String),
) -> Result<Response, WebError> {
    let id = desk.draft.state.id;
    let Some(moves) = site.store.draft_moves(id).await? else {
        return Ok(Redirect::to(&format!("/fiches/{}/fin", id.0)).into_response());
    };
    let shown = moves.answers.iter().map(|moved| &moved.field.variable);
    identities::note(site, visitor, desk, shown).await?;
    let (mut contested, mut taken) = (Vec::new(), Vec::new());
    for (moved, variable) in typed_by_hand(site, &moves) {
        if !visitor.sight.sees(&variable.name) {
            continue;
        }
        let line = line(site, visitor, (moved, variable), picked);
        if moved.is_contested() { contested.push(line) } else { taken.push(line) }
    }
    Ok(html(&Resume {
        page: Page::new(visitor, "/fiches"),
        draft: id.0,
        person: person_of(site, desk, visitor),
        wave: wave_label(site, desk.wave.as_str(), visitor),
        is_taken_away: moves.is_taken_away,
        is_kept_back: is_kept_back(site, visitor, &moves),
        renumbered: renumbered(site, visitor, &moves),
        stamp: moves.stamp,
        contested,
        taken,
        problem,
    }))
}

/// Lists the typed episodes whose number somebody else has given to another one.
fn renumbered(site: &Site, visitor: &Visitor, moves: &Moves) -> Vec<(String, i64)> {
    let named = moves.renumbered.iter().filter_map(|one| {
        let sections = &site.codebook().form(&one.form)?.sections;
        let title = visitor.tongues().of(&sections.first()?.title).to_owned();
        Some((format!("{title} {}", one.number), one.becomes))
    });
    named.collect()
}

/// Lists what changed of questions that are typed: what is worked out follows from them.
fn typed_by_hand<'m>(site: &'m Site, moves: &'m Moves) -> Vec<(&'m Moved, &'m Variable)> {
    let codebook = site.codebook();
    let study = &codebook.study;
    let known = moves.answers.iter().filter_map(|moved| {
        let variable = codebook.variable(&moved.field.variable)?;
        let is_key = [&study.person, &study.wave, &study.partner].contains(&&variable.name);
        (!variable.is_derived() && !is_key).then_some((moved, variable))
    });
    known.collect()
}

/// Says whether somebody has to pick who sees what this visitor does not.
fn is_kept_back(site: &Site, visitor: &Visitor, moves: &Moves) -> bool {
    let contested = typed_by_hand(site, moves).into_iter().filter(|(one, _)| one.is_contested());
    contested.into_iter().any(|(_, variable)| !visitor.sight.sees(&variable.name))
}

fn line(
    site: &Site,
    visitor: &Visitor,
    (moved, variable): (&Moved, &Variable),
    picked: &BTreeMap<String, String>,
) -> Line {
    let tongues = visitor.tongues();
    let words = |answer: Option<&Answer>| match answer {
        None => pick(visitor.language, "rien", "nothing").to_owned(),
        Some(Answer::Missing(reason)) => tongues.of(&reason.label()).to_owned(),
        answer => shown(site.codebook(), variable, answer, tongues),
    };
    let row = row_of(&moved.field);
    let key = field_key(&row, &variable.name);
    let label = tongues.of(&variable.label);
    let spell = pick(visitor.language, "épisode", "spell");
    Line {
        label: match row.number() {
            0 => label.to_owned(),
            number => format!("{label} ({spell} {number})"),
        },
        then: words(moved.then.as_ref()),
        now: words(moved.now.as_ref()),
        mine: words(moved.mine.as_ref().and_then(Option::as_ref)),
        by: format!(
            "{}, {}",
            signed(&moved.by.0, visitor.language),
            clock::day_and_time(moved.by.1)
        ),
        picked: picked.get(&key).cloned().unwrap_or_default(),
        key,
    }
}

/// Takes what was picked, and lets the sheet stand on what is there now.
pub(crate) async fn renew(
    AtDesk { site, visitor, desk }: AtDesk,
    Form(sent): Form<BTreeMap<String, String>>,
) -> Result<Response, WebError> {
    let id = desk.draft.state.id;
    let way_on = Redirect::to(&format!("/fiches/{}/fin", id.0)).into_response();
    let Some(moves) = site.store.draft_moves(id).await? else { return Ok(way_on) };
    if is_kept_back(&site, &visitor, &moves) {
        return page(&site, &visitor, &desk, (&sent, String::new())).await;
    }
    let mut theirs: BTreeSet<Field> = BTreeSet::new();
    for (moved, variable) in typed_by_hand(&site, &moves) {
        let key = field_key(&row_of(&moved.field), &variable.name);
        match sent.get(&key).map(String::as_str) {
            _ if !moved.is_contested() => {}
            Some("theirs") => drop(theirs.insert(moved.field.clone())),
            Some("mine") => {}
            _ => {
                let problem = pick(
                    visitor.language,
                    "Choisissez pour chaque question laquelle des deux réponses vaut.",
                    "Pick for each question which of the two answers holds.",
                );
                return page(&site, &visitor, &desk, (&sent, problem.to_owned())).await;
            }
        }
    }
    let stamp = sent.get("stamp").map(String::as_str).unwrap_or_default();
    let author = visitor.author(&site);
    let changed = moves.answers.iter().map(|moved| moved.field.variable.clone());
    reasons::forget(&site, id, changed).await?;
    match site.store.renew_draft(id, (stamp, &theirs), &author).await {
        Ok(()) => Ok(way_on),
        Err(StoreError::Moved { .. }) => {
            let problem = pick(
                visitor.language,
                "Quelque chose a encore changé entre-temps. Regardez de nouveau, puis confirmez.",
                "Something more has changed in the meantime. Look again, then confirm.",
            );
            page(&site, &visitor, &desk, (&sent, problem.to_owned())).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Names the person whom a sheet turns out to be about.
#[derive(Deserialize)]
pub(crate) struct Known {
    person: String,
}

/// Makes a sheet about nobody one about the person whose code was typed, and shows what stands of that person.
pub(crate) async fn take_over(
    AtDesk { site, visitor, desk }: AtDesk,
    Form(known): Form<Known>,
) -> Result<Response, WebError> {
    let (id, author) = (desk.draft.state.id, visitor.author(&site));
    site.store.take_over(id, known.person.trim(), &author).await?;
    if site.store.has_key() {
        // As at the beginning of any sheet about somebody who is known: without the identity, ages could not be worked out.
        let draft = site.store.draft(id).await?;
        let identity: Answers = site.store.identity(draft.state.person, &author).await?;
        for (variable, answer) in identity {
            let field = Field { form: None, number: 0, variable };
            if !draft.fields.contains_key(&field) {
                let author = visitor.author(&site);
                let save = SaveField { draft: id, field, answer: Some(answer), seen: 0, author };
                site.store.save_field(save).await?;
            }
        }
    }
    Ok(Redirect::to(&format!("/fiches/{}/reprendre", id.0)).into_response())
}
