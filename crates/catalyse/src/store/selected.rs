//! The records of a store that a command asks for, as far as the account may see them.

use std::collections::BTreeMap;

use catalyse_codebook::Codebook;
use catalyse_store::Selection;

use super::{LaidOut, OpenStore, lay_out, without_identities};
use crate::cli::Input;
use crate::failure::Failure;

/// Holds the records of a store with the codebook that fits them: where identities are not opened, what follows from them is taken as it is.
pub(crate) struct Selected {
    /// The codebook.
    pub codebook: Codebook,
    /// The records.
    pub laid_out: LaidOut,
}

impl OpenStore {
    /// Returns the records of the wave and partner that were named: all, if none was, or those of the account's own partner.
    pub(crate) fn selected(&self, input: &Input) -> Result<Selected, Failure> {
        let named = input.partner.as_deref().map(|name| self.opened.partner_named(name));
        let partner = named.transpose()?.or_else(|| self.operator.partner().cloned());
        self.operator.may_touch(partner.iter().map(catalyse_codebook::PartnerId::as_str))?;
        self.select(input, partner)
    }

    /// Returns the records for a protected report: of all partners, whoever asks.
    pub(crate) fn selected_for_report(&self, input: &Input) -> Result<Selected, Failure> {
        let named = input.partner.as_deref().map(|name| self.opened.partner_named(name));
        self.select(input, named.transpose()?)
    }

    fn select(
        &self,
        input: &Input,
        partner: Option<catalyse_codebook::PartnerId>,
    ) -> Result<Selected, Failure> {
        let wave = input.wave.as_deref().map(|name| self.opened.wave_named(name)).transpose()?;
        let selection = Selection { wave, partner, ..Selection::default() };
        let records = self.wait(self.store.records(&selection))?;
        let (codebook, identities) = if self.store.has_key() {
            let own = selection.partner.as_ref().map(catalyse_codebook::PartnerId::as_str);
            let known = self.wait(self.store.identities(own, &self.author()))?;
            (self.opened.codebook.clone(), known.into_iter().collect())
        } else {
            (without_identities(&self.opened.codebook), BTreeMap::new())
        };
        let laid_out = lay_out(&codebook, &records, &identities)?;
        Ok(Selected { codebook, laid_out })
    }
}
