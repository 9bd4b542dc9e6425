//! Seals: the hash of each row that a journal line answers for. A line's digest covers its rows in whatever order they are read.

use sqlx::any::AnyRow;

use crate::StoreError;
use crate::engine::bulk::Cell;
use crate::engine::{number, text};

/// Collects the rows of one line.
#[derive(Default)]
pub(crate) struct Digest(Vec<[u8; 32]>);

impl Digest {
    pub(crate) fn add(&mut self, row: [u8; 32]) {
        self.0.push(row);
    }

    /// Returns the digest. The order in which rows were added does not matter.
    pub(crate) fn finish(mut self) -> String {
        self.0.sort_unstable();
        let mut hasher = blake3::Hasher::new();
        self.0.iter().for_each(|row| {
            hasher.update(row);
        });
        hasher.finalize().to_hex().to_string()
    }
}

/// Hashes parts so that no two lists of parts give the same: each goes with its length.
pub(crate) fn hash_parts(parts: &[&str]) -> blake3::Hash {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    hasher.finalize()
}

fn row_hash(kind: &str, row: &AnyRow, columns: &[&str]) -> Result<[u8; 32], StoreError> {
    hash_columns(kind, columns, |column| match number(row, column) {
        Ok(number) => Ok(Cell::Number(number)),
        Err(_) => Ok(crate::engine::maybe(row, column)?.into()),
    })
}

/// Hashes a row that is about to be written, as [`Sealed::hash`] will once it is. Of two cells of one column the first counts.
pub(crate) fn hash_cells(kind: &str, cells: &[(&str, &Cell)]) -> Result<[u8; 32], StoreError> {
    let broken = || StoreError::Broken("seal");
    let sealed = SEALED.iter().find(|sealed| sealed.kind == kind).ok_or_else(broken)?;
    hash_columns(kind, sealed.columns, |column| {
        let cell = cells.iter().find(|(name, _)| *name == column);
        cell.map(|(_, cell)| (*cell).clone()).ok_or_else(broken)
    })
}

/// Hashes columns: numbers and texts alike; what is absent is told apart from what is empty.
fn hash_columns(
    kind: &str,
    columns: &[&str],
    cell: impl Fn(&str) -> Result<Cell, StoreError>,
) -> Result<[u8; 32], StoreError> {
    let mut parts = vec![kind.to_owned()];
    for column in columns {
        parts.push(match cell(column)? {
            Cell::Number(number) => number.to_string(),
            Cell::Text(text) => text + ".",
            Cell::NoNumber | Cell::NoText => "∅".to_owned(),
        });
    }
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    Ok(*hash_parts(&parts).as_bytes())
}

/// A kind of row that lines answer for: how it is read and which columns count.
pub(crate) struct Sealed {
    pub(crate) kind: &'static str,
    /// The rows of one line.
    pub(crate) of_line: &'static str,
    /// All rows, with their line.
    pub(crate) all: &'static str,
    columns: &'static [&'static str],
}

