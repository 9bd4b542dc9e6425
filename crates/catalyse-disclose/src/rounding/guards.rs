//! Guards against a partner who knows its own row.
//!
//! Printed: total 5, my row 5, all others 0. I know that I have 8, and that the total is at most 9: so the others have one person or
//! none. The range is too small because my row went down while the others vanished. If instead my row goes up, the
//! total may be anything up to four above it. So wherever the others are few enough to vanish and not empty, at least one part must
//! go up: mine, or one of theirs.
//!
//! The same form serves what the audit teaches: if it narrowed a count down, the numbers around it must not all come out as they did.

use crate::counts::{CountIndex, Counts};
use crate::modes::Lesson;

/// Holds one guard: at least one of its counts must go to the side that is named with it.
pub(crate) type Guard = Vec<(CountIndex, Side)>;

/// Names one of the two neighbouring multiples.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Side {
    /// The lower one.
    Down,
    /// The upper one.
    Up,
}

/// Finds the guards that the sums over partners need.
pub(crate) fn guards_of_partners(counts: &Counts, base: u64) -> Vec<Guard> {
    let mut guards = Vec::new();
    for relation in counts.relations.iter().filter(|relation| relation.is_by_partner) {
        let parts: Vec<CountIndex> = relation.parts().collect();
        let open: Vec<CountIndex> =
            parts.iter().copied().filter(|part| is_open(counts, *part, base)).collect();
        let sum: u64 = parts.iter().map(|part| counts.truths[*part]).sum();
        let needs_guard = |own: &CountIndex| {
            let mut others = parts.iter().filter(|part| *part != own);
            others.all(|part| counts.truths[*part] < base) && sum > counts.truths[*own]
        };
        if open.iter().any(needs_guard) {
            guards.push(open.into_iter().map(|count| (count, Side::Up)).collect());
        }
    }
    guards.sort_unstable();
    guards.dedup();
    guards
}

/// Turns what the audit taught into guards: at least one of the numbers must come out on its other side.
pub(crate) fn guards_of_lessons(counts: &Counts, lessons: &[Lesson], base: u64) -> Vec<Guard> {
    lessons
        .iter()
        .map(|lesson| {
            let open = lesson.numbers.iter().filter(|(count, _)| is_open(counts, *count, base));
            open.map(|(count, value)| {
                let was_up = *value > counts.truths[*count];
                (*count, if was_up { Side::Down } else { Side::Up })
            })
            .collect()
        })
        .filter(|guard: &Guard| !guard.is_empty())
        .collect()
}

fn is_open(counts: &Counts, count: CountIndex, base: u64) -> bool {
    !counts.truths[count].is_multiple_of(base)
}
