//! Focus: what of a table's calculations and checks reads one variable. A keystroke changes one answer; working that out costs a
//! hundredth of working the record out.
//!
//! A column that is made, and an assertion, depend on nothing but the columns they read. So what reads the variable, or a column made of
//! it, is worked out again from the typed answers, and everything else stands as it was.

use std::collections::BTreeSet;

use catalyse_codebook::{Codebook, Variable, VariableName};
use catalyse_records::{
    Beside, Derivation, Layout, Records, Table, column_names, columns_read, precision_column,
    reason_column,
};
use polars::prelude::*;

use crate::checks::{Opened, OpenedLook, TableChecks};
use crate::confront::work_out;
use crate::{Checks, Seen};

type Columns = BTreeSet<PlSmallStr>;

/// Holds what everything that is made of a table's columns reads: looked up once, for any number of focuses.
pub struct Readings {
    derivation: Derivation,
    /// The columns that are made, in the order they are made, with those each reads.
    steps: Vec<(PlSmallStr, Columns)>,
    shared: Vec<(PlSmallStr, Expr)>,
    conditions: Vec<(PlSmallStr, Expr)>,
    assertions: Vec<(Opened, Columns)>,
    looks: Vec<(OpenedLook, Columns)>,
    /// The columns in which each variable stands.
    variables: Vec<(VariableName, Columns)>,
}

/// Holds what of a table is worked out when a variable changes.
pub struct Focus {
    checks: TableChecks,
    causes: BTreeSet<u32>,
    derived: Vec<VariableName>,
}

impl Checks {
    /// Looks up what the checks and calculations of a table read; nothing if there is no such table.
    pub fn readings(&self, codebook: &Codebook, table: &Table) -> Option<Readings> {
        let checks = self.tables.get(table)?;
        let (shared, conditions) = (named(&checks.shared), named(&checks.conditions));
        let made = shared.iter().chain(&conditions);
        let read = made.map(|(name, expression)| (name.clone(), columns_read(expression)));
        let assertions = checks.assertions.iter();
        let looks = checks.looks.iter();
        let names = checks.derivation.layout.variables.iter();
        Some(Readings {
            steps: checks.derivation.steps().into_iter().chain(read).collect(),
            shared,
            conditions,
            assertions: assertions.map(|one| (one.clone(), columns_read(&one.holds))).collect(),
            looks: looks.map(|one| (one.clone(), read_by(one))).collect(),
            variables: names
                .filter_map(|name| Some((name.clone(), columns_of(codebook, name)?)))
                .collect(),
            derivation: checks.derivation.clone(),
        })
    }
}

/// Returns columns that are made with their names.
fn named(made: &[Expr]) -> Vec<(PlSmallStr, Expr)> {
    let named = made.iter().filter_map(|expression| match expression {
        Expr::Alias(_, name) => Some((name.clone(), expression.clone())),
        _ => None,
    });
    named.collect()
}

impl Readings {
    /// Returns all of the table.
    ///
    /// # Errors
    /// Never in practice: the checks of the table were opened.
    pub fn whole(&self, codebook: &Codebook) -> PolarsResult<Focus> {
        let all = self.variables.iter().flat_map(|(_, columns)| columns.iter().cloned());
        self.focus_on(codebook, &all.collect(), |_| true)
    }

    /// Returns what reads a variable.
    ///
    /// # Errors
    /// Never in practice: the checks of the table were opened.
    pub fn focus(&self, codebook: &Codebook, variable: &VariableName) -> PolarsResult<Focus> {
        let own = self.variables.iter().find(|(name, _)| name == variable);
        let mut changed = own.map(|(_, columns)| columns.clone()).unwrap_or_default();
        for (made, read) in &self.steps {
            if !read.is_disjoint(&changed) {
                changed.insert(made.clone());
            }
        }
        self.focus_on(codebook, &changed, |read| !read.is_disjoint(&changed))
    }

