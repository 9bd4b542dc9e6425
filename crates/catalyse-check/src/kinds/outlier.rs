//! `outlier`: a number lies far from those of the other records.

use std::cmp::Ordering;

use catalyse_codebook::{Problem, Storage};
use catalyse_locale::Label;
use polars::prelude::*;

use crate::{
    AcrossRecords, Breaking, Check, CheckKind, Context, Documentation, Judgement, Look, Parameter,
    Sighting, Way,
};

/// The standard deviation of a normal law is 1.4826 times its median absolute deviation.
const SD_PER_MAD: f64 = 1.482_602_218_505_602;
/// Below this many values a median says little.
const FEWEST: usize = 10;

/// The kind.
pub(super) struct Outlier;

impl CheckKind for Outlier {
    fn name(&self) -> &'static str {
        "outlier"
    }

    fn documentation(&self) -> Documentation {
        Documentation {
            what: Label::new(
                "La valeur ne s'écarte pas de la médiane de plus de `limit` écarts-types robustes (1,4826 fois l'écart absolu médian). Avec moins de 10 valeurs, ou si plus de la moitié sont égales, on ne peut le dire. À la saisie d'une fiche, seules ses propres lignes sont vues : il se juge à la lecture d'une livraison et par `catalyse check --store`, sur toutes les fiches ensemble.",
                "The value is not further from the median than `limit` robust standard deviations (1.4826 times the median absolute deviation). With fewer than 10 values, or if more than half of them are equal, it cannot be told. While one record is typed only its own rows are seen: it is judged when a delivery is read and by `catalyse check --store`, over all records together.",
            ),
            why: Label::new(
                "Un revenu annuel dans la case du revenu mensuel est possible mais douteux.",
                "A year's income in the cell of a month's is possible but doubtful.",
            ),
            parameters: vec![
                Parameter::optional(
                    "by",
                    "median-mad",
                    "la méthode ; `median-mad` est la seule",
                    "the method; `median-mad` is the only one",
                ),
                Parameter::optional(
                    "limit",
                    "6",
                    "nombre d'écarts-types robustes, plus de 0",
                    "number of robust standard deviations, more than 0",
                ),
                Parameter::optional(
                    "within",
                    "aucune",
                    "une variable, ou plusieurs : les fiches de mêmes valeurs sont comparées entre elles",
                    "a variable, or several: records with the same values are compared with each other",
                ),
            ],
            example: r#"[[check]]
id = "income-plausible"
kind = "outlier"
form = "situation"
variables = ["income"]
severity = "soft"
by = "median-mad"
limit = 6
within = ["wave"]
message = { fr = "« { $label } » est très loin des autres. Est-ce bien un montant par mois ?", en = "`{ $label }` is very far from the others. Is it an amount a month?" }
"#,
            source: "Iglewicz and Hoaglin, How to Detect and Handle Outliers, ASQC 1993, §3.3; Leys et al., J. Exp. Soc. Psychol. 49 (2013) 764–766.",
        }
    }

    fn open(&self, context: &Context<'_>) -> Result<Check, Box<Problem>> {
        if context.params.text("by")?.is_some_and(|method| method != "median-mad") {
            let wanted = Label::same("`median-mad`");
            return Err(context.params.wrong_type("by", &wanted));
        }
        let limit = context.params.number("limit")?.unwrap_or(6.0);
        if limit <= 0.0 {
            let wanted = Label::new("un nombre de plus de 0", "a number of more than 0");
            return Err(context.params.wrong_type("limit", &wanted));
        }
        let key = context.group()?;
        let variables = context.variables()?;
        let Some(variable) = variables.first().copied() else {
            return Err(context.params.missing("variables"));
        };
        if variables.len() > 1 || !is_number(variable.value_type.storage()) {
            let wanted = Label::new("un nombre, seul", "a number, alone");
            return Err(context.wrong_variable(variable, &wanted));
        }
        let table = context.layout.table.clone();
        let value = col(variable.name.as_str()).cast(DataType::Float64);
        let look = Look { table, key, value: Some(value) };
        Ok(Check::AcrossRecords(Box::new(FarFromMedian { look, limit })))
    }

    fn breaking(&self) -> Breaking {
        Breaking::new("far-from-others", Way::FarFromOthers)
    }
}

fn is_number(storage: Storage) -> bool {
    matches!(storage, Storage::Integer | Storage::Decimal)
}

struct FarFromMedian {
    look: Look,
    limit: f64,
}

impl AcrossRecords for FarFromMedian {
    fn looks(&self) -> Vec<Look> {
        vec![self.look.clone()]
    }

