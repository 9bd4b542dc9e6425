//! Which partners have records at which wave: what a report says of it, and what the gate takes as known.

use std::collections::BTreeSet;

use catalyse_codebook::{Partner, Wave};
use catalyse_disclose::{Delivered, WaveChoice};

use crate::caseload::physical_codes;
use crate::{Caseload, TabulateError};

impl<'a> Caseload<'a> {
    /// Lists, for each wave that has records, the partners that have some, in the order of the study.
    ///
    /// # Errors
    /// The column of partners cannot be read.
    pub fn partners_by_wave(&self) -> Result<Vec<(&'a Wave, Vec<&'a Partner>)>, TabulateError> {
        let codes = physical_codes(&self.frame, self.codebook.study.partner.as_str())?;
        let pairs: BTreeSet<(Option<u32>, Option<u32>)> =
            self.waves.iter().copied().zip(codes).collect();
        let partners = |wave: u32| {
            let partners = self.codebook.study.partners.iter().enumerate();
            partners
                .filter(|(index, _)| pairs.contains(&(Some(wave), Some(*index as u32))))
                .map(|(_, partner)| partner)
                .collect()
        };
        let present = self.waves_present().into_iter();
        Ok(present.map(|(index, wave)| (wave, partners(index))).collect())
    }

    /// Says of each partner and wave of the caseload whether there are records, in the conditions of tables.
    pub(crate) fn delivered(&self) -> Result<Vec<Delivered>, TabulateError> {
        let study = &self.codebook.study;
        let all = self.partners_present()?;
        let by_wave = self.partners_by_wave()?;
        let of_wave = |(wave, present): &(&'a Wave, Vec<&'a Partner>)| -> Vec<Delivered> {
            let of = |partner: &&Partner| Delivered {
                partner: format!("{}={}", study.partner, partner.id),
                wave: format!("{}={}", study.wave, wave.id),
                has_records: present.iter().any(|one| one.id == partner.id),
            };
            all.iter().map(of).collect()
        };
        Ok(by_wave.iter().flat_map(of_wave).collect())
    }

    /// Says whether the one wave of a table has records of one partner alone: the table is then that partner's, and compares nobody.
    ///
    /// # Errors
    /// The column of partners cannot be read.
    pub fn has_lone_partner(&self, wave: &WaveChoice) -> Result<bool, TabulateError> {
        let present = self.waves_present();
        let wave = match wave {
            WaveChoice::Last => present.last(),
            WaveChoice::First => present.first(),
            WaveChoice::Named(name) => present.iter().find(|(_, wave)| wave.id.as_str() == name),
            WaveChoice::Each | WaveChoice::FirstAndLast => None,
        };
        let Some((_, wave)) = wave else { return Ok(false) };
        let by_wave = self.partners_by_wave()?;
        Ok(by_wave.iter().any(|(one, partners)| one.id == wave.id && partners.len() == 1))
    }

    /// Returns the condition of the partner whose persons alone are seen at both of two waves: of one of the waves nobody else has records,
    /// and none of these persons was with another partner at the other.
    pub(crate) fn partner_of_panel(
        &self,
        waves: [u32; 2],
        persons: &BTreeSet<u32>,
    ) -> Result<Option<String>, TabulateError> {
        let study = &self.codebook.study;
        let codes = physical_codes(&self.frame, study.partner.as_str())?;
        let rows = || self.waves.iter().zip(&codes).zip(&self.persons);
        let is_alone = waves.iter().any(|wave| {
            let of_wave = rows().filter(|((of, _), _)| **of == Some(*wave));
            of_wave.map(|((_, partner), _)| partner).collect::<BTreeSet<_>>().len() == 1
        });
        let seen = rows().filter(|((of, _), person)| {
            of.is_some_and(|wave| waves.contains(&wave)) && persons.contains(person)
        });
        let partners: BTreeSet<Option<u32>> = seen.map(|((_, partner), _)| *partner).collect();
        let mut partners = partners.into_iter();
        let (Some(Some(one)), None, true) = (partners.next(), partners.next(), is_alone) else {
            return Ok(None);
        };
        let partner = study.partners.get(one as usize);
        Ok(partner.map(|partner| format!("{}={}", study.partner, partner.id)))
    }
}
