//! One table as a partner writes it: titles, heads, answers, what stands below.

use std::collections::BTreeMap;

use catalyse_codebook::types::ymd_of_day_number;
use catalyse_codebook::{CodeList, ListIndex, MissingReason, Precision, Variable, VariableName};
use catalyse_locale::Language;
use catalyse_records::{Layout, Table};

use super::heads::Heads;
use crate::draw::tables::Drawn;
use crate::faults::Planted;
use crate::world::World;
use crate::world::cell::Cell;
use crate::world::random::Draw;
use crate::world::style::{Answers, Extra, Style};

/// Holds one cell as it is written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Written {
    /// Nothing.
    Nothing,
    /// A text.
    Text(String),
    /// A number.
    Number(f64),
    /// A day, counted from 1970-01-01, shown as a date.
    Day(i32),
}

/// Holds the cells of a sheet, with the places of the records.
#[derive(Clone, Debug, Default)]
pub(crate) struct Grid {
    pub(crate) name: String,
    pub(crate) rows: Vec<Vec<Written>>,
    /// The index of each record in its table, and its row as people see it.
    pub(crate) records: Vec<(usize, u32)>,
    /// The column of each variable, from 0.
    pub(crate) variables: BTreeMap<VariableName, u32>,
    /// A sheet behind it that is hidden.
    pub(crate) hidden: Option<Box<Grid>>,
}

/// Writes tables in the style of a partner.
pub(crate) struct Writer<'a, 'c> {
    pub(crate) world: &'a World<'c>,
    pub(crate) heads: &'a Heads,
    pub(crate) style: &'a Style,
    pub(crate) planted: &'a Planted,
}

const REMARKS: [&str; 6] = [
    "à rappeler",
    "dossier vu avec la collègue",
    "RDV reporté ; voir agenda",
    "nouvelle adresse à confirmer",
    "n'a pas souhaité « tout » répondre",
    "OK",
];

impl Writer<'_, '_> {
    /// Writes some rows of a table.
    pub(crate) fn grid(
        &self,
        table: usize,
        drawn: &Drawn<'_>,
        rows: &[usize],
        wave: usize,
    ) -> Grid {
        let columns = self.columns(&drawn.sheet.table);
        let has_remarks =
            self.style.has(Extra::Remarks) && table == 0 && self.planted.faults.is_empty();
        let mut grid = Grid::default();
        if self.style.has(Extra::Title) {
            grid.rows.push(vec![Written::Text(self.title(drawn, rows, wave))]);
            grid.rows.push(Vec::new());
        }
        let mut heads: Vec<Written> = columns
            .iter()
            .map(|variable| Written::Text(self.heads.head(variable, self.style.heads)))
            .collect();
        if has_remarks {
            heads.push(Written::Text("Remarques".to_owned()));
        }
        grid.rows.push(heads);
        let lists: Vec<Option<ListIndex<'_>>> = columns
            .iter()
            .map(|variable| self.world.codebook.list_of(variable).map(ListIndex::new))
            .collect();
        for &row_index in rows {
            let written = columns.iter().zip(&lists).map(|(variable, list)| {
                let raw = self.planted.raw.get(&(table, row_index, variable.name.clone()));
                if let Some(raw) = raw {
                    Written::Text(raw.clone())
                } else {
                    let cell = drawn.sheet.cell(&variable.name, row_index);
                    write(self.style.answers, variable, list.as_ref(), cell)
                }
            });
            let mut row: Vec<Written> = written.collect();
            if has_remarks {
                row.push(self.remark(row_index));
            }
            grid.rows.push(row);
            grid.records.push((row_index, grid.rows.len() as u32));
        }
        if self.style.has(Extra::Totals) && table == 0 {
            let n = Written::Text(rows.len().to_string());
            grid.rows.push(vec![Written::Text("Total".to_owned()), n]);
            grid.rows.push(Vec::new());
            let note = "* Données encodées par le service d'insertion ; personnes inventées.";
            grid.rows.push(vec![Written::Text(note.to_owned())]);
        }
        let placed = columns.iter().zip(0_u32..);
        grid.variables = placed.map(|(variable, column)| (variable.name.clone(), column)).collect();
        if self.style.has(Extra::HiddenLists) && table == 0 && self.planted.faults.is_empty() {
            grid.hidden = Some(Box::new(self.lists(&columns)));
        }
        grid
    }

    /// Lists the variables of a table that are asked, and the partner only where the style writes it.
    fn columns(&self, table: &Table) -> Vec<&Variable> {
        let codebook = self.world.codebook;
        let Ok(layout) = Layout::new(codebook, table.clone()) else { return Vec::new() };
        let is_written = |variable: &&Variable| {
            !variable.is_derived()
                && (self.style.has(Extra::Partner) || variable.name != codebook.study.partner)
        };
        let named = layout.variables.iter().filter_map(|name| codebook.variable(name));
        named.filter(is_written).collect()
    }

    fn title(&self, drawn: &Drawn<'_>, rows: &[usize], wave: usize) -> String {
        let study = &self.world.codebook.study;
        let unit = rows.first().and_then(|row_index| drawn.units.get(*row_index));
        let partner = unit.and_then(|unit| study.partners.get(unit.partner));
        let partner = partner.map_or("", |partner| partner.label.get(Language::Fr));
        let wave = study.waves.get(wave).map_or("", |wave| wave.label.get(Language::Fr));
        format!("{partner} – {} – {wave}", study.title.get(Language::Fr))
    }

    fn remark(&self, row_index: usize) -> Written {
        let draw = Draw::new(self.world.seed).of("remark").at(row_index as u64);
        let chosen = REMARKS.get(draw.at(1).below(REMARKS.len() * 6));
        chosen.map_or(Written::Nothing, |text| Written::Text((*text).to_owned()))
    }

