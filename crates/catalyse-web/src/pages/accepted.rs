//! The accepted records on the start: those of the centre, or those whose code or name is searched.

use std::collections::{BTreeMap, BTreeSet};

use catalyse_codebook::{Answer, Answers, PartnerId, Severity, WaveId};
use catalyse_locale::fold;
use catalyse_store::{FindingFilter, FindingState, Listed, PersonId, RecordId};

use super::home::wave_label;
use super::pick;
use crate::guard::Visitor;
use crate::{Site, WebError};

/// Holds one accepted record.
pub(super) struct RecordLine {
    pub(super) id: i64,
    pub(super) person: String,
    pub(super) name: String,
    pub(super) wave: String,
    pub(super) wave_id: String,
    pub(super) n_open: u64,
    /// The wave after this one, if the person has no record in it.
    pub(super) next: Option<(String, String)>,
}

/// Lists the records of a centre whose code or name is searched; all of them for an empty search.
pub(super) async fn records(
    site: &Site,
    visitor: &Visitor,
    (partner, query): (&PartnerId, &str),
) -> Result<Vec<RecordLine>, WebError> {
    let all = site.store.listing(partner).await?;
    let wanted = fold(query);
    // Who looks for a code has it: no identity is opened. No name has a digit in it, and every code has one.
    let is_code = query.contains(|letter: char| letter.is_ascii_digit());
    let names = if query.is_empty() || is_code || !site.store.has_key() {
        BTreeMap::new()
    } else {
        names(site, visitor, (partner, &wanted)).await?
    };
    let matches = |record: &Listed| {
        fold(&record.key.person).contains(&wanted) || names.contains_key(&record.person)
    };
    let unseen = unseen(site, visitor, partner).await?;
    let waves = &site.codebook().study.waves;
    let known: BTreeSet<(PersonId, &WaveId)> =
        all.iter().map(|record| (record.person, &record.key.wave)).collect();
    let lines = all.iter().filter(|record| matches(record)).map(|record| {
        let after = waves.iter().skip_while(|wave| wave.id != record.key.wave).nth(1);
        let after = after.filter(|wave| !known.contains(&(record.person, &wave.id)));
        RecordLine {
            id: record.id.0,
            person: record.key.person.clone(),
            name: names.get(&record.person).cloned().unwrap_or_default(),
            wave: wave_label(site, record.key.wave.as_str(), visitor),
            wave_id: record.key.wave.to_string(),
            n_open: record
                .n_open
                .saturating_sub(unseen.get(&record.id).copied().unwrap_or_default()),
            next: after.map(|wave| {
                (
                    wave.id.to_string(),
                    pick(visitor.language, "Vague suivante", "Next wave").to_owned(),
                )
            }),
        }
    });
    Ok(lines.collect())
}

/// Counts the open findings of each record that the visitor does not see.
async fn unseen(
    site: &Site,
    visitor: &Visitor,
    partner: &PartnerId,
) -> Result<BTreeMap<RecordId, u64>, WebError> {
    let mut counts = BTreeMap::new();
    if visitor.sight.is_whole() {
        return Ok(counts);
    }
    let own = FindingFilter { partner: Some(partner.clone()), ..FindingFilter::default() };
    for finding in site.store.findings(&own).await? {
        let is_open = finding.state == FindingState::Open && finding.severity != Severity::Info;
        if is_open
            && !visitor.sight.sees_finding(&finding)
            && let Some(record) = finding.record
        {
            *counts.entry(record).or_default() += 1;
        }
    }
    Ok(counts)
}

/// Returns the names of the persons of a centre whose name is looked for. The journal notes who they are.
async fn names(
    site: &Site,
    visitor: &Visitor,
    (partner, wanted): (&PartnerId, &str),
) -> Result<BTreeMap<PersonId, String>, WebError> {
    let author = visitor.author(site);
    let why = format!("search {}", author.why);
    let author = author.because(why.trim_end());
    let name = |answers: &Answers| {
        let texts = answers.iter().filter(|(name, _)| name.as_str().ends_with("name"));
        let texts = texts.filter_map(|(_, answer)| match answer {
            Answer::Text(text) => Some(text.as_str()),
            _ => None,
        });
        texts.collect::<Vec<_>>().join(" ")
    };
    let is_wanted = |answers: &Answers| fold(&name(answers)).contains(wanted);
    let found = site.store.find_identities(partner.as_str(), is_wanted, &author);
    let identities = found.await?;
    Ok(identities.iter().map(|(person, answers)| (*person, name(answers))).collect())
}
