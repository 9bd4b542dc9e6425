//! The records of a store that a command asks for, as far as the account may see them.

use std::collections::BTreeMap;

use catalyse_codebook::{Codebook, PartnerId};
use catalyse_store::{Record, Selection};

use super::{LaidOut, OpenStore, lay_out, without_identities};
use crate::cli::Input;
use crate::failure::Failure;

/// Holds the records of a store with the codebook that fits them: where identities are not opened, what follows from them is taken as it is.
pub(crate) struct Selected {
    /// The codebook.
    pub codebook: Codebook,
    /// The records.
    pub laid_out: LaidOut,
    /// The others that the account may see: what some checks compare with.
    pub remembered: LaidOut,
}

impl OpenStore {
    /// Returns the records of the wave and partner that were named: all, if none was, or those of the account's own partner.
    pub(crate) fn selected(&self, input: &Input) -> Result<Selected, Failure> {
        let named = input.partner.as_deref().map(|name| self.opened.partner_named(name));
        let named = named.transpose()?;
        self.operator.may_touch(named.iter().map(PartnerId::as_str))?;
        self.select(input, named.as_ref(), self.operator.partner().cloned())
    }

    /// Returns all records that the account may see, for a delivery to be compared with.
    pub(crate) fn remembered(&self) -> Result<LaidOut, Failure> {
        let own = self.operator.partner().cloned();
        Ok(self.select(&Input::default(), None, own)?.laid_out)
    }

    /// Returns the records for a protected report: of all partners, whoever asks.
    pub(crate) fn selected_for_report(&self, input: &Input) -> Result<Selected, Failure> {
        let named = input.partner.as_deref().map(|name| self.opened.partner_named(name));
        self.select(input, named.transpose()?.as_ref(), None)
    }

    /// Parts the records of `own` partner, or of all, into those of the wave and partner that were named, and the others.
    fn select(
        &self,
        input: &Input,
        partner: Option<&PartnerId>,
        own: Option<PartnerId>,
    ) -> Result<Selected, Failure> {
        let wave = input.wave.as_deref().map(|name| self.opened.wave_named(name)).transpose()?;
        let selection = Selection { partner: own, ..Selection::default() };
        let records = self.wait(self.store.records(&selection))?;
        let (records, others): (Vec<Record>, Vec<Record>) = records.into_iter().partition(|one| {
            wave.as_ref().is_none_or(|wave| one.key.wave == *wave)
                && partner.is_none_or(|partner| one.key.partner == *partner)
        });
        let (codebook, identities) = if self.store.has_key() {
            let own = selection.partner.as_ref().map(PartnerId::as_str);
            let known = self.wait(self.store.identities(own, &self.author()))?;
            (self.opened.codebook.clone(), known.into_iter().collect())
        } else {
            (without_identities(&self.opened.codebook), BTreeMap::new())
        };
        let laid_out = lay_out(&codebook, &records, &identities)?;
        let remembered = lay_out(&codebook, &others, &identities)?;
        Ok(Selected { codebook, laid_out, remembered })
    }
}