/// Lists all kinds of sealed rows.
pub(crate) const SEALED: &[Sealed] = &[
    Sealed {
        kind: "batch",
        of_line: "SELECT * FROM batch WHERE line = $1",
        all: "SELECT * FROM batch",
        columns: &[
            "id",
            "partners",
            "waves",
            "files",
            "rows_read",
            "rows_aside",
            "rows_new",
            "rows_changed",
            "rows_same",
            "study_version",
        ],
    },
    Sealed {
        kind: "set aside",
        of_line: "SELECT s.batch, s.position, s.place, s.checks, b.line FROM set_aside s \
                  JOIN batch b ON b.id = s.batch WHERE b.line = $1",
        all: "SELECT s.batch, s.position, s.place, s.checks, b.line FROM set_aside s \
              JOIN batch b ON b.id = s.batch",
        columns: &["batch", "position", "place", "checks"],
    },
    Sealed {
        kind: "revision",
        of_line: "SELECT v.record, v.revision, v.line, v.batch, v.seal, r.form, r.wave, r.partner, \
                  r.person, r.number FROM revision v JOIN record r ON r.id = v.record \
                  WHERE v.line = $1",
        all: "SELECT v.record, v.revision, v.line, v.batch, v.seal, r.form, r.wave, r.partner, \
              r.person, r.number FROM revision v JOIN record r ON r.id = v.record",
        columns: &[
            "record", "revision", "batch", "seal", "form", "wave", "partner", "person", "number",
        ],
    },
    Sealed {
        kind: "identity",
        of_line: "SELECT person, revision, line, seal FROM identity WHERE line = $1",
        all: "SELECT person, revision, line, seal FROM identity",
        columns: &["person", "revision", "seal"],
    },
    Sealed {
        kind: "person mark",
        of_line: "SELECT person, revision, line, mark FROM person_mark WHERE line = $1",
        all: "SELECT person, revision, line, mark FROM person_mark",
        columns: &["person", "revision", "mark"],
    },
    Sealed {
        kind: "slip",
        of_line: "SELECT * FROM slip WHERE line = $1",
        all: "SELECT * FROM slip",
        columns: &["id", "partner", "wave", "title", "n_forms", "totals"],
    },
    Sealed {
        kind: "slip step",
        of_line: "SELECT * FROM slip_step WHERE line = $1",
        all: "SELECT * FROM slip_step",
        columns: &["slip", "step", "state", "reason"],
    },
    Sealed {
        kind: "slip record",
        of_line: "SELECT * FROM slip_record WHERE line = $1",
        all: "SELECT * FROM slip_record",
        columns: &["slip", "record"],
    },
    Sealed {
        kind: "second",
        of_line: "SELECT * FROM second WHERE line = $1",
        all: "SELECT * FROM second",
        columns: &["id", "slip", "record", "revision", "first_by"],
    },
    Sealed {
        kind: "second step",
        of_line: "SELECT * FROM second_step WHERE line = $1",
        all: "SELECT * FROM second_step",
        columns: &[
            "second",
            "step",
            "state",
            "who",
            "seal",
            "n_fields",
            "n_first_wrong",
            "n_second_wrong",
        ],
    },
    Sealed {
        kind: "account step",
        of_line: "SELECT * FROM account_step WHERE line = $1",
        all: "SELECT * FROM account_step",
        columns: &["account", "step", "name", "role", "partner", "password_seal", "state"],
    },
    Sealed {
        kind: "likeness step",
        of_line: "SELECT * FROM likeness_step WHERE line = $1",
        all: "SELECT * FROM likeness_step",
        columns: &["likeness", "step", "seal", "state"],
    },
    Sealed {
        kind: "edition",
        of_line: "SELECT * FROM edition WHERE line = $1",
        all: "SELECT * FROM edition",
        columns: &["id", "wave", "number", "note", "stands_on"],
    },
    Sealed {
        kind: "edition file",
        of_line: "SELECT f.edition, f.position, f.name, f.n_bytes, f.seal, e.line FROM edition_file f \
                  JOIN edition e ON e.id = f.edition WHERE e.line = $1",
        all: "SELECT f.edition, f.position, f.name, f.n_bytes, f.seal, e.line FROM edition_file f \
              JOIN edition e ON e.id = f.edition",
        columns: &["edition", "position", "name", "n_bytes", "seal"],
    },
    Sealed {
        kind: "finding comment",
        of_line: "SELECT c.finding, c.step, c.seal, s.line FROM finding_comment c JOIN finding_step s \
                  ON s.finding = c.finding AND s.step = c.step WHERE s.line = $1 AND NOT EXISTS \
                  (SELECT 1 FROM finding_step_former w WHERE w.finding = c.finding AND w.step = c.step)",
        all: "SELECT c.finding, c.step, c.seal, s.line FROM finding_comment c JOIN finding_step s \
              ON s.finding = c.finding AND s.step = c.step WHERE NOT EXISTS \
              (SELECT 1 FROM finding_step_former w WHERE w.finding = c.finding AND w.step = c.step)",
        columns: &["finding", "step", "seal"],
    },
    // A step whose words were sealed later: its line answers for it as it was, another one as it is.
    Sealed {
        kind: "former finding",
        of_line: "SELECT w.finding, w.step, w.hash, w.line, s.line AS said, s.state, s.reason, s.comment, \
                  c.seal, f.batch, f.record, f.partner, f.wave, f.check_id, f.variable, f.severity, \
                  f.message, f.place FROM finding_step_former w JOIN finding_step s \
                  ON s.finding = w.finding AND s.step = w.step JOIN finding f ON f.id = w.finding \
                  LEFT JOIN finding_comment c ON c.finding = w.finding AND c.step = w.step \
                  WHERE w.line = $1",
        all: "SELECT w.finding, w.step, w.hash, w.line, s.line AS said, s.state, s.reason, s.comment, \
              c.seal, f.batch, f.record, f.partner, f.wave, f.check_id, f.variable, f.severity, \
              f.message, f.place FROM finding_step_former w JOIN finding_step s \
              ON s.finding = w.finding AND s.step = w.step JOIN finding f ON f.id = w.finding \
              LEFT JOIN finding_comment c ON c.finding = w.finding AND c.step = w.step",
        columns: &[
            "finding", "step", "hash", "said", "state", "reason", "comment", "seal", "batch",
            "record", "partner", "wave", "check_id", "variable", "severity", "message", "place",
        ],
    },
    Sealed {
        kind: FINDING,
        of_line: "SELECT s.finding, s.step, s.line, s.state, s.reason, s.comment, f.batch, f.record, \
                  f.partner, f.wave, f.check_id, f.variable, f.severity, f.message, f.place, \
                  w.hash AS former FROM finding_step s JOIN finding f ON f.id = s.finding \
                  LEFT JOIN finding_step_former w ON w.finding = s.finding AND w.step = s.step \
                  WHERE s.line = $1",
        all: "SELECT s.finding, s.step, s.line, s.state, s.reason, s.comment, f.batch, f.record, \
              f.partner, f.wave, f.check_id, f.variable, f.severity, f.message, f.place, \
              w.hash AS former FROM finding_step s JOIN finding f ON f.id = s.finding \
              LEFT JOIN finding_step_former w ON w.finding = s.finding AND w.step = s.step",
        columns: &[
            "finding", "step", "state", "reason", "comment", "batch", "record", "partner", "wave",
            "check_id", "variable", "severity", "message", "place",
        ],
    },
];

