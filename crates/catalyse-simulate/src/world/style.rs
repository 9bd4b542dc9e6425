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
    /// What stands beside the answers.
    pub(crate) extras: &'static [Extra],
}

/// Says what a partner adds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extra {
    /// A title and a blank row above the heads.
    Title,
    /// A column that says the partner: without it only the name of the file does.
    Partner,
    /// A row of totals and a footnote below.
    Totals,
    /// A last column of remarks, which no study knows.
    Remarks,
    /// A hidden sheet with the code lists.
    HiddenLists,
}

impl Style {
    /// Says whether the partner adds something.
    pub(crate) fn has(&self, extra: Extra) -> bool {
        self.extras.contains(&extra)
    }
}

pub(crate) const STYLES: [Style; 5] = [
    Style {
        container: Container::WindowsCsv,
        heads: HeadWords::Label,
        answers: Answers::CodesAsText,
        first_sheet: "",
        extras: &[Extra::Partner, Extra::Remarks],
    },
    Style {
        container: Container::Xlsx,
        heads: HeadWords::Label,
        answers: Answers::Labels,
        first_sheet: "Situation",
        extras: &[Extra::Title, Extra::Partner],
    },
    Style {
        container: Container::Ods,
        heads: HeadWords::Label,
        answers: Answers::Codes,
        first_sheet: "Feuille1",
        extras: &[Extra::Partner],
    },
    Style {
        container: Container::Utf8Csv,
        heads: HeadWords::Name,
        answers: Answers::Technical,
        first_sheet: "",
        extras: &[],
    },
    Style {
        container: Container::Xlsx,
        heads: HeadWords::Alias,
        answers: Answers::NumbersAsText,
        first_sheet: "Feuil1",
        extras: &[Extra::Title, Extra::Partner, Extra::Totals, Extra::Remarks, Extra::HiddenLists],
    },
];

/// Says whether the deliveries of a partner have a column that names it.
pub(crate) fn names_partner(partner: usize) -> bool {
    STYLES.get(partner % STYLES.len()).is_some_and(|style| style.has(Extra::Partner))
}
