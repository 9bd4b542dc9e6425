//! Slips (*bordereaux*): what goes with a pile of paper – how many forms, and totals added up by hand – compared with what was entered.

mod keying;
mod second;
mod typed;

pub(crate) use keying::forget_seconds;
pub(crate) use second::BETWEEN;
pub use second::{DecidedCounts, Decision, Second, SecondId, SecondState};
pub use typed::SecondRow;

use catalyse_codebook::{PartnerId, VariableName, WaveId};
use jiff::Timestamp;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::draft::DraftId;
use crate::engine::{count, maybe, next_number, number, text};
use crate::journal::{Act, Action, time};
use crate::record::RecordId;
use crate::{Author, Store, StoreError};

/// Numbers a slip.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SlipId(pub i64);

/// Holds a slip that is to be.
#[derive(Clone, Debug, PartialEq)]
pub struct NewSlip {
    /// The partner whose pile it is.
    pub partner: PartnerId,
    /// The wave of its forms.
    pub wave: WaveId,
    /// What is written on the pile. It must name nobody.
    pub title: String,
    /// How many forms it is said to have.
    pub n_forms: u64,
    /// Variables with the total that is said of each.
    pub totals: Vec<(VariableName, f64)>,
}

/// Holds a slip.
#[derive(Clone, Debug, PartialEq)]
pub struct Slip {
    /// Its number.
    pub id: SlipId,
    /// What was announced.
    pub announced: NewSlip,
    /// Why it was closed, if it is: empty where all agreed.
    pub closed: Option<String>,
    /// The records of persons in the wave that were keyed from it.
    pub records: Vec<RecordId>,
}

const SLIP: &str = "SELECT s.*, t.state, t.reason FROM slip s LEFT JOIN slip_step t ON t.slip = s.id \
     AND t.step = (SELECT MAX(u.step) FROM slip_step u WHERE u.slip = s.id)";

