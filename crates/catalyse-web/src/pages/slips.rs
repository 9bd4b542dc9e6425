//! Slips (*bordereaux*): announcing a pile of paper, and comparing what was announced with what was entered.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Extension, Form, State};
use axum::response::{IntoResponse, Redirect, Response};
use catalyse_codebook::{Answer, Storage, Variable, VariableName};
use catalyse_store::{NewSlip, Record, Role, Slip};
use serde::Deserialize;

use super::home::{wave_label, waves};
use super::seconds::{Line, Rate, lines, rate};
use super::{Page, html, pick};
use crate::guard::Visitor;
use crate::{Site, WebError};

#[derive(Template)]
#[template(path = "slips.html")]
struct List {
    page: Page,
    slips: Vec<SlipLine>,
    waves: Vec<(String, String, bool)>,
    variables: Vec<(String, String)>,
    problem: String,
}

struct SlipLine {
    id: i64,
    title: String,
    wave: String,
    n_forms: u64,
    n_entered: usize,
    is_closed: bool,
}

#[derive(Template)]
#[template(path = "slip.html")]
struct One {
    page: Page,
    line: SlipLine,
    reason: String,
    /// What is compared: words, announced, entered, difference in words.
    totals: Vec<[String; 4]>,
    agrees: bool,
    coordinates: bool,
    seconds: Vec<Line>,
    rate: Option<Rate>,
    problem: String,
}

fn line_of(site: &Site, visitor: &Visitor, slip: &Slip) -> SlipLine {
    SlipLine {
        id: slip.id.0,
        title: slip.announced.title.clone(),
        wave: wave_label(site, slip.announced.wave.as_str(), visitor),
        n_forms: slip.announced.n_forms,
        n_entered: slip.records.len(),
        is_closed: slip.closed.is_some(),
    }
}

/// Lists the slips of the own centre.
pub(crate) async fn list(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
) -> Result<Response, WebError> {
    list_with(&site, &visitor, String::new()).await
}

async fn list_with(site: &Site, visitor: &Visitor, problem: String) -> Result<Response, WebError> {
    let partner = visitor.partner().ok_or(WebError::Nowhere)?;
    let slips = site.store.slips(partner).await?;
    let numbers = summed(site, visitor).map(|variable| {
        (variable.name.to_string(), variable.label.get(visitor.language).to_owned())
    });
    Ok(html(&List {
        page: Page::new(visitor, "/bordereaux"),
        slips: slips.iter().map(|slip| line_of(site, visitor, slip)).collect(),
        waves: waves(site, visitor),
        variables: numbers.collect(),
        problem,
    }))
}

/// Lists the variables that a total can be made of: numbers of the situation that are typed.
fn summed<'s>(site: &'s Site, visitor: &'s Visitor) -> impl Iterator<Item = &'s Variable> {
    let all = site.codebook().variables(catalyse_codebook::Grain::PersonWave);
    let seen = all.filter(|variable| visitor.sight.sees(&variable.name));
    seen.filter(|variable| {
        let storage = variable.value_type.storage();
        !variable.is_derived()
            && [Storage::Integer, Storage::Decimal].contains(&storage)
            && variable.value_type.widget() == catalyse_codebook::Widget::Number
    })
}

/// Holds what is announced.
#[derive(Deserialize)]
pub(crate) struct Announced {
    wave: String,
    title: String,
    n_forms: String,
    #[serde(default)]
    variable: String,
    #[serde(default)]
    total: String,
    #[serde(default)]
    variable_2: String,
    #[serde(default)]
    total_2: String,
}

/// Announces a pile.
pub(crate) async fn add(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Form(announced): Form<Announced>,
) -> Result<Response, WebError> {
    let partner = visitor.partner().ok_or(WebError::Nowhere)?.clone();
    let wave = site.codebook().study.waves.iter().find(|wave| wave.id.as_str() == announced.wave);
    let wave = wave.ok_or(WebError::Request("wave"))?.id.clone();
    let total = |name: &str, text: &str| -> Option<Option<(VariableName, f64)>> {
        if name.is_empty() && text.trim().is_empty() {
            return Some(None);
        }
        let known = summed(&site, &visitor).find(|variable| variable.name.as_str() == name)?;
        let number: f64 =
            text.trim().replace([' ', '\u{202f}'], "").replace(',', ".").parse().ok()?;
        number.is_finite().then(|| Some((known.name.clone(), number)))
    };
    let n_forms = announced.n_forms.trim().parse::<u64>().ok().filter(|n| *n > 0);
    let totals = [
        total(&announced.variable, &announced.total),
        total(&announced.variable_2, &announced.total_2),
    ];
    let (Some(n_forms), [Some(one), Some(other)]) = (n_forms, totals) else {
        let problem = pick(
            visitor.language,
            "Écrivez le nombre de formulaires en chiffres ; un total demande une question et un nombre.",
            "Write the number of forms in figures; a total asks for a question and a number.",
        );
        return list_with(&site, &visitor, problem.to_owned()).await;
    };
    let title = announced.title.trim().to_owned();
    let totals = one.into_iter().chain(other).collect();
    let new = NewSlip { partner, wave, title, n_forms, totals };
    let id = site.store.add_slip(&new, &visitor.author(&site)).await?;
    Ok(Redirect::to(&format!("/bordereaux/{}", id.0)).into_response())
}

