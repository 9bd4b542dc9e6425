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

use std::collections::BTreeSet;

use catalyse_disclose::{Axis, Mark};
use catalyse_locale::{Args, Language, Wording};

use crate::parts::frame::{Body, Frame};
use crate::table::Table;
use crate::table::reading::Reading;
use crate::{ChartError, words};

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

/// Returns the base of a group, or of everybody.
fn base_of(table: &Table, group: Option<usize>) -> Option<u64> {
    match group {
        Some(group) => table.bases.get(group).copied().flatten(),
        None => table.total_base,
    }
}

/// Returns the group that a chart of one group shows: the one asked for, else everybody, else the last wave or the first group.
fn shown_group(table: &Table, frame: &Frame<'_>) -> Option<usize> {
    let last = table.size().1.saturating_sub(1);
    let only = if table.groups.name == Axis::WAVE { last } else { 0 };
    frame.group.or_else(|| table.totals.is_empty().then_some(only))
}

/// Returns the base of a group as a line under its words; nothing if it is hidden.
pub(crate) fn base_line(table: &Table, group: Option<usize>) -> Option<String> {
    base_of(table, group).map(|n| words::n_equals(table.printed(), n))
}

/// Returns a share in few letters: a share in words loses its "about".
pub(crate) fn brief(table: &Table, reading: &Reading) -> String {
    match reading {
        Reading::About(count, base) => words::about_briefly(table.printed(), *count, *base),
        Reading::Percent(..) | Reading::AtLeast(_) | Reading::AtMost(_) | Reading::Hidden(_) => {
            reading.words(table)
        }
    }
}

/// Returns what the marks among readings mean, each once.
fn remarks<'a>(language: Language, readings: impl Iterator<Item = &'a Reading>) -> Vec<String> {
    let mut marks: BTreeSet<Mark> = BTreeSet::new();
    let (mut has_hollow, mut has_bound) = (false, false);
    for reading in readings {
        match reading {
            Reading::Percent(..) => {}
            Reading::AtLeast(_) | Reading::AtMost(_) => has_bound = true,
            Reading::About(..) => has_hollow = true,
            Reading::Hidden(mark) => {
                marks.insert(*mark);
            }
        }
    }
    let mut remarks = Vec::new();
    if has_hollow {
        remarks.push(words::say(language, &words::HOLLOW));
    }
    if has_bound {
        remarks.push(words::say(language, &words::HATCHED));
    }
    let meanings: Vec<String> =
        marks.into_iter().map(|mark| words::say(language, &words::meaning(mark))).collect();
    if !meanings.is_empty() {
        remarks.push(meanings.join(" "));
    }
    remarks
}

/// Returns the holes that every description has: what is measured, and of whom.
fn about_table(table: &Table) -> Args {
    Args::new().text("title", &table.title).text("universe", &table.universe)
}

/// Names a group for a description.
fn group_words(table: &Table, group: Option<usize>) -> String {
    match group {
        Some(group) if table.groups.headings.len() > 1 || table.totals.is_empty() => {
            table.group(group).to_owned()
        }
        Some(_) | None => table.universe.clone(),
    }
}

/// Says the largest shares of a list of readings and how many are hidden, for a description.
fn main_shares(table: &Table, readings: &[Reading]) -> String {
    let mut order: Vec<usize> = (0..readings.len())
        .filter(|index| readings.get(*index).is_some_and(|reading| reading.position().is_some()))
        .collect();
    let size = |index: &usize| readings.get(*index).and_then(Reading::position).unwrap_or_default();
    order.sort_by(|one, other| size(other).total_cmp(&size(one)));
    let n_hidden = readings.len() - order.len();
    let shares: Vec<String> = order
        .into_iter()
        .take(N_TOLD)
        .filter_map(|index| {
            let reading = readings.get(index)?;
            let (label, value) = (table.category(index), reading.words(table));
            Some(format!("{label} {value}{}", bar::interval_words(table, reading)))
        })
        .collect();
    let mut sentence = MAIN_SHARES.say(
        table.language,
        &Args::new().text("shares", shares.join(", ")).count("n", shares.len()),
    );
    if n_hidden > 0 {
        sentence.push(' ');
        sentence.push_str(&NOT_SHOWN.say(table.language, &Args::new().count("n", n_hidden)));
    }
    sentence
}

/// How many shares a description tells; the table beside the figure has them all.
const N_TOLD: usize = 4;
const MAIN_SHARES: Wording = Wording::new(
    "{ $n -> [0] Aucune part n’est montrée. [one] Part : { $shares }. *[other] Plus grandes parts : { $shares }. }",
    "{ $n -> [0] No share is shown. [one] Share: { $shares }. *[other] Largest shares: { $shares }. }",
);
const NOT_SHOWN: Wording = Wording::new(
    "{ $n -> [one] { $n } catégorie n’est pas montrée. *[other] { $n } catégories ne sont pas montrées. }",
    "{ $n -> [one] { $n } category is not shown. *[other] { $n } categories are not shown. }",
);
