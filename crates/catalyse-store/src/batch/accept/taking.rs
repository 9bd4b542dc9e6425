//! Taking the rows of a delivery in, one after the other: compared with what stands, sealed and put down to be written. Nothing is written here.

use std::collections::{BTreeMap, BTreeSet};

use catalyse_codebook::{Answers, FormName};

use super::known::Known;
use super::prepared::Prepared;
use super::stands::{End, Imported, RecordName, Stands};
use super::{Accepted, Delivery, NewRecord};
use crate::batch::{Counts, SetAsideRow};
use crate::finding::{self, Belongs, NewFinding, Of};
use crate::keys::cipher::Secret;
use crate::keys::content::{fingerprint, of_identity, of_record, seal};
use crate::person::identity::Tokens;
use crate::person::{Keyed, mark, merge};
use crate::record::{RecordKey, Standing};
use crate::{Store, StoreError};

/// A delivery on its way into the store.
pub(super) struct Taking<'s> {
    store: &'s Store,
    pub(super) batch: i64,
    pub(super) line: i64,
    /// What is known of its files from before.
    pub(super) known: Known,
    stands: Stands,
    /// The last numbers that were given.
    last: End,
    /// The identities that the delivery has opened: as they are by now, and as the last import left them.
    identities: BTreeMap<i64, (Answers, Option<Answers>)>,
    seen: BTreeSet<RecordKey>,
    pub(super) set_aside: Vec<SetAsideRow>,
    pub(super) accepted: Accepted,
    pub(super) prepared: Prepared,
}

/// What became of the content of a record.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Put {
    Written,
    Same,
    /// It was corrected or taken away here since the last import, which said the same as this one.
    Kept,
}

impl<'s> Taking<'s> {
    pub(super) fn new(
        store: &'s Store,
        (end, stands): (&End, Stands),
        (known, delivery): (Known, &Delivery),
    ) -> Self {
        let counts = Counts { read: delivery.rows_read, ..Counts::default() };
        Self {
            store,
            batch: end.batch + 1,
            line: end.line + 1,
            known,
            stands,
            last: end.clone(),
            identities: BTreeMap::new(),
            seen: BTreeSet::new(),
            set_aside: delivery.set_aside.clone(),
            accepted: Accepted { counts, ..Accepted::default() },
            prepared: Prepared::default(),
        }
    }

