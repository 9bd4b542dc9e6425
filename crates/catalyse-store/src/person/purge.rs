//! Purging: answers are removed once their retention is over, counted from the end of the person's last wave.
//!
//! Old revisions hold answers too, those of undone batches among them, so the person gets a new key: what stays is sealed anew, all earlier
//! revisions are emptied, and the old key is destroyed. A person of whom nothing stays is erased. A draft that is open keeps its person; one
//! that was abandoned is thrown away once what is typed in it is over.

use std::collections::BTreeSet;

use catalyse_codebook::{Answers, VariableName};
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::engine::{number, text};
use crate::journal::{Act, Action, time};
use crate::keys::cipher::Secret;
use crate::keys::content::{of_record, seal};
use crate::person::erase::{Leaves, drop_drafts, empty, erase_in};
use crate::person::{Keyed, mark, secret};
use crate::record::{Standing, revise};
use crate::{Author, Store, StoreError, draft, finding, keys::key_sheet, person::identity, slip};

/// Says what a purge removed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Purged {
    /// Persons of whom some answers went.
    pub n_trimmed: u64,
    /// Answers that went.
    pub n_answers: u64,
    /// Drafts that were thrown away: nobody had touched them for as long as what they hold is kept.
    pub n_drafts: u64,
    /// Persons of whom nothing was left: erased.
    pub n_erased: u64,
    /// Folders of backups that could not be reached: their keys must be destroyed by hand.
    pub unreached: Vec<String>,
    /// Somebody was reading the store, whose file keeps old pages until then: closing every program that has it open lets go of them.
    pub lingers: bool,
}

/// What is known of one person, parted into what stays and what goes.
struct Trim {
    records: Vec<(Standing, Answers)>,
    identity: Answers,
    n_gone: u64,
}

impl Trim {
    fn leaves_nothing(&self) -> bool {
        self.identity.is_empty() && self.records.iter().all(|(_, answers)| answers.is_empty())
    }
}

impl Store {
    /// Removes every answer whose retention ended before a day. One line of the journal for all.
    ///
    /// **Missing**: a variable without a retention is kept; a derived one goes when nothing else of the record is left.
    ///
    /// # Errors
    /// Somebody has an identity and there is no key file; the database breaks.
    pub async fn purge(
        &self,
        before: Date,
        leaves: Leaves,
        author: &Author,
    ) -> Result<Purged, StoreError> {
        let (act, mut purged, persons) = self.purge_in(before, leaves, author).await?;
        if persons.is_empty() && purged.n_drafts == 0 {
            return Ok(purged);
        }
        let mut subject = serde_json::json!({ "before": before.to_string(), "persons": persons });
        if purged.n_drafts > 0 {
            subject["drafts"] = purged.n_drafts.into();
        }
        act.finish(&subject, None).await?;
        purged.lingers = !self.pools.forget().await?;
        purged.unreached = key_sheet::renew_all(self).await?;
        Ok(purged)
    }

    /// Says what a purge would remove, and removes nothing.
    ///
    /// # Errors
    /// As of [`Store::purge`].
    pub async fn plan_purge(
        &self,
        before: Date,
        leaves: Leaves,
        author: &Author,
    ) -> Result<Purged, StoreError> {
        // Dropped before its end, the change has not happened.
        self.purge_in(before, leaves, author).await.map(|(_, purged, _)| purged)
    }

    /// Purges as far as the end of the change, and returns the persons of whom something goes.
    async fn purge_in(
        &self,
        before: Date,
        leaves: Leaves,
        author: &Author,
    ) -> Result<(Act, Purged, Vec<i64>), StoreError> {
        let mut act = Act::begin(&self.pools, author, Action::Purge).await?;
        let rows = sqlx::query("SELECT id FROM person WHERE state = 'active' ORDER BY id");
        let rows = rows.fetch_all(&mut *act.writing).await?;
        let n_drafts = self.drop_abandoned(&mut act, before).await?;
        let mut purged = Purged { n_drafts, ..Purged::default() };
        let mut persons = Vec::new();
        for row in rows {
            let person = number(&row, "id")?;
            let Some(last) = self.last_day(&mut act.writing, person).await? else { continue };
            let Some(known) = secret(&mut act.writing, person).await? else { continue };
            let keyed = Keyed { id: person, secret: known };
            let is_over = |name: &VariableName| self.is_over(name, last, before);
            let trim = self.trim(&mut act.writing, &keyed, is_over).await?;
            if trim.n_gone == 0 {
                continue;
            }
            persons.push(person);
            purged.n_answers += trim.n_gone;
            if trim.leaves_nothing() {
                purged.n_drafts += erase_in(&mut act, person, leaves).await?.n_drafts;
                purged.n_erased += 1;
            } else {
                purged.n_drafts += self.seal_anew(&mut act, person, trim).await?;
                purged.n_trimmed += 1;
            }
        }
        Ok((act, purged, persons))
    }

