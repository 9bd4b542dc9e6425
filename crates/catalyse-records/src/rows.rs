//! Rows: from the columns of a table to the answers of each record, and back. A store and an entry form speak of records, the checks of columns.

use catalyse_codebook::{
    Answer, Answers, Codebook, MissingReason, Precision, Storage, Variable, VariableName,
};
use polars::prelude::*;

use crate::{
    Chunk, ChunkBuilder, Layout, Records, SourceIndex, Table, column_names, precision_column,
    reason_column,
};

/// Returns the answers of each record, in the order of the rows.
///
/// **Missing**: an empty value without a reason is absent from the answers; one with a reason is there with it.
///
/// # Errors
/// The records do not have the layout of their table.
pub fn answers_of(codebook: &Codebook, records: &Records) -> PolarsResult<Vec<Answers>> {
    answers_in(codebook, &Layout::new(codebook, records.table.clone())?, records)
}

/// Returns the answers of each record to the variables of a layout, as [`answers_of`] does: whoever has the layout need not make it again.
///
/// # Errors
/// The records do not have the columns of the layout.
pub fn answers_in(
    codebook: &Codebook,
    layout: &Layout,
    records: &Records,
) -> PolarsResult<Vec<Answers>> {
    let mut rows = vec![Answers::new(); records.frame.height()];
    for name in &layout.variables {
        let Some(variable) = codebook.variable(name) else { continue };
        let column = VariableColumn::of(codebook, variable, &records.frame)?;
        for (index, answers) in rows.iter_mut().enumerate() {
            if let Some(answer) = column.answer(index) {
                answers.insert(name.clone(), answer);
            }
        }
    }
    Ok(rows)
}

/// Makes a chunk of records: each with the number that findings will name, from 1, and its answers.
///
/// # Errors
/// A code list holds one code twice.
pub fn chunk_of<'a>(
    codebook: &Codebook,
    table: Table,
    source: SourceIndex,
    rows: impl ExactSizeIterator<Item = (u32, &'a Answers)>,
) -> PolarsResult<Chunk> {
    chunk_in(codebook, &Layout::new(codebook, table)?, source, rows)
}

/// Makes a chunk of the variables of a layout, as [`chunk_of`] does: answers to others are left out.
///
/// # Errors
/// Never in practice: the layout has worked the types out.
pub fn chunk_in<'a>(
    codebook: &Codebook,
    layout: &Layout,
    source: SourceIndex,
    rows: impl ExactSizeIterator<Item = (u32, &'a Answers)>,
) -> PolarsResult<Chunk> {
    let mut builder = ChunkBuilder::new(codebook, layout, rows.len())?;
    let variables: Vec<(&VariableName, Option<&Variable>)> =
        layout.variables.iter().map(|name| (name, codebook.variable(name))).collect();
    for (row, answers) in rows {
        builder.begin_row(row);
        for (index, (name, variable)) in variables.iter().enumerate() {
            let Some(column) = builder.column(index) else { continue };
            let list = variable.and_then(|variable| codebook.list_of(variable));
            let answer = answers.get(*name);
            match answer.and_then(|answer| answer.value(list)) {
                Some(value) => column.push_value(value),
                None => column.push_missing(answer.map(|answer| {
                    // A code that left its list is no longer an answer.
                    answer.missing().unwrap_or(MissingReason::ToCheck)
                })),
            }
        }
    }
    builder.finish(source)
}

/// Holds the columns of one variable, ready to be read row by row.
struct VariableColumn {
    values: Values,
    reasons: Option<StringChunked>,
    precisions: Option<StringChunked>,
}

enum Values {
    Boolean(BooleanChunked),
    Integer(Int64Chunked),
    Decimal(Float64Chunked),
    Date(Int32Chunked),
    Text(StringChunked),
    Code(StringChunked),
    Codes(Vec<(String, BooleanChunked)>),
}

impl VariableColumn {
    fn of(codebook: &Codebook, variable: &Variable, frame: &DataFrame) -> PolarsResult<Self> {
        let name = variable.name.as_str();
        let texts = |name: &str| frame.column(name)?.cast(&DataType::String)?.str().cloned();
        let beside = |name: String| match frame.get_column_index(&name) {
            Some(_) => texts(&name).map(Some),
            None => Ok(None),
        };
        let values = match variable.value_type.storage() {
            Storage::Boolean => Values::Boolean(frame.column(name)?.bool()?.clone()),
            Storage::Integer => Values::Integer(frame.column(name)?.i64()?.clone()),
            Storage::Decimal => Values::Decimal(frame.column(name)?.f64()?.clone()),
            Storage::Date => {
                let days = frame.column(name)?.cast(&DataType::Int32)?;
                Values::Date(days.i32()?.clone())
            }
            Storage::Text => Values::Text(texts(name)?),
            Storage::Code => Values::Code(texts(name)?),
            Storage::Codes => {
                let codes = codebook.list_of(variable).map(|list| &list.categories);
                let codes = codes.into_iter().flatten().map(|category| category.code.clone());
                let columns = column_names(codebook, variable).into_iter().zip(codes);
                let columns = columns
                    .map(|(column, code)| Ok((code, frame.column(&column)?.bool()?.clone())));
                Values::Codes(columns.collect::<PolarsResult<_>>()?)
            }
        };
        let reasons = beside(reason_column(&variable.name))?;
        Ok(Self { values, reasons, precisions: beside(precision_column(&variable.name))? })
    }

    fn answer(&self, index: usize) -> Option<Answer> {
        let reason = || {
            let name = self.reasons.as_ref()?.get(index)?;
            MissingReason::from_name(name).map(Answer::Missing)
        };
        self.value(index).or_else(reason)
    }

    fn value(&self, index: usize) -> Option<Answer> {
        Some(match &self.values {
            Values::Boolean(column) => Answer::Boolean(column.get(index)?),
            Values::Integer(column) => Answer::Integer(column.get(index)?),
            Values::Decimal(column) => Answer::Decimal(column.get(index)?),
            Values::Date(column) => Answer::Date(column.get(index)?, self.precision(index)),
            Values::Text(column) => Answer::Text(column.get(index)?.to_owned()),
            Values::Code(column) => Answer::Code(column.get(index)?.to_owned()),
            Values::Codes(columns) => {
                // All columns of the variable are empty together.
                columns.first()?.1.get(index)?;
                let chosen = columns.iter().filter(|(_, column)| column.get(index) == Some(true));
                Answer::Codes(chosen.map(|(code, _)| code.clone()).collect())
            }
        })
    }

    fn precision(&self, index: usize) -> Precision {
        match self.precisions.as_ref().and_then(|precisions| precisions.get(index)) {
            Some("month") => Precision::Month,
            Some("year") => Precision::Year,
            _ => Precision::Day,
        }
    }
}
