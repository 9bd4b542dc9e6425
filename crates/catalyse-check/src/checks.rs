//! The checks of a codebook, opened: expressions by table, and what each check takes across records.

use std::collections::{BTreeMap, BTreeSet};

use catalyse_codebook::{CheckId, CheckSpec, Codebook, Problem, VariableName, nearest};
use catalyse_locale::{Args, Message, Wording};
use catalyse_records::{Beside, Cause, Derivation, Layout, Table};
use polars::prelude::*;

use crate::absent::{Expected, Reads, expected};
use crate::context::Conditions;
use crate::{AcrossRecords, Assertion, Check, Context, holes, kinds};

const NO_SUCH_KIND: Wording = Wording::new(
    "le contrôle « { $check } » est d'un genre inconnu : « { $kind } »",
    "the check `{ $check }` is of an unknown kind: `{ $kind }`",
);
const NOT_RUNNABLE: Wording = Wording::new(
    "les fiches ne peuvent être contrôlées : { $reason }",
    "the records cannot be checked: { $reason }",
);

/// Holds the checks of a codebook, ready to be run. Made once for any number of deliveries.
pub struct Checks {
    /// The checks in the order of the codebook.
    pub(crate) ids: Vec<CheckId>,
    /// What can be found, by the number that assertions carry.
    pub(crate) causes: Vec<Cause>,
    pub(crate) tables: BTreeMap<Table, TableChecks>,
    pub(crate) across: Vec<Across>,
}

/// Holds what is done with the records of one table.
pub(crate) struct TableChecks {
    pub(crate) derivation: Derivation,
    /// Parts of dates that several of the others read.
    pub(crate) shared: Vec<Expr>,
    pub(crate) conditions: Vec<Expr>,
    pub(crate) beside: Beside,
    pub(crate) assertions: Vec<Opened>,
    pub(crate) looks: Vec<OpenedLook>,
    pub(crate) expected: Vec<Expected>,
}

/// Holds one assertion of a check.
#[derive(Clone)]
pub(crate) struct Opened {
    /// The index of its check.
    pub(crate) check: usize,
    /// The index of its cause.
    pub(crate) cause: u32,
    /// What it is about and what it reads: if a source has no column for one of them, nothing can be told.
    pub(crate) about: BTreeSet<VariableName>,
    pub(crate) holds: Expr,
}

/// Holds what a check across records takes of one table.
#[derive(Clone)]
pub(crate) struct OpenedLook {
    /// The index in [`Checks::across`].
    pub(crate) across: usize,
    /// The index of the look in its check.
    pub(crate) look: usize,
    pub(crate) key: Vec<Expr>,
    pub(crate) value: Option<Expr>,
    pub(crate) when: Option<Expr>,
}

/// Holds a check across records.
pub(crate) struct Across {
    pub(crate) check: usize,
    pub(crate) cause: u32,
    pub(crate) n_looks: usize,
    pub(crate) kind: Box<dyn AcrossRecords>,
}

impl Checks {
    /// Opens all checks of a codebook.
    ///
    /// # Errors
    /// Every check whose kind is unknown or whose parameters do not fit, with file and line.
    pub fn open(codebook: &Codebook) -> Result<Self, Vec<Problem>> {
        let mut opening = Opening::new(codebook).map_err(|error| vec![not_runnable(&error)])?;
        for spec in &codebook.checks {
            if let Err(problem) = opening.open(spec) {
                opening.problems.push(*problem);
            }
        }
        opening.finish()
    }

    /// Returns the sentence of a check as its findings say it, at the first variable where one may stand; nothing for a check that the
    /// reader of the delivery makes.
    pub fn message(&self, check: &CheckId) -> Option<&Message> {
        self.causes.iter().find(|cause| cause.check == *check).map(|cause| &cause.message)
    }

    /// Says whether a check looks at more than one record.
    pub fn looks_across(&self, check: &CheckId) -> bool {
        self.across_of(check).is_some()
    }

    /// Returns the variable whose answers a check compares with those of the same person in another wave, if it does.
    pub fn compares_waves(&self, check: &CheckId) -> Option<&VariableName> {
        self.across_of(check)?.kind.compares_waves()
    }

    fn across_of(&self, check: &CheckId) -> Option<&Across> {
        self.across.iter().find(|across| self.ids.get(across.check) == Some(check))
    }

    /// Lists the tables of the codebook.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.tables.keys()
    }
}

fn not_runnable(error: &PolarsError) -> Problem {
    let reason = Args::new().text("reason", error.to_string());
    Problem::error("checks", 0, NOT_RUNNABLE.with(reason))
}

/// Holds the tables and checks while they are opened.
struct Opening<'c> {
    codebook: &'c Codebook,
    layouts: BTreeMap<Table, (Layout, Conditions)>,
    assertions: BTreeMap<Table, Vec<Opened>>,
    looks: BTreeMap<Table, Vec<OpenedLook>>,
    ids: Vec<CheckId>,
    causes: Vec<Cause>,
    across: Vec<Across>,
    problems: Vec<Problem>,
}

impl<'c> Opening<'c> {
    fn new(codebook: &'c Codebook) -> PolarsResult<Self> {
        let tables: BTreeSet<Table> = [Table::Main]
            .into_iter()
            .chain(codebook.forms.iter().map(|form| Context::table_of(codebook, &form.name)))
            .collect();
        let layouts = tables
            .into_iter()
            .map(|table| {
                Ok((table.clone(), (Layout::new(codebook, table)?, Conditions::default())))
            })
            .collect::<PolarsResult<_>>()?;
        Ok(Self {
            codebook,
            layouts,
            assertions: BTreeMap::new(),
            looks: BTreeMap::new(),
            ids: Vec::new(),
            causes: Vec::new(),
            across: Vec::new(),
            problems: Vec::new(),
        })
    }