    /// Writes the code lists on a sheet of their own, as a partner keeps them for drop-down menus.
    fn lists(&self, columns: &[&Variable]) -> Grid {
        let mut rows = Vec::new();
        for variable in columns {
            let list = self.world.codebook.list_of(variable);
            for category in list.into_iter().flat_map(|list| list.categories.iter().take(40)) {
                let texts = [
                    self.heads.head(variable, self.style.heads),
                    category.code.clone(),
                    category.label.get(Language::Fr).to_owned(),
                ];
                rows.push(texts.map(Written::Text).to_vec());
            }
        }
        Grid { name: "Listes".to_owned(), rows, ..Grid::default() }
    }
}

/// Writes one answer.
fn write(
    answers: Answers,
    variable: &Variable,
    list: Option<&ListIndex<'_>>,
    cell: &Cell,
) -> Written {
    let text = |text: String| Written::Text(text);
    match cell {
        Cell::Empty => Written::Nothing,
        Cell::Missing(reason) => text(reason_word(answers, *reason).to_owned()),
        Cell::Boolean(truth) => text(truth_word(answers, *truth).to_owned()),
        Cell::Integer(month) if variable.value_type.counts_months() => {
            let (year, month) = (month.div_euclid(12), month.rem_euclid(12) + 1);
            match answers {
                Answers::Technical => text(format!("{year:04}-{month:02}")),
                _ => text(format!("{month:02}/{year:04}")),
            }
        }
        Cell::Integer(number) => match answers {
            Answers::Labels | Answers::Codes => Written::Number(*number as f64),
            _ => text(number.to_string()),
        },
        Cell::Decimal(number) => match answers {
            Answers::Labels | Answers::Codes => Written::Number(*number),
            Answers::Technical => text(number.to_string()),
            Answers::CodesAsText | Answers::NumbersAsText => {
                text(number.to_string().replace('.', ","))
            }
        },
        Cell::Date(day, precision) => write_day(answers, *day, *precision),
        Cell::Text(value) => text(value.to_string()),
        Cell::Code(position) => text(word(answers, list, usize::from(*position))),
        Cell::Codes(bits) => {
            let chosen = (0..64).filter(|position| bits >> position & 1 == 1);
            let words: Vec<String> = chosen.map(|position| word(answers, list, position)).collect();
            let mark = if answers == Answers::Technical { "|" } else { "; " };
            text(words.join(mark))
        }
    }
}

fn write_day(answers: Answers, day: i32, precision: Precision) -> Written {
    let (year, month, day_of_month) = ymd_of_day_number(day);
    let is_iso = answers == Answers::Technical;
    match (precision, answers) {
        (Precision::Year, _) => Written::Text(format!("{year:04}")),
        (Precision::Month, _) if is_iso => Written::Text(format!("{year:04}-{month:02}")),
        (Precision::Month, _) => Written::Text(format!("{month:02}/{year:04}")),
        (Precision::Day, Answers::Technical) => {
            Written::Text(format!("{year:04}-{month:02}-{day_of_month:02}"))
        }
        // A workbook has no day before 1900, and a bare number of four digits is a year: such days are written as texts.
        (Precision::Day, answers)
            if answers == Answers::CodesAsText || serial_of(day) < 10_000.0 =>
        {
            Written::Text(format!("{day_of_month:02}/{month:02}/{year:04}"))
        }
        (Precision::Day, Answers::Labels | Answers::Codes) => Written::Day(day),
        (Precision::Day, Answers::CodesAsText | Answers::NumbersAsText) => {
            Written::Number(serial_of(day))
        }
    }
}

/// Returns the number that Excel counts a day by: 25569 is 1970-01-01. Right from March 1900 on.
pub(crate) fn serial_of(day: i32) -> f64 {
    f64::from(day) + 25_569.0
}

/// Returns the word of a category: its label where the partner writes labels and the label is clear, else its code.
fn word(answers: Answers, list: Option<&ListIndex<'_>>, position: usize) -> String {
    let Some(index) = list else { return String::new() };
    let list: &CodeList = index.list;
    let Some(category) = list.categories.get(position) else { return String::new() };
    let label = category.label.get(Language::Fr);
    let is_clear = index.find(label) == Some(position as u16) && !label.contains([';', '|']);
    if answers == Answers::Labels && is_clear { label.to_owned() } else { category.code.clone() }
}

fn truth_word(answers: Answers, truth: bool) -> &'static str {
    match (answers, truth) {
        (Answers::CodesAsText | Answers::Codes, true) => "oui",
        (Answers::CodesAsText | Answers::Codes, false) => "non",
        (Answers::Labels, true) => "Oui",
        (Answers::Labels, false) => "Non",
        (Answers::Technical, true) => "1",
        (Answers::Technical, false) => "0",
        (Answers::NumbersAsText, true) => "OUI",
        (Answers::NumbersAsText, false) => "NON",
    }
}

fn reason_word(answers: Answers, reason: MissingReason) -> &'static str {
    let words = match reason {
        MissingReason::NotAsked => ["non demandé", "ND"],
        MissingReason::NotApplicable => ["sans objet", "s.o."],
        MissingReason::Refused => ["refus", "refus de répondre"],
        MissingReason::Unknown => ["ne sait pas", "NSP"],
        MissingReason::Illegible => ["illisible", "illisible"],
        MissingReason::ToCheck => ["à vérifier", "à vérifier"],
    };
    match answers {
        Answers::CodesAsText | Answers::Codes => words[0],
        Answers::Labels | Answers::NumbersAsText => words[1],
        Answers::Technical => reason.name(),
    }
}
