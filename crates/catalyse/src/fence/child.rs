//! The child: it reads the files it is told to, one after the other, and writes what it finds as frames.
//!
//! It is told a path as its length (four bytes, little-endian) and its bytes. It ends when no more paths come.

use std::io::{self, Read, Write};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use catalyse_codebook::Codebook;
use catalyse_intake::{self as intake, Delivery, IntakeError, Options};
use catalyse_locale::Message;
use catalyse_records::wire::{Frame, WireError, write_frame};

use super::parent::died;
use super::{limits, name_of, options};
use crate::cli::Input;
use crate::failure::Exit;
use crate::{files, study};

/// The longest path that is taken.
const MAX_PATH_BYTES: u32 = 64 * 1024;

/// Is the child.
pub(crate) fn child(input: &Input) -> ExitCode {
    let mut pipe = io::BufWriter::with_capacity(1024 * 1024, io::stdout());
    let end = match prepare(input) {
        Ok((codebook, options)) => {
            let reader = intake::Reader::new(&codebook, options);
            serve(&Told { reader, memory: input.memory }, &mut pipe)
        }
        Err(message) => write_frame(&mut pipe, &Frame::Failure(message)),
    };
    let code = if end.is_ok() { Exit::Clean } else { Exit::Unreadable };
    ExitCode::from(code as u8)
}

fn prepare(input: &Input) -> Result<(Codebook, Options), Message> {
    let opened = study::open(input.study()).map_err(|failure| failure.message)?;
    let options = options(input).map_err(|failure| failure.message)?;
    limits::set(input.memory)?;
    Ok((opened.codebook, options))
}

/// Holds what the child knows before it is told a path.
struct Told<'a> {
    reader: intake::Reader<'a>,
    /// Megabytes that it may use.
    memory: u64,
}

fn serve(told: &Told<'_>, pipe: &mut impl Write) -> Result<(), WireError> {
    let mut paths = io::stdin().lock();
    while let Some(path) = next_path(&mut paths)? {
        let mut broken = None;
        // A panic of a reader ends the file, not the child.
        let read = catch_unwind(AssertUnwindSafe(|| read(told, &path, pipe, &mut broken)));
        if let Some(error) = broken {
            return Err(error);
        }
        let frame = match read {
            Ok(Ok(())) => Frame::End,
            Ok(Err(message)) => Frame::Failure(message),
            Err(_) => Frame::Failure(IntakeError::Damaged(name_of(&path)).message()),
        };
        write_frame(pipe, &frame)?;
        pipe.flush()?;
    }
    Ok(())
}

fn read(
    told: &Told<'_>,
    path: &Path,
    pipe: &mut impl Write,
    broken: &mut Option<WireError>,
) -> Result<(), Message> {
    let name = name_of(path);
    let mut file = files::open(path).map_err(|failure| failure.message)?;
    let delivery = Delivery { name: &name, reader: &mut file };
    let mut take = |event| match write_frame(pipe, &Frame::Event(event)) {
        Ok(()) => ControlFlow::Continue(()),
        Err(error) => {
            *broken = Some(error);
            ControlFlow::Break(())
        }
    };
    let read = told.reader.read(delivery, &mut take);
    read.map_err(|error| match &error {
        IntakeError::Io(reason) if reason.kind() == io::ErrorKind::OutOfMemory => died(told.memory),
        _ => error.message(),
    })
}

fn next_path(told: &mut impl Read) -> Result<Option<PathBuf>, WireError> {
    let mut length = [0; 4];
    if told.read(&mut length[..1])? == 0 {
        return Ok(None);
    }
    told.read_exact(&mut length[1..])?;
    let length = u32::from_le_bytes(length);
    if length > MAX_PATH_BYTES {
        return Err(WireError::TooLong(u64::from(length)));
    }
    let mut bytes = vec![0; length as usize];
    told.read_exact(&mut bytes)?;
    Ok(Some(path_of(bytes)))
}

#[cfg(unix)]
fn path_of(bytes: Vec<u8>) -> PathBuf {
    use std::os::unix::ffi::OsStringExt;
    std::ffi::OsString::from_vec(bytes).into()
}

#[cfg(not(unix))]
fn path_of(bytes: Vec<u8>) -> PathBuf {
    String::from_utf8_lossy(&bytes).into_owned().into()
}
