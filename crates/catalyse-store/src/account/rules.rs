//! What an account must be: it has a name of one line, and one administrator is always left.

use super::{Account, AccountId};
use crate::StoreError;
use crate::engine::number;
use crate::journal::Act;

/// Somebody must be left who opens accounts and makes links.
pub(super) async fn refuse_last(act: &mut Act, account: AccountId) -> Result<(), StoreError> {
    let row = sqlx::query(
        "SELECT COUNT(*) AS n, COALESCE(MAX(CASE WHEN id = $1 THEN 1 ELSE 0 END), 0) AS own \
         FROM account WHERE role = 'administrator' AND state = 'open'",
    );
    let row = row.bind(account.0).fetch_one(&mut *act.writing).await?;
    if number(&row, "n")? == 1 && number(&row, "own")? == 1 {
        return Err(StoreError::Impossible("the last administrator stays"));
    }
    Ok(())
}

/// The longest name of an account.
const LONGEST_NAME: usize = 100;

impl Account {
    /// Looks whether an account can be called so: by one line that begins and ends with a sign. What stands in brackets is the machine's user
    /// in the journal.
    ///
    /// # Errors
    /// It cannot.
    pub fn check_name(name: &str) -> Result<(), StoreError> {
        let is_one = !name.is_empty()
            && name.trim() == name
            && name.chars().count() <= LONGEST_NAME
            && !name.contains(char::is_control)
            && !name.starts_with('(');
        if is_one {
            Ok(())
        } else {
            Err(StoreError::Impossible("an account has a name of one line"))
        }
    }
}
