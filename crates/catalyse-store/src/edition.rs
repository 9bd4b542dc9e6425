//! Editions: reports that were fixed for their readers, byte for byte, and how many there are of each wave.
//!
//! Two of one wave on data that changed between them can be compared, and what differs tells of the few who changed. So each keeps its printed
//! counts by population, to which the gate holds those that come after; editions are counted, each says why it was made, and how many persons
//! changed since the last one can be asked before. Of the persons counted nothing is kept, not even a hash of who they were: what
//! is printed stays where it can for any persons, and a mark of a small set would tell of somebody who was erased.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use catalyse_codebook::WaveId;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::engine::{count, next_number, number, text};
use crate::journal::{Act, Action, Line, head};
use crate::keys::cipher::hash_of;
use crate::person::PersonId;
use crate::{Author, Store, StoreError};

/// Numbers an edition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EditionId(pub i64);

/// Holds one file of an edition.
#[derive(Clone, PartialEq, Eq)]
pub struct EditionFile {
    /// The name by which it is asked for, `rapport.html`.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

impl std::fmt::Debug for EditionFile {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "EditionFile({}, {} bytes)", self.name, self.bytes.len())
    }
}

/// Holds an edition that is to be fixed.
#[derive(Clone, Debug)]
pub struct NewEdition {
    /// The last wave it reports on.
    pub wave: WaveId,
    /// Which edition of the wave it is, as its author was told: from 1.
    pub number: u64,
    /// Why it was made, or what it is for. It must name nobody.
    pub note: String,
    /// The last line of the journal when its records were read.
    pub stands_on: u64,
    /// Its files, in the order they are offered.
    pub files: Vec<EditionFile>,
}

/// Holds an edition as it is listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    /// Its number in the store.
    pub id: EditionId,
    /// The last wave it reports on.
    pub wave: String,
    /// Which edition of the wave it is, from 1.
    pub number: u64,
    /// Why it was made, or what it is for.
    pub note: String,
    /// The last line of the journal when its records were read.
    pub stands_on: u64,
    /// Who fixed it, and when.
    pub line: Line,
    /// The names of its files with their sizes in bytes.
    pub files: Vec<(String, u64)>,
}

impl EditionFile {
    /// The name of the file that no reader is offered: the printed counts by population, which later editions keep to.
    pub const PRINTED: &'static str = "effectifs.json";
}

/// Says what a further edition of a wave would be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EditionOutlook {
    /// Which edition of the wave it would be, from 1.
    pub number: u64,
    /// How much has changed since the last one.
    pub change: EditionChange,
}

/// Says how much has changed since the last edition of a wave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EditionChange {
    /// There is no edition yet.
    First,
    /// Nothing has.
    Nothing,
    /// So few persons that a comparison would tell of them alone.
    Few,
    /// Ten persons or more.
    Many,
}

/// Of fewer persons a further edition would tell: the same number under which no percentage and no word is printed of a table.
const LEAST_CHANGED: usize = 10;

impl Store {
    /// Says what a further edition of a wave would be. `until` names the wave and those before it.
    ///
    /// # Errors
    /// The database breaks.
    pub async fn edition_outlook(
        &self,
        wave: &str,
        until: &[&str],
    ) -> Result<EditionOutlook, StoreError> {
        let editions = self.editions().await?;
        let mut of_wave = editions.iter().filter(|edition| edition.wave == wave);
        // The newest stands first.
        let Some(last) = of_wave.next() else {
            return Ok(EditionOutlook { number: 1, change: EditionChange::First });
        };
        let changed = self.changed_since(last.stands_on).await?;
        let of_these = changed.iter().filter(|(wave, _)| until.contains(&wave.as_str()));
        let persons: BTreeSet<PersonId> =
            of_these.flat_map(|(_, persons)| persons.iter().copied()).collect();
        let change = match persons.len() {
            0 => EditionChange::Nothing,
            n if n < LEAST_CHANGED => EditionChange::Few,
            _ => EditionChange::Many,
        };
        Ok(EditionOutlook { number: of_wave.count() as u64 + 2, change })
    }

    /// Returns the printed counts of all editions that kept them, the oldest first.
    ///
    /// # Errors
    /// A file is no longer what was fixed, or the database breaks.
    pub async fn printed_counts(&self) -> Result<Vec<Vec<u8>>, StoreError> {
        let mut printed = Vec::new();
        for edition in self.editions().await?.into_iter().rev() {
            if edition.files.iter().any(|(name, _)| name == EditionFile::PRINTED) {
                printed.push(self.edition_file(edition.id, EditionFile::PRINTED).await?);
            }
        }
        Ok(printed)
    }

