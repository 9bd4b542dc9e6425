//! Sessions: who is signed in. The browser holds a random token, the store only its hash, so that whoever reads the store can sign in as nobody.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};

use crate::account::{Account, AccountId, account_of};
use crate::engine::text;
use crate::journal::{Act, Action, time};
use crate::keys::cipher::{hash_of, random};
use crate::{Author, Store, StoreError};

/// Holds the secret of a session, to be given to its browser once. Its `Debug` shows nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// Takes what a browser sends.
    pub fn new(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// Returns the text for the browser.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn draw() -> Result<Self, StoreError> {
        Ok(Self(URL_SAFE_NO_PAD.encode(random::<32>()?)))
    }

    fn hash(&self) -> String {
        hash_of(&self.0)
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Token(…)")
    }
}

/// Holds who is signed in, and by whose link if it was by one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedIn {
    /// The account.
    pub account: Account,
    /// Who gave the link by which the session was begun. Whoever uses another's link works under another's name: what they do says so.
    pub given_by: Option<String>,
}

impl SignedIn {
    /// Makes the author of what is done now: under the account's name, and by whose link if it was by one.
    pub fn author(&self, now: Timestamp) -> Author {
        let author = Author::new(&self.account.name, now);
        match &self.given_by {
            Some(who) => author.because(&format!("lien de {who}")),
            None => author,
        }
    }
}

/// Says how long a session lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lasting {
    /// Without a sign of life.
    pub idle: SignedDuration,
    /// At most, whatever happens.
    pub absolute: SignedDuration,
}

/// A sign of life is written down at most so often, in seconds: reading a page must not cost a commit each time.
const SIGN_OF_LIFE_SECONDS: i64 = 30;

impl Store {
    /// Begins a session.
    ///
    /// # Errors
    /// The database breaks.
    pub async fn begin_session(
        &self,
        account: AccountId,
        lasting: Lasting,
        now: Timestamp,
    ) -> Result<Token, StoreError> {
        self.add_token(account, ("session", ""), lasting, now).await
    }

    /// Begins a session for somebody who came by a link, or goes on with one that was begun so.
    ///
    /// # Errors
    /// The database breaks.
    pub async fn begin_session_of(
        &self,
        signed_in: &SignedIn,
        lasting: Lasting,
        now: Timestamp,
    ) -> Result<Token, StoreError> {
        let given_by = signed_in.given_by.as_deref().unwrap_or_default();
        self.add_token(signed_in.account.id, ("session", given_by), lasting, now).await
    }

    /// Makes a link that signs in once: for the first start. What is done by it says whose link it was.
    ///
    /// # Errors
    /// The database breaks.
    pub async fn one_time_link(
        &self,
        account: AccountId,
        lasts: SignedDuration,
        author: &Author,
    ) -> Result<Token, StoreError> {
        let lasting = Lasting { idle: lasts, absolute: lasts };
        self.add_token(account, ("link", &author.who), lasting, author.at).await
    }

    /// Makes a link that signs in once, for somebody else: the journal says who made it, and for whom.
    ///
    /// # Errors
    /// There is no such account, or the database breaks.
    pub async fn give_link(
        &self,
        account: AccountId,
        lasts: SignedDuration,
        author: &Author,
    ) -> Result<Token, StoreError> {
        let mut act = Act::begin(&self.pools, author, Action::Account).await?;
        let known = sqlx::query("SELECT id FROM account WHERE id = $1").bind(account.0);
        if known.fetch_optional(&mut *act.writing).await?.is_none() {
            return Err(StoreError::unknown("account", account.0));
        }
        // Told first: a line about a link that was not made does no harm, a link without its line does.
        act.finish(&serde_json::json!({ "account": account.0, "link": "made" }), None).await?;
        self.one_time_link(account, lasts, author).await
    }

    /// Uses up a one-time link and returns who is signed in by it, if it still held. The journal notes it.
    ///
    /// # Errors
    /// The database breaks.
    pub async fn use_link(
        &self,
        token: &Token,
        now: Timestamp,
    ) -> Result<Option<SignedIn>, StoreError> {
        let held = self.account_of_token(token, "link", now).await?;
        let used = sqlx::query("DELETE FROM session WHERE token_hash = $1 AND kind = 'link'");
        let used = used.bind(token.hash()).execute(&self.pools.writing).await?;
        // Of two who use it at the same time one has taken it away.
        let Some((signed_in, _)) = held.filter(|_| used.rows_affected() == 1) else {
            return Ok(None);
        };
        let author = signed_in.author(now);
        let subject = serde_json::json!({ "account": signed_in.account.id.0, "link": "used" });
        self.note(&author, Action::Account, &subject).await?;
        Ok(Some(signed_in))
    }

