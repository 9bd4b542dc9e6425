//! Second entries: a sample of a pile is keyed again by somebody else without seeing the first, and a third person decides with the paper.
//!
//! What was typed the second time never becomes a record. It is kept sealed under the person's key, as the record is, until it is decided;
//! the counts stay. Where the first entry was wrong, the record is corrected as any other.

use catalyse_codebook::{Answer, FormName, PartnerId};
use sqlx::any::AnyRow;

use super::SlipId;
use super::typed::{SecondRow, read};
use crate::draft::{DraftId, Field};
use crate::engine::{count, maybe, number, text};
use crate::keys::content::of_record;
use crate::record::{Past, RecordId};
use crate::{Store, StoreError, person};

/// Numbers a second entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SecondId(pub i64);

/// Says how far a second entry is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecondState {
    /// It was drawn and waits for a second encoder.
    Drawn,
    /// It was typed, by all of these, and waits for a third person.
    Typed(Vec<String>),
    /// It was decided, with the counts.
    Decided(DecidedCounts),
}

/// Counts the fields of a decision.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DecidedCounts {
    /// Fields that were compared.
    pub n_fields: u64,
    /// Fields in which the first entry is not what stands on the paper.
    pub n_first_wrong: u64,
    /// Fields in which the second is not.
    pub n_second_wrong: u64,
}

/// Holds what a third person decides.
#[derive(Clone, Debug, Default)]
pub struct Decision {
    /// What the comparison with the paper gave.
    pub counts: DecidedCounts,
    /// What the record lacks of what stands on the paper: the fields of the correction that is begun; none if nothing has to be corrected.
    pub corrections: Vec<(Field, Option<Answer>)>,
}

/// Holds a second entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Second {
    /// Its number.
    pub id: SecondId,
    /// The slip it was drawn from.
    pub slip: SlipId,
    /// The partner.
    pub partner: String,
    /// The record that was drawn.
    pub record: RecordId,
    /// Its revision then: what the second entry is compared with.
    pub revision: u64,
    /// Who keyed it first.
    pub first_by: String,
    /// How far it is.
    pub state: SecondState,
    /// The draft in which it is being typed.
    pub draft: Option<DraftId>,
}

/// Parts those who typed a second entry: no account has it in its name.
pub(crate) const BETWEEN: char = '\n';

const SECOND: &str = "SELECT s.*, l.partner, t.state, t.who, t.n_fields, t.n_first_wrong, t.n_second_wrong, d.draft \
     FROM second s JOIN slip l ON l.id = s.slip LEFT JOIN second_draft d ON d.second = s.id \
     LEFT JOIN second_step t ON t.second = s.id AND t.step = (SELECT MAX(u.step) FROM second_step u WHERE u.second = s.id)";

impl Store {
    /// Returns a second entry.
    ///
    /// # Errors
    /// There is none of this number.
    pub async fn second(&self, id: SecondId) -> Result<Second, StoreError> {
        let row = sqlx::query(sqlx::AssertSqlSafe(format!("{SECOND} WHERE s.id = $1"))).bind(id.0);
        let row = row.fetch_optional(&self.pools.reading).await?;
        second_of(&row.ok_or_else(|| StoreError::unknown("second entry", id.0))?)
    }

    /// Lists the second entries of a partner.
    ///
    /// # Errors
    /// The database breaks.
    pub async fn seconds(&self, partner: &PartnerId) -> Result<Vec<Second>, StoreError> {
        let sql = format!("{SECOND} WHERE l.partner = $1 ORDER BY s.id");
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(partner.to_string());
        rows.fetch_all(&self.pools.reading).await?.iter().map(second_of).collect()
    }

    /// Returns the second entry that is typed in a draft, if one is.
    ///
    /// # Errors
    /// The database breaks.
    pub async fn second_in(&self, draft: DraftId) -> Result<Option<SecondId>, StoreError> {
        let row = sqlx::query("SELECT second FROM second_draft WHERE draft = $1").bind(draft.0);
        let row = row.fetch_optional(&self.pools.reading).await?;
        row.map(|row| Ok(SecondId(number(&row, "second")?))).transpose()
    }

