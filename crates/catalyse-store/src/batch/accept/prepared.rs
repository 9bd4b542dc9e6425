//! The rows of a batch before they are written, with the hash of each for the digest of its line: writing is all that is left to do while
//! others wait.

use std::collections::BTreeMap;

use catalyse_codebook::FormName;
use sqlx::AnyConnection;

use crate::StoreError;
use crate::batch::targets::{IDENTITIES, PERSONS, RECORDS, REVISIONS, STEPS};
use crate::batch::{SetAsideRow, list_text};
use crate::engine::bulk::{Cell, Target, put_all};
use crate::finding::{FINDINGS, FindingState, Reason, comment};
use crate::keys::cipher::Secret;
use crate::keys::content::Sealed;
use crate::keys::seal::{Digest, hash_cells};
use crate::person::identity::Tokens;
use crate::person::{Keyed, PersonState};
use crate::record::{RecordKey, Standing};

const KEYS: Target = Target { table: "person_key", columns: &["person", "secret"], renewed: &[] };
const MARKS: Target =
    Target { table: "person_mark", columns: &["person", "revision", "line", "mark"], renewed: &[] };
const COMMENTS: Target = Target {
    table: "finding_comment",
    columns: &["finding", "step", "content", "seal"],
    renewed: &[],
};
const BATCH: Target = Target {
    table: "batch",
    columns: &[
        "id",
        "line",
        "partners",
        "waves",
        "files",
        "rows_read",
        "rows_aside",
        "rows_new",
        "rows_changed",
        "rows_same",
        "study_version",
    ],
    renewed: &[],
};
const SET_ASIDE: Target =
    Target { table: "set_aside", columns: &["batch", "position", "place", "checks"], renewed: &[] };

/// Holds the rows of a batch.
#[derive(Default)]
pub(super) struct Prepared {
    /// By number: a person whose identity changes twice in a delivery is written once.
    persons: BTreeMap<i64, Vec<Cell>>,
    keys: Vec<Vec<Cell>>,
    marks: Vec<Vec<Cell>>,
    identities: Vec<Vec<Cell>>,
    records: Vec<Vec<Cell>>,
    revisions: Vec<Vec<Cell>>,
    findings: Vec<Vec<Cell>>,
    steps: Vec<Vec<Cell>>,
    comments: Vec<Vec<Cell>>,
    batch: Vec<Vec<Cell>>,
    set_aside: Vec<Vec<Cell>>,
    digest: Digest,
}

impl Prepared {
    /// Puts a person down, with the marks of the identity.
    pub(super) fn person(&mut self, person: &Keyed, (partner, code): (&str, &str), marks: &Tokens) {
        let state = PersonState::Active.name();
        let (number, name) = (marks.number.clone(), marks.name.clone());
        let row = vec![
            person.id.into(),
            partner.into(),
            code.into(),
            number.into(),
            name.into(),
            state.into(),
        ];
        self.persons.insert(person.id, row);
    }

    /// Puts the key of a new person down, and the mark of the code.
    pub(super) fn key(
        &mut self,
        person: &Keyed,
        mark: String,
        line: i64,
    ) -> Result<(), StoreError> {
        self.keys.push(vec![person.id.into(), person.secret.to_text().into()]);
        let row = vec![person.id.into(), 1.into(), line.into(), mark.into()];
        self.note("person mark", (&MARKS, &row), &[])?;
        self.marks.push(row);
        Ok(())
    }

    /// Puts a revision of an identity down.
    pub(super) fn identity(
        &mut self,
        (person, revision): (i64, i64),
        sealed: Sealed,
        line: i64,
    ) -> Result<(), StoreError> {
        let row = vec![
            person.into(),
            revision.into(),
            line.into(),
            sealed.content.into(),
            sealed.seal.into(),
            sealed.fingerprint.into(),
        ];
        self.note("identity", (&IDENTITIES, &row), &[])?;
        self.identities.push(row);
        Ok(())
    }

