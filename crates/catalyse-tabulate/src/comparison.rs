//! Comparisons: the tests that a table carries, on its true counts.

use catalyse_disclose::{Cell, Role, Tabulation, Test, TestSubject};
use catalyse_stats::{
    CountTable, Method, MonteCarlo, ScoredShare, Share, TestResult, association, cochran_armitage,
    cramers_v, holm,
};

/// Returns the test of whether rows and columns of a table go together, over the categories of both.
///
/// # Missing
/// Persons without an answer on either side do not count.
///
/// # Source
/// See `catalyse_stats::association`: Pearson with the N − 1 correction, Fisher or Monte Carlo where expected counts are small.
pub(crate) fn test_association(table: &Tabulation) -> Option<Test> {
    let rows = categories(&table.rows.headings);
    let columns = categories(&table.columns.headings);
    let counts: Vec<Vec<u64>> = rows
        .iter()
        .map(|row| columns.iter().map(|column| count(table.cell(*row, *column))).collect())
        .collect();
    let counts = CountTable::new(&counts).ok()?;
    let result = association(&counts, MonteCarlo::default()).ok()?;
    let mut test = to_test(TestSubject::Association, counts.n_persons(), &result);
    test.cramers_v = cramers_v(&counts).ok();
    Some(test)
}

/// Returns, for each category of a column axis, the tests of each row's share against that of all other columns together.
/// Within a row the p-values are adjusted over the columns (Holm), because "which partner differs" is one question.
pub(crate) fn tests_against_rest(table: &Tabulation) -> Vec<Test> {
    let columns = categories(&table.columns.headings);
    if columns.len() < 2 {
        return Vec::new();
    }
    // Target groups have no "answered": everybody is their base.
    let place = |role| table.rows.headings.iter().position(|heading| heading.role == role);
    let Some(base) = place(Role::Answered).or_else(|| place(Role::Total)) else {
        return Vec::new();
    };
    let mut tests = Vec::new();
    for row in categories(&table.rows.headings) {
        let shares: Vec<(u64, u64)> = columns
            .iter()
            .map(|column| (count(table.cell(row, *column)), count(table.cell(base, *column))))
            .collect();
        let of_row: Vec<Test> = columns
            .iter()
            .enumerate()
            .filter_map(|(index, column)| {
                test_against_rest(&shares, index).map(|test| (*column, test))
            })
            .map(|(column, (n, result))| {
                to_test(TestSubject::AgainstRest { row, column }, n, &result)
            })
            .collect();
        tests.extend(adjusted_within(of_row));
    }
    tests
}

/// Returns, for each category, the test of whether its share rises or falls over the waves, from the first to the last.
///
/// # Source
/// See `catalyse_stats::cochran_armitage`. Waves are scored by their order.
pub(crate) fn tests_of_trend(table: &Tabulation) -> Vec<Test> {
    let place = |role| table.rows.headings.iter().position(|heading| heading.role == role);
    let waves = categories(&table.columns.headings);
    let (Some(base), Some(from), Some(to)) =
        (place(Role::Answered).or_else(|| place(Role::Total)), waves.first(), waves.last())
    else {
        return Vec::new();
    };
    let of_row = |row: usize| {
        let groups: Vec<ScoredShare> = waves
            .iter()
            .enumerate()
            .filter_map(|(score, wave)| {
                let n = count(table.cell(base, *wave));
                let share = Share::new(count(table.cell(row, *wave)), n).ok()?;
                Some(ScoredShare { score: score as f64, share })
            })
            .collect();
        let n = groups.iter().map(|group| group.share.base()).sum();
        let trend = cochran_armitage(&groups).ok()?;
        Some(to_test(TestSubject::Row { row, from: *from, to: *to }, n, &trend.test))
    };
    categories(&table.rows.headings).into_iter().filter_map(of_row).collect()
}

fn test_against_rest(shares: &[(u64, u64)], index: usize) -> Option<(u64, TestResult)> {
    let (count, base) = *shares.get(index)?;
    let all = shares.iter().fold((0, 0), |sum, share| (sum.0 + share.0, sum.1 + share.1));
    let (rest, rest_base) = (all.0 - count, all.1 - base);
    let table = CountTable::new(&[vec![count, base - count], vec![rest, rest_base - rest]]).ok()?;
    Some((all.1, association(&table, MonteCarlo::default()).ok()?))
}

fn adjusted_within(mut tests: Vec<Test>) -> Vec<Test> {
    let p_values: Vec<f64> = tests.iter().map(|test| test.p).collect();
    if let Ok(adjusted) = holm(&p_values) {
        tests.iter_mut().zip(adjusted).for_each(|(test, p)| test.adjusted_p = Some(p));
    }
    tests
}

/// Makes a test of a result.
pub(crate) fn to_test(subject: TestSubject, n: u64, result: &TestResult) -> Test {
    Test {
        subject,
        method: method_name(result.method),
        n,
        p: result.p,
        adjusted_p: None,
        cramers_v: None,
        paired: None,
    }
}

/// Returns the name of a method as the notes of a report print it, the same in both languages.
const fn method_name(method: Method) -> &'static str {
    match method {
        Method::Pearson => "Pearson χ²",
        Method::PearsonNMinusOne => "Pearson χ² (N−1)",
        Method::FisherExact => "Fisher",
        Method::PearsonMonteCarlo => "Pearson χ² (Monte Carlo)",
        Method::McNemarMidP => "McNemar mid-p",
        Method::StuartMaxwell => "Stuart–Maxwell",
        Method::CochranArmitage => "Cochran–Armitage",
        Method::DepartureFromTrend => "Cochran–Armitage (écart)",
    }
}

/// Lists the indices of the categories among headings.
pub(crate) fn categories(headings: &[catalyse_disclose::Heading]) -> Vec<usize> {
    let headings = headings.iter().enumerate();
    headings.filter(|(_, heading)| heading.role == Role::Category).map(|(index, _)| index).collect()
}

fn count(cell: Option<&Cell>) -> u64 {
    cell.map_or(0, |cell| cell.persons)
}
