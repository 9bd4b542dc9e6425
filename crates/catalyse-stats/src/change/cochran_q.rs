//! Did a yes-or-no answer change over three waves or more on the same persons?

use crate::{Method, TestResult, Undefined};

/// The sums Cochran's Q needs, from persons who answered at every wave.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RepeatedAnswers {
    /// Persons who said yes, by wave.
    pub yes_by_wave: Vec<u64>,
    /// Persons by how many waves they said yes at: never, once, … always. One entry more than there are waves.
    pub persons_by_yes: Vec<u64>,
}

impl RepeatedAnswers {
    /// Makes the sums from the answers of each pattern and the persons who gave it.
    ///
    /// # Shape
    /// One entry per pattern, one answer per wave; the same pattern may come twice.
    ///
    /// # Errors
    /// [`Undefined::NoPersons`] without patterns, [`Undefined::SizesDiffer`] if one has more or fewer waves than the first.
    ///
    /// # Example
    /// `[(vec![true, false, false], 4), (vec![true, true, false], 2)]`: 6, 2 and 0 said yes.
    pub fn from_patterns(patterns: &[(Vec<bool>, u64)]) -> Result<Self, Undefined> {
        let n_waves = patterns.first().ok_or(Undefined::NoPersons)?.0.len();
        let mut sums = Self { yes_by_wave: vec![0; n_waves], persons_by_yes: vec![0; n_waves + 1] };
        for (answers, n_persons) in patterns {
            if answers.len() != n_waves {
                return Err(Undefined::SizesDiffer { expected: n_waves, found: answers.len() });
            }
            let n_yes = answers.iter().filter(|&&is_yes| is_yes).count();
            // There are as many answers as waves, so n_yes is at most n_waves.
            sums.persons_by_yes[n_yes] += n_persons;
            for (yes, &is_yes) in sums.yes_by_wave.iter_mut().zip(answers) {
                *yes += if is_yes { *n_persons } else { 0 };
            }
        }
        Ok(sums)
    }
}

/// Returns Cochran's Q: are the shares of yes the same at all waves?
///
/// # Shape
/// At least two waves; only persons who answered at every wave.
///
/// # Errors
/// [`Undefined::SizesDiffer`] or [`Undefined::TotalsDisagree`] if the two lists do not fit, [`Undefined::NoPersons`] if there is nobody,
/// [`Undefined::NoVariation`] for one wave, or if nobody ever changed.
///
/// # Example
/// Yes by wave 6, 2, 0 with 0, 4, 2, 0 persons by yes: statistic 9.33, two degrees of freedom, p = 0.0094.
///
/// # Source
/// W. G. Cochran, Biometrika 37 (1950) 256–266.
pub fn cochran_q(answers: &RepeatedAnswers) -> Result<TestResult, Undefined> {
    let n_waves = answers.yes_by_wave.len();
    if answers.persons_by_yes.len() != n_waves + 1 {
        let found = answers.persons_by_yes.len();
        return Err(Undefined::SizesDiffer { expected: n_waves + 1, found });
    }
    if answers.persons_by_yes.iter().sum::<u64>() == 0 {
        return Err(Undefined::NoPersons);
    }
    let by_person = |power: u32| -> u64 {
        let counted = answers.persons_by_yes.iter().zip(0_u64..);
        counted.map(|(n_persons, n_yes)| n_persons * n_yes.pow(power)).sum()
    };
    let (total, total_by_person) = (answers.yes_by_wave.iter().sum::<u64>(), by_person(1));
    if total != total_by_person {
        return Err(Undefined::TotalsDisagree { left: total, right: total_by_person });
    }
    let squares: f64 = answers.yes_by_wave.iter().map(|&yes| (yes as f64).powi(2)).sum();
    let waves = n_waves as f64;
    let within = waves * total as f64 - by_person(2) as f64;
    if within <= 0.0 {
        return Err(Undefined::NoVariation);
    }
    let between = waves * squares - (total as f64).powi(2);
    let degrees = waves - 1.0;
    Ok(TestResult::chi_square(Method::CochranQ, degrees * between / within, degrees))
}
