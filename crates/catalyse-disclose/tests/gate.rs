//! What a user of the gate can rely on, through its public functions only.

mod deliveries;
mod editions;
mod packs;

use std::collections::BTreeMap;

use catalyse_disclose::{Cell, Evidence, Fingerprint, Paired, Population};
use catalyse_disclose::{
    Mark, Policy, Refusal, Release, ReleasedShare, Remedy, Role, ShareOf, Summary, Tabulation,
    Test, TestSubject, Unit, Weights, release_pack,
};
use catalyse_locale::{Label, Language};
use catalyse_stats::{Confidence, PairedCounts, Share, newcombe_paired, newcombe_wilson};
use packs::{Draws, Side, report, situations, tabulate};

#[expect(clippy::unwrap_used, reason = "the test ends where a pack is refused")]
fn release(tables: Vec<Tabulation>) -> Vec<Release> {
    release_pack(tables, &Policy::partnership()).unwrap().releases
}

#[expect(clippy::unwrap_used, reason = "the places are those of the table")]
fn printed(release: &Release) -> Vec<Option<u64>> {
    let (n_rows, n_columns) = (release.rows().headings.len(), release.columns().headings.len());
    let places = (0..n_rows).flat_map(|row| (0..n_columns).map(move |column| (row, column)));
    places.map(|(row, column)| release.cell(row, column).unwrap().count.value()).collect()
}

/// One table of one column: counts of categories, then those who answered.
fn one_column(counts: &[u64], is_sensitive: bool) -> Tabulation {
    let mut draws = Draws(1);
    let persons = situations(&mut draws, 1, 1);
    let mut table = tabulate(0, &persons, &Side::new("v0", counts.len() as u64), None);
    let answered: u64 = counts.iter().sum();
    let all = counts.iter().copied().chain([answered, 0, answered]);
    for (cell, count) in table.cells.iter_mut().zip(all) {
        (cell.count, cell.persons, cell.fingerprint) = (count, count, None);
    }
    table.is_sensitive = is_sensitive;
    table
}

#[test]
fn the_shipped_policy_files_say_what_the_program_says() {
    let partnership = include_str!("../../../schemas/common/policies/partnership.toml");
    let publication = include_str!("../../../schemas/common/policies/publication.toml");
    assert_eq!(toml::from_str::<Policy>(partnership).unwrap(), Policy::partnership());
    assert_eq!(toml::from_str::<Policy>(publication).unwrap(), Policy::publication());
}

#[test]
fn a_policy_with_an_unknown_key_or_an_impossible_number_is_refused() {
    let text = toml::to_string(&Policy::partnership()).unwrap();
    assert!(toml::from_str::<Policy>(&format!("speed = 3\n{text}")).is_err());
    let policy = Policy { minimum_interval_width: 10, ..Policy::partnership() };
    assert!(matches!(release_pack(Vec::new(), &policy), Err(Refusal::Policy { .. })));
}

#[test]
fn what_is_published_is_rounded_to_ten_and_holds_too() {
    let pack = release_pack(report(3, 400, 1, 3), &Policy::publication()).unwrap();
    assert!(pack.audit.smallest_width >= Some(9));
    let numbers = pack.releases.iter().flat_map(printed).flatten().collect::<Vec<_>>();
    assert!(numbers.iter().any(|n| *n > 0) && numbers.iter().all(|n| n.is_multiple_of(10)));
}

#[test]
fn a_table_about_health_is_attacked_up_to_its_own_threshold() {
    let with_health = |threshold| Policy {
        threshold_by_sensitivity: BTreeMap::from([("health".to_owned(), threshold)]),
        ..Policy::partnership()
    };
    let attacked = |sensitivity: &str| {
        let mut table = one_column(&[7, 40], true);
        table.background.sensitivities.insert(sensitivity.to_owned());
        release_pack(vec![table], &with_health(10)).unwrap().audit.n_attacked
    };
    assert_eq!((attacked("sensitive"), attacked("health")), (0, 1));
    assert!(matches!(release_pack(Vec::new(), &with_health(4)), Err(Refusal::Policy { .. })));
}

