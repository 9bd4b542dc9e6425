//! The raw figures of one table: what alerts look at, and what is folded before it is shown.

use catalyse_codebook::{Codebook, MissingReason, Variable, VariableName};
use catalyse_locale::Label;
use catalyse_records::{Layout, Records, Table, column_names, reason_column};
use polars::prelude::*;

use super::rows::{self, Duplicates};
use super::values::{Values, codes, summarise};

const NO_REASON: u8 = u8::MAX;
/// Variables are worked out side by side. More threads would hold more sorted columns in memory at once.
const N_THREADS: usize = 4;

/// Holds the raw figures of one table.
pub(super) struct TableFigures<'a> {
    pub(super) records: &'a Records,
    pub(super) title: Label,
    pub(super) n_rows: u64,
    pub(super) variables: Vec<Figures<'a>>,
    pub(super) duplicates: Duplicates,
    pub(super) cells: Cells,
}

/// Holds the raw figures of one variable.
pub(super) struct Figures<'a> {
    pub(super) variable: &'a Variable,
    pub(super) n_rows: u64,
    pub(super) n_valid: u64,
    /// Empty values by their reason.
    pub(super) reasons: [u64; MissingReason::ALL.len()],
    /// Empty values without a reason.
    pub(super) n_empty: u64,
    pub(super) n_distinct: u64,
    pub(super) values: Values,
    /// Of each cell, how many records the question applies to and how many of them are empty.
    pub(super) by_cell: Vec<Asked>,
}

/// Holds how many records a question applies to, and how many of them have no answer.
#[derive(Clone, Copy, Default)]
pub(super) struct Asked {
    pub(super) n_asked: u64,
    pub(super) n_missing: u64,
}

/// Holds in which cell of partner × wave each record is.
pub(super) struct Cells {
    /// Partner and wave of each cell, as indices of the study's.
    pub(super) names: Vec<(usize, usize)>,
    of_row: Vec<Option<u32>>,
    wave_of_row: Vec<Option<u32>>,
}

impl<'a> TableFigures<'a> {
    /// Works out the figures of a table.
    pub(super) fn of(codebook: &'a Codebook, records: &'a Records) -> PolarsResult<Self> {
        let layout = Layout::new(codebook, records.table.clone())?;
        let cells = Cells::of(codebook, &records.frame)?;
        let asked: Vec<&Variable> =
            layout.variables.iter().filter_map(|name| codebook.variable(name)).collect();
        let (variables, duplicates) = std::thread::scope(|scope| {
            let part = asked.len().div_ceil(N_THREADS).max(1);
            let work = |variables: &[&'a Variable]| {
                let figures = variables
                    .iter()
                    .map(|variable| Figures::of(codebook, variable, (&records.frame, &cells)));
                figures.collect::<PolarsResult<Vec<_>>>()
            };
            let parts: Vec<_> =
                asked.chunks(part).map(|part| scope.spawn(move || work(part))).collect();
            let duplicates = rows::duplicates(codebook, &layout, &records.frame);
            let mut variables = Vec::with_capacity(asked.len());
            for part in parts {
                let joined = part.join();
                variables
                    .extend(joined.map_err(|_| polars_err!(ComputeError: "a thread stopped"))??);
            }
            PolarsResult::Ok((variables, duplicates?))
        })?;
        let title = match &records.table {
            Table::Main => Label::new("Personnes par vague", "Persons by wave"),
            Table::Repeat(form) => {
                codebook.form(form).map(|form| form.title.clone()).unwrap_or_default()
            }
        };
        Ok(Self {
            records,
            title,
            n_rows: records.frame.height() as u64,
            variables,
            duplicates,
            cells,
        })
    }
}

impl<'a> Figures<'a> {
    fn of(
        codebook: &Codebook,
        variable: &'a Variable,
        (frame, cells): (&DataFrame, &Cells),
    ) -> PolarsResult<Self> {
        let (n_distinct, values) = summarise(codebook, variable, frame)?;
        let mut figures = Self {
            variable,
            n_rows: frame.height() as u64,
            n_valid: 0,
            reasons: [0; MissingReason::ALL.len()],
            n_empty: 0,
            n_distinct,
            values,
            by_cell: vec![Asked::default(); cells.names.len()],
        };
        figures.count_rows(codebook, frame, cells)?;
        Ok(figures)
    }

