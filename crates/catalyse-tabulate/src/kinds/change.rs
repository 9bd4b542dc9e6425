//! Changes: the same persons at two waves.

use std::collections::BTreeMap;

use catalyse_disclose::{
    Axis, Background, Cell, Fingerprint, Heading, Paired, Population, Role, ShareOf, Tabulation,
    Test, TestSubject,
};
use catalyse_locale::{Label, Wording};
use catalyse_stats::{CountTable, PairedCounts, mcnemar_mid_p, stuart_maxwell};

use crate::TabulateError;
use crate::coding::{Coding, keep_headings};
use crate::comparison::to_test;
use crate::kinds::TableKind;
use crate::scope::{Scope, WAVE};

/// Shows a variable at the first and the last wave for the persons who answered in both, and tests each category (McNemar mid-p) and
/// all together (Stuart–Maxwell).
///
/// # Shape
/// Rows: the categories and those who answered in both; for target groups and partners everybody seen twice. Columns: the two waves.
///
/// # Units
/// Distinct persons, unweighted.
///
/// # Missing
/// A person who did not answer in one of the waves, or is outside the universe in one, is in neither column.
///
/// # Source
/// Fagerland, Lydersen & Laake, *BMC Med. Res. Methodol.* 13:91 (2013); Stuart (1955), Maxwell (1970).
///
/// # Example
/// `table = { id = "licence_change", kind = "change", rows = "licence", wave = "first-and-last" }`
pub(super) struct Change;

impl TableKind for Change {
    fn name(&self) -> &'static str {
        "change"
    }

    fn tabulate(&self, scope: Scope<'_>) -> Result<Tabulation, TabulateError> {
        let panel = Panel::new(&scope)?;
        let rows = &panel.answers;
        let n_rows = rows.axis.headings.len();
        let mut cells = Vec::with_capacity(n_rows * 2);
        for row in 0..n_rows {
            for side in [Side::Before, Side::After] {
                cells.push(panel.cell(row, side));
            }
        }
        let tests = panel.tests();
        let is_sensitive = scope.is_sensitive || rows.is_sensitive;
        let columns = panel.wave_axis(&scope);
        let notes = panel.answers.notes.clone();
        Ok(Tabulation {
            id: scope.spec.id.clone(),
            title: rows.axis.label.clone(),
            universe: Panel::universe(&scope),
            unit: scope.unit.clone(),
            rows: panel.answers.axis,
            columns,
            share_of: ShareOf::Column,
            cells,
            tests,
            is_sensitive,
            notes,
            background: panel.background,
        })
    }
}

/// Refuses weights: a record has one for its wave, and a person followed through waves has one each.
///
/// # Source
/// A weight for changes would be a longitudinal one, made for those who answered each time (P. Lynn, *Methodology of Longitudinal Surveys*,
/// 2009, chapter 1); no study has one, and a test of the same persons counts persons.
fn refuse_weights(scope: &Scope<'_>) -> Result<(), TabulateError> {
    const NOT_WEIGHTED: Wording = Wording::new(
        "tableau `{ $table }` : `{ $name }` suit les mêmes personnes, et la pondération redresse une vague à la fois : une personne aurait un poids à chaque vague. Retirez `weighted` ; pour des vagues pondérées côte à côte, prenez `kind = \"frequency\"` avec `columns = \"wave\"` et `wave = \"each\"`.",
        "table `{ $table }`: `{ $name }` follows the same persons, and the weight sets one wave right at a time: a person would have a weight for each wave. Take out `weighted`; for weighted waves side by side, take `kind = \"frequency\"` with `columns = \"wave\"` and `wave = \"each\"`.",
    );
    if scope.spec.weighted {
        return Err(TabulateError::unknown(&scope.spec.id, &NOT_WEIGHTED, &scope.spec.kind));
    }
    Ok(())
}