#[test]
fn a_target_group_is_never_printed_larger_than_the_whole() {
    let pack = release_pack(report(11, 150, 1, 3), &Policy::partnership()).unwrap();
    assert_eq!(pack.audit.n_broken_sums, 0);
    for release in pack.releases {
        if release.columns().name == "target_groups" {
            let total = release.columns().headings.len() - 1;
            for row in 0..release.rows().headings.len() {
                let count = |column| release.cell(row, column).unwrap().count.value();
                for group in 0..total {
                    assert!(
                        count(group) <= count(total),
                        "{} {group} row {row} {:?} {:?}",
                        release.id(),
                        count(group),
                        count(total)
                    );
                }
            }
        }
    }
}

#[test]
fn a_pack_without_tables_is_released() {
    let pack = release_pack(Vec::new(), &Policy::partnership()).unwrap();
    assert_eq!((pack.releases.len(), pack.audit.n_attacked), (0, 0));
}

#[test]
fn the_order_of_tables_has_no_effect() {
    let forward = release(report(7, 200, 1, 4));
    let mut tables = report(7, 200, 1, 4);
    tables.reverse();
    let mut backward = release(tables);
    backward.reverse();
    for (one, other) in forward.iter().zip(&backward) {
        assert_eq!((one.id(), printed(one)), (other.id(), printed(other)));
    }
}

#[test]
fn one_population_has_one_number_in_all_tables() {
    let releases = release(report(9, 300, 1, 3));
    let (alone, by_partner) = (&releases[0], &releases[1]);
    let last = by_partner.columns().headings.len() - 1;
    assert_eq!(by_partner.columns().headings[last].role, Role::Total);
    for row in 0..alone.rows().headings.len() {
        assert_eq!(alone.cell(row, 0).unwrap().count, by_partner.cell(row, last).unwrap().count);
    }
}

/// Everybody, and those with a second interview, in two tables: 64 and 62 persons.
fn nested(n_first: u64, n_second: u64) -> Vec<Tabulation> {
    let (first, mut second) = (one_column(&[n_first], false), one_column(&[n_second], false));
    second.id.push_str("_second");
    for cell in &mut second.cells {
        cell.population = cell.population.and("interviews=2");
    }
    vec![first, second]
}

#[test]
fn a_small_difference_of_nested_populations_is_rounded_too() {
    for (n_first, n_second) in [(64, 62), (65, 62), (64, 60), (66, 64), (3, 1)] {
        let releases = release(nested(n_first, n_second));
        let [first, second] = [0, 1].map(|table| printed(&releases[table])[0].unwrap());
        assert!(first - second == 0 || first - second == 5, "{n_first} and {n_second}");
    }
}

/// A table of one line: some persons under a condition of their own.
fn of_persons(id: &str, persons: std::ops::Range<u32>) -> Tabulation {
    let mut table = one_column(&[u64::from(persons.end - persons.start)], false);
    id.clone_into(&mut table.id);
    for cell in &mut table.cells {
        cell.population = cell.population.and(id);
        let members = persons.clone().take(usize::try_from(cell.count).unwrap_or(0));
        cell.fingerprint = Some(members.map(Fingerprint::of_person).sum());
    }
    table
}

#[test]
fn the_same_persons_under_two_names_have_one_number() {
    for n in [6, 7, 8, 12, 13, 38] {
        // The second table alone would round its one line to the nearest; with a sum around it the first may not.
        let (a, b) = (of_persons("low_education", 0..n), of_persons("isced_0_to_2", 0..n));
        let rest = of_persons("others", n..n + 3);
        let all = of_persons("all", 0..n + 3);
        let releases = release(vec![a, b, rest, all]);
        assert_eq!(printed(&releases[0]), printed(&releases[1]), "{n}");
    }
}

