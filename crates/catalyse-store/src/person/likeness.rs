//! Likeness: two persons in the store who may be one. The program proposes, a human decides, and nothing is merged.

use std::collections::BTreeMap;

use catalyse_codebook::{Answer, Answers, Precision};
use catalyse_locale::fold;
use sqlx::any::AnyRow;

use crate::engine::{number, text};
use crate::journal::{Act, Action, steps};
use crate::person::PersonId;
use crate::{Author, Store, StoreError};

/// Numbers a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LikenessId(pub i64);

/// Says why two persons may be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ground {
    /// They have the same code at two partners.
    Code,
    /// They have the same national number.
    Number,
    /// They have the same names and date of birth.
    Name,
    /// Their names and dates of birth are alike.
    Similar,
}

impl Ground {
    const ALL: [Self; 4] = [Self::Code, Self::Number, Self::Name, Self::Similar];

    /// Returns the name, `number`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Number => "number",
            Self::Name => "name",
            Self::Similar => "similar",
        }
    }
}

/// Says what a human made of a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LikenessState {
    /// Nobody has decided.
    Open,
    /// They are one person.
    Same,
    /// They are two.
    Different,
}

impl LikenessState {
    const ALL: [Self; 3] = [Self::Open, Self::Same, Self::Different];

    /// Returns the name, `open`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Same => "same",
            Self::Different => "different",
        }
    }
}

/// Holds a proposal: two persons who may be one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Likeness {
    /// Its number.
    pub id: LikenessId,
    /// The one.
    pub one: PersonId,
    /// The partner of the one.
    pub one_partner: String,
    /// The other.
    pub other: PersonId,
    /// The partner of the other.
    pub other_partner: String,
    /// Why.
    pub ground: Ground,
    /// How much they are alike, in percent.
    pub percent: u8,
    /// What a human made of it.
    pub state: LikenessState,
}

/// From this Jaro-Winkler similarity of folded names on, two persons with a like date of birth are proposed (Winkler 1990; 0.90 takes one
/// wrong letter in a name of eight).
const LEAST_SIMILARITY: f64 = 0.90;

impl Store {
    /// Looks for persons who may be one, and returns how many new proposals there are. With the key file, similar identities are compared too.
    ///
    /// # Errors
    /// An identity cannot be opened, or the database breaks.
    pub async fn find_likenesses(&self, author: &Author) -> Result<u64, StoreError> {
        let mut found: BTreeMap<(i64, i64), (Ground, u8)> = BTreeMap::new();
        if self.has_key() {
            found.extend(similar(&self.all_names().await?));
        }
        // The surer ground is told: later ones replace earlier ones.
        for (ground, sql) in
            [(Ground::Name, SAME_NAME), (Ground::Number, SAME_NUMBER), (Ground::Code, SAME_CODE)]
        {
            for row in sqlx::query(sql).fetch_all(&self.pools.reading).await? {
                found.insert((number(&row, "one")?, number(&row, "other")?), (ground, 100));
            }
        }
        let mut act = Act::begin(&self.pools, author, Action::Likeness).await?;
        let mut n_new = 0;
        for ((one, other), (ground, percent)) in found {
            let id = crate::engine::next_number(&mut act.writing, "SELECT MAX(id) FROM likeness");
            let id = id.await?;
            let insert = sqlx::query(
                "INSERT INTO likeness (id, one, other, ground, score, state, line) \
                 VALUES ($1, $2, $3, $4, $5, 'open', $6) ON CONFLICT (one, other) DO NOTHING",
            );
            let insert = insert.bind(id).bind(one).bind(other).bind(ground.name());
            let insert = insert.bind(i64::from(percent)).bind(act.line);
            if insert.execute(&mut *act.writing).await?.rows_affected() > 0 {
                n_new += 1;
                steps::of_likeness(&mut act, id).await?;
            }
        }
        if n_new > 0 {
            act.finish(&serde_json::json!({ "new": n_new }), None).await?;
        }
        Ok(n_new)
    }

    /// Lists proposals in one state.
    ///
    /// # Errors
    /// The database breaks.
    pub async fn likenesses(&self, state: LikenessState) -> Result<Vec<Likeness>, StoreError> {
        let rows = sqlx::query(
            "SELECT l.*, a.partner AS one_partner, b.partner AS other_partner FROM likeness l \
             JOIN person a ON a.id = l.one JOIN person b ON b.id = l.other \
             WHERE l.state = $1 ORDER BY l.id",
        );
        let rows = rows.bind(state.name()).fetch_all(&self.pools.reading).await?;
        rows.iter().map(likeness_of).collect()
    }

