//! CSV files in two dialects.

use encoding_rs::WINDOWS_1252;

use super::grid::{Grid, Written};

/// Writes `;`, CRLF and Windows-1252, as a French Excel does.
pub(crate) fn windows_csv(grid: &Grid) -> Vec<u8> {
    let text = csv(grid, ';');
    let mut bytes = Vec::with_capacity(text.len());
    for letter in text.chars() {
        let mut buffer = [0_u8; 4];
        let (encoded, _, is_lossy) = WINDOWS_1252.encode(letter.encode_utf8(&mut buffer));
        // Excel writes a question mark for what the encoding lacks.
        if is_lossy { bytes.push(b'?') } else { bytes.extend_from_slice(&encoded) }
    }
    bytes
}

/// Writes `,`, CRLF and UTF-8 with a byte order mark.
pub(crate) fn utf8_csv(grid: &Grid) -> Vec<u8> {
    let mut bytes = vec![0xef, 0xbb, 0xbf];
    bytes.extend_from_slice(csv(grid, ',').as_bytes());
    bytes
}

fn csv(grid: &Grid, delimiter: char) -> String {
    let width = grid.rows.iter().map(Vec::len).max().unwrap_or(0);
    let mut text = String::new();
    for row in &grid.rows {
        for column in 0..width {
            if column > 0 {
                text.push(delimiter);
            }
            let cell = match row.get(column) {
                None | Some(Written::Nothing) => String::new(),
                Some(Written::Text(text)) => text.clone(),
                Some(Written::Number(number)) => number.to_string(),
                Some(Written::Day(day)) => day.to_string(),
            };
            if cell.contains([delimiter, '"', '\n', '\r']) {
                text.push('"');
                text.push_str(&cell.replace('"', "\"\""));
                text.push('"');
            } else {
                text.push_str(&cell);
            }
        }
        text.push_str("\r\n");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{utf8_csv, windows_csv};
    use crate::delivery::grid::{Grid, Written};

    #[test]
    fn what_would_part_a_cell_is_quoted() {
        let text = |text: &str| Written::Text(text.to_owned());
        let rows = vec![vec![text("é;è"), text("a \"b\""), Written::Nothing], vec![text("1,5")]];
        let grid = Grid { rows, ..Grid::default() };
        assert_eq!(windows_csv(&grid), b"\"\xe9;\xe8\";\"a \"\"b\"\"\";\r\n1,5;;\r\n");
        assert_eq!(utf8_csv(&grid), "\u{feff}é;è,\"a \"\"b\"\"\",\r\n\"1,5\",,\r\n".as_bytes());
    }
}