    /// Returns the last day of the person's last wave; a draft that is open makes its wave the last, and the day on which it was last touched.
    async fn last_day(
        &self,
        connection: &mut AnyConnection,
        person: i64,
    ) -> Result<Option<Date>, StoreError> {
        let rows = sqlx::query("SELECT DISTINCT wave FROM record WHERE person = $1").bind(person);
        let rows = rows.fetch_all(&mut *connection).await?;
        let waves = rows.iter().map(|row| text(row, "wave")).collect::<Result<Vec<_>, _>>()?;
        let last = waves.iter().filter_map(|wave| self.catalogue.wave_ends.get(wave)).max();
        let drafts = sqlx::query("SELECT wave, changed_at FROM draft WHERE person = $1");
        let mut last = last.copied();
        for row in drafts.bind(person).fetch_all(connection).await? {
            last = last.max(Some(self.day_of_draft(&row)?));
        }
        Ok(last)
    }

    fn day_of_draft(&self, row: &AnyRow) -> Result<Date, StoreError> {
        let touched = time(row, "changed_at")?.to_zoned(TimeZone::UTC).date();
        let end = self.catalogue.wave_ends.get(&text(row, "wave")?).copied();
        Ok(end.map_or(touched, |end| end.max(touched)))
    }

    /// Throws the drafts away about persons of whom nothing else is known, once something that is typed in them is over.
    async fn drop_abandoned(&self, act: &mut Act, before: Date) -> Result<u64, StoreError> {
        let drafts = sqlx::query(
            "SELECT d.id, d.person, d.wave, d.changed_at FROM draft d JOIN person p ON p.id = d.person \
             WHERE p.state = 'draft' ORDER BY d.id",
        );
        let mut n_drafts = 0;
        for row in drafts.fetch_all(&mut *act.writing).await? {
            let (id, last) = (number(&row, "id")?, self.day_of_draft(&row)?);
            let fields = sqlx::query("SELECT DISTINCT variable FROM draft_field WHERE draft = $1");
            let fields = fields.bind(id).fetch_all(&mut *act.writing).await?;
            let names = fields.iter().map(|row| text(row, "variable"));
            let names = names.collect::<Result<Vec<_>, _>>()?;
            let mut names = names.iter().filter_map(|name| VariableName::new(name).ok());
            if names.any(|name| self.is_over(&name, last, before)) {
                draft::remove(&mut act.writing, id).await?;
                draft::forget_nobody(&mut act.writing, number(&row, "person")?).await?;
                n_drafts += 1;
            }
        }
        Ok(n_drafts)
    }

    fn is_over(&self, name: &VariableName, last: Date, before: Date) -> bool {
        let months = self.catalogue.variables.get(name).and_then(|known| known.retention_months);
        let end = months.and_then(|months| last.checked_add(i64::from(months).months()).ok());
        end.is_some_and(|end| end < before)
    }

