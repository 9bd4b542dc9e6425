//! What stands of the partners of a delivery, read in a few statements before anything is prepared.

use std::collections::BTreeMap;

use catalyse_codebook::Answers;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::engine::{maybe, number, text};
use crate::finding::{Known as KnownFinding, known_of};
use crate::journal::head;
use crate::person::{Keyed, secret_of};
use crate::record::Standing;
use crate::{Store, StoreError};

/// Holds where the store ended when it was read. As long as it ends there, what was prepared can be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::batch) struct End {
    pub(in crate::batch) line: i64,
    hash: String,
    pub(super) batch: i64,
    /// Opening a draft adds a person without a line of the journal.
    pub(super) person: i64,
    pub(super) record: i64,
    pub(super) finding: i64,
}

impl End {
    pub(in crate::batch) async fn of(reading: &mut AnyConnection) -> Result<Self, StoreError> {
        let (line, hash) = head(reading).await?;
        let mut last = async |sql: &'static str| -> Result<i64, StoreError> {
            let row = sqlx::query(sql).fetch_one(&mut *reading).await?;
            Ok(sqlx::Row::try_get::<Option<i64>, _>(&row, 0)?.unwrap_or(0))
        };
        Ok(Self {
            line,
            hash,
            batch: last("SELECT MAX(id) FROM batch").await?,
            person: last("SELECT MAX(id) FROM person").await?,
            record: last("SELECT MAX(id) FROM record").await?,
            finding: last("SELECT MAX(id) FROM finding").await?,
        })
    }
}

/// Holds a record as it stands, and what the last import that still counts brought of it.
#[derive(Clone, Debug)]
pub(super) struct StandingRecord {
    pub(super) standing: Standing,
    pub(super) imported: Option<Imported>,
}

/// Holds what an import brought of a record.
#[derive(Clone, Debug)]
pub(super) struct Imported {
    pub(super) fingerprint: Option<String>,
    /// It was destroyed: by a purge, which gives the person another key.
    pub(super) is_emptied: bool,
}

/// Holds the identity of a person: sealed until a row of the delivery says something of it.
#[derive(Clone, Default)]
pub(super) struct StandingIdentity {
    pub(super) revision: i64,
    content: Option<String>,
    imported: Option<ImportedIdentity>,
}

/// Holds what the last import that still counts made of an identity; no content where that was destroyed.
#[derive(Clone)]
struct ImportedIdentity {
    content: Option<String>,
}

impl StandingIdentity {
    /// Opens it: as it stands, and as the last import that still counts left it.
    pub(super) fn open(
        &self,
        store: &Store,
        person: &Keyed,
    ) -> Result<(Answers, Option<Answers>), StoreError> {
        let stands = store.open_identity(person, self.content.as_deref())?;
        let imported = self.imported.as_ref();
        let imported = imported.map(|was| store.open_identity(person, was.content.as_deref()));
        Ok((stands, imported.transpose()?))
    }
}

/// Names a record among those of one partner: person, form, wave, number.
pub(super) type RecordName = (i64, String, String, i64);

/// Holds what stands of some partners.
#[derive(Default)]
pub(super) struct Stands {
    /// By partner and code.
    pub(super) persons: BTreeMap<(String, String), Keyed>,
    pub(super) records: BTreeMap<RecordName, StandingRecord>,
    /// By person.
    pub(super) identities: BTreeMap<i64, StandingIdentity>,
    /// By record.
    pub(super) findings: BTreeMap<i64, Vec<KnownFinding>>,
}

impl Stands {
    /// Adds what stands of a partner.
    pub(super) async fn read(
        &mut self,
        reading: &mut AnyConnection,
        partner: &str,
    ) -> Result<(), StoreError> {
        self.read_persons(reading, partner).await?;
        self.read_records(reading, partner).await?;
        self.read_identities(reading, partner).await?;
        let sql = "SELECT f.* FROM finding f JOIN record r ON r.id = f.record \
                   WHERE r.partner = $1 ORDER BY f.id";
        for row in rows(reading, sql, partner).await? {
            let known = known_of(&row)?;
            let record = known.finding.record.map_or(0, |record| record.0);
            self.findings.entry(record).or_default().push(known);
        }
        Ok(())
    }

