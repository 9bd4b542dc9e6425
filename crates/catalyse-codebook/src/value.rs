//! Values: how they are stored, shown and compared, and the trait that each value type answers.

use std::borrow::Cow;
use std::fmt;

use catalyse_locale::{Label, Message};

use crate::{CodeList, ListIndex};

/// Says how values lie in a column. A small closed set that every layer matches on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Storage {
    /// Yes or no.
    Boolean,
    /// A whole number, 64 bits. A month is stored as `year × 12 + month − 1`.
    Integer,
    /// A number, 64 bits.
    Decimal,
    /// A day: days since 1970-01-01.
    Date,
    /// A text.
    Text,
    /// One category of a code list, by its index.
    Code,
    /// Several categories of a code list: one yes-or-no column a category, named `variable__code`.
    Codes,
}

/// Says how a field is shown in an entry form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Widget {
    /// One line of text.
    Line,
    /// Several lines of text.
    Lines,
    /// A number.
    Number,
    /// A date in one box.
    Date,
    /// A month in one box.
    Month,
    /// One choice of a few, all in view.
    Choice,
    /// One choice of many, found by typing.
    Search,
    /// Several choices.
    Choices,
}

/// Says what may be computed of values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Names nobody may add up: free text, identifiers. Never tabulated.
    Free,
    /// Categories without order.
    Nominal,
    /// Categories with an order.
    Ordinal,
    /// Quantities: means and medians make sense.
    Quantity,
    /// Several categories at once: percent of persons, adding to more than 100.
    Multiple,
    /// Points in time.
    Time,
}

/// Holds one cell as a file gives it, before anything is made of it.
#[derive(Clone, Copy)]
pub enum RawCell<'a> {
    /// Nothing, or only blanks.
    Empty,
    /// A text, as it stands in the file.
    Text(&'a str),
    /// A number of a workbook.
    Number(f64),
    /// A number that the workbook shows as a date: the serial day.
    DateSerial(f64),
    /// A day in ISO form, as ODS gives it.
    DateIso(&'a str),
    /// Yes or no of a workbook.
    Boolean(bool),
    /// An error of a workbook, `#DIV/0!`.
    Error(&'a str),
}

/// Holds one value that could be read.
#[derive(Clone, PartialEq)]
pub enum Value<'a> {
    /// Of `Storage::Boolean`.
    Boolean(bool),
    /// Of `Storage::Integer`.
    Integer(i64),
    /// Of `Storage::Decimal`.
    Decimal(f64),
    /// Of `Storage::Date`, with how much of the date is known.
    Date(i32, Precision),
    /// Of `Storage::Text`.
    Text(Cow<'a, str>),
    /// Of `Storage::Code`: the index in the list.
    Code(u16),
    /// Of `Storage::Codes`: bit `i` is the category with index `i`.
    Codes(u64),
}

// A value is a person's: its Debug shows the shape only.
impl fmt::Debug for Value<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Boolean(_) => "Boolean(…)",
            Self::Integer(_) => "Integer(…)",
            Self::Decimal(_) => "Decimal(…)",
            Self::Date(..) => "Date(…)",
            Self::Text(_) => "Text(…)",
            Self::Code(_) => "Code(…)",
            Self::Codes(_) => "Codes(…)",
        })
    }
}

/// Says how much of a date is known. What is not known is stored as the first day of what is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Precision {
    /// Day, month and year.
    #[default]
    Day,
    /// Month and year.
    Month,
    /// The year only.
    Year,
}

/// Says how the values of one column of one delivery are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReadAs {
    /// The decimal mark.
    pub decimal_mark: DecimalMark,
    /// The order of day and month.
    pub date_order: DateOrder,
    /// The day a serial number counts from.
    pub date_system: DateSystem,
}

/// Says which mark parts whole and fraction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DecimalMark {
    /// `12,5`.
    #[default]
    Comma,
    /// `12.5`.
    Point,
}

/// Says how a date such as 02/03/2024 is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DateOrder {
    /// Day first.
    #[default]
    DayMonthYear,
    /// Month first.
    MonthDayYear,
}

