//! The chart kinds, one file each.
//!
//! To add one: write its file beside these, with its tests; add its `mod` line and its line in [`ALL`]. The first kind of
//! [`ALL`] that [`ChartKind::suits`] a table is the one it gets unless the report definition names another, so that the order
//! goes from the particular to the general.

mod bar;
mod dot;
mod heat;
mod line;
mod multiples;
mod range;
mod stacked;

use catalyse_locale::Wording;

use crate::error::ChartError;
use crate::parts::frame::{Body, Frame};
use crate::table::Table;
use crate::words;

/// Every chart kind, the particular ones first.
pub const ALL: &[&dyn ChartKind] = &[
    &stacked::Stacked,
    &line::Line,
    &dot::Dot,
    &multiples::Multiples,
    &heat::Heat,
    &range::Range,
    &bar::Bar,
];

/// Says what of a table a kind reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reads {
    /// Shares and counts.
    Shares,
    /// Summaries of a quantity.
    Quantities,
}

/// Says how a spreadsheet draws what a kind shows, with its own charts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Native {
    /// A horizontal bar for each category and group.
    Bars,
    /// A bar for each group, its categories stacked to 100 %.
    Stacked,
    /// A line for each category over the groups.
    Lines,
    /// A floating bar from the first to the third quartile.
    Ranges,
}

/// Draws tables in one manner.
pub trait ChartKind: Sync {
    /// Returns the name, as written in a report definition.
    fn name(&self) -> &'static str;

    /// Says what it reads: a table of shares is never given to a kind that reads quantities, nor the other way round.
    fn reads(&self) -> Reads {
        Reads::Shares
    }

    /// Says how a spreadsheet draws the same.
    fn native(&self) -> Native {
        Native::Bars
    }

    /// Says whether a table of what it reads can be drawn in this manner.
    fn draws(&self, table: &Table) -> bool;

    /// Says whether this manner is a good choice for a table, when nobody chose.
    fn suits(&self, table: &Table) -> bool {
        self.draws(table)
    }

    /// Returns the part of a table that this manner shows, if it is not the whole.
    fn shows(&self, _: &Table) -> Option<Table> {
        None
    }

    /// Says whether intervals are drawn, so that the subtitle says so.
    fn shows_intervals(&self, table: &Table) -> bool {
        table.readings().any(|reading| reading.interval().is_some())
    }

    /// Returns the manner that shows everybody beside the one group that is left, if this one cannot.
    fn beside_everybody(&self) -> Option<&'static dyn ChartKind> {
        None
    }

    /// Returns the words for what its marks stand for, in a subtitle that nobody gave.
    fn caption(&self, table: &Table) -> Wording {
        if self.shows_intervals(table) { words::SHARES } else { words::SHARES_ONLY }
    }

    /// Returns the base for the subtitle, where one holds for the whole figure.
    fn base(&self, _: &Table, _: &Frame<'_>) -> Option<u64> {
        None
    }

    /// Draws the inside of the figure.
    ///
    /// # Errors
    /// [`ChartError::Unfit`] if there is nothing to draw.
    fn draw(&self, table: &Table, frame: &Frame<'_>) -> Result<Body, ChartError>;

    /// Returns what the figure shows, in words: the kind, what is compared, the main numbers.
    fn describe(&self, table: &Table, frame: &Frame<'_>) -> String;
}

/// Returns the kind that draws every table: the most general one.
pub fn plainest() -> Option<&'static dyn ChartKind> {
    ALL.last().copied()
}

/// Says whether a kind can draw a table: it reads what the table holds.
pub(crate) fn can_draw(kind: &dyn ChartKind, table: &Table) -> bool {
    is_of(kind, table) && kind.draws(table)
}

/// Says whether a kind is a good choice for a table.
pub(crate) fn is_suited(kind: &dyn ChartKind, table: &Table) -> bool {
    is_of(kind, table) && kind.suits(table)
}

fn is_of(kind: &dyn ChartKind, table: &Table) -> bool {
    (kind.reads() == Reads::Quantities) != table.quantities.is_empty()
}

/// Finds a kind by its name.
pub fn by_name(name: &str) -> Option<&'static dyn ChartKind> {
    ALL.iter().copied().find(|kind| kind.name() == name)
}
