//! A lane: one child after the other, and the files that it reads in turn.

use std::path::PathBuf;

use catalyse_locale::Message;
use catalyse_records::Event;
use catalyse_records::wire::Frame;

use super::parent::{Reader, Said};
use crate::cli::Input;
use crate::failure::Failure;

/// Files that a child is told of before they are asked for: while one is confronted, it reads the next ones.
const N_AHEAD: usize = 4;

/// Holds a child, while it lives, and what it was told.
pub(super) struct Lane {
    paths: Vec<PathBuf>,
    reader: Option<Reader>,
    /// How many files were asked for.
    n_asked: usize,
    /// How many files a child was told of.
    n_told: usize,
}

impl Lane {
    /// Starts a child. What keeps it from starting is told of the first file.
    pub(super) fn start(input: &Input) -> Self {
        Self { paths: Vec::new(), reader: Reader::start(input).ok(), n_asked: 0, n_told: 0 }
    }

    /// Tells the child which files will be asked for.
    pub(super) fn with_files(&mut self, paths: Vec<PathBuf>) {
        self.paths = paths;
        self.tell_ahead();
    }

    /// Reads the next file of the lane and hands on what comes.
    pub(super) fn read_next(
        &mut self,
        input: &Input,
        take: &mut dyn FnMut(Event) -> Result<(), Failure>,
    ) -> Result<Result<(), Message>, Failure> {
        if self.reader.is_none() {
            self.n_told = self.n_asked;
            match Reader::start(input) {
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
