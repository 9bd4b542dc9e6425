//! Every measure beside SciPy, statsmodels, or its definition written out in Python.
//!
//! The cases and their expected figures are `tests/oracle/stats.jsonl` of the workspace; `tests/oracle/README.md` says how they are made.
#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use std::collections::BTreeMap;

use catalyse_stats::{
    Confidence, CountTable, Difference, Interval, Moments, MonteCarlo, OrderedValues, PairedCounts,
    ScoredShare, Share, TestResult, Undefined, WeightSums, WeightedMean, WeightedSums,
    WeightedValue,
};
use serde_json::Value;

const CASES: &str = include_str!("../../../tests/oracle/stats.jsonl");

type Figures = Result<Vec<f64>, Undefined>;

#[test]
fn every_measure_gives_what_another_tool_gives() {
    let mut n_cases = BTreeMap::new();
    for line in CASES.lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        let measure = case["measure"].as_str().unwrap();
        let found = compute(measure, &case["inputs"]).unwrap_or_else(|why| panic!("{why}: {line}"));
        let expected = numbers(&case["expected"]);
        assert_eq!(found.len(), expected.len(), "{found:?} {line}");
        for (found, expected) in found.iter().zip(&expected) {
            assert!(is_close(measure, *found, *expected), "{found:e} is not {expected:e}: {line}");
        }
        *n_cases.entry(measure.to_owned()).or_insert(0) += 1;
    }
    assert_eq!(n_cases.len(), 19, "{n_cases:?}");
}

/// 1e-9 of the figure; more where the other side is a numerical search or a simulation.
fn is_close(measure: &str, found: f64, expected: f64) -> bool {
    let distance = (found - expected).abs();
    match measure {
        // The expected p is exact; 20 000 draws have a standard error of at most 0.0036.
        "pearson_monte_carlo" => distance <= 0.015,
        // Differences of nearly equal numbers keep an absolute error.
        _ if is_small_probability(expected) => distance <= 1e-9 * expected,
        _ => distance <= 1e-9 * expected.abs() || distance <= 1e-12,
    }
}

/// A p-value far out in a tail must keep its digits; rounding noise around 0 has none to keep.
fn is_small_probability(expected: f64) -> bool {
    expected > 1e-300 && expected < 1e-15
}

fn compute(measure: &str, inputs: &Value) -> Figures {
    match measure {
        "wilson" => Ok(of_share(inputs)),
        "newcombe_wilson" => Ok(of_two_shares(inputs)),
        "mcnemar_mid_p" | "newcombe_paired" => of_pairs(measure, inputs),
        "cochran_armitage" => of_waves(inputs),
        "holm" => catalyse_stats::holm(&numbers(inputs)),
        "benjamini_hochberg" => catalyse_stats::benjamini_hochberg(&numbers(inputs)),
        "smallest_visible" => {
            let given = numbers(inputs);
            let interval = Interval { low: given[0], high: given[1], level: confidence(given[2]) };
            Ok(vec![catalyse_stats::smallest_visible(&interval, given[3])])
        }
        "mean" => of_values(inputs),
        "weighted_mean" => of_design(inputs),
        "kish" => {
            let weights = WeightSums::of(&numbers(inputs))?;
            let effective = catalyse_stats::effective_persons(&weights)?;
            Ok(vec![effective, catalyse_stats::design_effect(&weights)?])
        }
        "quantile" => of_quantile(inputs),
        "weighted_quantile" => of_weighted_quantile(inputs),
        _ => of_table(measure, inputs),
    }
}

fn of_share(inputs: &Value) -> Vec<f64> {
    let given = numbers(inputs);
    ends(&catalyse_stats::wilson(share(given[0], given[1]), confidence(given[2])))
}

fn of_two_shares(inputs: &Value) -> Vec<f64> {
    let given = numbers(inputs);
    let (one, two) = (share(given[0], given[1]), share(given[2], given[3]));
    difference(&catalyse_stats::newcombe_wilson(one, two, confidence(given[4])))
}

fn of_pairs(measure: &str, inputs: &Value) -> Figures {
    let given = numbers(inputs);
    let counts = pairs(&given);
    let level = || confidence(given[4]);
    Ok(match measure {
        "mcnemar_mid_p" => vec![catalyse_stats::mcnemar_mid_p(&counts).p],
        _ => difference(&catalyse_stats::newcombe_paired(&counts, level())?),
    })
}

