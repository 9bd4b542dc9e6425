//! Sheets that only say who the persons are: their columns are joined to the sheets of the same file that say how the persons are.

use std::collections::BTreeMap;

use catalyse_codebook::{Grain, VariableName};
use catalyse_records::{Joined, Table};

use crate::Reader;
use crate::columns::plan::{From, Placed};

/// Says which sheet of a file is joined to which others.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Join {
    /// The sheet of persons.
    pub(crate) sheet_index: usize,
    /// What the two sheets share: the person, and of wave and partner what the sheet of persons has a column of.
    pub(crate) keys: Vec<VariableName>,
    /// The columns that it gives, and where each stands.
    given: BTreeMap<VariableName, u32>,
    /// For each sheet that takes something, which variables it has a column of itself.
    takers: BTreeMap<usize, Vec<VariableName>>,
}

impl Join {
    /// Returns what a sheet takes from the sheet of persons, which has this name; nothing if it takes nothing.
    pub(crate) fn joined_to(&self, sheet_index: usize, sheet: Option<&str>) -> Option<Joined> {
        let own = self.takers.get(&sheet_index)?;
        let is_taken = |name: &&VariableName| !own.contains(name);
        let columns = self.given.iter().filter(|(name, _)| is_taken(name));
        Some(Joined {
            sheet: sheet.map(ToOwned::to_owned),
            columns: columns.map(|(name, column)| (name.clone(), *column)).collect(),
            rows: BTreeMap::new(),
        })
    }

    /// Lists the variables that it gives.
    pub(crate) fn given(&self) -> Vec<VariableName> {
        self.given.keys().cloned().collect()
    }

    /// Says whether another sheet takes something: a sheet of persons alone is read as records.
    pub(crate) fn has_taker(&self) -> bool {
        !self.takers.is_empty()
    }
}

/// Finds the first sheet that only says who the persons are. Its other sheets of persons are the second value.
pub(crate) fn find(reader: &Reader<'_>, placed: &[Option<Placed>]) -> (Option<Join>, Vec<usize>) {
    let main = |sheet_index: usize| {
        let placed = placed.get(sheet_index)?.as_ref()?;
        (placed.table == Table::Main).then_some(placed)
    };
    let all = 0..placed.len();
    let mut of_persons =
        all.clone().filter(|index| main(*index).is_some_and(|one| says_who(reader, one)));
    let Some(sheet_index) = of_persons.next() else { return (None, Vec::new()) };
    let others: Vec<usize> = of_persons.collect();
    let columns = main(sheet_index).map(|placed| columns_of(reader, placed)).unwrap_or_default();
    let study = &reader.codebook.study;
    let (keys, given): (BTreeMap<_, _>, BTreeMap<_, _>) = columns
        .into_iter()
        .partition(|(name, _)| [&study.person, &study.wave, &study.partner].contains(&name));
    let is_taker = |index: &usize| *index != sheet_index && !others.contains(index);
    let takers = all.filter(is_taker).filter_map(|index| {
        let own = columns_of(reader, main(index)?);
        Some((index, own.into_keys().collect()))
    });
    let takers = takers.collect();
    let join = Join { sheet_index, keys: keys.into_keys().collect(), given, takers };
    (Some(join), others)
}

/// Says whether a sheet gives variables of the person beside the keys, and no others.
fn says_who(reader: &Reader<'_>, placed: &Placed) -> bool {
    let mut own = placed.from.keys().filter(|index| !reader.keys.contains(index)).peekable();
    let is_of_person = |index: &usize| {
        let variable = reader.heads.variable(*index).map(|(_, variable)| &variable.name);
        let form = variable.and_then(|name| reader.codebook.form_of(name));
        form.is_some_and(|form| form.grain == Grain::Person)
    };
    let person = reader.heads.position(&reader.codebook.study.person);
    let names_person = person.is_some_and(|person| placed.from.contains_key(&person));
    names_person && own.peek().is_some() && own.all(is_of_person)
}

fn columns_of(reader: &Reader<'_>, placed: &Placed) -> BTreeMap<VariableName, u32> {
    let column = |(index, from): (&usize, &From)| {
        Some((reader.heads.variable(*index)?.1.name.clone(), from.column()?))
    };
    placed.from.iter().filter_map(column).collect()
}