    fn focus_on(
        &self,
        codebook: &Codebook,
        changed: &Columns,
        is_about: impl Fn(&Columns) -> bool,
    ) -> PolarsResult<Focus> {
        let mut needed = changed.clone();
        let (mut assertions, mut looks) = (Vec::new(), Vec::new());
        for (assertion, read) in self.assertions.iter().filter(|(_, read)| is_about(read)) {
            assertions.push(assertion.clone());
            needed.extend(read.iter().cloned());
        }
        for (look, read) in self.looks.iter().filter(|(_, read)| is_about(read)) {
            looks.push(look.clone());
            needed.extend(read.iter().cloned());
        }
        for (made, read) in self.steps.iter().rev() {
            if needed.contains(made) {
                needed.extend(read.iter().cloned());
            }
        }
        let standing = |columns: &Columns| -> BTreeSet<&VariableName> {
            let standing = self.variables.iter().filter(|(_, own)| !own.is_disjoint(columns));
            standing.map(|(name, _)| name).collect()
        };
        let laid_out = standing(&needed);
        let layout = self.derivation.layout.narrowed(codebook, |name| laid_out.contains(name));
        Ok(Focus {
            causes: assertions.iter().map(|assertion| assertion.cause).collect(),
            derived: standing(changed).into_iter().cloned().collect(),
            checks: self.narrowed(layout, (assertions, looks), &needed)?,
        })
    }

    /// Keeps of a table's checks what works the needed columns out.
    fn narrowed(
        &self,
        layout: Layout,
        (assertions, looks): (Vec<Opened>, Vec<OpenedLook>),
        needed: &Columns,
    ) -> PolarsResult<TableChecks> {
        let kept = |made: &[(PlSmallStr, Expr)]| -> (Columns, Vec<Expr>) {
            made.iter().filter(|(name, _)| needed.contains(name)).cloned().unzip()
        };
        let (mut made, shared) = kept(&self.shared);
        let (names, conditions) = kept(&self.conditions);
        made.extend(names);
        let all = shared
            .iter()
            .chain(&conditions)
            .chain(assertions.iter().map(|assertion| &assertion.holds))
            .chain(looks.iter().flat_map(|look| look.key.iter().chain(&look.value)));
        let beside = Beside::of(&layout, all, &made)?;
        let derivation = self.derivation.narrowed(layout, needed)?;
        let expected = Vec::new();
        Ok(TableChecks { derivation, shared, conditions, beside, assertions, looks, expected })
    }
}

impl Focus {
    /// Returns the layout of the answers that it needs.
    pub const fn layout(&self) -> &Layout {
        &self.checks.derivation.layout
    }

    /// Lists the variables whose answers it works out: the one that is typed, and what follows from it.
    pub fn derived(&self) -> &[VariableName] {
        &self.derived
    }

    /// Works out what follows for some records of its layout, and returns them with what is derived in them.
    ///
    /// # Errors
    /// The records do not have the layout.
    pub fn follow(&self, records: Records) -> PolarsResult<(Seen, Records)> {
        let frame = self.checks.derivation.apply(&records.frame)?;
        let records = Records { frame, ..records };
        let mut seen = Seen::of(&records, BTreeSet::new());
        if !records.rows.is_empty() {
            let plan = self.checks.beside.supply(&records.frame)?.lazy();
            let answers = work_out(&self.checks, (&records, plan), &seen.absent)?;
            seen.read(&self.checks, &records, &answers)?;
        }
        Ok((seen, records))
    }
}

impl Seen {
    /// Puts what a focus saw of some rows in place of what was seen of them before. Tallies are of deliveries and are dropped.
    pub fn renew(&mut self, focus: &Focus, newer: Self, rows: &[u32]) {
        let is_older = |cause: u32, row: u32| focus.causes.contains(&cause) && rows.contains(&row);
        self.violations.retain(|(cause, _, row)| !is_older(*cause, *row));
        self.violations.extend(newer.violations);
        self.tallies.clear();
        for look in newer.looks {
            let is_same = |older: &&mut crate::confront::SeenLook| {
                (older.across, older.look) == (look.across, look.look)
            };
            if let Some(older) = self.looks.iter_mut().find(is_same) {
                older.sightings.retain(|sighting| !rows.contains(&sighting.row));
                older.sightings.extend(look.sightings);
            }
        }
    }
}

/// Returns the columns in which a variable stands: values, reasons, precisions.
fn columns_of(codebook: &Codebook, name: &VariableName) -> Option<Columns> {
    let variable: &Variable = codebook.variable(name)?;
    let beside = [reason_column(name), precision_column(name)];
    Some(column_names(codebook, variable).into_iter().chain(beside).map(PlSmallStr::from).collect())
}

fn read_by(look: &OpenedLook) -> Columns {
    look.key.iter().chain(&look.value).chain(&look.when).flat_map(columns_read).collect()
}
