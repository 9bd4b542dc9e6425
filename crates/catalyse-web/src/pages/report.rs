//! The editions of the report: those that were fixed, and fixing one more. Readers get the bytes that were fixed, whatever changes since.
//!
//! An edition is protected on its own. Two of one wave can be compared, and what differs tells of those who changed in between: so the page
//! says how many there are and how much has changed, asks why for one more, and makes none when few changed – it would tell of them alone.

use std::collections::BTreeSet;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Extension, Form, State};
use axum::response::{IntoResponse, Redirect, Response};
use catalyse_locale::Language;
use catalyse_store::{Edition, NewEdition, PersonId, Record, Selection, StoreError};
use serde::Deserialize;

use super::edition::ending_of;
use super::home::wave_label;
use super::{Page, html, pick};
use crate::guard::{COORDINATORS, Visitor, Who};
use crate::{Site, WebError, clock};

#[derive(Template)]
#[template(path = "report.html")]
struct ReportPage {
    page: Page,
    editions: Vec<Line>,
    /// What can be fixed, the last wave first; nothing for who only reads.
    offers: Vec<Offer>,
    problem: String,
}

struct Line {
    id: i64,
    title: String,
    when: String,
    who: String,
    note: String,
    /// The files in the language of the page: address, words, size.
    files: Vec<(String, &'static str, String)>,
}

/// What a coordinator may fix of one wave.
struct Offer {
    wave: String,
    label: String,
    /// Which edition it would be.
    number: u64,
    change: Change,
}

/// How much has changed since the last edition of a wave.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Change {
    /// There is no edition yet.
    First,
    /// Nothing has.
    Nothing,
    /// So few persons that a comparison would tell of them alone.
    Few,
    Many,
}

/// Of fewer persons a second edition would tell: the same number under which no percentage and no word is printed of a table.
const LEAST_CHANGED: usize = 10;

/// Lists the editions.
pub(crate) async fn show(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
) -> Result<Response, WebError> {
    page(&site, &visitor, String::new()).await
}

async fn page(site: &Site, visitor: &Visitor, problem: String) -> Result<Response, WebError> {
    let editions = site.store.editions().await?;
    let coordinates = matches!(COORDINATORS, Who::Roles(roles) if visitor.role().is_some_and(|role| roles.contains(&role)));
    let mut offers = Vec::new();
    if coordinates && site.report.is_some() {
        offers = self::offers(site, visitor, &editions).await?;
    }
    let editions = editions.into_iter().map(|edition| line(site, visitor, edition)).collect();
    Ok(html(&ReportPage { page: Page::new(visitor, "/rapport"), editions, offers, problem }))
}

fn line(site: &Site, visitor: &Visitor, edition: Edition) -> Line {
    let language = visitor.language;
    let wave = wave_label(site, &edition.wave, visitor);
    let words = pick(language, "édition", "edition");
    let own = match language {
        Language::Fr => "fr/",
        Language::En | Language::Nl | Language::De => "en/",
    };
    let id = edition.id.0;
    let files = edition.files.into_iter().filter(|(name, _)| name.starts_with(own));
    let files = files.map(|(name, n_bytes)| {
        let words = match ending_of(&name) {
            ".html" => pick(language, "Lire", "Read"),
            ".xlsx" => pick(language, "Classeur", "Workbook"),
            _ => pick(language, "Tous les fichiers", "All files"),
        };
        (format!("/rapport/{id}/{name}"), words, size(n_bytes, language))
    });
    Line {
        id,
        title: format!("{wave}, {words} {}", edition.number),
        when: clock::day_and_time(edition.line.at),
        who: edition.line.who,
        note: edition.note,
        files: files.collect(),
    }
}

/// Writes a size as people read it: `960 Ko`, `5,4 Mo`.
fn size(n_bytes: u64, language: Language) -> String {
    let kilo = n_bytes as f64 / 1000.0;
    if kilo < 1000.0 {
        return format!("{} {}", kilo.ceil(), pick(language, "Ko", "kB"));
    }
    let mega = format!("{:.1}", kilo / 1000.0);
    pick(language, &format!("{} Mo", mega.replace('.', ",")), &format!("{mega} MB")).to_owned()
}

/// Lists what can be fixed, the last wave first.
async fn offers(
    site: &Site,
    visitor: &Visitor,
    editions: &[Edition],
) -> Result<Vec<Offer>, WebError> {
    let mut offers = Vec::new();
    let known = site.store.changed_since(0).await?;
    for wave in site.codebook().study.waves.iter().rev() {
        if known.contains_key(wave.id.as_str()) {
            offers.push(offer(site, visitor, (editions, wave.id.as_str())).await?);
        }
    }
    Ok(offers)
}

