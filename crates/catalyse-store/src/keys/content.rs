//! Content: the answers of a record as canonical JSON, sealed under the key of their person.

use catalyse_codebook::{Answer, Answers, MissingReason};
use serde_json::{Map, Value as Json};

use crate::StoreError;
use crate::catalogue::Catalogue;
use crate::keys::cipher::{Secret, hash_of};

/// Holds content as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sealed {
    /// The sealed text.
    pub(crate) content: String,
    /// The hash of the sealed text, which the journal covers.
    pub(crate) seal: String,
    /// A hash of the answers that only the person's key gives: two contents can be compared without opening them.
    pub(crate) fingerprint: String,
}

/// What the journal covers where content was taken away.
pub(crate) const REMOVED: &str = "removed";

impl Catalogue {
    /// Parts answers into those of the record and those that say who the person is. Keys are left out: they are columns.
    pub(crate) fn part(&self, answers: Answers) -> (Answers, Answers) {
        let mut plain = Answers::new();
        let mut identity = Answers::new();
        for (name, answer) in answers {
            let known = self.variables.get(&name);
            if self.is_key(&name) {
                continue;
            }
            let is_identifying = known.is_some_and(|known| known.is_identifying);
            let derived = known.is_some_and(|known| known.is_derived);
            let side = if is_identifying && !derived { &mut identity } else { &mut plain };
            side.insert(name, answer);
        }
        (plain, identity)
    }

    /// Reads answers back. A variable that the study no longer has is left out; one of another type is to be checked.
    pub(crate) fn answers(&self, content: &[u8]) -> Result<Answers, StoreError> {
        let json: Map<String, Json> =
            serde_json::from_slice(content).map_err(|_| StoreError::Broken("content"))?;
        let mut answers = Answers::new();
        for (name, value) in &json {
            let Some((name, known)) = self.variables.get_key_value(name.as_str()) else { continue };
            let answer = Answer::from_json(known.storage, value);
            answers.insert(name.clone(), answer.unwrap_or(Answer::Missing(MissingReason::ToCheck)));
        }
        Ok(answers)
    }
}

/// Writes answers as canonical JSON: the same answers are the same bytes.
pub(crate) fn canonical(answers: &Answers) -> String {
    let map: Map<String, Json> =
        answers.iter().map(|(name, answer)| (name.to_string(), answer.to_json())).collect();
    Json::Object(map).to_string()
}

/// Seals answers.
pub(crate) fn seal(
    secret: &Secret,
    context: &str,
    answers: &Answers,
) -> Result<Sealed, StoreError> {
    let plain = canonical(answers);
    let sealed = secret.seal(context, plain.as_bytes())?;
    let seal = hash_of(&sealed);
    Ok(Sealed { content: sealed, seal, fingerprint: secret.fingerprint(context, plain.as_bytes()) })
}

/// Returns what the fingerprint of answers would be.
pub(crate) fn fingerprint(secret: &Secret, context: &str, answers: &Answers) -> String {
    secret.fingerprint(context, canonical(answers).as_bytes())
}

/// Names the place of a record's content, so that it opens there alone.
pub(crate) fn of_record(record: i64) -> String {
    format!("record {record}")
}

/// Names the place of an identity.
pub(crate) fn of_identity(person: i64) -> String {
    format!("identity {person}")
}
