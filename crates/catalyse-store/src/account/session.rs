//! Sessions: who is signed in. The browser holds a random token, the store only its hash, so that whoever reads the store can sign in as nobody.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};

use crate::account::{Account, AccountId, account_of};
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
        self.add_token(account, "session", lasting, now).await
    }

    /// Makes a link that signs in once: for the first start, and for an account without a password.
    ///
    /// # Errors
    /// The database breaks.
    pub async fn one_time_link(
        &self,
        account: AccountId,
        lasts: SignedDuration,
        now: Timestamp,
    ) -> Result<Token, StoreError> {
        self.add_token(account, "link", Lasting { idle: lasts, absolute: lasts }, now).await
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
        self.one_time_link(account, lasts, author.at).await
    }

    /// Uses up a one-time link and returns its account, if it still held.
    ///
    /// # Errors
    /// The database breaks.
    pub async fn use_link(
        &self,
        token: &Token,
        now: Timestamp,
    ) -> Result<Option<Account>, StoreError> {
        let account = self.account_of_token(token, "link", now).await?;
        let used = sqlx::query("DELETE FROM session WHERE token_hash = $1 AND kind = 'link'");
        let used = used.bind(token.hash()).execute(&self.pools.writing).await?;
        // Of two who use it at the same time one has taken it away.
        Ok(account.map(|(account, _)| account).filter(|_| used.rows_affected() == 1))
    }

    /// Returns the account of a session that still holds, and notes the sign of life.
    ///
    /// # Errors
    /// The database breaks.
    pub async fn session(
        &self,
        token: &Token,
        lasting: Lasting,
        now: Timestamp,
    ) -> Result<Option<Account>, StoreError> {
        let Some((account, seen_at)) = self.account_of_token(token, "session", now).await? else {
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
        Ok(Some(account))
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
        kind: &'static str,
        lasting: Lasting,
        now: Timestamp,
    ) -> Result<Token, StoreError> {
        let token = Token::draw()?;
        let insert = sqlx::query(
            "INSERT INTO session (token_hash, account, kind, began_at, seen_at, idle_until, ends_at) \
             VALUES ($1, $2, $3, $4, $4, $5, $6)",
        );
        insert
            .bind(token.hash())
            .bind(account.0)
            .bind(kind)
            .bind(stamp(now))
            .bind(stamp(later(now, lasting.idle)))
            .bind(stamp(later(now, lasting.absolute)))
            .execute(&self.pools.writing)
            .await?;
        Ok(token)
    }

    async fn account_of_token(
        &self,
        token: &Token,
        kind: &'static str,
        now: Timestamp,
    ) -> Result<Option<(Account, Timestamp)>, StoreError> {
        let row = sqlx::query(
            "SELECT a.*, s.seen_at, s.idle_until, s.ends_at FROM session s JOIN account a ON a.id = s.account \
             WHERE s.token_hash = $1 AND s.kind = $2 AND a.state = 'open'",
        );
        let row = row.bind(token.hash()).bind(kind).fetch_optional(&self.pools.reading).await?;
        let Some(row) = row else { return Ok(None) };
        let holds = time(&row, "idle_until")? > now && time(&row, "ends_at")? > now;
        Ok(if holds { Some((account_of(&row)?, time(&row, "seen_at")?)) } else { None })
    }
}

/// Writes a time so that texts compare as times do: always with nine digits after the point.
fn stamp(at: Timestamp) -> String {
    format!("{at:.9}")
}

fn later(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.checked_add(by).unwrap_or(at)
}