    async fn read_persons(
        &mut self,
        reading: &mut AnyConnection,
        partner: &str,
    ) -> Result<(), StoreError> {
        let sql = "SELECT p.id, p.pseudonym, k.secret FROM person p \
                   JOIN person_key k ON k.person = p.id WHERE p.partner = $1 AND p.pseudonym IS NOT NULL";
        for row in rows(reading, sql, partner).await? {
            let name = (partner.to_owned(), text(&row, "pseudonym")?);
            let keyed = Keyed { id: number(&row, "id")?, secret: secret_of(&row)? };
            self.persons.insert(name, keyed);
        }
        Ok(())
    }

    async fn read_records(
        &mut self,
        reading: &mut AnyConnection,
        partner: &str,
    ) -> Result<(), StoreError> {
        let sql = "SELECT v.record, v.fingerprint, v.emptied FROM revision v \
                   JOIN batch b ON b.id = v.batch AND b.line = v.line JOIN record r ON r.id = v.record \
                   WHERE r.partner = $1 AND b.undone IS NULL ORDER BY v.record, v.revision";
        let mut imported = BTreeMap::new();
        for row in rows(reading, sql, partner).await? {
            let emptied: Option<i64> = sqlx::Row::try_get(&row, "emptied")?;
            let fingerprint = maybe(&row, "fingerprint")?;
            // The last one counts.
            imported.insert(
                number(&row, "record")?,
                Imported { fingerprint, is_emptied: emptied.is_some() },
            );
        }
        let sql = "SELECT id, form, wave, person, number, revision, fingerprint FROM record \
                   WHERE partner = $1";
        for row in rows(reading, sql, partner).await? {
            let id = number(&row, "id")?;
            let name = (
                number(&row, "person")?,
                text(&row, "form")?,
                text(&row, "wave")?,
                number(&row, "number")?,
            );
            let standing = Standing {
                id,
                revision: number(&row, "revision")?,
                fingerprint: maybe(&row, "fingerprint")?,
            };
            let record = StandingRecord { standing, imported: imported.remove(&id) };
            self.records.insert(name, record);
        }
        Ok(())
    }

    async fn read_identities(
        &mut self,
        reading: &mut AnyConnection,
        partner: &str,
    ) -> Result<(), StoreError> {
        let sql = "SELECT i.person, i.revision, i.content FROM identity i \
                   JOIN person p ON p.id = i.person WHERE p.partner = $1 AND i.revision = \
                   (SELECT MAX(l.revision) FROM identity l WHERE l.person = i.person)";
        for row in rows(reading, sql, partner).await? {
            let identity = StandingIdentity {
                revision: number(&row, "revision")?,
                content: maybe(&row, "content")?,
                imported: None,
            };
            self.identities.insert(number(&row, "person")?, identity);
        }
        let sql = "SELECT i.person, i.content FROM identity i JOIN batch b ON b.line = i.line \
                   JOIN person p ON p.id = i.person WHERE p.partner = $1 AND b.undone IS NULL \
                   ORDER BY i.person, i.revision";
        for row in rows(reading, sql, partner).await? {
            let identity = self.identities.entry(number(&row, "person")?).or_default();
            identity.imported = Some(ImportedIdentity { content: maybe(&row, "content")? });
        }
        Ok(())
    }
}

async fn rows(
    reading: &mut AnyConnection,
    sql: &'static str,
    partner: &str,
) -> Result<Vec<AnyRow>, StoreError> {
    Ok(sqlx::query(sql).bind(partner.to_owned()).fetch_all(reading).await?)
}
