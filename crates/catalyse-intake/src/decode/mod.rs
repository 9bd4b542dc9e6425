//! From raw cells to typed columns: each column of a block after the other, so that the type's code and the list stay in the cache.

pub(crate) mod column;
pub(crate) mod memory;
pub(crate) mod pool;
pub(crate) mod sift;

use std::collections::BTreeMap;

use catalyse_codebook::{CheckId, Severity, Value};
use catalyse_locale::{Args, Message, Wording};
use catalyse_records::{Cause, Chunk, ChunkBuilder, Findings, Unread, column_letters};

use crate::IntakeError;
use crate::columns::plan::{ColumnPlan, From, Plan};
use crate::decode::column::{Kept, Miss, decode_categories, decode_column, raw_text};
use crate::decode::memory::Memory;
use crate::decode::sift::{Account, Fate, Reason, fate};
use crate::notice;
use crate::sheet::block::{Block, Cells, OddityKind};

/// Holds what some blocks became.
pub(crate) struct Decoded {
    pub(crate) chunk: Option<Chunk>,
    pub(crate) findings: Findings,
    pub(crate) unread: Vec<Unread>,
    pub(crate) account: Account,
    /// How many cells stand in columns without a head.
    pub(crate) headless: BTreeMap<u32, u64>,
}

/// Decodes blocks into one chunk. The memories are those of the columns, kept from chunk to chunk of one sheet.
///
/// # Errors
/// The study cannot be laid out.
pub(crate) fn decode(
    plan: &Plan<'_>,
    blocks: &[Block],
    memories: &mut Vec<Memory>,
) -> Result<Decoded, IntakeError> {
    memories.resize_with(plan.columns.len(), Memory::default);

    let study_error = |error: &dyn std::fmt::Display| IntakeError::Study(error.to_string());
    let n_rows = blocks.iter().map(|block| block.rows.len()).sum();
    let chunk = ChunkBuilder::new(plan.codebook, &plan.layout, n_rows)
        .map_err(|error| study_error(&error))?;
    let mut decoder = Decoder {
        plan,
        chunk,
        findings: Findings::default(),
        unread: Vec::new(),
        account: Account::default(),
        headless: BTreeMap::new(),
        causes: BTreeMap::new(),
    };
    for block in blocks {
        decoder.take(block, memories);
    }
    let Decoder { chunk, findings, unread, account, headless, .. } = decoder;
    let chunk = match chunk.n_rows() {
        0 => None,
        _ => Some(chunk.finish(plan.source).map_err(|error| study_error(&error))?),
    };
    Ok(Decoded { chunk, findings, unread, account, headless })
}

struct Decoder<'p, 'a> {
    plan: &'p Plan<'a>,
    chunk: ChunkBuilder,
    findings: Findings,
    unread: Vec<Unread>,
    account: Account,
    headless: BTreeMap<u32, u64>,
    /// Causes about rows and cells of the file, each once.
    causes: BTreeMap<(&'static str, Option<u32>), Option<u32>>,
}

impl Decoder<'_, '_> {
    fn take(&mut self, block: &Block, memories: &mut [Memory]) {
        let plan = self.plan;
        self.take_oddities(block);
        let kept = self.sift(block);
        for kept in &kept {
            self.chunk.begin_row(kept.number);
        }
        for (column, memory) in plan.columns.iter().zip(memories) {
            let Some(builder) = self.chunk.column(column.index) else { continue };
            let mut misses = Vec::new();
            match &column.from {
                From::Column(position) => {
                    let builder = (builder, &mut misses);
                    decode_column((block, &kept), column, (*position, memory), builder);
                }
                From::Categories(columns) => {
                    decode_categories((block, &kept), column, columns, (builder, &mut misses));
                }
                From::Constant(code) => {
                    for _ in &kept {
                        builder.push_value(Value::Code(*code));
                    }
                }
            }
            self.report(block, column, &misses);
        }
    }

    /// Sorts the rows and returns those that are kept.
    fn sift(&mut self, block: &Block) -> Vec<Kept> {
        let plan = self.plan;
        let person =
            plan.columns.iter().find(|column| column.variable.name == plan.codebook.study.person);
        let mut kept = Vec::with_capacity(block.rows.len());
        for (row_index, row) in block.rows.iter().enumerate() {
            let mut fate = fate(plan, block, row_index, row.number);
            if fate == Fate::Kept
                && let (Some(person), Some(position)) = (person, plan.person)
                && let Err(reason) = person.variable.value_type.read(
                    block.cell(row_index, position),
                    person.read_as,
                    person.words.list.as_ref(),
                )
            {
                if plan.columns.len() > 1 && block.filled(row_index).nth(1).is_none() {
                    fate = Fate::SetAside(Reason::Note);
                } else {
                    fate = Fate::SetAside(Reason::UnreadablePerson);
                    self.report(
                        block,
                        person,
                        &[Miss {
                            row_index,
                            column: position,
                            reason: reason.0,
                            is_rounded: false,
                        }],
                    );
                }
            }
            self.account.count(fate, row.number);
            match fate {
                Fate::Kept => kept.push(Kept {
                    row_index,
                    number: row.number,
                    cells: block.cells_of(row_index),
                }),
                Fate::SetAside(Reason::NoPerson) => {
                    self.report_no_person(&notice::NO_PERSON, row.number);
                }
                Fate::SetAside(Reason::WordForNoPerson) => {
                    self.report_no_person(&notice::WORD_FOR_NO_PERSON, row.number);
                }
                Fate::Above | Fate::Blank | Fate::SetAside(_) => continue,
            }
            self.look_at_width(block, row_index, row.number);
        }
        kept
    }

