//! Taking the rows of a delivery in, one after the other.

use std::collections::{BTreeMap, BTreeSet};

use catalyse_codebook::Answers;
use sqlx::AnyConnection;

use super::known::Known;
use super::rows::{is_emptied, last_import};
use super::{Accepted, Delivery, NewRecord};
use crate::batch::{Counts, SetAsideRow};
use crate::finding::{self, Belongs, NewFinding};
use crate::keys::content::{self, fingerprint, of_record};
use crate::person::{self, Keyed, merge};
use crate::record::{self, RecordKey, Standing};
use crate::{Store, StoreError};

/// A delivery on its way into the store.
pub(super) struct Accepting<'s> {
    store: &'s Store,
    batch: i64,
    line: i64,
    /// What is known of its files from before.
    pub(super) known: Known,
    persons: BTreeMap<(String, String), Keyed>,
    seen: BTreeSet<RecordKey>,
    pub(super) set_aside: Vec<SetAsideRow>,
    pub(super) accepted: Accepted,
}

/// What became of the content of a record.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Put {
    Written,
    Same,
    /// It was corrected or taken away here since the last import, which said the same as this one.
    Kept,
}

impl<'s> Accepting<'s> {
    pub(super) fn new(
        store: &'s Store,
        (batch, line): (i64, i64),
        (known, delivery): (Known, &Delivery),
    ) -> Self {
        let counts = Counts { read: delivery.rows_read, ..Counts::default() };
        Self {
            store,
            batch,
            line,
            known,
            persons: BTreeMap::new(),
            seen: BTreeSet::new(),
            set_aside: delivery.set_aside.clone(),
            accepted: Accepted { counts, ..Accepted::default() },
        }
    }

    /// Takes one record in.
    pub(super) async fn take(
        &mut self,
        writing: &mut AnyConnection,
        new: &NewRecord,
    ) -> Result<(), StoreError> {
        let (plain, identity) = self.store.catalogue.part(new.answers.clone());
        let Some(pseudonym) = self.pseudonym(new, &identity)? else {
            self.accepted.without_person.push(new.place.clone());
            self.put_aside(new);
            return Ok(());
        };
        let key = RecordKey {
            form: new.form.clone(),
            wave: new.wave.clone(),
            partner: new.partner.clone(),
            person: pseudonym,
            number: new.number,
        };
        if !self.seen.insert(key.clone()) {
            self.accepted.twice.push(new.place.clone());
            self.put_aside(new);
            return Ok(());
        }
        if self.was_destroyed(writing, &key, &new.place).await? {
            self.accepted.destroyed_since.push(new.place.clone());
            self.put_aside(new);
            return Ok(());
        }
        let person = self.person(writing, &key).await?;
        let standing = match record::find(writing, &key, person.id).await? {
            Some(standing) => standing,
            None => record::add(writing, &key, person.id).await?,
        };
        let put = self.put(writing, &standing, (&person, &plain), new).await?;
        let mut has_changed = put == Put::Written;
        if !identity.is_empty() {
            has_changed |= self.put_identity(writing, &person, (identity, new)).await?;
        }
        let is_new = standing.fingerprint.is_none() && put == Put::Written;
        let counts = &mut self.accepted.counts;
        match (is_new, has_changed) {
            (true, _) => counts.new += 1,
            (false, true) => counts.changed += 1,
            (false, false) => counts.same += 1,
        }
        if put != Put::Kept {
            self.find(writing, (standing.id, put), new).await?;
        }
        Ok(())
    }

