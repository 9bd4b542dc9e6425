//! The scope of a table: which rows it counts, in which waves, and the axes its specification names.

use catalyse_codebook::{FormName, WaveId};
use catalyse_disclose::{Population, Role, TableSpec, Unit, WaveChoice};
use catalyse_locale::{Label, Language, Wording};
use catalyse_records::Table;

use crate::caseload::Rows;
use crate::coding::{
    Coding, MissingRows, code_target_groups, code_variable, find_variable, keep_headings,
};
use crate::conditions::Conditions;
use crate::{Caseload, TabulateError};

/// Holds what a table counts.
pub(crate) struct Scope<'a> {
    pub(crate) caseload: &'a Caseload<'a>,
    pub(crate) spec: &'a TableSpec,
    pub(crate) rows: Rows<'a>,
    pub(crate) unit: Unit,
    /// The records of the universe.
    pub(crate) mask: Vec<bool>,
    /// What holds for everybody in the universe.
    pub(crate) base: Population,
    /// The words for the universe.
    pub(crate) universe: Label,
    conditions: Conditions<'a>,
}

impl<'a> Scope<'a> {
    /// Makes the scope of a specification. The waves of a comparison are left to its kind: [`Scope::in_wave`].
    pub(crate) fn new(
        caseload: &'a Caseload<'a>,
        spec: &'a TableSpec,
    ) -> Result<Self, TabulateError> {
        let codebook = caseload.codebook;
        let (rows, unit, table) = match &spec.count {
            None => (caseload.main(), Unit::Persons, Table::Main),
            Some(form) => {
                let name = FormName::new(form).ok().filter(|name| codebook.form(name).is_some());
                let name = name.ok_or_else(|| TabulateError::unknown(&spec.id, &NO_FORM, form))?;
                let rows = caseload.repeat(form);
                let rows =
                    rows.ok_or_else(|| TabulateError::NoEpisodes { table: spec.id.clone() })?;
                let title = codebook.form(&name).map(|form| form.title.clone()).unwrap_or_default();
                (rows, Unit::Rows(title), Table::Repeat(name))
            }
        };
        let rows = if spec.weighted { rows } else { Rows { weights: None, ..rows } };
        let conditions = Conditions::new(codebook, &table)?;
        let mut base = Population::default();
        if let Unit::Rows(_) = unit {
            base = base.and(format!("rows of {}", spec.count.as_deref().unwrap_or_default()));
        }
        let mut scope = Self {
            caseload,
            spec,
            rows,
            unit,
            mask: vec![true; rows.frame.height()],
            base,
            universe: universe_label(caseload, spec),
            conditions,
        };
        if let Some(condition) = &spec.universe {
            let holds = scope.holds(condition)?;
            scope.mask.iter_mut().zip(holds).for_each(|(mask, holds)| *mask &= holds);
            scope.base =
                scope.base.and(format!("({})", scope.conditions.canonical(&spec.id, condition)?));
        }
        Ok(scope)
    }

    /// Says for which records a condition is TRUE; not those for which it is FALSE or cannot be told.
    pub(crate) fn holds(&self, condition: &str) -> Result<Vec<bool>, TabulateError> {
        self.conditions.holds(&self.spec.id, self.rows.frame, condition)
    }

    /// Narrows the scope to the wave or waves of the specification, and says so in the words of the universe.
    pub(crate) fn in_wave(mut self) -> Result<Self, TabulateError> {
        let wave = match &self.spec.wave {
            WaveChoice::Each | WaveChoice::FirstAndLast => return Ok(self),
            WaveChoice::Last => self.caseload.waves_present().last().copied(),
            WaveChoice::First => self.caseload.waves_present().first().copied(),
            WaveChoice::Named(name) => {
                let id = WaveId::new(name).ok();
                let mut present = self.caseload.waves_present().into_iter();
                let found = present.find(|(_, wave)| Some(&wave.id) == id.as_ref());
                Some(found.ok_or_else(|| TabulateError::unknown(&self.spec.id, &NO_WAVE, name))?)
            }
        };
        let (index, wave) = wave.ok_or(TabulateError::NoRecords)?;
        self.mask
            .iter_mut()
            .zip(self.rows.waves)
            .for_each(|(mask, of)| *mask &= *of == Some(index));
        self.base = self.base.and(format!("wave={}", wave.id));
        self.universe = join(&self.universe, ", ", &wave.label);
        Ok(self)
    }

