//! A rehearsal of tables before there are records: what a specification names is looked up by the same code that will count.
//!
//! The caseload of a rehearsal has two persons of whom nothing is known, each in every wave. So no name is confronted twice in two ways,
//! and what only records can lack (a second wave, episodes) is no fault of the specification.

use std::sync::Arc;

use catalyse_codebook::{Codebook, Grain, Value};
use catalyse_disclose::{Role, TableSpec};
use catalyse_locale::Message;
use catalyse_records::{
    BatchBuilder, Chunk, ChunkBuilder, Findings, Layout, Ledger, SourceIndex, Table,
};
use polars::error::PolarsResult;

use crate::{Caseload, TabulateError, tabulate};

/// Holds what a rehearsal of specifications says.
#[derive(Debug)]
pub struct Rehearsal {
    /// What is wrong, with the index of each specification: an unknown kind, variable, wave or form, a condition that cannot be used,
    /// axes that do not fit the kind.
    pub faults: Vec<(usize, Message)>,
    /// The categories in the rows of each table; none where only records can tell them.
    pub rows: Vec<Vec<String>>,
}

/// Rehearses tables.
///
/// # Errors
/// The study has no waves, or the engine fails.
pub fn rehearse(codebook: &Codebook, specs: &[TableSpec]) -> Result<Rehearsal, TabulateError> {
    let repeats = codebook.forms.iter().filter(|form| form.grain == Grain::Repeat);
    let repeats = repeats.map(|form| Table::Repeat(form.name.clone()));
    let mut builder = BatchBuilder::new();
    for table in std::iter::once(Table::Main).chain(repeats) {
        builder.push(unknown_persons(codebook, table)?);
    }
    let batch = builder.finish(codebook, Arc::default(), Findings::default(), Ledger::default())?;
    let caseload = Caseload::new(codebook, &batch)?;
    let (mut faults, mut rows) = (Vec::new(), Vec::with_capacity(specs.len()));
    for (index, spec) in specs.iter().enumerate() {
        let made = tabulate(&caseload, spec);
        // All waves have records here, so that a variable which is not asked in its table's wave never is.
        if let Err(error @ (TabulateError::Specification { .. } | TabulateError::NotAsked { .. })) =
            &made
        {
            faults.push((index, error.message()));
        }
        let headings = made.into_iter().flat_map(|table| table.rows.headings);
        let headings = headings.filter(|heading| heading.role == Role::Category);
        rows.push(headings.map(|heading| heading.key).collect());
    }
    Ok(Rehearsal { faults, rows })
}

/// Makes two rows of each wave, all of whose answers are missing.
fn unknown_persons(codebook: &Codebook, table: Table) -> PolarsResult<Chunk> {
    const PERSONS: [&str; 2] = ["one", "other"];
    let study = &codebook.study;
    let layout = Layout::new(codebook, table)?;
    let n_partners = study.partners.len().max(1);
    let waves = 0..study.waves.len() as u16;
    let rows: Vec<(u16, usize)> =
        waves.flat_map(|wave| (0..PERSONS.len()).map(move |person| (wave, person))).collect();
    let mut chunk = ChunkBuilder::new(codebook, &layout, rows.len())?;
    for row in 1..=rows.len() as u32 {
        chunk.begin_row(row);
    }
    for (index, name) in layout.variables.iter().enumerate() {
        let Some(column) = chunk.column(index) else { continue };
        for (wave, person) in &rows {
            if *name == study.person {
                column.push_value(Value::Text(PERSONS.get(*person).copied().unwrap_or("").into()));
            } else if *name == study.wave {
                column.push_value(Value::Code(*wave));
            } else if *name == study.partner {
                column.push_value(Value::Code((person % n_partners) as u16));
            } else {
                column.push_missing(None);
            }
        }
    }
    chunk.finish(SourceIndex(0))
}

#[cfg(test)]
mod tests {
    use catalyse_disclose::TableSpec;
    use catalyse_locale::Language;
    use catalyse_testkit::StudyText;

    use super::rehearse;

    fn faults(specs: &[&str]) -> Vec<(usize, String)> {
        let study = StudyText::new()
            .list("housing", "rent own")
            .variable("housing select_one housing")
            .variable("rooms integer")
            .form("jobs", "repeat")
            .variable("hours integer")
            .open();
        let spec = |text: &&str| -> TableSpec {
            toml::from_str(&format!("id = \"t\"\n{text}")).expect("a specification")
        };
        let specs: Vec<TableSpec> = specs.iter().map(spec).collect();
        let faults = rehearse(&study, &specs).expect("the study has waves");
        let told = faults.faults.into_iter();
        told.map(|(index, message)| (index, message.say(Language::En))).collect()
    }

    #[test]
    fn the_rows_of_a_table_are_known_before_there_are_records() {
        let study = StudyText::new()
            .list("housing", "rent own")
            .variable("housing select_one housing")
            .open();
        let text = "id = \"t\"\nkind = \"frequency\"\nrows = \"housing\"";
        let spec: TableSpec = toml::from_str(text).expect("a specification");
        let rows = rehearse(&study, &[spec]).expect("the study has waves").rows;
        let [rows] = &rows[..] else { panic!("{rows:?}") };
        assert_eq!(rows[..], ["rent", "own"]);
    }

    #[test]
    fn what_the_study_has_is_no_fault() {
        assert_eq!(
            faults(&[
                "kind = \"frequency\"\nrows = \"housing\"\ncolumns = \"partner\"",
                "kind = \"frequency\"\nrows = \"housing\"\ncolumns = \"wave\"\nwave = \"each\"",
                "kind = \"change\"\nrows = \"housing\"\nwave = \"first-and-last\"",
                "kind = \"summary\"\nrows = \"housing\"\nvalue = \"rooms\"",
                "kind = \"summary\"\nrows = \"partner\"\nvalue = \"hours\"\ncount = \"jobs\"",
                "kind = \"frequency\"\nrows = \"housing\"\nuniverse = \"rooms > 2\"",
            ]),
            []
        );
    }

    #[test]
    fn every_wrong_name_is_told_with_the_nearest() {
        let wrong = [
            ("kind = \"frequencies\"\nrows = \"housing\"", "unknown kind `frequencies`"),
            (
                "kind = \"frequency\"\nrows = \"housin\"",
                "no variable `housin`. The nearest name: `housing`",
            ),
            ("kind = \"frequency\"\nrows = \"housing\"\ncolumns = \"room\"", "`room`"),
            (
                "kind = \"summary\"\nrows = \"housing\"\nvalue = \"romos\"",
                "The nearest name: `rooms`",
            ),
            (
                "kind = \"frequency\"\nrows = \"housing\"\nuniverse = \"housing = 'rented'\"",
                "'rented'",
            ),
            ("kind = \"frequency\"\nrows = \"housing\"\ncount = \"job\"", "`job`"),
            ("kind = \"frequency\"\nrows = \"housing\"\nwave = \"w9\"", "`w9`"),
        ];
        for (spec, part) in wrong {
            let found = faults(&["kind = \"frequency\"\nrows = \"housing\"", spec]);
            let [(1, said)] = &found[..] else { panic!("{spec}: {found:?}") };
            assert!(said.contains(part), "{spec}: {said}");
        }
    }
}
