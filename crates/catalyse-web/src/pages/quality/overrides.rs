//! Checks that are overridden, and why. A coordinator of a centre sees the counts of that centre; the network sees those of all centres as a
//! table would print them: brought to a multiple of the policy's base, and nothing of few.

use std::collections::BTreeMap;

use catalyse_codebook::{CheckId, Codebook, VariableName};
use catalyse_locale::Language;

use crate::form::REASONS;
use crate::guard::Visitor;
use crate::pages::pick;
use crate::{Site, WebError};

/// One line of the table.
pub(super) struct Line {
    /// What the check says.
    pub(super) check: String,
    pub(super) reason: String,
    pub(super) n_accepted: u64,
    pub(super) n_found: u64,
}

/// Makes the lines that a visitor may see: none of a check about answers that the study keeps from the role.
pub(super) async fn lines(site: &Site, visitor: &Visitor) -> Result<Vec<Line>, WebError> {
    let language = visitor.language;
    let protection = match visitor.partner() {
        Some(_) => None,
        None => Some(Protection::of(site.codebook())),
    };
    // Reasons that the program does not know are told together.
    let mut counts: BTreeMap<(String, &'static str), (u64, u64)> = BTreeMap::new();
    for line in site.store.overrides(visitor.partner()).await? {
        let known = REASONS.iter().find(|(_, code, _, _)| *code == line.reason);
        let reason =
            known.map_or(pick(language, "autre", "other"), |(_, _, fr, en)| pick(language, fr, en));
        let counted = counts.entry((line.check, reason)).or_default();
        *counted = (counted.0 + line.accepted, line.found);
    }
    let lines = counts.into_iter().filter(|((check, _), _)| visitor.sight.sees_check_named(check));
    let lines = lines.filter_map(|((check, reason), (accepted, found))| {
        let printed = |n| protection.as_ref().map_or(Some(n), |protection| protection.print(n));
        Some(Line {
            check: words(site, &check, language),
            reason: reason.to_owned(),
            n_accepted: printed(accepted)?,
            n_found: printed(found)?,
        })
    });
    let mut lines: Vec<Line> = lines.collect();
    lines.sort_by_key(|line| std::cmp::Reverse(line.n_accepted));
    Ok(lines)
}

/// What the study's disclosure policy asks of counts. A study whose policy says nothing of them keeps to the partnership's numbers.
struct Protection {
    base: u64,
    threshold: u64,
}

/// The base and threshold of the bundled policy `partnership`.
const USUAL: u64 = 5;

impl Protection {
    fn of(codebook: &Codebook) -> Self {
        let policy = codebook.policies.get(&codebook.study.policy);
        let number = |key: &str| {
            let value = policy.and_then(|policy| policy.get(key)?.as_integer());
            value.and_then(|value| u64::try_from(value).ok()).filter(|value| *value > 0)
        };
        Self {
            base: number("base").unwrap_or(USUAL),
            threshold: number("threshold").unwrap_or(USUAL),
        }
    }

    /// Returns a count as it is printed: the nearest multiple of the base; nothing for a small one.
    fn print(&self, n: u64) -> Option<u64> {
        let least = self.threshold.max(self.base);
        (n >= least).then(|| (n + self.base / 2) / self.base * self.base)
    }
}

/// Returns what a check says, in people's words; that of a variable by the question it is about.
fn words(site: &Site, check: &str, language: Language) -> String {
    let codebook = site.codebook();
    let said = CheckId::new(check).ok().and_then(|id| {
        let written = codebook.checks.iter().find(|one| one.id == id);
        let written = || written.map(|one| one.message.get(language).to_owned());
        site.live.says(&id, language).or_else(written)
    });
    // The reader of deliveries says it of a question; a sentence with holes is no sentence.
    let said = said.filter(|text| !text.is_empty() && !text.contains('{'));
    let about = || {
        let name = check.split(['.', ':']).find_map(|part| VariableName::new(part).ok())?;
        Some(codebook.variable(&name)?.label.get(language).to_owned())
    };
    said.or_else(about).unwrap_or_else(|| check.to_owned())
}

#[cfg(test)]
mod tests {
    use super::Protection;

    #[test]
    fn counts_of_the_network_are_multiples_of_the_base_and_small_ones_are_not_there() {
        let five = Protection { base: 5, threshold: 5 };
        let printed = [0, 1, 4, 5, 7, 8, 12, 13].map(|n| five.print(n));
        let expected = [None, None, None, Some(5), Some(5), Some(10), Some(10), Some(15)];
        assert_eq!(printed, expected);
        assert_eq!(Protection { base: 5, threshold: 10 }.print(9), None);
    }
}
