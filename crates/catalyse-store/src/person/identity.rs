//! Identity: the answers that say who a person is, kept apart, and the keyed marks by which the same person is known without it.

use std::collections::BTreeSet;

use catalyse_codebook::{Answer, Answers};
use catalyse_locale::fold;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use crate::draft::DraftId;
use crate::engine::{maybe, number, text};
use crate::journal::{Act, Action};
use crate::keys::content::{REMOVED, Sealed, of_identity, seal};
use crate::person::{self, Keyed, PersonId, secret_of};
use crate::{Author, Store, StoreError};

/// Holds the marks of an identity: equal for the same person, and nothing can be worked out from them without the key file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tokens {
    /// Of the national number.
    pub(crate) number: Option<String>,
    /// Of names and date of birth.
    pub(crate) name: Option<String>,
}

impl Tokens {
    /// Returns the code of the person in the data: of the national number, else of names and date of birth.
    pub(crate) fn pseudonym(&self) -> Option<String> {
        let token = self.number.as_ref().or(self.name.as_ref())?;
        Some(format!("p-{}", token.get(..24)?))
    }
}

impl Store {
    /// Works out the marks of an identity.
    pub(crate) fn tokens(&self, identity: &Answers) -> Result<Tokens, StoreError> {
        let key = self.key()?.pseudonym_key();
        let catalogue = &self.catalogue;
        let text = |name| match identity.get(name) {
            Some(Answer::Text(text)) => Some(text.as_str()),
            _ => None,
        };
        let number = catalogue.national_number.as_ref().and_then(text);
        let names: Option<Vec<&str>> = catalogue.names.iter().map(text).collect();
        let birth = catalogue.birth.as_ref().and_then(|name| match identity.get(name) {
            Some(Answer::Date(day, catalyse_codebook::Precision::Day)) => Some(day.to_string()),
            _ => None,
        });
        let name = names.filter(|names| !names.is_empty()).zip(birth).map(|(names, birth)| {
            // Names in the order of letters: first and last name are often swapped.
            let words: BTreeSet<String> = names.iter().map(|name| fold(name)).collect();
            words.into_iter().chain([birth]).collect::<Vec<_>>().join("\n")
        });
        Ok(Tokens {
            number: number.map(|number| key.fingerprint("niss", number.as_bytes())),
            name: name.map(|name| key.fingerprint("name", name.as_bytes())),
        })
    }

    /// Returns the code that an identity gives, or nothing if it has neither a national number nor names and a date of birth.
    ///
    /// # Errors
    /// There is no key file.
    pub fn pseudonym_of(&self, identity: &Answers) -> Result<Option<String>, StoreError> {
        Ok(self.tokens(identity)?.pseudonym())
    }

    /// Returns the identity of a person, empty if none is known. That it was looked at stands in the journal.
    ///
    /// # Errors
    /// There is no key file, the person was erased, or the database breaks.
    pub async fn identity(&self, person: PersonId, author: &Author) -> Result<Answers, StoreError> {
        self.key()?;
        let subject = serde_json::json!({ "person": person.0 });
        self.note(author, Action::IdentityRead, &subject).await?;
        let mut reading = self.pools.reading.acquire().await?;
        self.identity_of(&mut reading, person.0).await
    }

    /// Notes that somebody was shown the identity of a person that stands in a draft.
    ///
    /// # Errors
    /// The database breaks.
    pub async fn identity_shown(&self, draft: DraftId, author: &Author) -> Result<(), StoreError> {
        let subject = serde_json::json!({ "draft": draft.0 });
        self.note(author, Action::IdentityRead, &subject).await.map(drop)
    }

    /// Returns the identities of all persons, of one partner if one is named: for searching by name, and for checks that need them.
    /// One line of the journal says so.
    ///
    /// # Errors
    /// There is no key file, or the database breaks.
    pub async fn identities(
        &self,
        partner: Option<&str>,
        author: &Author,
    ) -> Result<Vec<(PersonId, Answers)>, StoreError> {
        self.key()?;
        let subject = serde_json::json!({ "partner": partner });
        self.note(author, Action::IdentityRead, &subject).await?;
        self.all_identities(partner.unwrap_or_default()).await
    }

    /// Returns the identities of the persons of a partner that are looked for. One line of the journal says whose were shown.
    ///
    /// # Errors
    /// There is no key file, or the database breaks.
    pub async fn find_identities(
        &self,
        partner: &str,
        is_wanted: impl Fn(&Answers) -> bool,
        author: &Author,
    ) -> Result<Vec<(PersonId, Answers)>, StoreError> {
        self.key()?;
        let mut found = self.all_identities(partner).await?;
        found.retain(|(_, identity)| is_wanted(identity));
        let shown: Vec<i64> = found.iter().map(|(person, _)| person.0).collect();
        let subject = serde_json::json!({ "partner": partner, "persons": shown });
        self.note(author, Action::IdentityRead, &subject).await?;
        Ok(found)
    }

    pub(crate) async fn all_identities(
        &self,
        partner: &str,
    ) -> Result<Vec<(PersonId, Answers)>, StoreError> {
        let rows = sqlx::query(
            "SELECT i.person, i.content, i.seal, k.secret FROM identity i \
             JOIN person p ON p.id = i.person JOIN person_key k ON k.person = i.person \
             WHERE ($1 = '' OR p.partner = $1) AND i.revision = \
             (SELECT MAX(l.revision) FROM identity l WHERE l.person = i.person) ORDER BY i.person",
        );
        let rows = rows.bind(partner.to_owned()).fetch_all(&self.pools.reading).await?;
        rows.iter().map(|row| Ok((PersonId(number(row, "person")?), self.opened(row)?))).collect()
    }