    async fn trim(
        &self,
        connection: &mut AnyConnection,
        person: &Keyed,
        is_over: impl Fn(&VariableName) -> bool,
    ) -> Result<Trim, StoreError> {
        let rows = sqlx::query(
            "SELECT id, revision, content FROM record WHERE person = $1 AND content IS NOT NULL ORDER BY id",
        );
        let rows = rows.bind(person.id).fetch_all(&mut *connection).await?;
        let mut trim = Trim { records: Vec::new(), identity: Answers::new(), n_gone: 0 };
        for row in rows {
            let id = number(&row, "id")?;
            let content = person.secret.open(&of_record(id), &text(&row, "content")?)?;
            let answers = self.catalogue.answers(&content)?;
            let n_answers = answers.len();
            let mut kept: Answers =
                answers.into_iter().filter(|(name, _)| !is_over(name)).collect();
            let is_derived = |name: &VariableName| {
                self.catalogue.variables.get(name).is_some_and(|known| known.is_derived)
            };
            if kept.len() < n_answers && kept.keys().all(is_derived) {
                kept.clear();
            }
            trim.n_gone += (n_answers - kept.len()) as u64;
            let revision = number(&row, "revision")?;
            trim.records.push((Standing { id, revision, fingerprint: None }, kept));
        }
        let has_identity = sqlx::query("SELECT person FROM identity WHERE person = $1 LIMIT 1");
        if has_identity.bind(person.id).fetch_optional(&mut *connection).await?.is_some() {
            let known = self.identity_of(connection, person.id).await?;
            let n_answers = known.len();
            trim.identity = known.into_iter().filter(|(name, _)| !is_over(name)).collect();
            trim.n_gone += (n_answers - trim.identity.len()) as u64;
        }
        if trim.n_gone == 0 {
            trim.n_gone = self.n_over_in_the_past(connection, person, is_over).await?;
        }
        Ok(trim)
    }

    /// Counts the answers that are over and stand nowhere but in old revisions.
    async fn n_over_in_the_past(
        &self,
        connection: &mut AnyConnection,
        person: &Keyed,
        is_over: impl Fn(&VariableName) -> bool,
    ) -> Result<u64, StoreError> {
        let mut over = BTreeSet::new();
        let rows = sqlx::query(
            "SELECT r.id, v.content FROM revision v JOIN record r ON r.id = v.record \
             WHERE r.person = $1 AND v.content IS NOT NULL",
        );
        for row in rows.bind(person.id).fetch_all(&mut *connection).await? {
            let id = number(&row, "id")?;
            let content = person.secret.open(&of_record(id), &text(&row, "content")?)?;
            let answers = self.catalogue.answers(&content)?;
            over.extend(answers.into_keys().filter(&is_over).map(|name| (id, name)));
        }
        for answers in self.past_identities(connection, person.id).await? {
            over.extend(answers.into_keys().filter(&is_over).map(|name| (0, name)));
        }
        Ok(over.len() as u64)
    }

    /// Seals what stays under a new key; drafts of the person go, because they hold answers under the old one, and what was typed a second
    /// time likewise. Returns how many drafts went.
    async fn seal_anew(&self, act: &mut Act, person: i64, trim: Trim) -> Result<u64, StoreError> {
        let n_drafts = drop_drafts(act, person).await?;
        slip::forget_seconds(&mut act.writing, person).await?;
        finding::comment::forget(&mut act.writing, person).await?;
        empty(&mut act.writing, person, act.line).await?;
        let keyed = Keyed { id: person, secret: Secret::draw()? };
        let update = sqlx::query("UPDATE person_key SET secret = $2 WHERE person = $1");
        update.bind(person).bind(keyed.secret.to_text()).execute(&mut *act.writing).await?;
        mark::put(&mut act.writing, &keyed, act.line).await?;
        // Nothing older may be left where a record stands: it stands on its new revision, or on an emptied one.
        let emptied =
            sqlx::query("UPDATE record SET content = NULL, fingerprint = NULL WHERE person = $1");
        emptied.bind(person).execute(&mut *act.writing).await?;
        for (standing, answers) in &trim.records {
            let sealed = seal(&keyed.secret, &of_record(standing.id), answers)?;
            revise(&mut act.writing, standing, Some(&sealed), (act.line, None)).await?;
        }
        if trim.identity.is_empty() {
            let none = identity::Tokens::default();
            identity::revise(&mut act.writing, person, None, act.line).await?;
            identity::set_tokens(&mut act.writing, person, &none).await?;
            return Ok(n_drafts);
        }
        identity::put(self, &mut act.writing, &keyed, (&trim.identity, act.line)).await?;
        Ok(n_drafts)
    }
}
