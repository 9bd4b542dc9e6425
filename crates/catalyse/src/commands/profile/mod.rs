//! `catalyse profile`: how good the data are, alerts first.

pub(crate) mod outputs;

use crate::cli::ProfileArgs;
use crate::commands::check::open_checks;
use crate::failure::{Exit, Failure};
use crate::fence::Fence;
use crate::reading::{self, Keep};
use crate::study;
use crate::terminal::{Terminal, print};

/// Runs the command.
pub(crate) fn run(args: &ProfileArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let early = Fence::early(&args.input);
    let opened = study::open(args.input.study())?;
    let input = opened.settled(&args.input)?;
    let checks = open_checks(&opened.codebook, args.input.study())?;
    let fence = early.unwrap_or_else(|| Fence::new(&input));
    let reading = reading::read(&checks, (&input, fence), (Keep::Records, terminal))?;
    // A profile without a file would mislead as a report would.
    reading.refuse_unreadable()?;
    let batch = reading.batch(&opened.codebook)?;
    let profile = catalyse_check::profile::profile(&opened.codebook, &batch)
        .map_err(reading::engine_failure)?;
    // The name is one of the registry's: the command line takes no other.
    if let Some(output) = outputs::by_name(&args.format) {
        print(&output.write(&profile, terminal.language))?;
    }
    Ok(Exit::Clean)
}
