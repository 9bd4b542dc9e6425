//! The figures that the documentation gives as examples.
#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use catalyse_stats::{
    Confidence, CountTable, Difference, Interval, Method, MonteCarlo, PairedCounts, ScoredShare,
    Share, TestResult, WeightedMean, WeightedSums,
};

const LEVEL: Confidence = Confidence::NINETY_FIVE;

fn share(count: u64, base: u64) -> Share {
    Share::new(count, base).unwrap()
}

fn ends(interval: &Interval) -> String {
    format!("{:.3} to {:.3}", interval.low, interval.high)
}

fn difference(found: &Difference) -> String {
    format!("{:.3}, {}", found.value, ends(&found.interval))
}

fn test(found: &TestResult) -> String {
    format!("{:.2}, p = {:.4}", found.statistic.unwrap_or(0.0), found.p)
}

fn weighted(pairs: &[(f64, f64)]) -> WeightedMean {
    catalyse_stats::weighted_mean(&[WeightedSums::of(pairs).unwrap()]).unwrap()
}

#[test]
fn shares_and_their_differences() {
    let (most, none) = (share(12, 20), share(0, 10));
    assert_eq!(ends(&catalyse_stats::wilson(most, LEVEL)), "0.387 to 0.781");
    assert_eq!(ends(&catalyse_stats::wilson(none, LEVEL)), "0.000 to 0.278");
    let (one, two) = (share(56, 70), share(48, 80));
    let newcombe = catalyse_stats::newcombe_wilson(one, two, LEVEL);
    assert_eq!(difference(&newcombe), "0.200, 0.052 to 0.334");
}

#[test]
fn paired_answers() {
    // The published interval of this table: M. Fagerland et al., Statistics in Medicine 33 (2014) 2850–2875.
    let counts = PairedCounts { both: 1, first_only: 7, second_only: 1, neither: 12 };
    let newcombe = catalyse_stats::newcombe_paired(&counts, LEVEL).unwrap();
    assert_eq!(difference(&newcombe), "-0.286, -0.507 to -0.026");
    let counts = PairedCounts { both: 0, first_only: 12, second_only: 5, neither: 0 };
    assert_eq!(test(&catalyse_stats::mcnemar_mid_p(&counts)), "0.00, p = 0.0963");
}

#[test]
fn tables() {
    let table = CountTable::new(&[vec![12, 5], vec![3, 20]]).unwrap();
    let chosen = catalyse_stats::association(&table, MonteCarlo::default()).unwrap();
    assert_eq!(test(&chosen), "13.47, p = 0.0002");
    assert_eq!(test(&catalyse_stats::pearson(&table).unwrap()), "13.81, p = 0.0002");
    assert_eq!(format!("{:.3}", catalyse_stats::cramers_v(&table).unwrap()), "0.573");
    let moves = CountTable::new(&[vec![20, 10, 5], vec![3, 30, 15], vec![0, 5, 40]]).unwrap();
    let stuart_maxwell = catalyse_stats::stuart_maxwell(&moves).unwrap();
    assert_eq!(test(&stuart_maxwell), "13.76, p = 0.0010");
}

#[test]
fn thin_tables_take_an_exact_or_a_simulated_test() {
    let method = |rows: &[Vec<u64>]| {
        let plan = MonteCarlo { draws: 500, seed: 1 };
        catalyse_stats::association(&CountTable::new(rows).unwrap(), plan).unwrap().method
    };
    assert_eq!(method(&[vec![9, 0], vec![1, 3]]), Method::FisherExact);
    assert_eq!(method(&[vec![9, 1], vec![1, 3]]), Method::PearsonNMinusOne);
    assert_eq!(method(&[vec![3, 0, 1], vec![0, 4, 1]]), Method::PearsonMonteCarlo);
}

#[test]
fn trends() {
    let groups = [(0.0, 10), (6.0, 15), (12.0, 25)]
        .map(|(score, count)| ScoredShare { score, share: share(count, 50) });
    let trend = catalyse_stats::cochran_armitage(&groups).unwrap();
    assert_eq!(test(&trend.test), "10.12, p = 0.0015");
    assert_eq!(test(&trend.departure.unwrap()), "0.37, p = 0.5403");
}

#[test]
fn weighted_means() {
    let three = weighted(&[(1.0, 0.0), (2.0, 1.0), (1.0, 1.0)]);
    assert_eq!(format!("{:.3}", three.variance.unwrap()), "0.082");
    let interval = catalyse_stats::weighted_interval(&three, LEVEL).unwrap();
    assert_eq!(ends(&interval), "-0.482 to 1.982");
    let one_person = weighted(&[(1.0, 1.0)]);
    assert_eq!(one_person.variance, None);
    assert_eq!(catalyse_stats::weighted_interval(&one_person, LEVEL), None);
}