async fn offer(
    site: &Site,
    visitor: &Visitor,
    (editions, wave): (&[Edition], &str),
) -> Result<Offer, WebError> {
    let of_wave = || editions.iter().filter(|edition| edition.wave == wave);
    // The newest stands first.
    let change = match of_wave().next() {
        None => Change::First,
        Some(last) => {
            let changed = site.store.changed_since(last.stands_on).await?;
            let until = waves_until(site, wave);
            let of_these = changed.iter().filter(|(wave, _)| until.contains(&wave.as_str()));
            let persons: BTreeSet<PersonId> =
                of_these.flat_map(|(_, persons)| persons.iter().copied()).collect();
            match persons.len() {
                0 => Change::Nothing,
                n if n < LEAST_CHANGED => Change::Few,
                _ => Change::Many,
            }
        }
    };
    let number = of_wave().count() as u64 + 1;
    Ok(Offer { wave: wave.to_owned(), label: wave_label(site, wave, visitor), number, change })
}

/// Lists a wave and those before it.
fn waves_until<'s>(site: &'s Site, wave: &str) -> Vec<&'s str> {
    let waves = &site.codebook().study.waves;
    let last = waves.iter().position(|known| known.id.as_str() == wave);
    waves.iter().take(last.map_or(0, |last| last + 1)).map(|wave| wave.id.as_str()).collect()
}

/// Holds what is to be fixed.
#[derive(Deserialize)]
pub(crate) struct Wanted {
    wave: String,
    /// Which edition of the wave it is, as the page said.
    number: u64,
    #[serde(default)]
    note: String,
}

/// So many signs of a note are kept.
const LONGEST_NOTE: usize = 300;

/// Fixes an edition.
pub(crate) async fn fix(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Form(wanted): Form<Wanted>,
) -> Result<Response, WebError> {
    let maker = site.report.clone().ok_or(WebError::Nowhere)?;
    let waves = &site.codebook().study.waves;
    let wave = waves.iter().find(|wave| wave.id.as_str() == wanted.wave);
    let wave = wave.ok_or(WebError::Request("wave"))?.id.clone();
    let _alone = site.reporting.lock().await;
    let note: String = wanted.note.trim().chars().take(LONGEST_NOTE).collect();
    let editions = site.store.editions().await?;
    let offer = offer(&site, &visitor, (&editions, wave.as_str())).await?;
    if let Some(problem) = obstacle(&offer, (wanted.number, &note), visitor.language) {
        return page(&site, &visitor, problem.to_owned()).await;
    }
    // Asked before the records are read: what changes meanwhile counts as changed since.
    let stands_on = site.store.last_line().await?;
    let until = waves_until(&site, wave.as_str());
    let mut records = site.store.records(&Selection::default()).await?;
    records.retain(|record: &Record| until.contains(&record.key.wave.as_str()));
    let made = tokio::task::spawn_blocking(move || maker(&records));
    let files = match made.await.map_err(WebError::engine)? {
        Ok(files) => files,
        Err(message) => return page(&site, &visitor, message.say(visitor.language)).await,
    };
    let new = NewEdition { wave, number: wanted.number, note, stands_on, files };
    match site.store.fix_edition(&new, &visitor.author(&site)).await {
        Ok(_) => Ok(Redirect::to("/rapport").into_response()),
        Err(error @ StoreError::Moved { .. }) => {
            page(&site, &visitor, error.message().say(visitor.language)).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Says why an edition is not made, if it is not.
fn obstacle(
    offer: &Offer,
    (number, note): (u64, &str),
    language: Language,
) -> Option<&'static str> {
    if offer.number != number {
        return Some(pick(
            language,
            "Une édition de cette vague a été fixée entre-temps. Lisez-la d’abord ; puis recommencez s’il en faut une autre.",
            "An edition of this wave was fixed in the meantime. Read it first; then try again if another one is needed.",
        ));
    }
    let needs_note = offer.change != Change::First;
    match offer.change {
        Change::Few => Some(pick(
            language,
            "Moins de dix personnes ont changé depuis la dernière édition : comparer les deux parlerait d’elles seules. Rien n’est fixé ; attendez que d’autres fiches soient entrées ou corrigées.",
            "Fewer than ten persons changed since the last edition: comparing the two would tell of them alone. Nothing is fixed; wait until more records have come in or were corrected.",
        )),
        Change::First | Change::Nothing | Change::Many if needs_note && note.is_empty() => {
            Some(pick(
                language,
                "Écrivez pourquoi cette vague demande une édition de plus : ce motif reste au journal.",
                "Write why this wave takes one more edition: the reason stays in the journal.",
            ))
        }
        Change::First | Change::Nothing | Change::Many => None,
    }
}

#[cfg(test)]
mod tests {
    use catalyse_locale::Language;

    use super::size;

    #[test]
    fn sizes_are_written_as_people_read_them() {
        assert_eq!(size(960_053, Language::Fr), "961 Ko");
        assert_eq!(size(5_400_000, Language::Fr), "5,4 Mo");
        assert_eq!(size(5_400_000, Language::En), "5.4 MB");
    }
}