/// Refuses what cannot be paired: rows of a repeat, of which a person has many, and waves, which are the columns already.
fn refuse_rows(scope: &Scope<'_>) -> Result<(), TabulateError> {
    const NOT_ROWS: Wording = Wording::new(
        "tableau `{ $table }` : un tableau `{ $name }` suit des personnes d’une vague à l’autre. Retirez `count`, et mettez une variable en lignes.",
        "table `{ $table }`: a `{ $name }` table follows persons from wave to wave. Take out `count`, and put a variable in the rows.",
    );
    let spec = scope.spec;
    let has_waves =
        [WAVE, scope.caseload.codebook.study.wave.as_str()].contains(&spec.rows.as_str());
    if spec.count.is_some() || has_waves {
        return Err(TabulateError::unknown(&spec.id, &NOT_ROWS, &spec.kind));
    }
    Ok(())
}

/// Says which of the two waves is meant.
#[derive(Clone, Copy)]
pub(super) enum Side {
    Before,
    After,
}

/// Holds the persons who answered a variable in both waves, with their two answers.
pub(super) struct Panel {
    /// The categories and those who answered; its bits are those of all records.
    pub(super) answers: Coding,
    /// Each person, and what it answered before and after.
    pairs: Vec<(u32, [u128; 2])>,
    waves: [(String, Label); 2],
    base: Population,
    /// What is known of them by who delivered.
    pub(super) background: Background,
}

impl Panel {
    /// Pairs the records of the first and the last wave in which the variable is asked, whatever waves the specification names.
    ///
    /// # Errors
    /// There is one wave only, or the specification asks for rows of a repeat, weights, or waves in the rows.
    pub(super) fn new(scope: &Scope<'_>) -> Result<Self, TabulateError> {
        refuse_weights(scope)?;
        refuse_rows(scope)?;
        let present = scope.waves_asked();
        let (Some((before, first)), Some((after, last))) = (present.first(), present.last()) else {
            return Err(TabulateError::NotAsked { table: scope.spec.id.clone() });
        };
        if before == after {
            return Err(TabulateError::OneWave { table: scope.spec.id.clone() });
        }
        let answers = scope.row_coding()?;
        // Target groups and partners have no "answered": everybody seen in both waves is their base.
        let base = answers.position(Role::Answered).map_or(Role::Total, |_| Role::Answered);
        let answers = keep_headings(answers, |_, heading| {
            heading.role == Role::Category || heading.role == base
        });
        let by_person = |wave: u32| -> BTreeMap<u32, u128> {
            let records =
                scope.rows.waves.iter().zip(scope.rows.persons).zip(&answers.bits).zip(&scope.mask);
            records
                // Whoever is under no heading, not even the base, is outside the universe or did not answer.
                .filter(|(((of, _), bits), mask)| **mask && **of == Some(wave) && **bits != 0)
                .map(|(((_, person), bits), _)| (*person, *bits))
                .collect()
        };
        let later = by_person(*after);
        let pairs: Vec<(u32, [u128; 2])> = by_person(*before)
            .into_iter()
            .filter_map(|(person, bits)| later.get(&person).map(|after| (person, [bits, *after])))
            .collect();
        let persons = pairs.iter().map(|(person, _)| *person).collect();
        let of_one = scope.caseload.partner_of_panel([*before, *after], &persons)?;
        let background = Background { of_one, ..Background::default() };
        let variable = &answers.axis.name;
        let base = scope.base.and(format!("{variable} answered in {} and {}", first.id, last.id));
        let waves = [first, last].map(|wave| (wave.id.to_string(), wave.label.clone()));
        Ok(Self { answers, pairs, waves, base, background })
    }

    /// Returns the words for the universe: who, and that they were seen twice.
    pub(super) fn universe(scope: &Scope<'_>) -> Label {
        const BOTH: Wording = Wording::new(
            "{ $who } qui ont répondu aux deux vagues",
            "{ $who } who answered in both waves",
        );
        let say = |language| {
            let args = catalyse_locale::Args::new().label("who", &scope.universe);
            BOTH.say(language, &args)
        };
        Label::new(say(catalyse_locale::Language::Fr), say(catalyse_locale::Language::En))
    }