    pub(crate) async fn identity_of(
        &self,
        connection: &mut AnyConnection,
        person: i64,
    ) -> Result<Answers, StoreError> {
        let row = sqlx::query(
            "SELECT i.person, i.content, i.seal, k.secret FROM identity i \
             JOIN person_key k ON k.person = i.person WHERE i.person = $1 ORDER BY i.revision DESC LIMIT 1",
        );
        let row = row.bind(person).fetch_optional(connection).await?;
        row.map_or(Ok(Answers::new()), |row| self.opened(&row))
    }

    /// Returns all that an identity was, the oldest first, as far as it was not destroyed.
    pub(super) async fn past_identities(
        &self,
        connection: &mut AnyConnection,
        person: i64,
    ) -> Result<Vec<Answers>, StoreError> {
        let rows = sqlx::query(
            "SELECT i.person, i.content, i.seal, k.secret FROM identity i JOIN person_key k \
             ON k.person = i.person WHERE i.person = $1 AND i.content IS NOT NULL ORDER BY i.revision",
        );
        let rows = rows.bind(person).fetch_all(connection).await?;
        rows.iter().map(|row| self.opened(row)).collect()
    }

    pub(super) fn opened(&self, row: &AnyRow) -> Result<Answers, StoreError> {
        let person = Keyed { id: number(row, "person")?, secret: secret_of(row)? };
        self.open_identity(&person, maybe(row, "content")?.as_deref())
    }

    /// Opens an identity; one that was taken away is empty.
    pub(crate) fn open_identity(
        &self,
        person: &Keyed,
        content: Option<&str>,
    ) -> Result<Answers, StoreError> {
        let Some(content) = content else { return Ok(Answers::new()) };
        let key = self.key()?.identity_key(&person.secret);
        let opened = key.open(&of_identity(person.id), content);
        self.catalogue.answers(&opened.map_err(|_| StoreError::WrongKey)?)
    }

    /// Corrects an identity: these answers replace those before (right to rectification, GDPR art. 16).
    ///
    /// # Errors
    /// There is no key file, no such person, or an answer says nothing of who the person is.
    pub async fn rectify(
        &self,
        person: PersonId,
        identity: Answers,
        author: &Author,
    ) -> Result<(), StoreError> {
        self.key()?;
        let (plain, identity) = self.catalogue.part(identity);
        if !plain.is_empty() {
            return Err(StoreError::Impossible("rectify holds identifying variables only"));
        }
        let mut act = Act::begin(&self.pools, author, Action::Rectify).await?;
        let secret = person::secret(&mut act.writing, person.0).await?;
        let secret = secret.ok_or_else(|| StoreError::unknown("person", person.0))?;
        let keyed = Keyed { id: person.0, secret };
        let names: Vec<String> = identity.keys().map(ToString::to_string).collect();
        put(self, &mut act.writing, &keyed, (&identity, act.line)).await?;
        let subject = serde_json::json!({ "person": person.0, "variables": names });
        act.finish(&subject, None).await?;
        Ok(())
    }
}

/// Makes a new revision of an identity, and the marks that go with it.
pub(crate) async fn put(
    store: &Store,
    writing: &mut AnyConnection,
    person: &Keyed,
    (identity, line): (&Answers, i64),
) -> Result<(), StoreError> {
    let key = store.key()?.identity_key(&person.secret);
    let sealed = seal(&key, &of_identity(person.id), identity)?;
    revise(writing, person.id, Some(&sealed), line).await?;
    set_tokens(writing, person.id, &store.tokens(identity)?).await
}

pub(crate) async fn set_tokens(
    writing: &mut AnyConnection,
    person: i64,
    tokens: &Tokens,
) -> Result<(), StoreError> {
    let update = sqlx::query("UPDATE person SET number_token = $2, name_token = $3 WHERE id = $1");
    update
        .bind(person)
        .bind(tokens.number.clone())
        .bind(tokens.name.clone())
        .execute(writing)
        .await?;
    Ok(())
}

/// Makes a new revision of an identity: content, or none if it is taken away.
pub(crate) async fn revise(
    writing: &mut AnyConnection,
    person: i64,
    content: Option<&Sealed>,
    line: i64,
) -> Result<(), StoreError> {
    let revision = sqlx::query("SELECT MAX(revision) AS n FROM identity WHERE person = $1");
    let row = revision.bind(person).fetch_one(&mut *writing).await?;
    let revision = sqlx::Row::try_get::<Option<i64>, _>(&row, "n")?.unwrap_or(0) + 1;
    let insert = sqlx::query(
        "INSERT INTO identity (person, revision, line, content, seal, fingerprint) \
         VALUES ($1, $2, $3, $4, $5, $6)",
    );
    insert
        .bind(person)
        .bind(revision)
        .bind(line)
        .bind(content.map(|sealed| sealed.content.clone()))
        .bind(content.map_or(REMOVED, |sealed| &sealed.seal).to_owned())
        .bind(content.map(|sealed| sealed.fingerprint.clone()))
        .execute(writing)
        .await?;
    Ok(())
}

/// Reads a sealed content as it stands in a row.
pub(crate) fn sealed_of(row: &AnyRow) -> Result<Option<Sealed>, StoreError> {
    let Some(content) = maybe(row, "content")? else { return Ok(None) };
    let fingerprint = maybe(row, "fingerprint")?.unwrap_or_default();
    Ok(Some(Sealed { content, seal: text(row, "seal")?, fingerprint }))
}
