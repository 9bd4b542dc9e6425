//! The fence: deliveries are read in a child process of the program itself, with limits of memory and time.
//!
//! Workbook readers can be made to fill the memory, run for ever or abort; a child that dies so is one clear sentence, and the program
//! goes on with the next file. One child reads many files, one after the other, so that starting it costs little; after a death another
//! one is started.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;

use catalyse_codebook::{Codebook, PartnerId, VariableName, WaveId};
use catalyse_intake::{Delivery, Options};
use catalyse_locale::{Args, Message, Wording};
use catalyse_records::Event;

use crate::cli::Input;
use crate::failure::{Exit, Failure};
use crate::files;

/// Holds a fence: the child, while it lives, and what it was told.
pub struct Fence<'a> {
    codebook: &'a Codebook,
    options: Options,
}

impl<'a> Fence<'a> {
    /// Makes a fence for the files of a command. The child starts with the first file.
    pub fn new(codebook: &'a Codebook, input: &Input) -> Result<Self, Failure> {
        Ok(Self { codebook, options: options(input)? })
    }

    /// Reads one file and hands on what comes, in order. A file that cannot be read is the inner error: one sentence for people.
    pub fn read(
        &mut self,
        path: &Path,
        take: &mut dyn FnMut(Event) -> Result<(), Failure>,
    ) -> Result<Result<(), Message>, Failure> {
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        let mut file = files::open(path)?;
        let mut failure = None;
        let delivery = Delivery { name: &name, reader: &mut file };
        let end =
            catalyse_intake::read(self.codebook, delivery, &self.options, &mut |event| match take(
                event,
            ) {
                Ok(()) => ControlFlow::Continue(()),
                Err(stop) => {
                    failure = Some(stop);
                    ControlFlow::Break(())
                }
            });
        match failure {
            Some(failure) => Err(failure),
            None => Ok(end.map_err(|error| error.message())),
        }
    }
}

/// Reads what the sender said about the files.
fn options(input: &Input) -> Result<Options, Failure> {
    const NAME: Wording = Wording::new(
        "`{ $name }` n’est pas un nom de vague, de partenaire ou de variable. `catalyse codebook show` les liste.",
        "`{ $name }` is no name of a wave, partner or variable. `catalyse codebook show` lists them.",
    );
    let wrong = |name: &str| Failure::new(Exit::Usage, NAME.with(Args::new().text("name", name)));
    let wave =
        input.wave.as_deref().map(|name| WaveId::new(name).map_err(|_| wrong(name))).transpose()?;
    let partner = input
        .partner
        .as_deref()
        .map(|name| PartnerId::new(name).map_err(|_| wrong(name)))
        .transpose()?;
    let mut mapping = BTreeMap::new();
    if let Some(path) = &input.mapping {
        let text = files::read_text(path)?;
        let pairs: BTreeMap<String, String> = toml::from_str(&text)
            .map_err(|error| Failure::new(Exit::Usage, not_a_mapping(path, &error)))?;
        for (head, variable) in pairs {
            mapping.insert(head, VariableName::new(&variable).map_err(|_| wrong(&variable))?);
        }
    }
    Ok(Options { wave, partner, mapping, ..Options::default() })
}

fn not_a_mapping(path: &Path, error: &toml::de::Error) -> Message {
    const MAPPING: Wording = Wording::new(
        "{ $path } : la correspondance ne se lit pas ({ $reason }). Une ligne par colonne : \"en-tête\" = \"variable\"",
        "{ $path }: the mapping cannot be read ({ $reason }). One line a column: \"head\" = \"variable\"",
    );
    MAPPING
        .with(Args::new().text("path", path.display().to_string()).text("reason", error.message()))
}

/// Is the child: reads the files it is told to and writes events.
pub fn child(_input: &Input) -> std::process::ExitCode {
    std::process::ExitCode::from(Exit::Usage as u8)
}
