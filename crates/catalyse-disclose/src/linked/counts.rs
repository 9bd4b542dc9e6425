//! All counts of a pack by the names of their populations, each once, with the sums that hold between them.
//!
//! One name has one count, whatever tables it stands in. Names that mean the same persons are found afterwards: [`crate::linked::merging`].

use std::collections::BTreeSet;

use catalyse_locale::Language;
use indexmap::{IndexMap, IndexSet};

use crate::linked::differencing::nested_words;
use crate::linked::relations::{Relation, relations_of};
use crate::modes::Protected;
use crate::{Cell, Fingerprint, Population, Refusal, Tabulation, Unit};

/// Names one count by its place in [`Counts::truths`].
pub(crate) type CountIndex = usize;

/// Holds the distinct counts of a pack and their sums.
///
/// # Shape
/// The first `n_published` counts are those of populations, in the order of populations; the others are what is left of a
/// total whose categories do not make it up. Nobody prints the latter, but anybody can subtract.
pub(crate) struct Counts {
    /// The true counts.
    pub(crate) truths: Vec<u64>,
    /// Who is in each, as far as the tabulation says.
    pub(crate) fingerprints: Vec<Option<Fingerprint>>,
    /// How many of them stand in a table.
    pub(crate) n_published: usize,
    /// The sums that tables promise, each once, and those with the remainders of nested populations.
    pub(crate) relations: Vec<Relation>,
    /// The sums that hold across tables.
    pub(crate) sums: Vec<Relation>,
    /// Which counts the cells of each table are.
    pub(crate) tables: Vec<TableCounts>,
    /// What each published count counts, then its conditions, as numbers; in order.
    pub(crate) keys: Vec<Vec<u32>>,
    /// Pairs of conditions, as numbers: the first is among the second by definition.
    pub(crate) nested: BTreeSet<(u32, u32)>,
}

/// Holds which counts one table shows.
#[derive(Clone)]
pub(crate) struct TableCounts {
    /// One for each cell, row-major.
    pub(crate) cells: Vec<CountIndex>,
    /// The persons behind the summary of each cell, if it has one.
    pub(crate) summaries: Vec<Option<CountIndex>>,
    /// The sums of the table, by their place in [`Counts::relations`].
    pub(crate) relations: Vec<usize>,
    /// Those who came and those who left, for each test that has them.
    pub(crate) paired: Vec<Option<[CountIndex; 2]>>,
}

impl TableCounts {
    /// Says whether a sum of the table could not be kept in printed numbers.
    pub(crate) fn has_broken_sum(&self, protected: &Protected) -> bool {
        self.relations.iter().any(|relation| protected.broken_relations.contains(relation))
    }

    /// Lists every count the table shows or uses.
    pub(crate) fn indices(&self) -> impl Iterator<Item = CountIndex> {
        let paired = self.paired.iter().flatten().flatten();
        self.cells.iter().chain(self.summaries.iter().flatten()).chain(paired).copied()
    }

    fn indices_mut(&mut self) -> impl Iterator<Item = &mut CountIndex> {
        let paired = self.paired.iter_mut().flatten().flatten();
        self.cells.iter_mut().chain(self.summaries.iter_mut().flatten()).chain(paired)
    }
}

impl Counts {
    /// Adds what parts leave of a whole as a count of its own; nothing if they are more than it, or not in it.
    pub(crate) fn push_rest(
        &mut self,
        whole: CountIndex,
        parts: &[CountIndex],
    ) -> Option<CountIndex> {
        let (rest, fingerprint) = self.rest(whole, parts)?;
        self.truths.push(rest);
        self.fingerprints.push(fingerprint);
        Some(self.truths.len() - 1)
    }

    /// Returns what parts leave of a whole, and who is in it; nothing if they are more than it, or not in it.
    pub(crate) fn rest(
        &self,
        whole: CountIndex,
        parts: &[CountIndex],
    ) -> Option<(u64, Option<Fingerprint>)> {
        let sum: u64 = parts.iter().map(|part| self.truths[*part]).sum();
        let rest = self.truths[whole].checked_sub(sum)?;
        let fingerprint = self.fingerprints[whole].and_then(|whole| {
            let mut parts = parts.iter();
            parts.try_fold(whole, |left, part| Some(left.minus(self.fingerprints[*part]?)))
        });
        let agree = fingerprint.is_none_or(|left| left.is_nobody() == (rest == 0));
        agree.then_some((rest, fingerprint))
    }

    /// Returns the conditions of a published count, as numbers in order.
    pub(crate) fn conditions(&self, count: CountIndex) -> &[u32] {
        self.keys.get(count).and_then(|key| key.get(1..)).unwrap_or_default()
    }

    /// Collects the counts of a pack.
    ///
    /// # Errors
    /// [`Refusal::Shape`] if a table has not one cell for each row and column, [`Refusal::Contradiction`] if one population
    /// has two counts, [`Refusal::Sum`] if parts are more than their whole.
    pub(crate) fn of(tabulations: &[Tabulation]) -> Result<Self, Refusal> {
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
            let relations = relations_of(tabulation, &table, &mut counts)?;
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
        for (place, (key, entry)) in self.entries.into_iter().enumerate() {
            rank[entry] = place;
            truths.push(self.truths[entry]);
            fingerprints.push(self.fingerprints[entry]);
            keys.push(key);
        }
        for index in tables.iter_mut().flat_map(TableCounts::indices_mut) {
            *index = rank[*index];
        }
        let (n_published, nested) = (truths.len(), self.nested);
        let (relations, sums) = (Vec::new(), Vec::new());
        Counts { truths, fingerprints, n_published, relations, sums, tables, keys, nested }
    }
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
