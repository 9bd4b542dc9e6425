//! Values that may break a check: bounds that its text names and what lies beside them, other codes, nothing at all.

use catalyse_codebook::{CheckSpec, Codebook, Precision, Storage, Variable, VariableName};

use crate::cell::Cell;
use crate::panel::{day_of, month_of};
use crate::random::Draw;
use crate::sheet::Sheet;

/// Holds what is changed in one row.
pub(crate) type Change = Vec<(VariableName, Cell)>;

/// Lists the variables of a check that a fault may change: no keys, nothing that is worked out.
pub(crate) fn changeable<'c>(codebook: &'c Codebook, spec: &CheckSpec) -> Vec<&'c Variable> {
    let study = &codebook.study;
    let keys = [&study.person, &study.wave, &study.partner];
    let named = spec.variables.iter().filter(|name| !keys.contains(name));
    named
        .filter_map(|name| codebook.variable(name))
        .filter(|variable| !variable.is_derived() && is_written(variable))
        .collect()
}

/// Says whether a wrong value of a type can be told from a right one: texts cannot.
fn is_written(variable: &Variable) -> bool {
    variable.value_type.storage() != Storage::Text || variable.required.is_some()
}

/// Makes up a change of one row that may break a check.
pub(crate) fn change(
    spec: &CheckSpec,
    variables: &[&Variable],
    sheet: &Sheet<'_>,
    row_index: usize,
    chance: Draw,
) -> Option<Change> {
    let same_list =
        variables.len() > 2 && variables.iter().all(|one| one.list == variables[0].list);
    if same_list && chance.of("all").below(2) == 0 {
        let n = sheet.codebook.list_of(variables[0]).map_or(0, |list| list.categories.len());
        let code = Cell::Code(chance.of("code").below(n) as u16);
        return Some(variables.iter().map(|one| (one.name.clone(), code.clone())).collect());
    }
    let variable = variables.get(chance.of("variable").below(variables.len()))?;
    let current = sheet.cell(&variable.name, row_index);
    let is_wanted = match spec.kind.as_str() {
        "required" => current.is_answer(),
        "skip" => *current == Cell::Empty,
        _ => true,
    };
    if !is_wanted {
        return None;
    }
    let values = match spec.kind.as_str() {
        "required" => vec![Cell::Empty],
        _ => values(spec, variable, sheet, row_index),
    };
    let value = values.get(chance.of("value").below(values.len()))?;
    (value != current).then(|| vec![(variable.name.clone(), value.clone())])
}

fn values(spec: &CheckSpec, variable: &Variable, sheet: &Sheet<'_>, row_index: usize) -> Vec<Cell> {
    let current = sheet.cell(&variable.name, row_index);
    let n_categories = sheet.codebook.list_of(variable).map_or(0, |list| list.categories.len());
    let interview = match sheet.cell(&sheet.codebook.study.interview_date, row_index) {
        Cell::Date(day, _) => *day,
        _ => 19_800,
    };
    let words = literals(spec);
    let numbers = words.iter().filter_map(|word| word.parse::<f64>().ok());
    let days = words.iter().filter_map(|word| day_of(word));
    match variable.value_type.storage() {
        Storage::Boolean => vec![Cell::Boolean(true), Cell::Boolean(false)],
        Storage::Code => (0..n_categories as u16).map(Cell::Code).collect(),
        Storage::Codes => {
            let bits = if let Cell::Codes(bits) = current { *bits } else { 0 };
            let flipped = (0..n_categories.min(64)).map(|index| bits ^ (1 << index));
            flipped.filter(|bits| *bits != 0).map(Cell::Codes).collect()
        }
        Storage::Integer if variable.value_type.name() == "month" => {
            let now = month_of(interview);
            let near = if let Cell::Integer(month) = current { *month } else { now };
            let bounds = numbers.filter(|number| *number > 10_000.0).map(|number| number as i64);
            let all = bounds.chain([near, now]).flat_map(|month| {
                [-600, -300, -30, -1, 1, 6, 30].map(|step| Cell::Integer(month + step))
            });
            all.collect()
        }
        Storage::Integer | Storage::Decimal => {
            let near = match current {
                Cell::Integer(number) => *number as f64,
                Cell::Decimal(number) => *number,
                _ => 3.0,
            };
            let all = numbers.chain([near, 0.0]).flat_map(|number| {
                [number - 1.0, number, number + 1.0, number + 7.0, number * 2.0, number * 0.75]
            });
            let is_whole = variable.value_type.storage() == Storage::Integer;
            let cell = |number: f64| {
                if is_whole { Cell::Integer(number as i64) } else { Cell::Decimal(number) }
            };
            all.map(cell).collect()
        }
        Storage::Date => {
            let near = if let Cell::Date(day, _) = current { *day } else { interview };
            let all = days.chain([near, interview]).flat_map(|day| {
                [-25_000, -9_000, -3_700, -400, -1, 1, 30, 200, 400, 3_700, 9_000]
                    .map(|step| Cell::Date(day + step, Precision::Day))
            });
            all.collect()
        }
        Storage::Text => Vec::new(),
    }
}

/// Lists the numbers and days that a check names.
fn literals(spec: &CheckSpec) -> Vec<String> {
    let mut texts: Vec<String> = spec.when.iter().cloned().collect();
    texts.extend(spec.params.values().map(ToString::to_string));
    let is_part = |letter: char| letter.is_ascii_digit() || matches!(letter, '.' | '-');
    let words = texts.iter().flat_map(|text| text.split(|letter| !is_part(letter)));
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}
