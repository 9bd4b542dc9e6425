//! Findings (*constats*) of the own centre: what is open and what is settled, of one wave, severity or check if one is picked.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Extension, Query, State};
use axum::response::Response;
use catalyse_codebook::Severity;
use catalyse_locale::Language;
use catalyse_store::{FindingFilter, FindingState, RecordId, StoredFinding};
use serde::Deserialize;

use super::findings::{Line, line, severity_name};
use super::{Page, html};
use crate::guard::Visitor;
use crate::{Site, WebError};

#[derive(Template)]
#[template(path = "findings.html")]
struct List {
    page: Page,
    /// What can be picked: waves, severities and checks, each with its words and whether it is picked.
    waves: Vec<(String, String, bool)>,
    severities: Vec<(&'static str, String, bool)>,
    checks: Vec<(String, String, bool)>,
    open: Vec<Line>,
    settled: Vec<Line>,
}

/// So many settled findings are listed: those of last.
const MOST_SETTLED: usize = 50;

/// Holds which findings are wanted. Nothing of a person is in it: it stands in the address.
#[derive(Deserialize, Default)]
pub(crate) struct Wanted {
    #[serde(default)]
    vague: String,
    #[serde(default)]
    gravite: String,
    #[serde(default)]
    controle: String,
}

impl Wanted {
    fn has(&self, finding: &StoredFinding) -> bool {
        let fits = |wanted: &str, is: &str| wanted.is_empty() || wanted == is;
        fits(&self.vague, &finding.wave)
            && fits(&self.gravite, severity_name(finding.severity))
            && fits(&self.controle, &finding.check)
    }
}

/// Lists the checks that have findings, those with the most first, in the words of the last of each.
fn checks(
    seen: &[&StoredFinding],
    (wanted, language): (&Wanted, Language),
) -> Vec<(String, String, bool)> {
    let mut counts: BTreeMap<&str, (usize, String)> = BTreeMap::new();
    for finding in seen {
        let (count, words) = counts.entry(&finding.check).or_default();
        *count += 1;
        *words = finding.message.say(language);
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(_, (count, _))| std::cmp::Reverse(*count));
    let line = |(check, (count, words)): (&str, (usize, String))| {
        let short: String = words.chars().take(MOST_SIGNS).collect();
        let more = if short.len() < words.len() { "…" } else { "" };
        (check.to_owned(), format!("{count} × {short}{more}"), check == wanted.controle)
    };
    counts.into_iter().map(line).collect()
}

/// So much of a message says which check it is.
const MOST_SIGNS: usize = 70;

/// Lists the findings of the own centre.
pub(crate) async fn list(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, WebError> {
    let partner = visitor.partner().ok_or(WebError::Nowhere)?;
    let own = FindingFilter { partner: Some(partner.clone()), ..FindingFilter::default() };
    let all = site.store.findings(&own).await?;
    let records = site.store.listing(partner).await?;
    let persons: BTreeMap<RecordId, String> =
        records.into_iter().map(|record| (record.id, record.key.person)).collect();
    let (mut open, mut settled) = (Vec::new(), Vec::new());
    let seen = all.iter().filter(|finding| visitor.sight.sees_finding(finding));
    let seen: Vec<&StoredFinding> =
        seen.filter(|finding| finding.severity != Severity::Info).collect();
    for finding in seen.iter().copied().filter(|finding| wanted.has(finding)) {
        // A row that never became a record has its place; a record that was taken away has left its findings.
        let person = match finding.record {
            Some(record) => persons.get(&record).cloned().unwrap_or_default(),
            None => finding.place.clone(),
        };
        let made = line(&site, &visitor, (finding, person));
        match finding.state {
            FindingState::Open | FindingState::Answered => open.push(made),
            FindingState::Accepted | FindingState::Closed => settled.push(made),
        }
    }
    settled.reverse();
    settled.truncate(MOST_SETTLED);
    let language = visitor.language;
    let waves = site.codebook().study.waves.iter().map(|wave| {
        let label = wave.label.get(language).to_owned();
        (wave.id.to_string(), label, wave.id.as_str() == wanted.vague)
    });
    let severities = [Severity::Hard, Severity::Soft].map(|severity| {
        let name = severity_name(severity);
        (name, severity.label().get(language).to_owned(), name == wanted.gravite)
    });
    Ok(html(&List {
        page: Page::new(&visitor, "/constats"),
        waves: waves.collect(),
        severities: severities.into(),
        checks: checks(&seen, (&wanted, language)),
        open,
        settled,
    }))
}