    /// Returns what the first entry was when it was drawn: the situation and the episodes as they stood then, whatever became of them since.
    /// Nothing if part of it was destroyed, so that nothing can be compared.
    ///
    /// # Errors
    /// The database breaks, or a content cannot be opened.
    pub async fn first_rows(&self, id: SecondId) -> Result<Option<Vec<SecondRow>>, StoreError> {
        let rows = sqlx::query(
            "SELECT v.record, v.content, v.seal, k.secret, r.form, r.number FROM second s \
             JOIN record own ON own.id = s.record JOIN record r ON r.person = own.person \
             AND r.wave = own.wave AND r.partner = own.partner JOIN revision v ON v.record = r.id \
             LEFT JOIN person_key k ON k.person = r.person WHERE s.id = $1 AND v.revision = \
             (SELECT MAX(u.revision) FROM revision u WHERE u.record = r.id AND u.line <= s.line) \
             ORDER BY r.form, r.number",
        );
        let mut first = Vec::new();
        for row in &rows.bind(id.0).fetch_all(&self.pools.reading).await? {
            let record = number(row, "record")?;
            match self.past_of(row, &of_record(record))? {
                Past::Answers(answers) => {
                    let form = text(row, "form")?;
                    let form = Some(form).filter(|form| !form.is_empty());
                    let form = form.map(|form| FormName::new(&form)).transpose();
                    let form = form.map_err(|_| StoreError::Broken("record"))?;
                    first.push(SecondRow { form, number: number(row, "number")?, answers });
                }
                Past::TakenAway => {}
                Past::Destroyed => return Ok(None),
            }
        }
        Ok(Some(first).filter(|first| !first.is_empty()))
    }

    /// Returns what was typed the second time.
    ///
    /// # Errors
    /// It was not typed yet, or its person was erased or purged.
    pub async fn second_rows(&self, id: SecondId) -> Result<Vec<SecondRow>, StoreError> {
        let row = sqlx::query(
            "SELECT t.content, k.secret FROM second s JOIN second_step t ON t.second = s.id AND t.state = 'typed' \
             JOIN record r ON r.id = s.record JOIN person_key k ON k.person = r.person WHERE s.id = $1 AND t.content IS NOT NULL",
        );
        let row = row.bind(id.0).fetch_optional(&self.pools.reading).await?;
        let row = row.ok_or_else(|| StoreError::unknown("second entry", id.0))?;
        let content = person::secret_of(&row)?.open(&of_second(id), &text(&row, "content")?)?;
        read(&self.catalogue, &content)
    }
}

fn second_of(row: &AnyRow) -> Result<Second, StoreError> {
    let state = match maybe(row, "state")?.as_deref() {
        None => SecondState::Drawn,
        Some("typed") => {
            SecondState::Typed(text(row, "who")?.split(BETWEEN).map(str::to_owned).collect())
        }
        Some(_) => SecondState::Decided(DecidedCounts {
            n_fields: count(row, "n_fields")?,
            n_first_wrong: count(row, "n_first_wrong")?,
            n_second_wrong: count(row, "n_second_wrong")?,
        }),
    };
    let draft: Option<i64> = sqlx::Row::try_get(row, "draft")?;
    Ok(Second {
        id: SecondId(number(row, "id")?),
        slip: SlipId(number(row, "slip")?),
        partner: text(row, "partner")?,
        record: RecordId(number(row, "record")?),
        revision: count(row, "revision")?,
        first_by: text(row, "first_by")?,
        state,
        draft: draft.map(DraftId),
    })
}

/// Names the place of a second entry's content, so that it opens there alone.
pub(super) fn of_second(id: SecondId) -> String {
    format!("second entry {}", id.0)
}
