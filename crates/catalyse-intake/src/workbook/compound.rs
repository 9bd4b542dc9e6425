//! The compound file (OLE) that an XLS stands in, looked at before calamine reads it.
//!
//! A chain of sectors that runs in a circle makes calamine grow until the process aborts, a file cut off inside a sector and an offset
//! beyond the end make it panic. So every chain is followed once here, with a limit.

use crate::IntakeError;

const END_OF_CHAIN: u32 = 0xFFFF_FFFE;
const FIRST_RESERVED: u32 = 0xFFFF_FFFA;

/// What a compound file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holding {
    /// A workbook of Excel 97 to 2003 (or 95).
    Workbook,
    /// A newer workbook under a password.
    Encrypted,
    /// Something else.
    Other,
}

/// Looks at a compound file and its workbook.
///
/// # Errors
/// A chain of sectors leads nowhere or in a circle, or the workbook's records ask for the impossible.
pub(crate) fn check(bytes: &[u8]) -> Result<Holding, IntakeError> {
    let file = Compound::open(bytes).ok_or_else(damaged)?;
    let directory = file.chain(file.directory_start).ok_or_else(damaged)?;
    let mut holding = Holding::Other;
    for entry in directory.chunks_exact(128) {
        let name = name_of(entry);
        match name.as_str() {
            "EncryptedPackage" => return Ok(Holding::Encrypted),
            "Workbook" | "Book" => {
                holding = Holding::Workbook;
                let (start, length) =
                    (word(entry, 116).ok_or_else(damaged)?, word(entry, 120).ok_or_else(damaged)?);
                // Streams under 4096 bytes lie in the mini stream, which hangs on the root entry.
                if length >= 4096 {
                    let stream = file.chain(start).ok_or_else(damaged)?;
                    let stream = stream.get(..length as usize).ok_or_else(damaged)?;
                    check_records(stream)?;
                }
            }
            "Root Entry" => {
                let start = word(entry, 116).ok_or_else(damaged)?;
                if start < FIRST_RESERVED {
                    file.chain(start).ok_or_else(damaged)?;
                }
            }
            _ => {}
        }
    }
    Ok(holding)
}

fn damaged() -> IntakeError {
    IntakeError::Damaged("XLS".to_owned())
}

struct Compound<'a> {
    bytes: &'a [u8],
    sector_size: usize,
    table: Vec<u32>,
    directory_start: u32,
}

impl<'a> Compound<'a> {
    fn open(bytes: &'a [u8]) -> Option<Self> {
        let shift = half(bytes, 30)?;
        let sector_size = match shift {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        let mut file =
            Self { bytes, sector_size, table: Vec::new(), directory_start: word(bytes, 48)? };
        // A file that is cut off inside a sector is incomplete.
        if !(bytes.len()).is_multiple_of(512) {
            return None;
        }
        let mut sectors: Vec<u32> =
            (0..109).filter_map(|index| word(bytes, 76 + index * 4)).collect();
        let mut next = word(bytes, 68)?;
        let mut n_steps = 0;
        while next < FIRST_RESERVED {
            n_steps += 1;
            if n_steps > bytes.len() / sector_size {
                return None;
            }
            let sector = file.sector(next)?;
            let n_entries = sector_size / 4 - 1;
            sectors.extend((0..n_entries).filter_map(|index| word(sector, index * 4)));
            next = word(sector, n_entries * 4)?;
        }
        for sector in sectors.into_iter().filter(|sector| *sector < FIRST_RESERVED) {
            let sector = file.sector(sector)?;
            let words = (0..sector_size / 4).filter_map(|index| word(sector, index * 4));
            file.table.extend(words);
        }
        // The mini table is a chain like any other.
        let mini = word(bytes, 60)?;
        if mini < FIRST_RESERVED {
            file.chain(mini)?;
        }
        Some(file)
    }

    fn sector(&self, number: u32) -> Option<&'a [u8]> {
        let start = (number as usize).checked_add(1)?.checked_mul(self.sector_size)?;
        let rest = self.bytes.get(start..)?;
        // The last sector of a file with large sectors may be short.
        let end = rest.len().min(self.sector_size);
        (end > 0).then(|| &rest[..end])
    }

    /// Returns the bytes of a chain, or nothing if it leads nowhere or in a circle.
    fn chain(&self, start: u32) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        let mut next = start;
        let mut n_steps = 0;
        while next != END_OF_CHAIN {
            n_steps += 1;
            if n_steps > self.table.len() || next >= FIRST_RESERVED {
                return None;
            }
            bytes.extend_from_slice(self.sector(next)?);
            next = *self.table.get(next as usize)?;
        }
        Some(bytes)
    }
}

/// Goes through the records of a workbook: sheets must lie within it, and their dimensions within what the format can hold.
fn check_records(stream: &[u8]) -> Result<(), IntakeError> {
    let mut at = 0;
    while let (Some(kind), Some(length)) = (half(stream, at), half(stream, at + 2)) {
        let body = stream.get(at + 4..at + 4 + usize::from(length)).unwrap_or_default();
        match kind {
            // BOUNDSHEET: where a sheet begins.
            0x0085 if word(body, 0).is_some_and(|offset| offset as usize >= stream.len()) => {
                return Err(damaged());
            }
            // DIMENSIONS of Excel 97: first row, row behind the last, first column, column behind the last.
            0x0200 if body.len() >= 12 => {
                let (first, end) = (word(body, 0).unwrap_or(0), word(body, 4).unwrap_or(0));
                let columns = half(body, 10).unwrap_or(0);
                if first > 65_536 || end > 65_536 || columns > 256 {
                    return Err(damaged());
                }
            }
            _ => {}
        }
        at += 4 + usize::from(length);
    }
    Ok(())
}

fn name_of(entry: &[u8]) -> String {
    let n_bytes = half(entry, 64).map_or(0, usize::from).min(64);
    let units: Vec<u16> = (0..n_bytes / 2)
        .filter_map(|index| half(entry, index * 2))
        .take_while(|unit| *unit != 0)
        .collect();
    String::from_utf16_lossy(&units)
}

fn half(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at + 2)?.try_into().ok().map(u16::from_le_bytes)
}

fn word(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4)?.try_into().ok().map(u32::from_le_bytes)
}
