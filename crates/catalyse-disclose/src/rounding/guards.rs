//! Guards against a partner who knows its own row.
//!
//! Printed: total 5, my row 5, all others 0. I know that I have 8, and that the total is at most 9: so the others have one person or
//! none. The range is too small because my row went down while the others vanished. If instead my row goes up, the
//! total may be anything up to four above it. So wherever the others are few enough to vanish, at least one part must
//! go up: mine, or one of theirs.
//!
//! The same form serves what the audit teaches: if it narrowed a count down, the numbers around it must not all come out as they did.

use crate::linked::Linked;
use crate::linked::relation::CountIndex;
use crate::modes::Lesson;

/// Holds one guard: at least one of its counts, numbered by sets of persons, must go to the side that is named with it.
pub(crate) type Guard = Vec<(usize, Side)>;

/// Names one of the two neighbouring multiples.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Side {
    /// The lower one.
    Down,
    /// The upper one.
    Up,
}

/// Finds the guards that the sums over partners need.
///
/// That the others are nobody is told just as well as that they are one: then mine alone is there to go up.
pub(crate) fn guards_of_partners(pack: &Linked<'_>, base: u64) -> Vec<Guard> {
    let counts = &pack.counts;
    let mut guards = Vec::new();
    for relation in counts.relations.iter().filter(|relation| relation.is_by_partner) {
        // That a partner without records has nobody is known, and nothing to hide.
        let parts = relation.parts().filter(|part| !pack.attendance.nobody.contains(part));
        let parts: Vec<CountIndex> = parts.collect();
        let open: Vec<CountIndex> =
            parts.iter().copied().filter(|part| is_open(pack, *part, base)).collect();
        let needs_guard = |own: &CountIndex| {
            let mut others = parts.iter().filter(|part| *part != own);
            parts.len() > 1 && others.all(|part| counts.truths[*part] < base)
        };
        if open.iter().any(needs_guard) {
            let mut guard: Guard =
                open.into_iter().map(|count| (pack.sets.number[count], Side::Up)).collect();
            guard.sort_unstable();
            guard.dedup();
            guards.push(guard);
        }
    }
    guards.sort_unstable();
    guards.dedup();
    guards
}

/// Lists the guards that known deliveries need: of a partner known to have records at a wave, a printed 0 would stand for 1 to 4 persons,
/// a printed 5 for 1 to 9.
pub(crate) fn guards_of_deliveries(pack: &Linked<'_>, base: u64) -> Vec<Guard> {
    let few = |count: &&CountIndex| pack.counts.truths[**count] < base;
    let known = pack.attendance.somebody.iter().filter(few);
    known.map(|count| vec![(pack.sets.number[*count], Side::Up)]).collect()
}

/// Turns what the audit taught into guards: at least one of the numbers must come out on its other side.
pub(crate) fn guards_of_lessons(pack: &Linked<'_>, lessons: &[Lesson], base: u64) -> Vec<Guard> {
    lessons
        .iter()
        .map(|lesson| {
            let open = lesson.numbers.iter().filter(|(count, _)| is_open(pack, *count, base));
            let mut guard: Guard = open
                .map(|(count, value)| {
                    let was_up = *value > pack.counts.truths[*count];
                    (pack.sets.number[*count], if was_up { Side::Down } else { Side::Up })
                })
                .collect();
            guard.sort_unstable();
            guard.dedup();
            guard
        })
        .filter(|guard| !guard.is_empty())
        .collect()
}

fn is_open(pack: &Linked<'_>, count: CountIndex, base: u64) -> bool {
    !pack.counts.truths[count].is_multiple_of(base)
}
