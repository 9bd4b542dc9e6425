//! Codes of drafts about somebody new: typed and sealed like every answer, and nobody's code until the draft becomes a record. Two persons
//! who begin with one new code meet in one draft.

use std::collections::BTreeMap;

use catalyse_codebook::{Answer, PartnerId, WaveId};
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::{DraftId, Field, Opened, SaveField};
use crate::engine::{maybe, number, text};
use crate::journal::time;
use crate::person::secret_of;
use crate::{Author, Store, StoreError};

/// Drafts about somebody new, with the code that was typed in each. What is keyed a second time is not among them.
const TYPED: &str = "SELECT d.id, d.opened_by, d.opened_at, f.content, k.secret FROM draft d \
     JOIN person p ON p.id = d.person JOIN person_key k ON k.person = d.person \
     JOIN draft_field f ON f.draft = d.id AND f.form = '' AND f.number = 0 AND f.variable = $3 \
     WHERE d.partner = $1 AND ($2 = '' OR d.wave = $2) AND p.pseudonym IS NULL AND f.content IS NOT NULL \
     AND NOT EXISTS (SELECT 1 FROM second_draft s WHERE s.draft = d.id) ORDER BY d.id";

impl Store {
    /// Returns the code that was typed in each open draft of a partner about somebody new.
    ///
    /// # Errors
    /// The database breaks, or a content cannot be opened.
    pub async fn typed_codes(
        &self,
        partner: &PartnerId,
    ) -> Result<BTreeMap<DraftId, String>, StoreError> {
        let mut reading = self.pools.reading.acquire().await?;
        let typed = self.codes_in(&mut reading, (partner.as_str(), "")).await?;
        Ok(typed.into_iter().map(|(opened, code)| (opened.draft, code)).collect())
    }

    /// Returns the drafts of a partner in a wave in which a code was typed for somebody new, with who opened each.
    ///
    /// # Errors
    /// As of [`Store::typed_codes`].
    pub async fn drafts_of_code(
        &self,
        partner: &PartnerId,
        wave: &WaveId,
        code: &str,
    ) -> Result<Vec<Opened>, StoreError> {
        let mut reading = self.pools.reading.acquire().await?;
        let typed = self.codes_in(&mut reading, (partner.as_str(), wave.as_str())).await?;
        Ok(typed.into_iter().filter(|(_, known)| known == code).map(|(opened, _)| opened).collect())
    }

    pub(super) async fn codes_in(
        &self,
        connection: &mut AnyConnection,
        (partner, wave): (&str, &str),
    ) -> Result<Vec<(Opened, String)>, StoreError> {
        let person = self.catalogue.variables.get(&self.catalogue.person);
        // Where the code itself says who the person is, nobody reads it without the key file.
        if person.is_some_and(|known| known.is_identifying) && !self.has_key() {
            return Ok(Vec::new());
        }
        let rows = sqlx::query(TYPED)
            .bind(partner.to_owned())
            .bind(wave.to_owned())
            .bind(self.catalogue.person.to_string());
        let rows = rows.fetch_all(connection).await?;
        let typed = rows.iter().filter_map(|row| self.typed_of(row).transpose());
        typed.collect()
    }

    fn typed_of(&self, row: &AnyRow) -> Result<Option<(Opened, String)>, StoreError> {
        let draft = DraftId(number(row, "id")?);
        let answer =
            self.open_field(&secret_of(row)?, draft, &self.field_of_code(), maybe(row, "content")?);
        let already = Some((text(row, "opened_by")?, time(row, "opened_at")?));
        Ok(match answer? {
            Some(Answer::Text(code)) => Some((Opened { draft, already }, code)),
            _ => None,
        })
    }

    /// Types the code of somebody new into the draft that was opened for it.
    pub(super) async fn type_code(
        &self,
        writing: &mut AnyConnection,
        (draft, code): (DraftId, &str),
        author: &Author,
    ) -> Result<(), StoreError> {
        let save = SaveField {
            draft,
            field: self.field_of_code(),
            answer: Some(Answer::Text(code.to_owned())),
            seen: 0,
            author: author.clone(),
        };
        self.save_one(writing, &save).await.map(drop)
    }

    fn field_of_code(&self) -> Field {
        Field { form: None, number: 0, variable: self.catalogue.person.clone() }
    }
}
