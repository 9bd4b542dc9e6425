//! The acts of a second entry: a record is drawn, keyed by somebody else, decided by a third person; or its person is erased.

use catalyse_codebook::Answer;
use sqlx::AnyConnection;

use super::second::{BETWEEN, of_second};
use super::typed::{SecondRow, write};
use super::{DecidedCounts, Decision, SecondId, SecondState, SlipId};
use crate::draft::open::open_in;
use crate::draft::{DraftId, Field, SaveField};
use crate::engine::{maybe, next_number, number, text};
use crate::journal::{Act, Action};
use crate::keys::cipher::hash_of;
use crate::record::RecordId;
use crate::{Author, Store, StoreError, draft, person};

impl Store {
    /// Draws records of a slip to be keyed a second time. One that was drawn before is left out.
    ///
    /// # Errors
    /// One of them is not of the slip.
    pub async fn draw_second(
        &self,
        slip: SlipId,
        records: &[RecordId],
        author: &Author,
    ) -> Result<(), StoreError> {
        let mut act = Act::begin(&self.pools, author, Action::SecondEntry).await?;
        for record in records {
            let of_slip = sqlx::query(
                "SELECT r.revision, j.who FROM slip_record s JOIN record r ON r.id = s.record \
                 JOIN journal j ON j.line = s.line WHERE s.slip = $1 AND s.record = $2 \
                 AND NOT EXISTS (SELECT 1 FROM second o WHERE o.record = s.record)",
            );
            let of_slip = of_slip.bind(slip.0).bind(record.0);
            let Some(row) = of_slip.fetch_optional(&mut *act.writing).await? else { continue };
            let id = next_number(&mut act.writing, "SELECT MAX(id) FROM second").await?;
            let insert = sqlx::query(
                "INSERT INTO second (id, slip, record, revision, first_by, line) VALUES ($1, $2, $3, $4, $5, $6)",
            );
            insert
                .bind(id)
                .bind(slip.0)
                .bind(record.0)
                .bind(number(&row, "revision")?)
                .bind(text(&row, "who")?)
                .bind(act.line)
                .execute(&mut *act.writing)
                .await?;
        }
        act.finish(&serde_json::json!({ "slip": slip.0, "drawn": records.len() }), None).await?;
        Ok(())
    }

    /// Notes that a second entry is typed in a draft, which must be an empty one about nobody.
    ///
    /// # Errors
    /// It is typed already, or whoever typed it first wants to type it again.
    pub async fn begin_second(
        &self,
        id: SecondId,
        draft: DraftId,
        author: &Author,
    ) -> Result<(), StoreError> {
        // Whoever writes holds the store: what is read from here on stands until the end.
        let mut writing = self.pools.begin().await?;
        let second = self.second(id).await?;
        if second.first_by == author.who {
            return Err(StoreError::Impossible("a second entry is typed by somebody else"));
        }
        if second.state != SecondState::Drawn || second.draft.is_some() {
            return Err(StoreError::Impossible("this second entry is typed already"));
        }
        still_stands(&mut writing, second.record).await?;
        let note = sqlx::query("INSERT INTO second_draft (draft, second) VALUES ($1, $2)");
        note.bind(draft.0).bind(id.0).execute(&mut *writing).await?;
        Ok(writing.commit().await?)
    }

    /// Ends the typing of a second entry: its draft goes, and what was typed is kept sealed.
    ///
    /// # Errors
    /// It is not being typed, whoever typed it first wants to end it, or its person was erased.
    pub async fn finish_second(
        &self,
        id: SecondId,
        rows: &[SecondRow],
        author: &Author,
    ) -> Result<(), StoreError> {
        let mut act = Act::begin(&self.pools, author, Action::SecondEntry).await?;
        let second = self.second(id).await?;
        if second.first_by == author.who {
            return Err(StoreError::Impossible("a second entry is typed by somebody else"));
        }
        let draft = second.draft.ok_or(StoreError::Impossible("it is not being typed"))?;
        let of_record =
            sqlx::query("SELECT person FROM record WHERE id = $1").bind(second.record.0);
        let of_record = of_record.fetch_one(&mut *act.writing).await?;
        let secret = person::secret(&mut act.writing, number(&of_record, "person")?).await?;
        let secret = secret.ok_or_else(|| StoreError::unknown("record", second.record.0))?;
        let content = secret.seal(&of_second(id), write(rows).as_bytes())?;
        let seal = hash_of(&content);
        let counts = DecidedCounts::default();
        let typists = typists(&mut act.writing, draft, author).await?;
        step(&mut act, id, ("typed", &typists), (Some(content), seal), counts).await?;
        let typed = sqlx::query("SELECT person FROM draft WHERE id = $1").bind(draft.0);
        let nobody = number(&typed.fetch_one(&mut *act.writing).await?, "person")?;
        draft::remove(&mut act.writing, draft.0).await?;
        draft::forget_nobody(&mut act.writing, nobody).await?;
        act.finish(&serde_json::json!({ "second": id.0, "state": "typed" }), None).await?;
        Ok(())
    }

