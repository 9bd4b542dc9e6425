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
    use super::{Place, column_letters};

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
}
