//! Which encoding a text file is in, from its first bytes.

/// Says how the bytes of a text file stand for letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// UTF-8, or an 8-bit encoding: told apart line by line, because files are glued together of both.
    Bytes,
    /// UTF-16, the lower byte first.
    Utf16Little,
    /// UTF-16, the higher byte first.
    Utf16Big,
}

/// Returns the encoding of a file that begins so, and how many bytes its mark takes.
pub(crate) fn encoding_of(head: &[u8]) -> (Encoding, usize) {
    if head.starts_with(b"\xEF\xBB\xBF") {
        (Encoding::Bytes, 3)
    } else if head.starts_with(b"\xFF\xFE") {
        (Encoding::Utf16Little, 2)
    } else if head.starts_with(b"\xFE\xFF") {
        (Encoding::Utf16Big, 2)
    } else if zeros_at(head, 1) {
        (Encoding::Utf16Little, 0)
    } else if zeros_at(head, 0) {
        (Encoding::Utf16Big, 0)
    } else {
        (Encoding::Bytes, 0)
    }
}

/// Says whether a file that begins so is in UTF-16.
pub(crate) fn is_utf16(head: &[u8]) -> bool {
    encoding_of(head).0 != Encoding::Bytes
}

/// Says whether the bytes at even (0) or odd (1) places are mostly zero and the others hardly ever: Latin letters in UTF-16.
fn zeros_at(head: &[u8], place: usize) -> bool {
    let n_pairs = head.len() / 2;
    let zeros =
        |place: usize| head.iter().skip(place).step_by(2).filter(|byte| **byte == 0).count();
    n_pairs >= 4 && zeros(place) * 10 >= n_pairs * 7 && zeros(1 - place) * 20 <= n_pairs
}

#[cfg(test)]
mod tests {
    use super::{Encoding, encoding_of};

    #[test]
    fn utf_16_is_known_with_and_without_its_mark() {
        let little: Vec<u8> =
            "code;âge\n1;33\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = "code;âge\n1;33\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(encoding_of(&little), (Encoding::Utf16Little, 0));
        assert_eq!(encoding_of(&big), (Encoding::Utf16Big, 0));
        assert_eq!(encoding_of(b"\xFF\xFEc\0"), (Encoding::Utf16Little, 2));
        assert_eq!(encoding_of(b"\xFE\xFF\0c"), (Encoding::Utf16Big, 2));
        assert_eq!(encoding_of(b"\xEF\xBB\xBFcode"), (Encoding::Bytes, 3));
        assert_eq!(encoding_of(b"code;\0ge\n1;33\n"), (Encoding::Bytes, 0));
    }
}
