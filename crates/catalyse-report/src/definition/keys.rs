//! The keys and names of a definition confronted with the known ones, each with its line.
//!
//! serde's own `deny_unknown_fields` stops at the first wrong key, in English and without a nearest name.

use std::collections::BTreeSet;

use catalyse_chart::kinds;
use catalyse_disclose::{Axis, TableSpec};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Definition, DefinitionProblem, FigureDefinition, is_one_wave, partner_table_id};

const REPORT_KEYS: [&str; 9] = [
    "name",
    "title",
    "summary",
    "summary_of_waves",
    "summary_of_partners",
    "portrait",
    "trends",
    "partner_edition",
    "chapter",
];
const PORTRAIT_KEYS: [&str; 1] = ["lines"];
const LINE_KEYS: [&str; 3] = ["figures", "row", "label"];
const TRENDS_KEYS: [&str; 2] = ["limit", "figures"];
const PARTNER_KEYS: [&str; 1] = ["figures"];
const CHAPTER_KEYS: [&str; 4] = ["id", "title", "text", "figure"];
/// The keys of a figure.
pub const FIGURE_KEYS: [&str; 5] = ["table", "measure", "chart", "title", "note"];
/// The keys of a table specification.
pub const TABLE_KEYS: [&str; 10] = [
    "id",
    "kind",
    "rows",
    "columns",
    "value",
    "universe",
    "universe_label",
    "wave",
    "count",
    "weighted",
];

/// Lists the keys that are not known.
pub(super) fn confront_keys(file: &str, text: &str) -> Vec<DefinitionProblem> {
    let table = match DeTable::parse(text) {
        Ok(table) => table,
        Err(error) => {
            let line = error.span().map_or(0, |span| line_at(text, span.start));
            return vec![DefinitionProblem::not_readable(file, line, error.message())];
        }
    };
    let mut walk = Walk { file, text, problems: Vec::new() };
    walk.report(table.get_ref());
    walk.problems
}

struct Walk<'a> {
    file: &'a str,
    text: &'a str,
    problems: Vec<DefinitionProblem>,
}

impl Walk<'_> {
    fn report(&mut self, table: &DeTable<'_>) {
        self.keys(table, &REPORT_KEYS);
        for (key, known) in [("trends", &TRENDS_KEYS[..]), ("partner_edition", &PARTNER_KEYS[..])] {
            if let Some(inner) = table.get(key).and_then(|value| as_table(value)) {
                self.keys(inner, known);
            }
        }
        if let Some(portrait) = table.get("portrait").and_then(as_table) {
            self.keys(portrait, &PORTRAIT_KEYS);
            for line in tables(portrait, "lines") {
                self.keys(line, &LINE_KEYS);
            }
        }
        for chapter in tables(table, "chapter") {
            self.keys(chapter, &CHAPTER_KEYS);
            for figure in tables(chapter, "figure") {
                self.keys(figure, &FIGURE_KEYS);
                if let Some(spec) = figure.get("table").and_then(as_table) {
                    self.keys(spec, &TABLE_KEYS);
                }
            }
        }
    }

    fn keys(&mut self, table: &DeTable<'_>, known: &[&str]) {
        for key in table.keys() {
            let name: &str = key.get_ref();
            if !known.contains(&name) {
                let line = line_at(self.text, key.span().start);
                self.problems.push(DefinitionProblem::unknown_key(self.file, line, name, known));
            }
        }
    }
}

fn as_table<'a, 'text>(value: &'a Spanned<DeValue<'text>>) -> Option<&'a DeTable<'text>> {
    value.get_ref().as_table()
}

fn tables<'a, 'text>(
    table: &'a DeTable<'text>,
    key: &str,
) -> impl Iterator<Item = &'a DeTable<'text>> {
    table
        .get(key)
        .and_then(|value| value.get_ref().as_array())
        .into_iter()
        .flat_map(|array| array.iter())
        .filter_map(as_table)
}

/// Writes into every figure the line it begins at.
pub(super) fn mark_lines(text: &str, definition: &mut Definition) {
    let Ok(table) = DeTable::parse(text) else { return };
    let lines: Vec<usize> = tables(table.get_ref(), "chapter")
        .flat_map(|chapter| tables(chapter, "figure"))
        .map(|figure| figure.get("table").map_or(0, |value| line_at(text, value.span().start)))
        .collect();
    let figures = definition.chapters.iter_mut().flat_map(|chapter| &mut chapter.figures);
    for (figure, line) in figures.zip(lines) {
        figure.line = line;
    }
}

/// Lists ids that are used twice or cannot name a file, and figures that are named but do not exist.
pub(super) fn confront_names(file: &str, definition: &Definition) -> Vec<DefinitionProblem> {
    let mut problems = Vec::new();
    let mut seen = BTreeSet::new();
    for figure in definition.figures() {
        if !names_a_file(figure.id()) {
            problems.push(DefinitionProblem::wrong_id(file, figure.line, figure.id()));
        }
        if let Some(chart) = &figure.chart
            && kinds::by_name(chart).is_none()
        {
            problems.push(DefinitionProblem::unknown_chart(file, figure.line, chart));
        }
        if !seen.insert(figure.id()) {
            problems.push(DefinitionProblem::repeated_id(file, figure.line, figure.id()));
        }
    }
    let mut chapters = BTreeSet::new();
    for chapter in &definition.chapters {
        let line = chapter.figures.first().map_or(0, |figure| figure.line);
        if !names_a_file(&chapter.id) {
            problems.push(DefinitionProblem::wrong_id(file, line, &chapter.id));
        }
        if !chapters.insert(chapter.id.as_str()) {
            problems.push(DefinitionProblem::repeated_id(file, line, &chapter.id));
        }
    }
    let known: Vec<&str> = definition.figures().map(super::FigureDefinition::id).collect();
    let of_portrait = definition.portrait.lines.iter().flat_map(|line| &line.figures);
    let named = definition.trends.figures.iter().chain(&definition.partner_edition.figures);
    for id in named.chain(of_portrait) {
        if !known.contains(&id.as_str()) {
            problems.push(DefinitionProblem::unknown_figure(file, id, &known));
        }
    }
    for figure in definition.figures().filter(|figure| definition.has_partner_table(figure.id())) {
        if let Some(other) = definition.figure(&partner_table_id(figure.id()))
            && !is_partner_table_of(figure, other)
        {
            problems.push(DefinitionProblem::takes_the_place(file, other.line, figure.id()));
        }
        let table = &figure.table;
        if table.kind != "frequency" || table.columns.is_some() || !is_one_wave(&table.wave) {
            problems.push(DefinitionProblem::not_split(file, figure.line, figure.id()));
        }
    }
    problems
}

/// Says whether a figure is the table by partner that the editions of partners would have of another.
fn is_partner_table_of(figure: &FigureDefinition, other: &FigureDefinition) -> bool {
    let made = TableSpec {
        id: other.table.id.clone(),
        columns: Some(Axis::PARTNER.to_owned()),
        ..figure.table.clone()
    };
    made == other.table
}

fn names_a_file(id: &str) -> bool {
    !id.is_empty()
        && id.len() <= 64
        && id.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'))
}

/// Returns the line of a byte of the text, from 1.
pub(super) fn line_at(text: &str, byte: usize) -> usize {
    1 + text.bytes().take(byte).filter(|byte| *byte == b'\n').count()
}
