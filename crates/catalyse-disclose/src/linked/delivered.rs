//! What every reader knows of the counts of a pack by who delivered: of a partner without records at a wave there is nobody, of one with
//! records there is somebody.
//!
//! Reports name the partners of each wave, and the partners know it anyway. So the audit takes it as known, and rounding sees to it that
//! it gives no small count away.

use std::collections::{BTreeMap, BTreeSet};

use crate::linked::counts::Counts;
use crate::linked::merging::Merged;
use crate::linked::relation::CountIndex;
use crate::{Delivered, Tabulation};

/// Holds which counts, by name, are known to hold nobody and which to hold somebody.
#[derive(Default)]
pub(crate) struct Attendance {
    /// Those known to hold nobody.
    pub(crate) nobody: BTreeSet<CountIndex>,
    /// Those known to hold somebody: all records of a partner at a wave.
    pub(crate) somebody: BTreeSet<CountIndex>,
    /// Those of persons seen at a wave at which one partner alone has records, with one that is that partner's by its words.
    pub(crate) of_one: BTreeMap<CountIndex, CountIndex>,
}

impl Attendance {
    /// Finds what is known of the counts of a pack.
    pub(crate) fn of(tabulations: &[Tabulation], counts: &Counts) -> Self {
        let known = tabulations.iter().flat_map(|tabulation| &tabulation.background.delivered);
        let known: BTreeSet<&Delivered> = known.collect();
        let mut attendance = Self::default();
        if known.is_empty() {
            return attendance;
        }
        let alone = alone(&known);
        let mut first_of: BTreeMap<&str, CountIndex> = BTreeMap::new();
        for (count, name) in counts.names.iter().enumerate() {
            for word in name.split(Counts::BETWEEN) {
                first_of.entry(word).or_insert(count);
            }
        }
        for (count, name) in counts.names.iter().enumerate() {
            let mut words = name.split(Counts::BETWEEN);
            let unit = words.next().unwrap_or_default();
            let words: BTreeSet<&str> = words.collect();
            let mut partners = words.iter().filter_map(|word| alone.get(word));
            if let Some(own) = partners.next().and_then(|partner| first_of.get(partner)) {
                attendance.of_one.insert(count, *own);
            }
            let is_of = |of: &&&Delivered| {
                words.contains(of.partner.as_str()) && words.contains(of.wave.as_str())
            };
            let Some(of) = known.iter().find(is_of) else { continue };
            let (is_all, truth) = (unit.is_empty() && words.len() == 2, counts.truths[count]);
            if !of.has_records && truth == 0 {
                attendance.nobody.insert(count);
            } else if of.has_records && is_all && truth > 0 {
                attendance.somebody.insert(count);
            }
        }
        for (tabulation, table) in tabulations.iter().zip(&counts.tables) {
            let partner = tabulation.background.of_one.as_deref();
            if let Some(own) = partner.and_then(|partner| first_of.get(partner)) {
                attendance.of_one.extend(table.indices().map(|count| (count, *own)));
            }
        }
        attendance
    }

    /// Returns the first two by the numbers of merged counts.
    pub(crate) fn by(&self, merged: &Merged) -> Self {
        let numbers = |counts: &BTreeSet<CountIndex>| -> BTreeSet<usize> {
            counts.iter().map(|count| merged.number[*count]).collect()
        };
        let of_one = BTreeMap::new();
        Self { nobody: numbers(&self.nobody), somebody: numbers(&self.somebody), of_one }
    }
}

/// Returns the waves at which one partner alone has records, with that partner, both by their conditions.
fn alone<'a>(known: &BTreeSet<&'a Delivered>) -> BTreeMap<&'a str, &'a str> {
    let mut partners: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for of in known.iter().filter(|of| of.has_records) {
        partners.entry(&of.wave).or_default().push(&of.partner);
    }
    let alone = partners.into_iter().filter_map(|(wave, partners)| match partners.as_slice() {
        [one] => Some((wave, *one)),
        _ => None,
    });
    alone.collect()
}
