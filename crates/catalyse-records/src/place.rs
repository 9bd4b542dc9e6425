//! Places: where in a delivery a value stands, as its reader sees it.

use std::collections::BTreeMap;

use catalyse_codebook::VariableName;
use serde::{Deserialize, Serialize};

/// Numbers a source within a batch, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SourceIndex(pub u32);

/// Holds one sheet of one delivery: the file it came in and which column holds which variable.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The name of the file, without its folder.
    pub file: String,
    /// The sheet, for workbooks.
    pub sheet: Option<String>,
    /// The column of each variable, from 0.
    pub columns: BTreeMap<VariableName, u32>,
    /// The sheet of the same file that gives what this one does not say of its persons.
    pub joined: Option<Joined>,
}

/// Holds what a source takes from another sheet: a register of its persons.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Joined {
    /// That sheet.
    pub sheet: Option<String>,
    /// The column there of each variable that is taken, from 0.
    pub columns: BTreeMap<VariableName, u32>,
    /// The row there of each row of the source, both from 1. It is known when the rows are.
    pub rows: BTreeMap<u32, u32>,
}

impl Source {
    /// Says whether a column gives the variable, here or on the joined sheet.
    pub fn gives(&self, variable: &VariableName) -> bool {
        let is_joined = |joined: &Joined| joined.columns.contains_key(variable);
        self.columns.contains_key(variable) || self.joined.as_ref().is_some_and(is_joined)
    }

    /// Returns where a variable of a row stands; row 0 is the whole source.
    pub fn place(&self, variable: Option<&VariableName>, row: u32) -> Place {
        let here = variable.and_then(|variable| self.columns.get(variable));
        let there = || {
            let joined = self.joined.as_ref()?;
            let column = joined.columns.get(variable?)?;
            Some((joined.sheet.clone(), *joined.rows.get(&row)?, Some(*column)))
        };
        let here_or = || (self.sheet.clone(), row, here.copied());
        let (sheet, row, column) =
            if here.is_some() { here_or() } else { there().unwrap_or_else(here_or) };
        Place {
            file: self.file.clone(),
            sheet,
            row: (row > 0).then_some(row),
            column: column.map(|column| column + 1),
        }
    }
}

/// Holds where something is: the file, and as much of sheet, row and column as is known. Rows and columns count from 1 here, as people see them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// The name of the file.
    pub file: String,
    /// The sheet.
    pub sheet: Option<String>,
    /// The row as the file's own program shows it, from 1.
    pub row: Option<u32>,
    /// The column, from 1.
    pub column: Option<u32>,
}

impl Place {
    /// Writes the place as a spreadsheet would: `nord.xlsx!Feuil1!F14`; for a CSV `nord.csv!F14`, with a column or row alone `nord.csv!F` and `nord.csv!14`.
    pub fn address(&self) -> String {
        let mut address = self.file.clone();
        if let Some(sheet) = &self.sheet {
            address.push('!');
            address.push_str(sheet);
        }
        if self.row.is_some() || self.column.is_some() {
            address.push('!');
        }
        if let Some(column) = self.column {
            address.push_str(&column_letters(column - 1));
        }
        if let Some(row) = self.row {
            address.push_str(&row.to_string());
        }
        address
    }
}

/// Returns the letters of a column counted from 0: `A`, `Z`, `AA`.
pub fn column_letters(column_index: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column_index + 1;
    while rest > 0 {
        let digit = (rest - 1) % 26;
        letters.push(char::from(b'A' + digit as u8));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use catalyse_codebook::VariableName;

    use super::{Joined, Place, Source, column_letters};

    #[test]
    fn columns_count_as_spreadsheets_do() {
        let named = [0, 25, 26, 51, 52, 701, 702, 16_383].map(column_letters);
        assert_eq!(named, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA", "XFD"]);
    }

    #[test]
    fn an_address_says_as_much_as_is_known() {
        let mut place = Place {
            file: "nord.xlsx".into(),
            sheet: Some("Feuil1".into()),
            row: Some(14),
            column: Some(6),
        };
        assert_eq!(place.address(), "nord.xlsx!Feuil1!F14");
        place.row = None;
        assert_eq!(place.address(), "nord.xlsx!Feuil1!F");
        place.column = None;
        assert_eq!(place.address(), "nord.xlsx!Feuil1");
    }

    #[test]
    fn what_another_sheet_gives_stands_there() {
        let name = |text: &str| VariableName::new(text).expect("a name");
        let source = Source {
            file: "nord.xlsx".into(),
            sheet: Some("Situations".into()),
            columns: BTreeMap::from([(name("rooms"), 2)]),
            joined: Some(Joined {
                sheet: Some("Personnes".into()),
                columns: BTreeMap::from([(name("birth"), 4)]),
                rows: BTreeMap::from([(7, 3)]),
            }),
        };
        for (variable, row, address) in [
            ("rooms", 7, "nord.xlsx!Situations!C7"),
            ("birth", 7, "nord.xlsx!Personnes!E3"),
            ("birth", 8, "nord.xlsx!Situations!8"),
            ("note", 7, "nord.xlsx!Situations!7"),
            ("rooms", 0, "nord.xlsx!Situations!C"),
        ] {
            assert_eq!(source.place(Some(&name(variable)), row).address(), address, "{variable}");
        }
        assert_eq!(source.place(None, 7).address(), "nord.xlsx!Situations!7");
    }
}
