//! Sums of weights, without the count or the weights that they would give away.

use catalyse_locale::{Args, Wording};

use super::Rule;
use crate::draft::Draft;
use crate::{Mark, Policy, ReleasedWeighting, Shown, Weights};

/// What: prints the rounded count times the mean weight of the cell, in steps as wide as weights differ, and the persons of equal weight
/// who would tell as much. Why: with weights near 1 a rounded sum of weights beside a rounded count would narrow the count, so the sum is
/// made of the printed count; and where weights differ between groups, a mean weight tells how many of the heavy group are in the cell,
/// so the sum moves in steps of `base` such differences: five of the heavy group more or less print the same. With equal weights it says
/// nothing that the count does not say. Step and design effect are those of all records and tell nothing of a cell.
/// Parameters: `base`. Source: L. Kish, *Survey Sampling*, 1965, section 11.7, for the effective number.
pub(crate) struct WeightedSums;

impl Rule for WeightedSums {
    fn apply(&self, draft: &mut Draft<'_>, policy: &Policy) {
        if draft.tabulation.cells.iter().all(|cell| cell.weighted.is_none()) {
            return;
        }
        let weighting = draft.tabulation.background.weights.and_then(|of| weighting(of, policy));
        for (place, cell) in draft.tabulation.cells.iter().enumerate() {
            let Some(weighted) = cell.weighted else { continue };
            let shown = draft.printed(place).zip(weighting);
            draft.release.cells[place].weighted =
                Some(shown.map_or(Shown::Hidden(Mark::Confidential), |(printed, weighting)| {
                    let mean = if cell.count == 0 { 0.0 } else { weighted / cell.count as f64 };
                    Shown::Value(multiple(printed as f64 * mean, weighting.step))
                }));
            draft.release.cells[place].effective = shown.map(|(printed, weighting)| {
                multiple(printed as f64 / weighting.design_effect, policy.base)
            });
        }
        draft.release.weighting = weighting;
        if let Some(weighting) = weighting {
            say(draft, weighting);
        }
    }
}

/// Returns how tables are weighted; nothing if nobody has a weight.
fn weighting(weights: Weights, policy: &Policy) -> Option<ReleasedWeighting> {
    let is_usable = weights.largest > 0.0 && weights.design_effect.is_finite();
    is_usable.then(|| ReleasedWeighting {
        step: policy.base * round_up(weights.largest - weights.smallest),
        design_effect: ((weights.design_effect * 10.0).ceil() / 10.0).max(1.0),
    })
}

/// Returns the nearest of 1, 2, 5, 10, 20 … that is not below a difference of weights, so that the step does not tell the weights.
fn round_up(difference: f64) -> u64 {
    let steps = (0..19_u32).flat_map(|power| [1, 2, 5].map(|of| of * 10_u64.pow(power)));
    let mut steps = steps.take_while(|step| *step <= 5_000_000_000);
    steps.find(|step| *step as f64 >= difference).unwrap_or(5_000_000_000)
}

fn multiple(sum: f64, step: u64) -> u64 {
    (sum / step as f64).round().max(0.0) as u64 * step
}

fn say(draft: &mut Draft<'_>, weighting: ReleasedWeighting) {
    const WEIGHTED: Wording = Wording::new(
        "Pondéré : l’effectif compte chaque personne pour une ; le N pondéré, les parts, les moyennes et les quartiles la comptent selon son poids. Le N pondéré est arrondi à { $step } et ses totaux peuvent différer de la somme de leurs parties.",
        "Weighted: the count takes each person as one; the weighted N, shares, means and quartiles take them by their weight. The weighted N is rounded to { $step }, and its totals may differ from the sum of their parts.",
    );
    const EFFECTIVE: Wording = Wording::new(
        "Parce que les poids diffèrent, 100 personnes en disent autant que { $effective } de même poids (effectif efficace de Kish) ; les intervalles en tiennent compte.",
        "Because weights differ, 100 persons tell as much as { $effective } of equal weight (Kish's effective number); intervals take account of it.",
    );
    draft.note(&WEIGHTED, Args::new().count("step", weighting.step));
    let effective = (100.0 / weighting.design_effect).round() as u64;
    if effective < 100 {
        draft.note(&EFFECTIVE, Args::new().count("effective", effective));
    }
}

#[cfg(test)]
mod tests {
    use super::{multiple, round_up};

    #[test]
    fn a_step_is_round_and_not_below_the_difference() {
        assert_eq!([0.0, 1.0, 1.2, 2.0, 4.9, 11.0, 1e30].map(round_up)[..6], [1, 1, 2, 2, 5, 20]);
        assert_eq!(round_up(1e30), 5_000_000_000);
        assert_eq!((multiple(112.4, 5), multiple(-3.0, 5)), (110, 0));
    }
}