impl Store {
    /// Announces a pile.
    ///
    /// # Errors
    /// The database breaks.
    pub async fn add_slip(&self, new: &NewSlip, author: &Author) -> Result<SlipId, StoreError> {
        let mut act = Act::begin(&self.pools, author, Action::Slip).await?;
        let id = next_number(&mut act.writing, "SELECT MAX(id) FROM slip").await?;
        let totals: Vec<(&str, f64)> =
            new.totals.iter().map(|(name, total)| (name.as_str(), *total)).collect();
        let insert = sqlx::query(
            "INSERT INTO slip (id, partner, wave, title, n_forms, totals, line) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        );
        insert
            .bind(id)
            .bind(new.partner.to_string())
            .bind(new.wave.to_string())
            .bind(new.title.clone())
            .bind(i64::try_from(new.n_forms).unwrap_or(i64::MAX))
            .bind(serde_json::json!(totals).to_string())
            .bind(act.line)
            .execute(&mut *act.writing)
            .await?;
        let subject = serde_json::json!({ "slip": id, "forms": new.n_forms });
        act.finish(&subject, None).await?;
        Ok(SlipId(id))
    }

    /// Returns a slip with what was entered of it.
    ///
    /// # Errors
    /// There is no such slip.
    pub async fn slip(&self, id: SlipId) -> Result<Slip, StoreError> {
        let row = sqlx::query(sqlx::AssertSqlSafe(format!("{SLIP} WHERE s.id = $1"))).bind(id.0);
        let row = row.fetch_optional(&self.pools.reading).await?;
        self.slip_of(&row.ok_or_else(|| StoreError::unknown("slip", id.0))?).await
    }

    /// Lists the slips of a partner, the newest first.
    ///
    /// # Errors
    /// The database breaks.
    pub async fn slips(&self, partner: &PartnerId) -> Result<Vec<Slip>, StoreError> {
        let sql = format!("{SLIP} WHERE s.partner = $1 ORDER BY s.id DESC");
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(partner.to_string());
        let mut slips = Vec::new();
        for row in rows.fetch_all(&self.pools.reading).await? {
            slips.push(self.slip_of(&row).await?);
        }
        Ok(slips)
    }

    async fn slip_of(&self, row: &AnyRow) -> Result<Slip, StoreError> {
        let id = number(row, "id")?;
        let broken = |_| StoreError::Broken("slip");
        let totals: Vec<(String, f64)> =
            serde_json::from_str(&text(row, "totals")?).map_err(|_| StoreError::Broken("slip"))?;
        let named = totals
            .into_iter()
            .map(|(name, total)| Ok((VariableName::new(&name).map_err(broken)?, total)));
        let is_closed = maybe(row, "state")?.is_some_and(|state| state == "closed");
        let records = sqlx::query(
            "SELECT s.record FROM slip_record s JOIN record r ON r.id = s.record \
             WHERE s.slip = $1 AND r.content IS NOT NULL ORDER BY s.record",
        );
        let records = records.bind(id).fetch_all(&self.pools.reading).await?;
        let records = records.iter().map(|row| Ok(RecordId(number(row, "record")?)));
        Ok(Slip {
            id: SlipId(id),
            announced: NewSlip {
                partner: PartnerId::new(&text(row, "partner")?).map_err(broken)?,
                wave: WaveId::new(&text(row, "wave")?).map_err(broken)?,
                title: text(row, "title")?,
                n_forms: count(row, "n_forms")?,
                totals: named.collect::<Result<_, StoreError>>()?,
            },
            closed: if is_closed { maybe(row, "reason")? } else { None },
            records: records.collect::<Result<_, StoreError>>()?,
        })
    }

    /// Closes a slip, or opens it again if no reason is given.
    ///
    /// # Errors
    /// There is no such slip.
    pub async fn close_slip(
        &self,
        id: SlipId,
        reason: Option<&str>,
        author: &Author,
    ) -> Result<(), StoreError> {
        self.slip(id).await?;
        let mut act = Act::begin(&self.pools, author, Action::Slip).await?;
        let last = sqlx::query("SELECT MAX(step) AS n FROM slip_step WHERE slip = $1").bind(id.0);
        let last = last.fetch_one(&mut *act.writing).await?;
        let last: Option<i64> = sqlx::Row::try_get(&last, "n")?;
        let state = if reason.is_some() { "closed" } else { "open" };
        let insert = sqlx::query(
            "INSERT INTO slip_step (slip, step, line, state, reason) VALUES ($1, $2, $3, $4, $5)",
        );
        insert
            .bind(id.0)
            .bind(last.unwrap_or_default() + 1)
            .bind(act.line)
            .bind(state)
            .bind(reason.unwrap_or_default().to_owned())
            .execute(&mut *act.writing)
            .await?;
        act.finish(&serde_json::json!({ "slip": id.0, "state": state }), None).await?;
        Ok(())
    }

    /// Returns of which wave and which pile the last new record was that somebody typed after a time, if there is one: the next form of a pile is
    /// begun where the last one ended.
    ///
    /// # Errors
    /// The database breaks.
    pub async fn last_typed(
        &self,
        who: &str,
        after: Timestamp,
    ) -> Result<Option<(String, Option<SlipId>)>, StoreError> {
        let last = sqlx::query(
            "SELECT j.at, r.wave, s.slip FROM journal j JOIN revision v ON v.line = j.line AND v.revision = 1 \
             JOIN record r ON r.id = v.record LEFT JOIN slip_record s ON s.line = j.line AND s.record = r.id \
             WHERE j.who = $1 AND j.action = 'entry' AND r.form = '' ORDER BY j.line DESC LIMIT 1",
        );
        let last = last.bind(who.to_owned()).fetch_optional(&self.pools.reading).await?;
        let Some(row) = last else { return Ok(None) };
        let slip: Option<i64> = sqlx::Row::try_get(&row, "slip")?;
        let is_recent = time(&row, "at")? >= after;
        Ok(is_recent.then_some((text(&row, "wave")?, slip.map(SlipId))))
    }

    /// Notes that a draft is keyed from a pile: the record that it becomes is counted there.
    ///
    /// # Errors
    /// The database breaks.
    pub async fn key_from_slip(&self, draft: DraftId, slip: SlipId) -> Result<(), StoreError> {
        let mut writing = self.pools.begin().await?;
        let note = sqlx::query(
            "INSERT INTO slip_draft (draft, slip) VALUES ($1, $2) ON CONFLICT (draft) DO UPDATE SET slip = $2",
        );
        note.bind(draft.0).bind(slip.0).execute(&mut *writing).await?;
        Ok(writing.commit().await?)
    }
}

/// Counts the record of a draft in its slip, if the draft was keyed from one.
pub(crate) async fn count_in(
    writing: &mut AnyConnection,
    (draft, line): (i64, i64),
    records: &[RecordId],
) -> Result<(), StoreError> {
    for record in records {
        let insert = sqlx::query(
            "INSERT INTO slip_record (slip, record, line) SELECT d.slip, r.id, $3 FROM slip_draft d, record r \
             WHERE d.draft = $1 AND r.id = $2 AND r.form = '' ON CONFLICT (slip, record) DO NOTHING",
        );
        insert.bind(draft).bind(record.0).bind(line).execute(&mut *writing).await?;
    }
    Ok(())
}
