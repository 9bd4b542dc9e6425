//! Quality for coordinators: checks that are overridden often, and how much is left unchanged from one wave to the next. No person is shown.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Extension, State};
use axum::response::Response;
use catalyse_codebook::Answers;
use catalyse_store::{PersonId, Selection};

use super::{Page, html};
use crate::form::REASONS;
use crate::guard::Visitor;
use crate::{Site, WebError};

#[derive(Template)]
#[template(path = "quality.html")]
struct Quality {
    page: Page,
    overrides: Vec<(String, &'static str, u64, u64)>,
    unchanged: Vec<(String, String, u64, u64, u64)>,
}

/// Fewer answers than these say more of one person than of a centre.
const LEAST_ANSWERS: u64 = 300;

/// Shows the page.
pub(crate) async fn show(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
) -> Result<Response, WebError> {
    let language = visitor.language;
    let overrides = site.store.overrides().await?.into_iter().map(|line| {
        let known = REASONS.iter().find(|(_, code, _, _)| *code == line.reason);
        let words = known.map_or("–", |(_, _, fr, en)| super::pick(language, fr, en));
        (line.check, words, line.accepted, line.found)
    });
    let overrides = overrides.collect();
    let unchanged = unchanged(&site, &visitor).await?;
    let page = Page::new(&visitor, "/qualite");
    Ok(html(&Quality { page, overrides, unchanged }))
}

/// Counts, by centre and wave, the answers that are those of the wave before.
async fn unchanged(
    site: &Site,
    visitor: &Visitor,
) -> Result<Vec<(String, String, u64, u64, u64)>, WebError> {
    let selection = Selection { partner: visitor.partner().cloned(), ..Selection::default() };
    let records = site.store.records(&selection).await?;
    let study = &site.codebook().study;
    let mut by_person: BTreeMap<(PersonId, usize), (&str, &Answers)> = BTreeMap::new();
    for record in records.iter().filter(|record| record.key.form.is_none()) {
        if let Some(wave) = study.waves.iter().position(|wave| wave.id == record.key.wave) {
            by_person.insert((record.person, wave), (record.key.partner.as_str(), &record.answers));
        }
    }
    let is_asked = |name: &catalyse_codebook::VariableName| {
        site.codebook().variable(name).is_some_and(|variable| !variable.is_derived())
    };
    let mut counts: BTreeMap<(&str, usize), (u64, u64)> = BTreeMap::new();
    for ((person, wave), (partner, now)) in &by_person {
        let before = wave.checked_sub(1).and_then(|before| by_person.get(&(*person, before)));
        let Some((_, before)) = before else { continue };
        let known = counts.entry((partner, *wave)).or_default();
        for (name, answer) in now.iter().filter(|(name, _)| is_asked(name)) {
            if let Some(old) = before.get(name) {
                known.1 += 1;
                known.0 += u64::from(old == answer);
            }
        }
    }
    let label = |partner: &str| {
        let known = study.partners.iter().find(|known| known.id.as_str() == partner);
        known.map_or_else(|| partner.to_owned(), |one| one.label.get(visitor.language).to_owned())
    };
    let lines = counts.into_iter().filter(|(_, (_, all))| *all >= LEAST_ANSWERS);
    Ok(lines
        .filter_map(|((partner, wave), (same, all))| {
            let wave = study.waves.get(wave)?.label.get(visitor.language).to_owned();
            Some((label(partner), wave, same, all, same * 100 / all))
        })
        .collect())
}
