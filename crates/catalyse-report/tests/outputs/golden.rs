//! Golden files: whole texts, compared; `UPDATE_GOLDEN=1` writes them anew, to be read before they are committed.

use std::path::PathBuf;

pub(crate) fn compare(name: &str, text: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    assert!(text.len() < 20 * 1024, "{name} is too long to be read");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, text).expect("the golden file is written");
    }
    let golden = std::fs::read_to_string(&path).expect("a golden file");
    assert!(golden == text, "{name} differs; run with UPDATE_GOLDEN=1 and read the difference");
}