    /// Notes what a human made of a proposal. The records stay as they are.
    ///
    /// # Errors
    /// There is no such proposal.
    pub async fn decide_likeness(
        &self,
        id: LikenessId,
        state: LikenessState,
        author: &Author,
    ) -> Result<(), StoreError> {
        let mut act = Act::begin(&self.pools, author, Action::Likeness).await?;
        let update = sqlx::query("UPDATE likeness SET state = $2, line = $3 WHERE id = $1");
        let update = update.bind(id.0).bind(state.name()).bind(act.line);
        if update.execute(&mut *act.writing).await?.rows_affected() == 0 {
            return Err(StoreError::unknown("likeness", id.0));
        }
        steps::of_likeness(&mut act, id.0).await?;
        let subject = serde_json::json!({ "likeness": id.0, "state": state.name() });
        act.finish(&subject, None).await?;
        Ok(())
    }

    async fn all_names(&self) -> Result<Vec<Named>, StoreError> {
        let identities = self.all_identities("").await?;
        Ok(identities
            .iter()
            .filter_map(|(person, identity)| self.named(*person, identity))
            .collect())
    }

    fn named(&self, person: PersonId, identity: &Answers) -> Option<Named> {
        let name = |name| match identity.get(name) {
            Some(Answer::Text(text)) => fold(text),
            _ => String::new(),
        };
        let mut words: Vec<String> = self.catalogue.names.iter().map(name).collect();
        words.retain(|word| !word.is_empty());
        words.sort();
        let birth = match identity.get(self.catalogue.birth.as_ref()?) {
            Some(Answer::Date(day, Precision::Day)) => *day,
            _ => return None,
        };
        (!words.is_empty()).then(|| Named { person: person.0, name: words.join(" "), birth })
    }
}

const SAME_CODE: &str = "SELECT a.id AS one, b.id AS other FROM person a \
     JOIN person b ON b.pseudonym = a.pseudonym AND b.id > a.id";
const SAME_NUMBER: &str = "SELECT a.id AS one, b.id AS other FROM person a \
     JOIN person b ON b.number_token = a.number_token AND b.id > a.id";
const SAME_NAME: &str = "SELECT a.id AS one, b.id AS other FROM person a \
     JOIN person b ON b.name_token = a.name_token AND b.id > a.id";

/// A person's names, folded, in the order of letters, and the day of birth.
struct Named {
    person: i64,
    name: String,
    birth: i32,
}

/// Finds pairs with like names among those with a like date of birth: the same, a day off, or day and month swapped.
///
/// Comparing everybody with everybody would take minutes with 10,000 persons; a date of birth is like that of about ten others.
fn similar(all: &[Named]) -> Vec<((i64, i64), (Ground, u8))> {
    let mut by_birth: BTreeMap<i32, Vec<&Named>> = BTreeMap::new();
    for named in all {
        by_birth.entry(named.birth).or_default().push(named);
    }
    let mut pairs = Vec::new();
    for named in all {
        let mut births = vec![named.birth - 1, named.birth, named.birth + 1];
        births.extend(swapped(named.birth));
        let like = births.iter().filter_map(|birth| by_birth.get(birth)).flatten();
        for other in like.filter(|other| other.person > named.person) {
            let similarity = strsim::jaro_winkler(&named.name, &other.name);
            if similarity >= LEAST_SIMILARITY {
                let percent = (similarity * 100.0).floor() as u8;
                pairs.push(((named.person, other.person), (Ground::Similar, percent)));
            }
        }
    }
    pairs
}

/// Returns the day with day and month exchanged, if there is one and it is another.
fn swapped(day: i32) -> Option<i32> {
    let (year, month, of_month) = catalyse_codebook::types::ymd_of_day_number(day);
    catalyse_codebook::types::day_number(year, of_month, month).filter(|swapped| *swapped != day)
}

fn likeness_of(row: &AnyRow) -> Result<Likeness, StoreError> {
    let broken = || StoreError::Broken("likeness");
    let (ground, state) = (text(row, "ground")?, text(row, "state")?);
    Ok(Likeness {
        id: LikenessId(number(row, "id")?),
        one: PersonId(number(row, "one")?),
        one_partner: text(row, "one_partner")?,
        other: PersonId(number(row, "other")?),
        other_partner: text(row, "other_partner")?,
        ground: Ground::ALL.into_iter().find(|one| one.name() == ground).ok_or_else(broken)?,
        percent: u8::try_from(number(row, "score")?).map_err(|_| broken())?,
        state: LikenessState::ALL.into_iter().find(|one| one.name() == state).ok_or_else(broken)?,
    })
}
