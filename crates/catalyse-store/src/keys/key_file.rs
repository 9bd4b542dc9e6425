//! The key file: what opens identities and makes pseudonyms. It lies outside the store, on another disk if possible.
//!
//! It is a small text that may be printed and locked away. With a passphrase the secret in it is sealed under a key that argon2id makes of the
//! passphrase (RFC 9106, second recommended choice: 64 MiB, three passes).

use std::path::Path;

use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use serde::{Deserialize, Serialize};

use crate::StoreError;
use crate::keys::cipher::{Secret, random};

const FORMAT: &str = "catalyse key 1";
const CONTEXT: &str = "catalyse key file";
const MEMORY_KIB: u32 = 64 * 1024;
const PASSES: u32 = 3;

/// Holds the secret of a key file.
#[derive(Clone, Debug)]
pub struct KeyFile {
    secret: Secret,
}

#[derive(Serialize, Deserialize)]
struct Written {
    format: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    salt: Option<String>,
    secret: String,
}

impl KeyFile {
    /// Draws a new secret.
    ///
    /// # Errors
    /// The system gives no random numbers.
    pub fn draw() -> Result<Self, StoreError> {
        Secret::draw().map(|secret| Self { secret })
    }

    /// Returns the text of the file, under a passphrase if one is given.
    ///
    /// # Errors
    /// The passphrase is empty; the system gives no random numbers or not enough memory.
    pub fn write(&self, passphrase: Option<&str>) -> Result<String, StoreError> {
        let written = match passphrase {
            None => Written { format: FORMAT.into(), salt: None, secret: self.secret.to_text() },
            Some(passphrase) if passphrase.trim().is_empty() => {
                return Err(StoreError::Impossible("a passphrase is not empty"));
            }
            Some(passphrase) => {
                let salt: [u8; 16] = random()?;
                let secret = stretch(passphrase, &salt)?.seal(CONTEXT, &self.secret.0)?;
                Written { format: FORMAT.into(), salt: Some(STANDARD_NO_PAD.encode(salt)), secret }
            }
        };
        let text = serde_json::to_string_pretty(&written);
        text.map(|text| text + "\n").map_err(|_| StoreError::Broken("key"))
    }

    /// Says whether the text of a key file asks for a passphrase.
    pub fn wants_passphrase(text: &str) -> bool {
        serde_json::from_str::<Written>(text).is_ok_and(|written| written.salt.is_some())
    }

    /// Reads the text of a key file. `path` is for the message alone.
    ///
    /// # Errors
    /// It is no key file, or the passphrase is missing or wrong.
    pub fn read(text: &str, passphrase: Option<&str>, path: &Path) -> Result<Self, StoreError> {
        let damaged = || StoreError::Damaged(path.to_owned());
        let written: Written = serde_json::from_str(text).map_err(|_| damaged())?;
        if written.format != FORMAT {
            return Err(damaged());
        }
        let secret = match written.salt {
            None => Secret::from_text(&written.secret).ok_or_else(damaged)?,
            Some(salt) => {
                let salt = STANDARD_NO_PAD.decode(salt).map_err(|_| damaged())?;
                let key = stretch(passphrase.ok_or(StoreError::WrongPassphrase)?, &salt)?;
                let opened = key.open(CONTEXT, &written.secret);
                let opened = opened.map_err(|_| StoreError::WrongPassphrase)?;
                Secret(opened.try_into().map_err(|_| damaged())?)
            }
        };
        Ok(Self { secret })
    }

    /// Returns the key of a person's identity: that of the person and the secret of this file together.
    pub(crate) fn identity_key(&self, of_person: &Secret) -> Secret {
        self.secret.for_purpose("catalyse 2026 identity").with(of_person)
    }

    /// Returns the key that makes pseudonyms.
    pub(crate) fn pseudonym_key(&self) -> Secret {
        self.secret.for_purpose("catalyse 2026 pseudonym")
    }

    /// Returns a mark by which a store knows its key file.
    pub(crate) fn mark(&self) -> String {
        self.secret.for_purpose("catalyse 2026 mark").fingerprint("mark", b"")
    }
}

fn stretch(passphrase: &str, salt: &[u8]) -> Result<Secret, StoreError> {
    let params = Params::new(MEMORY_KIB, PASSES, 1, Some(32));
    let params = params.map_err(|_| StoreError::Broken("key"))?;
    let mut key = [0; 32];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passphrase.as_bytes(), salt, &mut key)
        .map_err(|_| StoreError::Broken("key"))?;
    Ok(Secret(key))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::KeyFile;
    use crate::StoreError;

    fn read(text: &str, passphrase: Option<&str>) -> Result<KeyFile, StoreError> {
        KeyFile::read(text, passphrase, Path::new("clef"))
    }

    #[test]
    fn an_empty_passphrase_protects_nothing_and_is_refused() {
        let key = KeyFile::draw().expect("random");
        for empty in ["", "  "] {
            assert!(matches!(key.write(Some(empty)), Err(StoreError::Impossible(_))));
        }
    }

    #[test]
    fn a_key_file_opens_with_its_passphrase_only() {
        let key = KeyFile::draw().expect("random");
        let text = key.write(Some("quatre mots bien choisis")).expect("written");
        assert!(KeyFile::wants_passphrase(&text));
        let again = read(&text, Some("quatre mots bien choisis")).expect("the passphrase");
        assert_eq!(again.mark(), key.mark());
        for wrong in [None, Some("autre")] {
            assert!(matches!(read(&text, wrong), Err(StoreError::WrongPassphrase)));
        }
    }

    #[test]
    fn an_open_key_file_needs_none_and_a_damaged_one_is_told() {
        let key = KeyFile::draw().expect("random");
        let text = key.write(None).expect("written");
        assert_eq!(read(&text, None).expect("a key file").mark(), key.mark());
        assert!(matches!(read(&text[..30], None), Err(StoreError::Damaged(_))));
        assert!(matches!(read("{}", None), Err(StoreError::Damaged(_))));
    }
}
