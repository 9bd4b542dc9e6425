//! What a test compares, from printed counts only, each with the true counts that it may stand for.

use catalyse_stats::{CountRange, Share};

use crate::draft::Draft;
use crate::{Axis, Mark, ReleasedShare, Role, TestSubject};

/// Holds one printed count, or the sum of some, with what it may stand for.
#[derive(Clone, Copy)]
pub(crate) struct Printed {
    /// As it is printed.
    pub(crate) count: u64,
    /// The true counts that it may stand for.
    pub(crate) range: CountRange,
}

impl Printed {
    /// Returns the share of a base as it is printed; rounding may have lifted the part above it.
    pub(crate) fn share_of(self, base: Self) -> Option<Share> {
        Share::new(self.count.min(base.count), base.count).ok()
    }
}

/// Holds the sides of a comparison: bases, and counts if one category is compared.
pub(crate) struct Sides {
    pub(crate) bases: Vec<Printed>,
    pub(crate) counts: Option<[Printed; 2]>,
}

impl Sides {
    /// Returns nothing if a number it needs is hidden, or its share is.
    pub(crate) fn of(draft: &Draft<'_>, subject: TestSubject) -> Option<Self> {
        let n_columns = draft.n_columns();
        let cell = |row: usize, column: usize| row * n_columns + column;
        let base = |row: usize, column: usize| count_at(draft, draft.base_of(cell(row, column))?);
        match subject {
            TestSubject::Association => {
                let columns = categories(draft);
                let bases = columns.map(|column| base(0, column)).collect::<Option<Vec<_>>>()?;
                // A group without persons takes no part in the test.
                let bases: Vec<Printed> = bases.into_iter().filter(|base| base.count > 0).collect();
                let mut all = sum(&bases);
                let whole = whole_heading(&draft.tabulation.columns);
                if let Some(whole) = whole.and_then(|whole| base(0, whole)) {
                    all.range = all.range.within(whole.range);
                }
                Some(Self { bases: vec![all], counts: None })
            }
            TestSubject::Rows { from, to } => {
                Some(Self { bases: vec![base(0, from)?, base(0, to)?], counts: None })
            }
            TestSubject::Row { row, from, to } => {
                let counts =
                    [share_count(draft, cell(row, from))?, share_count(draft, cell(row, to))?];
                Some(Self { bases: vec![base(row, from)?, base(row, to)?], counts: Some(counts) })
            }
            TestSubject::AgainstRest { row, column } => {
                let (mut counts, mut bases) = (Vec::new(), Vec::new());
                for other in categories(draft).filter(|other| *other != column) {
                    counts.push(count_at(draft, cell(row, other))?);
                    bases.push(base(row, other)?);
                }
                let own = [share_count(draft, cell(row, column))?, base(row, column)?];
                let whole = whole_heading(&draft.tabulation.columns);
                let count_of_all = whole.and_then(|whole| count_at(draft, cell(row, whole)));
                let base_of_all = whole.and_then(|whole| base(row, whole));
                let rest = rest_of(&counts, count_of_all, own[0]);
                let rest_base = rest_of(&bases, base_of_all, own[1]);
                Some(Self { bases: vec![rest_base, own[1]], counts: Some([rest, own[0]]) })
            }
        }
    }

    /// Returns the persons of both sides; the same persons count once.
    pub(crate) fn n(&self, is_paired: bool) -> u64 {
        let mut bases = self.bases.iter().map(|base| base.count);
        if is_paired { bases.next().unwrap_or(0) } else { bases.sum() }
    }
}

/// Returns a printed count with what it may stand for; nothing if it is hidden. Of a partner without records there is nobody.
fn count_at(draft: &Draft<'_>, place: usize) -> Option<Printed> {
    if draft.mark(place) == Mark::NoRecords {
        return Some(Printed { count: 0, range: CountRange { low: 0, high: 0 } });
    }
    draft.printed(place).map(|count| Printed { count, range: draft.behind(count) })
}

/// Returns a printed count whose share is shown as a percentage: a share that is not must not come back in an effect.
fn share_count(draft: &Draft<'_>, place: usize) -> Option<Printed> {
    match draft.release.cells.get(place)?.share {
        ReleasedShare::AtLeast(_)
        | ReleasedShare::AtMost(_)
        | ReleasedShare::Hidden(_)
        | ReleasedShare::None
        | ReleasedShare::About { .. } => None,
        ReleasedShare::Percent(_) => count_at(draft, place),
    }
}

fn sum(counts: &[Printed]) -> Printed {
    let range = CountRange {
        low: counts.iter().map(|one| one.range.low).sum(),
        high: counts.iter().map(|one| one.range.high).sum(),
    };
    Printed { count: counts.iter().map(|one| one.count).sum(), range }
}

/// Returns the sum of the others: it may stand for what each of them may, and for no more than the printed total leaves beside one's own.
fn rest_of(others: &[Printed], all: Option<Printed>, own: Printed) -> Printed {
    let rest = sum(others);
    let Some(all) = all else { return rest };
    let left = CountRange {
        low: all.range.low.saturating_sub(own.range.high),
        high: all.range.high.saturating_sub(own.range.low),
    };
    Printed { range: rest.range.within(left), ..rest }
}

/// Lists the columns that are groups of their own, not margins.
fn categories<'draft>(draft: &'draft Draft<'_>) -> impl Iterator<Item = usize> + 'draft {
    let headings = draft.tabulation.columns.headings.iter().enumerate();
    headings.filter(|(_, heading)| heading.role == Role::Category).map(|(column, _)| column)
}

/// Returns the column that is the sum of the groups, if the table has one.
fn whole_heading(columns: &Axis) -> Option<usize> {
    let place = |role| columns.headings.iter().position(|heading| heading.role == role);
    let total = || place(Role::Missing).map_or_else(|| place(Role::Total), |_| None);
    columns.is_exclusive.then(|| place(Role::Answered).or_else(total)).flatten()
}
