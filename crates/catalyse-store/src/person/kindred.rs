//! Kindred: the records beside which a new one has to be seen – the person's own, and those of whoever has the same code, national number,
//! or names and date of birth, at any partner.
//!
//! They are found by index, by what is keyed: nothing is opened but what is found. They are compared in the memory of the machine and shown to
//! nobody, so that the journal has no line of it; what a check says of them names no answer and no partner.

use std::collections::BTreeSet;

use catalyse_codebook::{Answers, PartnerId, VariableName};
use catalyse_locale::fold;
use sqlx::AnyConnection;

use crate::engine::{number, text};
use crate::person::PersonId;
use crate::person::identity::Tokens;
use crate::record::Record;
use crate::{Store, StoreError};

/// Holds what a record says of who its person is.
#[derive(Clone, Default)]
pub struct Trace {
    /// The code, if there is one.
    pub code: Option<String>,
    /// The answers that say who the person is; others are not looked at.
    pub identity: Answers,
}

// A trace is a person's: its Debug shows counts.
impl std::fmt::Debug for Trace {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Trace({} answers)", self.identity.len())
    }
}

/// Holds a record that has to be seen beside another, with the identity of its person.
#[derive(Clone, Debug)]
pub struct Kindred {
    /// The record.
    pub record: Record,
    /// The identity; empty without the key file.
    pub identity: Answers,
}

/// A number that stands for nobody may be that of thousands: so many persons are enough to see that it is taken.
const KINDRED: &str = "SELECT id FROM person WHERE pseudonym = $1 AND partner <> $4 AND state = 'active' \
     UNION SELECT id FROM (SELECT id FROM person WHERE number_token = $2 AND partner <> $4 ORDER BY id LIMIT 50) AS n \
     UNION SELECT id FROM (SELECT id FROM person WHERE name_token = $3 AND partner <> $4 ORDER BY id LIMIT 50) AS m";

/// Finds one of them of whom a record or the identity changed after a line.
const CHANGED_SINCE: &str = "SELECT p.id FROM person p WHERE p.state = 'active' \
     AND (p.pseudonym = $1 OR p.number_token = $2 OR p.name_token = $3) AND (EXISTS (SELECT 1 FROM record r \
     JOIN revision v ON v.record = r.id WHERE r.person = p.id AND v.line > $4) \
     OR EXISTS (SELECT 1 FROM identity i WHERE i.person = p.id AND i.line > $4)) LIMIT 1";

/// Finds persons of a partner whose code was given or changed after a line.
const NAMED_SINCE: &str = "SELECT p.pseudonym FROM person_mark m JOIN person p ON p.id = m.person WHERE m.line > $1 \
     AND p.partner = $2 AND p.id <> $3 AND p.pseudonym IS NOT NULL AND p.state = 'active'";

impl Store {
    /// Lists the variables by which [`Store::kindred`] finds.
    pub fn tracing(&self) -> BTreeSet<VariableName> {
        let catalogue = &self.catalogue;
        let named = catalogue.names.iter().chain(&catalogue.birth);
        let all = named.chain(&catalogue.national_number).chain([&catalogue.person]);
        all.cloned().collect()
    }

    /// Returns the accepted records of all persons who may be the one that a record says, by code, national number, or names and date of birth;
    /// but for those of one partner, if one is excepted.
    ///
    /// # Errors
    /// The database breaks, or a content cannot be opened.
    pub async fn kindred(
        &self,
        trace: &Trace,
        except: Option<&PartnerId>,
    ) -> Result<Vec<Kindred>, StoreError> {
        let (_, identity) = self.catalogue.part(trace.identity.clone());
        let tokens = if self.has_key() { self.tokens(&identity)? } else { Tokens::default() };
        let rows = sqlx::query(KINDRED)
            .bind(trace.code.clone().unwrap_or_default())
            .bind(tokens.number.unwrap_or_default())
            .bind(tokens.name.unwrap_or_default())
            .bind(except.map(ToString::to_string).unwrap_or_default())
            .fetch_all(&self.pools.reading)
            .await?;
        let persons = rows.iter().map(|row| Ok(PersonId(number(row, "id")?)));
        self.opened_kindred(&persons.collect::<Result<_, StoreError>>()?).await
    }

