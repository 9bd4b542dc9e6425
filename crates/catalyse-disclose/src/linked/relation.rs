//! One sum between counts.

/// Names one count by its place in the list of counts.
pub(crate) type CountIndex = usize;

/// Holds one sum: the counts times their signs add up to 0.
///
/// `total = answered + missing` is `total − answered − missing = 0`. Terms are in the order of counts and the first sign is `+`, so
/// that equal sums are equal values.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Relation {
    /// The counts and their signs.
    pub(crate) terms: Vec<(CountIndex, i64)>,
    /// Whether the parts are partners, each of whom knows its own part.
    pub(crate) is_by_partner: bool,
    /// Which side the parts are on.
    sign_of_parts: i64,
}

impl Relation {
    pub(crate) fn new(wholes: &[CountIndex], parts: &[CountIndex], is_by_partner: bool) -> Self {
        let mut terms: Vec<(CountIndex, i64)> = wholes.iter().map(|index| (*index, 1)).collect();
        terms.extend(parts.iter().map(|index| (*index, -1)));
        terms.sort_unstable();
        // A count on both sides says nothing: `total = answered` where both are one population.
        let mut merged: Vec<(CountIndex, i64)> = Vec::with_capacity(terms.len());
        for (index, sign) in terms {
            match merged.last_mut() {
                Some(last) if last.0 == index => last.1 += sign,
                _ => merged.push((index, sign)),
            }
        }
        merged.retain(|term| term.1 != 0);
        let mut sign_of_parts = -1;
        if merged.first().is_some_and(|term| term.1 < 0) {
            for term in &mut merged {
                term.1 = -term.1;
            }
            sign_of_parts = 1;
        }
        Self { terms: merged, is_by_partner, sign_of_parts }
    }

    /// Lists the counts that make up the whole.
    pub(crate) fn parts(&self) -> impl Iterator<Item = CountIndex> {
        let sign = self.sign_of_parts;
        self.terms.iter().filter(move |term| term.1 == sign).map(|term| term.0)
    }

    /// Returns the count that the parts make up, if it is one.
    pub(crate) fn whole(&self) -> Option<CountIndex> {
        let mut wholes = self.terms.iter().filter(|term| term.1 == -self.sign_of_parts);
        wholes.next().filter(|_| wholes.next().is_none()).map(|term| term.0)
    }

    /// Writes the sum with other numbers for its counts. Counts that become one may cancel; nothing is left then.
    pub(crate) fn renumbered(&self, number: &[usize]) -> Option<Self> {
        let side = |wanted: i64| -> Vec<usize> {
            let terms = self.terms.iter().filter(|term| term.1.signum() == wanted);
            terms.flat_map(|term| vec![number[term.0]; term.1.unsigned_abs() as usize]).collect()
        };
        let (wholes, parts) = (side(-self.sign_of_parts), side(self.sign_of_parts));
        let relation = Self::new(&wholes, &parts, self.is_by_partner);
        (!relation.terms.is_empty()).then_some(relation)
    }

    /// Returns by how much the counts miss the sum.
    pub(crate) fn imbalance(&self, values: &[i64]) -> i64 {
        self.terms.iter().map(|(index, sign)| sign * values[*index]).sum()
    }
}