impl Sealed {
    /// Hashes one row.
    pub(crate) fn hash(&self, row: &AnyRow) -> Result<[u8; 32], StoreError> {
        if self.kind == FINDING
            && let Some(former) = crate::engine::maybe(row, "former")?
        {
            let hash = blake3::Hash::from_hex(former);
            return hash.map(|hash| *hash.as_bytes()).map_err(|_| StoreError::Broken("seal"));
        }
        row_hash(self.kind, row, self.columns)
    }
}

const FINDING: &str = "finding";

/// Returns the hash of a step of a finding as it stands in a row.
pub(crate) fn finding_hash(row: &AnyRow) -> Result<String, StoreError> {
    let broken = || StoreError::Broken("seal");
    let sealed = SEALED.iter().find(|sealed| sealed.kind == FINDING).ok_or_else(broken)?;
    Ok(blake3::Hash::from_bytes(row_hash(FINDING, row, sealed.columns)?).to_hex().to_string())
}

/// Returns the hash of one line of the journal.
pub(crate) fn line_hash(row: &AnyRow) -> Result<String, StoreError> {
    let batch = row_hash("line", row, &["line", "batch"])?;
    let batch = blake3::Hash::from_bytes(batch).to_hex();
    let mut parts = vec![batch.to_string()];
    for column in ["at", "who", "action", "subject", "why", "digest", "previous"] {
        parts.push(text(row, column)?);
    }
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    Ok(hash_parts(&parts).to_hex().to_string())
}
