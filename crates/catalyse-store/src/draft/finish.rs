//! Finishing drafts: they become records, or it is said why not.

use sqlx::AnyConnection;

use super::{FinishedDraft, forget_nobody, remove};
use crate::batch::accept::NewRecord;
use crate::engine::{count, maybe, number, text};
use crate::finding::{self, Belongs, NewFinding};
use crate::journal::{Act, Action};
use crate::keys::content::{of_record, seal};
use crate::person::{self, Keyed, mark, merge};
use crate::record::{self, RecordId, RecordKey, Standing};
use crate::{Author, Store, StoreError, Trace, slip};

impl Store {
    /// Turns a draft into records: one line of the journal, all or nothing.
    ///
    /// # Errors
    /// Somebody saved a field or changed a record of it since it was checked, or brought one of whoever may be the same person; there is nothing to make a code of; no key file for an identity.
    pub async fn accept_draft(
        &self,
        finished: &FinishedDraft,
        author: &Author,
    ) -> Result<Vec<RecordId>, StoreError> {
        let mut act = Act::begin(&self.pools, author, Action::Entry).await?;
        let id = finished.draft.0;
        let row = sqlx::query("SELECT * FROM draft WHERE id = $1").bind(id);
        let row = row.fetch_optional(&mut *act.writing).await?;
        let row = row.ok_or_else(|| StoreError::unknown("draft", id))?;
        if count(&row, "version")? != finished.seen {
            return Err(StoreError::Moved { kind: "draft", name: id.to_string() });
        }
        refuse_moved_base(&mut act.writing, id).await?;
        refuse_second(&mut act.writing, id).await?;
        let (partner, wave) = (text(&row, "partner")?, text(&row, "wave")?);
        let about = number(&row, "person")?;
        let person = self.person_of_draft(&mut act, about, finished).await?;
        refuse_unseen(&mut act.writing, (id, about), (person.0.id, &wave)).await?;
        self.refuse_unseen_kindred(&mut act.writing, (&person.0, &person.1), (finished, &partner))
            .await?;
        // A code that was typed may turn out to be that of a known person, whose identity the draft never showed.
        let base = if person.0.id == about { number(&row, "identity")? } else { 0 };
        let mut made = Vec::new();
        for new in &finished.records {
            if new.partner.as_str() != partner || new.wave.as_str() != wave {
                return Err(StoreError::Impossible("a draft holds one person in one wave"));
            }
            made.push(self.put_record(&mut act, (&person.0, &person.1, base), new).await?);
        }
        take_away_the_rest(&mut act, (id, person.0.id), &made).await?;
        slip::count_in(&mut act.writing, (id, act.line), &made).await?;
        remove(&mut act.writing, id).await?;
        let numbers: Vec<i64> = made.iter().map(|record| record.0).collect();
        act.finish(&serde_json::json!({ "draft": id, "records": numbers }), None).await?;
        Ok(made)
    }

    /// Returns the person that a draft turns out to be about, with the code.
    async fn person_of_draft(
        &self,
        act: &mut Act,
        person: i64,
        finished: &FinishedDraft,
    ) -> Result<(Keyed, String), StoreError> {
        let row = sqlx::query("SELECT partner, pseudonym FROM person WHERE id = $1").bind(person);
        let row = row.fetch_one(&mut *act.writing).await?;
        if let Some(pseudonym) = maybe(&row, "pseudonym")? {
            let secret = person::secret(&mut act.writing, person).await?;
            let secret = secret.ok_or_else(|| StoreError::unknown("person", person))?;
            return Ok((Keyed { id: person, secret }, pseudonym));
        }
        let given = finished.records.iter().find_map(|record| record.person.clone());
        let made = || {
            let answers = finished.records.first()?.answers.clone();
            let (_, identity) = self.catalogue.part(answers);
            self.tokens(&identity).ok()?.pseudonym()
        };
        let pseudonym = given.or_else(made).ok_or(StoreError::Impossible(
            "a record needs the code of its person, or an identity to make one of",
        ))?;
        // Whoever typed a code that exists has met a known person: the draft's own number goes, with its key.
        let known = person::find(&mut act.writing, &text(&row, "partner")?, &pseudonym).await?;
        if let Some(known) = known {
            forget_nobody(&mut act.writing, person).await?;
            return Ok((known, pseudonym));
        }
        let update =
            sqlx::query("UPDATE person SET pseudonym = $2, state = 'active' WHERE id = $1");
        update.bind(person).bind(pseudonym.clone()).execute(&mut *act.writing).await?;
        let secret = person::secret(&mut act.writing, person).await?;
        let secret = secret.ok_or_else(|| StoreError::unknown("person", person))?;
        let keyed = Keyed { id: person, secret };
        mark::put(&mut act.writing, &keyed, act.line).await?;
        Ok((keyed, pseudonym))
    }

