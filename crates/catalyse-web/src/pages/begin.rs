//! Beginning a sheet: for somebody new, for a correction, for the next wave.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Extension, Form, State};
use axum::response::{IntoResponse, Redirect, Response};
use catalyse_codebook::{Answer, Answers, PartnerId, VariableName};
use catalyse_store::{DraftId, Field, RecordId, SaveField, SlipId};
use serde::Deserialize;

use super::{Page, alike, home, html, pick};
use crate::form::{Sections, field_key};
use crate::guard::Visitor;
use crate::live::RowKey;
use crate::sheet::typed;
use crate::{Site, WebError, clock};

/// Holds what a sheet is begun about.
#[derive(Deserialize)]
pub(crate) struct Begin {
    wave: String,
    #[serde(default)]
    person: String,
    /// The number of the slip that the form lies under, or empty.
    #[serde(default)]
    slip: String,
    /// The question to go to, as a finding names it, or empty; and the record of it, which may be an episode.
    #[serde(default)]
    variable: String,
    #[serde(default)]
    record: String,
    /// Whether the person is another than the one whose code looks like this one.
    #[serde(default)]
    other: String,
}

#[derive(Template)]
#[template(path = "alike.html")]
struct Alike {
    page: Page,
    code: String,
    typed: String,
    wave: String,
    slip: String,
}

/// Begins a sheet, or goes on with the one that is open about the same person and wave.
pub(crate) async fn open_draft(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Form(begin): Form<Begin>,
) -> Result<Response, WebError> {
    let partner = visitor.partner().ok_or(WebError::Nowhere)?;
    let study = &site.codebook().study;
    let slip = match begin.slip.parse() {
        Ok(number) => Some(site.store.slip(SlipId(number)).await?),
        Err(_) => None,
    };
    let slip = slip.filter(|slip| slip.announced.partner == *partner && slip.closed.is_none());
    // A pile is of one wave: what its slip says counts.
    let asked = slip.as_ref().map_or(begin.wave.as_str(), |slip| slip.announced.wave.as_str());
    let wave = study.waves.iter().find(|wave| wave.id.as_str() == asked);
    let wave = wave.ok_or(WebError::Request("wave"))?;
    let code = Some(begin.person.trim()).filter(|code| !code.is_empty());
    if let Some(problem) = code.and_then(|code| no_code(&site, &visitor, code)) {
        let start = home::Start { problem, ..home::Start::default() };
        return home::page(&site, &visitor, start).await;
    }
    if let Some(code) = code.filter(|_| begin.other.is_empty()) {
        let (code, wave, slip) = (code.to_owned(), wave.id.to_string(), begin.slip);
        if let Some(instead) = asked_first(&site, &visitor, partner, [code, wave, slip]).await? {
            return Ok(instead);
        }
    }
    let author = visitor.author(&site);
    let opened = site.store.open_draft(partner, &wave.id, code, &author).await?;
    if let Some(slip) = slip {
        site.store.key_from_slip(opened.draft, slip.id).await?;
    }
    if opened.already.is_none() {
        let draft = site.store.draft(opened.draft).await?;
        let first = match &draft.state.pseudonym {
            // Who is known brings the identity, so that ages can be worked out; the journal notes it.
            Some(_) if site.store.has_key() => {
                site.store.identity(draft.state.person, &author).await?
            }
            Some(_) | None => Answers::new(),
        };
        for (variable, answer) in first {
            begin_with(&site, opened.draft, (variable, answer), &visitor).await?;
        }
    }
    let place = place_of(&site, &visitor, (&begin.variable, &begin.record)).await;
    Ok(Redirect::to(&format!("/fiches/{}{place}", opened.draft.0)).into_response())
}

/// Says why what was typed can be nobody's code; nothing for one that can.
fn no_code(site: &Site, visitor: &Visitor, code: &str) -> Option<String> {
    let variable = site.codebook().variable(&site.codebook().study.person)?;
    let unreadable = typed(site.codebook(), variable, code, clock::day_of(site.now())).err()?;
    let label = visitor.tongues().of(&variable.label);
    let colon = pick(visitor.language, " :", ":");
    Some(format!("{label}{colon} {}.", unreadable.0.say(visitor.language)))
}

/// Returns where in a sheet a question stands; nothing for none, and for one that the visitor does not see.
async fn place_of(site: &Site, visitor: &Visitor, (variable, record): (&str, &str)) -> String {
    let sections = Sections::of(site.codebook(), &visitor.sight);
    let name = VariableName::new(variable).ok();
    let Some((section, name)) = sections.of_variable(variable).zip(name) else {
        return String::new();
    };
    let place = match record.parse() {
        Ok(record) => site.store.place_of(RecordId(record)).await.ok(),
        Err(_) => None,
    };
    let row = match place.map(|(_, key)| (key.form, u32::try_from(key.number))) {
        Some((Some(form), Ok(number))) => RowKey::Repeat(form, number),
        Some(_) | None => RowKey::Main,
    };
    format!("/{section}#f-{}", field_key(&row, &name))
}

/// Returns the page that asks whether what was typed is the code that is meant, if there is a doubt.
async fn asked_first(
    site: &Arc<Site>,
    visitor: &Visitor,
    partner: &PartnerId,
    [code, wave, slip]: [String; 3],
) -> Result<Option<Response>, WebError> {
    match alike::known(site, partner, &code).await? {
        Some(known) if known.is_same() => Ok(None),
        Some(alike::Known { code, typed }) => {
            let page = Page::new(visitor, "/");
            Ok(Some(html(&Alike { page, code, typed, wave, slip })))
        }
        None if code.contains(|sign: char| sign.is_ascii_digit()) => Ok(None),
        None => {
            let query = code.clone();
            let meant = Some(home::Meant { code, wave, slip });
            let start = home::Start { query, meant, ..home::Start::default() };
            home::page(site, visitor, start).await.map(Some)
        }
    }
}

async fn begin_with(
    site: &Site,
    draft: DraftId,
    (variable, answer): (VariableName, Answer),
    visitor: &Visitor,
) -> Result<(), WebError> {
    let save = SaveField {
        draft,
        field: Field { form: None, number: 0, variable },
        answer: Some(answer),
        seen: 0,
        author: visitor.author(site),
    };
    site.store.save_field(save).await?;
    Ok(())
}
