//! The editions of the report: those that were fixed, and what can be prepared. Readers get the bytes that were fixed, whatever changes since.
//!
//! Two editions of one wave can be compared, and what differs tells of those who changed in between: so the page says how many there are and
//! how much has changed, asks why for one more, and makes none when few changed – it would tell of them alone.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Extension, State};
use axum::response::Response;
use catalyse_locale::Language;
use catalyse_store::{Edition, EditionChange as Change};

use super::edition::ending_of;
use super::home::wave_label;
use super::{Page, html, pick, signed};
use crate::guard::{COORDINATORS, Visitor, Who};
use crate::preparation::Stage;
use crate::{Site, WebError, clock};

#[derive(Template)]
#[template(path = "report.html")]
struct ReportPage {
    page: Page,
    editions: Vec<Line>,
    /// What can be fixed, the last wave first; nothing for who only reads.
    offers: Vec<Offer>,
    /// What is prepared at the moment.
    waiting: Option<Waiting>,
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

/// How far a preparation is, for the page.
struct Waiting {
    title: String,
    is_ready: bool,
}

/// Lists the editions.
pub(crate) async fn show(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
) -> Result<Response, WebError> {
    page(&site, &visitor, String::new()).await
}

pub(super) async fn page(
    site: &Site,
    visitor: &Visitor,
    problem: String,
) -> Result<Response, WebError> {
    let editions = site.store.editions().await?;
    let coordinates = matches!(COORDINATORS, Who::Roles(roles) if visitor.role().is_some_and(|role| roles.contains(&role)));
    let mut offers = Vec::new();
    if coordinates && site.report.is_some() {
        offers = self::offers(site, visitor).await?;
    }
    let editions = editions.into_iter().map(|edition| line(site, visitor, edition)).collect();
    let waiting = if coordinates { waiting(site, visitor) } else { None };
    let page = Page::new(visitor, "/rapport");
    Ok(html(&ReportPage { page, editions, offers, waiting, problem }))
}

fn waiting(site: &Site, visitor: &Visitor) -> Option<Waiting> {
    let (order, is_ready) = match site.preparation.stage() {
        Stage::Nothing => return None,
        Stage::Making(order) | Stage::Failed(order, _) => (order, false),
        Stage::Ready(ready) => (ready.order.clone(), true),
    };
    let label = wave_label(site, order.wave.as_str(), visitor);
    let words = pick(visitor.language, "édition", "edition");
    Some(Waiting { title: format!("{label}, {words} {}", order.number), is_ready })
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
        who: signed(&edition.line.who, language),
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
async fn offers(site: &Site, visitor: &Visitor) -> Result<Vec<Offer>, WebError> {
    let mut offers = Vec::new();
    let known = site.store.changed_since(0).await?;
    for wave in site.codebook().study.waves.iter().rev() {
        if known.contains_key(wave.id.as_str()) {
            offers.push(offer(site, visitor, wave.id.as_str()).await?);
        }
    }
    Ok(offers)
}

async fn offer(site: &Site, visitor: &Visitor, wave: &str) -> Result<Offer, WebError> {
    let outlook = site.store.edition_outlook(wave, &waves_until(site, wave)).await?;
    let label = wave_label(site, wave, visitor);
    Ok(Offer { wave: wave.to_owned(), label, number: outlook.number, change: outlook.change })
}

/// Lists a wave and those before it.
pub(super) fn waves_until<'s>(site: &'s Site, wave: &str) -> Vec<&'s str> {
    let waves = &site.codebook().study.waves;
    let last = waves.iter().position(|known| known.id.as_str() == wave);
    waves.iter().take(last.map_or(0, |last| last + 1)).map(|wave| wave.id.as_str()).collect()
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