#[test]
fn populations_that_add_up_across_tables_add_up_in_print() {
    for (n_first, n_second) in [(6, 7), (7, 7), (8, 8), (12, 13), (3, 9), (33, 1), (41, 22)] {
        let n_all = n_first + n_second;
        let releases = release(vec![
            of_persons("homeless", 0..n_all),
            of_persons("in_the_street", 0..n_first),
            of_persons("in_a_shelter", n_first..n_all),
        ]);
        let [all, first, second] = [0, 1, 2].map(|table| printed(&releases[table])[0].unwrap());
        assert_eq!(all, first + second, "{n_first} and {n_second}");
    }
}

#[test]
fn one_name_with_two_sets_of_persons_does_not_leave() {
    let (first, mut second) = (of_persons("here", 0..20), of_persons("here", 1..21));
    second.id.push_str("_too");
    let outcome = release_pack(vec![first, second], &Policy::partnership());
    assert!(matches!(outcome, Err(Refusal::Contradiction { .. })));
}

#[test]
fn tables_that_contradict_each_other_do_not_leave() {
    let mut tables = report(9, 100, 1, 1);
    tables[0].cells[0].count += 1;
    let outcome = release_pack(tables, &Policy::partnership());
    assert!(matches!(outcome, Err(Refusal::Contradiction { .. } | Refusal::Sum { .. })));
    let mut table = one_column(&[3, 4], false);
    table.cells.pop();
    assert!(matches!(
        release_pack(vec![table], &Policy::partnership()),
        Err(Refusal::Shape { .. })
    ));
}

#[test]
fn shares_follow_the_printed_base() {
    let share = |counts: &[u64], is_sensitive| {
        let releases = release(vec![one_column(counts, is_sensitive)]);
        releases[0].cell(0, 0).unwrap().share
    };
    assert_eq!(share(&[20, 20], false), ReleasedShare::Percent(50));
    assert_eq!(share(&[10, 15], false), ReleasedShare::About { count: 10, base: 25 });
    // A printed 30 may be 26 persons, a printed 10 may be 6.
    assert_eq!(share(&[10, 20], false), ReleasedShare::About { count: 10, base: 30 });
    assert_eq!(share(&[10, 25], false), ReleasedShare::Percent(29));
    assert_eq!(share(&[5, 5], false), ReleasedShare::Hidden(Mark::LowBase));
    assert_eq!(share(&[5, 0], false), ReleasedShare::Hidden(Mark::LowBase));
    assert_eq!(share(&[0, 0], false), ReleasedShare::Hidden(Mark::LowBase));
    assert_eq!(share(&[60, 0], false), ReleasedShare::Percent(100));
    assert_eq!(share(&[200, 0], true), ReleasedShare::AtLeast(90));
    assert_eq!(share(&[0, 200], true), ReleasedShare::AtMost(10));
    // 35 of 35 are 31 of 39 at least: 79 %.
    assert_eq!(share(&[35, 0], true), ReleasedShare::AtLeast(75));
    assert_eq!(share(&[0, 35], true), ReleasedShare::AtMost(25));
    // Where another category prints persons, nobody is told of each.
    assert_eq!(share(&[35, 300], true), ReleasedShare::Percent(10));
    // The words of a small base say what the two printed counts say, of what is sensitive too; but of a whole group nothing is said.
    assert_eq!(share(&[10, 15], true), ReleasedShare::About { count: 10, base: 25 });
    assert_eq!(share(&[25, 0], true), ReleasedShare::Hidden(Mark::LowBase));
}

#[test]
fn intervals_hold_what_rounding_hides_in_whole_percents() {
    let releases = release(vec![one_column(&[20, 80], false)]);
    // SciPy: binomtest(16, 104).proportion_ci(method="wilson") starts at 0.0970, binomtest(24, 96) ends at 0.3451.
    assert_eq!(releases[0].cell(0, 0).unwrap().interval, Some((9, 35)));
    assert_eq!(releases[0].cell(2, 0).unwrap().interval, None);
}

