//! What is drawn otherwise than at first, because a check was broken: drawn again, or kept from an earlier wave.

use std::collections::BTreeMap;

use catalyse_codebook::VariableName;

/// Names a draw: its owner (person and spell), its wave (none for what never changes), its variable.
pub(crate) type Drawn = ((u64, u64), Option<usize>, VariableName);

/// Counts how often each variable was drawn again, and notes what is kept.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tries {
    again: BTreeMap<Drawn, u32>,
    /// The wave whose answer is kept; none where that did not help.
    kept: BTreeMap<Drawn, Option<usize>>,
}

impl Tries {
    /// Says whether everything is as it was drawn first.
    pub(crate) fn is_empty(&self) -> bool {
        self.again.is_empty() && self.kept.is_empty()
    }

    /// Returns how often a variable was drawn again.
    pub(crate) fn count(&self, drawn: &Drawn) -> u32 {
        self.again.get(drawn).copied().unwrap_or(0)
    }

    /// Notes that a variable is drawn again. What was kept of it is not kept any longer.
    pub(crate) fn again(&mut self, drawn: Drawn) {
        if let Some(kept) = self.kept.get_mut(&drawn) {
            *kept = None;
        }
        *self.again.entry(drawn).or_default() += 1;
    }

    /// Returns the wave whose answer is kept.
    pub(crate) fn kept(&self, drawn: &Drawn) -> Option<usize> {
        self.kept.get(drawn).copied().flatten()
    }

    /// Notes that the answer of an earlier wave is kept. Returns whether that is new: what did not help is not tried twice.
    pub(crate) fn keep(&mut self, drawn: Drawn, wave: usize) -> bool {
        let is_new = !self.kept.contains_key(&drawn);
        self.kept.entry(drawn).and_modify(|kept| *kept = None).or_insert(Some(wave));
        is_new
    }
}

#[cfg(test)]
mod tests {
    use catalyse_codebook::VariableName;

    use super::Tries;

    #[test]
    fn what_is_kept_in_vain_is_drawn_again() {
        let drawn = ((1, 0), Some(2), VariableName::new("level").expect("a name"));
        let mut tries = Tries::default();
        assert!(tries.is_empty());
        assert!(tries.keep(drawn.clone(), 1));
        assert_eq!((tries.kept(&drawn), tries.count(&drawn)), (Some(1), 0));
        assert!(!tries.keep(drawn.clone(), 1));
        tries.again(drawn.clone());
        assert_eq!((tries.kept(&drawn), tries.count(&drawn)), (None, 1));
    }
}
