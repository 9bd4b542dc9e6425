//! One file while it is read: its text, its lines, and where its problems go.

use std::cell::RefCell;

use catalyse_locale::{Args, Message, Wording};

use crate::{Gravity, Problem};

/// Holds a file and collects what is wrong with it.
pub(crate) struct Source<'s> {
    pub(crate) file: String,
    pub(crate) text: &'s str,
    line_starts: Vec<usize>,
    problems: &'s RefCell<Vec<Problem>>,
}

impl<'s> Source<'s> {
    pub(crate) fn new(file: String, text: &'s str, problems: &'s RefCell<Vec<Problem>>) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let line_starts = std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect();
        Self { file, text, line_starts, problems }
    }

    /// Returns the line, from 1, of a byte.
    pub(crate) fn line_of(&self, offset: usize) -> usize {
        self.line_starts.partition_point(|start| *start <= offset)
    }

    /// Returns the line and column, from 1, of a byte, and the line's text as a message may quote it.
    pub(crate) fn excerpt(&self, offset: usize) -> (usize, usize, String) {
        const LONGEST: usize = 60;
        let line = self.line_of(offset);
        let start = self.line_starts.get(line.saturating_sub(1)).copied().unwrap_or_default();
        let before = self.text.get(start..offset).unwrap_or_default();
        let text = self.text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default();
        let mut excerpt: String = text.trim().chars().take(LONGEST).collect();
        if text.trim().chars().count() > LONGEST {
            excerpt.push('…');
        }
        (line, before.chars().count() + 1, excerpt)
    }

    /// Notes what is read nonetheless and probably not meant.
    pub(crate) fn warning(&self, line: usize, wording: &Wording, args: Args) {
        self.note(line, Gravity::Warning, wording.with(args), None);
    }

    /// Notes an error.
    pub(crate) fn error(&self, line: usize, wording: &Wording, args: Args) {
        self.note(line, Gravity::Error, wording.with(args), None);
    }

    /// Notes an error with what to do.
    pub(crate) fn error_with(&self, line: usize, message: Message, hint: Option<Message>) {
        self.note(line, Gravity::Error, message, hint);
    }

    fn note(&self, line: usize, gravity: Gravity, message: Message, hint: Option<Message>) {
        let file = self.file.clone();
        self.problems.borrow_mut().push(Problem { file, line, gravity, message, hint });
    }
}
