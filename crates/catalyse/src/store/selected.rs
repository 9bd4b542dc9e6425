//! The records of a store that a command asks for, as far as the account may see them.

use std::collections::BTreeMap;

use catalyse_codebook::{Answers, Codebook, PartnerId};
use catalyse_store::{Kindred, PersonId, Record, Selection, Trace};

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

    /// Returns the records with which a delivery is compared: all that the account may see, and, of other partners, those that may be of the
    /// same persons. These are compared and never shown. What the delivery replaces is not wanted.
    pub(crate) fn remembered(
        &self,
        traces: &[Trace],
        is_wanted: impl Fn(&Record) -> bool,
    ) -> Result<LaidOut, Failure> {
        let own = self.operator.partner().cloned();
        let selection = Selection { partner: own.clone(), ..Selection::default() };
        let mut records = self.wait(self.store.records(&selection))?;
        let (codebook, mut identities) = self.identities_of(own.as_ref())?;
        if let Some(own) = &own {
            let mut others = BTreeMap::new();
            for trace in traces {
                for Kindred { record, identity } in
                    self.wait(self.store.kindred(trace, Some(own)))?
                {
                    identities.insert(record.person, identity);
                    others.insert(record.id, record);
                }
            }
            records.extend(others.into_values());
        }
        records.retain(is_wanted);
        lay_out(&codebook, &records, &identities)
    }

    /// Returns the identities of a partner's persons, or of all, with the codebook of whoever has them; without the key file, none.
    fn identities_of(
        &self,
        own: Option<&PartnerId>,
    ) -> Result<(Codebook, BTreeMap<PersonId, Answers>), Failure> {
        if !self.store.has_key() {
            return Ok((without_identities(&self.opened.codebook), BTreeMap::new()));
        }
        let own = own.map(PartnerId::as_str);
        let known = self.wait(self.store.identities(own, &self.author()))?;
        Ok((self.opened.codebook.clone(), known.into_iter().collect()))
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
        let (codebook, identities) = self.identities_of(selection.partner.as_ref())?;
        let laid_out = lay_out(&codebook, &records, &identities)?;
        let remembered = lay_out(&codebook, &others, &identities)?;
        Ok(Selected { codebook, laid_out, remembered })
    }
}
