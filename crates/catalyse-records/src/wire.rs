//! Events over a pipe: from the fenced reader to the program that started it.
//!
//! A frame is a byte that says its kind, its length (eight bytes, little-endian) and its body. Small things are JSON, records are a small
//! JSON header, the row numbers and Arrow's IPC stream. What comes in is not trusted: a truncated, oversized or senseless frame is an
//! error, never a panic.

use std::io::{self, Cursor, Read, Write};
use std::sync::Arc;

use catalyse_locale::Message;
use polars::prelude::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::narrow::{narrow, widen};
use crate::{Cause, Chunk, Event, Finding, Findings, Source, SourceIndex, Table};

/// The largest body of a frame.
pub const MAX_FRAME_BYTES: u64 = 1 << 30;

/// The body of a full chunk is hardly ever larger.
const USUAL_FRAME_BYTES: u64 = 8 << 20;

/// One frame: an event, or how the reading ended.
#[derive(Clone, Debug)]
pub enum Frame {
    /// Something was read.
    Event(Event),
    /// The delivery could not be read, with the sentence for people.
    Failure(Message),
    /// The reading is complete.
    End,
}

/// A frame that could not be written or read.
#[derive(Debug, Error)]
pub enum WireError {
    /// The pipe broke, or ended within a frame.
    #[error("a broken pipe")]
    Io(#[from] io::Error),
    /// The frame is longer than [`MAX_FRAME_BYTES`].
    #[error("a frame of {0} bytes")]
    TooLong(u64),
    /// The body is not what its kind says.
    #[error("a senseless frame ({0})")]
    Senseless(String),
}

impl From<serde_json::Error> for WireError {
    fn from(error: serde_json::Error) -> Self {
        Self::Senseless(error.to_string())
    }
}

impl From<PolarsError> for WireError {
    fn from(error: PolarsError) -> Self {
        Self::Senseless(error.to_string())
    }
}

const SOURCES: u8 = 1;
const CHUNK: u8 = 2;
const UNREAD: u8 = 3;
const FINDINGS: u8 = 4;
const LEDGER: u8 = 5;
const FAILURE: u8 = 6;
const END: u8 = 7;
const JOINED: u8 = 8;

/// Writes one frame.
///
/// # Errors
/// The pipe is broken.
pub fn write_frame(writer: &mut dyn Write, frame: &Frame) -> Result<(), WireError> {
    let (kind, body) = match frame {
        Frame::Event(Event::Sources(sources)) => (SOURCES, serde_json::to_vec(sources)?),
        Frame::Event(Event::Chunk(chunk)) => (CHUNK, chunk_body(chunk)?),
        Frame::Event(Event::Joined(source, rows)) => (JOINED, serde_json::to_vec(&(source, rows))?),
        Frame::Event(Event::Unread(unread)) => (UNREAD, serde_json::to_vec(unread)?),
        Frame::Event(Event::Findings(findings)) => (FINDINGS, findings_body(findings)?),
        Frame::Event(Event::Ledger(ledger)) => (LEDGER, serde_json::to_vec(ledger)?),
        Frame::Failure(message) => (FAILURE, serde_json::to_vec(message)?),
        Frame::End => (END, Vec::new()),
    };
    writer.write_all(&[kind])?;
    writer.write_all(&(body.len() as u64).to_le_bytes())?;
    writer.write_all(&body)?;
    Ok(writer.flush()?)
}

/// Reads one frame. A pipe that ends before a frame begins is an error too: the last frame is `End` or `Failure`.
///
/// # Errors
/// The pipe ends within the frame, or the frame is too long or senseless.
pub fn read_frame(reader: &mut dyn Read) -> Result<Frame, WireError> {
    let mut kind = [0];
    reader.read_exact(&mut kind)?;
    let mut length = [0; 8];
    reader.read_exact(&mut length)?;
    let length = u64::from_le_bytes(length);
    if length > MAX_FRAME_BYTES {
        return Err(WireError::TooLong(length));
    }
    // Beyond the size of a usual chunk the room grows with what really comes, not with what is promised.
    let mut body = Vec::with_capacity(length.min(USUAL_FRAME_BYTES) as usize);
    reader.take(length).read_to_end(&mut body)?;
    if (body.len() as u64) < length {
        return Err(io::Error::from(io::ErrorKind::UnexpectedEof).into());
    }
    Ok(match kind[0] {
        SOURCES => Frame::Event(Event::Sources(json(&body)?)),
        CHUNK => Frame::Event(Event::Chunk(read_chunk(&body)?)),
        JOINED => {
            let (source, rows) = json(&body)?;
            Frame::Event(Event::Joined(source, rows))
        }
        UNREAD => Frame::Event(Event::Unread(json(&body)?)),
        FINDINGS => Frame::Event(Event::Findings(read_findings(&body)?)),
        LEDGER => Frame::Event(Event::Ledger(json(&body)?)),
        FAILURE => Frame::Failure(json(&body)?),
        END => Frame::End,
        other => return Err(WireError::Senseless(format!("kind {other}"))),
    })
}

fn json<T: DeserializeOwned>(body: &[u8]) -> Result<T, WireError> {
    Ok(serde_json::from_slice(body)?)
}

#[derive(Serialize, Deserialize)]
struct ChunkHead {
    table: Table,
    source: SourceIndex,
    n_rows: usize,
}

fn chunk_body(chunk: &Chunk) -> Result<Vec<u8>, WireError> {
    let head =
        ChunkHead { table: chunk.table.clone(), source: chunk.source, n_rows: chunk.rows.len() };
    let mut body = with_head(&head)?;
    chunk.rows.iter().for_each(|row| body.extend_from_slice(&row.to_le_bytes()));
    let (mut frame, mut types) = narrow(&chunk.frame)?;
    body.reserve(frame.estimated_size());
    IpcStreamWriter::new(&mut body).finish(&mut types)?;
    IpcStreamWriter::new(&mut body).finish(&mut frame)?;
    Ok(body)
}

fn read_chunk(body: &[u8]) -> Result<Chunk, WireError> {
    let (head, rest): (ChunkHead, &[u8]) = head_of(body)?;
    let n_bytes = head.n_rows.checked_mul(4).filter(|n_bytes| *n_bytes <= rest.len());
    let n_bytes = n_bytes.ok_or_else(|| WireError::Senseless("row numbers".to_owned()))?;
    let (rows, rest) = rest.split_at(n_bytes);
    let mut rest = Cursor::new(rest);
    let types = IpcStreamReader::new(&mut rest).finish()?;
    let frame = widen(IpcStreamReader::new(&mut rest).finish()?, &types)?;
    if frame.height() != head.n_rows {
        return Err(WireError::Senseless("height".to_owned()));
    }
    Ok(Chunk { table: head.table, source: head.source, rows: words(rows).collect(), frame })
}

#[derive(Serialize, Deserialize)]
struct FindingsHead {
    causes: Vec<Cause>,
    sources: Vec<Source>,
}

fn findings_body(findings: &Findings) -> Result<Vec<u8>, WireError> {
    let head = FindingsHead { causes: findings.causes.clone(), sources: findings.sources.to_vec() };
    let mut body = with_head(&head)?;
    for finding in &findings.all {
        for word in [finding.cause, finding.source.0, finding.row] {
            body.extend_from_slice(&word.to_le_bytes());
        }
    }
    Ok(body)
}

fn read_findings(body: &[u8]) -> Result<Findings, WireError> {
    let (head, rest): (FindingsHead, &[u8]) = head_of(body)?;
    let mut all = Vec::with_capacity(rest.len() / 12);
    for three in rest.chunks(12) {
        let mut words = words(three);
        let (Some(cause), Some(source), Some(row)) = (words.next(), words.next(), words.next())
        else {
            return Err(WireError::Senseless("findings".to_owned()));
        };
        if cause as usize >= head.causes.len() {
            return Err(WireError::Senseless("cause".to_owned()));
        }
        all.push(Finding { cause, source: SourceIndex(source), row });
    }
    Ok(Findings { causes: head.causes, sources: Arc::new(head.sources), all })
}

/// Begins a body with a JSON head and its length.
fn with_head(head: &impl Serialize) -> Result<Vec<u8>, WireError> {
    let head = serde_json::to_vec(head)?;
    let mut body = (head.len() as u64).to_le_bytes().to_vec();
    body.extend_from_slice(&head);
    Ok(body)
}

fn head_of<T: DeserializeOwned>(body: &[u8]) -> Result<(T, &[u8]), WireError> {
    let senseless = || WireError::Senseless("head".to_owned());
    let (length, rest) = body.split_first_chunk::<8>().ok_or_else(senseless)?;
    let length = usize::try_from(u64::from_le_bytes(*length)).map_err(|_| senseless())?;
    let head = rest.get(..length).ok_or_else(senseless)?;
    Ok((json(head)?, rest.get(length..).unwrap_or_default()))
}

fn words(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.chunks_exact(4).filter_map(|four| four.try_into().ok()).map(u32::from_le_bytes)
}

#[cfg(test)]
mod tests {
    use catalyse_codebook::{CheckId, Severity};
    use catalyse_locale::{Args, Wording};
    use polars::prelude::*;

