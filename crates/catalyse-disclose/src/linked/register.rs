//! The register of a pack: each population gets its number while tables are read, and one count whatever tables it stands in.

use std::collections::BTreeSet;

use catalyse_locale::Language;
use indexmap::{IndexMap, IndexSet};

use crate::linked::counts::{Counts, TableCounts};
use crate::linked::relation::Relation;
use crate::linked::table_sums::table_sums;
use crate::{Cell, Fingerprint, Population, Refusal, Tabulation, Unit};

/// Collects the counts of a pack.
///
/// # Errors
/// [`Refusal::Shape`] if a table has not one cell for each row and column, [`Refusal::Contradiction`] if one population
/// has two counts, [`Refusal::Sum`] if parts are more than their whole.
pub(crate) fn counts_of(tabulations: &[Tabulation]) -> Result<Counts, Refusal> {
    let mut register = Register::new(tabulations);
    let tables = tabulations
        .iter()
        .map(|tabulation| register.enter(tabulation))
        .collect::<Result<Vec<_>, _>>()?;
    let mut counts = register.into_counts(tables);
    // By name, so that the rests get the same numbers whatever the order of tables.
    let mut by_name: Vec<usize> = (0..tabulations.len()).collect();
    by_name.sort_by_key(|place| &tabulations[*place].id);
    let mut of_tables = Vec::with_capacity(tabulations.len());
    for place in &by_name {
        let (tabulation, table) = (&tabulations[*place], counts.tables[*place].clone());
        let relations = table_sums(tabulation, &table, &mut counts)?;
        of_tables.push(relations);
    }
    let distinct: BTreeSet<Relation> = of_tables.iter().flatten().cloned().collect();
    counts.relations = distinct.into_iter().collect();
    for (place, relations) in by_name.into_iter().zip(of_tables) {
        let table = &mut counts.tables[place];
        let places = relations.iter().map(|sum| counts.relations.binary_search(sum));
        table.relations = places.filter_map(Result::ok).collect();
    }
    Ok(counts)
}

/// A unit, then conditions, as numbers.
type Key = Vec<u32>;

/// Gives each population its number while tables are read.
struct Register<'pack> {
    units: IndexSet<String>,
    words: IndexSet<&'pack str>,
    entries: IndexMap<Key, usize>,
    truths: Vec<u64>,
    fingerprints: Vec<Option<Fingerprint>>,
    first_table: Vec<&'pack str>,
    nested: BTreeSet<(u32, u32)>,
}

impl<'pack> Register<'pack> {
    fn new(tabulations: &'pack [Tabulation]) -> Self {
        let mut words: IndexSet<&str> = tabulations
            .iter()
            .flat_map(all_cells)
            .flat_map(|cell| cell.population.0.iter().map(String::as_str))
            .collect();
        words.sort_unstable();
        let (nested, units) = (nested_words(tabulations, &words), units_of(tabulations));
        let (entries, truths, fingerprints) = (IndexMap::new(), Vec::new(), Vec::new());
        Self { units, words, entries, truths, fingerprints, first_table: Vec::new(), nested }
    }

    fn enter(&mut self, tabulation: &'pack Tabulation) -> Result<TableCounts, Refusal> {
        if tabulation.cells.len()
            != tabulation.rows.headings.len() * tabulation.columns.headings.len()
        {
            return Err(Refusal::Shape { table: tabulation.id.clone() });
        }
        let unit = name_of(&tabulation.unit);
        let cells = tabulation
            .cells
            .iter()
            .map(|cell| self.number(&unit, cell, &tabulation.id))
            .collect::<Result<_, _>>()?;
        let quantity = tabulation.title.get(Language::Fr);
        let summaries = tabulation
            .cells
            .iter()
            .map(|cell| self.number_of_values(&unit, cell, [quantity, &tabulation.id]))
            .collect::<Result<_, _>>()?;
        let paired = tabulation
            .tests
            .iter()
            .map(|test| {
                test.paired.as_ref().map_or(Ok(None), |paired| {
                    let came = self.number(&unit, &paired.came, &tabulation.id)?;
                    let left = self.number(&unit, &paired.left, &tabulation.id)?;
                    Ok(Some([came, left]))
                })
            })
            .collect::<Result<_, _>>()?;
        Ok(TableCounts { cells, summaries, relations: Vec::new(), paired })
    }

    fn number(&mut self, unit: &str, cell: &Cell, table: &'pack str) -> Result<usize, Refusal> {
        let key = self.key(unit, &cell.population);
        self.enter_count(key, (cell.count, cell.fingerprint), table)
    }

