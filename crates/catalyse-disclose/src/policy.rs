//! The parameters of protection: what a policy file holds.
//!
//! A policy is data (`schemas/common/policies/*.toml`), so that a partnership can be stricter without a new program.
//! The two shipped policies also stand here, for callers that have no study at hand; a test holds both writings equal.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::Tabulation;

/// Holds the parameters of one way of protecting tables.
///
/// # Example
/// ```
/// use catalyse_disclose::Policy;
/// let policy = Policy::partnership();
/// assert_eq!((policy.base, policy.threshold), (5, 5));
/// assert!(policy.problem().is_none());
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// The name that every release carries.
    pub name: String,
    /// The mode: the name of one of [`crate::modes::ALL`]. Default `controlled-rounding`.
    pub mode: String,
    /// Counts are rounded to multiples of this many persons. 2 to 100, default 5.
    /// Source: HESA, *Rounding and suppression to anonymise statistics*.
    pub base: u64,
    /// A count of fewer persons than this, but not 0, is sensitive. Persons, 2 to 100, default 5; 10 outside the partnership.
    pub threshold: u64,
    /// No percentage is taken of fewer persons than this; words stand in its place. Persons, default 30.
    /// Source: NCHS, Vital and Health Statistics 2(175), 2017.
    pub minimum_share_base: u64,
    /// No words such as "about 5 of 20" are said of fewer persons than this. Persons, default 10.
    pub minimum_words_base: u64,
    /// No mean, median or quartile of fewer persons than this. Persons, default 10.
    /// Source: HESA (8 persons), rounded up to the base of words.
    pub minimum_mean_base: u64,
    /// Significant digits of means, medians and quartiles. 1 to 4, default 2: more digits and n give the sum back.
    pub significant_digits: u32,
    /// In tables of sensitive variables a group that prints whole in one category prints as "≥ 90 %" there and "≤ 10 %" elsewhere, or
    /// with the nearest bound that the printed counts make certain. Percent, 51 to 99, default 90.
    pub dominance_percent: u8,
    /// The audit refuses the pack if an attacker narrows a sensitive count to a range whose ends differ by less than this.
    /// Persons, default 4 (five possible values).
    pub minimum_interval_width: u64,
    /// Higher thresholds where a table speaks of something more sensitive, by the codebook's word for it (`health`): counts below them
    /// are attacked by the audit like those below `threshold`, and must stay as uncertain. Persons, `threshold` to 100, default none.
    /// Source: GDPR art. 9; UK LLC and ONS Longitudinal Study (10 persons).
    #[serde(default)]
    pub threshold_by_sensitivity: BTreeMap<String, u64>,
    /// What happens when only two partners have persons, because each could subtract itself from the total.
    pub two_partner_rule: TwoPartnerRule,
    /// What a person who was erased leaves in the numbers of persons. Default: one.
    #[serde(default)]
    pub erased_persons: ErasedPersons,
}

/// Says what a person who was erased leaves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ErasedPersons {
    /// One in the number of persons of the partner in each wave, without any answer.
    #[default]
    Counts,
    /// Nothing: the person was never there.
    Nothing,
}

/// Says what is left out when only two partners have persons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TwoPartnerRule {
    /// The partners are not shown apart; totals are.
    NoSplit,
    /// Totals are not shown in tables by partner; the partners are.
    NoTotal,
}

impl Policy {
    /// Returns the policy for tables that stay among the partners.
    pub fn partnership() -> Self {
        Self {
            name: "partnership".to_owned(),
            mode: "controlled-rounding".to_owned(),
            base: 5,
            threshold: 5,
            minimum_share_base: 30,
            minimum_words_base: 10,
            minimum_mean_base: 10,
            significant_digits: 2,
            dominance_percent: 90,
            minimum_interval_width: 4,
            threshold_by_sensitivity: BTreeMap::new(),
            two_partner_rule: TwoPartnerRule::NoSplit,
            erased_persons: ErasedPersons::Counts,
        }
    }

    /// Returns the policy for tables that leave the partnership: a threshold of 10.
    pub fn publication() -> Self {
        Self {
            name: "publication".to_owned(),
            base: 10,
            threshold: 10,
            minimum_words_base: 20,
            minimum_mean_base: 20,
            minimum_interval_width: 9,
            ..Self::partnership()
        }
    }
}

impl Policy {
    /// Returns the threshold of a table: that of the most sensitive thing it speaks of.
    pub(crate) fn threshold_of(&self, table: &Tabulation) -> u64 {
        let of_its_own = table.background.sensitivities.iter();
        let thresholds = of_its_own.filter_map(|word| self.threshold_by_sensitivity.get(word));
        thresholds.copied().max().unwrap_or(0).max(self.threshold)
    }

    /// Returns what is wrong with the parameters, if anything is.
    pub fn problem(&self) -> Option<&'static str> {
        let checks = [
            (crate::modes::ALL.iter().any(|mode| mode.name() == self.mode), "unknown mode"),
            ((2..=100).contains(&self.base), "base outside 2 to 100"),
            ((2..=100).contains(&self.threshold), "threshold outside 2 to 100"),
            (
                self.threshold_by_sensitivity
                    .values()
                    .all(|threshold| (self.threshold..=100).contains(threshold)),
                "threshold_by_sensitivity below the threshold or above 100",
            ),
            (
                self.minimum_words_base <= self.minimum_share_base,
                "words asked of more persons than percentages",
            ),
            ((1..=4).contains(&self.significant_digits), "significant_digits outside 1 to 4"),
            ((51..=99).contains(&self.dominance_percent), "dominance_percent outside 51 to 99"),
            (self.minimum_interval_width >= 1, "minimum_interval_width below 1"),
            (
                self.minimum_interval_width < 2 * self.base,
                "minimum_interval_width that rounding to the base cannot reach",
            ),
        ];
        checks.into_iter().find(|(holds, _)| !holds).map(|(_, problem)| problem)
    }
}
