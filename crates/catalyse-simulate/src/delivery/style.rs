//! The five ways in which partners send their data.

/// Says which file holds the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Container {
    /// CSV in Windows-1252, `;`, decimal comma: what a French Excel saves.
    WindowsCsv,
    /// An Excel workbook.
    Xlsx,
    /// A LibreOffice workbook.
    Ods,
    /// CSV in UTF-8 with a byte order mark, `,`, decimal point: what a web form exports.
    Utf8Csv,
}

/// Says what stands at the head of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum HeadWords {
    /// The French label.
    Label,
    /// The name of the variable.
    Name,
    /// A word of the partner's own that the study knows as an alias.
    Alias,
}

/// Says how answers are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answers {
    /// Codes, `oui` and `non`, dd/mm/yyyy, decimal comma, all as text.
    CodesAsText,
    /// Labels, `Oui` and `Non`, numbers and dates as a workbook has them.
    Labels,
    /// Codes, numbers and dates as a workbook has them.
    Codes,
    /// Codes, 1 and 0, ISO dates, decimal point.
    Technical,
    /// Codes, numbers as text, days as bare serial numbers.
    NumbersAsText,
}

/// Holds one way.
#[derive(Debug)]
pub(crate) struct Style {
    pub(crate) container: Container,
    pub(crate) heads: HeadWords,
    pub(crate) answers: Answers,
    /// The name of the first sheet.
    pub(crate) first_sheet: &'static str,
    /// Whether a title and a blank row stand above the heads.
    pub(crate) has_title: bool,
    /// Whether a column says the partner: else only the name of the file does.
    pub(crate) has_partner: bool,
    /// Whether a row of totals and a footnote stand below.
    pub(crate) has_totals: bool,
    /// Whether a column of remarks stands last, which no study knows.
    pub(crate) has_remarks: bool,
    /// Whether a hidden sheet holds the code lists.
    pub(crate) has_hidden_lists: bool,
}

pub(crate) const STYLES: [Style; 5] = [
    Style {
        container: Container::WindowsCsv,
        heads: HeadWords::Label,
        answers: Answers::CodesAsText,
        first_sheet: "",
        has_title: false,
        has_partner: true,
        has_totals: false,
        has_remarks: true,
        has_hidden_lists: false,
    },
    Style {
        container: Container::Xlsx,
        heads: HeadWords::Label,
        answers: Answers::Labels,
        first_sheet: "Situation",
        has_title: true,
        has_partner: true,
        has_totals: false,
        has_remarks: false,
        has_hidden_lists: false,
    },
    Style {
        container: Container::Ods,
        heads: HeadWords::Label,
        answers: Answers::Codes,
        first_sheet: "Feuille1",
        has_title: false,
        has_partner: true,
        has_totals: false,
        has_remarks: false,
        has_hidden_lists: false,
    },
    Style {
        container: Container::Utf8Csv,
        heads: HeadWords::Name,
        answers: Answers::Technical,
        first_sheet: "",
        has_title: false,
        has_partner: false,
        has_totals: false,
        has_remarks: false,
        has_hidden_lists: false,
    },
    Style {
        container: Container::Xlsx,
        heads: HeadWords::Alias,
        answers: Answers::NumbersAsText,
        first_sheet: "Feuil1",
        has_title: true,
        has_partner: true,
        has_totals: true,
        has_remarks: true,
        has_hidden_lists: true,
    },
];
