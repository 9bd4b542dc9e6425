//! Handing out all that is known of a person (GDPR art. 15 and 20).

use catalyse_codebook::Answer;
use serde_json::{Value as Json, json};
use sqlx::any::AnyRow;

use crate::engine::{number, text};
use crate::finding::FindingFilter;
use crate::journal::Action;
use crate::keys::content::canonical;
use crate::person::PersonId;
use crate::record::{Past, RecordId, key_of};
use crate::slip::{BETWEEN, SecondId};
use crate::{Author, Store, StoreError};

/// Holds all that is known of a person, as JSON for the person. Its `Debug` shows nothing.
#[derive(Clone, PartialEq)]
pub struct PersonExport(Json);

impl PersonExport {
    /// Returns the export as a text that a person and a program can read.
    pub fn to_text(&self) -> String {
        format!("{:#}\n", self.0)
    }

    /// Returns the export.
    pub const fn json(&self) -> &Json {
        &self.0
    }
}

impl std::fmt::Debug for PersonExport {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("PersonExport(…)")
    }
}

impl Store {
    /// Returns all that is known of a person: identity if the key file is there, records in every wave with all they were, those that were
    /// taken away among them, findings with what was said of them, what was typed a second time, and what is being typed.
    /// That it was handed out stands in the journal.
    ///
    /// # Errors
    /// There is no such person, or a content cannot be opened.
    pub async fn export_person(
        &self,
        person: PersonId,
        author: &Author,
    ) -> Result<PersonExport, StoreError> {
        let known = self.person_by_id(person).await?;
        let subject = json!({ "person": person.0, "with_identity": self.has_key() });
        self.note(author, Action::Export, &subject).await?;
        let (mut identity, mut earlier) = (Json::Null, Json::Null);
        if self.has_key() {
            let mut reading = self.pools.reading.acquire().await?;
            identity = parsed(&canonical(&self.identity_of(&mut reading, person.0).await?))?;
            let past = self.past_identities(&mut reading, person.0).await?;
            let past = past.iter().map(|answers| parsed(&canonical(answers)));
            earlier = past.collect::<Result<Vec<_>, _>>()?.into();
        }
        let rows = sqlx::query(
            "SELECT r.*, p.pseudonym FROM record r JOIN person p ON p.id = r.person \
             WHERE r.person = $1 ORDER BY r.form, r.wave, r.number",
        );
        let mut records = Vec::new();
        for row in rows.bind(person.0).fetch_all(&self.pools.reading).await? {
            records.push(self.exported(&row).await?);
        }
        Ok(PersonExport(json!({
            "study": self.catalogue.study, "partner": known.partner, "code": known.pseudonym,
            "identity": identity, "identity_history": earlier, "records": records,
            "drafts": self.exported_drafts(person).await?,
        })))
    }

    /// Writes a record with all it was; one that was taken away has no answers, and its history.
    async fn exported(&self, row: &AnyRow) -> Result<Json, StoreError> {
        let (id, key) = (RecordId(number(row, "id")?), key_of(row)?);
        let mut history = Vec::new();
        let mut answers = Json::Null;
        for revision in self.history(id).await? {
            answers = match &revision.was {
                Past::Answers(answers) => parsed(&canonical(answers))?,
                Past::TakenAway | Past::Destroyed => Json::Null,
            };
            history.push(json!({
                "at": revision.line.at.to_string(), "who": revision.line.who,
                "why": revision.line.why, "answers": answers,
            }));
        }
        let filter = FindingFilter { record: Some(id), ..FindingFilter::default() };
        let mut findings = Vec::new();
        for finding in self.findings(&filter).await? {
            let steps = self.finding_steps(finding.id).await?.into_iter().map(|step| {
                json!({
                    "at": step.line.at.to_string(), "who": step.line.who, "state": step.state.name(),
                    "reason": step.reason.code, "comment": step.reason.comment,
                })
            });
            findings.push(json!({
                "check": finding.check, "variable": finding.variable,
                "state": finding.state.name(), "steps": steps.collect::<Vec<_>>(),
            }));
        }
        Ok(json!({
            "form": key.form.as_ref().map(ToString::to_string),
            "wave": key.wave.to_string(), "number": key.number,
            "answers": answers, "history": history, "findings": findings,
            "second_entries": self.exported_seconds(id).await?,
        }))
    }

    /// Writes what was typed of a record a second time.
    async fn exported_seconds(&self, record: RecordId) -> Result<Vec<Json>, StoreError> {
        let rows = sqlx::query(
            "SELECT s.id, t.who, j.at FROM second s JOIN second_step t ON t.second = s.id \
             AND t.state = 'typed' AND t.content IS NOT NULL JOIN journal j ON j.line = t.line \
             WHERE s.record = $1 ORDER BY s.id",
        );
        let mut seconds = Vec::new();
        for row in rows.bind(record.0).fetch_all(&self.pools.reading).await? {
            let typed = self.second_rows(SecondId(number(&row, "id")?)).await?;
            let mut rows = Vec::new();
            for typed in typed {
                rows.push(json!({
                    "form": typed.form.as_ref().map(ToString::to_string),
                    "number": typed.number, "answers": parsed(&canonical(&typed.answers))?,
                }));
            }
            seconds.push(json!({
                "at": text(&row, "at")?, "who": text(&row, "who")?.replace(BETWEEN, ", "), "rows": rows,
            }));
        }
        Ok(seconds)
    }

    /// Writes what is being typed about a person; without the key file, that it is.
    async fn exported_drafts(&self, person: PersonId) -> Result<Vec<Json>, StoreError> {
        let mut drafts = Vec::new();
        for state in self.drafts(None).await?.into_iter().filter(|draft| draft.person == person) {
            let mut fields = Vec::new();
            if self.has_key() {
                for (field, saved) in self.draft(state.id).await?.fields {
                    fields.push(json!({
                        "form": field.form.as_ref().map(ToString::to_string),
                        "number": field.number, "variable": field.variable.to_string(),
                        "answer": saved.answer.as_ref().map(Answer::to_json),
                    }));
                }
            }
            drafts.push(json!({
                "wave": state.wave, "opened_at": state.opened_at.to_string(),
                "opened_by": state.opened_by, "fields": fields,
            }));
        }
        Ok(drafts)
    }
}

fn parsed(text: &str) -> Result<Json, StoreError> {
    serde_json::from_str(text).map_err(|_| StoreError::Broken("content"))
}