#[test]
fn means_of_few_persons_are_hidden_and_others_have_two_digits() {
    let summary = |n| Summary {
        n,
        fingerprint: None,
        mean: 1_234.5,
        mean_interval: Some((1_101.0, 1_368.0)),
        quartiles: [907.0, 1_250.0, 1_949.0],
        median_interval: Some((1_011.0, 1_489.0)),
        step: 1.0,
        bounds: (f64::NEG_INFINITY, f64::INFINITY),
    };
    let mut table = one_column(&[9, 40], false);
    table.share_of = ShareOf::Nothing;
    table.cells[0].summary = Some(summary(9));
    table.cells[1].summary = Some(summary(40));
    let pack = release(vec![table]);
    let shown = |row: usize| pack[0].cell(row, 0).unwrap().summary.unwrap();
    // Nine persons may print as ten; the true number decides too.
    assert_eq!(shown(0), catalyse_disclose::Shown::Hidden(Mark::LowBase));
    let released = shown(1).value().unwrap();
    assert_eq!((released.n, released.mean), (40, 1_200.0));
    assert_eq!(released.mean_interval, Some((1_100.0, 1_400.0)));
    assert_eq!((released.median, released.middle), (1_200.0, Some((910.0, 1_900.0))));
    assert_eq!(released.median_interval, Some((1_000.0, 1_500.0)));
}

fn summary_of(mean: f64, quartiles: [f64; 3]) -> Summary {
    let (mean_interval, median_interval) = (None, None);
    let bounds = (f64::NEG_INFINITY, f64::INFINITY);
    let (n, fingerprint, step) = (40, None, 1.0);
    Summary { n, fingerprint, mean, mean_interval, quartiles, median_interval, step, bounds }
}

#[test]
fn the_interval_of_a_mean_ends_where_values_can_and_that_is_said() {
    const SAID: &str = "The interval of a mean ends at the least or the greatest possible value";
    let released = |interval: (f64, f64), bounds: (f64, f64)| {
        let mut table = one_column(&[40, 40], false);
        table.share_of = ShareOf::Nothing;
        let summary = summary_of(12.0, [3.0, 9.0, 13.0]);
        let mean_interval = Some(interval);
        table.cells[0].summary = Some(Summary { mean_interval, bounds, ..summary });
        let release = release(vec![table]).swap_remove(0);
        let is_said = release.notes().iter().any(|note| note.say(Language::En).starts_with(SAID));
        let told = release.cell(0, 0).unwrap().summary.unwrap().value().unwrap();
        (told.mean_interval.unwrap(), is_said)
    };
    let shares = (0.0, 100.0);
    assert_eq!(released((-4.2, 28.0), shares), ((0.0, 28.0), true));
    assert_eq!(released((92.0, 108.0), shares), ((92.0, 100.0), true));
    assert_eq!(released((3.0, 28.0), shares), ((3.0, 28.0), false));
    // Nothing is known of these values: the interval stays as it was worked out.
    let unbounded = (f64::NEG_INFINITY, f64::INFINITY);
    assert_eq!(released((-4.2, 28.0), unbounded), ((-4.2, 28.0), false));
    // Two digits of 12.8 are 13, where no value can be.
    assert_eq!(released((2.0, 12.8), (0.0, 12.85)), ((2.0, 12.85), true));
}

