//! `catalyse profile`: how good the data are, alerts first.

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
    let text = match args.format.as_str() {
        "json" => serde_json::to_string_pretty(&profile).unwrap_or_default() + "\n",
        _ => profile.to_text(terminal.language),
    };
    print(&text)?;
    Ok(Exit::Clean)
}
