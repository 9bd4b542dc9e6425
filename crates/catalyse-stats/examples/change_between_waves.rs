//! The same persons at two waves: how many changed, and how sure is it.
#![expect(clippy::print_stdout, reason = "an example shows its result")]

use catalyse_stats::{Confidence, PairedCounts, Undefined, mcnemar_mid_p, newcombe_paired};

fn main() -> Result<(), Undefined> {
    let work = PairedCounts { both: 100, first_only: 31, second_only: 60, neither: 350 };
    let change = newcombe_paired(&work, Confidence::NINETY_FIVE)?;
    println!("change {:.3}", change.value);
    println!("interval {:.3} to {:.3}", change.interval.low, change.interval.high);
    println!("p {:.4}", mcnemar_mid_p(&work).p);
    Ok(())
}