#[test]
fn quartiles_want_twice_the_persons_of_a_mean() {
    let shown = |n: u64| {
        let mut table = one_column(&[n, 200], false);
        table.share_of = ShareOf::Nothing;
        table.cells[0].summary = Some(Summary { n, ..summary_of(0.27, [0.0, 0.0, 1.0]) });
        release(vec![table])[0].cell(0, 0).unwrap().summary.unwrap()
    };
    assert_eq!(shown(10), catalyse_disclose::Shown::Hidden(Mark::LowBase));
    let of_15 = shown(15).value().unwrap();
    // Of 11 to 19 persons, 0.27 could only be 3 in 11 or 4 in 15; 0.3 leaves every number.
    assert_eq!((of_15.mean, of_15.middle), (0.3, None));
    assert_eq!(shown(25).value().unwrap().middle, Some((0.0, 1.0)));
}

/// Makes a table of 100, 100 and 200 persons whose weights are given by category.
fn weighted(mean_weights: [f64; 2], weights: Weights) -> Tabulation {
    let mut table = one_column(&[100, 100], false);
    table.background.weights = Some(weights);
    let [one, other] = mean_weights.map(|weight| weight * 100.0);
    for (cell, weighted) in table.cells.iter_mut().zip([one, other, one + other]) {
        cell.weighted = Some(weighted);
        let summary = summary_of(34.0, [28.0, 33.0, 41.0]);
        cell.summary = Some(Summary { n: cell.count, ..summary });
    }
    table
}

fn weights(smallest: f64, largest: f64, design_effect: f64) -> Weights {
    Weights { smallest, largest, design_effect }
}

#[test]
fn a_sum_of_weights_moves_in_steps_of_five_persons_of_the_heavy_group() {
    // The heavy weigh 10, the others 1; 1 to 4 heavy ones among 100 print the same sum.
    let sum = |n_heavy: f64| {
        let table = weighted([1.0 + 9.0 * n_heavy / 100.0, 1.0], weights(1.0, 10.0, 1.4));
        release(vec![table])[0].cell(0, 0).unwrap().weighted
    };
    assert_eq!(sum(0.0), Some(catalyse_disclose::Shown::Value(100)));
    assert!((1..=2).all(|n_heavy| sum(f64::from(n_heavy)) == sum(0.0)));
    assert!((3..=7).all(|n_heavy| sum(f64::from(n_heavy)) == sum(3.0)));
    // Equal weights say what the count says.
    let table = weighted([12.0, 12.0], weights(12.0, 12.0, 1.0));
    let releases = release(vec![table]);
    let cell = releases[0].cell(0, 0).unwrap();
    assert_eq!(cell.weighted, Some(catalyse_disclose::Shown::Value(1_200)));
    assert_eq!((cell.effective, cell.share), (Some(100), ReleasedShare::Percent(50)));
}

#[test]
fn a_weighted_figure_is_that_of_enough_persons_of_the_largest_weight() {
    let shown = |weights: Weights| {
        let releases = release(vec![weighted([1.2, 0.8], weights)]);
        let cell = releases[0].cell(0, 0).unwrap();
        (cell.share, cell.interval, cell.summary.unwrap().value().is_some())
    };
    // With weights of 0.5 to 2 the interval is that of 100 / 1.3 persons.
    assert_eq!(shown(weights(0.5, 2.0, 1.3)), (ReleasedShare::Percent(60), Some((48, 71)), true));
    // A person of weight 15 would be an eighth of the 120 and a seventeenth of the 200.
    // Sums of weights move in steps of 100 here: 120 and 80 print the same.
    let half = ReleasedShare::Percent(50);
    assert_eq!(shown(weights(0.5, 15.0, 1.3)), (half, Some((39, 61)), false));
    // Weights so unequal that 200 persons tell as much as 20.
    assert_eq!(shown(weights(0.5, 2.0, 10.0)).0, ReleasedShare::Hidden(Mark::LowBase));
    // Nobody says what the weights are.
    let mut table = weighted([1.2, 0.8], weights(0.5, 2.0, 1.3));
    table.background.weights = None;
    let releases = release(vec![table]);
    let cell = releases[0].cell(0, 0).unwrap();
    assert_eq!(cell.weighted.unwrap().value(), None);
    assert_eq!(cell.share, ReleasedShare::Hidden(Mark::Confidential));
    assert_eq!(cell.summary.unwrap().value(), None);
}

