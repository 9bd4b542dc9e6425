//! Adding answers to an identity: those of a delivery, and those of a draft. What was corrected since they were read stays.

use catalyse_codebook::Answers;
use sqlx::AnyConnection;

use crate::person::{Keyed, identity};
use crate::{Store, StoreError};

/// Says what a delivered identity did to the one that was known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Merged {
    /// Something was corrected since the last import, which said the same as this one: the correction stays.
    pub(crate) keeps_correction: bool,
    /// Something was corrected since the last import, and this one says something new.
    pub(crate) overwrites_correction: bool,
}

/// Adds what a delivery says to what is known: what is new in it counts, what the last import said before or it does not say changes nothing.
pub(crate) fn delivered(
    known: &Answers,
    imported: Option<&Answers>,
    delivered: Answers,
) -> (Answers, Merged) {
    let mut merged = known.clone();
    let mut done = Merged::default();
    for (name, answer) in delivered {
        // That a name was not asked this time takes nothing away from the one that is known.
        if answer.missing().is_some() && merged.contains_key(&name) {
            continue;
        }
        let stands = known.get(&name);
        if stands == Some(&answer) {
            continue;
        }
        let before = imported.map(|imported| imported.get(&name));
        if before == Some(Some(&answer)) {
            done.keeps_correction = true;
            continue;
        }
        done.overwrites_correction |= before.is_some_and(|before| before != stands);
        merged.insert(name, answer);
    }
    (merged, done)
}

/// Adds what was typed in a draft that was opened on a revision of the identity: only what its author changed since then.
///
/// # Errors
/// Somebody else changed the same answer; or the draft was about nobody and its code turns out to be that of somebody else.
pub(crate) async fn typed(
    store: &Store,
    writing: &mut AnyConnection,
    person: &Keyed,
    (typed, base, line): (Answers, i64, i64),
) -> Result<(), StoreError> {
    let known = store.identity_of(writing, person.id).await?;
    let opened_on = at_revision(store, writing, (person.id, base)).await?;
    let mut merged = known.clone();
    for (name, answer) in typed {
        let (stands, before) = (known.get(&name), opened_on.get(&name));
        let is_untouched = before == Some(&answer) || stands == Some(&answer);
        if is_untouched || (answer.missing().is_some() && stands.is_some()) {
            continue;
        }
        if stands != before {
            return Err(if base == 0 {
                StoreError::Impossible("the code is that of somebody with another identity")
            } else {
                StoreError::Moved { kind: "identity", name: person.id.to_string() }
            });
        }
        merged.insert(name, answer);
    }
    if merged == known {
        return Ok(());
    }
    identity::put(store, writing, person, (&merged, line)).await
}

pub(crate) async fn at_revision(
    store: &Store,
    writing: &mut AnyConnection,
    (person, revision): (i64, i64),
) -> Result<Answers, StoreError> {
    let row = sqlx::query(
        "SELECT i.person, i.content, i.seal, k.secret FROM identity i \
         JOIN person_key k ON k.person = i.person WHERE i.person = $1 AND i.revision = $2",
    );
    let row = row.bind(person).bind(revision).fetch_optional(writing).await?;
    row.map_or(Ok(Answers::new()), |row| store.opened(&row))
}