    /// Counts each row once: by its value, its reason, or as empty.
    fn count_rows(
        &mut self,
        codebook: &Codebook,
        frame: &DataFrame,
        cells: &Cells,
    ) -> PolarsResult<()> {
        // All columns of a variable with several answers are empty together.
        let names = column_names(codebook, self.variable);
        let first = names.first().map_or(self.variable.name.as_str(), String::as_str);
        let is_null = frame.column(first)?.as_materialized_series().is_null();
        let reasons = reasons(frame, &self.variable.name)?;
        let asked_in = waves_asked(codebook, self.variable);
        let rows = is_null.iter().zip(&cells.of_row).zip(&cells.wave_of_row).enumerate();
        for (index, ((is_null, cell), wave)) in rows {
            let is_null = is_null.unwrap_or(true);
            let mut reason = reasons.get(index).copied().unwrap_or(NO_REASON);
            let is_outside = || wave.is_some_and(|wave| !asked_in.contains(&(wave as usize)));
            if is_null && reason == NO_REASON && is_outside() {
                reason = MissingReason::NotApplicable as u8;
            }
            match (is_null, self.reasons.get_mut(usize::from(reason))) {
                (false, _) => self.n_valid += 1,
                (true, Some(count)) => *count += 1,
                (true, None) => self.n_empty += 1,
            }
            let is_asked = !is_null || reason != MissingReason::NotApplicable as u8;
            if let Some(cell) = cell.and_then(|cell| self.by_cell.get_mut(cell as usize)) {
                cell.n_asked += u64::from(is_asked);
                cell.n_missing += u64::from(is_asked && is_null);
            }
        }
        Ok(())
    }

    /// Returns how many empty values have a reason.
    pub(super) fn with_reason(&self, reason: MissingReason) -> u64 {
        self.reasons.get(reason as usize).copied().unwrap_or(0)
    }

    /// Returns how many records the question applies to: the base of its shares of missing.
    pub(super) fn asked(&self) -> Asked {
        let n_asked = self.n_rows - self.with_reason(MissingReason::NotApplicable);
        Asked { n_asked, n_missing: n_asked.saturating_sub(self.n_valid) }
    }
}

/// Returns the reason of each row by its index; nothing if the table has none for the variable.
fn reasons(frame: &DataFrame, variable: &VariableName) -> PolarsResult<Vec<u8>> {
    let Ok(column) = frame.column(&reason_column(variable)) else { return Ok(Vec::new()) };
    let codes = codes(column.as_materialized_series())?;
    Ok(codes.into_iter().map(|code| code.map_or(NO_REASON, |code| code as u8)).collect())
}

/// Returns the waves in which a variable is asked, as indices of the study's.
fn waves_asked(codebook: &Codebook, variable: &Variable) -> std::ops::Range<usize> {
    let waves = &codebook.study.waves;
    let place = |id| waves.iter().position(|wave| Some(&wave.id) == id);
    let since = place(variable.since.as_ref()).unwrap_or(0);
    since..place(variable.until.as_ref()).map_or(waves.len(), |until| until + 1)
}

impl Cells {
    fn of(codebook: &Codebook, frame: &DataFrame) -> PolarsResult<Self> {
        let study = &codebook.study;
        let n_waves = study.waves.len();
        let partners: Vec<&str> = study.partners.iter().map(|one| one.id.as_str()).collect();
        let waves: Vec<&str> = study.waves.iter().map(|one| one.id.as_str()).collect();
        let partner_of_row = positions(frame, &study.partner, &partners)?;
        let wave_of_row = positions(frame, &study.wave, &waves)?;
        let cell = |(partner, wave): (&Option<u32>, &Option<u32>)| {
            Some((*partner)? * n_waves as u32 + (*wave)?)
        };
        let of_row = partner_of_row.iter().zip(&wave_of_row).map(cell).collect();
        let names = (0..study.partners.len())
            .flat_map(|partner| (0..n_waves).map(move |wave| (partner, wave)))
            .collect();
        Ok(Self { names, of_row, wave_of_row })
    }

    /// Returns the wave of each row, as an index of the study's.
    pub(super) fn waves(&self) -> &[Option<u32>] {
        &self.wave_of_row
    }
}

/// Returns of each row the place of its code among the names of the study.
fn positions(
    frame: &DataFrame,
    variable: &VariableName,
    names: &[&str],
) -> PolarsResult<Vec<Option<u32>>> {
    let series = frame.column(variable.as_str())?.as_materialized_series();
    if !matches!(series.dtype(), DataType::Enum(..) | DataType::Categorical(..)) {
        let texts = series.cast(&DataType::String)?;
        let place = |text: &str| names.iter().position(|name| *name == text);
        return Ok(texts.str()?.iter().map(|text| Some(place(text?)? as u32)).collect());
    }
    let mapping = series.dtype().cat_mapping()?;
    let mut known: Vec<Option<Option<u32>>> = Vec::new();
    let place = |code: u32| {
        let text = mapping.cat_to_str(code)?;
        names.iter().position(|name| *name == text).map(|place| place as u32)
    };
    let codes = codes(series)?.into_iter();
    Ok(codes
        .map(|code| {
            let code = code?;
            if code as usize >= known.len() {
                known.resize(code as usize + 1, None);
            }
            let slot = known.get_mut(code as usize)?;
            *slot.get_or_insert_with(|| place(code))
        })
        .collect())
}