#[test]
fn a_mean_that_is_the_value_of_each_person_is_hidden_where_it_is_sensitive() {
    let shown = |quartiles, is_sensitive| {
        let mut table = one_column(&[40, 40], is_sensitive);
        table.share_of = ShareOf::Nothing;
        let mean = 0.0;
        table.cells[0].summary = Some(summary_of(mean, quartiles));
        release(vec![table])[0].cell(0, 0).unwrap().summary.unwrap()
    };
    let hidden = catalyse_disclose::Shown::Hidden(Mark::Confidential);
    assert_eq!(shown([0.0, 0.0, 0.0], true), hidden);
    assert_ne!(shown([0.0, 0.0, 0.0], false), hidden);
    assert_ne!(shown([-5.0, 0.0, 5.0], true), hidden);
}

#[test]
fn two_partners_are_not_shown_apart() {
    let mut draws = Draws(5);
    let persons = situations(&mut draws, 120, 1);
    let persons: Vec<_> =
        persons.into_iter().filter(|person| person["partner"] < Some(2)).collect();
    let table = tabulate(0, &persons, &Side::new("v0", 2), Some(&Side::new("partner", 2)));
    let release = &release(vec![table])[0];
    let cell = release.cell(0, 0).unwrap();
    assert_eq!(cell.count.value(), None);
    assert_eq!(cell.share, ReleasedShare::Hidden(Mark::Confidential));
    assert!(release.cell(0, 2).unwrap().count.value().is_some());
}

#[test]
fn tests_come_out_as_bands_with_effects_of_printed_counts() {
    let mut draws = Draws(5);
    let persons = situations(&mut draws, 400, 1);
    let mut table = tabulate(0, &persons, &Side::new("v0", 2), Some(&Side::new("sex", 2)));
    let test = |subject| Test {
        subject,
        method: "Pearson",
        n: 400,
        p: 0.004,
        adjusted_p: Some(0.2),
        cramers_v: Some(0.237),
        paired: None,
    };
    table.tests =
        vec![test(TestSubject::AgainstRest { row: 0, column: 1 }), test(TestSubject::Association)];
    let release = &release(vec![table])[0];
    let [against_rest, association] = release.tests() else { panic!("two tests") };
    assert_eq!(against_rest.evidence, Evidence::Strong);
    assert_eq!(against_rest.adjusted, Evidence::None);
    assert_eq!(association.cramers_v, Some(0.2));
    let effect = against_rest.effect.unwrap();
    let percent = |column: usize| match release.cell(0, column).unwrap().share {
        ReleasedShare::Percent(percent) => percent,
        other => panic!("{other:?}"),
    };
    assert_eq!((effect.from_percent, effect.to_percent), (percent(0), percent(1)));
    assert_eq!(effect.points, i32::from(percent(1)) - i32::from(percent(0)));
    assert!(effect.interval.0 <= effect.points && effect.points <= effect.interval.1);
}