    use super::{Frame, WireError, read_frame, write_frame};
    use crate::{Cause, Chunk, Event, Finding, Findings, Ledger, SourceIndex, Table};

    fn chunk() -> Chunk {
        let list = FrozenCategories::new(["low", "high"]).expect("two codes");
        let codes = Column::new("code".into(), ["high", "low"]);
        let codes = codes.cast(&DataType::from_frozen_categories(list)).expect("codes");
        let days =
            Column::new("day".into(), [Some(19_784), None]).cast(&DataType::Date).expect("days");
        let frame = DataFrame::new(2, vec![codes, days]).expect("a frame");
        Chunk { table: Table::Main, source: SourceIndex(3), rows: vec![2, 7], frame }
    }

    fn findings() -> Findings {
        let message = Wording::new("{ $n } lignes", "{ $n } rows").with(Args::new().count("n", 2));
        let check = CheckId::new("a-check").expect("a slug");
        let cause = Cause { check, severity: Severity::Soft, variable: None, message };
        let mut findings = Findings::default();
        let cause = findings.cause(cause);
        findings.add(cause, SourceIndex(3), 7);
        findings
    }

    fn written(frames: &[Frame]) -> Vec<u8> {
        let mut bytes = Vec::new();
        for frame in frames {
            write_frame(&mut bytes, frame).expect("a buffer takes all");
        }
        bytes
    }