    /// Notes what a third person decided, and begins the correction of what was wrong: both or neither. Returns the draft of the correction.
    ///
    /// # Errors
    /// It was not typed yet or is decided already, one of the two who typed it wants to decide, the record was taken away, or somebody is
    /// correcting it right now, whose answers would be written over.
    pub async fn decide_second(
        &self,
        id: SecondId,
        decision: &Decision,
        author: &Author,
    ) -> Result<Option<DraftId>, StoreError> {
        let mut act = Act::begin(&self.pools, author, Action::SecondEntry).await?;
        let second = self.second(id).await?;
        let SecondState::Typed(typists) = &second.state else {
            return Err(StoreError::Impossible("there is nothing to decide here"));
        };
        if second.first_by == author.who || typists.contains(&author.who) {
            return Err(StoreError::Impossible("a third person decides"));
        }
        still_stands(&mut act.writing, second.record).await?;
        let draft = match decision.corrections.as_slice() {
            [] => None,
            corrections => Some(self.correct(&mut act, second.record, corrections, author).await?),
        };
        let counts = decision.counts;
        step(&mut act, id, ("decided", &author.who), (None, String::new()), counts).await?;
        let done = sqlx::query("UPDATE second_step SET content = NULL WHERE second = $1");
        done.bind(id.0).execute(&mut *act.writing).await?;
        act.finish(&serde_json::json!({ "second": id.0, "state": "decided" }), None).await?;
        Ok(draft)
    }

    /// Begins the correction of a record.
    async fn correct(
        &self,
        act: &mut Act,
        record: RecordId,
        corrections: &[(Field, Option<Answer>)],
        author: &Author,
    ) -> Result<DraftId, StoreError> {
        let row = sqlx::query(
            "SELECT r.partner, r.wave, p.pseudonym FROM record r JOIN person p ON p.id = r.person WHERE r.id = $1",
        );
        let row = row.bind(record.0).fetch_one(&mut *act.writing).await?;
        let (partner, wave) = (text(&row, "partner")?, text(&row, "wave")?);
        let pseudonym = maybe(&row, "pseudonym")?;
        let about = (partner.as_str(), wave.as_str(), pseudonym.as_deref());
        let opened = open_in(&mut act.writing, about, author).await?;
        if opened.already.is_some() {
            return Err(StoreError::Impossible("somebody is correcting the record"));
        }
        for (field, answer) in corrections {
            let (field, answer, author) = (field.clone(), answer.clone(), author.clone());
            let save = SaveField { draft: opened.draft, field, answer, seen: 0, author };
            self.save_one(&mut act.writing, &save).await?;
        }
        Ok(opened.draft)
    }
}

/// Names all who typed in a draft, and whoever ends it.
async fn typists(
    writing: &mut AnyConnection,
    draft: DraftId,
    author: &Author,
) -> Result<String, StoreError> {
    let rows = sqlx::query("SELECT DISTINCT saved_by FROM draft_field WHERE draft = $1");
    let rows = rows.bind(draft.0).fetch_all(writing).await?;
    let mut names = std::collections::BTreeSet::from([author.who.clone()]);
    for row in &rows {
        names.insert(text(row, "saved_by")?);
    }
    Ok(names.into_iter().collect::<Vec<_>>().join(&BETWEEN.to_string()))
}

/// Makes sure that a record that was drawn is still there.
async fn still_stands(writing: &mut AnyConnection, record: RecordId) -> Result<(), StoreError> {
    let row = sqlx::query("SELECT id FROM record WHERE id = $1 AND content IS NOT NULL");
    match row.bind(record.0).fetch_optional(writing).await? {
        Some(_) => Ok(()),
        None => Err(StoreError::Impossible("the record was taken away since it was drawn")),
    }
}

/// Destroys what was typed a second time about a person: what is being typed, and what waits for a decision.
pub(crate) async fn forget_seconds(
    writing: &mut AnyConnection,
    person: i64,
) -> Result<(), StoreError> {
    let drafts = sqlx::query(
        "SELECT d.draft, f.person FROM second_draft d JOIN draft f ON f.id = d.draft \
         JOIN second s ON s.id = d.second JOIN record r ON r.id = s.record WHERE r.person = $1",
    );
    for row in drafts.bind(person).fetch_all(&mut *writing).await? {
        draft::remove(writing, number(&row, "draft")?).await?;
        draft::forget_nobody(writing, number(&row, "person")?).await?;
    }
    let typed = sqlx::query(
        "UPDATE second_step SET content = NULL WHERE second IN (SELECT s.id FROM second s \
         JOIN record r ON r.id = s.record WHERE r.person = $1)",
    );
    typed.bind(person).execute(writing).await?;
    Ok(())
}

async fn step(
    act: &mut Act,
    id: SecondId,
    (state, who): (&'static str, &str),
    (content, seal): (Option<String>, String),
    counts: DecidedCounts,
) -> Result<(), StoreError> {
    let last = sqlx::query("SELECT MAX(step) AS n FROM second_step WHERE second = $1").bind(id.0);
    let last = last.fetch_one(&mut *act.writing).await?;
    let last: Option<i64> = sqlx::Row::try_get(&last, "n")?;
    let whole = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    let insert = sqlx::query(
        "INSERT INTO second_step (second, step, line, state, who, content, seal, n_fields, n_first_wrong, n_second_wrong) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    );
    insert
        .bind(id.0)
        .bind(last.unwrap_or_default() + 1)
        .bind(act.line)
        .bind(state)
        .bind(who.to_owned())
        .bind(content)
        .bind(seal)
        .bind(whole(counts.n_fields))
        .bind(whole(counts.n_first_wrong))
        .bind(whole(counts.n_second_wrong))
        .execute(&mut *act.writing)
        .await?;
    Ok(())
}
