//! Accounts: who may come in. Passwords are kept as argon2id hashes, and signing in takes as long for a name that does not exist.

pub(crate) mod author;
pub(crate) mod password;
mod rules;
pub(crate) mod session;

use catalyse_codebook::PartnerId;
use sqlx::any::AnyRow;

use crate::engine::{maybe, next_number, number, text};
use crate::journal::{Act, Action, steps};
use crate::{Author, Role, Store, StoreError};

/// Numbers an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountId(pub i64);

/// Holds an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its number.
    pub id: AccountId,
    /// The name to sign in with.
    pub name: String,
    /// What it is for.
    pub role: Role,
    /// The partner, for roles that belong to one.
    pub partner: Option<PartnerId>,
    /// Whether it may sign in.
    pub is_open: bool,
    /// Whether it has a password; without one it comes in by a one-time link only.
    pub has_password: bool,
}

/// Holds an account that is to be.
#[derive(Clone)]
pub struct NewAccount {
    /// The name to sign in with.
    pub name: String,
    /// What it is for.
    pub role: Role,
    /// The partner, for roles that belong to one.
    pub partner: Option<PartnerId>,
    /// The password; none for an account that comes in by a one-time link.
    pub password: Option<String>,
}

impl Store {
    /// Adds an account.
    ///
    /// # Errors
    /// The name is taken or none, the password is shorter than twelve characters, or role and partner do not go together.
    pub async fn add_account(
        &self,
        new: NewAccount,
        author: &Author,
    ) -> Result<AccountId, StoreError> {
        go_together(new.role, new.partner.as_ref())?;
        Account::check_name(&new.name)?;
        let hash = match new.password {
            Some(password) => Some(self.passwords.hash(password).await?),
            None => None,
        };
        let mut act = Act::begin(&self.pools, author, Action::Account).await?;
        let taken = sqlx::query("SELECT id FROM account WHERE name = $1").bind(new.name.clone());
        if taken.fetch_optional(&mut *act.writing).await?.is_some() {
            return Err(StoreError::Taken { kind: "account", name: new.name });
        }
        let id = next_number(&mut act.writing, "SELECT MAX(id) FROM account").await?;
        let insert = sqlx::query(
            "INSERT INTO account (id, name, role, partner, password_hash, state) VALUES ($1, $2, $3, $4, $5, 'open')",
        );
        insert
            .bind(id)
            .bind(new.name)
            .bind(new.role.name())
            .bind(new.partner.as_ref().map(ToString::to_string))
            .bind(hash)
            .execute(&mut *act.writing)
            .await?;
        steps::of_account(&mut act, id).await?;
        let partner = new.partner.map(|partner| partner.to_string());
        let subject =
            serde_json::json!({ "account": id, "role": new.role.name(), "partner": partner });
        act.finish(&subject, None).await?;
        Ok(AccountId(id))
    }

    /// Gives an account a new password, and ends all its sessions.
    ///
    /// # Errors
    /// There is no such account, or the password is shorter than twelve characters.
    pub async fn set_password(
        &self,
        account: AccountId,
        password: String,
        author: &Author,
    ) -> Result<(), StoreError> {
        let hash = self.passwords.hash(password).await?;
        let subject = serde_json::json!({ "account": account.0, "password": "changed" });
        self.change_account(account, ("password_hash", Some(hash)), subject, author).await
    }

    /// Gives an account another role, and ends all its sessions.
    ///
    /// # Errors
    /// There is no such account, role and partner do not go together, or it is the last administrator.
    pub async fn set_role(
        &self,
        account: AccountId,
        (role, partner): (Role, Option<PartnerId>),
        author: &Author,
    ) -> Result<(), StoreError> {
        go_together(role, partner.as_ref())?;
        let mut act = Act::begin(&self.pools, author, Action::Account).await?;
        if role != Role::Administrator {
            rules::refuse_last(&mut act, account).await?;
        }
        let partner = partner.map(|partner| partner.to_string());
        let update = sqlx::query("UPDATE account SET role = $2, partner = $3 WHERE id = $1");
        let update = update.bind(account.0).bind(role.name()).bind(partner.clone());
        if update.execute(&mut *act.writing).await?.rows_affected() == 0 {
            return Err(StoreError::unknown("account", account.0));
        }
        let end = sqlx::query("DELETE FROM session WHERE account = $1").bind(account.0);
        end.execute(&mut *act.writing).await?;
        steps::of_account(&mut act, account.0).await?;
        let subject =
            serde_json::json!({ "account": account.0, "role": role.name(), "partner": partner });
        act.finish(&subject, None).await?;
        Ok(())
    }