    /// Returns who is signed in by a session that still holds, and notes the sign of life.
    ///
    /// # Errors
    /// The database breaks.
    pub async fn session(
        &self,
        token: &Token,
        lasting: Lasting,
        now: Timestamp,
    ) -> Result<Option<SignedIn>, StoreError> {
        let Some((signed_in, seen_at)) = self.account_of_token(token, "session", now).await? else {
            return Ok(None);
        };
        let is_due = later(seen_at, SignedDuration::from_secs(SIGN_OF_LIFE_SECONDS)) < now;
        if is_due {
            let seen = sqlx::query(
                "UPDATE session SET seen_at = $2, idle_until = $3 WHERE token_hash = $1 AND seen_at < $4",
            );
            seen.bind(token.hash())
                .bind(stamp(now))
                .bind(stamp(later(now, lasting.idle)))
                .bind(stamp(later(now, SignedDuration::from_secs(-SIGN_OF_LIFE_SECONDS))))
                .execute(&self.pools.writing)
                .await?;
        }
        Ok(Some(signed_in))
    }

    /// Ends a session.
    ///
    /// # Errors
    /// The database breaks.
    pub async fn end_session(&self, token: &Token) -> Result<(), StoreError> {
        let end = sqlx::query("DELETE FROM session WHERE token_hash = $1").bind(token.hash());
        end.execute(&self.pools.writing).await?;
        Ok(())
    }

    /// Removes sessions that no longer hold.
    ///
    /// # Errors
    /// The database breaks.
    pub async fn clear_sessions(&self, now: Timestamp) -> Result<u64, StoreError> {
        let clear = sqlx::query("DELETE FROM session WHERE idle_until < $1 OR ends_at < $1");
        Ok(clear.bind(stamp(now)).execute(&self.pools.writing).await?.rows_affected())
    }

    async fn add_token(
        &self,
        account: AccountId,
        (kind, given_by): (&str, &str),
        lasting: Lasting,
        now: Timestamp,
    ) -> Result<Token, StoreError> {
        let token = Token::draw()?;
        let insert = sqlx::query(
            "INSERT INTO session (token_hash, account, kind, began_at, seen_at, idle_until, ends_at, given_by) \
             VALUES ($1, $2, $3, $4, $4, $5, $6, $7)",
        );
        insert
            .bind(token.hash())
            .bind(account.0)
            .bind(kind.to_owned())
            .bind(stamp(now))
            .bind(stamp(later(now, lasting.idle)))
            .bind(stamp(later(now, lasting.absolute)))
            .bind(given_by.to_owned())
            .execute(&self.pools.writing)
            .await?;
        Ok(token)
    }

    async fn account_of_token(
        &self,
        token: &Token,
        kind: &'static str,
        now: Timestamp,
    ) -> Result<Option<(SignedIn, Timestamp)>, StoreError> {
        let row = sqlx::query(
            "SELECT a.*, s.seen_at, s.idle_until, s.ends_at, s.given_by FROM session s JOIN account a ON a.id = s.account \
             WHERE s.token_hash = $1 AND s.kind = $2 AND a.state = 'open'",
        );
        let row = row.bind(token.hash()).bind(kind).fetch_optional(&self.pools.reading).await?;
        let Some(row) = row else { return Ok(None) };
        let holds = time(&row, "idle_until")? > now && time(&row, "ends_at")? > now;
        let given_by = Some(text(&row, "given_by")?).filter(|who| !who.is_empty());
        let signed_in = SignedIn { account: account_of(&row)?, given_by };
        Ok(if holds { Some((signed_in, time(&row, "seen_at")?)) } else { None })
    }
}

/// Writes a time so that texts compare as times do: always with nine digits after the point.
fn stamp(at: Timestamp) -> String {
    format!("{at:.9}")
}

fn later(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.checked_add(by).unwrap_or(at)
}