    /// Makes the coding of what stands in the rows.
    pub(crate) fn row_coding(&self) -> Result<Coding, TabulateError> {
        self.coding(&self.spec.rows, MissingRows::ByReason)
    }

    /// Makes the coding of what stands in the columns: categories, missing, everybody.
    pub(crate) fn column_coding(&self) -> Result<Coding, TabulateError> {
        match self.spec.columns.as_deref() {
            None => Ok(Coding::all(self.rows.frame.height(), &Label::new("Ensemble", "All"))),
            Some(name) => {
                let coding = self.coding(name, MissingRows::Together)?;
                Ok(keep_headings(coding, |_, heading| heading.role != Role::Answered))
            }
        }
    }

    /// Makes the coding of an axis by its name: `wave`, `partner`, `target_groups`, or a variable.
    pub(crate) fn coding(&self, name: &str, missing: MissingRows) -> Result<Coding, TabulateError> {
        let codebook = self.caseload.codebook;
        let study = &codebook.study;
        match name {
            "target_groups" => {
                let coding =
                    code_target_groups(codebook, self.rows, |condition| self.holds(condition))?;
                Ok(coding)
            }
            "wave" => {
                let variable = find_variable(codebook, &self.spec.id, study.wave.as_str())?;
                let coding = code_variable(codebook, self.rows, variable, missing)?;
                let present = self.caseload.waves_present();
                let is_present =
                    |index: usize| present.iter().any(|(wave, _)| *wave as usize == index);
                // Waves are not added up: the same persons stand in several.
                Ok(keep_headings(coding, |index, heading| {
                    heading.role == Role::Category && is_present(index)
                }))
            }
            "partner" => {
                let variable = find_variable(codebook, &self.spec.id, study.partner.as_str())?;
                let coding = code_variable(codebook, self.rows, variable, missing)?;
                let present = self.caseload.partners_present()?;
                let keeps = |heading: &catalyse_disclose::Heading| match heading.role {
                    Role::Category => {
                        present.iter().any(|partner| partner.id.as_str() == heading.key)
                    }
                    Role::Answered | Role::Missing => false,
                    Role::Total => true,
                };
                Ok(keep_headings(coding, |_, heading| keeps(heading)))
            }
            name => {
                let variable = find_variable(codebook, &self.spec.id, name)?;
                code_variable(codebook, self.rows, variable, missing)
            }
        }
    }
}

fn universe_label(caseload: &Caseload<'_>, spec: &TableSpec) -> Label {
    if spec.universe_label.is_empty() {
        caseload.codebook.study.population.clone()
    } else {
        spec.universe_label.clone()
    }
}

/// Joins two labels in each language of the program.
pub(crate) fn join(first: &Label, between: &str, second: &Label) -> Label {
    let [fr, en] = [Language::Fr, Language::En]
        .map(|language| format!("{}{between}{}", first.get(language), second.get(language)));
    Label::new(fr, en)
}

const NO_FORM: Wording = Wording::new(
    "tableau `{ $table }` : l’étude n’a pas de formulaire `{ $name }` à compter.",
    "table `{ $table }`: the study has no form `{ $name }` to count.",
);
const NO_WAVE: Wording = Wording::new(
    "tableau `{ $table }` : aucune fiche de la vague `{ $name }`. Ajoutez ses fichiers ou changez la définition du rapport.",
    "table `{ $table }`: no record of wave `{ $name }`. Add its files or change the report definition.",
);
