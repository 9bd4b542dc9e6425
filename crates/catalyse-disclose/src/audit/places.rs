//! A first possible world, part by part: the shared totals, then what hangs on them.

use std::collections::BTreeSet;

use crate::rounding::{Part, split};

use super::knowledge::Knowledge;
use super::program::{End, Piece};
use super::search::{HUB, Search, Sums};

/// A pack of fewer open counts than this is attacked in one piece.
const SMALL_PACK: usize = 250;
/// How many counts the first, small program around a target opens at least.
const NEAREST: usize = 60;

/// Holds the parts of a pack, and a world for those where one was found.
pub(super) struct Places<'pack> {
    pub(super) sums: &'pack Sums<'pack>,
    pub(super) search: Search<'pack>,
    parts: Vec<Part>,
    has_world: Vec<bool>,
    part_of: Vec<usize>,
    is_hub: Vec<bool>,
}

impl<'pack> Places<'pack> {
    /// Looks for a world near the printed numbers.
    pub(super) fn new(sums: &'pack Sums<'pack>, knowledge: Knowledge, targets: &[usize]) -> Self {
        let n_counts = knowledge.lows.len();
        let is_open: Vec<bool> = (0..n_counts).map(|count| !knowledge.is_known(count)).collect();
        let Knowledge { lows, highs, guess } = knowledge;
        let world = guess
            .iter()
            .zip(lows.iter().zip(&highs))
            .map(|(guess, (low, high))| (*guess).clamp(*low, *high))
            .collect();
        let search = Search::new(sums, world, (lows, highs));
        let is_small = is_open.iter().filter(|is_open| **is_open).count() < SMALL_PACK;
        let mut is_hub: Vec<bool> = (0..n_counts)
            .map(|count| !is_small && is_open[count] && sums.touching[count].len() > HUB)
            .collect();
        // A total that is itself attacked must be able to move.
        for target in targets {
            is_hub[*target] = false;
        }
        let mut places = Self {
            sums,
            search,
            parts: Vec::new(),
            has_world: Vec::new(),
            part_of: vec![usize::MAX; n_counts],
            is_hub,
        };
        places.settle_hubs(&is_open);
        places.settle_parts(&is_open);
        if places.has_world.contains(&false) && places.settle_all(&is_open) {
            places.has_world.iter_mut().for_each(|has_world| *has_world = true);
        }
        places
    }

    /// Says whether the count has a value in a possible world.
    pub(super) fn is_placed(&self, count: usize) -> bool {
        self.has_world.get(self.part_of[count]).copied().unwrap_or(false)
    }

    /// Returns the part a count is in; nothing for a total that all tables share, or a count that is known.
    pub(super) fn part_of(&self, count: usize) -> Option<Part> {
        self.parts.get(self.part_of[count]).cloned()
    }

    /// Returns the open counts nearest to a placed count, and all sums that touch them. What is farther off stays as it is in the world
    /// that was found: a small program that mostly finds another one.
    pub(super) fn around(&self, count: usize) -> (Vec<usize>, Vec<usize>) {
        let (mut counts, mut relations) = (BTreeSet::from([count]), BTreeSet::new());
        let mut next = vec![count];
        while !next.is_empty() && counts.len() < NEAREST {
            let touching = next.iter().flat_map(|count| &self.sums.touching[*count]);
            let touched: Vec<usize> = touching.map(|(place, _)| *place).collect();
            let terms = touched.iter().flat_map(|place| &self.sums.relations[*place].terms);
            let is_open = |count: &usize| self.search.lows[*count] < self.search.highs[*count];
            next = terms
                .map(|term| term.0)
                .filter(is_open)
                .filter(|count| counts.insert(*count))
                .collect();
        }
        for count in &counts {
            relations.extend(self.sums.touching[*count].iter().map(|(place, _)| *place));
        }
        (counts.into_iter().collect(), relations.into_iter().collect())
    }

    /// Returns all open counts and all sums.
    pub(super) fn everything(&self) -> (Vec<usize>, Vec<usize>) {
        let is_open = |count: &usize| self.search.lows[*count] < self.search.highs[*count];
        let counts = (0..self.search.lows.len()).filter(is_open).collect();
        (counts, (0..self.sums.relations.len()).collect())
    }

    fn settle_hubs(&mut self, is_open: &[bool]) {
        let is_rest = |count: &usize| is_open[*count] && !self.is_hub[*count];
        for (place, relation) in self.sums.relations.iter().enumerate() {
            let mut terms = relation.terms.iter().map(|term| term.0);
            self.search.is_active[place] = !terms.any(|count| is_rest(&count));
        }
        self.search.is_movable.clone_from(&self.is_hub);
        self.search.weigh();
        let active: Vec<usize> =
            (0..self.sums.relations.len()).filter(|place| self.search.is_active[*place]).collect();
        for part in split(self.sums.relations, &active, &self.is_hub) {
            self.settle(&part);
        }
    }

    fn settle_parts(&mut self, is_open: &[bool]) {
        let is_rest: Vec<bool> =
            is_open.iter().zip(&self.is_hub).map(|(is_open, is_hub)| *is_open && !is_hub).collect();
        self.search.is_active.iter_mut().for_each(|is_active| *is_active = true);
        self.search.is_movable.clone_from(&is_rest);
        self.search.weigh();
        let all: Vec<usize> = (0..self.sums.relations.len()).collect();
        let is_closed = |place: &usize| {
            let mut terms = self.sums.relations[*place].terms.iter();
            terms.all(|(count, _)| !is_rest[*count])
        };
        // If the shared totals contradict each other there is no world for anything.
        let hubs_fit =
            !all.iter().filter(|place| is_closed(place)).any(|place| self.search.misses(*place));
        for part in split(self.sums.relations, &all, &is_rest) {
            let has_world = hubs_fit && self.settle(&part);
            for count in &part.counts {
                self.part_of[*count] = self.parts.len();
            }
            self.has_world.push(has_world);
            self.parts.push(part);
        }
    }

    /// Looks for one world of everything at once: shared totals that were settled first may leave a part without any.
    fn settle_all(&mut self, is_open: &[bool]) -> bool {
        let all = Part {
            counts: (0..is_open.len()).filter(|count| is_open[*count]).collect(),
            relations: (0..self.sums.relations.len()).collect(),
        };
        self.settle_by_program(&all)
    }

    /// Makes all sums of a part hold, by search, else by the solver. Says whether it could.
    fn settle(&mut self, part: &Part) -> bool {
        let dirty: Vec<usize> =
            part.relations.iter().copied().filter(|place| self.search.misses(*place)).collect();
        if dirty.is_empty() || self.search.settle(dirty) {
            return true;
        }
        self.settle_by_program(part)
    }

    fn settle_by_program(&mut self, part: &Part) -> bool {
        let search = &self.search;
        let piece = Piece {
            sums: self.sums,
            places: &part.relations,
            counts: &part.counts,
            lows: &search.lows,
            highs: &search.highs,
            world: &search.world,
        };
        let Some(values) = piece.extreme(None, End::Low) else { return false };
        for (count, value) in part.counts.iter().zip(values) {
            self.search.world[*count] = value;
        }
        self.search.weigh();
        true
    }
}
