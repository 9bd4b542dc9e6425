//! The fence: deliveries are read in a child process of the program itself, with limits of memory and time.
//!
//! Workbook readers can be made to fill the memory, run for ever or abort; a child that dies so is one clear sentence, and the program
//! goes on with the next file. One child reads many files, one after the other, so that starting it costs little; after a death another
//! one is started.

mod child;
mod limits;
mod parent;

use std::collections::BTreeMap;
use std::path::Path;

use catalyse_codebook::{PartnerId, VariableName, WaveId};
use catalyse_intake::Options;
use catalyse_locale::{Args, Message, Wording};
use catalyse_records::Event;
use catalyse_records::wire::Frame;

use self::parent::{Reader, Said};
use crate::cli::Input;
use crate::failure::{Exit, Failure};
use crate::files;

pub(crate) use child::child;

/// Threads of the child that decode beside the one that takes the file apart.
const N_THREADS: usize = 2;

/// Holds a fence: the child, while it lives, and what it was told.
pub(crate) struct Fence {
    input: Input,
    reader: Option<Reader>,
}

impl Fence {
    /// Makes a fence for the files of a command. The child starts with the first file.
    pub(crate) fn new(input: &Input) -> Result<Self, Failure> {
        // The child reads the options too; what is wrong with them is told once, here.
        options(input)?;
        Ok(Self { input: input.clone(), reader: None })
    }

    /// Reads one file and hands on what comes, in order. A file that cannot be read is the inner error: one sentence for people.
    pub(crate) fn read(
        &mut self,
        path: &Path,
        take: &mut dyn FnMut(Event) -> Result<(), Failure>,
    ) -> Result<Result<(), Message>, Failure> {
        // A file that is not there is told as such, not as one that cannot be read.
        drop(files::open(path)?);
        let mut reader = match self.reader.take() {
            Some(reader) => reader,
            None => match Reader::start(&self.input) {
                Ok(reader) => reader,
                Err(message) => return Ok(Err(message)),
            },
        };
        // If the child died meanwhile, the first wait says so.
        let _ = reader.tell(path);
        let read = loop {
            match reader.next() {
                Said::Frame(Frame::Event(event)) => take(event)?,
                Said::Frame(Frame::End) => break Ok(()),
                Said::Frame(Frame::Failure(message)) => break Err(message),
                Said::Dead(message) => return Ok(Err(message)),
            }
        };
        self.reader = Some(reader);
        Ok(read)
    }
}

/// Returns the name of a file without its folder.
fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// Reads what the sender said about the files.
pub(crate) fn options(input: &Input) -> Result<Options, Failure> {
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
            .map_err(|error| Failure::new(Exit::Usage, not_a_mapping(path, &text, &error)))?;
        for (head, variable) in pairs {
            mapping.insert(head, VariableName::new(&variable).map_err(|_| wrong(&variable))?);
        }
    }
    Ok(Options { wave, partner, mapping, n_threads: N_THREADS })
}

/// Makes the sentence about a mapping that is no TOML. Of the library's English nothing is shown but the line.
fn not_a_mapping(path: &Path, text: &str, error: &toml::de::Error) -> Message {
    const MAPPING: Wording = Wording::new(
        "{ $path }, ligne { $line } : la correspondance ne se lit pas. Une ligne par colonne : \"en-tête\" = \"variable\"",
        "{ $path }, line { $line }: the mapping cannot be read. One line a column: \"head\" = \"variable\"",
    );
    let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
    let line = 1 + before.matches('\n').count();
    MAPPING.with(Args::new().text("path", path.display().to_string()).count("line", line))
}
