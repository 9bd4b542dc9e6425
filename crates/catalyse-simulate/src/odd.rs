//! Odd files.
/// Holds one odd file.
#[derive(Clone, Debug)]
pub struct OddFile {
    /// Its name.
    pub path: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Makes the odd files.
pub fn odd_files() -> Vec<OddFile> {
    Vec::new()
}
