//! Outlines of letters in a third of the letters: paths written relative to the point before, without a space too many.
//!
//! Coordinates are counted in hundredths of a pixel, so that nothing drifts however long a path is.

use std::fmt::Write as _;

/// Rewrites every path of a drawing that [`crate::write::raster::outline`] wrote. What is no path of straight and curved lines stays as it is.
pub(crate) fn compact(svg: &str) -> String {
    let mut written = String::with_capacity(svg.len() / 2);
    let mut rest = svg;
    while let Some((before, path)) = rest.split_once(" d=\"") {
        let Some((data, after)) = path.split_once('"') else { break };
        written.push_str(before);
        written.push_str(" d=\"");
        match relative(data) {
            Some(short) => written.push_str(&short),
            None => written.push_str(data),
        }
        written.push('"');
        rest = after;
    }
    written.push_str(rest);
    let lines = written.lines().map(str::trim_start);
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// Returns a path of absolute commands with spaces between as relative ones; nothing if it holds another command.
fn relative(data: &str) -> Option<String> {
    let mut path = Path { written: String::new(), at: [0, 0], start: [0, 0], last: ' ' };
    let mut words = data.split_ascii_whitespace();
    while let Some(command) = words.next() {
        let n_points = match command {
            "M" | "L" => 1,
            "Q" => 2,
            "C" => 3,
            "Z" => 0,
            _ => return None,
        };
        let mut points = [[0; 2]; 3];
        let points = points.get_mut(..n_points)?;
        for point in points.iter_mut() {
            *point = [hundredths(words.next()?)?, hundredths(words.next()?)?];
        }
        path.add(command.chars().next()?.to_ascii_lowercase(), points);
    }
    Some(path.written)
}

struct Path {
    written: String,
    at: [i64; 2],
    /// Where the outline began: there it ends when it is closed.
    start: [i64; 2],
    last: char,
}

impl Path {
    fn add(&mut self, command: char, points: &[[i64; 2]]) {
        // A command that is repeated need not be written; after "m" the next pair would be a line.
        if command != self.last || command == 'm' || command == 'z' {
            self.written.push(command);
            self.last = command;
        }
        for point in points {
            for (to, from) in point.iter().zip(self.at) {
                self.number(to - from);
            }
        }
        if let Some(end) = points.last() {
            self.at = *end;
        }
        match command {
            'm' => self.start = self.at,
            'z' => self.at = self.start,
            _ => {}
        }
    }

    fn number(&mut self, hundredths: i64) {
        let (whole, part) = (hundredths.abs() / 100, hundredths.abs() % 100);
        let follows_number = self.written.ends_with(|last: char| last.is_ascii_digit());
        if hundredths < 0 {
            self.written.push('-');
        } else if follows_number {
            self.written.push(' ');
        }
        // Millions of numbers: none is worth a string of its own.
        if whole > 0 || part == 0 {
            let _ = write!(self.written, "{whole}");
        }
        if part > 0 {
            let (tenths, rest) = (part / 10, part % 10);
            let _ = write!(self.written, ".{tenths}");
            if rest > 0 {
                let _ = write!(self.written, "{rest}");
            }
        }
    }
}

/// Reads a number with two decimals at most without floating point; others by it.
fn hundredths(number: &str) -> Option<i64> {
    let (is_negative, digits) = match number.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, number),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let is_plain = whole.len() <= 9 && part.len() <= 2 && !whole.is_empty();
    let all_digits = whole.bytes().chain(part.bytes()).all(|byte| byte.is_ascii_digit());
    if !is_plain || !all_digits {
        let number: f64 = number.parse().ok()?;
        return Some((number * 100.0).round() as i64);
    }
    let digits = whole.bytes().chain(part.bytes()).chain(std::iter::repeat_n(b'0', 2 - part.len()));
    let size = digits.fold(0, |size, digit| size * 10 + i64::from(digit - b'0'));
    Some(if is_negative { -size } else { size })
}

#[cfg(test)]
mod tests {
    use super::{compact, hundredths, relative};

    #[test]
    fn a_number_is_read_in_hundredths_however_it_is_written() {
        let numbers = ["13.21", "-.5", "-0.5", "7", "-12.3", "0.005", "1e2", "12.345", "-"];
        let read = numbers.map(hundredths);
        let expected = [1321, -50, -50, 700, -1230, 1, 10_000, 1235].map(Some);
        assert_eq!(read[..8], expected);
        assert_eq!(read[8], None);
    }

    #[test]
    fn a_path_is_written_relative_to_the_point_before() {
        let path = relative("M 13.21 20.18 Q 11.91 20.18 10.76 19.7 L 10 20 L 11.05 20 Z M 1 2 Z");
        assert_eq!(
            path.as_deref(),
            Some("m13.21 20.18q-1.3 0-2.45-.48l-.76 .3 1.05 0zm-12.21-18.18z")
        );
    }

    #[test]
    fn what_is_not_known_stays() {
        assert_eq!(relative("M 1 2 A 3 3 0 0 1 5 5"), None);
        let svg = "<svg>\n    <path d=\"A 1\" x=\"2\"/>\n</svg>\n";
        assert_eq!(compact(svg), "<svg>\n<path d=\"A 1\" x=\"2\"/>\n</svg>\n");
    }
}