    fn judge(&self, sightings: &mut [Vec<Sighting>], _: &[u64]) -> Judgement {
        let mut judgement = Judgement::default();
        for look in sightings {
            look.sort_unstable_by_key(Sighting::group);
            for group in look.chunk_by(|one, other| one.group() == other.group()) {
                let mut values: Vec<f64> = group.iter().map(Sighting::value).collect();
                let median = median(&mut values);
                for value in &mut values {
                    *value = (*value - median).abs();
                }
                let spread = SD_PER_MAD * self::median(&mut values);
                if group.len() < FEWEST || spread <= 0.0 {
                    judgement.n_lacking += group.len() as u64;
                    continue;
                }
                let is_far =
                    |sighting: &&Sighting| (sighting.value() - median).abs() > self.limit * spread;
                judgement.violated.extend(group.iter().filter(is_far));
            }
        }
        judgement
    }
}

/// Returns the median; of an even count the mean of the two in the middle. Of nothing, 0.
fn median(values: &mut [f64]) -> f64 {
    let half = values.len() / 2;
    if half >= values.len() {
        return 0.0;
    }
    let is_even = values.len().is_multiple_of(2);
    let (below, upper, _) = values.select_nth_unstable_by(half, f64::total_cmp);
    let upper = *upper;
    if !is_even {
        return upper;
    }
    let lower = below.iter().copied().max_by(|a, b| a.partial_cmp(b).unwrap_or(Ordering::Equal));
    lower.map_or(upper, |lower| f64::midpoint(lower, upper))
}

#[cfg(test)]
mod tests {
    use catalyse_testkit::StudyText;

    use super::median;
    use crate::trial::{problems, try_it};

    fn study(keys: &str) -> StudyText {
        StudyText::new().variable("x decimal").check("it", "outlier", "x", keys)
    }

    #[test]
    fn a_value_beyond_the_limit_is_far_and_one_at_the_limit_is_not() {
        // Median 5.5, deviations .5 .5 1.5 1.5 … 4.5 4.5: MAD 2.5, so that six robust deviations are 22.239.
        let ten = "x\n1\n2\n3\n4\n5\n6\n7\n8\n9\n10";
        assert_eq!(try_it(study(""), ten), ": 10 satisfied, 0 violated, 0 lacking");
        // With an eleventh the median is 6 and the MAD 3: six robust deviations are 26.687.
        for (last, found) in [
            ("32,68", ": 11 satisfied, 0 violated, 0 lacking"),
            ("32,69", "A12: 10 satisfied, 1 violated, 0 lacking"),
            ("", ": 10 satisfied, 0 violated, 1 lacking"),
            ("high", ": 10 satisfied, 0 violated, 1 lacking"),
        ] {
            // A second column keeps the row whose number is empty from being blank.
            let table = format!("{}|w1\n{last}|w1", ten.replace('\n', "|w1\n"))
                .replacen("x|w1", "x|wave", 1);
            assert_eq!(try_it(study(""), &table), found, "{last}");
        }
    }

    #[test]
    fn few_or_equal_values_cannot_be_judged() {
        assert_eq!(try_it(study(""), "x"), ": 0 satisfied, 0 violated, 0 lacking");
        assert_eq!(try_it(study(""), "x\n1\n999"), ": 0 satisfied, 0 violated, 2 lacking");
        let equal = format!("x{}\n999", "\n5".repeat(12));
        assert_eq!(try_it(study(""), &equal), ": 0 satisfied, 0 violated, 13 lacking");
    }

    #[test]
    fn groups_are_judged_by_themselves() {
        let rows = |wave: &str, base: u32| -> String {
            (0..12).map(|i| ["\n", &(base + i).to_string(), "|", wave].concat()).collect()
        };
        let table = format!("x|wave{}{}\n1005|w1", rows("w1", 1), rows("w2", 1000));
        assert_eq!(
            try_it(study("within = \"wave\""), &table),
            "A26: 24 satisfied, 1 violated, 0 lacking"
        );
        // Taken together the median is 1000 and the twelve of the first wave are far from it.
        let found = try_it(study(""), &table);
        assert!(found.ends_with(": 13 satisfied, 12 violated, 0 lacking"), "{found}");
    }

    #[test]
    fn what_does_not_fit_is_a_problem() {
        for (keys, problem) in [
            ("by = \"z-score\"", "the parameter `by` of the check `it` must be `median-mad`"),
            (
                "limit = 0",
                "the parameter `limit` of the check `it` must be a number of more than 0",
            ),
            (
                "within = \"wav\"",
                "the check `it` speaks of `wav`, which is no variable of its records. The nearest name: `wave`",
            ),
        ] {
            assert_eq!(problems(study(keys)), format!("small/checks.toml:1: {problem}"));
        }
    }

    #[test]
    fn the_median_of_an_even_count_is_the_mean_of_the_middle() {
        for (values, expected) in [
            (vec![], 0.0),
            (vec![3.0], 3.0),
            (vec![4.0, 1.0], 2.5),
            (vec![9.0, 1.0, 5.0], 5.0),
            (vec![7.0, 1.0, 3.0, 100.0], 5.0),
        ] {
            let mut values = values;
            assert!((median(&mut values) - expected).abs() < 1e-12);
        }
    }
}
