//! The scope of a table: which rows it counts, in which waves, and the axes its specification names.

use catalyse_codebook::{FormName, Grain, Variable, VariableName, Wave, WaveId};
use catalyse_disclose::{Axis, Heading, Population, Role, TableSpec, Unit, WaveChoice};
use catalyse_locale::{Label, Language, Wording};
use catalyse_records::Table;

use crate::caseload::{Rows, physical_codes};
use crate::coding::{Coding, MissingRows, code_variable, everybody, keep_headings};
use crate::conditions::Conditions;
use crate::groups::{ShownWith, TARGET_GROUPS, code_target_groups};
use crate::naming;
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
    /// Whether the universe is told by a sensitive variable.
    pub(crate) is_sensitive: bool,
    conditions: Conditions<'a>,
}

impl<'a> Scope<'a> {
    /// Makes the scope of a specification. The waves of a comparison are left to its kind: [`Scope::in_wave`].
    ///
    /// # Errors
    /// A form or a condition cannot be used, the form has no rows, or there is no weight to weigh by.
    pub(crate) fn new(
        caseload: &'a Caseload<'a>,
        spec: &'a TableSpec,
    ) -> Result<Self, TabulateError> {
        let (rows, unit, table) = counted(caseload, spec)?;
        let rows = if spec.weighted { rows } else { Rows { weights: None, ..rows } };
        if spec.weighted && rows.weights.is_none() {
            let name = caseload.codebook.study.id.as_str();
            return Err(TabulateError::unknown(&spec.id, &NO_WEIGHT, name));
        }
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
            is_sensitive: false,
            conditions: Conditions::new(caseload.codebook, &table)?,
        };
        if let Some(condition) = &spec.universe {
            scope.narrow(condition)?;
        }
        Ok(scope)
    }

    /// Narrows the scope to the records for which a condition is TRUE.
    fn narrow(&mut self, condition: &str) -> Result<(), TabulateError> {
        let id = &self.spec.id;
        for variable in self.conditions.variables(self.caseload.codebook, id, condition)? {
            naming::refuse_identifying(self.caseload.codebook, id, variable)?;
            self.is_sensitive |= variable.sensitivity.is_strict();
        }
        let holds = self.holds(condition)?;
        self.mask.iter_mut().zip(holds).for_each(|(mask, holds)| *mask &= holds);
        self.base = self.base.and(format!("({})", self.conditions.canonical(id, condition)?));
        Ok(())
    }

    /// Says for which records a condition is TRUE; not those for which it is FALSE or cannot be told.
    pub(crate) fn holds(&self, condition: &str) -> Result<Vec<bool>, TabulateError> {
        Ok(self.tells(condition)?.into_iter().map(|holds| holds == Some(true)).collect())
    }

    /// Says for which records a condition is TRUE or FALSE; nothing where the answers do not tell.
    fn tells(&self, condition: &str) -> Result<Vec<Option<bool>>, TabulateError> {
        self.conditions.tells(&self.spec.id, self.rows.frame, condition)
    }

    /// Narrows the scope to the wave of the specification, and says so in the words of the universe. Each wave stays if `wave` is an axis.
    ///
    /// # Errors
    /// The wave has no records, or the choice of waves does not fit the axes: waves side by side need an axis to stand on, because a
    /// person stands in several.
    pub(crate) fn in_wave(mut self) -> Result<Self, TabulateError> {
        let study = &self.caseload.codebook.study;
        let mut axes = [Some(&self.spec.rows), self.spec.columns.as_ref()].into_iter().flatten();
        let has_axis = axes.any(|name| name == WAVE || name == study.wave.as_str());
        let wave = match &self.spec.wave {
            WaveChoice::Each if has_axis => return Ok(self),
            WaveChoice::Each | WaveChoice::FirstAndLast => {
                return Err(TabulateError::unknown(&self.spec.id, &NO_WAVE_AXIS, &self.spec.kind));
            }
            WaveChoice::Last | WaveChoice::First | WaveChoice::Named(_) if has_axis => {
                return Err(TabulateError::unknown(&self.spec.id, &NOT_EACH, WAVE));
            }
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
        if !self.is_asked_in(index) {
            return Err(TabulateError::NotAsked { table: self.spec.id.clone() });
        }
        self.mask
            .iter_mut()
            .zip(self.rows.waves)
            .for_each(|(mask, of)| *mask &= *of == Some(index));
        // As the axis of waves writes it, so that both name one population.
        self.base = self.base.and(format!("{}={}", study.wave, wave.id));
        Ok(self)
    }

    /// Lists the waves with records in which every variable of the table is asked, in time.
    pub(crate) fn waves_asked(&self) -> Vec<(u32, &'a Wave)> {
        let present = self.caseload.waves_present().into_iter();
        present.filter(|(index, _)| self.is_asked_in(*index)).collect()
    }

    /// Says whether every variable of the table is asked in a wave.
    fn is_asked_in(&self, wave: u32) -> bool {
        let codebook = self.caseload.codebook;
        let asked = [Some(&self.spec.rows), self.spec.columns.as_ref(), self.spec.value.as_ref()];
        let names = asked.into_iter().flatten().filter_map(|name| VariableName::new(name).ok());
        let mut variables = names.filter_map(|name| codebook.variable(&name));
        let place = |id: &WaveId| codebook.study.waves.iter().position(|wave| wave.id == *id);
        let (wave, last) = (wave as usize, codebook.study.waves.len());
        variables.all(|variable| {
            let since = variable.since.as_ref().and_then(place).unwrap_or(0);
            let until = variable.until.as_ref().and_then(place).unwrap_or(last);
            (since..=until).contains(&wave)
        })
    }

    /// Makes the coding of what stands in the rows.
    pub(crate) fn row_coding(&self) -> Result<Coding, TabulateError> {
        self.coding(&self.spec.rows, MissingRows::ByReason)
    }

    /// Makes the coding of what stands in the columns: categories, missing, everybody.
    pub(crate) fn column_coding(&self) -> Result<Coding, TabulateError> {
        match self.spec.columns.as_deref() {
            None => Ok(Coding::all(self.rows.frame.height(), &everybody())),
            Some(name) => {
                let coding = self.coding(name, MissingRows::Together)?;
                Ok(keep_headings(coding, |_, heading| heading.role != Role::Answered))
            }
        }
    }

    /// Returns the variable of a name, if the rows of the table have it and it may be shown.
    pub(crate) fn variable(&self, name: &str) -> Result<&'a Variable, TabulateError> {
        naming::variable(self.caseload.codebook, &self.spec.id, self.rows.frame, name)
    }

    /// Makes the coding of an axis by its name: `wave`, `partner`, `target_groups`, or a variable.
    fn coding(&self, name: &str, missing: MissingRows) -> Result<Coding, TabulateError> {
        let study = &self.caseload.codebook.study;
        if name == TARGET_GROUPS {
            let tells = |condition: &str| self.tells(condition);
            return code_target_groups(self.caseload.codebook, &self.sides()?, tells);
        }
        if name == WAVE || name == study.wave.as_str() {
            let present = self.waves_asked();
            let is_present = |index: usize| present.iter().any(|(wave, _)| *wave as usize == index);
            // Waves are not added up: the same persons stand in several.
            return self.key(WAVE, study.wave.as_str(), |index, heading| {
                heading.role == Role::Category && is_present(index)
            });
        }
        if name == PARTNER || name == study.partner.as_str() {
            let present = self.caseload.partners_present()?;
            let is_present = |key: &str| present.iter().any(|partner| partner.id.as_str() == key);
            return self.key(PARTNER, study.partner.as_str(), |_, heading| match heading.role {
                Role::Category => is_present(&heading.key),
                Role::Answered | Role::Missing => false,
                Role::Total => true,
            });
        }
        self.code(self.variable(name)?, missing)
    }

    /// Says for each record with which others its numbers are shown: those of its wave, and of its partner where partners stand side by
    /// side; nothing for a record that is not counted.
    fn sides(&self) -> Result<Vec<Option<ShownWith>>, TabulateError> {
        let study = &self.caseload.codebook.study;
        let names = [Some(&self.spec.rows), self.spec.columns.as_ref()];
        let is_partner = |name: &String| name == PARTNER || name == study.partner.as_str();
        let partners = if names.into_iter().flatten().any(is_partner) {
            physical_codes(self.rows.frame, study.partner.as_str())?
        } else {
            vec![None; self.rows.frame.height()]
        };
        let records = self.mask.iter().zip(self.rows.waves).zip(partners);
        let side = |((is_counted, wave), partner): ((&bool, &Option<u32>), Option<u32>)| {
            is_counted.then_some(ShownWith { wave: *wave, partner })
        };
        Ok(records.map(side).collect())
    }

    /// Makes the coding of a key of the study. The axis is called `wave` or `partner`, whatever the study calls its variable.
    fn key(
        &self,
        axis: &str,
        variable: &str,
        keep: impl Fn(usize, &Heading) -> bool,
    ) -> Result<Coding, TabulateError> {
        let mut coding = self.code(self.variable(variable)?, MissingRows::Together)?;
        axis.clone_into(&mut coding.axis.name);
        Ok(keep_headings(coding, keep))
    }

    fn code(&self, variable: &Variable, missing: MissingRows) -> Result<Coding, TabulateError> {
        code_variable(self.caseload.codebook, &self.spec.id, self.rows, variable, missing)
    }
}

