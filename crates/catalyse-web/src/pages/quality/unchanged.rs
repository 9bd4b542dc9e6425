//! How much is left unchanged from one wave to the next, by centre, wave and encoder. Where the earlier answer was hidden, few more answers
//! should differ than where it was shown: what lies between the two shares is copying.

use std::collections::{BTreeMap, BTreeSet};

use catalyse_codebook::{Answers, Variable, VariableName};
use catalyse_store::{PersonId, Record, Selection};

use super::{Rate, Unit, centre};
use crate::guard::Visitor;
use crate::pages::pick;
use crate::{Site, WebError};

/// One line of the table.
pub(super) struct Line {
    pub(super) centre: String,
    pub(super) wave: String,
    /// Who typed; of the own centre alone. All together, or deliveries, in words.
    pub(super) encoder: String,
    /// With the earlier answer in view, deliveries apart.
    pub(super) shown: Option<Rate>,
    /// Without.
    pub(super) blind: Option<Rate>,
}

/// Fewer answers, or fewer persons, than these say more of one person than of a centre.
const LEAST_ANSWERS: u64 = 300;
/// Few questions are asked blind: fewer answers of more persons are enough, and the interval tells how little they say.
const LEAST_BLIND: u64 = 50;
const LEAST_PERSONS: usize = 10;

/// Says who typed the later of two records.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Hand {
    /// Everybody who typed in the centre.
    All,
    Encoder(String),
    /// Nobody: it came in a delivery, where no earlier answer is shown.
    Delivery,
}

#[derive(Default)]
struct Counts {
    persons: BTreeSet<PersonId>,
    shown: (u64, u64),
    blind: (u64, u64),
}

/// Makes the lines that a visitor may see.
pub(super) async fn lines(site: &Site, visitor: &Visitor) -> Result<Vec<Line>, WebError> {
    let selection = Selection { partner: visitor.partner().cloned(), ..Selection::default() };
    let records = site.store.records(&selection).await?;
    let typed_by = site.store.typed_by().await?;
    let mut counts: BTreeMap<(&str, usize, Hand), Counts> = BTreeMap::new();
    for (wave, now, before) in pairs(site, &records) {
        let hands = match typed_by.get(&now.id) {
            // Names of encoders are for their own coordinator.
            Some(who) if visitor.partner().is_some() => vec![Hand::All, Hand::Encoder(who.clone())],
            Some(_) => vec![Hand::All],
            None => vec![Hand::Delivery],
        };
        for hand in hands {
            let partner = now.key.partner.as_str();
            let is_typed = hand != Hand::Delivery;
            let counts = counts.entry((partner, wave, hand)).or_default();
            counts.add(site, (now, before), is_typed);
        }
    }
    let language = visitor.language;
    let lines = counts.into_iter().filter_map(|((partner, wave, hand), counts)| {
        let rate = |pair, least| {
            let rate = Rate::of(pair, least, (Unit::Percent, language));
            rate.filter(|_| counts.persons.len() >= LEAST_PERSONS)
        };
        let line = Line {
            centre: centre(site, partner, language),
            wave: site.codebook().study.waves.get(wave)?.label.get(language).to_owned(),
            encoder: match hand {
                Hand::All => pick(language, "tous les encodeurs", "all encoders").to_owned(),
                Hand::Encoder(who) => who,
                Hand::Delivery => pick(
                    language,
                    "livraisons (rien n’était montré)",
                    "deliveries (nothing was shown)",
                )
                .to_owned(),
            },
            shown: rate(counts.shown, LEAST_ANSWERS),
            blind: rate(counts.blind, LEAST_BLIND),
        };
        (line.shown.is_some() || line.blind.is_some()).then_some(line)
    });
    Ok(lines.collect())
}

/// Lists the records that have one of the same person in an earlier wave: the index of the wave, the record, and what was said before.
fn pairs<'r>(site: &Site, records: &'r [Record]) -> Vec<(usize, &'r Record, &'r Answers)> {
    let waves = &site.codebook().study.waves;
    let mut by_person: BTreeMap<PersonId, BTreeMap<usize, &Record>> = BTreeMap::new();
    for record in records.iter().filter(|record| record.key.form.is_none()) {
        if let Some(wave) = waves.iter().position(|wave| wave.id == record.key.wave) {
            by_person.entry(record.person).or_default().insert(wave, record);
        }
    }
    let of_person = |of_waves: BTreeMap<usize, &'r Record>| {
        let records: Vec<(usize, &Record)> = of_waves.into_iter().collect();
        let pairs = records.iter().zip(records.iter().skip(1));
        pairs.map(|(before, now)| (now.0, now.1, &before.1.answers)).collect::<Vec<_>>()
    };
    by_person.into_values().flat_map(of_person).collect()
}

impl Counts {
    fn add(&mut self, site: &Site, (now, before): (&Record, &Answers), is_typed: bool) {
        self.persons.insert(now.person);
        let study = &site.codebook().study;
        let is_asked = |name: &VariableName| {
            site.codebook().variable(name).is_some_and(|variable| is_counted(site, variable))
        };
        for (name, answer) in now.answers.iter().filter(|(name, _)| is_asked(name)) {
            let Some(old) = before.get(name) else { continue };
            let reask = study.reask.as_ref().filter(|_| is_typed);
            let is_blind =
                reask.is_some_and(|reask| reask.is_blind(now.person.0, &now.key.wave, name));
            let counted = if is_blind { &mut self.blind } else { &mut self.shown };
            counted.0 += u64::from(old == answer);
            counted.1 += 1;
        }
    }
}

/// Says whether a variable is typed anew at each wave.
fn is_counted(site: &Site, variable: &Variable) -> bool {
    let study = &site.codebook().study;
    !variable.is_derived()
        && ![&study.person, &study.wave, &study.partner].contains(&&variable.name)
}
