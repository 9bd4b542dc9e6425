//! An edition is prepared, looked over, then fixed. Preparing takes a minute or two and goes on beside the page, with or without it.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Extension, Form, State};
use axum::response::{IntoResponse, Redirect, Response};
use catalyse_locale::Message;
use catalyse_store::{EditionChange, NewEdition, Record, Selection, StoreError};
use serde::Deserialize;

use super::home::wave_label;
use super::report::{page, waves_until};
use super::{Page, html, pick};
use crate::guard::Visitor;
use crate::preparation::{EditionOrder, Order, Ready, ReportMaker, Stage, broken};
use crate::{Site, WebError, clock};

/// So many signs of a note are kept.
const LONGEST_NOTE: usize = 300;
/// Counts of records are told to the nearest of this many: a coordinator of the network sees none exactly.
const STEP: u64 = 10;

#[derive(Template)]
#[template(path = "preparation.html")]
struct PreparationPage {
    page: Page,
    title: String,
    who: String,
    when: String,
    wave: String,
    number: u64,
    /// Nothing while it is made.
    ready: Option<Preview>,
    failure: String,
    note: String,
    problem: String,
}

/// What is said of an edition before it is fixed.
struct Preview {
    n_records: u64,
    n_kept_out: u64,
    change: EditionChange,
    left_out: Vec<String>,
}

/// Holds which edition is meant.
#[derive(Deserialize)]
pub(crate) struct Wanted {
    wave: String,
    /// Which edition of the wave it is, as the page said.
    number: u64,
    #[serde(default)]
    note: String,
}

/// Begins to prepare an edition.
pub(crate) async fn begin(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Form(wanted): Form<Wanted>,
) -> Result<Response, WebError> {
    let maker = site.report.clone().ok_or(WebError::Nowhere)?;
    let waves = &site.codebook().study.waves;
    let wave = waves.iter().find(|wave| wave.id.as_str() == wanted.wave);
    let wave = wave.ok_or(WebError::Request("wave"))?.id.clone();
    let until = waves_until(&site, wave.as_str());
    let outlook = site.store.edition_outlook(wave.as_str(), &until).await?;
    if outlook.number != wanted.number {
        return page(&site, &visitor, fixed_meanwhile(&visitor).to_owned()).await;
    }
    if outlook.change == EditionChange::Few {
        return page(&site, &visitor, too_few(&visitor).to_owned()).await;
    }
    let who = visitor.account.as_ref().map(|account| account.name.clone()).unwrap_or_default();
    let (number, change) = (outlook.number, outlook.change);
    let order = Order { wave, number, change, who, at: site.now() };
    // While another one is made, the page of that one says so.
    if site.preparation.begin(&order) {
        tokio::spawn(prepare(Arc::clone(&site), maker, order));
    }
    Ok(Redirect::to("/rapport/preparation").into_response())
}

/// Makes an edition and leaves it where it waits to be fixed.
async fn prepare(site: Arc<Site>, maker: ReportMaker, order: Order) {
    // Whatever ends the work on the way, another one can be prepared, and the page says that it failed.
    let work = tokio::spawn(made(Arc::clone(&site), maker, order.clone()));
    let made = work.await.unwrap_or_else(|_| Err(broken()));
    site.preparation.end(order, made);
}

async fn made(site: Arc<Site>, maker: ReportMaker, order: Order) -> Result<Ready, Message> {
    let failed = |error: StoreError| error.message();
    // Asked before the records are read: what changes meanwhile counts as changed since.
    let stands_on = site.store.last_line().await.map_err(failed)?;
    let earlier = site.store.printed_counts().await.map_err(failed)?;
    let mut records = site.store.records(&Selection::default()).await.map_err(failed)?;
    let until = waves_until(&site, order.wave.as_str());
    records.retain(|record: &Record| until.contains(&record.key.wave.as_str()));
    let n_records = records.iter().filter(|record| record.key.form.is_none()).count() as u64;
    let sent = EditionOrder { records, earlier, date: clock::day_of(order.at) };
    let made = tokio::task::spawn_blocking(move || maker(&sent)).await.map_err(|_| broken())??;
    Ok(Ready { order, stands_on, n_records: (n_records + STEP / 2) / STEP * STEP, made })
}

