//! Opening, reading and dropping drafts.

use std::collections::BTreeMap;

use catalyse_codebook::{PartnerId, WaveId};
use sqlx::AnyConnection;

use super::stamp::next_draft;
use super::{
    Draft, DraftField, DraftId, DraftState, Opened, field_of, forget_nobody, remove, state_of,
};
use crate::engine::{count, maybe, number, text};
use crate::journal::{Act, Action, time};
use crate::person::{self, secret_of};
use crate::record::RecordId;
use crate::{Author, Store, StoreError};

const DRAFT: &str = "SELECT d.*, p.pseudonym FROM draft d JOIN person p ON p.id = d.person";

impl Store {
    /// Opens a draft about a person in a wave; about somebody new if no code is given, or one that nobody has yet, which is then its first
    /// answer. If a draft of the same code is open already, that one is given.
    ///
    /// # Errors
    /// The database breaks.
    pub async fn open_draft(
        &self,
        partner: &PartnerId,
        wave: &WaveId,
        pseudonym: Option<&str>,
        author: &Author,
    ) -> Result<Opened, StoreError> {
        let mut writing = self.pools.begin().await?;
        let about = (partner.as_str(), wave.as_str(), pseudonym);
        let new = match pseudonym {
            Some(code) => match person::find(&mut writing, about.0, code).await? {
                Some(_) => None,
                None => Some(code),
            },
            None => None,
        };
        if let Some(code) = new {
            let typed = self.codes_in(&mut writing, (about.0, about.1)).await?;
            if let Some((opened, _)) = typed.into_iter().find(|(_, known)| known == code) {
                return Ok(opened);
            }
        }
        let opened = open_in(&mut writing, about, author).await?;
        if let Some(code) = new {
            self.type_code(&mut writing, (opened.draft, code), author).await?;
        }
        writing.commit().await?;
        Ok(opened)
    }

    /// Returns a draft with its fields.
    ///
    /// # Errors
    /// There is no such draft; it holds an identity and there is no key file.
    pub async fn draft(&self, id: DraftId) -> Result<Draft, StoreError> {
        let mut reading = self.pools.begin_reading().await?;
        let row = sqlx::query(
            "SELECT d.*, p.pseudonym, k.secret FROM draft d \
             JOIN person p ON p.id = d.person JOIN person_key k ON k.person = d.person WHERE d.id = $1",
        );
        let row = row.bind(id.0).fetch_optional(&mut *reading).await?;
        let row = row.ok_or_else(|| StoreError::unknown("draft", id.0))?;
        let secret = secret_of(&row)?;
        let fields = sqlx::query("SELECT * FROM draft_field WHERE draft = $1");
        let mut known = BTreeMap::new();
        for field in fields.bind(id.0).fetch_all(&mut *reading).await? {
            let name = field_of(&field)?;
            let answer = self.open_field(&secret, id, &name, maybe(&field, "content")?)?;
            let at = time(&field, "saved_at")?;
            let (version, by) = (count(&field, "version")?, text(&field, "saved_by")?);
            known.insert(name, DraftField { answer, version, by, at });
        }
        let base = sqlx::query("SELECT record FROM draft_base WHERE draft = $1 ORDER BY record");
        let base = base.bind(id.0).fetch_all(&mut *reading).await?;
        let base = base.iter().map(|row| Ok(RecordId(number(row, "record")?)));
        Ok(Draft {
            state: state_of(&row)?,
            fields: known,
            base: base.collect::<Result<_, StoreError>>()?,
        })
    }

    /// Lists the open drafts, of one partner if one is named, the last changed first.
    ///
    /// # Errors
    /// The database breaks.
    pub async fn drafts(&self, partner: Option<&PartnerId>) -> Result<Vec<DraftState>, StoreError> {
        let rows = sqlx::query(sqlx::AssertSqlSafe(format!(
            "{DRAFT} WHERE ($1 = '' OR d.partner = $1) ORDER BY d.changed_at DESC, d.id"
        )));
        let partner = partner.map(ToString::to_string).unwrap_or_default();
        let rows = rows.bind(partner).fetch_all(&self.pools.reading).await?;
        rows.iter().map(state_of).collect()
    }

    /// Throws a draft away, with the key of a person who has nothing else.
    ///
    /// # Errors
    /// There is no such draft.
    pub async fn drop_draft(&self, id: DraftId, author: &Author) -> Result<(), StoreError> {
        let mut act = Act::begin(&self.pools, author, Action::DraftDropped).await?;
        let row = sqlx::query("SELECT person FROM draft WHERE id = $1").bind(id.0);
        let row = row.fetch_optional(&mut *act.writing).await?;
        let person = number(&row.ok_or_else(|| StoreError::unknown("draft", id.0))?, "person")?;
        remove(&mut act.writing, id.0).await?;
        forget_nobody(&mut act.writing, person).await?;
        act.finish(&serde_json::json!({ "draft": id.0 }), None).await?;
        Ok(())
    }
}

/// Opens a draft within a change that is under way.
pub(crate) async fn open_in(
    writing: &mut AnyConnection,
    (partner, wave, pseudonym): (&str, &str, Option<&str>),
    author: &Author,
) -> Result<Opened, StoreError> {
    let person = match pseudonym {
        Some(pseudonym) => person::find(writing, partner, pseudonym).await?,
        None => None,
    };
    if let Some(person) = &person {
        let row = sqlx::query("SELECT * FROM draft WHERE person = $1 AND wave = $2");
        let row = row.bind(person.id).bind(wave.to_owned());
        if let Some(row) = row.fetch_optional(&mut *writing).await? {
            let draft = DraftId(number(&row, "id")?);
            let already = Some((text(&row, "opened_by")?, time(&row, "opened_at")?));
            return Ok(Opened { draft, already });
        }
    }
    let person = match person {
        Some(person) => person,
        None => person::add_nobody(writing, partner).await?,
    };
    let id = next_draft(writing).await?;
    let insert = sqlx::query(
        "INSERT INTO draft (id, partner, wave, person, version, opened_by, opened_at, changed_at, identity) \
         VALUES ($1, $2, $3, $4, 0, $5, $6, $6, \
         (SELECT COALESCE(MAX(revision), 0) FROM identity WHERE person = $4))",
    );
    insert
        .bind(id)
        .bind(partner.to_owned())
        .bind(wave.to_owned())
        .bind(person.id)
        .bind(author.who.clone())
        .bind(author.at.to_string())
        .execute(&mut *writing)
        .await?;
    let base = sqlx::query(
        "INSERT INTO draft_base (draft, record, revision) SELECT $1, id, revision FROM record \
         WHERE person = $2 AND wave = $3 AND content IS NOT NULL",
    );
    base.bind(id).bind(person.id).bind(wave.to_owned()).execute(writing).await?;
    Ok(Opened { draft: DraftId(id), already: None })
}
