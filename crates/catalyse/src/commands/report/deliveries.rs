//! What a report says of the deliveries it was made from: how many records were left out and how many codes two partners share, rounded as
//! everything that leaves.

use catalyse_disclose::{Earlier, Policy, PrintedCounts};
use catalyse_report::{Deliveries, LeftOutRecords};
use catalyse_tabulate::{Caseload, RecordCounts};

use crate::failure::Failure;

/// Counts the records that were read and count in no table, by partner and wave. Editions before keep what they printed as far as it can be.
pub(super) fn told(
    (caseload, read): (&Caseload<'_>, &RecordCounts),
    (policy, earlier): (&Policy, &Earlier),
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
            let n = earlier.keep(&name_of(partner, wave), n, policy.base);
            records.push(LeftOutRecords {
                partner: partner.map(str::to_owned),
                wave: wave.to_owned(),
                n,
            });
        };
        partners().for_each(|partner| add(Some(partner)));
        add(None);
    }
    let without_place = left_out.sum(|partner, wave| partner.is_none() || wave.is_none());
    Ok(Deliveries {
        base: policy.base,
        left_out: records,
        without_place: earlier.keep(WITHOUT_PLACE, without_place, policy.base),
        shared_codes: earlier.keep(SHARED_CODES, caseload.n_shared_codes()?, policy.base),
        episodes: earlier.keep(EPISODES, left_out.n_episodes(), policy.base),
    })
}

/// Returns how many records count in no table, as it is printed.
pub(super) fn kept_out(
    (caseload, read): (&Caseload<'_>, &RecordCounts),
    (policy, earlier): (&Policy, &Earlier),
) -> Result<u64, Failure> {
    let left_out = read.beyond(&RecordCounts::of_caseload(caseload)?);
    Ok(earlier.keep(ALL, left_out.sum(|_, _| true), policy.base))
}

/// Notes what an edition prints of its deliveries, for those that come after.
pub(super) fn note(printed: &mut PrintedCounts, told: &Deliveries, n_kept_out: u64) {
    for records in &told.left_out {
        printed.add(&name_of(records.partner.as_deref(), &records.wave), records.n);
    }
    for (name, n) in [
        (WITHOUT_PLACE, told.without_place),
        (SHARED_CODES, told.shared_codes),
        (EPISODES, told.episodes),
        (ALL, n_kept_out),
    ] {
        printed.add(name, n);
    }
}

// The names of these counts among those of an edition: no population is called so.
const ALL: &str = "left out";
const WITHOUT_PLACE: &str = "left out without place";
const SHARED_CODES: &str = "shared codes";
const EPISODES: &str = "left out episodes";

fn name_of(partner: Option<&str>, wave: &str) -> String {
    format!("left out {} {wave}", partner.unwrap_or("*"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use catalyse_disclose::{Earlier, PrintedCounts};

    const BASE: u64 = 5;

    fn after(printed: u64) -> Earlier {
        let kept = format!("{{\"base\": {BASE}, \"counts\": {{\"left out\": {printed}}}}}");
        let kept: PrintedCounts = serde_json::from_str(&kept).expect("printed counts");
        Earlier::of([&kept])
    }

    /// How the first edition prints a count, and the second one another.
    fn printed(first: u64, second: u64) -> (u64, u64) {
        let then = Earlier::default().keep("left out", first, BASE);
        (then, after(then).keep("left out", second, BASE))
    }

    #[test]
    fn a_few_records_are_told_as_none() {
        let alone = |n| Earlier::default().keep("left out", n, BASE);
        assert_eq!([0, 2, 3, 7, 8].map(alone), [0, 0, 5, 5, 10]);
    }

    #[test]
    fn what_is_printed_may_always_stand_for_what_is_there() {
        for (first, second) in (0..60).flat_map(|first| (0..60).map(move |second| (first, second)))
        {
            let (_, now) = printed(first, second);
            assert!(now.abs_diff(second) < BASE && now % BASE == 0, "{first} {second}");
        }
    }

    #[test]
    fn who_knows_that_one_or_two_came_since_places_no_count_and_naive_editions_give_it_away() {
        let naive = |first: u64, second: u64| {
            let alone = |n| Earlier::default().keep("left out", n, BASE);
            (alone(first), alone(second))
        };
        let places = |prints: &dyn Fn(u64, u64) -> (u64, u64), came: u64| {
            let all = || (0..60_u64).map(move |first| (first, first + came));
            let is_placed = |(first, second): (u64, u64)| {
                let seen = prints(first, second);
                let fits: BTreeSet<u64> = all()
                    .filter(|(first, second)| prints(*first, *second) == seen)
                    .map(|(first, _)| first)
                    .collect();
                fits.len() < 3
            };
            // From 3 on: a 0 is as wide as it can be, and at the end of the list nothing more follows.
            all()
                .filter(|(first, _)| (3..50).contains(first))
                .filter(|pair| is_placed(*pair))
                .count()
        };
        for came in [1, 2] {
            assert_eq!(places(&printed, came), 0, "{came} came");
            assert!(places(&naive, came) > 0, "{came} came");
        }
    }

    #[test]
    fn editions_of_another_base_are_told_apart() {
        assert_eq!(after(10).other_base(BASE), None);
        assert_eq!(after(10).other_base(10), Some(BASE));
        assert_eq!(Earlier::default().other_base(10), None);
    }
}