    /// What came in of whoever may be the same person since the draft was checked was not seen by the checks: they go first. Of two who accept
    /// at the same moment the second is told.
    async fn refuse_unseen_kindred(
        &self,
        writing: &mut AnyConnection,
        (person, pseudonym): (&Keyed, &str),
        (finished, partner): (&FinishedDraft, &str),
    ) -> Result<(), StoreError> {
        let Some(line) = finished.seen_line else { return Ok(()) };
        let main = finished.records.iter().find(|record| record.form.is_none());
        let identity = main.map(|record| record.answers.clone()).unwrap_or_default();
        let trace = Trace { code: Some(pseudonym.to_owned()), identity };
        if self.has_kindred_since(writing, (line, person.id), (&trace, partner)).await? {
            return Err(StoreError::MovedBeside);
        }
        Ok(())
    }

    async fn put_record(
        &self,
        act: &mut Act,
        (person, pseudonym, base): (&Keyed, &str, i64),
        new: &NewRecord,
    ) -> Result<RecordId, StoreError> {
        let (plain, identity) = self.catalogue.part(new.answers.clone());
        let key = RecordKey {
            form: new.form.clone(),
            wave: new.wave.clone(),
            partner: new.partner.clone(),
            person: pseudonym.to_owned(),
            number: new.number,
        };
        let standing = match record::find(&mut act.writing, &key, person.id).await? {
            Some(standing) => standing,
            None => record::add(&mut act.writing, &key, person.id).await?,
        };
        let sealed = seal(&person.secret, &of_record(standing.id), &plain)?;
        if standing.fingerprint.as_ref() != Some(&sealed.fingerprint) {
            record::revise(&mut act.writing, &standing, Some(&sealed), (act.line, None)).await?;
        }
        if !identity.is_empty() {
            let typed = (identity, base, act.line);
            merge::typed(self, &mut act.writing, person, typed).await?;
        }
        let belongs = Belongs {
            record: Some(standing.id),
            batch: None,
            partner: new.partner.as_str(),
            wave: new.wave.as_str(),
            line: act.line,
        };
        let found: Vec<&NewFinding> = new.findings.iter().collect();
        finding::reconcile(&mut act.writing, &found, &belongs).await?;
        Ok(RecordId(standing.id))
    }
}

async fn refuse_moved_base(writing: &mut AnyConnection, draft: i64) -> Result<(), StoreError> {
    let moved = sqlx::query(
        "SELECT b.record FROM draft_base b JOIN record r ON r.id = b.record \
         WHERE b.draft = $1 AND r.revision <> b.revision ORDER BY b.record LIMIT 1",
    );
    match moved.bind(draft).fetch_optional(writing).await? {
        Some(row) => {
            let name = number(&row, "record")?.to_string();
            Err(StoreError::Moved { kind: "record", name })
        }
        None => Ok(()),
    }
}

/// A record of the person in the wave that came in since the draft was opened was never on its author's screen: nothing is put over it.
async fn refuse_unseen(
    writing: &mut AnyConnection,
    (draft, about): (i64, i64),
    (person, wave): (i64, &str),
) -> Result<(), StoreError> {
    let unseen = sqlx::query(
        "SELECT r.id FROM record r WHERE r.person = $2 AND r.wave = $3 AND r.content IS NOT NULL \
         AND NOT EXISTS (SELECT 1 FROM draft_base b WHERE b.draft = $1 AND b.record = r.id) \
         ORDER BY r.id LIMIT 1",
    );
    let unseen = unseen.bind(draft).bind(person).bind(wave.to_owned());
    match unseen.fetch_optional(writing).await? {
        None => Ok(()),
        Some(_) if person != about => {
            Err(StoreError::Impossible("a record of this code is there already"))
        }
        Some(row) => {
            let name = number(&row, "id")?.to_string();
            Err(StoreError::Moved { kind: "record", name })
        }
    }
}

/// What is keyed a second time is compared and never becomes a record.
pub(super) async fn refuse_second(
    writing: &mut AnyConnection,
    draft: i64,
) -> Result<(), StoreError> {
    let second = sqlx::query("SELECT second FROM second_draft WHERE draft = $1").bind(draft);
    match second.fetch_optional(writing).await? {
        Some(_) => Err(StoreError::Impossible("a second entry never becomes a record")),
        None => Ok(()),
    }
}

/// Takes records away that the draft stood on and that its author has removed.
async fn take_away_the_rest(
    act: &mut Act,
    (draft, person): (i64, i64),
    made: &[RecordId],
) -> Result<(), StoreError> {
    let rows = sqlx::query(
        "SELECT r.id, r.revision, r.wave, r.partner FROM draft_base b JOIN record r ON r.id = b.record \
         WHERE b.draft = $1 AND r.person = $2 AND r.content IS NOT NULL ORDER BY r.id",
    );
    let rows = rows.bind(draft).bind(person).fetch_all(&mut *act.writing).await?;
    for row in rows {
        let id = number(&row, "id")?;
        if made.contains(&RecordId(id)) {
            continue;
        }
        let revision = number(&row, "revision")?;
        let standing = Standing { id, revision, fingerprint: None };
        record::revise(&mut act.writing, &standing, None, (act.line, None)).await?;
        let (partner, wave) = (text(&row, "partner")?, text(&row, "wave")?);
        let belongs = Belongs {
            record: Some(id),
            batch: None,
            partner: &partner,
            wave: &wave,
            line: act.line,
        };
        finding::reconcile(&mut act.writing, &[], &belongs).await?;
    }
    Ok(())
}
