//! Going on with a draft under which something changed: what stands now becomes what it stands on, and nothing is put over anything unseen.

use std::collections::BTreeSet;

use catalyse_codebook::{Answer, FormName};
use sqlx::AnyConnection;

use super::finish::refuse_second;
use super::moved::{Moved, Renumbered};
use super::{DraftId, Field, field_of, forget_nobody};
use crate::engine::{maybe, number, text};
use crate::keys::cipher::Secret;
use crate::person::{self, secret_of};
use crate::{Author, Store, StoreError};

impl Store {
    /// Lets a draft stand on the records and the identity as they are now. Of each contested field what stands is taken where `theirs` names it;
    /// elsewhere what was typed stays, to be put over it when the draft is accepted. `stamp` is that of the [`Moves`](super::moved::Moves)
    /// that its author looked at.
    ///
    /// # Errors
    /// There is no such draft, or something more was changed since.
    pub async fn renew_draft(
        &self,
        id: DraftId,
        (stamp, theirs): (&str, &BTreeSet<Field>),
        author: &Author,
    ) -> Result<(), StoreError> {
        let mut writing = self.pools.begin().await?;
        let Some(moves) = self.moves_in(&mut writing, id).await? else { return Ok(()) };
        if moves.stamp != stamp {
            return Err(StoreError::Moved { kind: "draft", name: id.0.to_string() });
        }
        let row = sqlx::query(
            "SELECT d.person, d.wave, d.version, k.secret FROM draft d \
             JOIN person_key k ON k.person = d.person WHERE d.id = $1",
        );
        let row = row.bind(id.0).fetch_one(&mut *writing).await?;
        let (secret, version) = (secret_of(&row)?, number(&row, "version")? + 1);
        for moved in moves.answers.iter().filter(|moved| moved.is_contested()) {
            if theirs.contains(&moved.field) || self.is_as_it_was(moved) {
                let put = (id, version, &moved.now);
                self.put_field(&mut writing, &secret, (&moved.field, put), author).await?;
            }
        }
        for one in &moves.renumbered {
            self.renumber(&mut writing, &secret, (id, version, one)).await?;
        }
        let forget = sqlx::query("DELETE FROM draft_base WHERE draft = $1").bind(id.0);
        forget.execute(&mut *writing).await?;
        let base = sqlx::query(
            "INSERT INTO draft_base (draft, record, revision) SELECT $1, id, revision FROM record \
             WHERE person = $2 AND wave = $3 AND content IS NOT NULL",
        );
        let base = base.bind(id.0).bind(number(&row, "person")?).bind(text(&row, "wave")?);
        base.execute(&mut *writing).await?;
        let update = sqlx::query(
            "UPDATE draft SET version = $2, changed_at = $3, identity = \
             (SELECT COALESCE(MAX(revision), 0) FROM identity WHERE person = draft.person) WHERE id = $1",
        );
        let update = update.bind(id.0).bind(version).bind(author.at.to_string());
        update.execute(&mut *writing).await?;
        Ok(writing.commit().await?)
    }

    /// Says whether a name in a draft is the one that it was opened with: it was put there for ages to be worked out, and nobody typed it.
    fn is_as_it_was(&self, moved: &Moved) -> bool {
        let known = self.catalogue.variables.get(&moved.field.variable);
        known.is_some_and(|known| known.is_identifying) && moved.mine.as_ref() == Some(&moved.then)
    }

