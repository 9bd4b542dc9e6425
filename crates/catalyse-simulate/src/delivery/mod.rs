//! Deliveries: what each partner sends of a wave, each in its own way. Partners take the ways in turn.

mod archive;
mod grid;
mod heads;
mod ods;
mod text;
mod xlsx;

pub(crate) use archive::pack;
pub(crate) use grid::{Grid, Written};
pub(crate) use xlsx::workbook as xlsx_workbook;

use std::collections::BTreeMap;

use catalyse_codebook::VariableName;
use catalyse_locale::{Language, fold};
use catalyse_records::{Table, column_letters};

use self::grid::Writer;
use self::heads::Heads;
use crate::SimulateError;
use crate::draw::tables::Drawn;
use crate::faults::{Fault, Planted};
use crate::world::World;
use crate::world::style::{Container, STYLES, Style};

/// Holds one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SimulatedFile {
    /// Its name, without a folder.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Holds the files with the places of the faults in them.
pub(crate) struct Deliveries {
    pub(crate) files: Vec<SimulatedFile>,
    pub(crate) faults: Vec<Fault>,
}

/// Writes one delivery a partner and wave that has records.
pub(crate) fn deliveries(
    world: &World<'_>,
    tables: &[Drawn<'_>],
    planted: &Planted,
) -> Result<Deliveries, SimulateError> {
    let heads = Heads::new(world.codebook);
    let mut all = Deliveries { files: Vec::new(), faults: Vec::new() };
    for (partner_index, partner) in world.codebook.study.partners.iter().enumerate() {
        let Some(style) = STYLES.get(partner_index % STYLES.len()) else { continue };
        for wave in 0..world.n_waves {
            let writer = Writer { world, heads: &heads, style, planted };
            let mut grids = Vec::new();
            for (table_index, drawn) in tables.iter().enumerate() {
                let rows = rows_of(drawn, partner_index, wave);
                grids.push(writer.grid(table_index, drawn, &rows, wave));
            }
            if grids.first().is_none_or(|main| main.records.is_empty()) {
                continue;
            }
            let stem = format!("{}-vague-{}", partner.id.as_str().replace('_', "-"), wave + 1);
            let named = name_grids(world, style, tables, grids);
            place_faults(planted, style, &stem, &named, &mut all.faults);
            write(style, &stem, &named, &mut all.files)?;
        }
    }
    Ok(all)
}

fn rows_of(drawn: &Drawn<'_>, partner: usize, wave: usize) -> Vec<usize> {
    let is_here = |(_, unit): &(usize, &crate::world::panel::Unit)| {
        unit.partner == partner && unit.wave == wave
    };
    drawn.units.iter().enumerate().filter(is_here).map(|(index, _)| index).collect()
}

/// Gives each grid the name of its sheet: the first is that of the program, a lone repeat is `Parcours`.
fn name_grids(
    world: &World<'_>,
    style: &Style,
    tables: &[Drawn<'_>],
    grids: Vec<Grid>,
) -> Vec<Grid> {
    let is_lone = tables.len() == 2;
    let name = |table: &Table| match table {
        Table::Main => style.first_sheet.to_owned(),
        Table::Repeat(_) if is_lone => "Parcours".to_owned(),
        Table::Repeat(form) => {
            let title = world.codebook.form(form).map(|form| form.title.get(Language::Fr));
            title
                .unwrap_or("Feuille")
                .chars()
                .filter(|c| c.is_alphanumeric() || *c == ' ')
                .take(31)
                .collect()
        }
    };
    let tables = tables.iter().map(|drawn| &drawn.sheet.table);
    grids.into_iter().zip(tables).map(|(grid, table)| Grid { name: name(table), ..grid }).collect()
}

/// Returns the name of the file that holds a grid.
fn file_name(style: &Style, stem: &str, index: usize, grid: &Grid) -> String {
    match style.container {
        Container::Xlsx => format!("{stem}.xlsx"),
        Container::Ods => format!("{stem}.ods"),
        Container::WindowsCsv | Container::Utf8Csv if index == 0 => format!("{stem}.csv"),
        Container::WindowsCsv | Container::Utf8Csv => {
            format!("{stem}-{}.csv", fold(&grid.name).replace(' ', "-"))
        }
    }
}

fn write(
    style: &Style,
    stem: &str,
    grids: &[Grid],
    files: &mut Vec<SimulatedFile>,
) -> Result<(), SimulateError> {
    let is_workbook = matches!(style.container, Container::Xlsx | Container::Ods);
    if is_workbook {
        let path = grids.first().map(|main| file_name(style, stem, 0, main)).unwrap_or_default();
        let bytes = match style.container {
            Container::Ods => ods::workbook(grids)?,
            Container::Xlsx | Container::WindowsCsv | Container::Utf8Csv => xlsx::workbook(grids)?,
        };
        files.push(SimulatedFile { path, bytes });
        return Ok(());
    }
    for (index, grid) in grids.iter().enumerate() {
        if index > 0 && grid.records.is_empty() {
            continue;
        }
        let bytes = match style.container {
            Container::WindowsCsv => text::windows_csv(grid),
            Container::Utf8Csv | Container::Xlsx | Container::Ods => text::utf8_csv(grid),
        };
        files.push(SimulatedFile { path: file_name(style, stem, index, grid), bytes });
    }
    Ok(())
}

/// Finds the cell of each planted fault.
fn place_faults(
    planted: &Planted,
    style: &Style,
    stem: &str,
    grids: &[Grid],
    faults: &mut Vec<Fault>,
) {
    for (table, grid) in grids.iter().enumerate() {
        let rows: BTreeMap<usize, u32> = grid.records.iter().copied().collect();
        let columns: BTreeMap<&VariableName, u32> =
            grid.variables.iter().map(|(variable, column)| (variable, *column)).collect();
        for fault in planted.faults.iter().filter(|fault| fault.table == table) {
            let place = rows.get(&fault.row_index).zip(columns.get(&fault.variable));
            let Some((row, column)) = place else { continue };
            let is_workbook = matches!(style.container, Container::Xlsx | Container::Ods);
            faults.push(Fault {
                file: file_name(style, stem, table, grid),
                sheet: is_workbook.then(|| grid.name.clone()),
                row: *row,
                column: *column,
                cell: format!("{}{row}", column_letters(*column)),
                variable: fault.variable.clone(),
                check: fault.check.clone(),
                kind: fault.kind.clone(),
                number: fault.number,
            });
        }
    }
}
