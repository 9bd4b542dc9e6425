//! What a workbook does to cells beside their values: cells merged over rows, rows and columns that it hides.
//!
//! A merged cell stores its value once, in its first row; people see it in all. Hidden rows and columns are read like others, and told.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use catalyse_locale::{Args, Message, Wording};
use catalyse_records::column_letters;

use crate::sheet::header::Header;

/// Cells that are merged: they store one value, in the first row and column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Merged {
    /// The rows, from 1.
    pub(crate) rows: RangeInclusive<u32>,
    /// The columns, from 0.
    pub(crate) columns: RangeInclusive<u32>,
}

/// Holds the shape of a sheet. The rows are from 1, the columns from 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Shape {
    pub(crate) merged: Vec<Merged>,
    pub(crate) hidden_rows: Vec<RangeInclusive<u32>>,
    pub(crate) hidden_columns: Vec<RangeInclusive<u32>>,
}

/// How many rows or ranges of rows a sentence names.
const NAMED: usize = 8;

const MERGED_DOWN: Wording = Wording::new(
    "Colonne { $letters }, lignes { $rows } : les cellules sont fusionnées ; leur valeur a été lue sur chacune de ces lignes. Si ce n'est pas voulu, défusionner (Accueil, Fusionner) et écrire la valeur de chaque ligne.",
    "Column { $letters }, rows { $rows }: the cells are merged; their value was read on each of these rows. If this is not meant, unmerge them (Home, Merge) and write the value of each row.",
);
const MERGED_ACROSS: Wording = Wording::new(
    "Colonnes { $letters }, lignes { $rows } : des cellules sont fusionnées d'une colonne à l'autre ; leur valeur n'a été lue que dans la première colonne et la première ligne. Défusionner (Accueil, Fusionner) et écrire la valeur de chaque cellule.",
    "Columns { $letters }, rows { $rows }: cells are merged from one column to another; their value was read in the first column and row alone. Unmerge them (Home, Merge) and write the value of each cell.",
);
const HIDDEN_ROWS: Wording = Wording::new(
    "La feuille masque des lignes ({ $rows }), par un filtre ou à la main ; elles ont été lues comme les autres. Supprimer celles qui ne doivent pas l'être.",
    "The sheet hides rows ({ $rows }), by a filter or by hand; they were read like the others. Delete those that should not be.",
);
const HIDDEN_COLUMNS: Wording = Wording::new(
    "La feuille masque des colonnes ({ $letters }) ; elles ont été lues comme les autres. Supprimer celles qui ne doivent pas l'être.",
    "The sheet hides columns ({ $letters }); they were read like the others. Delete those that should not be.",
);

impl Merged {
    /// Says whether it is one column wide and goes over several rows.
    pub(crate) fn goes_down(&self) -> bool {
        self.columns.start() == self.columns.end() && self.rows.start() < self.rows.end()
    }
}

impl Shape {
    /// Adds a row that is hidden; rows come in order.
    pub(crate) fn hide_row(&mut self, row: u32) {
        match self.hidden_rows.last_mut() {
            Some(last) if *last.end() + 1 == row => *last = *last.start()..=row,
            _ => self.hidden_rows.push(row..=row),
        }
    }

    /// Lists what is to be said of the table below a header: a name for the check, and the sentence.
    pub(crate) fn notices(&self, header: &Header) -> Vec<(&'static str, Message)> {
        let mut notices = Vec::new();
        let has_head = |columns: &RangeInclusive<u32>| {
            header.heads.iter().any(|head| columns.contains(&head.column))
        };
        let of_table = self
            .merged
            .iter()
            .filter(|merged| *merged.rows.start() > header.row && has_head(&merged.columns));
        let mut down: BTreeMap<u32, Vec<RangeInclusive<u32>>> = BTreeMap::new();
        let mut across: BTreeMap<(u32, u32), Vec<RangeInclusive<u32>>> = BTreeMap::new();
        for Merged { rows, columns } in of_table {
            let (first, last) = (*columns.start(), *columns.end());
            if first == last {
                down.entry(first).or_default().push(rows.clone());
            } else {
                across.entry((first, last)).or_default().push(rows.clone());
            }
        }
        for (column, rows) in down {
            let args =
                Args::new().text("letters", column_letters(column)).text("rows", listed(&rows));
            notices.push(("cells-merged", MERGED_DOWN.with(args)));
        }
        for ((first, last), rows) in across {
            let letters = format!("{}–{}", column_letters(first), column_letters(last));
            let args = Args::new().text("letters", letters).text("rows", listed(&rows));
            notices.push(("cells-merged-across", MERGED_ACROSS.with(args)));
        }
        let below = self.hidden_rows.iter().filter(|rows| *rows.end() > header.row);
        let below: Vec<_> =
            below.map(|rows| (*rows.start()).max(header.row + 1)..=*rows.end()).collect();
        if !below.is_empty() {
            let args = Args::new().text("rows", listed(&below));
            notices.push(("rows-hidden", HIDDEN_ROWS.with(args)));
        }
        let is_hidden = |column: u32| self.hidden_columns.iter().any(|one| one.contains(&column));
        let hidden = header.heads.iter().filter(|head| is_hidden(head.column));
        let letters: Vec<String> = hidden.map(|head| column_letters(head.column)).collect();
        if !letters.is_empty() {
            let args = Args::new().text("letters", letters.join(", "));
            notices.push(("columns-hidden", HIDDEN_COLUMNS.with(args)));
        }
        notices
    }
}

/// Writes ranges of rows: `2–4, 7`.
fn listed(ranges: &[RangeInclusive<u32>]) -> String {
    let mut ranges = ranges.to_vec();
    ranges.sort_by_key(|range| (*range.start(), *range.end()));
    let text = |range: &RangeInclusive<u32>| match (range.start(), range.end()) {
        (first, last) if first == last => first.to_string(),
        (first, last) => format!("{first}–{last}"),
    };
    let mut texts: Vec<String> = ranges.iter().take(NAMED).map(text).collect();
    if ranges.len() > NAMED {
        texts.push("…".to_owned());
    }
    texts.join(", ")
}
