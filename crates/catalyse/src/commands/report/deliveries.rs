//! What a report says of the deliveries it was made from: how many records were left out and how many codes two partners share, rounded as everything that leaves.

use catalyse_disclose::Policy;
use catalyse_report::{Deliveries, LeftOutRecords};
use catalyse_tabulate::{Caseload, RecordCounts};

use crate::failure::Failure;

/// Counts the records that were read and count in no table, by partner and wave.
pub(super) fn told(
    (caseload, read): (&Caseload<'_>, &RecordCounts),
    policy: &Policy,
) -> Result<Deliveries, Failure> {
    let left_out = read.beyond(&RecordCounts::of_caseload(caseload)?);
    let partners = caseload.partners_present()?;
    let partners = || partners.iter().map(|partner| partner.id.as_str());
    let mut records = Vec::new();
    for (_, wave) in caseload.waves_present() {
        let wave = wave.id.as_str();
        let mut add = |partner: Option<&str>| {
            let n = left_out.sum(|of_partner, of_wave| {
                of_wave == Some(wave) && partner.is_none_or(|_| of_partner == partner)
            });
            records.push(LeftOutRecords {
                partner: partner.map(str::to_owned),
                wave: wave.to_owned(),
                n: rounded(n, policy.base),
            });
        };
        partners().for_each(|partner| add(Some(partner)));
        add(None);
    }
    let without_place = left_out.sum(|partner, wave| partner.is_none() || wave.is_none());
    Ok(Deliveries {
        base: policy.base,
        left_out: records,
        without_place: rounded(without_place, policy.base),
        shared_codes: rounded(caseload.n_shared_codes()?, policy.base),
        episodes: rounded(left_out.n_episodes(), policy.base),
    })
}

/// Returns how many records count in no table, rounded.
pub(super) fn kept_out(
    (caseload, read): (&Caseload<'_>, &RecordCounts),
    policy: &Policy,
) -> Result<u64, Failure> {
    let left_out = read.beyond(&RecordCounts::of_caseload(caseload)?);
    Ok(rounded(left_out.sum(|_, _| true), policy.base))
}

/// Rounds to the nearest multiple of the base.
const fn rounded(n: u64, base: u64) -> u64 {
    (n + base / 2) / base * base
}

#[cfg(test)]
mod tests {
    use super::rounded;

    #[test]
    fn a_few_records_are_told_as_none() {
        assert_eq!([0, 2, 3, 7, 8].map(|n| rounded(n, 5)), [0, 0, 5, 5, 10]);
    }
}