/// The name of the axis of waves.
pub(crate) const WAVE: &str = Axis::WAVE;
const PARTNER: &str = Axis::PARTNER;

/// Returns the rows a specification counts, what one of them is, and the table they stand in.
fn counted<'a>(
    caseload: &'a Caseload<'a>,
    spec: &TableSpec,
) -> Result<(Rows<'a>, Unit, Table), TabulateError> {
    let Some(form) = &spec.count else {
        return Ok((caseload.main(), Unit::Persons, Table::Main));
    };
    let no_form = || TabulateError::unknown(&spec.id, &NO_FORM, form);
    let name = FormName::new(form).map_err(|_| no_form())?;
    let found = caseload.codebook.form(&name).filter(|form| form.grain == Grain::Repeat);
    let title = found.ok_or_else(no_form)?.title.clone();
    let rows = caseload.repeat(form);
    let rows = rows.ok_or_else(|| TabulateError::NoEpisodes { table: spec.id.clone() })?;
    Ok((rows, Unit::Rows(title), Table::Repeat(name)))
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
    "tableau `{ $table }` : l’étude n’a pas de formulaire répété `{ $name }` à compter. Vérifiez `count`.",
    "table `{ $table }`: the study has no repeat form `{ $name }` to count. Check `count`.",
);
const NO_WAVE: Wording = Wording::new(
    "tableau `{ $table }` : aucune fiche de la vague `{ $name }`. Ajoutez ses fichiers ou changez la définition du rapport.",
    "table `{ $table }`: no record of wave `{ $name }`. Add its files or change the report definition.",
);
const NOT_EACH: Wording = Wording::new(
    "tableau `{ $table }` : `{ $name }` est en lignes ou en colonnes, mais une seule vague est comptée. Écrivez `wave = \"each\"`.",
    "table `{ $table }`: `{ $name }` stands in rows or columns, but one wave is counted. Write `wave = \"each\"`.",
);
const NO_WAVE_AXIS: Wording = Wording::new(
    "tableau `{ $table }` : une personne serait comptée dans chaque vague. Avec `{ $name }`, mettez `wave` en lignes ou en colonnes et `wave = \"each\"` ; `first-and-last` va avec `change` et `transition`.",
    "table `{ $table }`: a person would be counted in each wave. With `{ $name }`, put `wave` in rows or columns and `wave = \"each\"`; `first-and-last` goes with `change` and `transition`.",
);
const NO_WEIGHT: Wording = Wording::new(
    "tableau `{ $table }` : l’étude `{ $name }` n’a pas de pondération pour ces fiches. Retirez `weighted`, ou nommez la variable dans `keys.weight` de l’étude.",
    "table `{ $table }`: the study `{ $name }` has no weight for these records. Take out `weighted`, or name the variable in the study's `keys.weight`.",
);
