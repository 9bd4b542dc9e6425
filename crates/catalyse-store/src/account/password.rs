//! Passwords: made into argon2id hashes and compared with them, one at a time, in memory that is used again.
//!
//! A hash takes 19 MiB. Taken anew on whichever thread, each of them keeps its share: eighteen sign-ins left some ninety megabytes with the
//! program. One block, taken once, serves them all; who comes second waits some hundredths of a second.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use argon2::password_hash::{Output, PasswordHash, SaltString};
use argon2::{Algorithm, Argon2, Block, Params, Version};

use crate::StoreError;
use crate::keys::cipher::random;

/// What a name that does not exist is compared with, so that it takes as long.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5bm9ib2R5$PGpkgPm5L3RoLFoE0jMtn8TcbGM0lfGsZ0GXtpY8JMY";

/// The shortest password that is taken (NIST SP 800-63B-4, 3.1.1.2, asks for 15 where it is the only factor; length counts, not signs).
const LEAST_PASSWORD: usize = 12;

/// Holds the memory in which passwords are hashed. Cloning it gives the same.
#[derive(Clone, Default)]
pub(crate) struct Passwords(Arc<Mutex<Vec<Block>>>);

impl fmt::Debug for Passwords {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Passwords(…)")
    }
}

impl Passwords {
    /// Makes the hash of a new password.
    pub(crate) async fn hash(&self, password: String) -> Result<String, StoreError> {
        if password.chars().count() < LEAST_PASSWORD {
            return Err(StoreError::Impossible("a password has at least twelve characters"));
        }
        let salt: [u8; 16] = random()?;
        let salt = SaltString::encode_b64(&salt).map_err(|_| StoreError::Random)?;
        let work = self.clone();
        blocking(move || {
            let params = Params::default();
            let output = work.output(&password, (&params, Params::DEFAULT_OUTPUT_LEN), &salt)?;
            let hash = PasswordHash {
                algorithm: Algorithm::Argon2id.ident(),
                version: Some(Version::V0x13.into()),
                params: (&params).try_into().ok()?,
                salt: Some(salt.as_salt()),
                hash: Some(output),
            };
            Some(hash.to_string())
        })
        .await?
        .ok_or(StoreError::Broken("password"))
    }

    /// Says whether a password fits a hash. Without one it takes as long, and does not.
    pub(crate) async fn fits(
        &self,
        password: String,
        hash: Option<String>,
    ) -> Result<bool, StoreError> {
        let is_known = hash.is_some();
        let hash = hash.unwrap_or_else(|| NOBODY.to_owned());
        let work = self.clone();
        let fits = blocking(move || {
            let hash = PasswordHash::new(&hash).ok()?;
            let (params, wanted) = (Params::try_from(&hash).ok()?, hash.hash?);
            let salt = SaltString::from_b64(hash.salt?.as_str()).ok()?;
            let output = work.output(&password, (&params, wanted.len()), &salt)?;
            // Outputs are compared in constant time.
            Some(output == wanted)
        });
        Ok(fits.await?.unwrap_or(false) && is_known)
    }

    fn output(
        &self,
        password: &str,
        (params, length): (&Params, usize),
        salt: &SaltString,
    ) -> Option<Output> {
        let mut blocks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if blocks.len() < params.block_count() {
            blocks.resize(params.block_count(), Block::default());
        }
        let mut bytes = [0_u8; 64];
        let salt = salt.as_salt().decode_b64(&mut bytes).ok()?.to_vec();
        let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params.clone());
        Output::init_with(length, |output| {
            let hashed = argon.hash_password_into_with_memory(
                password.as_bytes(),
                &salt,
                output,
                blocks.as_mut_slice(),
            );
            hashed.map_err(Into::into)
        })
        .ok()
    }
}

/// Runs what takes the processor for a while beside the others, so that nobody's keystroke waits for a password.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, StoreError> {
    tokio::task::spawn_blocking(work).await.map_err(|_| StoreError::Broken("password"))
}

#[cfg(test)]
mod tests {
    use super::{NOBODY, Passwords};
    use crate::Waiter;

    #[test]
    fn hashes_fit_their_password_alone_and_are_those_of_argon2() {
        use argon2::password_hash::{PasswordHash, PasswordVerifier};
        let (passwords, waiter) = (Passwords::default(), Waiter::new().expect("a runtime"));
        let hash = waiter.wait(passwords.hash("quatre mots bien longs".into())).expect("a hash");
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        let read = PasswordHash::new(&hash).expect("a hash");
        let by_the_crate = argon2::Argon2::default();
        assert!(by_the_crate.verify_password(b"quatre mots bien longs", &read).is_ok());
        for (typed, hash, fits) in [
            ("quatre mots bien longs", Some(hash.clone()), true),
            ("quatre mots bien Longs", Some(hash), false),
            ("quatre mots bien longs", None, false),
            ("nobody", Some(NOBODY.to_owned()), false),
            ("x", Some("no hash".to_owned()), false),
        ] {
            let found = waiter.wait(passwords.fits(typed.into(), hash)).expect("it is looked at");
            assert_eq!(found, fits, "{typed}");
        }
        assert!(waiter.wait(passwords.hash("trop court".into())).is_err());
    }
}
