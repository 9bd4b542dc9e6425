//! Persons: a number that says nothing, the code one partner knows them by, and the key under which all about them is sealed.

pub(crate) mod erase;
pub(crate) mod export;
pub(crate) mod identity;
pub(crate) mod kindred;
pub(crate) mod likeness;
pub(crate) mod mark;
pub(crate) mod merge;
pub(crate) mod purge;

use sqlx::AnyConnection;

use crate::engine::{maybe, next_number, number, text};
use crate::keys::cipher::Secret;
use crate::{Store, StoreError};

/// Names a person in a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonId(pub i64);

/// Says whether a person is still there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PersonState {
    /// A draft is open about somebody who has no record yet.
    Draft,
    /// There are records.
    Active,
    /// All content was destroyed; the number alone is left, for the counts.
    Erased,
}

impl PersonState {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Active => "active",
            Self::Erased => "erased",
        }
    }

    fn from_name(name: &str) -> Result<Self, StoreError> {
        [Self::Draft, Self::Active, Self::Erased]
            .into_iter()
            .find(|state| state.name() == name)
            .ok_or(StoreError::Broken("person"))
    }
}

/// Holds what the store knows of a person without opening anything.
#[derive(Clone, PartialEq, Eq)]
pub struct Person {
    /// The number.
    pub id: PersonId,
    /// The partner that follows the person.
    pub partner: String,
    /// The code in the data; absent for an erased person.
    pub pseudonym: Option<String>,
    /// Whether the person is still there.
    pub state: PersonState,
}

impl std::fmt::Debug for Person {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Person({}, {}, {:?})", self.id.0, self.partner, self.state)
    }
}

/// A person with the key to what is sealed about them.
#[derive(Clone, Debug)]
pub(crate) struct Keyed {
    pub(crate) id: i64,
    pub(crate) secret: Secret,
}

impl Store {
    /// Finds a person by code; with the partner if several have one of this code.
    ///
    /// # Errors
    /// There is none, or several and no partner is named.
    pub async fn person(
        &self,
        pseudonym: &str,
        partner: Option<&str>,
    ) -> Result<Person, StoreError> {
        let rows = sqlx::query(
            "SELECT id, partner, pseudonym, state FROM person \
             WHERE pseudonym = $1 AND ($2 = '' OR partner = $2) ORDER BY partner",
        );
        let rows = rows
            .bind(pseudonym.to_owned())
            .bind(partner.unwrap_or_default().to_owned())
            .fetch_all(&self.pools.reading)
            .await?;
        let mut persons = rows.iter().map(person_of).collect::<Result<Vec<_>, _>>()?;
        if persons.len() > 1 {
            let partners = persons.into_iter().map(|person| person.partner).collect();
            return Err(StoreError::Several { partners });
        }
        persons.pop().ok_or_else(|| StoreError::unknown("person", pseudonym))
    }

    /// Returns a person by number.
    ///
    /// # Errors
    /// There is none.
    pub async fn person_by_id(&self, id: PersonId) -> Result<Person, StoreError> {
        let row = sqlx::query("SELECT id, partner, pseudonym, state FROM person WHERE id = $1");
        let row = row.bind(id.0).fetch_optional(&self.pools.reading).await?;
        row.map(|row| person_of(&row)).ok_or_else(|| StoreError::unknown("person", id.0))?
    }
}

fn person_of(row: &sqlx::any::AnyRow) -> Result<Person, StoreError> {
    Ok(Person {
        id: PersonId(number(row, "id")?),
        partner: text(row, "partner")?,
        pseudonym: maybe(row, "pseudonym")?,
        state: PersonState::from_name(&text(row, "state")?)?,
    })
}

/// Returns the person of a partner by code, with the key.
pub(crate) async fn find(
    connection: &mut AnyConnection,
    partner: &str,
    pseudonym: &str,
) -> Result<Option<Keyed>, StoreError> {
    let row = sqlx::query(
        "SELECT p.id, k.secret FROM person p JOIN person_key k ON k.person = p.id \
         WHERE p.partner = $1 AND p.pseudonym = $2",
    );
    let row =
        row.bind(partner.to_owned()).bind(pseudonym.to_owned()).fetch_optional(connection).await?;
    row.map(|row| Ok(Keyed { id: number(&row, "id")?, secret: secret_of(&row)? })).transpose()
}

/// Returns the key of a person, or nothing if it was destroyed.
pub(crate) async fn secret(
    connection: &mut AnyConnection,
    person: i64,
) -> Result<Option<Secret>, StoreError> {
    let row = sqlx::query("SELECT secret FROM person_key WHERE person = $1").bind(person);
    row.fetch_optional(connection).await?.map(|row| secret_of(&row)).transpose()
}

/// Reads a key from a row.
pub(crate) fn secret_of(row: &sqlx::any::AnyRow) -> Result<Secret, StoreError> {
    Secret::from_text(&text(row, "secret")?).ok_or(StoreError::Broken("key"))
}

/// Adds a person of whom nothing is known yet, with a new key: a draft is open about somebody.
pub(crate) async fn add_nobody(
    writing: &mut AnyConnection,
    partner: &str,
) -> Result<Keyed, StoreError> {
    let id = next_number(writing, "SELECT MAX(id) FROM person").await?;
    let insert = sqlx::query("INSERT INTO person (id, partner, state) VALUES ($1, $2, $3)");
    let insert = insert.bind(id).bind(partner.to_owned()).bind(PersonState::Draft.name());
    insert.execute(&mut *writing).await?;
    let secret = Secret::draw()?;
    let insert = sqlx::query("INSERT INTO person_key (person, secret) VALUES ($1, $2)");
    insert.bind(id).bind(secret.to_text()).execute(&mut *writing).await?;
    Ok(Keyed { id, secret })
}