    /// Brings the findings of a record in line with those of its row.
    async fn find(
        &mut self,
        writing: &mut AnyConnection,
        (record, put): (i64, Put),
        new: &NewRecord,
    ) -> Result<(), StoreError> {
        let belongs = Belongs {
            record: Some(record),
            batch: Some(self.batch),
            partner: new.partner.as_str(),
            wave: new.wave.as_str(),
            line: self.line,
        };
        // What somebody has closed stays closed while the record says the same.
        let settled = match put {
            Put::Same => finding::settled(writing, record).await?,
            Put::Written | Put::Kept => BTreeSet::new(),
        };
        let is_settled = |found: &&NewFinding| {
            settled.contains(&(found.check.to_string(), found.variable.clone()))
        };
        let found: Vec<&NewFinding> =
            new.findings.iter().filter(|found| !is_settled(found)).collect();
        self.accepted.n_findings += finding::reconcile(writing, &found, &belongs).await?;
        Ok(())
    }

    /// Says whether a row stands in a file that was accepted before, and what it brought was destroyed since.
    async fn was_destroyed(
        &self,
        writing: &mut AnyConnection,
        key: &RecordKey,
        place: &str,
    ) -> Result<bool, StoreError> {
        if !self.known.has(place) {
            return Ok(false);
        }
        let is_lost = self.known.lost_persons_of(key.partner.as_str());
        match person::find(writing, key.partner.as_str(), &key.person).await? {
            None => Ok(is_lost),
            Some(person) => match record::find(writing, key, person.id).await? {
                Some(standing) => is_emptied(writing, standing.id).await,
                None => Ok(is_lost),
            },
        }
    }

    /// Puts the identity of a row in and says whether it changed.
    async fn put_identity(
        &mut self,
        writing: &mut AnyConnection,
        person: &Keyed,
        (identity, new): (Answers, &NewRecord),
    ) -> Result<bool, StoreError> {
        let delivered = (identity, self.line);
        let merged = merge::deliver(self.store, writing, person, delivered).await?;
        for (is_so, told) in [
            (merged.keeps_correction, &mut self.accepted.kept_edits),
            (merged.overwrites_correction, &mut self.accepted.overwritten_edits),
        ] {
            if is_so && told.last() != Some(&new.place) {
                told.push(new.place.clone());
            }
        }
        Ok(merged.has_changed)
    }

    /// Returns the code of the person: the delivered one, or one made of the identity.
    fn pseudonym(&self, new: &NewRecord, identity: &Answers) -> Result<Option<String>, StoreError> {
        if !identity.is_empty() {
            self.store.key()?;
        }
        match &new.person {
            Some(person) => Ok(Some(person.clone())),
            None if self.store.has_key() => Ok(self.store.tokens(identity)?.pseudonym()),
            None => Ok(None),
        }
    }

    async fn person(
        &mut self,
        writing: &mut AnyConnection,
        key: &RecordKey,
    ) -> Result<Keyed, StoreError> {
        let name = (key.partner.to_string(), key.person.clone());
        if let Some(known) = self.persons.get(&name) {
            return Ok(known.clone());
        }
        let keyed = person::find_or_add(writing, (&name.0, &name.1), self.line).await?;
        self.persons.insert(name, keyed.clone());
        Ok(keyed)
    }

    /// Puts the answers into a record.
    async fn put(
        &mut self,
        writing: &mut AnyConnection,
        standing: &Standing,
        (person, answers): (&Keyed, &Answers),
        new: &NewRecord,
    ) -> Result<Put, StoreError> {
        let context = of_record(standing.id);
        let delivered = Some(fingerprint(&person.secret, &context, answers));
        if standing.fingerprint == delivered {
            return Ok(Put::Same);
        }
        let imported = last_import(writing, standing.id).await?;
        if imported == delivered {
            self.accepted.kept_edits.push(new.place.clone());
            return Ok(Put::Kept);
        }
        if imported.is_some() && imported != standing.fingerprint {
            self.accepted.overwritten_edits.push(new.place.clone());
        }
        let sealed = content::seal(&person.secret, &context, answers)?;
        record::revise(writing, standing, Some(&sealed), (self.line, Some(self.batch))).await?;
        Ok(Put::Written)
    }

    fn put_aside(&mut self, new: &NewRecord) {
        self.set_aside.push(SetAsideRow { place: new.place.clone(), checks: Vec::new() });
    }
}
