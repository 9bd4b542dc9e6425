//! The command line of catalyse: reads files, calls the stages, prints, exits. All that is known about data lives in the libraries.

mod cli;
mod commands;
mod deliveries;
mod failure;
mod fence;
mod files;
mod reading;
mod store;
mod study;
mod terminal;

use std::process::ExitCode;

use catalyse_locale::Language;

use crate::cli::{Cli, CliStop, Command};
use crate::failure::{Exit, Failure};
use crate::terminal::Terminal;

fn main() -> ExitCode {
    match cli::parse(std::env::args_os().collect()) {
        Ok(cli) => run(&cli),
        Err(CliStop::Asked(text)) => {
            let printed = terminal::print(&text);
            ExitCode::from(printed.map_or(Exit::Usage, |()| Exit::Clean) as u8)
        }
        Err(CliStop::Wrong { sentence, language }) => {
            Terminal::new(language, false).complain(&sentence);
            ExitCode::from(Exit::Usage as u8)
        }
    }
}

fn run(cli: &Cli) -> ExitCode {
    let language = Language::from(cli.lang);
    let terminal = Terminal::new(language, cli.quiet);
    let end = match &cli.command {
        Command::Check(args) => commands::check::run(args, &terminal),
        Command::Report(args) => commands::report::run(args, &terminal),
        Command::Profile(args) => commands::profile::run(args, &terminal),
        Command::Simulate(args) => commands::simulate::run(args, &terminal),
        Command::Serve(args) => commands::serve::run(args, &terminal),
        Command::Init(args) => commands::init::run(args, &terminal),
        Command::User(args) => commands::user::run(&args.action, &terminal),
        Command::Import(args) => commands::import::run(args, &terminal),
        Command::Batch(args) => commands::batch::run(&args.action, &terminal),
        Command::Store(args) => commands::store::run(&args.action, &terminal),
        Command::Codebook(args) => commands::codebook::run(&args.action, &terminal),
        Command::FencedRead(args) => return fence::child(&args.input),
    };
    ExitCode::from(end.unwrap_or_else(|failure| tell(&failure, &terminal)) as u8)
}

fn tell(failure: &Failure, terminal: &Terminal) -> Exit {
    terminal.complain(&failure.message.say(terminal.language));
    for detail in &failure.details {
        terminal.note(&detail.say(terminal.language));
    }
    failure.exit
}