    /// Takes one record in.
    pub(super) fn take(&mut self, new: &NewRecord) -> Result<(), StoreError> {
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
        if self.was_destroyed(&key, &new.place) {
            self.accepted.destroyed_since.push(new.place.clone());
            self.put_aside(new);
            return Ok(());
        }
        let person = self.person(&key)?;
        let (standing, imported) = self.record(&key, person.id);
        let put = self.put((&key, &standing, imported), (&person, &plain), new)?;
        let mut has_changed = put == Put::Written;
        if !identity.is_empty() {
            has_changed |= self.put_identity(&person, &key, (identity, new))?;
        }
        let is_new = standing.fingerprint.is_none() && put == Put::Written;
        let counts = &mut self.accepted.counts;
        match (is_new, has_changed) {
            (true, _) => counts.new += 1,
            (false, true) => counts.changed += 1,
            (false, false) => counts.same += 1,
        }
        if put != Put::Kept {
            self.find((standing.id, put), &person.secret, new)?;
        }
        Ok(())
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

    /// Says whether a row stands in a file that was accepted before, and what it brought was destroyed since.
    fn was_destroyed(&self, key: &RecordKey, place: &str) -> bool {
        if !self.known.has(place) {
            return false;
        }
        let person = self.stands.persons.get(&(key.partner.to_string(), key.person.clone()));
        let record = person.and_then(|person| self.stands.records.get(&name_of(key, person.id)));
        match record {
            Some(record) => record.imported.as_ref().is_some_and(|imported| imported.is_emptied),
            None => self.known.lost_persons_of(key.partner.as_str()),
        }
    }

    /// Returns the person of a record, a new one if nobody has the code.
    fn person(&mut self, key: &RecordKey) -> Result<Keyed, StoreError> {
        let name = (key.partner.to_string(), key.person.clone());
        if let Some(known) = self.stands.persons.get(&name) {
            return Ok(known.clone());
        }
        self.last.person += 1;
        let person = Keyed { id: self.last.person, secret: Secret::draw()? };
        let mark = mark::of(&person, &name.0, &name.1);
        self.prepared.person(&person, (&name.0, &name.1), &Tokens::default());
        self.prepared.key(&person, mark, self.line)?;
        self.stands.persons.insert(name, person.clone());
        Ok(person)
    }

    /// Returns the record of a key, an empty one if there is none.
    fn record(&mut self, key: &RecordKey, person: i64) -> (Standing, Option<Imported>) {
        if let Some(known) = self.stands.records.get(&name_of(key, person)) {
            return (known.standing.clone(), known.imported.clone());
        }
        self.last.record += 1;
        (Standing { id: self.last.record, revision: 0, fingerprint: None }, None)
    }

    /// Puts the answers into a record.
    fn put(
        &mut self,
        (key, standing, imported): (&RecordKey, &Standing, Option<Imported>),
        (person, answers): (&Keyed, &Answers),
        new: &NewRecord,
    ) -> Result<Put, StoreError> {
        let context = of_record(standing.id);
        let delivered = Some(fingerprint(&person.secret, &context, answers));
        if standing.fingerprint == delivered {
            return Ok(Put::Same);
        }
        let imported = imported.and_then(|imported| imported.fingerprint);
        if imported == delivered {
            self.accepted.kept_edits.push(new.place.clone());
            return Ok(Put::Kept);
        }
        if imported.is_some() && imported != standing.fingerprint {
            self.accepted.overwritten_edits.push(new.place.clone());
        }
        let sealed = seal(&person.secret, &context, answers)?;
        let belongs = (self.line, self.batch);
        self.prepared.revision((key, person.id), standing, sealed, belongs)?;
        Ok(Put::Written)
    }

    /// Puts the identity of a row in and says whether it changed.
    fn put_identity(
        &mut self,
        person: &Keyed,
        key: &RecordKey,
        (identity, new): (Answers, &NewRecord),
    ) -> Result<bool, StoreError> {
        let standing = self.stands.identities.entry(person.id).or_default();
        if !self.identities.contains_key(&person.id) {
            self.identities.insert(person.id, standing.open(self.store, person)?);
        }
        let Some((known, imported)) = self.identities.get_mut(&person.id) else {
            return Ok(false);
        };
        let (answers, merged) = merge::delivered(known, imported.as_ref(), identity);
        for (is_so, told) in [
            (merged.keeps_correction, &mut self.accepted.kept_edits),
            (merged.overwrites_correction, &mut self.accepted.overwritten_edits),
        ] {
            if is_so && told.last() != Some(&new.place) {
                told.push(new.place.clone());
            }
        }
        if answers == *known {
            return Ok(false);
        }
        let secret = self.store.key()?.identity_key(&person.secret);
        let sealed = seal(&secret, &of_identity(person.id), &answers)?;
        let tokens = self.store.tokens(&answers)?;
        standing.revision += 1;
        self.prepared.identity((person.id, standing.revision), sealed, self.line)?;
        self.prepared.person(person, (key.partner.as_str(), &key.person), &tokens);
        *known = answers;
        Ok(true)
    }

    /// Brings the findings of a record in line with those of its row.
    fn find(
        &mut self,
        (record, put): (i64, Put),
        secret: &Secret,
        new: &NewRecord,
    ) -> Result<(), StoreError> {
        let belongs = Belongs {
            record: Some(record),
            batch: Some(self.batch),
            partner: new.partner.as_str(),
            wave: new.wave.as_str(),
            line: self.line,
        };
        let known = self.stands.findings.remove(&record).unwrap_or_default();
        // What somebody has closed stays closed while the record says the same.
        let is_settled = |found: &&NewFinding| {
            put == Put::Same
                && known.iter().any(|known| known.is_settled() && known.finding.is_of(found))
        };
        let found: Vec<&NewFinding> =
            new.findings.iter().filter(|found| !is_settled(found)).collect();
        let standing: Vec<_> = known.iter().map(|known| &known.finding).collect();
        for next in finding::decide(&standing, &found) {
            let known = match next.of {
                Of::Known(place) => known.get(place),
                Of::New(_) => None,
            };
            let (cells, n_steps) = match (known, next.of) {
                (Some(known), _) => (known.cells.clone(), known.n_steps),
                (None, Of::New(found)) => {
                    self.last.finding += 1;
                    (finding::cells_of(self.last.finding, found, &belongs)?, 0)
                }
                (None, Of::Known(_)) => continue,
            };
            let step = (n_steps + 1, next.state, &next.reason);
            self.prepared.step(cells, step, (secret, self.line))?;
            self.accepted.n_findings += 1;
        }
        Ok(())
    }

    fn put_aside(&mut self, new: &NewRecord) {
        self.set_aside.push(SetAsideRow { place: new.place.clone(), checks: Vec::new() });
    }
}

fn name_of(key: &RecordKey, person: i64) -> RecordName {
    let form = key.form.as_ref().map_or("", FormName::as_str).to_owned();
    (person, form, key.wave.to_string(), key.number)
}
