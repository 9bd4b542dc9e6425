//! The ZIP container of a workbook, looked at before anything unpacks it.
//!
//! A few kilobytes can ask for terabytes: by their own size, by a count that a reader reserves room for, by two files of one name.

use std::collections::BTreeSet;
use std::io::{Read, SeekFrom};

use zip::ZipArchive;

use crate::delivery::read_some;
use crate::limits::{MAX_ENTRIES, MAX_PART_IN_MEMORY, MAX_RATIO, MAX_UNPACKED, RATIO_FROM};
use crate::{IntakeError, ReadSeek, Size};

/// Looks at a container and returns the names inside.
///
/// # Errors
/// It is damaged, beyond a limit, or holds two files of one name.
pub(crate) fn check(reader: &mut dyn ReadSeek) -> Result<BTreeSet<String>, IntakeError> {
    let n_declared = declared_entries(reader)?;
    let mut archive = open(reader)?;
    if archive.len() > MAX_ENTRIES {
        return Err(IntakeError::TooLarge { what: Size::Entries, limit: MAX_ENTRIES as u64 });
    }
    // The library keeps the last of two entries of one name, without a word.
    if n_declared.is_some_and(|declared| declared > archive.len()) {
        return Err(IntakeError::Damaged("ZIP: two entries of one name".to_owned()));
    }
    let mut names = BTreeSet::new();
    let mut n_unpacked = 0_u64;
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).map_err(|error| damaged(&error))?;
        let (size, packed) = (entry.size(), entry.compressed_size());
        n_unpacked = n_unpacked.saturating_add(size);
        if size > RATIO_FROM && size / packed.max(1) > MAX_RATIO {
            return Err(IntakeError::TooLarge { what: Size::Ratio, limit: MAX_RATIO });
        }
        names.insert(entry.name().map_err(|error| damaged(&error))?.into_owned());
    }
    if n_unpacked > MAX_UNPACKED {
        return Err(IntakeError::TooLarge { what: Size::UnpackedBytes, limit: MAX_UNPACKED });
    }
    check_whole_parts(&mut archive, &names)?;
    Ok(names)
}

/// Opens a container.
///
/// # Errors
/// It is damaged.
pub(crate) fn open(
    reader: &mut dyn ReadSeek,
) -> Result<ZipArchive<&mut dyn ReadSeek>, IntakeError> {
    reader.seek(SeekFrom::Start(0))?;
    ZipArchive::new(reader).map_err(|error| damaged(&error))
}

fn damaged(error: &dyn std::fmt::Display) -> IntakeError {
    IntakeError::Damaged(format!("ZIP: {error}"))
}

/// Reads the parts that a library takes into memory whole, once and without keeping them: their declared size may be a lie.
fn check_whole_parts(
    archive: &mut ZipArchive<&mut dyn ReadSeek>,
    names: &BTreeSet<String>,
) -> Result<(), IntakeError> {
    const WHOLE: [&str; 4] =
        ["sharedstrings.xml", "styles.xml", "workbook.xml", "workbook.xml.rels"];
    for name in names {
        let lower = name.to_ascii_lowercase();
        if !WHOLE.iter().any(|end| lower.ends_with(end)) {
            continue;
        }
        let part = archive.by_name(name).map_err(|error| damaged(&error))?;
        let mut part = part.take(MAX_PART_IN_MEMORY + 1);
        let mut head = Vec::new();
        part.by_ref().take(4096).read_to_end(&mut head).map_err(IntakeError::of_unpacking)?;
        let rest = std::io::copy(&mut part, &mut std::io::sink());
        let rest = rest.map_err(IntakeError::of_unpacking)?;
        let n_bytes = head.len() as u64 + rest;
        if n_bytes > MAX_PART_IN_MEMORY {
            return Err(IntakeError::TooLarge {
                what: Size::UnpackedBytes,
                limit: MAX_PART_IN_MEMORY,
            });
        }
        if lower.ends_with("sharedstrings.xml") {
            check_counts(&String::from_utf8_lossy(&head), n_bytes)?;
        }
    }
    Ok(())
}

/// A count of shared texts makes the library reserve room: it cannot be larger than the part has room for.
fn check_counts(head: &str, n_bytes: u64) -> Result<(), IntakeError> {
    for name in ["uniqueCount=", "count="] {
        for (_, rest) in head.match_indices(name).map(|(at, _)| head.split_at(at + name.len())) {
            let digits: String = rest
                .trim_start_matches(['"', '\''])
                .chars()
                .take_while(char::is_ascii_digit)
                .collect();
            // Some writers count references, not texts: those may be many times as many, but never that many.
            let most = if name == "uniqueCount=" { n_bytes / 5 } else { u64::from(u32::MAX) };
            if !digits.is_empty()
                && digits.parse::<u64>().map_or(true, |count| count > most.max(16))
            {
                return Err(IntakeError::Damaged("xl/sharedStrings.xml".to_owned()));
            }
        }
    }
    Ok(())
}

/// Returns how many entries the end of the container declares.
fn declared_entries(reader: &mut dyn ReadSeek) -> Result<Option<usize>, IntakeError> {
    const LONGEST_END: u64 = 65_557;
    let n_bytes = reader.seek(SeekFrom::End(0))?;
    reader.seek(SeekFrom::Start(n_bytes.saturating_sub(LONGEST_END)))?;
    let mut end = Vec::new();
    read_some(reader, LONGEST_END, &mut end)?;
    let start = end.windows(4).rposition(|four| four == b"PK\x05\x06");
    let count = start.and_then(|start| end.get(start + 10..start + 12));
    let count = count.map(|two| usize::from(u16::from_le_bytes([two[0], two[1]])));
    // 65535 stands for "more": the ZIP64 record has the number, and it is beyond the limit anyway.
    Ok(count.filter(|count| *count < 65_535))
}