    /// Returns the accepted records of a partner's persons whose code is another spelling of one: in other capitals, marks or leading zeros.
    ///
    /// # Errors
    /// As of [`Store::kindred`].
    pub async fn spelt_alike(
        &self,
        partner: &PartnerId,
        code: &str,
    ) -> Result<Vec<Kindred>, StoreError> {
        let wanted = bare(code);
        let rows = sqlx::query(
            "SELECT id, pseudonym FROM person WHERE partner = $1 AND pseudonym IS NOT NULL AND state = 'active' ORDER BY id",
        );
        let rows = rows.bind(partner.to_string()).fetch_all(&self.pools.reading).await?;
        let mut alike = BTreeSet::new();
        for row in &rows {
            let known = text(row, "pseudonym")?;
            if known != code && bare(&known) == wanted {
                alike.insert(PersonId(number(row, "id")?));
            }
        }
        self.opened_kindred(&alike).await
    }

    /// Says whether something came in or changed after a line of the journal of whoever [`Store::kindred`] and [`Store::spelt_alike`] find.
    pub(crate) async fn has_kindred_since(
        &self,
        writing: &mut AnyConnection,
        (line, person): (u64, i64),
        (trace, partner): (&Trace, &str),
    ) -> Result<bool, StoreError> {
        let (_, identity) = self.catalogue.part(trace.identity.clone());
        let tokens = if self.has_key() { self.tokens(&identity)? } else { Tokens::default() };
        let line = i64::try_from(line).unwrap_or(i64::MAX);
        let code = trace.code.clone().unwrap_or_default();
        let changed = sqlx::query(CHANGED_SINCE).bind(code.clone());
        let changed = changed.bind(tokens.number.unwrap_or_default());
        let changed = changed.bind(tokens.name.unwrap_or_default()).bind(line);
        if changed.fetch_optional(&mut *writing).await?.is_some() {
            return Ok(true);
        }
        let wanted = bare(&code);
        let named = sqlx::query(NAMED_SINCE).bind(line).bind(partner.to_owned()).bind(person);
        for row in named.fetch_all(writing).await? {
            if bare(&text(&row, "pseudonym")?) == wanted {
                return Ok(true);
            }
        }
        Ok(false)
    }

    async fn opened_kindred(
        &self,
        persons: &BTreeSet<PersonId>,
    ) -> Result<Vec<Kindred>, StoreError> {
        let mut kindred = Vec::new();
        for person in persons {
            let records = self.records_of(*person).await?;
            if records.is_empty() {
                continue;
            }
            let mut reading = self.pools.reading.acquire().await?;
            let identity = if self.has_key() {
                self.identity_of(&mut reading, person.0).await?
            } else {
                Answers::new()
            };
            drop(reading);
            let beside =
                records.into_iter().map(|record| Kindred { record, identity: identity.clone() });
            kindred.extend(beside);
        }
        Ok(kindred)
    }
}

/// Returns the letters and digits of a code, without the zeros before its numbers.
fn bare(code: &str) -> String {
    let mut bare = String::with_capacity(code.len());
    let mut before = '.';
    let folded = fold(code);
    let mut signs = folded.chars().peekable();
    while let Some(sign) = signs.next() {
        let is_before_digit = signs.peek().is_some_and(char::is_ascii_digit);
        let is_leading_zero = sign == '0' && !before.is_ascii_digit() && is_before_digit;
        if sign.is_alphanumeric() && !is_leading_zero {
            bare.push(sign);
        }
        before = if is_leading_zero { '.' } else { sign };
    }
    bare
}