    /// Closes an account, and ends all its sessions. It is never removed: the journal names it.
    ///
    /// # Errors
    /// There is no such account, or it is the last administrator.
    pub async fn close_account(
        &self,
        account: AccountId,
        author: &Author,
    ) -> Result<(), StoreError> {
        let subject = serde_json::json!({ "account": account.0, "state": "closed" });
        self.change_account(account, ("state", Some("closed".to_owned())), subject, author).await
    }

    /// Opens an account again that was closed, with the role, partner and password it had.
    ///
    /// # Errors
    /// There is no such account.
    pub async fn reopen_account(
        &self,
        account: AccountId,
        author: &Author,
    ) -> Result<(), StoreError> {
        let subject = serde_json::json!({ "account": account.0, "state": "open" });
        self.change_account(account, ("state", Some("open".to_owned())), subject, author).await
    }

    async fn change_account(
        &self,
        account: AccountId,
        (column, value): (&'static str, Option<String>),
        subject: serde_json::Value,
        author: &Author,
    ) -> Result<(), StoreError> {
        let mut act = Act::begin(&self.pools, author, Action::Account).await?;
        if value.as_deref() == Some("closed") {
            rules::refuse_last(&mut act, account).await?;
        }
        let sql = match column {
            "password_hash" => "UPDATE account SET password_hash = $2 WHERE id = $1",
            _ => "UPDATE account SET state = $2 WHERE id = $1",
        };
        let update = sqlx::query(sql).bind(account.0).bind(value);
        if update.execute(&mut *act.writing).await?.rows_affected() == 0 {
            return Err(StoreError::unknown("account", account.0));
        }
        let end = sqlx::query("DELETE FROM session WHERE account = $1").bind(account.0);
        end.execute(&mut *act.writing).await?;
        steps::of_account(&mut act, account.0).await?;
        act.finish(&subject, None).await?;
        Ok(())
    }

    /// Lists the accounts by name.
    ///
    /// # Errors
    /// The database breaks.
    pub async fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        let rows = sqlx::query("SELECT * FROM account ORDER BY name");
        rows.fetch_all(&self.pools.reading).await?.iter().map(account_of).collect()
    }

    /// Returns an account by name.
    ///
    /// # Errors
    /// There is none.
    pub async fn account(&self, name: &str) -> Result<Account, StoreError> {
        let row = sqlx::query("SELECT * FROM account WHERE name = $1").bind(name.to_owned());
        let row = row.fetch_optional(&self.pools.reading).await?;
        account_of(&row.ok_or_else(|| StoreError::unknown("account", name))?)
    }

    /// Returns the account if name and password fit and it is open; nothing otherwise, and nobody learns which of them was wrong.
    ///
    /// # Errors
    /// The database breaks.
    pub async fn sign_in(
        &self,
        name: &str,
        password: String,
    ) -> Result<Option<Account>, StoreError> {
        let row = sqlx::query("SELECT * FROM account WHERE name = $1").bind(name.to_owned());
        let row = row.fetch_optional(&self.pools.reading).await?;
        let hash = row.as_ref().map(|row| maybe(row, "password_hash")).transpose()?.flatten();
        let fits = self.passwords.fits(password, hash).await?;
        let account = row.as_ref().map(account_of).transpose()?;
        Ok(account.filter(|account| fits && account.is_open))
    }
}

fn go_together(role: Role, partner: Option<&PartnerId>) -> Result<(), StoreError> {
    if role.has_partner() == partner.is_some() {
        return Ok(());
    }
    Err(StoreError::Impossible(
        "encoders and partner coordinators have a partner, others have none",
    ))
}

pub(crate) fn account_of(row: &AnyRow) -> Result<Account, StoreError> {
    let broken = || StoreError::Broken("account");
    let partner = maybe(row, "partner")?.map(|name| PartnerId::new(&name).map_err(|_| broken()));
    Ok(Account {
        id: AccountId(number(row, "id")?),
        name: text(row, "name")?,
        role: Role::from_name(&text(row, "role")?).ok_or_else(broken)?,
        partner: partner.transpose()?,
        is_open: text(row, "state")? == "open",
        has_password: maybe(row, "password_hash")?.is_some(),
    })
}
