//! The terms of a condition: all that a study can say.

/// Holds one term.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Term {
    /// A column of the row: `age`, `age_missing`, `means__bus`.
    Column(String),
    /// A number as it was written.
    Number(String),
    /// A text or code.
    Text(String),
    /// A day, ISO.
    Date(String),
    /// `TRUE` or `FALSE`.
    Truth(bool),
    /// `NULL`.
    Null,
    /// Two values compared.
    Compare(Comparison, Box<Term>, Box<Term>),
    /// All of them are true.
    And(Vec<Term>),
    /// One of them is true.
    Or(Vec<Term>),
    /// It is not true.
    Not(Box<Term>),
    /// It is empty, for whatever reason.
    IsNull(Box<Term>),
    /// It is not empty.
    IsNotNull(Box<Term>),
    /// Two numbers made one.
    Arithmetic(Operator, Box<Term>, Box<Term>),
    /// A number below zero.
    Negative(Box<Term>),
    /// The value of the first condition that is true, else the last.
    Case(Vec<(Term, Term)>, Option<Box<Term>>),
    /// A function of the closed set.
    Call(Function, Vec<Term>),
    /// Year, month or day of a date.
    Extract(DatePart, Box<Term>),
    /// A value made a whole number.
    AsInteger(Box<Term>),
    /// A value made a number.
    AsDecimal(Box<Term>),
}

/// Compares two values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Comparison {
    /// `=`
    Equal,
    /// `<>`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

impl Comparison {
    /// Returns the sign.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::NotEqual => "<>",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
        }
    }

    /// Returns the comparison that says the same with its sides exchanged.
    #[must_use]
    pub const fn flipped(self) -> Self {
        match self {
            Self::Equal => Self::Equal,
            Self::NotEqual => Self::NotEqual,
            Self::Less => Self::Greater,
            Self::LessOrEqual => Self::GreaterOrEqual,
            Self::Greater => Self::Less,
            Self::GreaterOrEqual => Self::LessOrEqual,
        }
    }

    /// Returns the comparison that is true where this one is false.
    #[must_use]
    pub const fn negated(self) -> Self {
        match self {
            Self::Equal => Self::NotEqual,
            Self::NotEqual => Self::Equal,
            Self::Less => Self::GreaterOrEqual,
            Self::LessOrEqual => Self::Greater,
            Self::Greater => Self::LessOrEqual,
            Self::GreaterOrEqual => Self::Less,
        }
    }

    /// Says whether it asks for an order.
    pub const fn needs_order(self) -> bool {
        !matches!(self, Self::Equal | Self::NotEqual)
    }
}

/// Makes one number of two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Operator {
    /// `+`
    Plus,
    /// `-`
    Minus,
    /// `*`
    Times,
    /// `/`
    Over,
}

impl Operator {
    /// Returns the sign.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Plus => "+",
            Self::Minus => "-",
            Self::Times => "*",
            Self::Over => "/",
        }
    }
}

/// Names a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Function {
    /// The first value that is not empty.
    Coalesce,
    /// A number without its sign.
    Abs,
    /// The least value that is not empty.
    Least,
    /// The greatest value that is not empty.
    Greatest,
}

impl Function {
    /// Lists every function.
    pub const ALL: [Self; 4] = [Self::Coalesce, Self::Abs, Self::Least, Self::Greatest];

    /// Returns the name in SQL.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Coalesce => "COALESCE",
            Self::Abs => "ABS",
            Self::Least => "LEAST",
            Self::Greatest => "GREATEST",
        }
    }
}

/// Names a part of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DatePart {
    /// The year.
    Year,
    /// The month, 1 to 12.
    Month,
    /// The day of the month.
    Day,
}

impl DatePart {
    /// Returns the name in SQL.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Year => "YEAR",
            Self::Month => "MONTH",
            Self::Day => "DAY",
        }
    }
}