    /// Returns the axis of the two waves.
    pub(super) fn wave_axis(&self, scope: &Scope<'_>) -> Axis {
        let heading = |(key, label): &(String, Label)| Heading {
            key: key.clone(),
            label: label.clone(),
            role: Role::Category,
        };
        let study = &scope.caseload.codebook.study;
        let label =
            scope.caseload.codebook.variable(&study.wave).map(|variable| variable.label.clone());
        Axis {
            name: WAVE.into(),
            label: label.unwrap_or_default(),
            headings: self.waves.iter().map(heading).collect(),
            is_exclusive: false,
            is_ordered: true,
        }
    }

    /// Names the population under a heading on one side.
    fn population(&self, row: usize, side: Side) -> Population {
        let wave = match side {
            Side::Before => &self.waves[0].0,
            Side::After => &self.waves[1].0,
        };
        let is_base = self
            .answers
            .axis
            .headings
            .get(row)
            .is_some_and(|heading| heading.role == Role::Answered);
        match self.answers.conditions.get(row).cloned().flatten() {
            // Those who answered in both waves are the same persons on both sides.
            Some(condition) if !is_base => self.base.and(format!("{condition} in {wave}")),
            Some(_) | None => self.base.clone(),
        }
    }

    /// Counts the persons under a heading on one side.
    fn cell(&self, row: usize, side: Side) -> Cell {
        self.counted(self.population(row, side), |[before, after]| match side {
            Side::Before => has(before, row),
            Side::After => has(after, row),
        })
    }

    /// Counts the persons under one heading before and another after.
    pub(super) fn cell_of_transition(&self, before: usize, after: usize) -> Cell {
        let population = self
            .population(before, Side::Before)
            .0
            .union(&self.population(after, Side::After).0)
            .cloned()
            .collect();
        self.counted(Population(population), |bits| has(bits[0], before) && has(bits[1], after))
    }

    /// Counts the persons whose answers before and after are so.
    fn counted(&self, population: Population, holds: impl Fn([u128; 2]) -> bool) -> Cell {
        let persons = self.pairs.iter().filter(|(_, bits)| holds(*bits)).map(|(person, _)| *person);
        let count = persons.clone().count() as u64;
        let fingerprint = Some(persons.map(Fingerprint::of_person).sum());
        Cell { population, persons: count, count, fingerprint, weighted: None, summary: None }
    }

    /// Returns the tests: one a category, and all together if the answers exclude each other.
    fn tests(&self) -> Vec<Test> {
        let categories = self.answers.categories();
        let mut tests: Vec<Test> = categories.iter().map(|row| self.test_row(*row)).collect();
        if self.answers.axis.is_exclusive && categories.len() > 2 {
            tests.extend(self.test_rows(&categories));
        }
        tests
    }

    fn test_row(&self, row: usize) -> Test {
        let mut counts = PairedCounts::default();
        for (_, [before, after]) in &self.pairs {
            match (has(*before, row), has(*after, row)) {
                (true, true) => counts.both += 1,
                (true, false) => counts.first_only += 1,
                (false, true) => counts.second_only += 1,
                (false, false) => counts.neither += 1,
            }
        }
        let subject = TestSubject::Row { row, from: 0, to: 1 };
        let mut test = to_test(subject, counts.n_persons(), &mcnemar_mid_p(&counts));
        let [before, after] = [Side::Before, Side::After].map(|side| self.population(row, side));
        let came = after.and(format!("not so in {}", self.waves[0].0));
        let left = before.and(format!("not so in {}", self.waves[1].0));
        test.paired = Some(Paired {
            came: self.counted(came, |[before, after]| !has(before, row) && has(after, row)),
            left: self.counted(left, |[before, after]| has(before, row) && !has(after, row)),
        });
        test
    }

    fn test_rows(&self, categories: &[usize]) -> Option<Test> {
        let counts: Vec<Vec<u64>> = categories
            .iter()
            .map(|before| {
                categories
                    .iter()
                    .map(|after| self.cell_of_transition(*before, *after).persons)
                    .collect()
            })
            .collect();
        let table = CountTable::new(&counts).ok()?;
        let result = stuart_maxwell(&table).ok()?;
        Some(to_test(TestSubject::Rows { from: 0, to: 1 }, table.n_persons(), &result))
    }
}

/// Says whether answers stand under a heading.
const fn has(bits: u128, row: usize) -> bool {
    bits >> row & 1 == 1
}
