//! The fence: deliveries are read in a child process of the program itself, with limits of memory and time.
//!
//! Workbook readers can be made to fill the memory, run for ever or abort; a child that dies so is one clear sentence, and the program
//! goes on with the next file. One child reads many files, one after the other, so that starting it costs little; after a death another
//! one is started.

mod child;
mod limits;
mod parent;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

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

/// Files that the child is told of before they are asked for: while one is confronted, it reads the next ones.
const N_AHEAD: usize = 4;

/// Holds a fence: the child, while it lives, and what it was told.
pub(crate) struct Fence {
    input: Input,
    paths: Vec<PathBuf>,
    reader: Option<Reader>,
    /// How many files were asked for.
    n_asked: usize,
    /// How many files a child was told of.
    n_told: usize,
}

impl Fence {
    /// Makes a fence for a command and starts the child: it opens the study while the caller does.
    pub(crate) fn new(input: &Input) -> Result<Self, Failure> {
        // The child reads the options too; what is wrong with them is told once, here.
        options(input)?;
        // What keeps it from starting is told of the first file.
        let reader = Reader::start(input).ok();
        Ok(Self { input: input.clone(), paths: Vec::new(), reader, n_asked: 0, n_told: 0 })
    }

    /// Makes a fence while the study is still being opened, if nothing was said of the files that the study must first settle.
    pub(crate) fn early(input: &Input) -> Option<Result<Self, Failure>> {
        let is_bare = input.wave.is_none() && input.partner.is_none() && input.mapping.is_none();
        (is_bare && !input.files.is_empty()).then(|| Self::new(input))
    }

    /// Tells the child which files will be asked for.
    pub(crate) fn with_files(self, paths: Vec<PathBuf>) -> Self {
        let mut fence = Self { paths, ..self };
        fence.tell_ahead();
        fence
    }

    /// Reads the next file and hands on what comes, in order. A file that cannot be read is the inner error: one sentence for people.
    pub(crate) fn read_next(
        &mut self,
        take: &mut dyn FnMut(Event) -> Result<(), Failure>,
    ) -> Result<Result<(), Message>, Failure> {
        if self.reader.is_none() {
            self.n_told = self.n_asked;
            match Reader::start(&self.input) {
                Ok(reader) => self.reader = Some(reader),
                Err(message) => {
                    self.n_asked += 1;
                    return Ok(Err(message));
                }
            }
        }
        self.tell_ahead();
        self.n_asked += 1;
        // A child that died is not taken back: the next file gets another one, which is told of the files from there on.
        let Some(mut reader) = self.reader.take() else { return Ok(Ok(())) };
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

    /// Lists the names of the files.
    pub(crate) fn names(&self) -> impl Iterator<Item = String> {
        self.paths.iter().map(|path| name_of(path))
    }

    /// Tells the child of the next files. If it died meanwhile, the next wait says so.
    fn tell_ahead(&mut self) {
        let Some(reader) = &mut self.reader else { return };
        let until = self.n_asked + N_AHEAD;
        for path in self.paths.iter().take(until).skip(self.n_told) {
            let _ = reader.tell(path);
            self.n_told += 1;
        }
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
