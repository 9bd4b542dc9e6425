//! Saving fields: sealed, with the version that tells two authors apart.

use catalyse_codebook::{Answer, Answers, FormName, VariableName};
use sqlx::AnyConnection;

use super::{DraftId, Field, SaveField, Saved};
use crate::engine::{count, maybe, text};
use crate::journal::time;
use crate::keys::cipher::Secret;
use crate::keys::content::canonical;
use crate::person::secret_of;
use crate::{Store, StoreError};

impl Store {
    /// Saves fields in one commit.
    pub(crate) async fn save_fields(
        &self,
        fields: &[&SaveField],
    ) -> Result<Vec<Saved>, StoreError> {
        let mut writing = self.pools.begin().await?;
        let mut saved = Vec::with_capacity(fields.len());
        for save in fields {
            saved.push(self.save_one(&mut writing, save).await?);
        }
        writing.commit().await?;
        Ok(saved)
    }

    pub(crate) async fn save_one(
        &self,
        writing: &mut AnyConnection,
        save: &SaveField,
    ) -> Result<Saved, StoreError> {
        let row = sqlx::query(
            "SELECT d.version, k.secret, s.first_by FROM draft d JOIN person_key k ON k.person = d.person \
             LEFT JOIN second_draft t ON t.draft = d.id LEFT JOIN second s ON s.id = t.second WHERE d.id = $1",
        );
        let row = row.bind(save.draft.0).fetch_optional(&mut *writing).await?;
        let row = row.ok_or_else(|| StoreError::unknown("draft", save.draft.0))?;
        if maybe(&row, "first_by")?.as_ref() == Some(&save.author.who) {
            return Err(StoreError::Impossible("a second entry is typed by somebody else"));
        }
        let (version, secret) = (count(&row, "version")? + 1, secret_of(&row)?);
        if let Some(conflict) = self.conflict(writing, save, &secret).await? {
            return Ok(conflict);
        }
        let field = (save.draft, &save.field);
        let content = self.seal_answer(&secret, field, save.answer.as_ref())?;
        let upsert = sqlx::query(
            "INSERT INTO draft_field (draft, form, number, variable, content, version, saved_by, saved_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (draft, form, number, variable) \
             DO UPDATE SET content = $5, version = $6, saved_by = $7, saved_at = $8",
        );
        let number = i64::try_from(version).unwrap_or(i64::MAX);
        let upsert = bind_field(upsert, save);
        upsert
            .bind(content)
            .bind(number)
            .bind(save.author.who.clone())
            .bind(save.author.at.to_string())
            .execute(&mut *writing)
            .await?;
        let update = sqlx::query("UPDATE draft SET version = $2, changed_at = $3 WHERE id = $1");
        update
            .bind(save.draft.0)
            .bind(number)
            .bind(save.author.at.to_string())
            .execute(&mut *writing)
            .await?;
        let others = sqlx::query(
            "SELECT DISTINCT saved_by FROM draft_field WHERE draft = $1 AND saved_by <> $2 ORDER BY saved_by",
        );
        let others = others.bind(save.draft.0).bind(save.author.who.clone());
        let others = others.fetch_all(&mut *writing).await?;
        let others = others.iter().map(|row| text(row, "saved_by")).collect::<Result<_, _>>()?;
        Ok(Saved::Done { version, others })
    }

    /// Finds out whether somebody wrote something else into the field than what its author has seen.
    async fn conflict(
        &self,
        writing: &mut AnyConnection,
        save: &SaveField,
        secret: &Secret,
    ) -> Result<Option<Saved>, StoreError> {
        let row = sqlx::query(
            "SELECT content, version, saved_by, saved_at FROM draft_field \
             WHERE draft = $1 AND form = $2 AND number = $3 AND variable = $4",
        );
        let Some(row) = bind_field(row, save).fetch_optional(&mut *writing).await? else {
            if is_of_gone_episode(writing, save).await? {
                return Err(StoreError::Moved { kind: "draft", name: save.draft.0.to_string() });
            }
            return Ok(None);
        };
        let version = count(&row, "version")?;
        if version <= save.seen {
            return Ok(None);
        }
        let theirs = self.open_field(secret, save.draft, &save.field, maybe(&row, "content")?)?;
        if theirs == save.answer {
            return Ok(None);
        }
        let (by, at) = (text(&row, "saved_by")?, time(&row, "saved_at")?);
        Ok(Some(Saved::Conflict { theirs, version, by, at }))
    }

    /// Returns the key of a field: that of the person, with the key file if it says who the person is.
    fn field_key(&self, secret: &Secret, variable: &VariableName) -> Result<Secret, StoreError> {
        let known = self.catalogue.variables.get(variable);
        if known.is_some_and(|known| known.is_identifying) {
            return Ok(self.key()?.identity_key(secret));
        }
        Ok(secret.clone())
    }

    pub(super) fn seal_answer(
        &self,
        secret: &Secret,
        (draft, field): (DraftId, &Field),
        answer: Option<&Answer>,
    ) -> Result<Option<String>, StoreError> {
        let Some(answer) = answer else { return Ok(None) };
        let variable = &field.variable;
        let answers = Answers::from([(variable.clone(), answer.clone())]);
        let key = self.field_key(secret, variable)?;
        let context = of_field(draft, field);
        key.seal(&context, canonical(&answers).as_bytes()).map(Some)
    }

    pub(super) fn open_field(
        &self,
        secret: &Secret,
        draft: DraftId,
        field: &Field,
        content: Option<String>,
    ) -> Result<Option<Answer>, StoreError> {
        let Some(content) = content else { return Ok(None) };
        let key = self.field_key(secret, &field.variable)?;
        let opened = key.open(&of_field(draft, field), &content)?;
        Ok(self.catalogue.answers(&opened)?.remove(&field.variable))
    }
}

/// Says whether a field was on the screen in an episode that is no longer under this number: it was given another one.
async fn is_of_gone_episode(
    writing: &mut AnyConnection,
    save: &SaveField,
) -> Result<bool, StoreError> {
    let Some(form) = save.field.form.as_ref().filter(|_| save.seen > 0) else { return Ok(false) };
    let left = sqlx::query(
        "SELECT version FROM draft_field WHERE draft = $1 AND form = $2 AND number = $3 LIMIT 1",
    );
    let left = left.bind(save.draft.0).bind(form.to_string()).bind(save.field.number);
    Ok(left.fetch_optional(writing).await?.is_none())
}

type Query = sqlx::query::Query<'static, sqlx::Any, sqlx::any::AnyArguments>;

fn bind_field(query: Query, save: &SaveField) -> Query {
    query
        .bind(save.draft.0)
        .bind(save.field.form.as_ref().map_or("", FormName::as_str).to_owned())
        .bind(save.field.number)
        .bind(save.field.variable.to_string())
}

fn of_field(draft: DraftId, field: &Field) -> String {
    let form = field.form.as_ref().map_or("", FormName::as_str);
    format!("draft {} {form} {} {}", draft.0, field.number, field.variable)
}
