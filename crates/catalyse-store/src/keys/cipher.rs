//! Sealing: XChaCha20-Poly1305 under keys of 32 bytes, and the random numbers for them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};

use crate::StoreError;

const NONCE_BYTES: usize = 24;

/// Holds a key. Its `Debug` shows nothing.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Secret(pub(crate) [u8; 32]);

impl std::fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Secret(…)")
    }
}

impl Secret {
    /// Draws a key.
    pub(crate) fn draw() -> Result<Self, StoreError> {
        random().map(Self)
    }

    pub(crate) fn to_text(&self) -> String {
        STANDARD_NO_PAD.encode(self.0)
    }

    pub(crate) fn from_text(text: &str) -> Option<Self> {
        STANDARD_NO_PAD.decode(text).ok()?.try_into().ok().map(Self)
    }

    /// Returns the key that both keys together give: without either nothing opens.
    pub(crate) fn with(&self, other: &Self) -> Self {
        Self(*blake3::keyed_hash(&self.0, &other.0).as_bytes())
    }

    /// Returns a key for one purpose.
    pub(crate) fn for_purpose(&self, purpose: &str) -> Self {
        Self(blake3::derive_key(purpose, &self.0))
    }

    /// Returns a hash that only the holder of the key can work out.
    pub(crate) fn fingerprint(&self, context: &str, plain: &[u8]) -> String {
        let mut hasher = blake3::Hasher::new_keyed(&self.0);
        hasher.update(&(context.len() as u64).to_le_bytes());
        hasher.update(context.as_bytes());
        hasher.update(plain);
        hasher.finalize().to_hex().to_string()
    }

    /// Seals content. It opens only with the same context, so that a sealed text cannot be moved to another record.
    pub(crate) fn seal(&self, context: &str, plain: &[u8]) -> Result<String, StoreError> {
        let nonce: [u8; NONCE_BYTES] = random()?;
        let payload = Payload { msg: plain, aad: context.as_bytes() };
        let sealed = self
            .cipher()
            .encrypt(XNonce::from_slice(&nonce), payload)
            .map_err(|_| StoreError::Broken("seal"))?;
        Ok(STANDARD_NO_PAD.encode([&nonce[..], &sealed].concat()))
    }

    /// Opens what was sealed.
    pub(crate) fn open(&self, context: &str, sealed: &str) -> Result<Vec<u8>, StoreError> {
        let broken = || StoreError::Broken("seal");
        let bytes = STANDARD_NO_PAD.decode(sealed).map_err(|_| broken())?;
        let (nonce, sealed) = bytes.split_at_checked(NONCE_BYTES).ok_or_else(broken)?;
        let payload = Payload { msg: sealed, aad: context.as_bytes() };
        self.cipher().decrypt(XNonce::from_slice(nonce), payload).map_err(|_| broken())
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(Key::from_slice(&self.0))
    }
}

/// Draws random bytes.
pub(crate) fn random<const N: usize>() -> Result<[u8; N], StoreError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| StoreError::Random)?;
    Ok(bytes)
}

/// Returns the hash of a text, as 64 hexadecimal digits.
pub(crate) fn hash_of(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex().to_string()
}

#[cfg(test)]
mod tests {
    use super::Secret;

    #[test]
    fn what_is_sealed_opens_with_its_key_and_context_only() {
        let (key, other) = (Secret::draw().expect("random"), Secret::draw().expect("random"));
        let sealed = key.seal("record 1", b"content").expect("sealed");
        assert_eq!(key.open("record 1", &sealed).expect("opened"), b"content");
        assert!(key.open("record 2", &sealed).is_err());
        assert!(other.open("record 1", &sealed).is_err());
        assert!(key.open("record 1", &sealed[..40]).is_err());
        assert!(key.open("record 1", "AA").is_err());
        assert_ne!(sealed, key.seal("record 1", b"content").expect("sealed"));
    }

    #[test]
    fn debug_shows_no_key() {
        assert_eq!(format!("{:?}", Secret([7; 32])), "Secret(…)");
    }
}
