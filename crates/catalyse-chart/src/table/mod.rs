//! What the chart kinds see of a release: categories against groups, in one language.
//!
//! A release may take shares down its columns or along its rows. Here categories are always what shares are spread over and
//! groups what is compared (partners, waves), so that no kind has to ask which way the table was laid.

pub(crate) mod quantities;
pub(crate) mod reading;

use catalyse_disclose::{Axis, Evidence, Mark, Release, ReleasedTest, Role, ShareOf, TestSubject};
use catalyse_locale::{Language, capital, typeset};

use crate::table::quantities::Quantities;
use crate::table::reading::{Reading, read};
use crate::words;

/// Holds a release as the chart kinds see it.
#[derive(Clone, Debug)]
pub struct Table {
    /// The name of the release.
    pub id: String,
    /// The language of all texts.
    pub language: Language,
    /// What is measured.
    pub title: String,
    /// Who is counted.
    pub universe: String,
    /// What shares are spread over. Margins and missing reasons are not among them.
    pub categories: Side,
    /// What is compared. A table without it has no group, and only a total.
    pub groups: Side,
    /// Whether the release has categories in its rows.
    pub has_categories_in_rows: bool,
    pub(crate) cells: Vec<Reading>,
    pub(crate) totals: Vec<Reading>,
    pub(crate) bases: Vec<Option<u64>>,
    pub(crate) total_base: Option<u64>,
    pub(crate) changes: Vec<Option<Change>>,
    /// The multiple that printed counts are brought to; a 0 stands for fewer.
    pub(crate) rounding: u64,
    /// What a table of summaries holds; empty in a table of shares.
    pub(crate) quantities: Quantities,
}

/// Holds one side of the table.
#[derive(Clone, Debug, Default)]
pub struct Side {
    /// The variable, `partner`, `wave` or `all`.
    pub name: String,
    /// The words for it.
    pub label: String,
    /// The code and the words of each heading.
    pub headings: Vec<(String, String)>,
    /// Whether their order must be kept.
    pub is_ordered: bool,
    /// Whether a person stands under one of them only.
    pub is_exclusive: bool,
}

/// Holds the difference of a category between the first and the last group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Change {
    pub(crate) points: i32,
    pub(crate) is_evident: bool,
}

impl Table {
    /// Reads a release in a language.
    pub fn of(release: &Release, language: Language) -> Self {
        let has_categories_in_rows = release.share_of() != ShareOf::Row;
        let (category_axis, group_axis) = if has_categories_in_rows {
            (release.rows(), release.columns())
        } else {
            (release.columns(), release.rows())
        };
        let reading = |category: usize, group: usize| {
            let cell = if has_categories_in_rows {
                release.cell(category, group)
            } else {
                release.cell(group, category)
            };
            cell.map_or((Reading::Hidden(Mark::NotApplicable), None), |cell| {
                (read(cell), cell.base.value())
            })
        };
        let (categories, groups) = (indices(category_axis), indices(group_axis));
        let total = total_index(group_axis);
        let base = |group: usize| categories.iter().find_map(|row| reading(*row, group).1);
        let cells = categories
            .iter()
            .flat_map(|category| groups.iter().map(move |group| reading(*category, *group).0))
            .collect();
        let totals = total.map_or_else(Vec::new, |total| {
            categories.iter().map(|category| reading(*category, total).0).collect()
        });
        Self {
            id: release.id().to_owned(),
            language,
            title: typeset(language, release.title().get(language)),
            universe: typeset(language, release.universe().get(language)),
            bases: groups.iter().map(|group| base(*group)).collect(),
            total_base: total.and_then(base),
            changes: changes(release.tests(), &categories, &groups),
            categories: side(category_axis, language),
            groups: side(group_axis, language),
            has_categories_in_rows,
            cells,
            totals,
            rounding: release.rounding(),
            quantities: Quantities::of(release, language),
        }
    }

    /// Returns how counts are printed: the language, and the multiple they were brought to.
    pub(crate) const fn printed(&self) -> (Language, u64) {
        (self.language, self.rounding)
    }

    /// Returns the reading of a category in a group, both from 0.
    pub(crate) fn reading(&self, category: usize, group: usize) -> Reading {
        let place = category * self.groups.headings.len() + group;
        self.cells.get(place).copied().unwrap_or(Reading::Hidden(Mark::NotApplicable))
    }

    /// Returns the table with one of its groups only, and everybody; nothing if there is no such group.
    pub(crate) fn only(&self, key: &str) -> Option<Self> {
        let group = self.groups.headings.iter().position(|(heading, _)| heading == key)?;
        let mut only = self.clone();
        only.groups.headings = self.groups.headings.get(group..=group)?.to_vec();
        only.cells = self.column(Some(group));
        only.bases = vec![self.bases.get(group).copied().flatten()];
        only.changes = vec![None; self.size().0];
        only.quantities = self.quantities.only(key);
        Some(only)
    }

