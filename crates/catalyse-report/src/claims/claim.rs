//! What one released test lets a report say, and how strongly: the common ground of titles, notes and the first page.

use catalyse_disclose::{Effect, Evidence, Release, ReleasedTest, Role, TestSubject};
use catalyse_locale::Label;
use catalyse_stats::{Confidence, Interval, p_to_stand_out, smallest_visible};

use crate::claims::answering::Answering;
use crate::company::Company;
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
    /// Whose persons the table counts.
    pub company: Company<'a>,
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

/// Holds how many comparisons a report makes, over which p-values were adjusted together, and how many of them stand out.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Comparisons {
    pub n_tests: usize,
    pub n_shown: usize,
}

impl Comparisons {
    /// Counts the tests of all tables that are told.
    pub(crate) fn of(releases: &[Release]) -> Self {
        let tests = || releases.iter().flat_map(Release::tests).filter(|test| is_told(test));
        let n_shown = tests().filter(|test| is_shown(test.adjusted)).count();
        Self { n_tests: tests().count(), n_shown }
    }
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
    /// Lists the claims of a table in the order of its tests; none if fewer than half of the persons answered. Of waves whose partners are
    /// not the same nothing is claimed: a difference may be that of the partners.
    pub(crate) fn all(
        release: &'a Release,
        measure: &'a Label,
        company: Company<'a>,
    ) -> impl Iterator<Item = Self> {
        let claim = move |test| Self { release, measure, test, subject: subject(test), company };
        let is_spoken_of = Answering::of_release(release) < Answering::Minority;
        let is_changing = matches!(company, Company::Changing { .. });
        let is_fair = move |claim: &Self| is_spoken_of && !(is_changing && claim.is_trend());
        release.tests().iter().map(claim).filter(is_fair)
    }

    /// Says whether the data speak against "no difference" after adjustment.
    pub(crate) fn is_shown(&self) -> bool {
        is_shown(self.test.adjusted)
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

    /// Returns the smallest difference, in whole points, that would have stood out with a chance of 80 %, by the level that the
    /// adjustment over the report leaves this test. Nothing larger than 100 points is said.
    pub(crate) fn smallest_visible(&self, comparisons: Comparisons) -> Option<u32> {
        let width = f64::from(self.test.effect?.chance_width);
        let Comparisons { n_tests, n_shown } = comparisons;
        let needed = p_to_stand_out(n_tests, n_shown, self.n_in_question());
        // Chance alone: tests are made on the true counts, which rounding does not blur.
        let interval = Interval { low: 0.0, high: width, level: Confidence::NINETY_FIVE };
        let points = smallest_visible(&interval, needed).min(100.0);
        (width > 0.0).then(|| points.ceil() as u32)
    }

    /// Returns among how many tests of one question this one was adjusted: the columns of its row, each against the rest.
    fn n_in_question(&self) -> usize {
        let Subject::AgainstRest { row: asked, .. } = self.subject else { return 1 };
        let is_asked = |test: &&ReleasedTest| matches!(test.subject, TestSubject::AgainstRest { row, .. } if row == asked);
        self.release.tests().iter().filter(is_asked).count()
    }
}

/// Says whether anybody sees what a test found.
pub(crate) fn is_told(test: &ReleasedTest) -> bool {
    test.adjusted != Evidence::NotTold
}

const fn is_shown(adjusted: Evidence) -> bool {
    match adjusted {
        Evidence::VeryStrong | Evidence::Strong | Evidence::Some => true,
        Evidence::None | Evidence::NotTold => false,
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
