//! Which rows below the header are records, and why the others are not. Every row that is not blank is counted once.

use std::collections::BTreeMap;

use catalyse_codebook::types::trim;
use catalyse_codebook::{RawCell, Storage};
use catalyse_locale::{Label, fold};
use catalyse_records::SetAside;

use crate::columns::markers::is_no_code;
use crate::columns::plan::Plan;
use crate::sheet::block::Block;

/// Says what becomes of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It is the header or stands above it.
    Above,
    /// It holds nothing.
    Blank,
    /// It becomes a record.
    Kept,
    /// It does not.
    SetAside(Reason),
}

/// Says why a row does not become a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Reason {
    /// It sums up the rows above.
    Total,
    /// A note under the table: one cell, and no person.
    Note,
    /// The header, once more.
    Header,
    /// No person code, but answers.
    NoPerson,
    /// Something stands where the person code should, and it is none.
    UnreadablePerson,
    /// A word that says that the person code is missing.
    WordForNoPerson,
    /// A key that nothing in the delivery gives.
    NoKey,
}

impl Reason {
    /// Returns the words for the ledger.
    pub(crate) fn label(self) -> Label {
        match self {
            Self::Total => Label::new("ligne de total", "row of totals"),
            Self::Note => {
                Label::new("note ou titre hors du tableau", "note or title outside the table")
            }
            Self::Header => Label::new("en-tête répété", "header repeated"),
            Self::NoPerson => Label::new("sans code de personne", "without a person code"),
            Self::UnreadablePerson => {
                Label::new("code de personne illisible", "unreadable person code")
            }
            Self::WordForNoPerson => Label::new(
                "un mot à la place du code de personne",
                "a word in place of the person code",
            ),
            Self::NoKey => Label::new(
                "vague, partenaire ou colonne de la personne inconnus",
                "unknown wave, partner or column of the person",
            ),
        }
    }
}

/// Counts the rows of a sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Account {
    pub(crate) n_read: u64,
    pub(crate) n_kept: u64,
    pub(crate) n_blank: u64,
    set_aside: BTreeMap<Reason, (u64, Vec<u32>)>,
}

/// How many row numbers of each reason the ledger names.
const NAMED_ROWS: usize = 100;

impl Account {
    /// Counts one row.
    pub(crate) fn count(&mut self, fate: Fate, row: u32) {
        match fate {
            Fate::Above => return,
            Fate::Blank => {
                self.n_blank += 1;
                return;
            }
            Fate::Kept => self.n_kept += 1,
            Fate::SetAside(reason) => {
                let (count, rows) = self.set_aside.entry(reason).or_default();
                *count += 1;
                if rows.len() < NAMED_ROWS {
                    rows.push(row);
                }
            }
        }
        self.n_read += 1;
    }

    /// Adds the counts of rows further down.
    pub(crate) fn add(&mut self, below: &Self) {
        self.n_read += below.n_read;
        self.n_kept += below.n_kept;
        self.n_blank += below.n_blank;
        for (reason, (count, rows)) in &below.set_aside {
            let (known, named) = self.set_aside.entry(*reason).or_default();
            *known += count;
            let n_free = NAMED_ROWS.saturating_sub(named.len());
            named.extend(rows.iter().take(n_free));
        }
    }

    /// Lists the rows that did not become records, as the ledger has them.
    pub(crate) fn rows_set_aside(&self) -> Vec<SetAside> {
        self.set_aside
            .iter()
            .map(|(reason, (count, rows))| SetAside {
                reason: reason.label(),
                count: *count,
                rows: rows.clone(),
            })
            .collect()
    }
}

/// Says what becomes of a row. Whether its person can be read is looked at by the caller, who has the type.
pub(crate) fn fate(plan: &Plan<'_>, block: &Block, row_index: usize, row: u32) -> Fate {
    if row <= plan.header_row {
        return Fate::Above;
    }
    let person = plan.person.map_or(RawCell::Empty, |column| block.cell(row_index, column));
    match person {
        RawCell::Empty => without_person(plan, block, row_index),
        RawCell::Text(text) if is_total(text) && !is_full(plan, block, row_index) => {
            Fate::SetAside(Reason::Total)
        }
        RawCell::Text(text) if trim(text) == plan.person_head => Fate::SetAside(Reason::Header),
        _ if !plan.lacking.is_empty() => Fate::SetAside(Reason::NoKey),
        RawCell::Text(text) if is_no_code(text) => Fate::SetAside(Reason::WordForNoPerson),
        RawCell::Number(0.0) => Fate::SetAside(Reason::WordForNoPerson),
        RawCell::Text(_)
        | RawCell::Number(_)
        | RawCell::DateSerial(_)
        | RawCell::DateIso(_)
        | RawCell::Boolean(_)
        | RawCell::Error(_) => Fate::Kept,
    }
}

fn without_person(plan: &Plan<'_>, block: &Block, row_index: usize) -> Fate {
    let mut filled = block.filled(row_index);
    let Some((_, first)) = filled.next() else { return Fate::Blank };
    if let RawCell::Text(text) = first
        && is_total(text)
    {
        return Fate::SetAside(Reason::Total);
    }
    if filled.next().is_none() && plan.columns.len() > 1 {
        return Fate::SetAside(Reason::Note);
    }
    Fate::SetAside(if plan.person.is_some() { Reason::NoPerson } else { Reason::NoKey })
}

/// Says whether a row whose code reads like a sum is a record all the same: at least half of its cells are filled, and one of them holds
/// what no sum does, a day or a category in letters. Wave and partner do not count: sums of a wave name it.
fn is_full(plan: &Plan<'_>, block: &Block, row_index: usize) -> bool {
    let study = &plan.codebook.study;
    let of_record = plan.columns.iter().filter(|column| {
        ![&study.person, &study.wave, &study.partner].contains(&&column.variable.name)
    });
    let (mut n_columns, mut n_filled, mut tells) = (0, 0, false);
    for column in of_record {
        let Some(position) = column.from.column() else { continue };
        let cell = block.cell(row_index, position);
        n_columns += 1;
        n_filled += usize::from(!matches!(cell, RawCell::Empty));
        let may_tell = match column.variable.value_type.storage() {
            Storage::Date => !matches!(cell, RawCell::Number(_)),
            Storage::Code | Storage::Codes => {
                matches!(cell, RawCell::Text(text) if text.chars().any(char::is_alphabetic))
            }
            Storage::Integer | Storage::Decimal | Storage::Boolean | Storage::Text => false,
        };
        let list = column.words.list.as_ref();
        let read = || column.variable.value_type.read(cell, column.read_as, list);
        tells = tells || may_tell && read().is_ok();
    }
    tells && 2 * n_filled >= n_columns
}

/// Says whether a cell begins a row of totals.
fn is_total(text: &str) -> bool {
    const WORDS: [&str; 8] =
        ["total", "totaux", "totals", "sous total", "subtotal", "somme", "moyenne", "grand total"];
    // Nearly every text that comes here is a person's code: a look at its first letter saves the fold.
    let first = trim(text).bytes().next().map(|byte| byte.to_ascii_lowercase());
    if !matches!(first, Some(b't' | b's' | b'm' | b'g')) || text.len() > 60 {
        return false;
    }
    let folded = fold(text);
    let begins = |word: &&str| folded == **word || folded.starts_with(&format!("{word} "));
    WORDS.iter().any(begins)
}
