//! Tables as a reader has them: the headings and counts of `tables/*.json`, and who is counted in each cell.
//!
//! Nothing but these files, the report definition and the study's forms is used here, all of which a reader has.

use std::collections::BTreeSet;

use catalyse_codebook::{Codebook, VariableName};
use catalyse_disclose::{Role, TableSpec, Tabulation};
use serde_json::Value;

use crate::repository::ending;
use crate::sample::files_of;

/// Names who is counted: what holds for them all, and the waves they were seen in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Name {
    /// `w4`; `both:licence` for those who answered in both waves; `value:age` for those with a value.
    pub(super) universe: String,
    /// `licence=none`, `licence answered`, `licence asked`.
    pub(super) conditions: BTreeSet<String>,
}

impl Name {
    /// Names the persons of the last wave for whom all of this holds.
    pub(super) fn last_wave(conditions: &[&str]) -> Self {
        let conditions = conditions.iter().map(|condition| (*condition).to_owned()).collect();
        Self { universe: "w4".to_owned(), conditions }
    }

    /// Names those for whom one more thing holds.
    pub(super) fn and(&self, condition: &str) -> Self {
        let mut wider = self.clone();
        wider.conditions.insert(condition.to_owned());
        wider
    }

    /// Says whose persons are counted, if they are those of one partner.
    pub(super) fn partner(&self) -> Option<&str> {
        self.conditions.iter().find_map(|condition| condition.strip_prefix("partner="))
    }
}

/// Holds one heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Head {
    /// `category`, `answered`, `missing`, `total`.
    pub(super) role: String,
    /// The code.
    pub(super) code: String,
}

/// Holds one table, printed or true.
pub(super) struct Table {
    pub(super) id: String,
    pub(super) kind: String,
    pub(super) rows: Vec<Head>,
    pub(super) columns: Vec<Head>,
    /// Whether a person stands in one row only.
    pub(super) has_exclusive_rows: bool,
    /// Whether the columns are all there are: a partner's edition has only its own, and waves add up to nothing.
    pub(super) has_all_columns: bool,
    /// Who is counted and how many, row-major.
    pub(super) cells: Vec<(Name, i64)>,
}

/// Reads the tables of a folder, and of all editions below it.
pub(super) fn printed(
    folder: &std::path::Path,
    specs: &[TableSpec],
    codebook: &Codebook,
) -> Vec<Table> {
    let files = files_of(folder).into_iter().filter(|(name, _)| ending(name) == "json");
    files
        .map(|(name, bytes)| {
            let json: Value = serde_json::from_slice(&bytes).expect("a table is JSON");
            of_json(&json, specs, codebook)
                .unwrap_or_else(|| panic!("{name} is no table of the report"))
        })
        .collect()
}

fn of_json(json: &Value, specs: &[TableSpec], codebook: &Codebook) -> Option<Table> {
    let id = json.get("id")?.as_str()?;
    let cells = json.get("cells")?.as_array()?;
    let heads = |side: &str| {
        let text = |cell: &Value, key: &str| {
            cell.get(format!("{side}_{key}")).and_then(Value::as_str).unwrap_or_default().to_owned()
        };
        let mut heads: Vec<Head> = Vec::new();
        for cell in cells {
            let head = Head { role: text(cell, "role"), code: text(cell, "code") };
            if !heads.contains(&head) {
                heads.push(head);
            }
        }
        heads
    };
    let spec = specs.iter().find(|spec| spec.id == id)?;
    let counts = cells.iter().map(|cell| {
        let count = cell.get("n_with_value").or_else(|| cell.get("count"));
        count.and_then(Value::as_i64).expect("the policy hides no count")
    });
    let (rows, columns) = (heads("row"), heads("column"));
    let partners: Vec<&str> =
        codebook.study.partners.iter().map(|partner| partner.id.as_str()).collect();
    let is_by_partner = columns.iter().any(|head| partners.contains(&head.code.as_str()));
    let mut spec = spec.clone();
    if is_by_partner {
        spec.columns = Some("partner".to_owned());
    }
    let n_partners = columns.iter().filter(|head| partners.contains(&head.code.as_str())).count();
    let mut table = table(&spec, (rows, columns), counts.collect(), codebook);
    table.has_exclusive_rows = json.get("rows_exclude_each_other")?.as_bool()?;
    table.has_all_columns &= !is_by_partner || n_partners == partners.len();
    Some(table)
}

