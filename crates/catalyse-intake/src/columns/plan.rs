//! The plan of a sheet: which table it fills, where each variable comes from and how its cells are read.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use catalyse_codebook::{Codebook, Level, ReadAs, Severity, Storage, Variable, VariableName};
use catalyse_locale::{Args, Label, Message, Wording};
use catalyse_records::{ColumnFound, Layout, SourceIndex, Table, column_letters};

use crate::Reader;
use crate::columns::heads::{Heads, Meaning};
use crate::notice;
use crate::reader::Words;
use crate::sheet::header::{Head, Header};
use crate::sheet::shape::Shape;

/// Holds how the rows of a sheet become records.
pub(crate) struct Plan<'a> {
    pub(crate) codebook: &'a Codebook,
    pub(crate) source: SourceIndex,
    pub(crate) layout: Arc<Layout>,
    /// The number of the header's row.
    pub(crate) header_row: u32,
    /// The texts of the header, to know it again below.
    pub(crate) person_head: String,
    /// The columns that have a head.
    pub(crate) headed: BTreeSet<u32>,
    /// How many cells a row of the table has, if all rows should have as many.
    pub(crate) even_width: Option<u32>,
    pub(crate) columns: Vec<ColumnPlan<'a>>,
    /// The column of the person.
    pub(crate) person: Option<u32>,
    /// The keys that nothing gives: every row is set aside.
    pub(crate) lacking: Vec<&'a Variable>,
    /// Which keys were taken from a name or a title, in words.
    pub(crate) taken: Vec<Label>,
    /// Which of its cells are merged, which of its rows and columns hidden.
    pub(crate) shape: Shape,
}

/// The plan of a sheet that is read, and what became of its columns.
pub(crate) type SheetPlan<'a> = Option<(Plan<'a>, Vec<ColumnFound>)>;

/// Holds where a variable comes from and how its cells are read.
pub(crate) struct ColumnPlan<'a> {
    pub(crate) variable: &'a Variable,
    /// Its index in the layout.
    pub(crate) index: usize,
    pub(crate) from: From,
    pub(crate) read_as: ReadAs,
    pub(crate) words: Arc<Words<'a>>,
    /// Whether any text is a value of the type, so that markers must be looked for first.
    pub(crate) takes_any_text: bool,
    /// What follows if a cell cannot be read.
    pub(crate) severity: Severity,
}

/// Says where a variable comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum From {
    /// One column.
    Column(u32),
    /// One yes-or-no column a category: the column and the position of the category.
    Categories(Vec<(u32, u16)>),
    /// The same code in every row.
    Constant(u16),
}

impl From {
    /// Returns the column of the variable, the first if it has several.
    pub(crate) fn column(&self) -> Option<u32> {
        match self {
            Self::Column(column) => Some(*column),
            Self::Categories(columns) => columns.first().map(|(column, _)| *column),
            Self::Constant(_) => None,
        }
    }
}