/// Says which day is number zero in a workbook.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DateSystem {
    /// Serial 1 is 1900-01-01, with Excel's 29 February 1900.
    #[default]
    From1900,
    /// Serial 0 is 1904-01-01.
    From1904,
}

/// Says why a cell could not be read as its type. The sentence never holds the cell's content.
#[derive(Clone, Debug, PartialEq)]
pub struct Unreadable(pub Message);

/// A kind of value: one file in `types/`, one line in its registry.
pub trait ValueType: Sync + Send {
    /// Returns the name as a schema writes it, `select_one`.
    fn name(&self) -> &'static str;

    /// Returns how its values lie in a column.
    fn storage(&self) -> Storage;

    /// Returns how its field is shown.
    fn widget(&self) -> Widget;

    /// Returns what may be computed of its values. An ordered list makes `Nominal` `Ordinal` by the variable's `appearance = "ordered"`.
    fn level(&self) -> Level;

    /// Returns what the type is for, in one sentence: for completion in editors and the reference.
    fn meaning(&self) -> Label;

    /// Says whether a variable of the type must name a code list.
    fn needs_list(&self) -> bool {
        false
    }

    /// Says whether a variable of the type may name a code list.
    fn may_have_list(&self) -> bool {
        self.needs_list()
    }

    /// Returns the code list that the study itself makes for the type: its partners, its waves.
    fn implicit_list(&self) -> Option<&'static str> {
        None
    }

    /// Reads one cell. `RawCell::Empty` never comes here.
    ///
    /// # Errors
    /// The cell cannot be a value of the type.
    fn read<'a>(
        &self,
        cell: RawCell<'a>,
        read_as: ReadAs,
        list: Option<&ListIndex<'_>>,
    ) -> Result<Value<'a>, Unreadable>;

    /// Reads a cell that [`ValueType::read`] refuses by bringing it to the nearest value, where people expect no less: cents to euros.
    /// The caller tells it and keeps what stood there.
    fn read_rounded(&self, _cell: RawCell<'_>, _read_as: ReadAs) -> Option<Value<'static>> {
        None
    }

    /// Writes a value back as a schema or a CSV would, `2024-03-02`.
    fn write(&self, value: &Value<'_>, list: Option<&CodeList>) -> String;

    /// Says whether day, or day and month, of its dates may be unknown.
    fn may_be_partial(&self) -> bool {
        false
    }

    /// Says whether each value is a number that the state gave to one person and to nobody else.
    fn is_national_number(&self) -> bool {
        false
    }

    /// Says whether its whole numbers are months: `year × 12 + month − 1`.
    fn counts_months(&self) -> bool {
        false
    }

    /// Returns a text that somebody might write and that is no value of the type: a fault to plant. Nothing if all texts are values.
    fn unreadable(&self) -> Option<&'static str> {
        None
    }

    /// Returns how quantities of the type are spread where nothing is said of them.
    fn typical(&self) -> Typical {
        Typical::of(self.storage())
    }

    /// Makes up a text of the type that belongs to nobody: by the number of an invented person, or by chance. Nothing if any text will do.
    fn invent(&self, _person: u64, _chance: u64) -> Option<String> {
        None
    }
}

/// Holds how quantities are spread: a normal law, cut at both ends. Dates and months count back from the interview, in their own unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Typical {
    /// The mean.
    pub mean: f64,
    /// The standard deviation.
    pub sd: f64,
    /// The least.
    pub min: f64,
    /// The greatest.
    pub max: f64,
    /// What each is a multiple of.
    pub step: f64,
}

impl Typical {
    fn of(storage: Storage) -> Self {
        let [mean, sd, min, max, step] = match storage {
            Storage::Date => [200.0, 150.0, 0.0, 700.0, 1.0],
            Storage::Decimal => [20.0, 10.0, 0.5, 60.0, 0.5],
            Storage::Integer
            | Storage::Boolean
            | Storage::Text
            | Storage::Code
            | Storage::Codes => [4.0, 3.0, 0.0, 20.0, 1.0],
        };
        Self { mean, sd, min, max, step }
    }
}

impl fmt::Debug for dyn ValueType {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}
