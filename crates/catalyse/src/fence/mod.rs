//! The fence: deliveries are read in a child process of the program itself, with limits of memory and time.
//!
//! Workbook readers can be made to fill the memory, run for ever or abort; a child that dies so is one clear sentence, and the program
//! goes on with the next file. One child reads many files, one after the other, so that starting it costs little; after a death another
//! one is started. Of several files two children read every other one, each behind limits of its own: who dies has read one file alone.

mod child;
mod lane;
mod limits;
mod parent;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use catalyse_codebook::{PartnerId, VariableName, WaveId};
use catalyse_intake::Options;
use catalyse_locale::{Args, Message, Wording, toml_fault};
use catalyse_records::Event;

use self::lane::Lane;
use crate::cli::Input;
use crate::failure::{Exit, Failure};
use crate::files;

pub(crate) use child::child;

/// Threads of the child that decode beside the one that takes the file apart.
const N_THREADS: usize = 2;

/// From so many files on a second child is worth its start.
const FILES_FOR_TWO: usize = 4;

/// Holds a fence: the children, and the files they read in turn.
pub(crate) struct Fence {
    input: Input,
    paths: Vec<PathBuf>,
    lanes: Vec<Lane>,
    /// How many files were asked for.
    n_asked: usize,
}

impl Fence {
    /// Makes a fence for a command and starts its children: they open the study while the caller does.
    pub(crate) fn new(input: &Input) -> Result<Self, Failure> {
        // The children read the options too; what is wrong with them is told once, here.
        options(input)?;
        let lanes = vec![Lane::start(input)];
        let mut fence = Self { input: input.clone(), paths: Vec::new(), lanes, n_asked: 0 };
        fence.add_lane(input.files.len());
        Ok(fence)
    }

    /// Makes a fence while the study is still being opened, if nothing was said of the files that the study must first settle.
    pub(crate) fn early(input: &Input) -> Option<Result<Self, Failure>> {
        let is_bare = input.wave.is_none() && input.partner.is_none() && input.mapping.is_none();
        (is_bare && !input.files.is_empty()).then(|| Self::new(input))
    }

    /// Tells the children which files will be asked for.
    pub(crate) fn with_files(self, paths: Vec<PathBuf>) -> Self {
        let mut fence = Self { paths, ..self };
        fence.add_lane(fence.paths.len());
        let n_lanes = fence.lanes.len();
        for (number, lane) in fence.lanes.iter_mut().enumerate() {
            let paths = fence.paths.iter().skip(number).step_by(n_lanes);
            lane.with_files(paths.cloned().collect());
        }
        fence
    }

    fn add_lane(&mut self, n_files: usize) {
        if n_files >= FILES_FOR_TWO && self.lanes.len() == 1 {
            self.lanes.push(Lane::start(&self.input));
        }
    }

    /// Reads the next file and hands on what comes, in order. A file that cannot be read is the inner error: one sentence for people.
    pub(crate) fn read_next(
        &mut self,
        take: &mut dyn FnMut(Event) -> Result<(), Failure>,
    ) -> Result<Result<(), Message>, Failure> {
        let number = self.n_asked % self.lanes.len().max(1);
        self.n_asked += 1;
        let lane = self.lanes.get_mut(number);
        lane.map_or(Ok(Ok(())), |lane| lane.read_next(&self.input, take))
    }

    /// Lists the names of the files.
    pub(crate) fn names(&self) -> impl Iterator<Item = String> {
        self.paths.iter().map(|path| name_of(path))
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

/// Makes the sentence about a mapping that is no TOML, with the line and what is wrong there.
fn not_a_mapping(path: &Path, text: &str, error: &toml::de::Error) -> Message {
    const MAPPING: Wording = Wording::new(
        "{ $path }, ligne { $line } : la correspondance ne se lit pas : { $reason }. Une ligne par colonne : \"en-tête\" = \"variable\"",
        "{ $path }, line { $line }: the mapping cannot be read: { $reason }. One line a column: \"head\" = \"variable\"",
    );
    let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
    let line = 1 + before.matches('\n').count();
    let args = Args::new().text("path", path.display().to_string()).count("line", line);
    MAPPING.with(args.label("reason", &toml_fault(error.message())))
}
