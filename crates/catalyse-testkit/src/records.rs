//! Tables as text: a head of variable names, a line a record, cells parted by `|`.
//!
//! An empty cell is empty, `?refused` is empty with a reason, and what cannot be read as its type becomes empty and to be checked, as
//! in a delivery. The head is row 1.

use std::collections::BTreeMap;
use std::sync::Arc;

use catalyse_codebook::{Codebook, ListIndex, MissingReason, RawCell, ReadAs, VariableName};
use catalyse_records::{
    Batch, BatchBuilder, Chunk, ChunkBuilder, Findings, Layout, Ledger, Source, SourceIndex, Table,
};

/// Makes a chunk of a table of text.
///
/// # Panics
/// The head names a variable that the table does not have, or a reason is none.
pub fn chunk(codebook: &Codebook, table: &Table, text: &str) -> Chunk {
    let layout = Layout::new(codebook, table.clone()).expect("the code lists are right");
    let mut lines = text.trim().lines();
    let heads = cells(lines.next().unwrap_or_default());
    for head in &heads {
        let is_known = layout.variables.iter().any(|name| name.as_str() == *head);
        assert!(is_known || head.is_empty(), "`{head}` is no variable of {table:?}");
    }
    let lists: Vec<Option<ListIndex<'_>>> = layout
        .variables
        .iter()
        .map(|name| codebook.list_of(codebook.variable(name)?).map(ListIndex::new))
        .collect();
    let mut builder = ChunkBuilder::new(codebook, &layout, 0).expect("the code lists are right");
    for (line, row) in lines.zip(2_u32..) {
        let cells = cells(line);
        builder.begin_row(row);
        for (index, name) in layout.variables.iter().enumerate() {
            let place = heads.iter().position(|head| *head == name.as_str());
            let cell = place.and_then(|place| cells.get(place).copied()).unwrap_or_default();
            let column = builder.column(index).expect("a column a variable");
            if let Some(reason) = cell.strip_prefix('?') {
                let reason = MissingReason::from_name(reason).expect("a reason");
                column.push_missing(Some(reason));
                continue;
            }
            if cell.is_empty() {
                column.push_missing(None);
                continue;
            }
            let variable = codebook.variable(name).expect("a variable of the layout");
            let list = lists.get(index).and_then(Option::as_ref);
            match variable.value_type.read(RawCell::Text(cell), ReadAs::default(), list) {
                Ok(value) => column.push_value(value),
                Err(_) => column.push_missing(Some(MissingReason::ToCheck)),
            }
        }
    }
    builder.finish(SourceIndex(0)).expect("every code is in its list")
}

/// Makes the source of a table of text: its columns are those of the head.
pub fn source(text: &str) -> Source {
    let heads = cells(text.trim().lines().next().unwrap_or_default());
    let columns: BTreeMap<VariableName, u32> = heads
        .into_iter()
        .zip(0_u32..)
        .filter_map(|(head, column)| Some((VariableName::new(head).ok()?, column)))
        .collect();
    Source { file: "test.csv".to_owned(), sheet: None, columns, joined: None }
}

/// Makes a batch of tables of text, each its own source.
///
/// # Panics
/// As of [`chunk`].
pub fn batch(codebook: &Codebook, tables: &[(Table, &str)]) -> Batch {
    let mut builder = BatchBuilder::new();
    let mut sources = Vec::new();
    for ((table, text), index) in tables.iter().zip(0_u32..) {
        let mut chunk = chunk(codebook, table, text);
        chunk.source = SourceIndex(index);
        builder.push(chunk);
        sources.push(source(text));
    }
    let sources = Arc::new(sources);
    let findings = Findings::new(Arc::clone(&sources));
    builder
        .finish(codebook, sources, findings, Ledger::default())
        .expect("the chunks have the layout of their tables")
}

fn cells(line: &str) -> Vec<&str> {
    line.split('|').map(str::trim).collect()
}
