//! A release in the making: the rules fill and change it, nobody else sees it.

use catalyse_locale::{Args, Wording};
use catalyse_stats::CountRange;

use crate::linked::counts::TableCounts;
use crate::linked::delivered::Attendance;
use crate::modes::Protected;
use crate::{
    Axis, Mark, Policy, Release, ReleasedCell, ReleasedShare, Role, ShareOf, Shown, Tabulation,
    Unit,
};

/// Holds a table on its way through the gate.
pub(crate) struct Draft<'pack> {
    /// The true table.
    pub(crate) tabulation: &'pack Tabulation,
    /// Which counts its cells are.
    pub(crate) table: &'pack TableCounts,
    /// The printed numbers of the pack.
    pub(crate) protected: &'pack Protected,
    /// Which counts are known by who delivered.
    pub(crate) attendance: &'pack Attendance,
    /// What is decided so far.
    pub(crate) release: Release,
}

impl<'pack> Draft<'pack> {
    /// Starts with the printed counts and nothing else.
    pub(crate) fn new(
        tabulation: &'pack Tabulation,
        table: &'pack TableCounts,
        (protected, attendance): (&'pack Protected, &'pack Attendance),
        policy: &Policy,
    ) -> Self {
        let cells = table
            .cells
            .iter()
            .map(|index| ReleasedCell {
                count: protected.values[*index]
                    .map_or(Shown::Hidden(Mark::Confidential), Shown::Value),
                base: Shown::Hidden(Mark::NotApplicable),
                share: ReleasedShare::None,
                interval: None,
                weighted: None,
                effective: None,
                summary: None,
            })
            .collect();
        let release = Release {
            id: tabulation.id.clone(),
            title: tabulation.title.clone(),
            universe: tabulation.universe.clone(),
            unit: tabulation.unit.clone(),
            rows: tabulation.rows.clone(),
            columns: tabulation.columns.clone(),
            share_of: tabulation.share_of,
            cells,
            tests: Vec::new(),
            notes: tabulation.notes.clone(),
            policy: policy.name.clone(),
            rounding: protected.reach,
            weighting: None,
        };
        Self { tabulation, table, protected, attendance, release }
    }

    /// Returns how many columns the table has.
    pub(crate) const fn n_columns(&self) -> usize {
        self.tabulation.columns.headings.len()
    }

    /// Returns the place of the cell that a cell's share is taken of; nothing if the cell has no share.
    pub(crate) fn base_of(&self, place: usize) -> Option<usize> {
        let (row, column) = (place / self.n_columns(), place % self.n_columns());
        match self.tabulation.share_of {
            ShareOf::Nothing => None,
            ShareOf::Column => {
                base_heading(&self.tabulation.rows).map(|base| base * self.n_columns() + column)
            }
            ShareOf::Row => {
                base_heading(&self.tabulation.columns).map(|base| row * self.n_columns() + base)
            }
        }
    }

    /// Says whether the cell is a part of its base: a category, not a margin or a missing reason.
    pub(crate) fn is_part(&self, place: usize) -> bool {
        let (axis, heading) = match self.tabulation.share_of {
            ShareOf::Nothing => return false,
            ShareOf::Column => (&self.tabulation.rows, place / self.n_columns()),
            ShareOf::Row => (&self.tabulation.columns, place % self.n_columns()),
        };
        axis.headings.get(heading).is_some_and(|heading| heading.role == Role::Category)
    }

    /// Returns the printed count of a cell; nothing if it is hidden or not there.
    pub(crate) fn printed(&self, place: usize) -> Option<u64> {
        self.release.cells.get(place).and_then(|cell| cell.count.value())
    }

    /// Returns why the count of a cell is not printed.
    pub(crate) fn mark(&self, place: usize) -> Mark {
        match self.release.cells.get(place).map(|cell| cell.count) {
            Some(Shown::Hidden(mark)) => mark,
            Some(Shown::Value(_)) | None => Mark::Confidential,
        }
    }

    /// Returns the fewest persons that a printed count may stand for: what a threshold asks for must hold of the true number,
    /// and only the printed one may decide, or the decision would tell on which side of the threshold the true one is.
    pub(crate) const fn fewest(&self, printed: u64) -> u64 {
        printed.saturating_sub(self.hidden())
    }

    /// Returns all true counts that a printed one may stand for.
    pub(crate) const fn behind(&self, printed: u64) -> CountRange {
        CountRange::around(printed, self.hidden())
    }

    /// Returns the fewest persons that may stand behind the printed count of a cell: where rows of a repeat are counted, the persons behind
    /// them, rounded to the base, if they are fewer.
    pub(crate) fn fewest_persons(&self, place: usize, printed: u64, base: u64) -> u64 {
        let n_persons = match self.tabulation.unit {
            Unit::Persons => printed,
            Unit::Rows(_) => {
                let n_persons = self.tabulation.cells.get(place).map_or(0, |cell| cell.persons);
                ((n_persons + base / 2) / base * base).min(printed)
            }
        };
        self.fewest(n_persons)
    }

    /// Returns by how many persons at most a printed count is off.
    const fn hidden(&self) -> u64 {
        self.release.rounding.saturating_sub(1)
    }

    /// Returns the printed count of the persons that a cell's summary is made of.
    pub(crate) fn printed_n(&self, place: usize) -> Option<u64> {
        let index = self.table.summaries.get(place).copied().flatten()?;
        self.protected.values[index]
    }

    /// Returns how many persons of the largest weight weigh as much as those of a cell, from its printed sum of weights: with a threshold on
    /// it nobody is a larger part of a weighted figure than of one without weights. As many as there can be in a table without weights;
    /// nothing if the sum is hidden.
    pub(crate) fn heaviest(&self, place: usize) -> Option<u64> {
        let Some(weighted) = self.release.cells.get(place)?.weighted else { return Some(u64::MAX) };
        let largest = self.tabulation.background.weights?.largest;
        Some((weighted.value()? as f64 / largest) as u64)
    }

    /// Returns by how much unequal weights blow up a variance; 1 in a table without weights.
    pub(crate) fn design_effect(&self) -> f64 {
        self.release.weighting.map_or(1.0, |weighting| weighting.design_effect)
    }

    /// Adds what a reader must know.
    pub(crate) fn note(&mut self, wording: &Wording, args: Args) {
        self.release.notes.push(wording.with(args));
    }
}

/// Returns the heading that shares are taken of: those who answered, else everybody.
fn base_heading(axis: &Axis) -> Option<usize> {
    let place = |role| axis.headings.iter().position(|heading| heading.role == role);
    place(Role::Answered).or_else(|| place(Role::Total))
}
