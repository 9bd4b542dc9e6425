//! What an undo writes, worked out while others write: putting it down is all that they wait for.

use std::collections::BTreeSet;

use sqlx::AnyConnection;

use super::past::{self, Left, Was};
use super::touched::{Fate, Touched, touched};
use super::{UndoPlan, line_of};
use crate::batch::BatchId;
use crate::batch::targets::{IDENTITIES, PERSONS, RECORDS, REVISIONS, STEPS};
use crate::engine::bulk::{Cell, put_all};
use crate::engine::{maybe, number, text};
use crate::finding::{BATCH_UNDONE, FINDINGS, FindingState, Known, known_of};
use crate::keys::content::{REMOVED, Sealed};
use crate::person::identity::Tokens;
use crate::person::{self, Keyed};
use crate::record::RecordId;
use crate::{Store, StoreError};

/// Holds the rows.
#[derive(Default)]
pub(super) struct Prepared {
    line: i64,
    records: Vec<Vec<Cell>>,
    revisions: Vec<Vec<Cell>>,
    persons: Vec<Vec<Cell>>,
    identities: Vec<Vec<Cell>>,
    findings: Vec<Vec<Cell>>,
    steps: Vec<Vec<Cell>>,
}

impl Store {
    /// Works out what undoing a batch does, as far as what is to be written under a line of the journal.
    pub(super) async fn prepare_undo(
        &self,
        connection: &mut AnyConnection,
        (batch, also, line): (BatchId, &BTreeSet<RecordId>, i64),
    ) -> Result<(UndoPlan, Prepared), StoreError> {
        let of_batch = line_of(connection, batch).await?;
        let mut done = UndoPlan::default();
        let mut prepared = Prepared { line, ..Prepared::default() };
        let all = touched(connection, batch, also).await?;
        for touched in &all {
            done.note(connection, touched).await?;
            match &touched.fate {
                Fate::TakenAway => prepared.record(touched, None)?,
                Fate::Restored(sealed) => prepared.record(touched, Some(sealed))?,
                Fate::Edited(_) | Fate::KeptWith | Fate::Destroyed | Fate::Same => {}
            }
        }
        for person in persons(connection, of_batch, &all).await? {
            self.prepare_identity(connection, (person, batch.0), (&all, &mut prepared)).await?;
        }
        prepared.bring_findings_back(connection, of_batch, &done).await?;
        Ok((done, prepared))
    }

    /// Brings an identity back, as far as revisions that count leave it.
    async fn prepare_identity(
        &self,
        connection: &mut AnyConnection,
        (person, batch): (i64, i64),
        (all, prepared): (&[Touched], &mut Prepared),
    ) -> Result<(), StoreError> {
        let revisions = past::of_identity(connection, (person, batch)).await?;
        let Some(last) = revisions.first() else { return Ok(()) };
        let sealed = match past::left(&revisions, 0) {
            Left::Nothing if last.is_removed => return Ok(()),
            // Somebody of whom a record stands stays who it is.
            Left::Nothing if keeps_record(connection, person, all).await? => return Ok(()),
            Left::Nothing => None,
            Left::At(place) => match revisions.get(place) {
                Some(was) if place > 0 && !was.is_same(last) && was.sealed.is_some() => {
                    was.sealed.as_ref()
                }
                Some(_) | None => return Ok(()),
            },
        };
        prepared.identity(person, last, sealed);
        let secret = person::secret(connection, person).await?;
        if let Some(secret) = secret.filter(|_| self.has_key()) {
            let content = sealed.map(|sealed| sealed.content.as_str());
            let known = self.open_identity(&Keyed { id: person, secret }, content)?;
            prepared.person(connection, person, self.tokens(&known)?).await?;
        }
        Ok(())
    }
}

/// Lists the persons whose identity is looked at: those whom the batch touched, but for whoever keeps a record.
async fn persons(
    connection: &mut AnyConnection,
    line: i64,
    all: &[Touched],
) -> Result<BTreeSet<i64>, StoreError> {
    let rows = sqlx::query("SELECT DISTINCT person FROM identity WHERE line = $1").bind(line);
    let mut persons: BTreeSet<i64> = all.iter().map(|touched| touched.group.0).collect();
    for row in rows.fetch_all(connection).await? {
        persons.insert(number(&row, "person")?);
    }
    for kept in all.iter().filter(|one| matches!(one.fate, Fate::Edited(_) | Fate::KeptWith)) {
        persons.remove(&kept.group.0);
    }
    Ok(persons)
}

/// Says whether a record of a person stands once the batch is undone.
async fn keeps_record(
    connection: &mut AnyConnection,
    person: i64,
    all: &[Touched],
) -> Result<bool, StoreError> {
    let is_of = |touched: &&Touched| touched.group.0 == person;
    if all.iter().filter(is_of).any(|touched| matches!(touched.fate, Fate::Restored(_))) {
        return Ok(true);
    }
    let goes = all.iter().filter(is_of).filter(|one| matches!(one.fate, Fate::TakenAway));
    let goes: BTreeSet<i64> = goes.map(|touched| touched.standing.id).collect();
    let standing = sqlx::query("SELECT id FROM record WHERE person = $1 AND content IS NOT NULL");
    for row in standing.bind(person).fetch_all(connection).await? {
        if !goes.contains(&number(&row, "id")?) {
            return Ok(true);
        }
    }
    Ok(false)
}