    fn open(&mut self, spec: &CheckSpec) -> Result<(), Box<Problem>> {
        let kind = kinds::find(&spec.kind).ok_or_else(|| {
            let (file, line) = spec.written_at.clone();
            let args = Args::new().text("check", spec.id.as_str()).text("kind", &spec.kind);
            let hint = nearest(&spec.kind, kinds::ALL.iter().map(|kind| kind.name()));
            Box::new(Problem::error(file, line, NO_SUCH_KIND.with(args)).with_hint(hint))
        })?;
        let table = Context::table_of(self.codebook, &spec.form);
        let Some((layout, conditions)) = self.layouts.get(&table) else { return Ok(()) };
        let context = Context::new(self.codebook, spec, layout, conditions);
        let check = kind.open(&context)?;
        let when = spec.when.as_deref().map(|when| context.condition(when)).transpose()?;
        context.params.finish()?;
        match check {
            Check::PerRecord(assertions) => {
                self.add_assertions(spec, &table, assertions, when.as_ref());
            }
            Check::AcrossRecords(kind) => self.add_across(spec, kind, when.as_ref()),
            Check::ByReader => {}
        }
        Ok(())
    }

    fn add_assertions(
        &mut self,
        spec: &CheckSpec,
        table: &Table,
        assertions: Vec<Assertion>,
        when: Option<&Expr>,
    ) {
        let check = self.add_check(spec);
        let is_one_each = assertions.len() == spec.variables.len()
            && assertions.iter().zip(&spec.variables).all(|(one, name)| one.variable == *name);
        for Assertion { holds, variable, args } in assertions {
            let cause = self.add_cause(spec, &variable, args);
            // "If when, then holds": where `when` is FALSE the record satisfies the check.
            let holds = match when {
                Some(when) => when.clone().not().or(holds),
                None => holds,
            };
            // Where each variable has an assertion of its own, an absent one leaves the others to be judged.
            let about = if is_one_each {
                BTreeSet::from([variable])
            } else {
                spec.variables.iter().cloned().collect()
            };
            let opened = Opened { check, cause, about, holds };
            self.assertions.entry(table.clone()).or_default().push(opened);
        }
    }

    fn add_across(&mut self, spec: &CheckSpec, kind: Box<dyn AcrossRecords>, when: Option<&Expr>) {
        let Some(variable) = spec.variables.first() else { return };
        let check = self.add_check(spec);
        let cause = self.add_cause(spec, variable, Args::new());
        let looks = kind.looks();
        let n_looks = looks.len();
        for (place, look) in looks.into_iter().enumerate() {
            self.looks.entry(look.table).or_default().push(OpenedLook {
                across: self.across.len(),
                look: place,
                key: look.key,
                value: look.value,
                when: when.filter(|_| place == 0).cloned(),
            });
        }
        self.across.push(Across { check, cause, n_looks, kind });
    }

    fn add_check(&mut self, spec: &CheckSpec) -> usize {
        self.ids.push(spec.id.clone());
        self.ids.len() - 1
    }

    fn add_cause(&mut self, spec: &CheckSpec, variable: &VariableName, args: Args) -> u32 {
        let args = match self.codebook.variable(variable) {
            Some(known) => args.label("label", &known.label),
            None => args.text("label", variable.as_str()),
        };
        let unfilled = holes::unknown(spec, &args);
        self.problems.extend(unfilled.filter(|one| !self.problems.contains(one)));
        self.causes.push(Cause {
            check: spec.id.clone(),
            severity: spec.severity,
            variable: Some(variable.clone()),
            message: Message { wording: Wording::from(&spec.message), args },
        });
        (self.causes.len() - 1) as u32
    }

    fn finish(mut self) -> Result<Checks, Vec<Problem>> {
        let mut tables = BTreeMap::new();
        for (table, (layout, conditions)) in std::mem::take(&mut self.layouts) {
            match self.table(&table, &layout, &conditions) {
                Ok(opened) => {
                    tables.insert(table, opened);
                }
                Err(error) => self.problems.push(not_runnable(&error)),
            }
        }
        if self.problems.is_empty() {
            let Self { ids, causes, across, .. } = self;
            Ok(Checks { ids, causes, tables, across })
        } else {
            Err(self.problems)
        }
    }

    fn table(
        &mut self,
        table: &Table,
        layout: &Layout,
        conditions: &Conditions,
    ) -> PolarsResult<TableChecks> {
        let mut assertions = self.assertions.remove(table).unwrap_or_default();
        let looks = self.looks.remove(table).unwrap_or_default();
        let conditions = conditions.expressions();
        let made: BTreeSet<PlSmallStr> = conditions
            .iter()
            .filter_map(|made| match made {
                Expr::Alias(_, name) => Some(name.clone()),
                _ => None,
            })
            .collect();
        let all = conditions
            .iter()
            .chain(assertions.iter().map(|assertion| &assertion.holds))
            .chain(looks.iter().flat_map(|look| look.key.iter().chain(&look.value)));
        let beside = Beside::of(layout, all, &made)?;
        let reads = Reads::new(self.codebook, layout, &conditions);
        for assertion in &mut assertions {
            assertion.about.extend(reads.variables(&assertion.holds));
        }
        let derivation = Derivation::open(self.codebook, table.clone())?;
        let expected = expected(self.codebook, layout);
        let shared = Vec::new();
        let all =
            TableChecks { derivation, shared, conditions, beside, assertions, looks, expected };
        Ok(all.sharing())
    }
}