    /// Looks for cells without a head and rows of another width than the header.
    fn look_at_width(&mut self, block: &Block, row_index: usize, row: u32) {
        let plan = self.plan;
        let n_cells = block.cells_of(row_index).len() as u32;
        if let (Some(width), Cells::Texts(_)) = (plan.even_width, &block.cells) {
            let n_headed = plan.headed.last().map_or(0, |last| last + 1);
            let is_long =
                n_cells > width && block.filled(row_index).any(|(column, _)| column >= width);
            if is_long {
                self.say("row-too-long", Severity::Soft, notice::ROW_LONG.with(Args::new()), row);
            } else if n_cells < n_headed {
                self.say("row-too-short", Severity::Info, notice::ROW_SHORT.with(Args::new()), row);
            }
            if n_headed == width && !is_long {
                return;
            }
        }
        for (column, _) in block.filled(row_index) {
            if !plan.headed.contains(&column) {
                *self.headless.entry(column).or_default() += 1;
            }
        }
    }

    fn say(&mut self, check: &'static str, severity: Severity, message: Message, row: u32) {
        let Self { causes, findings, .. } = self;
        let cause = *causes.entry((check, None)).or_insert_with(|| {
            notice::file_cause(check, severity, message).map(|cause| findings.cause(cause))
        });
        if let Some(cause) = cause {
            self.findings.add(cause, self.plan.source, row);
        }
    }

    fn report_no_person(&mut self, wording: &Wording, row: u32) {
        let study = &self.plan.codebook.study;
        let Some(person) = self.plan.codebook.variable(&study.person) else { return };
        let cause = Cause {
            check: CheckId::of_variable(&person.name, "required"),
            severity: Severity::Hard,
            variable: Some(person.name.clone()),
            message: wording.with(Args::new().label("label", &person.label)),
        };
        let cause = self.findings.cause(cause);
        self.findings.add(cause, self.plan.source, row);
    }

    /// Turns the cells that could not be read, or not as they stand, into findings, and keeps their texts for their owner.
    fn report(&mut self, block: &Block, column: &ColumnPlan<'_>, misses: &[Miss]) {
        let mut last: Option<(&Message, bool, u32)> = None;
        for miss in misses {
            let Some(row) = block.rows.get(miss.row_index) else { continue };
            let cause = match last {
                Some((message, is_rounded, cause))
                    if *message == miss.reason && is_rounded == miss.is_rounded =>
                {
                    cause
                }
                _ if miss.is_rounded => {
                    self.findings.cause(notice::rounded(column.variable, &miss.reason))
                }
                _ => self.findings.cause(notice::unreadable(
                    column.variable,
                    column.severity,
                    &miss.reason,
                )),
            };
            last = Some((&miss.reason, miss.is_rounded, cause));
            self.findings.add(cause, self.plan.source, row.number);
            self.unread.push(Unread {
                source: self.plan.source,
                row: row.number,
                variable: column.variable.name.clone(),
                text: raw_text(block.cell(miss.row_index, miss.column)),
            });
        }
    }

    fn take_oddities(&mut self, block: &Block) {
        let plan = self.plan;
        for oddity in &block.oddities {
            let is_of_table =
                oddity.row > plan.header_row || oddity.kind == OddityKind::SheetCutOff;
            let is_read = oddity.column.is_none_or(|column| plan.headed.contains(&column));
            if !is_of_table || !is_read {
                continue;
            }
            let Self { causes, findings, .. } = self;
            let cause = *causes.entry((oddity.kind.name(), oddity.column)).or_insert_with(|| {
                let variable = plan.columns.iter().find(|column| {
                    oddity.column.is_some() && column.from.column() == oddity.column
                });
                let letters = oddity.column.map(column_letters).unwrap_or_default();
                let cause = notice::odd(
                    oddity.kind,
                    &letters,
                    variable.map(|column| &column.variable.name),
                );
                cause.map(|cause| findings.cause(cause))
            });
            if let Some(cause) = cause {
                self.findings.add(cause, plan.source, oddity.row);
            }
        }
    }
}