impl Prepared {
    /// Puts the next revision of a record down, and the record as it then stands.
    fn record(&mut self, touched: &Touched, sealed: Option<&Sealed>) -> Result<(), StoreError> {
        let (row, standing) = (&touched.row, &touched.standing);
        let content: Cell = sealed.map(|sealed| sealed.content.clone()).into();
        let fingerprint: Cell = sealed.map(|sealed| sealed.fingerprint.clone()).into();
        self.records.push(vec![
            standing.id.into(),
            text(row, "form")?.into(),
            text(row, "wave")?.into(),
            text(row, "partner")?.into(),
            number(row, "person")?.into(),
            number(row, "number")?.into(),
            (standing.revision + 1).into(),
            content.clone(),
            fingerprint.clone(),
        ]);
        self.revisions.push(vec![
            standing.id.into(),
            (standing.revision + 1).into(),
            self.line.into(),
            Cell::NoNumber,
            content,
            sealed.map_or(REMOVED, |sealed| &sealed.seal).into(),
            fingerprint,
        ]);
        Ok(())
    }

    /// Puts the next revision of an identity down.
    fn identity(&mut self, person: i64, last: &Was, sealed: Option<&Sealed>) {
        self.identities.push(vec![
            person.into(),
            (last.revision + 1).into(),
            self.line.into(),
            sealed.map(|sealed| sealed.content.clone()).into(),
            sealed.map_or(REMOVED, |sealed| &sealed.seal).into(),
            sealed.map(|sealed| sealed.fingerprint.clone()).into(),
        ]);
    }

    /// Puts the marks of an identity down.
    async fn person(
        &mut self,
        connection: &mut AnyConnection,
        person: i64,
        marks: Tokens,
    ) -> Result<(), StoreError> {
        let row = sqlx::query("SELECT partner, pseudonym, state FROM person WHERE id = $1");
        let row = row.bind(person).fetch_one(connection).await?;
        self.persons.push(vec![
            person.into(),
            text(&row, "partner")?.into(),
            maybe(&row, "pseudonym")?.into(),
            marks.number.into(),
            marks.name.into(),
            text(&row, "state")?.into(),
        ]);
        Ok(())
    }

    /// Puts findings back into the state they had before the line, unless somebody has gone on with them or their record stays; those of a
    /// record that goes are closed, whatever somebody said of them.
    async fn bring_findings_back(
        &mut self,
        connection: &mut AnyConnection,
        line: i64,
        done: &UndoPlan,
    ) -> Result<(), StoreError> {
        let rows = sqlx::query(
            "SELECT f.*, (SELECT s.state FROM finding_step s WHERE s.finding = f.id \
             AND s.step = f.steps - 1) AS state_before, (SELECT s.reason FROM finding_step s \
             WHERE s.finding = f.id AND s.step = f.steps - 1) AS reason_before \
             FROM finding f JOIN finding_step l ON l.finding = f.id AND l.step = f.steps \
             WHERE l.line = $1 ORDER BY f.id",
        );
        let stays = done.edited_since.iter().map(|edited| edited.record);
        let stays = stays.chain(done.kept_with.iter().copied());
        let stays = stays.chain(done.taken_away.iter().copied());
        let stays: BTreeSet<i64> = stays.map(|record| record.0).collect();
        for row in rows.bind(line).fetch_all(&mut *connection).await? {
            let record: Option<i64> = sqlx::Row::try_get(&row, "record")?;
            if record.is_some_and(|record| stays.contains(&record)) {
                continue;
            }
            let state = maybe(&row, "state_before")?;
            let state = state.and_then(|name| FindingState::from_name(&name));
            let code = match state {
                Some(_) => maybe(&row, "reason_before")?.unwrap_or_default(),
                None => BATCH_UNDONE.to_owned(),
            };
            self.step(known_of(&row)?, state.unwrap_or(FindingState::Closed), code);
        }
        for record in &done.taken_away {
            let open = sqlx::query(
                "SELECT * FROM finding WHERE record = $1 AND state <> 'closed' ORDER BY id",
            );
            for row in open.bind(record.0).fetch_all(&mut *connection).await? {
                self.step(known_of(&row)?, FindingState::Closed, BATCH_UNDONE.to_owned());
            }
        }
        Ok(())
    }

    /// Puts the next step of a finding down.
    fn step(&mut self, known: Known, state: FindingState, code: String) {
        let (id, step) = (known.finding.id.0, known.n_steps + 1);
        let mut finding = known.cells;
        finding.extend([state.name().into(), code.clone().into(), step.into()]);
        self.findings.push(finding);
        self.steps.push(vec![
            id.into(),
            step.into(),
            self.line.into(),
            state.name().into(),
            code.into(),
            "".into(),
        ]);
    }

    /// Writes all of it.
    pub(super) async fn write(self, writing: &mut AnyConnection) -> Result<(), StoreError> {
        for (target, rows) in [
            (PERSONS, self.persons),
            (IDENTITIES, self.identities),
            (RECORDS, self.records),
            (REVISIONS, self.revisions),
            (FINDINGS, self.findings),
            (STEPS, self.steps),
        ] {
            put_all(writing, &target, rows).await?;
        }
        Ok(())
    }
}