    #[test]
    fn records_and_findings_come_out_as_they_went_in() {
        let bytes = written(&[
            Frame::Event(Event::Chunk(chunk())),
            Frame::Event(Event::Joined(SourceIndex(3), vec![(2, 5), (7, 4)])),
            Frame::Event(Event::Findings(findings())),
            Frame::Event(Event::Ledger(Ledger::default())),
            Frame::End,
        ]);
        let mut pipe = bytes.as_slice();
        let Ok(Frame::Event(Event::Chunk(read))) = read_frame(&mut pipe) else {
            panic!("no chunk")
        };
        let sent = chunk();
        assert_eq!((read.table, read.source, read.rows), (sent.table, sent.source, sent.rows));
        assert_eq!(read.frame.schema(), sent.frame.schema());
        assert!(read.frame.equals_missing(&sent.frame));
        let Ok(Frame::Event(Event::Joined(source, rows))) = read_frame(&mut pipe) else {
            panic!("not joined")
        };
        assert_eq!((source, rows), (SourceIndex(3), vec![(2, 5), (7, 4)]));
        let Ok(Frame::Event(Event::Findings(read))) = read_frame(&mut pipe) else { panic!("none") };
        assert_eq!(read.causes, findings().causes);
        assert_eq!(read.all, [Finding { cause: 0, source: SourceIndex(3), row: 7 }]);
        assert!(matches!(read_frame(&mut pipe), Ok(Frame::Event(Event::Ledger(_)))));
        assert!(matches!(read_frame(&mut pipe), Ok(Frame::End)));
        assert!(matches!(read_frame(&mut pipe), Err(WireError::Io(_))));
    }

    #[test]
    fn every_truncated_frame_is_an_error() {
        let bytes = written(&[Frame::Event(Event::Chunk(chunk()))]);
        for length in 0..bytes.len() {
            assert!(read_frame(&mut &bytes[..length]).is_err(), "{length}");
        }
        let bytes = written(&[Frame::Event(Event::Findings(findings()))]);
        for length in 0..bytes.len() {
            assert!(read_frame(&mut &bytes[..length]).is_err(), "{length}");
        }
    }

    #[test]
    fn an_oversized_or_unknown_frame_is_an_error() {
        let long = [&[2_u8][..], &u64::MAX.to_le_bytes()].concat();
        assert!(matches!(read_frame(&mut long.as_slice()), Err(WireError::TooLong(u64::MAX))));
        let unknown = [&[99_u8][..], &0_u64.to_le_bytes()].concat();
        assert!(matches!(read_frame(&mut unknown.as_slice()), Err(WireError::Senseless(_))));
        let senseless = [&[5_u8][..], &2_u64.to_le_bytes(), b"x!"].concat();
        assert!(matches!(read_frame(&mut senseless.as_slice()), Err(WireError::Senseless(_))));
    }
}