/// Shows how far an edition is, or what would be fixed.
pub(crate) async fn show(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
) -> Response {
    preparation(&site, &visitor, (String::new(), String::new()))
}

fn preparation(site: &Site, visitor: &Visitor, (note, problem): (String, String)) -> Response {
    let language = visitor.language;
    let (order, ready, failure) = match site.preparation.stage() {
        Stage::Nothing => return Redirect::to("/rapport").into_response(),
        Stage::Making(order) => (order, None, String::new()),
        Stage::Failed(order, message) => (order, None, message.say(language)),
        Stage::Ready(ready) => {
            let left_out = ready.made.left_out.iter().map(|words| words.get(language).to_owned());
            let preview = Preview {
                n_records: ready.n_records,
                n_kept_out: ready.made.n_kept_out,
                change: ready.order.change,
                left_out: left_out.collect(),
            };
            (ready.order.clone(), Some(preview), String::new())
        }
    };
    let label = wave_label(site, order.wave.as_str(), visitor);
    html(&PreparationPage {
        page: Page::new(visitor, "/rapport"),
        title: format!("{label}, {} {}", pick(language, "édition", "edition"), order.number),
        who: order.who,
        when: clock::time_of(order.at),
        wave: order.wave.to_string(),
        number: order.number,
        ready,
        failure,
        note,
        problem,
    })
}

/// Fixes the edition that was prepared.
pub(crate) async fn fix(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Form(wanted): Form<Wanted>,
) -> Result<Response, WebError> {
    let is_meant = |ready: &Ready| {
        ready.order.wave.as_str() == wanted.wave && ready.order.number == wanted.number
    };
    let ready = match site.preparation.stage() {
        Stage::Ready(ready) if is_meant(&ready) => ready,
        Stage::Nothing | Stage::Making(_) | Stage::Ready(_) | Stage::Failed(..) => {
            return Ok(Redirect::to("/rapport/preparation").into_response());
        }
    };
    let note: String = wanted.note.trim().chars().take(LONGEST_NOTE).collect();
    if note.is_empty() && ready.order.change != EditionChange::First {
        let problem = pick(
            visitor.language,
            "Écrivez pourquoi cette vague demande une édition de plus : ce motif reste au journal.",
            "Write why this wave takes one more edition: the reason stays in the journal.",
        );
        return Ok(preparation(&site, &visitor, (note, problem.to_owned())));
    }
    let new = NewEdition {
        wave: ready.order.wave.clone(),
        number: ready.order.number,
        note,
        stands_on: ready.stands_on,
        files: ready.made.files.clone(),
    };
    match site.store.fix_edition(&new, &visitor.author(&site)).await {
        Ok(_) => {
            site.preparation.clear();
            Ok(Redirect::to("/rapport").into_response())
        }
        Err(StoreError::Moved { .. }) => {
            site.preparation.clear();
            page(&site, &visitor, fixed_meanwhile(&visitor).to_owned()).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Drops the edition that was prepared.
pub(crate) async fn drop_it(State(site): State<Arc<Site>>) -> Response {
    site.preparation.clear();
    Redirect::to("/rapport").into_response()
}

const fn fixed_meanwhile(visitor: &Visitor) -> &'static str {
    pick(
        visitor.language,
        "Une édition de cette vague a été fixée entre-temps. Lisez-la d’abord ; puis recommencez s’il en faut une autre.",
        "An edition of this wave was fixed in the meantime. Read it first; then try again if another one is needed.",
    )
}

const fn too_few(visitor: &Visitor) -> &'static str {
    pick(
        visitor.language,
        "Moins de dix personnes ont changé depuis la dernière édition : comparer les deux parlerait d’elles seules. Rien n’est fixé ; attendez que d’autres fiches soient entrées ou corrigées.",
        "Fewer than ten persons changed since the last edition: comparing the two would tell of them alone. Nothing is fixed; wait until more records have come in or were corrected.",
    )
}
