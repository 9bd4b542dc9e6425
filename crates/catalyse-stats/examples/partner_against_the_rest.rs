//! Each partner against the rest, never against the total, with Holm's adjustment over the partners.
#![expect(clippy::print_stdout, reason = "an example shows its result")]

use catalyse_stats::{
    Confidence, CountTable, MonteCarlo, Share, Undefined, association, holm, newcombe_wilson,
};

fn main() -> Result<(), Undefined> {
    // One row per partner: persons with and without a driving licence.
    let table = CountTable::new(&[vec![40, 60], vec![30, 90], vec![55, 65]])?;
    let against_rest: Vec<CountTable> =
        (0..table.n_rows()).filter_map(|partner| table.row_against_rest(partner)).collect();
    let mut p_values = Vec::new();
    for pair in &against_rest {
        p_values.push(association(pair, MonteCarlo::default())?.p);
    }
    for (pair, adjusted) in against_rest.iter().zip(holm(&p_values)?) {
        let [with, without, rest_with, rest_without] =
            pair.rows().flatten().copied().collect::<Vec<u64>>()[..]
        else {
            continue;
        };
        let partner = Share::new(with, with + without)?;
        let rest = Share::new(rest_with, rest_with + rest_without)?;
        let difference = newcombe_wilson(partner, rest, Confidence::NINETY_FIVE);
        println!("{:+.3}, p {adjusted:.4}", difference.value);
    }
    Ok(())
}
