//! What changed under a draft: its records and the identity as they were when it was opened, beside what stands now and what was typed.

use catalyse_codebook::{Answer, Answers, FormName};
use jiff::Timestamp;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::{DraftId, Field, field_of};
use crate::engine::{maybe, number, text};
use crate::journal::time;
use crate::keys::content::of_record;
use crate::person::{merge, secret_of};
use crate::record::changes;
use crate::{Store, StoreError};

/// Holds one answer that somebody else changed under a draft.
#[derive(Clone, Debug, PartialEq)]
pub struct Moved {
    /// The field.
    pub field: Field,
    /// What it was when the draft was opened.
    pub then: Option<Answer>,
    /// What stands now.
    pub now: Option<Answer>,
    /// What the draft says, if something was typed there: `Some(None)` for a field that was emptied.
    pub mine: Option<Option<Answer>>,
    /// Who changed it, and when.
    pub by: (String, Timestamp),
}

impl Moved {
    /// Says whether somebody has to choose between what was typed and what stands.
    pub fn is_contested(&self) -> bool {
        self.mine.as_ref().is_some_and(|mine| *mine != self.now)
    }
}

/// Names an episode that was typed under a number that somebody else has given to another one meanwhile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renumbered {
    /// The repeat form.
    pub form: FormName,
    /// The number that both have.
    pub number: i64,
    /// The number that the typed one gets when the draft goes on: both stay, and neither is mixed with the other.
    pub becomes: i64,
}

/// Holds all that changed under a draft.
#[derive(Clone, Debug, PartialEq)]
pub struct Moves {
    /// What was looked at: whoever renews the draft hands it back, so that nothing newer is passed over.
    pub stamp: String,
    /// Whether a record that the draft stands on was taken away.
    pub is_taken_away: bool,
    /// The answers.
    pub answers: Vec<Moved>,
    /// The typed episodes whose number is taken, in the order of numbers.
    pub renumbered: Vec<Renumbered>,
}

const MOVED: &str = "SELECT r.id, r.form, r.number, r.revision, r.content, b.revision AS opened_on, v.content AS old, \
     k.secret, j.who, j.at FROM record r JOIN person_key k ON k.person = r.person \
     LEFT JOIN draft_base b ON b.record = r.id AND b.draft = $1 \
     LEFT JOIN revision v ON v.record = r.id AND v.revision = b.revision \
     JOIN revision w ON w.record = r.id AND w.revision = r.revision JOIN journal j ON j.line = w.line \
     WHERE (b.draft IS NOT NULL OR (r.person = $2 AND r.wave = $3 AND r.content IS NOT NULL)) \
     AND r.revision <> COALESCE(b.revision, 0) ORDER BY r.form, r.number, r.id";

impl Store {
    /// Returns what changed under a draft since it was opened; nothing if nothing did.
    ///
    /// # Errors
    /// There is no such draft, or a content cannot be opened.
    pub async fn draft_moves(&self, id: DraftId) -> Result<Option<Moves>, StoreError> {
        let mut reading = self.pools.begin_reading().await?;
        let moves = self.moves_in(&mut reading, id).await?;
        reading.rollback().await?;
        Ok(moves)
    }

    pub(super) async fn moves_in(
        &self,
        reading: &mut AnyConnection,
        id: DraftId,
    ) -> Result<Option<Moves>, StoreError> {
        let draft = sqlx::query(
            "SELECT d.*, k.secret, (SELECT COALESCE(MAX(i.revision), 0) FROM identity i \
             WHERE i.person = d.person) AS last_identity FROM draft d \
             JOIN person_key k ON k.person = d.person WHERE d.id = $1",
        );
        let draft = draft.bind(id.0).fetch_optional(&mut *reading).await?;
        let draft = draft.ok_or_else(|| StoreError::unknown("draft", id.0))?;
        let (person, identity) = (number(&draft, "person")?, number(&draft, "last_identity")?);
        let rows = sqlx::query(MOVED).bind(id.0).bind(person).bind(text(&draft, "wave")?);
        let rows = rows.fetch_all(&mut *reading).await?;
        let mut answers = Vec::new();
        let mut stamp = format!("{} {identity}", number(&draft, "version")?);
        for row in &rows {
            let standing = format!(" {}.{}", number(row, "id")?, number(row, "revision")?);
            stamp.push_str(&standing);
            answers.extend(self.moved_of(row)?);
        }
        let opened_on = number(&draft, "identity")?;
        if self.has_key() && opened_on != identity {
            answers.extend(self.moved_identity(reading, (person, opened_on)).await?);
        }
        let typed = self.typed_in(reading, (id, &draft)).await?;
        let renumbered = renumbered(reading, (id, &draft), (&rows, &answers, &typed)).await?;
        lay_beside(&mut answers, &typed, &renumbered);
        answers.retain(|moved| moved.mine.as_ref() != Some(&moved.now));
        let has_moved = !rows.is_empty() || opened_on != identity;
        let contents = rows.iter().map(|row| maybe(row, "content"));
        let contents = contents.collect::<Result<Vec<_>, _>>()?;
        let is_taken_away = contents.iter().any(Option::is_none);
        Ok(has_moved.then_some(Moves { stamp, is_taken_away, answers, renumbered }))
    }

