//! Throwing a sheet away: asked once, and only by who began it or the centre's coordinator. What was typed does not come back.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Extension, Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use catalyse_store::{DraftId, DraftState, Role, StoreError};

use super::home::wave_label;
use super::{Page, Refusal, html, pick, refuse};
use crate::guard::Visitor;
use crate::{Site, WebError, clock};

#[derive(Template)]
#[template(path = "drop.html")]
struct Asked {
    page: Page,
    draft: i64,
    person: String,
    wave: String,
    begun: String,
    changed: String,
    /// Whether the visitor may do it.
    may: bool,
    /// Where one goes who does not.
    back: String,
}

/// Says whether a visitor may throw a sheet away.
fn may(visitor: &Visitor, state: &DraftState) -> bool {
    visitor.role() == Some(Role::PartnerCoordinator) || state.opened_by == visitor.name()
}

/// Returns a sheet of the visitor's centre without opening it: what it stands on may be gone.
async fn state_of(site: &Site, visitor: &Visitor, draft: i64) -> Result<DraftState, WebError> {
    let partner = visitor.partner().ok_or(WebError::Nowhere)?;
    let mut drafts = site.store.drafts(Some(partner)).await?.into_iter();
    drafts.find(|state| state.id.0 == draft).ok_or(WebError::Nowhere)
}

/// Asks whether a sheet is to be thrown away.
pub(crate) async fn ask(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(draft): Path<i64>,
) -> Result<Response, WebError> {
    let state = state_of(&site, &visitor, draft).await?;
    // What somebody else types a second time is seen by nobody else.
    let is_blind = site.store.second_in(state.id).await?.is_some();
    let is_closed = is_blind && state.opened_by != visitor.name();
    let nobody = pick(visitor.language, "personne nouvelle", "new person");
    Ok(html(&Asked {
        page: Page::new(&visitor, "/fiches"),
        draft,
        back: if is_closed { "/".to_owned() } else { format!("/fiches/{draft}") },
        may: may(&visitor, &state),
        wave: wave_label(&site, &state.wave, &visitor),
        begun: format!("{}, {}", state.opened_by, clock::day_and_time(state.opened_at)),
        changed: clock::day_and_time(state.changed_at),
        person: state.pseudonym.unwrap_or_else(|| nobody.to_owned()),
    }))
}

/// Throws a sheet away.
pub(crate) async fn throw_away(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Path(draft): Path<i64>,
) -> Result<Response, WebError> {
    let state = match state_of(&site, &visitor, draft).await {
        Ok(state) => state,
        // The second of two clicks.
        Err(WebError::Nowhere | WebError::Store(StoreError::Unknown { .. })) => {
            return Ok(Redirect::to("/").into_response());
        }
        Err(error) => return Err(error),
    };
    if !may(&visitor, &state) {
        return Ok(refuse(visitor.language, &Refusal::Forbidden));
    }
    site.store.drop_draft(DraftId(draft), &visitor.author(&site)).await?;
    Ok(Redirect::to("/").into_response())
}
