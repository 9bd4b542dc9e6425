//! Looks for possible worlds next to a known one: raise one count, then let others give way until all sums hold again.
//!
//! A world that is found is checked by its construction: every change stays in its box and every touched sum is back at 0. So what the
//! search finds is proof; what it does not find is left to the solver.

use std::sync::atomic::AtomicBool;

use crate::linked::relation::Relation;

/// How many steps one search may take.
const BUDGET: u32 = 400;
/// Counts in more sums than this (the totals that all tables share) stay as they are in a search.
pub(super) const HUB: usize = 9;

/// Holds the sums of a pack, and for each count those it is in. All attackers share it.
pub(super) struct Sums<'pack> {
    /// The sums.
    pub(super) relations: &'pack [Relation],
    /// The sums each count is in, with its sign.
    pub(super) touching: Vec<Vec<(usize, i64)>>,
    /// Whether the clock ran out on a program; then nothing is shown.
    pub(super) is_out_of_time: AtomicBool,
}

impl<'pack> Sums<'pack> {
    /// Finds the sums of each of `n_counts` counts.
    pub(super) fn new(relations: &'pack [Relation], n_counts: usize) -> Self {
        let mut touching = vec![Vec::new(); n_counts];
        for (place, relation) in relations.iter().enumerate() {
            for (count, sign) in &relation.terms {
                touching[*count].push((place, *sign));
            }
        }
        Self { relations, touching, is_out_of_time: AtomicBool::new(false) }
    }
}

/// Holds a possible world and the search around it.
pub(super) struct Search<'pack> {
    sums: &'pack Sums<'pack>,
    pub(super) lows: Vec<i64>,
    pub(super) highs: Vec<i64>,
    /// The values of the world.
    pub(super) world: Vec<i64>,
    /// The sums that are looked at.
    pub(super) is_active: Vec<bool>,
    /// The counts that may change.
    pub(super) is_movable: Vec<bool>,
    imbalance: Vec<i64>,
    changes: Vec<(usize, i64)>,
    is_changed: Vec<bool>,
    budget: u32,
}

impl<'pack> Search<'pack> {
    pub(super) fn new(
        sums: &'pack Sums<'pack>,
        world: Vec<i64>,
        (lows, highs): (Vec<i64>, Vec<i64>),
    ) -> Self {
        let n_counts = world.len();
        Self {
            sums,
            lows,
            highs,
            world,
            is_active: vec![true; sums.relations.len()],
            is_movable: vec![true; n_counts],
            imbalance: vec![0; sums.relations.len()],
            changes: Vec::new(),
            is_changed: vec![false; n_counts],
            budget: BUDGET,
        }
    }

    /// Measures by how much the world misses the active sums.
    pub(super) fn weigh(&mut self) {
        for (place, relation) in self.sums.relations.iter().enumerate() {
            let is_active = self.is_active[place];
            self.imbalance[place] = if is_active { relation.imbalance(&self.world) } else { 0 };
        }
    }

    /// Returns by how much the world misses a sum.
    pub(super) fn misses(&self, relation: usize) -> bool {
        self.imbalance[relation] != 0
    }

    /// Changes counts until the given sums hold; keeps the change in the world. Says whether it could.
    pub(super) fn settle(&mut self, dirty: Vec<usize>) -> bool {
        self.budget = 16 * BUDGET;
        let is_settled = self.repair(dirty);
        for (count, change) in std::mem::take(&mut self.changes) {
            self.is_changed[count] = false;
            if is_settled {
                self.world[count] += change;
            }
        }
        is_settled
    }

    /// Looks for a world in which the count differs by `change`; hands every changed count and its new value to `see`.
    pub(super) fn shift(
        &mut self,
        count: usize,
        change: i64,
        mut see: impl FnMut(usize, i64),
    ) -> bool {
        self.budget = BUDGET;
        let mut dirty = Vec::new();
        let is_found = self.fits(count, change) && {
            self.apply(count, change, &mut dirty);
            self.repair(dirty)
        };
        if is_found {
            for (count, change) in &self.changes {
                see(*count, self.world[*count] + change);
            }
        }
        while !self.changes.is_empty() {
            self.undo();
        }
        is_found
    }

    fn fits(&self, count: usize, change: i64) -> bool {
        let value = self.world[count] + change;
        !self.is_changed[count] && value >= self.lows[count] && value <= self.highs[count]
    }

    fn apply(&mut self, count: usize, change: i64, dirty: &mut Vec<usize>) {
        for (relation, sign) in &self.sums.touching[count] {
            if self.is_active[*relation] {
                self.imbalance[*relation] += sign * change;
                dirty.push(*relation);
            }
        }
        self.is_changed[count] = true;
        self.changes.push((count, change));
    }

    fn undo(&mut self) {
        if let Some((count, change)) = self.changes.pop() {
            for (relation, sign) in &self.sums.touching[count] {
                if self.is_active[*relation] {
                    self.imbalance[*relation] -= sign * change;
                }
            }
            self.is_changed[count] = false;
        }
    }

    /// Balances the dirty sums one after the other, going back where no count can give way.
    fn repair(&mut self, mut dirty: Vec<usize>) -> bool {
        while dirty.last().is_some_and(|relation| self.imbalance[*relation] == 0) {
            dirty.pop();
        }
        let Some(relation) = dirty.last().copied() else { return true };
        for (count, change, _) in self.candidates(relation) {
            if self.budget == 0 {
                return false;
            }
            self.budget -= 1;
            let n_before = self.changes.len();
            let mut next = dirty.clone();
            self.apply(count, change, &mut next);
            if self.repair(next) {
                return true;
            }
            while self.changes.len() > n_before {
                self.undo();
            }
        }
        false
    }

    /// Lists the counts that can take the imbalance of a sum, those first that leave the fewest other sums unbalanced.
    fn candidates(&self, relation: usize) -> Vec<(usize, i64, i64)> {
        let mut candidates: Vec<(usize, i64, i64)> = self.sums.relations[relation]
            .terms
            .iter()
            .filter(|(count, _)| self.is_movable[*count])
            .map(|(count, sign)| (*count, -sign * self.imbalance[relation]))
            .filter(|(count, change)| self.fits(*count, *change))
            .map(|(count, change)| (count, change, self.trouble(count, change)))
            .collect();
        candidates.sort_by_key(|candidate| candidate.2);
        candidates
    }

    fn trouble(&self, count: usize, change: i64) -> i64 {
        let touched = self.sums.touching[count].iter().filter(|(place, _)| self.is_active[*place]);
        touched
            .map(|(place, sign)| {
                let before = self.imbalance[*place];
                let after = before + sign * change;
                i64::from(after != 0) - i64::from(before != 0)
            })
            .sum()
    }
}
