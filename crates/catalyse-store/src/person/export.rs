//! Handing out all that is known of a person (GDPR art. 15 and 20).

use serde_json::{Value as Json, json};

use crate::finding::FindingFilter;
use crate::journal::Action;
use crate::keys::content::canonical;
use crate::person::PersonId;
use crate::record::{Past, Selection};
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
    /// Returns all that is known of a person: identity if the key file is there, records in every wave with all they were, findings.
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
        let identity = if self.has_key() {
            let mut reading = self.pools.reading.acquire().await?;
            Some(parsed(&canonical(&self.identity_of(&mut reading, person.0).await?))?)
        } else {
            None
        };
        let selection = Selection { person: Some(person), ..Selection::default() };
        let mut records = Vec::new();
        for record in self.records(&selection).await? {
            let mut history = Vec::new();
            for revision in self.history(record.id).await? {
                let answers = match &revision.was {
                    Past::Answers(answers) => parsed(&canonical(answers))?,
                    Past::TakenAway | Past::Destroyed => Json::Null,
                };
                history.push(json!({
                    "at": revision.line.at.to_string(), "who": revision.line.who,
                    "why": revision.line.why, "answers": answers,
                }));
            }
            let filter = FindingFilter { record: Some(record.id), ..FindingFilter::default() };
            let findings = self.findings(&filter).await?.into_iter().map(|finding| {
                json!({ "check": finding.check, "variable": finding.variable, "state": finding.state.name() })
            });
            records.push(json!({
                "form": record.key.form.as_ref().map(ToString::to_string),
                "wave": record.key.wave.to_string(), "number": record.key.number,
                "answers": parsed(&canonical(&record.answers))?, "history": history,
                "findings": findings.collect::<Vec<_>>(),
            }));
        }
        Ok(PersonExport(json!({
            "study": self.catalogue.study, "partner": known.partner, "code": known.pseudonym,
            "identity": identity, "records": records,
        })))
    }
}

fn parsed(text: &str) -> Result<Json, StoreError> {
    serde_json::from_str(text).map_err(|_| StoreError::Broken("content"))
}