    /// Makes a draft about nobody one about a known person of the partner, whose code was typed: what was typed stays, and what stands of
    /// the person has changed under it, to be looked at before it is accepted ([`Store::draft_moves`]).
    ///
    /// # Errors
    /// There is no such draft or person; the draft is about somebody already; somebody is at work on the person's record of the wave.
    pub async fn take_over(
        &self,
        id: DraftId,
        pseudonym: &str,
        author: &Author,
    ) -> Result<(), StoreError> {
        let mut writing = self.pools.begin().await?;
        let row = sqlx::query(
            "SELECT d.person, d.partner, d.wave, d.version, p.pseudonym, k.secret FROM draft d \
             JOIN person p ON p.id = d.person JOIN person_key k ON k.person = d.person WHERE d.id = $1",
        );
        let row = row.bind(id.0).fetch_optional(&mut *writing).await?;
        let row = row.ok_or_else(|| StoreError::unknown("draft", id.0))?;
        refuse_second(&mut writing, id.0).await?;
        if maybe(&row, "pseudonym")?.is_some() {
            return Err(StoreError::Impossible("a draft holds one person in one wave"));
        }
        let known = person::find(&mut writing, &text(&row, "partner")?, pseudonym).await?;
        let known = known.ok_or_else(|| StoreError::unknown("person", pseudonym))?;
        let other = sqlx::query("SELECT id FROM draft WHERE person = $1 AND wave = $2");
        let other = other.bind(known.id).bind(text(&row, "wave")?);
        if other.fetch_optional(&mut *writing).await?.is_some() {
            return Err(StoreError::Impossible("somebody is at work on the record of this code"));
        }
        let secret = secret_of(&row)?;
        let version = number(&row, "version")? + 1;
        let fields = sqlx::query("SELECT * FROM draft_field WHERE draft = $1").bind(id.0);
        for row in fields.fetch_all(&mut *writing).await? {
            let field = field_of(&row)?;
            let answer = self.open_field(&secret, id, &field, maybe(&row, "content")?)?;
            let content = self.seal_answer(&known.secret, (id, &field), answer.as_ref())?;
            let seal = sqlx::query(
                "UPDATE draft_field SET content = $5 WHERE draft = $1 AND form = $2 AND number = $3 AND variable = $4",
            );
            bind(seal, (id, &field)).bind(content).execute(&mut *writing).await?;
        }
        let update = sqlx::query(
            "UPDATE draft SET person = $2, version = $3, changed_at = $4, identity = 0 WHERE id = $1",
        );
        let update = update.bind(id.0).bind(known.id).bind(version).bind(author.at.to_string());
        update.execute(&mut *writing).await?;
        forget_nobody(&mut writing, number(&row, "person")?).await?;
        Ok(writing.commit().await?)
    }

    /// Gives a typed episode another number, with all that was typed in it and the reasons that were picked.
    async fn renumber(
        &self,
        writing: &mut AnyConnection,
        secret: &Secret,
        (id, version, one): (DraftId, i64, &Renumbered),
    ) -> Result<(), StoreError> {
        let rows =
            sqlx::query("SELECT * FROM draft_field WHERE draft = $1 AND form = $2 AND number = $3");
        let rows = rows.bind(id.0).bind(one.form.to_string()).bind(one.number);
        for row in rows.fetch_all(&mut *writing).await? {
            let old = field_of(&row)?;
            let mut answer = self.open_field(secret, id, &old, maybe(&row, "content")?)?;
            if self.catalogue.numbered.get(&one.form) == Some(&old.variable) && answer.is_some() {
                answer = Some(Answer::Integer(one.becomes));
            }
            let new = Field { number: one.becomes, ..old.clone() };
            let content = self.seal_answer(secret, (id, &new), answer.as_ref())?;
            let update = sqlx::query(
                "UPDATE draft_field SET number = $5, content = $6, version = $7 \
                 WHERE draft = $1 AND form = $2 AND number = $3 AND variable = $4",
            );
            let update = bind(update, (id, &old)).bind(one.becomes).bind(content).bind(version);
            update.execute(&mut *writing).await?;
        }
        super::reasons::renumber(writing, (id, one)).await
    }

    /// Puts an answer into a field of a draft.
    async fn put_field(
        &self,
        writing: &mut AnyConnection,
        secret: &Secret,
        (field, (id, version, answer)): (&Field, (DraftId, i64, &Option<Answer>)),
        author: &Author,
    ) -> Result<(), StoreError> {
        let content = self.seal_answer(secret, (id, field), answer.as_ref())?;
        let put = sqlx::query(
            "UPDATE draft_field SET content = $5, version = $6, saved_by = $7, saved_at = $8 \
             WHERE draft = $1 AND form = $2 AND number = $3 AND variable = $4",
        );
        let put = bind(put, (id, field)).bind(content).bind(version);
        put.bind(author.who.clone()).bind(author.at.to_string()).execute(writing).await?;
        Ok(())
    }
}

type Query = sqlx::query::Query<'static, sqlx::Any, sqlx::any::AnyArguments>;

fn bind(query: Query, (draft, field): (DraftId, &Field)) -> Query {
    let form = field.form.as_ref().map_or("", FormName::as_str).to_owned();
    query.bind(draft.0).bind(form).bind(field.number).bind(field.variable.to_string())
}