    /// Numbers the persons behind a summary: the cell itself, or those of the cell who have a value.
    fn number_of_values(
        &mut self,
        unit: &str,
        cell: &Cell,
        [quantity, table]: [&'pack str; 2],
    ) -> Result<Option<usize>, Refusal> {
        let Some(summary) = &cell.summary else { return Ok(None) };
        if summary.n == cell.count {
            return self.number(unit, cell, table).map(Some);
        }
        let key = self.key(&values_of(unit, quantity), &cell.population);
        self.enter_count(key, (summary.n, summary.fingerprint), table).map(Some)
    }

    fn enter_count(
        &mut self,
        key: Key,
        (truth, fingerprint): (u64, Option<Fingerprint>),
        table: &'pack str,
    ) -> Result<usize, Refusal> {
        let next = self.truths.len();
        let index = *self.entries.entry(key).or_insert(next);
        if index == next {
            self.truths.push(truth);
            self.fingerprints.push(fingerprint);
            self.first_table.push(table);
            return Ok(index);
        }
        let known = self.fingerprints[index];
        let are_others = known.zip(fingerprint).is_some_and(|(one, other)| one != other);
        if self.truths[index] != truth || are_others {
            let first = self.first_table.get(index).copied().unwrap_or(table);
            return Err(Refusal::Contradiction {
                first: first.to_owned(),
                second: table.to_owned(),
            });
        }
        self.fingerprints[index] = known.or(fingerprint);
        Ok(index)
    }

    fn key(&self, unit: &str, population: &Population) -> Key {
        let words = population.0.iter().filter_map(|word| self.words.get_index_of(word.as_str()));
        self.units.get_index_of(unit).into_iter().chain(words).map(|number| number as u32).collect()
    }

    /// Renumbers the counts in the order of their populations, so that the order of tables has no effect.
    fn into_counts(mut self, mut tables: Vec<TableCounts>) -> Counts {
        self.entries.sort_unstable_keys();
        let mut rank = vec![0; self.truths.len()];
        let mut truths = Vec::with_capacity(self.truths.len());
        let mut fingerprints = Vec::with_capacity(self.truths.len());
        let mut keys = Vec::with_capacity(self.truths.len());
        let mut names = Vec::with_capacity(self.truths.len());
        for (place, (key, entry)) in self.entries.into_iter().enumerate() {
            rank[entry] = place;
            truths.push(self.truths[entry]);
            fingerprints.push(self.fingerprints[entry]);
            names.push(name(&self.units, &self.words, &key));
            keys.push(key);
        }
        for index in tables.iter_mut().flat_map(TableCounts::indices_mut) {
            *index = rank[*index];
        }
        let (n_published, nested) = (truths.len(), self.nested);
        let (relations, sums) = (Vec::new(), Vec::new());
        Counts { truths, fingerprints, n_published, relations, sums, tables, keys, names, nested }
    }
}

/// Writes a key out: what is counted, then its conditions, in an order that other tables of the pack do not change.
fn name(units: &IndexSet<String>, words: &IndexSet<&str>, key: &Key) -> String {
    let mut numbers = key.iter().map(|number| *number as usize);
    let unit = numbers.next().and_then(|unit| units.get_index(unit)).map_or("", String::as_str);
    let conditions = numbers.filter_map(|word| words.get_index(word).copied());
    std::iter::once(unit).chain(conditions).collect::<Vec<_>>().join(&Counts::BETWEEN.to_string())
}

/// Returns the word for what is counted; persons have none.
fn name_of(unit: &Unit) -> String {
    match unit {
        Unit::Persons => String::new(),
        Unit::Rows(label) => label.get(Language::Fr).to_owned(),
    }
}

/// Returns the word for those counted who have a value of a quantity.
fn values_of(unit: &str, quantity: &str) -> String {
    format!("{unit}\u{0}{quantity}")
}

/// Lists everything that is counted, in an order that the order of tables does not change.
fn units_of(tabulations: &[Tabulation]) -> IndexSet<String> {
    let mut units = IndexSet::new();
    for tabulation in tabulations {
        let unit = name_of(&tabulation.unit);
        units.insert(values_of(&unit, tabulation.title.get(Language::Fr)));
        units.insert(unit);
    }
    units.sort_unstable();
    units
}

fn all_cells(tabulation: &Tabulation) -> impl Iterator<Item = &Cell> {
    let paired = tabulation.tests.iter().filter_map(|test| test.paired.as_ref());
    tabulation.cells.iter().chain(paired.flat_map(|paired| [&paired.came, &paired.left]))
}

/// Lists the definitions of which both sides stand in a table.
fn nested_words(tabulations: &[Tabulation], words: &IndexSet<&str>) -> BTreeSet<(u32, u32)> {
    let number = |word: &str| words.get_index_of(word).map(|number| number as u32);
    let nested = tabulations.iter().flat_map(|tabulation| &tabulation.background.nested);
    nested.filter_map(|pair| Some((number(&pair.inner)?, number(&pair.outer)?))).collect()
}