/// Shows a slip: what was announced beside what was entered, and the entries that were keyed twice.
pub(crate) async fn show(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Extension(slip): Extension<Arc<Slip>>,
) -> Result<Response, WebError> {
    page(&site, &visitor, (&slip, String::new())).await
}

pub(super) async fn page(
    site: &Site,
    visitor: &Visitor,
    (slip, problem): (&Slip, String),
) -> Result<Response, WebError> {
    let (totals, agrees) = totals(site, visitor, slip).await?;
    let seconds = site.store.seconds(&slip.announced.partner).await?;
    let seconds: Vec<_> = seconds.into_iter().filter(|one| one.slip == slip.id).collect();
    let coordinates = visitor.role() == Some(Role::PartnerCoordinator);
    Ok(html(&One {
        page: Page::new(visitor, "/bordereaux"),
        line: line_of(site, visitor, slip),
        reason: slip.closed.clone().unwrap_or_default(),
        totals,
        agrees,
        coordinates,
        rate: rate(&seconds, visitor.language).filter(|_| coordinates),
        seconds: lines(site, visitor, &seconds).await?,
        problem,
    }))
}

/// Compares what was announced with what was entered, and says whether all agrees.
async fn totals(
    site: &Site,
    visitor: &Visitor,
    slip: &Slip,
) -> Result<(Vec<[String; 4]>, bool), WebError> {
    let language = visitor.language;
    let mut records: Vec<Record> = Vec::new();
    for id in &slip.records {
        records.push(site.store.record(*id).await?);
    }
    let forms = pick(language, "Formulaires", "Forms").to_owned();
    let n_entered = slip.records.len() as f64;
    let mut pairs = vec![(true, forms, slip.announced.n_forms as f64, n_entered)];
    for (name, announced) in &slip.announced.totals {
        let label = site.codebook().variable(name).map(|one| one.label.get(language).to_owned());
        let entered = records.iter().filter_map(|record| match record.answers.get(name) {
            Some(Answer::Integer(number)) => Some(*number as f64),
            Some(Answer::Decimal(number)) => Some(*number),
            _ => None,
        });
        let total = pick(language, "Total : ", "Total: ");
        let label = label.unwrap_or_else(|| name.to_string());
        let is_seen = visitor.sight.sees(name);
        pairs.push((is_seen, format!("{total}{label}"), *announced, entered.sum()));
    }
    // Totals that were added up by hand have two decimals at most.
    let is_same = |one: f64, other: f64| (one - other).abs() < 0.005;
    let agrees = pairs.iter().all(|(_, _, announced, entered)| is_same(*announced, *entered));
    let shown = |number: f64| {
        // The sum of nothing is -0, which no slip says.
        let text = format!("{:.2}", number + 0.0);
        let text = text.trim_end_matches('0').trim_end_matches('.').to_owned();
        pick(language, &text.replace('.', ","), &text).to_owned()
    };
    let seen = pairs.iter().filter(|(is_seen, ..)| *is_seen);
    let lines = seen.map(|(_, words, announced, entered)| {
        let difference = if is_same(*announced, *entered) {
            pick(language, "d’accord", "agrees").to_owned()
        } else if entered < announced {
            format!("{} {}", pick(language, "il manque", "short by"), shown(announced - entered))
        } else {
            format!("{} {}", pick(language, "en trop :", "over by"), shown(entered - announced))
        };
        [words.clone(), shown(*announced), shown(*entered), difference]
    });
    Ok((lines.collect(), agrees))
}

/// Holds why a slip is closed although it does not add up.
#[derive(Deserialize)]
pub(crate) struct Closing {
    #[serde(default)]
    reason: String,
}

/// Closes a slip, or opens it again.
pub(crate) async fn close(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Extension(slip): Extension<Arc<Slip>>,
    Form(closing): Form<Closing>,
) -> Result<Response, WebError> {
    let author = visitor.author(&site);
    let reason = closing.reason.trim();
    let (_, agrees) = totals(&site, &visitor, &slip).await?;
    if slip.closed.is_none() && !agrees && reason.is_empty() {
        let problem = pick(
            visitor.language,
            "Le bordereau ne tombe pas juste : corrigez, ou écrivez pourquoi il est clos ainsi.",
            "The slip does not add up: correct, or write why it is closed like this.",
        );
        return page(&site, &visitor, (&slip, problem.to_owned())).await;
    }
    let reason = slip.closed.is_none().then_some(reason);
    site.store.close_slip(slip.id, reason, &author).await?;
    Ok(Redirect::to(&format!("/bordereaux/{}", slip.id.0)).into_response())
}
