//! Quality for coordinators: checks that are overridden often, how much is left unchanged from one wave to the next, with the earlier answer in
//! view and without, and how often a first entry was wrong. No person is shown, and nothing of small bases.

mod errors;
mod overrides;
mod unchanged;

use std::sync::Arc;

use askama::Template;
use axum::extract::{Extension, State};
use axum::response::Response;
use catalyse_locale::Language;
use catalyse_stats::{Confidence, Share, wilson};

use super::{Page, html, pick};
use crate::guard::Visitor;
use crate::{Site, WebError};

#[derive(Template)]
#[template(path = "quality.html")]
struct Quality {
    page: Page,
    overrides: Vec<overrides::Line>,
    /// Whether counts are those of all centres, protected.
    is_rounded: bool,
    unchanged: Vec<unchanged::Line>,
    /// Whether the study asks some questions anew blind.
    has_blind: bool,
    errors: Vec<errors::Line>,
}

/// Shows the page.
pub(crate) async fn show(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
) -> Result<Response, WebError> {
    Ok(html(&Quality {
        overrides: overrides::lines(&site, &visitor).await?,
        is_rounded: visitor.partner().is_none(),
        unchanged: unchanged::lines(&site, &visitor).await?,
        has_blind: site.codebook().study.reask.is_some(),
        errors: errors::lines(&site, &visitor).await?,
        page: Page::new(&visitor, "/qualite"),
    }))
}

/// A share with its counts, as a table shows it.
struct Rate {
    n: u64,
    of: u64,
    /// The share with Wilson's interval at 95 %: `64 % (60–68)`.
    words: String,
}

/// Says in which unit a share is told.
#[derive(Clone, Copy)]
enum Unit {
    Percent,
    PerThousand,
}

impl Rate {
    /// Makes a rate; nothing on a base under `least`.
    fn of((n, of): (u64, u64), least: u64, (unit, language): (Unit, Language)) -> Option<Self> {
        let share = Share::new(n, of).ok().filter(|_| of >= least)?;
        let interval = wilson(share, Confidence::NINETY_FIVE);
        let (factor, digits, sign) = match unit {
            Unit::Percent => (100.0, 0, "%"),
            Unit::PerThousand => (1000.0, 1, "‰"),
        };
        let number = |value: f64| {
            let text = format!("{:.digits$}", value * factor);
            pick(language, &text.replace('.', ","), &text).to_owned()
        };
        let (low, high) = (number(interval.low), number(interval.high));
        let words = format!("{} {sign} ({low}–{high})", number(share.value()));
        Some(Self { n, of, words })
    }
}

/// Returns the label of a partner.
fn centre(site: &Site, partner: &str, language: Language) -> String {
    let known = site.codebook().study.partners.iter().find(|known| known.id.as_str() == partner);
    known.map_or_else(|| partner.to_owned(), |one| one.label.get(language).to_owned())
}

#[cfg(test)]
mod tests {
    use catalyse_locale::Language;

    use super::{Rate, Unit};

    #[test]
    fn a_rate_has_its_interval_and_none_on_a_small_base() {
        let words =
            |counts, unit, language| Rate::of(counts, 300, (unit, language)).map(|rate| rate.words);
        // SciPy: binomtest(192, 300).proportion_ci(method="wilson") = 0.584..0.692
        assert_eq!(words((192, 300), Unit::Percent, Language::Fr).as_deref(), Some("64 % (58–69)"));
        // binomtest(3, 400): 0.0026..0.0218
        assert_eq!(
            words((3, 400), Unit::PerThousand, Language::Fr).as_deref(),
            Some("7,5 ‰ (2,6–21,8)")
        );
        assert_eq!(words((3, 299), Unit::Percent, Language::En), None);
        assert_eq!(words((0, 0), Unit::Percent, Language::En), None);
    }
}