    /// Puts the next revision of a record down, and the record as it then stands.
    pub(super) fn revision(
        &mut self,
        (key, person): (&RecordKey, i64),
        standing: &Standing,
        sealed: Sealed,
        (line, batch): (i64, i64),
    ) -> Result<(), StoreError> {
        let form = key.form.as_ref().map_or("", FormName::as_str);
        let revision = standing.revision + 1;
        let stands = vec![
            standing.id.into(),
            form.into(),
            key.wave.as_str().into(),
            key.partner.as_str().into(),
            person.into(),
            key.number.into(),
            revision.into(),
            sealed.content.clone().into(),
            sealed.fingerprint.clone().into(),
        ];
        let row = vec![
            standing.id.into(),
            revision.into(),
            line.into(),
            batch.into(),
            sealed.content.into(),
            sealed.seal.into(),
            sealed.fingerprint.into(),
        ];
        // The line answers for the key of the record too.
        self.note("revision", (&REVISIONS, &row), &[(&RECORDS, &stands)])?;
        self.records.push(stands);
        self.revisions.push(row);
        Ok(())
    }

    /// Puts a finding down as it is after a step: `finding` is what it is about, as [`crate::finding::cells_of`] gives it.
    pub(super) fn step(
        &mut self,
        mut finding: Vec<Cell>,
        (step, state, reason): (i64, FindingState, &Reason),
        (secret, line): (&Secret, i64),
    ) -> Result<(), StoreError> {
        let Some(Cell::Number(id)) = finding.first().cloned() else {
            return Err(StoreError::Broken("finding"));
        };
        if !reason.comment.is_empty() {
            let (content, seal) = comment::sealed(secret, (id, step), &reason.comment)?;
            let row = vec![id.into(), step.into(), content.into(), seal.into()];
            self.note("finding comment", (&COMMENTS, &row), &[])?;
            self.comments.push(row);
        }
        finding.extend([state.name().into(), reason.code.as_str().into(), step.into()]);
        let row = vec![
            id.into(),
            step.into(),
            line.into(),
            state.name().into(),
            reason.code.as_str().into(),
            "".into(),
        ];
        self.note("finding", (&STEPS, &row), &[(&FINDINGS, &finding)])?;
        self.findings.push(finding);
        self.steps.push(row);
        Ok(())
    }

    /// Puts the rows down that stay out.
    pub(super) fn aside(&mut self, batch: i64, rows: &[SetAsideRow]) -> Result<(), StoreError> {
        for (row, position) in rows.iter().zip(1_i64..) {
            let checks = list_text(&row.checks)?;
            let row = vec![batch.into(), position.into(), row.place.as_str().into(), checks.into()];
            self.note("set aside", (&SET_ASIDE, &row), &[])?;
            self.set_aside.push(row);
        }
        Ok(())
    }

    /// Puts the batch itself down.
    pub(super) fn batch(&mut self, row: Vec<Cell>) -> Result<(), StoreError> {
        self.note("batch", (&BATCH, &row), &[])?;
        self.batch.push(row);
        Ok(())
    }

    /// Notes what the line answers for of a row, and of those that are read with it. Of columns that two have, the own one counts.
    fn note(
        &mut self,
        kind: &str,
        own: (&Target, &[Cell]),
        joined: &[(&Target, &[Cell])],
    ) -> Result<(), StoreError> {
        let all = std::iter::once(&own).chain(joined);
        let cells = all.flat_map(|(target, row)| target.columns.iter().copied().zip(row.iter()));
        self.digest.add(hash_cells(kind, &cells.collect::<Vec<_>>())?);
        Ok(())
    }

    /// Writes all of it, and returns the digest of its rows.
    pub(super) async fn write(self, writing: &mut AnyConnection) -> Result<Digest, StoreError> {
        for (target, rows) in [
            (PERSONS, self.persons.into_values().collect()),
            (KEYS, self.keys),
            (MARKS, self.marks),
            (IDENTITIES, self.identities),
            (RECORDS, self.records),
            (REVISIONS, self.revisions),
            (FINDINGS, self.findings),
            (STEPS, self.steps),
            (COMMENTS, self.comments),
            (BATCH, self.batch),
            (SET_ASIDE, self.set_aside),
        ] {
            put_all(writing, &target, rows).await?;
        }
        Ok(self.digest)
    }
}
