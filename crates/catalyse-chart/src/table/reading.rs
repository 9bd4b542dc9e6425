//! What may be drawn of one cell: where its mark stands, how far it reaches, and its words.

use catalyse_disclose::{Mark, ReleasedCell, ReleasedShare, Shown};
use catalyse_locale::{Language, percent, percent_range};

use crate::words;

/// Holds what may be drawn of one cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// A whole percentage with its interval and its count.
    Percent(u8, Option<(u8, u8)>, Option<u64>),
    /// Nearly all.
    AtLeast(u8),
    /// Nearly none.
    AtMost(u8),
    /// A share in words: count and base.
    About(u64, u64),
    /// A mark in place of a number.
    Hidden(Mark),
}

impl Reading {
    /// Returns where the mark stands, 0 to 100, or nothing if none is drawn.
    pub(crate) fn position(&self) -> Option<f64> {
        match self {
            Self::Percent(percent, ..) | Self::AtLeast(percent) | Self::AtMost(percent) => {
                Some(f64::from(*percent))
            }
            Self::About(count, base) => {
                (*base > 0).then(|| (*count as f64 / *base as f64 * 100.0).min(100.0))
            }
            Self::Hidden(_) => None,
        }
    }

    /// Returns the interval.
    pub(crate) fn interval(&self) -> Option<(f64, f64)> {
        match self {
            Self::Percent(_, interval, _) => {
                interval.map(|(low, high)| (f64::from(low), f64::from(high)))
            }
            Self::AtLeast(_) | Self::AtMost(_) | Self::About(..) | Self::Hidden(_) => None,
        }
    }

    /// Returns how far left the mark reaches with its interval: an open end reaches 0.
    pub(crate) fn low(&self) -> Option<f64> {
        match self {
            Self::AtMost(_) => Some(0.0),
            Self::Percent(..) | Self::AtLeast(_) | Self::About(..) | Self::Hidden(_) => {
                self.interval().map(|(low, _)| low).or_else(|| self.position())
            }
        }
    }

    /// Returns how far right the mark reaches with its interval: an open end reaches 100.
    pub(crate) fn reach(&self) -> f64 {
        match self {
            Self::AtLeast(_) => 100.0,
            Self::Percent(..) | Self::AtMost(_) | Self::About(..) | Self::Hidden(_) => {
                let position = self.position().unwrap_or(0.0);
                self.interval().map_or(position, |(_, high)| high.max(position))
            }
        }
    }

    /// Returns the value in words: `39 %`, `≥ 90 %`, `environ 5 sur 20`, `[c]`; with the language, and the multiple that counts were
    /// brought to.
    pub(crate) fn words(&self, (language, rounding): (Language, u64)) -> String {
        match self {
            Self::Percent(value, ..) => percent(language, *value),
            Self::AtLeast(value) => bound(language, '≥', *value),
            Self::AtMost(value) => bound(language, '≤', *value),
            Self::About(count, base) => words::about((language, rounding), *count, *base),
            Self::Hidden(mark) => mark.text().to_owned(),
        }
    }

    /// Returns the value in few letters: a share in words loses its "about".
    pub(crate) fn brief(&self, printed: (Language, u64)) -> String {
        match self {
            Self::About(count, base) => words::about_briefly(printed, *count, *base),
            Self::Percent(..) | Self::AtLeast(_) | Self::AtMost(_) | Self::Hidden(_) => {
                self.words(printed)
            }
        }
    }

    /// Returns the interval in brackets with a space before, or nothing.
    pub(crate) fn interval_words(&self, language: Language) -> String {
        match self {
            Self::Percent(_, Some((low, high)), _) => {
                format!(" ({})", percent_range(language, *low, *high))
            }
            Self::Percent(_, None, _)
            | Self::AtLeast(_)
            | Self::AtMost(_)
            | Self::About(..)
            | Self::Hidden(_) => String::new(),
        }
    }
}

/// Returns what may be drawn of a cell.
pub(crate) fn read(cell: &ReleasedCell) -> Reading {
    match cell.share {
        ReleasedShare::Percent(value) => Reading::Percent(value, cell.interval, cell.count.value()),
        ReleasedShare::AtLeast(value) => Reading::AtLeast(value),
        ReleasedShare::AtMost(value) => Reading::AtMost(value),
        ReleasedShare::About { count, base } => Reading::About(count, base),
        ReleasedShare::Hidden(mark) => Reading::Hidden(mark),
        ReleasedShare::None => match cell.count {
            Shown::Hidden(mark) => Reading::Hidden(mark),
            Shown::Value(_) => Reading::Hidden(Mark::NotApplicable),
        },
    }
}

fn bound(language: Language, sign: char, value: u8) -> String {
    format!("{sign}\u{202f}{}", percent(language, value))
}
