//! Second entries: drawing a sample of a pile, keying it again without seeing the first entry, and the rate of errors that comes of it.

use std::sync::Arc;

use axum::extract::{Extension, Form, State};
use axum::response::{IntoResponse, Redirect, Response};
use catalyse_locale::Language;
use catalyse_stats::{Confidence, Share, wilson};
use catalyse_store::{Role, Second, SecondState, Slip, StoreError};
use serde::Deserialize;

use super::pick;
use crate::guard::Visitor;
use crate::{Site, WebError};

/// Holds one line of the list of second entries.
pub(crate) struct Line {
    pub(crate) id: i64,
    pub(crate) person: String,
    pub(crate) state: String,
    /// What the visitor can do: `type`, `go-on`, `drop`, `decide`, or nothing.
    pub(crate) act: &'static str,
    pub(crate) draft: i64,
}

/// Lists second entries as a visitor may deal with them.
pub(crate) async fn lines(
    site: &Site,
    visitor: &Visitor,
    seconds: &[Second],
) -> Result<Vec<Line>, WebError> {
    let language = visitor.language;
    let coordinates = visitor.role() == Some(Role::PartnerCoordinator);
    let drafts = site.store.drafts(visitor.partner()).await?;
    let mut lines = Vec::new();
    for second in seconds {
        let own = second.first_by == visitor.name();
        // A record that was taken away since keeps its second entry, and leaves nothing to do.
        let record = match site.store.record(second.record).await {
            Ok(record) => Some(record),
            Err(StoreError::Unknown { .. }) => None,
            Err(error) => return Err(error.into()),
        };
        let (state, act) = match (&second.state, second.draft) {
            (SecondState::Drawn | SecondState::Typed(_), _) if record.is_none() => {
                (pick(language, "fiche retirée depuis", "record taken away since").to_owned(), "")
            }
            (SecondState::Drawn, Some(draft)) => {
                let by = drafts.iter().find(|state| state.id == draft).map(|one| &one.opened_by);
                let by = by.cloned().unwrap_or_default();
                let act = match (by == visitor.name(), coordinates) {
                    (true, _) => "go-on",
                    // Nobody else types it; somebody who stays away keeps nobody waiting.
                    (false, true) => "drop",
                    (false, false) => "",
                };
                (
                    format!("{} {by}", pick(language, "en cours de saisie par", "being typed by")),
                    act,
                )
            }
            (SecondState::Drawn, None) if own => (
                pick(language, "à saisir par un collègue", "to be typed by a colleague").to_owned(),
                "",
            ),
            (SecondState::Drawn, None) => (
                pick(language, "à saisir une seconde fois", "to be typed again").to_owned(),
                "type",
            ),
            (SecondState::Typed(by), _) if own || by.iter().any(|who| who == visitor.name()) => (
                pick(language, "à trancher par un tiers", "to be decided by a third person")
                    .to_owned(),
                "",
            ),
            (SecondState::Typed(_), _) => {
                (pick(language, "à trancher", "to be decided").to_owned(), "decide")
            }
            // How many errors a form had is no business of encoders, nor of whoever keyed it.
            (SecondState::Decided(_), _) if own || !coordinates => {
                (pick(language, "tranchée", "decided").to_owned(), "")
            }
            (SecondState::Decided(counts), _) => {
                let words = pick(
                    language,
                    "champs, erreurs de la première saisie :",
                    "fields, errors of the first entry:",
                );
                (format!("{} {words} {}", counts.n_fields, counts.n_first_wrong), "")
            }
        };
        let person = record.map(|record| record.key.person).unwrap_or_default();
        let draft = second.draft.map(|draft| draft.0).unwrap_or_default();
        lines.push(Line { id: second.id.0, person, state, act, draft });
    }
    Ok(lines)
}

/// Says how often the first entry was wrong.
pub(crate) struct Rate {
    pub(crate) n_fields: u64,
    pub(crate) n_wrong: u64,
    /// Errors per thousand fields with the interval, in words.
    pub(crate) words: String,
}

/// Works out how often the first entry was wrong in second entries that were decided, with Wilson's interval at 95 %.
pub(crate) fn rate(seconds: &[Second], language: Language) -> Option<Rate> {
    let decided = seconds.iter().filter_map(|second| match &second.state {
        SecondState::Decided(counts) => Some(counts),
        SecondState::Drawn | SecondState::Typed(_) => None,
    });
    let (n_fields, n_wrong) = decided.fold((0, 0), |(fields, wrong), counts| {
        (fields + counts.n_fields, wrong + counts.n_first_wrong)
    });
    let share = Share::new(n_wrong, n_fields).ok()?;
    let interval = wilson(share, Confidence::NINETY_FIVE);
    let thousandths = |share: f64| {
        let text = format!("{:.1}", share * 1000.0);
        pick(language, &text.replace('.', ","), &text).to_owned()
    };
    let words = format!(
        "{} ‰ ({} {} {} {} ‰)",
        thousandths(share.value()),
        pick(language, "de", "from"),
        thousandths(interval.low),
        pick(language, "à", "to"),
        thousandths(interval.high),
    );
    Some(Rate { n_fields, n_wrong, words })
}

/// Holds how large a sample is.
#[derive(Deserialize)]
pub(crate) struct Drawing {
    percent: u32,
}

/// Draws a sample of a slip's records, at least one.
pub(crate) async fn draw(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Extension(slip): Extension<Arc<Slip>>,
    Form(drawing): Form<Drawing>,
) -> Result<Response, WebError> {
    let percent = drawing.percent.clamp(1, 100) as usize;
    let drawn = site.store.seconds(&slip.announced.partner).await?;
    let mut left: Vec<_> = slip.records.clone();
    left.retain(|record| !drawn.iter().any(|second| second.record == *record));
    let n_wanted = (slip.records.len() * percent).div_ceil(100).min(left.len());
    shuffle(&mut left);
    left.truncate(n_wanted);
    site.store.draw_second(slip.id, &left, &visitor.author(&site)).await?;
    Ok(Redirect::to(&format!("/bordereaux/{}", slip.id.0)).into_response())
}

/// Puts records in an order that nobody can foresee: the hasher of a new map is keyed by the system's randomness.
fn shuffle<T>(items: &mut [T]) {
    use std::hash::BuildHasher;
    let random = std::hash::RandomState::new();
    for last in (1..items.len()).rev() {
        let other = usize::try_from(random.hash_one(last) % (last as u64 + 1)).unwrap_or_default();
        items.swap(last, other);
    }
}

/// Begins the second entry: an empty draft about nobody.
pub(crate) async fn begin(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Extension(second): Extension<Arc<Second>>,
) -> Result<Response, WebError> {
    let partner = visitor.partner().ok_or(WebError::Nowhere)?;
    let wave = site.store.slip(second.slip).await?.announced.wave;
    let author = visitor.author(&site);
    let opened = site.store.open_draft(partner, &wave, None, &author).await?;
    if let Err(error) = site.store.begin_second(second.id, opened.draft, &author).await {
        site.store.drop_draft(opened.draft, &author).await?;
        return Err(error.into());
    }
    Ok(Redirect::to(&format!("/fiches/{}", opened.draft.0)).into_response())
}