/// Writes a true table as if it were printed.
pub(super) fn of_truth(tabulation: &Tabulation, spec: &TableSpec, codebook: &Codebook) -> Table {
    let heads = |axis: &catalyse_disclose::Axis| -> Vec<Head> {
        let role = |role| match role {
            Role::Category => "category",
            Role::Answered => "answered",
            Role::Missing => "missing",
            Role::Total => "total",
        };
        let heads = axis.headings.iter();
        heads
            .map(|head| Head { role: role(head.role).to_owned(), code: head.key.clone() })
            .collect()
    };
    let counts = tabulation
        .cells
        .iter()
        .map(|cell| cell.summary.as_ref().map_or(cell.count, |summary| summary.n).cast_signed());
    let heads = (heads(&tabulation.rows), heads(&tabulation.columns));
    let mut table = table(spec, heads, counts.collect(), codebook);
    table.has_exclusive_rows = tabulation.rows.is_exclusive;
    table
}

fn table(
    spec: &TableSpec,
    (rows, columns): (Vec<Head>, Vec<Head>),
    counts: Vec<i64>,
    codebook: &Codebook,
) -> Table {
    let names: Vec<Name> = rows
        .iter()
        .flat_map(|row| columns.iter().map(|column| name(spec, row, column, codebook)))
        .collect();
    assert_eq!(names.len(), counts.len(), "{} has one cell for each row and column", spec.id);
    let is_summed = !matches!(spec.columns.as_deref(), None | Some("wave"));
    Table {
        id: spec.id.clone(),
        kind: spec.kind.clone(),
        rows,
        columns,
        has_exclusive_rows: true,
        has_all_columns: is_summed || spec.kind == "transition",
        cells: names.into_iter().zip(counts).collect(),
    }
}

fn name(spec: &TableSpec, row: &Head, column: &Head, codebook: &Codebook) -> Name {
    let mut conditions = BTreeSet::new();
    let rows = spec.rows.as_str();
    let universe = match spec.kind.as_str() {
        "change" => {
            conditions.extend(
                condition(&format!("{rows}@{}", column.code), row)
                    .filter(|_| row.role == "category"),
            );
            format!("both:{rows}")
        }
        "transition" => {
            for (wave, head) in [("w1", row), ("w4", column)] {
                conditions.extend(
                    condition(&format!("{rows}@{wave}"), head).filter(|_| head.role == "category"),
                );
            }
            format!("both:{rows}")
        }
        "summary" => {
            let value = spec.value.as_deref().unwrap_or_default();
            match row.role.as_str() {
                "category" => conditions.extend(condition(rows, row)),
                "answered" => {}
                // Those without a value, and everybody whom both questions concern.
                _ => {
                    let asked = [rows, value].into_iter().filter(|of| is_skippable(codebook, of));
                    conditions.extend(asked.map(|of| format!("{of} asked")));
                    conditions.extend(condition(value, row));
                }
            }
            let is_of_value = ["category", "answered"].contains(&row.role.as_str());
            if is_of_value { format!("value:{value}") } else { "w4".to_owned() }
        }
        _ => {
            let by_wave = spec.columns.as_deref() == Some("wave");
            let columns = spec.columns.as_deref().filter(|_| !by_wave);
            for (variable, head) in [(Some(rows), row), (columns, column)] {
                let Some(variable) = variable else { continue };
                let is_skippable = is_skippable(codebook, variable);
                conditions.extend(
                    condition(variable, head)
                        .or_else(|| is_skippable.then(|| format!("{variable} asked"))),
                );
            }
            let wave = if by_wave { column.code.as_str() } else { "w4" };
            spec.count.as_ref().map_or_else(|| wave.to_owned(), |form| format!("rows:{form}"))
        }
    };
    Name { universe, conditions }
}

/// Says what holds for those under a heading; nothing for everybody.
fn condition(variable: &str, head: &Head) -> Option<String> {
    match head.role.as_str() {
        "total" => None,
        "answered" => Some(format!("{variable} answered")),
        "missing" => Some(format!("{variable} missing:{}", head.code)),
        _ => Some(format!("{variable}={}", head.code)),
    }
}

fn is_skippable(codebook: &Codebook, variable: &str) -> bool {
    let name = VariableName::new(variable).ok();
    name.and_then(|name| codebook.variable(&name)?.relevant.as_ref()).is_some()
}
