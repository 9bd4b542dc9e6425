//! What one released test lets a report say, and how strongly: the common ground of titles, notes and the first page.

use catalyse_disclose::{Effect, Evidence, Release, ReleasedTest, Role, TestSubject};
use catalyse_locale::Label;

use crate::inputs::Edition;

/// Holds one test with the table it belongs to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Claim<'a> {
    /// The table.
    pub release: &'a Release,
    /// What it measures, in words.
    pub measure: &'a Label,
    /// The verdict.
    pub test: &'a ReleasedTest,
    /// What is claimed.
    pub subject: Subject,
    /// How many partners have records: of one alone nothing is said of "all partners".
    pub n_partners: usize,
}

/// Says what a claim is about. Rows and columns are counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    /// One category, the same persons at two moments.
    Change {
        /// The row.
        row: usize,
        /// The earlier column.
        from: usize,
        /// The later column.
        to: usize,
    },
    /// One category between two columns of different persons.
    Difference {
        /// The row.
        row: usize,
        /// The column it starts from.
        from: usize,
        /// The column it goes to.
        to: usize,
    },
    /// All categories together, the same persons at two moments.
    Redistribution {
        /// The earlier column.
        from: usize,
        /// The later column.
        to: usize,
    },
    /// One category of one column against all others together.
    AgainstRest {
        /// The row.
        row: usize,
        /// The column.
        column: usize,
    },
    /// Rows and columns together.
    Association,
}

impl Subject {
    /// Returns the row the claim is about, if it is about one.
    pub(crate) const fn row(self) -> Option<usize> {
        match self {
            Self::Change { row, .. }
            | Self::Difference { row, .. }
            | Self::AgainstRest { row, .. } => Some(row),
            Self::Redistribution { .. } | Self::Association => None,
        }
    }
}

impl<'a> Claim<'a> {
    /// Lists the claims of a table in the order of its tests.
    pub(crate) fn all(
        release: &'a Release,
        measure: &'a Label,
        n_partners: usize,
    ) -> impl Iterator<Item = Self> {
        let claim = move |test| Self { release, measure, test, subject: subject(test), n_partners };
        release.tests().iter().map(claim)
    }

    /// Says whether the data speak against "no difference" after adjustment.
    pub(crate) fn is_shown(&self) -> bool {
        match self.test.adjusted {
            Evidence::VeryStrong | Evidence::Strong | Evidence::Some => true,
            Evidence::None | Evidence::NotTold => false,
        }
    }

    /// Says whether the claim is about a trend over waves of other persons each time.
    pub(crate) fn is_trend(&self) -> bool {
        let is_difference = matches!(self.subject, Subject::Difference { .. });
        is_difference && self.release.columns().is_of_waves()
    }

    /// Returns the persons compared, rounded; the same persons at two moments count once.
    pub(crate) fn n(&self) -> u64 {
        let column = match self.subject {
            Subject::Change { from, .. } | Subject::Redistribution { from, .. } => from,
            Subject::Difference { .. } | Subject::AgainstRest { .. } | Subject::Association => {
                return self.test.n;
            }
        };
        let row = self.subject.row().or_else(|| {
            let headings = &self.release.rows().headings;
            headings.iter().position(|heading| heading.role == Role::Category)
        });
        let base = row.and_then(|row| self.release.cell(row, column)?.base.value());
        base.unwrap_or(self.test.n)
    }

    /// Returns the size of the difference; nothing if one of its shares comes from a printed 0, which stands for nobody or for a few:
    /// no size can be read off it.
    pub(crate) fn effect(&self) -> Option<Effect> {
        let is_sure = |effect: &Effect| {
            self.release.rounding() <= 1 || (effect.from_percent > 0 && effect.to_percent > 0)
        };
        self.test.effect.filter(is_sure)
    }

    /// Says whether the claim is about the second of two categories that exclude each other, which says the same as the first with the
    /// other sign.
    pub(crate) fn repeats_first_category(&self) -> bool {
        let rows = self.release.rows();
        let headings = rows.headings.iter().enumerate();
        let categories: Vec<usize> = headings
            .filter(|(_, heading)| heading.role == Role::Category)
            .map(|(index, _)| index)
            .collect();
        rows.is_exclusive
            && categories.len() == 2
            && self.subject.row() == categories.get(1).copied()
    }

    /// Says whether a claim belongs in an edition: a partner reads of itself, not of how another one stands apart.
    pub(crate) fn concerns(&self, edition: &Edition) -> bool {
        match (edition, self.subject) {
            (Edition::Partner(partner), Subject::AgainstRest { column, .. })
                if self.release.columns().is_of_partners() =>
            {
                let heading = self.release.columns().headings.get(column);
                heading.is_some_and(|heading| heading.key == *partner)
            }
            (Edition::Partner(_) | Edition::Partnership, _) => true,
        }
    }

    /// Returns the difference without its sign; 0 if it has no size in points.
    pub(crate) fn size(&self) -> u32 {
        self.effect().map_or(0, |effect| effect.points.unsigned_abs())
    }

    /// Returns the smallest difference, in points, that these data would have shown with 80 % power.
    ///
    /// # Source
    /// 2.8 standard errors (1.96 for the 5 % level, 0.84 for 80 % power); the interval is 3.92 standard errors wide.
    /// Cohen 1988, *Statistical Power Analysis*, § 6; see also the MDD of Bloom 1995, Evaluation Review 19:547.
    pub(crate) fn smallest_visible(&self) -> Option<u32> {
        let (low, high) = self.test.effect?.interval;
        let width = f64::from(high.checked_sub(low)?);
        (width > 0.0).then(|| (width * 2.8 / 3.92).ceil() as u32)
    }
}

fn subject(test: &ReleasedTest) -> Subject {
    match test.subject {
        TestSubject::Association => Subject::Association,
        TestSubject::Row { row, from, to } if is_paired(test) => Subject::Change { row, from, to },
        TestSubject::Row { row, from, to } => Subject::Difference { row, from, to },
        TestSubject::Rows { from, to } => Subject::Redistribution { from, to },
        TestSubject::AgainstRest { row, column } => Subject::AgainstRest { row, column },
    }
}

/// Says whether a test looked at the same persons twice.
fn is_paired(test: &ReleasedTest) -> bool {
    ["McNemar", "Stuart", "Bhapkar"].iter().any(|name| test.method.contains(name))
}
