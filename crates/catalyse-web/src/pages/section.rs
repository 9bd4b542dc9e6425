//! Saving a section whole: what a browser without a script sends. What cannot be saved stands in its box again, with what it may mean.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Form, Path};
use axum::response::{IntoResponse, Redirect, Response};

use super::entry::page;
use super::pick;
use crate::form::{Sections, parse_key};
use crate::guard::{AtDesk, Visitor};
use crate::sheet::{Desk, Outcome, Typed, matching, save};
use crate::{Site, WebError};

/// Holds what could not be saved.
#[derive(Default)]
pub(crate) struct Unsaved {
    /// What is told of it.
    pub(crate) notices: Vec<String>,
    /// What was typed and cannot be read, by the name of its field.
    pub(crate) boxes: BTreeMap<String, Unread>,
}

/// Holds what was typed in a box and cannot be read.
pub(crate) struct Unread {
    pub(crate) text: String,
    /// The codes of what it may mean, with their words.
    pub(crate) matches: Vec<(String, String)>,
}

/// So many that fit are offered: with more, the next letters are quicker.
const MOST_MATCHES: usize = 30;

/// Saves all fields of a section: what a browser without a script sends.
pub(crate) async fn save_section(
    AtDesk { site, visitor, desk }: AtDesk,
    Path((_, name)): Path<(String, String)>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, WebError> {
    let (desk, unsaved) = save_all(&site, &visitor, desk, pairs).await?;
    if unsaved.notices.is_empty() {
        let (_, next) = Sections::of(site.codebook(), &visitor.sight).beside(&name);
        let next = next.unwrap_or_else(|| "fin".to_owned());
        let id = desk.draft.state.id.0;
        return Ok(Redirect::to(&format!("/fiches/{id}/{next}")).into_response());
    }
    page(&site, &visitor, &desk, (&name, unsaved)).await
}

/// Saves what differs from what is on the disk, and says what could not be saved.
pub(super) async fn save_all(
    site: &Arc<Site>,
    visitor: &Visitor,
    mut desk: Arc<Desk>,
    pairs: Vec<(String, String)>,
) -> Result<(Arc<Desk>, Unsaved), WebError> {
    let mut sent: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (key, value) in pairs {
        sent.entry(key).or_default().push(value);
    }
    let mut unsaved = Unsaved::default();
    for (key, seen) in &sent {
        let Some(key) = key.strip_suffix(":seen") else { continue };
        let Some((row, variable)) = parse_key(key) else { continue };
        // What was picked among several that fit counts before the text for which they were offered.
        let picked = sent.get(&format!("{key}:pick")).or_else(|| sent.get(key));
        let text = picked.map(|values| values.join(" ")).unwrap_or_default();
        let missing = sent.get(&format!("{key}:missing")).and_then(|values| values.first());
        let missing = missing.filter(|_| text.trim().is_empty()).cloned().unwrap_or_default();
        let seen = seen.first().and_then(|seen| seen.parse().ok()).unwrap_or_default();
        let known = site.codebook().variable(&variable).ok_or(WebError::Nowhere)?;
        let label = visitor.tongues().of(&known.label);
        let kept = text.clone();
        let typed = Typed { row, variable, text, missing, seen };
        match save(site, &desk, typed, visitor).await? {
            Outcome::Saved { field, known, .. } => {
                desk = desk.after_saving(site, (&field, known)).await?;
            }
            Outcome::Unchanged { .. } => {}
            Outcome::Unreadable(message) => {
                let matches = matching(site.codebook(), known, &kept);
                let matches = matches.iter().take(MOST_MATCHES).map(|category| {
                    let words = visitor.tongues().of(&category.label);
                    (category.code.clone(), format!("{} – {words}", category.code))
                });
                let unread = Unread { text: kept, matches: matches.collect() };
                unsaved.boxes.insert(key.to_owned(), unread);
                unsaved.notices.push(format!("{label} : {}", message.say(visitor.language)));
            }
            Outcome::Conflict { by, .. } => {
                let words = pick(
                    visitor.language,
                    "a été rempli autrement entre-temps par",
                    "was filled in otherwise in the meantime by",
                );
                unsaved.notices.push(format!("{label} {words} {by}."));
            }
        }
    }
    Ok((desk, unsaved))
}
