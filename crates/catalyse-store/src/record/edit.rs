//! Correcting one record by hand.

use catalyse_codebook::Answers;

use crate::finding::{self, Belongs, NewFinding};
use crate::journal::{Act, Action};
use crate::keys::content::{self, of_record};
use crate::person::{self, Keyed};
use crate::record::{RecordId, Standing, changes, revise};
use crate::{Author, Store, StoreError};

impl Store {
    /// Puts new answers in the place of a record's. `seen` is the revision that the author has read: if it has moved, nothing is changed.
    ///
    /// The answers are all of the record, worked out anew where they are derived; `findings` are what the checks say of them.
    ///
    /// # Errors
    /// There is no such record; somebody changed it since; an answer says who the person is (see [`Store::rectify`]).
    pub async fn edit(
        &self,
        record: RecordId,
        seen: u64,
        (answers, findings): (Answers, &[NewFinding]),
        author: &Author,
    ) -> Result<u64, StoreError> {
        let (plain, identity) = self.catalogue.part(answers);
        if !identity.is_empty() {
            return Err(StoreError::Impossible("an identity is corrected by rectify"));
        }
        let old = self.record(record).await?;
        let mut act = Act::begin(&self.pools, author, Action::Edit).await?;
        let row = sqlx::query("SELECT revision FROM record WHERE id = $1 AND content IS NOT NULL");
        let row = row.bind(record.0).fetch_optional(&mut *act.writing).await?;
        let row = row.ok_or_else(|| StoreError::unknown("record", record.0))?;
        let revision = crate::engine::number(&row, "revision")?;
        if revision.unsigned_abs() != seen || old.revision != seen {
            return Err(StoreError::Moved { kind: "record", name: record.0.to_string() });
        }
        let changed = changes(&old.answers, &plain);
        let names: Vec<String> = changed.iter().map(|change| change.variable.to_string()).collect();
        let secret = person::secret(&mut act.writing, old.person.0).await?;
        let secret = secret.ok_or_else(|| StoreError::unknown("person", old.person.0))?;
        let keyed = Keyed { id: old.person.0, secret };
        let sealed = content::seal(&keyed.secret, &of_record(record.0), &plain)?;
        let standing = Standing { id: record.0, revision, fingerprint: None };
        revise(&mut act.writing, &standing, Some(&sealed), (act.line, None)).await?;
        let belongs = Belongs {
            record: Some(record.0),
            batch: None,
            partner: old.key.partner.as_str(),
            wave: old.key.wave.as_str(),
            line: act.line,
        };
        let found: Vec<&NewFinding> = findings.iter().collect();
        finding::reconcile(&mut act.writing, &found, &belongs).await?;
        let subject = serde_json::json!({ "record": record.0, "variables": names });
        act.finish(&subject, None).await?;
        Ok(seen + 1)
    }
}