#[test]
fn what_nobody_sees_is_no_comparison_of_the_report() {
    let mut draws = Draws(5);
    let persons = situations(&mut draws, 400, 1);
    let test = |column: usize, p: f64| Test {
        subject: TestSubject::AgainstRest { row: 0, column },
        method: "Pearson",
        n: 400,
        p,
        adjusted_p: None,
        cramers_v: None,
        paired: None,
    };
    let adjusted = |n_partners: u64, small: usize| {
        let is_of = |person: &packs::Situation| person["partner"] < Some(n_partners);
        let mut of_partners: Vec<_> = persons.iter().filter(|one| is_of(one)).cloned().collect();
        // Of a third partner as many as are printed as nobody, or as somebody.
        let third = persons.iter().filter(|one| one["partner"] == Some(n_partners)).take(small);
        of_partners.extend(third.cloned());
        let partner = Side::new("partner", n_partners + 1);
        let mut apart = tabulate(0, &of_partners, &Side::new("v0", 2), Some(&partner));
        apart.tests = (0..2).map(|column| test(column, 0.9)).collect();
        let mut told = tabulate(1, &persons, &Side::new("v0", 2), Some(&Side::new("sex", 2)));
        for cell in &mut told.cells {
            // Other persons than in the first table.
            cell.population = cell.population.and("other");
            cell.fingerprint = None;
        }
        told.tests = vec![test(0, 0.03)];
        let releases = release(vec![apart, told]);
        let shows_partners = releases[0].cell(0, 0).unwrap().count.value().is_some();
        (shows_partners, releases[1].tests()[0].adjusted)
    };
    // Two partners, and three of whom one is printed as nobody, are not shown apart: their tests are not counted.
    assert_eq!(adjusted(2, 0), (false, Evidence::Some));
    assert_eq!(adjusted(2, 1), (false, Evidence::Some));
    // Four are shown apart: over three comparisons a p of 0.03 is none.
    assert_eq!(adjusted(4, 0), (true, Evidence::None));
}

/// Returns Newcombe's interval in points, of true counts: what a printed one must hold.
#[expect(clippy::unwrap_used, reason = "the test ends where a count is larger than its base")]
fn true_points(from: [u64; 2], to: [u64; 2]) -> (f64, f64) {
    let share = |[count, base]: [u64; 2]| Share::new(count, base).unwrap();
    let found = newcombe_wilson(share(to), share(from), Confidence::NINETY_FIVE).interval;
    (found.low * 100.0, found.high * 100.0)
}

fn holds((low, high): (i32, i32), (true_low, true_high): (f64, f64)) -> bool {
    f64::from(low) <= true_low + 1e-9 && true_high <= f64::from(high) + 1e-9
}

#[test]
fn the_interval_of_a_group_against_the_rest_holds_that_of_the_true_counts() {
    let mut n_compared = 0;
    for seed in 0..40 {
        let mut draws = Draws(seed);
        let persons = situations(&mut draws, 250, 1);
        let mut table = tabulate(0, &persons, &Side::new("v0", 2), Some(&Side::new("age", 5)));
        table.tests = (0..5)
            .map(|column| Test {
                subject: TestSubject::AgainstRest { row: 0, column },
                method: "Pearson",
                n: 250,
                p: 0.2,
                adjusted_p: None,
                cramers_v: None,
                paired: None,
            })
            .collect();
        let n_columns = table.columns.headings.len();
        let answered = table.rows.headings.iter().position(|row| row.role == Role::Answered);
        let truth = |row: usize, column: usize| table.cells[row * n_columns + column].count;
        let both: Vec<[u64; 2]> =
            (0..5).map(|column| [truth(0, column), truth(answered.unwrap(), column)]).collect();
        let release = &release(vec![table])[0];
        for (column, test) in release.tests().iter().enumerate() {
            let Some(effect) = test.effect else { continue };
            let others = (0..5).filter(|other| *other != column);
            let rest = others
                .fold([0, 0], |sum, other| [sum[0] + both[other][0], sum[1] + both[other][1]]);
            let truth = true_points(rest, both[column]);
            assert!(holds(effect.interval, truth), "{effect:?} {truth:?}");
            assert!(i64::from(effect.chance_width) <= width(effect.interval));
            n_compared += 1;
        }
    }
    assert!(n_compared > 100, "{n_compared}");
}

fn width((low, high): (i32, i32)) -> i64 {
    i64::from(high) - i64::from(low)
}