    /// Returns the table with the answer "yes" alone, where "no" would only mirror it; nothing for other tables.
    pub(crate) fn without_no(&self) -> Option<Self> {
        let keys: Vec<&str> =
            self.categories.headings.iter().map(|(key, _)| key.as_str()).collect();
        if !self.categories.is_exclusive
            || !matches!(keys.as_slice(), ["true", "false"] | ["yes", "no"])
        {
            return None;
        }
        let mut only = self.clone();
        only.categories.headings.truncate(1);
        only.cells.truncate(self.size().1);
        only.totals.truncate(1);
        only.changes.truncate(1);
        Some(only)
    }

    /// Returns the words of a category.
    pub(crate) fn category(&self, index: usize) -> &str {
        self.categories.headings.get(index).map_or("", |(_, label)| label)
    }

    /// Returns the words of a group.
    pub(crate) fn group(&self, index: usize) -> &str {
        self.groups.headings.get(index).map_or("", |(_, label)| label)
    }

    /// Returns the number of categories and of groups.
    pub(crate) fn size(&self) -> (usize, usize) {
        (self.categories.headings.len(), self.groups.headings.len())
    }

    /// Returns the base of a group, or of everybody.
    pub(crate) fn base(&self, group: Option<usize>) -> Option<u64> {
        match group {
            Some(group) => self.bases.get(group).copied().flatten(),
            None => self.total_base,
        }
    }

    /// Returns the base of a group as a line under its words; nothing if it is hidden.
    pub(crate) fn base_line(&self, group: Option<usize>) -> Option<String> {
        self.base(group).map(|n| words::n_equals(self.printed(), n))
    }

    /// Returns the readings of one group, or of everybody.
    pub(crate) fn column(&self, group: Option<usize>) -> Vec<Reading> {
        match group {
            Some(group) => (0..self.size().0).map(|row| self.reading(row, group)).collect(),
            None => self.totals.clone(),
        }
    }

    /// Returns the categories in the order they are drawn: their own if they have one, else by size, hidden ones last.
    pub(crate) fn order(&self, readings: &[Reading]) -> Vec<usize> {
        let mut order: Vec<usize> = (0..readings.len()).collect();
        if !self.categories.is_ordered {
            let size = |index: &usize| {
                readings.get(*index).and_then(Reading::position).map_or(-1.0, |size| size)
            };
            order.sort_by(|one, other| size(other).total_cmp(&size(one)));
        }
        order
    }

    /// Lists every reading, those of the total too.
    pub(crate) fn readings(&self) -> impl Iterator<Item = &Reading> {
        self.cells.iter().chain(&self.totals)
    }
}

fn indices(axis: &Axis) -> Vec<usize> {
    (0..axis.headings.len()).filter(|index| is_category(axis, *index)).collect()
}

fn is_category(axis: &Axis, index: usize) -> bool {
    axis.headings.get(index).is_some_and(|heading| heading.role == Role::Category)
}

/// Finds the margin that stands for everybody: the total, else those who answered.
fn total_index(axis: &Axis) -> Option<usize> {
    let find = |role| axis.headings.iter().position(|heading| heading.role == role);
    find(Role::Total).or_else(|| find(Role::Answered))
}

fn side(axis: &Axis, language: Language) -> Side {
    let headings = axis
        .headings
        .iter()
        .filter(|heading| heading.role == Role::Category)
        .map(|heading| {
            (heading.key.clone(), typeset(language, &capital(heading.label.get(language))))
        })
        .collect();
    Side {
        name: axis.name.clone(),
        label: typeset(language, axis.label.get(language)),
        headings,
        is_ordered: axis.is_ordered,
        is_exclusive: axis.is_exclusive,
    }
}

/// Finds, for each category, the tested difference between the first and the last group.
fn changes(tests: &[ReleasedTest], categories: &[usize], groups: &[usize]) -> Vec<Option<Change>> {
    let ends = groups.first().copied().zip(groups.last().copied());
    let change = |category: usize| {
        tests.iter().find_map(|test| match test.subject {
            TestSubject::Row { row, from, to } if row == category && Some((from, to)) == ends => {
                let is_evident = match test.adjusted {
                    Evidence::VeryStrong | Evidence::Strong | Evidence::Some => true,
                    Evidence::None | Evidence::NotTold => false,
                };
                test.effect.map(|effect| Change { points: effect.points, is_evident })
            }
            TestSubject::Row { .. }
            | TestSubject::Association
            | TestSubject::Rows { .. }
            | TestSubject::AgainstRest { .. } => None,
        })
    };
    categories.iter().map(|category| change(*category)).collect()
}