/// Holds what became of the heads of a sheet.
pub(crate) struct Placed {
    pub(crate) table: Table,
    /// The columns of each variable, by its index among the heads.
    pub(crate) from: BTreeMap<usize, From>,
    /// Every column with a head.
    pub(crate) columns: Vec<ColumnFound>,
    /// Whether heads that nobody knows are quoted: not where they are the most, because they may be answers then.
    quotes_unknown: bool,
    /// What is to be said of columns that are not read: the check, how grave, and the sentence.
    pub(crate) notices: Vec<(&'static str, Severity, Message)>,
}

/// Chooses the table of a sheet and gives each of its columns to a variable.
pub(crate) fn place(header: &Header, heads: &Heads<'_>, keys: &[usize]) -> Placed {
    let table = table_of(header, heads, keys);
    let n_known = header.heads.iter().filter(|head| head.meaning.is_some()).count();
    let n_unknown = header.heads.len() - n_known;
    let mut placed = Placed {
        table,
        from: BTreeMap::new(),
        columns: Vec::new(),
        quotes_unknown: n_unknown <= n_known,
        notices: Vec::new(),
    };
    for head in &header.heads {
        let variable = placed.take(head, heads, keys);
        let head_text = notice::shown_head(&head.text);
        placed.columns.push(ColumnFound { column: head.column, head: head_text, variable });
    }
    if let Some(upper) = header.upper_row {
        let args =
            Args::new().text("upper", upper.to_string()).text("lower", header.row.to_string());
        let message = notice::HEADER_IN_TWO_ROWS.with(args);
        placed.notices.push(("header-in-two-rows", Severity::Info, message));
    }
    if !placed.quotes_unknown {
        let args = Args::new().count("n", n_unknown as u64).count("all", header.heads.len() as u64);
        let message = notice::HEADER_DOUBTFUL.with(args);
        placed.notices.push(("header-doubtful", Severity::Soft, message));
    }
    placed
}

/// Returns the table that most heads speak of; the keys stand in all.
fn table_of(header: &Header, heads: &Heads<'_>, keys: &[usize]) -> Table {
    let mut counts: BTreeMap<&Table, usize> = BTreeMap::new();
    let variables: BTreeSet<usize> =
        header.heads.iter().filter_map(|head| head.meaning).map(Meaning::variable).collect();
    for index in variables.iter().filter(|index| !keys.contains(index)) {
        if let Some((table, _)) = heads.variable(*index) {
            *counts.entry(table).or_default() += 1;
        }
    }
    let most = counts.values().copied().max().unwrap_or(0);
    let found = counts.into_iter().find(|(_, count)| *count == most);
    found.map_or(Table::Main, |(table, _)| table.clone())
}

impl Placed {
    /// Gives a column to its variable, or says why not.
    fn take(&mut self, head: &Head, heads: &Heads<'_>, keys: &[usize]) -> Option<VariableName> {
        let known = head.meaning.and_then(|meaning| {
            heads.variable(meaning.variable()).map(|(table, variable)| (meaning, table, variable))
        });
        let Some((meaning, table, variable)) = known else {
            self.say_unknown(head, heads);
            return None;
        };
        let index = meaning.variable();
        if variable.is_derived() {
            self.say("column-derived", Severity::Info, &notice::COLUMN_DERIVED, head);
            return None;
        }
        if *table != self.table && !keys.contains(&index) {
            self.say("column-elsewhere", Severity::Soft, &notice::COLUMN_ELSEWHERE, head);
            return None;
        }
        let is_taken = match (self.from.get_mut(&index), meaning) {
            (None, Meaning::Variable(_)) => {
                self.from.insert(index, From::Column(head.column));
                true
            }
            (None, Meaning::Category(_, position)) => {
                self.from.insert(index, From::Categories(vec![(head.column, position)]));
                true
            }
            (Some(From::Categories(columns)), Meaning::Category(_, position))
                if columns.iter().all(|(_, other)| *other != position) =>
            {
                columns.push((head.column, position));
                true
            }
            (Some(_), _) => false,
        };
        if !is_taken {
            self.say("column-twice", Severity::Soft, &notice::COLUMN_TWICE, head);
        }
        is_taken.then(|| variable.name.clone())
    }

    /// Says that nobody knows a column, and which name is nearest to its head.
    fn say_unknown(&mut self, head: &Head, heads: &Heads<'_>) {
        let args = self.args(head);
        let message = match heads.nearest(&head.text) {
            Some(nearest) => notice::COLUMN_NEAR.with(args.label("nearest", nearest)),
            None => notice::COLUMN_UNKNOWN.with(args),
        };
        self.notices.push(("column-unknown", Severity::Info, message));
    }

    /// Returns a head as a message may quote it.
    fn quoted(&self, head: &Head) -> String {
        if head.meaning.is_some() || self.quotes_unknown {
            notice::quotable_head(&head.text)
        } else {
            "…".to_owned()
        }
    }

    fn say(&mut self, check: &'static str, severity: Severity, wording: &Wording, head: &Head) {
        let message = wording.with(self.args(head));
        self.notices.push((check, severity, message));
    }

    fn args(&self, head: &Head) -> Args {
        let letters = column_letters(head.column);
        Args::new().text("letters", letters).text("head", self.quoted(head))
    }
}

/// Makes the plan of a column.
pub(crate) fn column_plan<'a>(
    reader: &Reader<'a>,
    variable: &'a Variable,
    index: usize,
    from: From,
    read_as: ReadAs,
) -> ColumnPlan<'a> {
    let study = &reader.codebook.study;
    let is_key = [&study.person, &study.wave, &study.partner].contains(&&variable.name);
    ColumnPlan {
        variable,
        index,
        from,
        read_as,
        words: reader.words(variable),
        takes_any_text: variable.value_type.storage() == Storage::Text
            && variable.value_type.level() == Level::Free,
        severity: if is_key { Severity::Hard } else { Severity::Soft },
    }
}