    /// Fixes an edition. Its bytes are kept and never changed.
    ///
    /// # Errors
    /// Somebody else fixed an edition of the wave since its author looked.
    pub async fn fix_edition(
        &self,
        new: &NewEdition,
        author: &Author,
    ) -> Result<EditionId, StoreError> {
        let mut act = Act::begin(&self.pools, author, Action::Edition).await?;
        let last = sqlx::query("SELECT COUNT(*) AS n FROM edition WHERE wave = $1");
        let last = last.bind(new.wave.to_string()).fetch_one(&mut *act.writing).await?;
        if count(&last, "n")? + 1 != new.number {
            return Err(StoreError::Moved { kind: "edition", name: new.wave.to_string() });
        }
        let id = next_number(&mut act.writing, "SELECT MAX(id) FROM edition").await?;
        let insert = sqlx::query(
            "INSERT INTO edition (id, line, wave, number, note, stands_on) VALUES ($1, $2, $3, $4, $5, $6)",
        );
        insert
            .bind(id)
            .bind(act.line)
            .bind(new.wave.to_string())
            .bind(new.number.cast_signed())
            .bind(new.note.clone())
            .bind(new.stands_on.cast_signed())
            .execute(&mut *act.writing)
            .await?;
        for (file, position) in new.files.iter().zip(1_i64..) {
            put_file(&mut act.writing, (id, position), file).await?;
        }
        let subject = serde_json::json!({
            "edition": id, "wave": new.wave.as_str(), "number": new.number
        });
        act.finish(&subject, None).await?;
        Ok(EditionId(id))
    }

    /// Lists the editions, the newest first.
    ///
    /// # Errors
    /// The database breaks.
    pub async fn editions(&self) -> Result<Vec<Edition>, StoreError> {
        let mut reading = self.pools.begin_reading().await?;
        let rows = sqlx::query(
            "SELECT e.id, e.wave AS of_wave, e.number, e.note, e.stands_on, j.* FROM edition e \
             JOIN journal j ON j.line = e.line ORDER BY e.id DESC",
        );
        let rows = rows.fetch_all(&mut *reading).await?;
        let files = "SELECT edition, name, n_bytes FROM edition_file ORDER BY edition, position";
        let files = sqlx::query(files).fetch_all(&mut *reading).await?;
        rows.iter().map(|row| edition_of(row, &files)).collect()
    }

    /// Returns the bytes of a file of an edition, as they were fixed.
    ///
    /// # Errors
    /// There is no such file, or it is no longer what was fixed.
    pub async fn edition_file(&self, id: EditionId, name: &str) -> Result<Vec<u8>, StoreError> {
        let row =
            sqlx::query("SELECT content, seal FROM edition_file WHERE edition = $1 AND name = $2");
        let row = row.bind(id.0).bind(name.to_owned()).fetch_optional(&self.pools.reading).await?;
        let row = row.ok_or_else(|| StoreError::unknown("edition", id.0))?;
        let content = text(&row, "content")?;
        let broken = || StoreError::Broken("edition");
        if hash_of(&content) != text(&row, "seal")? {
            return Err(broken());
        }
        STANDARD_NO_PAD.decode(content).map_err(|_| broken())
    }

    /// Returns the number of the last line of the journal.
    ///
    /// # Errors
    /// The database breaks.
    pub async fn last_line(&self) -> Result<u64, StoreError> {
        let mut reading = self.pools.reading.acquire().await?;
        Ok(head(&mut reading).await?.0.unsigned_abs())
    }

    /// Lists the persons of whom a record changed, came or went after a line of the journal, by wave. After line 0: all there ever were.
    ///
    /// # Errors
    /// The database breaks.
    pub async fn changed_since(
        &self,
        line: u64,
    ) -> Result<BTreeMap<String, BTreeSet<PersonId>>, StoreError> {
        let rows = sqlx::query(
            "SELECT DISTINCT r.wave, r.person FROM revision v JOIN record r ON r.id = v.record \
             WHERE v.line > $1 OR COALESCE(v.emptied, 0) > $1",
        );
        let rows = rows.bind(line.cast_signed()).fetch_all(&self.pools.reading).await?;
        let mut changed: BTreeMap<String, BTreeSet<PersonId>> = BTreeMap::new();
        for row in rows {
            let person = PersonId(number(&row, "person")?);
            changed.entry(text(&row, "wave")?).or_default().insert(person);
        }
        Ok(changed)
    }
}

async fn put_file(
    writing: &mut AnyConnection,
    (edition, position): (i64, i64),
    file: &EditionFile,
) -> Result<(), StoreError> {
    let content = STANDARD_NO_PAD.encode(&file.bytes);
    let insert = sqlx::query(
        "INSERT INTO edition_file (edition, position, name, n_bytes, content, seal) VALUES ($1, $2, $3, $4, $5, $6)",
    );
    insert
        .bind(edition)
        .bind(position)
        .bind(file.name.clone())
        .bind((file.bytes.len() as u64).cast_signed())
        .bind(content.clone())
        .bind(hash_of(&content))
        .execute(writing)
        .await?;
    Ok(())
}

fn edition_of(row: &AnyRow, files: &[AnyRow]) -> Result<Edition, StoreError> {
    let id = number(row, "id")?;
    let mut own = Vec::new();
    for file in files {
        if number(file, "edition")? == id {
            own.push((text(file, "name")?, count(file, "n_bytes")?));
        }
    }
    Ok(Edition {
        id: EditionId(id),
        wave: text(row, "of_wave")?,
        number: count(row, "number")?,
        note: text(row, "note")?,
        stands_on: count(row, "stands_on")?,
        line: Line::of_row(row)?,
        files: own,
    })
}