fn of_table(measure: &str, inputs: &Value) -> Figures {
    let rows: Vec<Vec<u64>> = list(inputs).iter().map(counts).collect();
    let table = CountTable::new(&rows)?;
    let three = |test: TestResult| vec![test.statistic.unwrap(), test.degrees.unwrap(), test.p];
    Ok(match measure {
        "pearson" => three(catalyse_stats::pearson(&table)?),
        "pearson_n_minus_one" => three(catalyse_stats::pearson_n_minus_one(&table)?),
        "fisher_exact" => vec![catalyse_stats::fisher_exact(&table)?.p],
        "pearson_monte_carlo" => {
            let plan = MonteCarlo { draws: 20_000, seed: 42 };
            let test = catalyse_stats::pearson_monte_carlo(&table, plan)?;
            vec![test.statistic.unwrap(), test.p]
        }
        "cramers_v" => vec![catalyse_stats::cramers_v(&table)?],
        "stuart_maxwell" => three(catalyse_stats::stuart_maxwell(&table)?),
        _ => panic!("{measure} is in the oracle and not in this test"),
    })
}

fn of_waves(inputs: &Value) -> Figures {
    let group = |entry: &Value| {
        let given = numbers(entry);
        ScoredShare { score: given[0], share: share(given[1], given[2]) }
    };
    let groups: Vec<ScoredShare> = list(inputs).iter().map(group).collect();
    let trend = catalyse_stats::cochran_armitage(&groups)?;
    let mut found = vec![trend.slope, trend.test.statistic.unwrap(), trend.test.p];
    found.extend(trend.departure.iter().flat_map(|rest| [rest.statistic.unwrap(), rest.p]));
    Ok(found)
}

fn of_values(inputs: &Value) -> Figures {
    let moments = Moments::of(&numbers(&inputs[0]))?;
    let mean = catalyse_stats::mean(&moments, confidence(inputs[1].as_f64().unwrap()))?;
    let summary = vec![mean.value, mean.standard_deviation.unwrap()];
    Ok([summary, ends(&mean.interval.unwrap())].concat())
}

fn of_design(inputs: &Value) -> Figures {
    let pair = |entry: &Value| (entry[0].as_f64().unwrap(), entry[1].as_f64().unwrap());
    let stratum = |entry: &Value| {
        let pairs: Vec<(f64, f64)> = list(entry).iter().map(pair).collect();
        WeightedSums::of(&pairs)
    };
    let strata: Result<Vec<WeightedSums>, Undefined> =
        list(&inputs[0]).iter().map(stratum).collect();
    let mean: WeightedMean = catalyse_stats::weighted_mean(&strata?)?;
    let confidence = confidence(inputs[1].as_f64().unwrap());
    let interval = catalyse_stats::weighted_interval(&mean, confidence).unwrap();
    let summary = vec![mean.value, mean.variance.unwrap(), mean.degrees as f64];
    Ok([summary, ends(&interval)].concat())
}

fn of_quantile(inputs: &Value) -> Figures {
    let values = OrderedValues::of(&numbers(&inputs[0]))?;
    let probability = inputs[1].as_f64().unwrap();
    let found = catalyse_stats::quantile(&values, probability, Confidence::NINETY_FIVE)?;
    Ok([vec![found.value], found.interval.iter().flat_map(ends).collect()].concat())
}

fn of_weighted_quantile(inputs: &Value) -> Figures {
    let person = |entry: &Value| {
        let given = numbers(entry);
        WeightedValue { value: given[0], weight: given[1], stratum: given[2] as usize }
    };
    let persons: Vec<WeightedValue> = list(&inputs[0]).iter().map(person).collect();
    let probability = inputs[1].as_f64().unwrap();
    let found = catalyse_stats::weighted_quantile(&persons, probability, Confidence::NINETY_FIVE)?;
    Ok([vec![found.value], found.interval.iter().flat_map(ends).collect()].concat())
}

fn pairs(given: &[f64]) -> PairedCounts {
    let [both, first_only, second_only, neither] = [0, 1, 2, 3].map(|i| given[i] as u64);
    PairedCounts { both, first_only, second_only, neither }
}

fn share(count: f64, base: f64) -> Share {
    Share::new(count as u64, base as u64).unwrap()
}

fn confidence(level: f64) -> Confidence {
    Confidence::new(level).unwrap()
}

fn difference(found: &Difference) -> Vec<f64> {
    vec![found.value, found.interval.low, found.interval.high]
}

fn ends(interval: &Interval) -> Vec<f64> {
    vec![interval.low, interval.high]
}

fn list(value: &Value) -> &Vec<Value> {
    value.as_array().unwrap()
}

fn numbers(value: &Value) -> Vec<f64> {
    list(value).iter().map(|number| number.as_f64().unwrap()).collect()
}

fn counts(value: &Value) -> Vec<u64> {
    list(value).iter().map(|number| number.as_u64().unwrap()).collect()
}
