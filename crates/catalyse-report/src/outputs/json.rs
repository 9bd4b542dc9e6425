//! `tables/ID.json`: a table with everything that is known about it, for programs.

use catalyse_disclose::Mark;
use catalyse_locale::{Language, Wording};
use serde_json::{Map, Value, json};

use super::{Output, OutputFile};
use crate::report::cell_text::meaning;
use crate::report::error::ReportError;
use crate::report::flat::{self, FIELDS, Field, FlatCell};
use crate::report::{Report, ReportFigure};

/// Makes `tables/ID.json`.
pub(super) struct Json;

impl Output for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn purpose(&self) -> Wording {
        Wording::new(
            "les nombres avec leur titre, leur champ, leurs notes et leur source, pour un programme",
            "the numbers with their title, universe, notes and source, for a program",
        )
    }

    fn place(&self, _: Language) -> String {
        "tables/*.json".to_owned()
    }

    fn endings(&self) -> &'static [&'static str] {
        &["json"]
    }

    fn files_of(&self, figure: &ReportFigure) -> Vec<String> {
        vec![format!("tables/{}.json", figure.id)]
    }

    fn is_for_people(&self) -> bool {
        false
    }

    fn files(&self, report: &Report) -> Result<Vec<OutputFile>, ReportError> {
        report
            .figures()
            .map(|figure| {
                let mut bytes = serde_json::to_vec_pretty(&document(report, figure))?;
                bytes.push(b'\n');
                Ok(OutputFile { path: format!("tables/{}.json", figure.id), bytes })
            })
            .collect()
    }
}

fn document(report: &Report, figure: &ReportFigure) -> Value {
    let table = &figure.table;
    json!({
        "id": figure.id,
        "number": figure.number,
        "report": report.name,
        "study": report.study,
        "edition": report.edition_label,
        "language": report.language.tag(),
        "generated_on": report.generated_on.to_string(),
        "policy": report.policy,
        "title": figure.title,
        "subtitle": figure.subtitle,
        "measure": table.caption,
        "rows": table.row_label,
        "columns": table.column_label,
        "rows_exclude_each_other": !table.has_several_answers,
        "rows_are_ordered": table.is_ordered,
        "reading": figure.reading.example,
        "universe": figure.reading.universe,
        "notes": figure.reading.notes,
        "general_notes": report.general_notes,
        "rounded_to": table.rounding,
        "source": figure.reading.source,
        "marks": {
            "[c]": meaning(Mark::Confidential, report.language),
            "[u]": meaning(Mark::LowBase, report.language),
            "[x]": meaning(Mark::NoRecords, report.language),
            "[z]": meaning(Mark::NotApplicable, report.language),
        },
        "cells": flat::cells(table).map(|(row, column, cell)| {
            let mut object = Map::new();
            object.insert("row_role".to_owned(), json!(flat::role(row.heading.role)));
            object.insert("row_code".to_owned(), json!(row.heading.key));
            object.insert("row".to_owned(), json!(row.heading.label));
            object.insert("column_role".to_owned(), json!(flat::role(column.role)));
            object.insert("column_code".to_owned(), json!(column.key));
            object.insert("column".to_owned(), json!(column.label));
            let fields = FlatCell::of(cell, (report.language, figure.table.rounding)).fields();
            for (name, field) in FIELDS.iter().zip(&fields) {
                if let Some(value) = value(field) {
                    object.insert((*name).to_owned(), value);
                }
            }
            Value::Object(object)
        }).collect::<Vec<_>>(),
    })
}

/// Returns a field as JSON; whole numbers without a point, nothing for an empty one.
fn value(field: &Field) -> Option<Value> {
    match field {
        Field::Empty => None,
        Field::Text(text) if text.is_empty() => None,
        Field::Text(text) => Some(json!(text)),
        Field::Number(number) if number.fract() == 0.0 && number.abs() < 1e15 => {
            Some(json!(*number as i64))
        }
        Field::Number(number) => Some(json!(number)),
    }
}
