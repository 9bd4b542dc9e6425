//! The order in which pieces are rounded: hubs, then variables, then what did not fit together with its hubs.

use std::collections::BTreeSet;

use super::parts::{Part, split};
use super::program::{Piece, Sums, System};

/// A piece of more open counts than this is taken apart at its hubs. A report of 55 tables has 1,500; the solver takes them at once in
/// some hundredths of a second.
const LARGEST_PIECE: usize = 4_000;
/// How often pieces without an answer are solved again together with their hubs.
const ROUNDS: usize = 3;

/// Holds the rounded counts.
pub(crate) struct Rounded {
    /// One multiple of the base for each count.
    pub(crate) values: Vec<u64>,
}

/// Rounds all counts of a system.
pub(crate) fn round(system: &System<'_>) -> Rounded {
    let n_counts = system.truths.len();
    let mut work = Work::new(system);
    let open: Vec<bool> = (0..n_counts).map(|count| !system.is_multiple(count)).collect();
    let relations: Vec<usize> = (0..system.relations.len()).collect();
    work.round_set(&open, &relations);
    Rounded { values: work.values }
}

struct Work<'system> {
    system: &'system System<'system>,
    values: Vec<u64>,
    /// The guards that each count is in.
    guards_of: Vec<Vec<usize>>,
}

impl<'system> Work<'system> {
    fn new(system: &'system System<'system>) -> Self {
        let n_counts = system.truths.len();
        let mut guards_of = vec![Vec::new(); n_counts];
        for (guard, counts) in system.guards.iter().enumerate() {
            for (count, _) in counts {
                guards_of[*count].push(guard);
            }
        }
        let values = (0..n_counts).map(|count| system.below(count)).collect();
        Self { system, values, guards_of }
    }

    /// Rounds the open counts so that the given sums hold; other counts are rounded already.
    fn round_set(&mut self, open: &[bool], relations: &[usize]) {
        for part in split(self.system.relations, relations, open) {
            if part.counts.len() <= LARGEST_PIECE {
                if !self.solve(&part, Sums::Kept) {
                    self.solve_or_round_each(&part);
                }
            } else {
                self.round_around_hubs(&part);
            }
        }
    }

    /// Rounds the hubs of a large piece, then what hangs on them.
    fn round_around_hubs(&mut self, part: &Part) {
        let hubs = self.hubs_of(part);
        if hubs.is_empty() || hubs.len() == part.counts.len() {
            self.solve_or_round_each(part);
            return;
        }
        let is_hub = marked(&hubs, self.values.len());
        let mut rest = marked(&part.counts, self.values.len());
        unmark(&hubs, &mut rest);
        let touches_rest = |relation: &usize| {
            self.system.relations[*relation].terms.iter().any(|(count, _)| rest[*count])
        };
        let (outer, inner): (Vec<usize>, Vec<usize>) =
            part.relations.iter().copied().partition(touches_rest);
        self.round_set(&is_hub, &inner);
        let pieces = split(self.system.relations, &outer, &rest);
        let mut unsolved: Vec<usize> = (0..pieces.len()).collect();
        let mut joint: BTreeSet<usize> = BTreeSet::new();
        for attempt in 0..=ROUNDS {
            unsolved.retain(|place| !self.solve(&pieces[*place], Sums::Kept));
            if unsolved.is_empty() {
                return;
            }
            joint.extend(unsolved.iter().copied());
            let before: Vec<u64> = hubs.iter().map(|hub| self.values[*hub]).collect();
            if attempt == ROUNDS || !self.solve_with_hubs(&hubs, &inner, &pieces, &joint) {
                break;
            }
            let moved: Vec<usize> = (hubs.iter().zip(before))
                .filter(|(hub, before)| self.values[**hub] != *before)
                .map(|(hub, _)| *hub)
                .collect();
            let moved = marked(&moved, self.values.len());
            unsolved = (0..pieces.len())
                .filter(|place| !joint.contains(place) && self.touches(&pieces[*place], &moved))
                .collect();
        }
        for place in unsolved {
            self.solve_or_round_each(&pieces[place]);
        }
    }

    /// Solves the hubs again, this time together with the pieces that found no answer between them.
    fn solve_with_hubs(
        &mut self,
        hubs: &[usize],
        inner: &[usize],
        pieces: &[Part],
        joint: &BTreeSet<usize>,
    ) -> bool {
        let mut part = Part { counts: hubs.to_vec(), relations: inner.to_vec() };
        for place in joint {
            part.counts.extend(&pieces[*place].counts);
            part.relations.extend(&pieces[*place].relations);
        }
        part.counts.sort_unstable();
        part.relations.sort_unstable();
        self.solve(&part, Sums::Kept)
    }

    fn touches(&self, piece: &Part, moved: &[bool]) -> bool {
        let mut terms =
            piece.relations.iter().flat_map(|relation| &self.system.relations[*relation].terms);
        terms.any(|(count, _)| moved[*count])
    }

    fn solve(&mut self, part: &Part, sums: Sums) -> bool {
        let guards: BTreeSet<usize> =
            part.counts.iter().flat_map(|count| self.guards_of[*count].iter().copied()).collect();
        // A guard over counts that are not rounded yet is looked at with the last of them.
        let guards: Vec<usize> = guards.into_iter().collect();
        let piece = Piece { counts: &part.counts, relations: &part.relations, guards: &guards };
        self.system.solve(&piece, sums, &mut self.values)
    }

    /// Gives up sums where nothing else helps; without any answer each count goes to its nearest multiple.
    fn solve_or_round_each(&mut self, part: &Part) {
        if part.counts.len() > 2 * LARGEST_PIECE || !self.solve(part, Sums::MayBreak) {
            for count in &part.counts {
                self.values[*count] = self.system.preferred(*count);
            }
        }
    }

    /// Picks the counts that the most sums share, as few as take the piece apart.
    fn hubs_of(&self, part: &Part) -> Vec<usize> {
        let mut degree = vec![0_usize; self.values.len()];
        for relation in &part.relations {
            for (count, _) in &self.system.relations[*relation].terms {
                degree[*count] += 1;
            }
        }
        let mut hubs = Vec::new();
        let highest = part.counts.iter().map(|count| degree[*count]).max().unwrap_or(0);
        let mut limit = highest;
        while limit >= 3 {
            limit = (limit * 3 / 4).max(2).min(limit - 1);
            hubs = part.counts.iter().copied().filter(|count| degree[*count] > limit).collect();
            let mut rest = marked(&part.counts, self.values.len());
            unmark(&hubs, &mut rest);
            let pieces = split(self.system.relations, &part.relations, &rest);
            if pieces.iter().all(|piece| piece.counts.len() <= LARGEST_PIECE) {
                break;
            }
        }
        hubs
    }
}

fn marked(counts: &[usize], n_counts: usize) -> Vec<bool> {
    let mut marks = vec![false; n_counts];
    for count in counts {
        marks[*count] = true;
    }
    marks
}

fn unmark(counts: &[usize], marks: &mut [bool]) {
    for count in counts {
        marks[*count] = false;
    }
}