#[test]
fn the_interval_of_a_change_holds_that_of_the_true_counts() {
    // The same persons twice: 11 % before, 24 % after, as many come as the wave has new jobs.
    for (both, left, came, neither) in
        [(29, 5, 30, 164), (14, 2, 21, 101), (9, 31, 4, 60), (40, 3, 3, 40)]
    {
        let n: u64 = both + left + came + neither;
        let release = &release(vec![changed([both, left, came, neither])])[0];
        let effect = release.tests()[0].effect.unwrap();
        let counts = PairedCounts { both, first_only: left, second_only: came, neither };
        let found = newcombe_paired(&counts, Confidence::NINETY_FIVE).unwrap().interval;
        let truth = (found.low * 100.0, found.high * 100.0);
        assert!(holds(effect.interval, truth), "{n}: {effect:?} {truth:?}");
        assert!(i64::from(effect.chance_width) < width(effect.interval));
    }
}

/// Makes a table of a yes-or-no question asked twice of the same persons.
fn changed([both, left, came, neither]: [u64; 4]) -> Tabulation {
    let mut draws = Draws(5);
    let persons = situations(&mut draws, 200, 1);
    let mut table = tabulate(9, &persons, &Side::new("v0", 2), Some(&Side::new("wave", 2)));
    table.columns.is_exclusive = false;
    let n = both + left + came + neither;
    // Rows: yes, no, answered, unknown, total; columns: before, after, total.
    let counts = [both + left, both + came, came + neither, left + neither, n, n, 0, 0, n, n];
    for (place, count) in [0, 1, 3, 4, 6, 7, 9, 10, 12, 13].into_iter().zip(counts) {
        table.cells[place].count = count;
        table.cells[place].fingerprint = None;
    }
    let side = |name: &str, count| Cell {
        population: Population::new([name]),
        persons: count,
        count,
        ..Cell::default()
    };
    table.tests = vec![Test {
        subject: TestSubject::Row { row: 0, from: 0, to: 1 },
        method: "McNemar mid-p",
        n,
        p: 0.03,
        adjusted_p: None,
        cramers_v: None,
        paired: Some(Paired { came: side("came", came), left: side("left", left) }),
    }];
    table
}

#[test]
fn those_who_came_and_left_explain_a_change_in_printed_numbers_too() {
    let release = &release(vec![changed([52, 9, 21, 61])])[0];
    let test = &release.tests()[0];
    assert_eq!((test.evidence, test.adjusted), (Evidence::Some, Evidence::Some));
    assert!(test.n.is_multiple_of(5) && test.n.abs_diff(143) < 5);
    assert!(test.effect.unwrap().interval.0 < test.effect.unwrap().points);
}

#[test]
fn many_rows_of_few_persons_are_refused_by_the_table() {
    let released = |counts: [u64; 2], persons: u64| {
        let mut table = one_column(&counts, false);
        table.unit = Unit::Rows(Label::new("épisodes", "spells"));
        table.cells[0].persons = persons;
        release_pack(vec![table], &Policy::partnership())
    };
    assert!(released([20, 60], 5).is_ok());
    for persons in 1..5 {
        let refusal = released([20, 60], persons).expect_err("few persons have these rows");
        let Refusal::FewPersons { of_few } = refusal else { panic!("{refusal}") };
        let [place] = of_few.as_slice() else { panic!("{of_few:?}") };
        for language in [Language::Fr, Language::En] {
            let told = place.message().say(language);
            assert_eq!(place.remedy, Remedy::LeaveOut, "two answers merged are everybody");
            let [cell] = place.cells.as_slice() else { panic!("{place:?}") };
            let (table, row) = (place.table.as_str(), cell.get(language));
            assert!(told.contains(table) && told.contains(row), "{told}");
            // Which row, but never how many: neither spells nor persons.
            let without_names = told.replace(table, "").replace(row, "");
            assert!(!without_names.contains(|letter: char| letter.is_ascii_digit()), "{told}");
        }
    }
    // A few rows are a small count, and rounding hides it.
    assert!(released([3, 60], 1).is_ok());
}
