//! Golden files: what a test gives is compared with a file, and written there when `CATALYSE_BLESS` is `1`.

use std::path::Path;

/// Compares a text with a file.
///
/// # Panics
/// They differ. With `CATALYSE_BLESS=1` in the environment the file is written instead.
#[expect(
    clippy::disallowed_methods,
    reason = "golden files are read and written where the tests run, and blessed by a variable"
)]
pub fn expect_file(path: impl AsRef<Path>, actual: &str) {
    let path = path.as_ref();
    if std::env::var("CATALYSE_BLESS").is_ok_and(|bless| bless == "1") {
        std::fs::write(path, actual).expect("the golden file can be written");
        return;
    }
    let expected = std::fs::read_to_string(path).unwrap_or_default().replace("\r\n", "\n");
    if let Some(difference) = first_difference(&expected, actual) {
        panic!(
            "{} differs, {difference}\nIf the new text is right: CATALYSE_BLESS=1, then read the diff",
            path.display()
        );
    }
}

/// Describes the first line that differs.
fn first_difference(expected: &str, actual: &str) -> Option<String> {
    if expected == actual {
        return None;
    }
    let (mut expected, mut actual) = (expected.split('\n'), actual.split('\n'));
    let mut line = 0;
    loop {
        line += 1;
        match (expected.next(), actual.next()) {
            (None, None) => return None,
            (one, other) if one == other => {}
            (one, other) => {
                let show = |text: Option<&str>| text.unwrap_or("(no line)").to_owned();
                return Some(format!("line {line}:\n- {}\n+ {}", show(one), show(other)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::first_difference;

    #[test]
    fn the_first_line_that_differs_is_shown() {
        assert_eq!(first_difference("a\nb\n", "a\nb\n"), None);
        assert_eq!(first_difference("a\nb", "a\nc"), Some("line 2:\n- b\n+ c".into()));
        assert_eq!(first_difference("a", "a\nc"), Some("line 2:\n- (no line)\n+ c".into()));
    }
}