    /// Lists what changed in one record.
    fn moved_of(&self, row: &AnyRow) -> Result<Vec<Moved>, StoreError> {
        let (secret, place) = (secret_of(row)?, of_record(number(row, "id")?));
        let open = |column| -> Result<Answers, StoreError> {
            let Some(content) = maybe(row, column)? else { return Ok(Answers::new()) };
            self.catalogue.answers(&secret.open(&place, &content)?)
        };
        let form = text(row, "form")?;
        let form = if form.is_empty() {
            None
        } else {
            Some(FormName::new(&form).map_err(|_| StoreError::Broken("record"))?)
        };
        let (of_row, by) = (number(row, "number")?, (text(row, "who")?, time(row, "at")?));
        let moved = changes(&open("old")?, &open("content")?).into_iter().map(|change| Moved {
            field: Field { form: form.clone(), number: of_row, variable: change.variable },
            then: change.old,
            now: change.new,
            mine: None,
            by: by.clone(),
        });
        Ok(moved.collect())
    }

    /// Lists what changed in the identity.
    async fn moved_identity(
        &self,
        reading: &mut AnyConnection,
        (person, opened_on): (i64, i64),
    ) -> Result<Vec<Moved>, StoreError> {
        let then = merge::at_revision(self, reading, (person, opened_on)).await?;
        let now = self.identity_of(reading, person).await?;
        let line = sqlx::query(
            "SELECT j.who, j.at FROM identity i JOIN journal j ON j.line = i.line \
             WHERE i.person = $1 ORDER BY i.revision DESC LIMIT 1",
        );
        let line = line.bind(person).fetch_one(reading).await?;
        let by = (text(&line, "who")?, time(&line, "at")?);
        let moved = changes(&then, &now).into_iter().map(|change| Moved {
            field: Field { form: None, number: 0, variable: change.variable },
            then: change.old,
            now: change.new,
            mine: None,
            by: by.clone(),
        });
        Ok(moved.collect())
    }

    /// Returns what was typed in a draft.
    async fn typed_in(
        &self,
        reading: &mut AnyConnection,
        (id, draft): (DraftId, &AnyRow),
    ) -> Result<Typed, StoreError> {
        let secret = secret_of(draft)?;
        let rows = sqlx::query("SELECT * FROM draft_field WHERE draft = $1").bind(id.0);
        let typed = rows.fetch_all(reading).await?.into_iter().map(|row| {
            let field = field_of(&row)?;
            let answer = self.open_field(&secret, id, &field, maybe(&row, "content")?)?;
            Ok((field, answer))
        });
        typed.collect()
    }
}

type Typed = Vec<(Field, Option<Answer>)>;

/// Lays what was typed in a draft beside what changed under it. What gets another number is beside nothing.
fn lay_beside(answers: &mut [Moved], typed: &Typed, renumbered: &[Renumbered]) {
    for (field, answer) in typed {
        if renumbered.iter().any(|one| one.is_of(field)) {
            continue;
        }
        if let Some(moved) = answers.iter_mut().find(|moved| moved.field == *field) {
            moved.mine = Some(answer.clone());
        }
    }
}

impl Renumbered {
    /// Says whether a field is of the episode as it was typed.
    pub(super) fn is_of(&self, field: &Field) -> bool {
        field.form.as_ref() == Some(&self.form) && field.number == self.number
    }
}

/// Lists the episodes of a draft whose number somebody else has given meanwhile to one that says something else, or more.
async fn renumbered(
    reading: &mut AnyConnection,
    (id, draft): (DraftId, &AnyRow),
    (rows, answers, typed): (&[AnyRow], &[Moved], &Typed),
) -> Result<Vec<Renumbered>, StoreError> {
    let mut renumbered: Vec<Renumbered> = Vec::new();
    for row in rows {
        let opened_on: Option<i64> = sqlx::Row::try_get(row, "opened_on")?;
        let (form, number) = (text(row, "form")?, number(row, "number")?);
        if opened_on.is_some() || form.is_empty() {
            continue;
        }
        let form = FormName::new(&form).map_err(|_| StoreError::Broken("record"))?;
        let twin = Renumbered { form, number, becomes: 0 };
        // Whoever typed nothing but what stands there now has typed the same episode.
        let differs = typed.iter().any(|(field, answer)| {
            let now = answers.iter().find(|moved| moved.field == *field);
            twin.is_of(field)
                && answer.is_some()
                && now.and_then(|one| one.now.as_ref()) != answer.as_ref()
        });
        if differs {
            let last = renumbered.iter().rfind(|one| one.form == twin.form).map(|one| one.becomes);
            let last = match last {
                Some(last) => last,
                None => last_number(reading, (id, draft), &twin.form).await?,
            };
            renumbered.push(Renumbered { becomes: last + 1, ..twin });
        }
    }
    Ok(renumbered)
}

/// Returns the last number of a form that a record of the person in the wave ever had, or that stands in the draft.
async fn last_number(
    reading: &mut AnyConnection,
    (id, draft): (DraftId, &AnyRow),
    form: &FormName,
) -> Result<i64, StoreError> {
    let form = form.to_string();
    let of_records = sqlx::query(
        "SELECT MAX(number) AS n FROM record WHERE person = $1 AND wave = $2 AND form = $3",
    );
    let of_records = of_records.bind(number(draft, "person")?).bind(text(draft, "wave")?);
    let of_records = of_records.bind(form.clone()).fetch_one(&mut *reading).await?;
    let of_draft =
        sqlx::query("SELECT MAX(number) AS n FROM draft_field WHERE draft = $1 AND form = $2");
    let of_draft = of_draft.bind(id.0).bind(form).fetch_one(reading).await?;
    let last = |row: &AnyRow| sqlx::Row::try_get::<Option<i64>, _>(row, "n");
    Ok(last(&of_records)?.max(last(&of_draft)?).unwrap_or(0))
}
