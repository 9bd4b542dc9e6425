//! Which sheets of a file are read: those whose header speaks the study's language.

use catalyse_codebook::Severity;
use catalyse_locale::{Args, Message, Wording};

use crate::IntakeError;
use crate::columns::heads::Heads;
use crate::formats::{Rows, SheetHead, Sheets};
use crate::limits::HEADER_ROWS;
use crate::notice;
use crate::sheet::block::{Block, Cells};
use crate::sheet::header::{self, Header};

/// Holds a sheet and what is to be done with it.
pub(crate) struct Chosen {
    pub(crate) head: SheetHead,
    /// Its header and the cells of the header's row, if it is read.
    pub(crate) header: Option<(Header, u32)>,
    /// What is to be said if it is not.
    pub(crate) notice: Option<(&'static str, Severity, Message)>,
}

/// Looks at the first rows of every sheet that is not hidden.
///
/// # Errors
/// No sheet has a header, or the only sheet is damaged.
pub(crate) fn choose(
    sheets: &mut dyn Sheets,
    heads: &Heads<'_>,
    person: usize,
) -> Result<Vec<Chosen>, IntakeError> {
    let mut chosen = Vec::new();
    let mut failure = None;
    for (index, head) in sheets.list().into_iter().enumerate() {
        let mut one = Chosen { head, header: None, notice: None };
        if one.head.is_hidden {
            // A hidden list of codes is how templates are made; hidden persons are a reason to ask.
            let speaks = matches!(look_at(sheets, index, heads, person), Ok(Some((header, _))) if header.names_person);
            let severity = if speaks { Severity::Soft } else { Severity::Info };
            one.say("sheet-hidden", severity, &notice::SHEET_HIDDEN);
        } else {
            match look_at(sheets, index, heads, person) {
                Ok(Some(header)) => one.header = Some(header),
                Ok(None) => one.say("sheet-other", Severity::Info, &notice::SHEET_OTHER),
                Err(error) => {
                    one.say("sheet-damaged", Severity::Hard, &notice::SHEET_DAMAGED);
                    failure = Some(error);
                }
            }
        }
        chosen.push(one);
    }
    keep_best(&mut chosen);
    if chosen.iter().all(|one| one.header.is_none()) {
        return Err(failure.unwrap_or(IntakeError::NoHeader));
    }
    Ok(chosen)
}

impl Chosen {
    fn say(&mut self, check: &'static str, severity: Severity, wording: &Wording) {
        let sheet = self.head.name.clone().unwrap_or_default();
        self.notice = Some((check, severity, wording.with(Args::new().text("sheet", sheet))));
    }
}

/// Where some sheet names the person, a sheet that does not is no table of the study; else only the one that names most is.
fn keep_best(chosen: &mut [Chosen]) {
    let headers = || chosen.iter().filter_map(|one| one.header.as_ref()).map(|(header, _)| header);
    let has_person = headers().any(|header| header.names_person);
    let most = headers().map(|header| header.n_named).max().unwrap_or(0);
    let mut is_found = false;
    for one in chosen {
        let Some((header, _)) = &one.header else { continue };
        let stays =
            if has_person { header.names_person } else { header.n_named == most && !is_found };
        is_found |= stays;
        if !stays {
            one.header = None;
            one.say("sheet-other", Severity::Info, &notice::SHEET_OTHER);
        }
    }
}

fn look_at(
    sheets: &mut dyn Sheets,
    index: usize,
    heads: &Heads<'_>,
    person: usize,
) -> Result<Option<(Header, u32)>, IntakeError> {
    let mut rows = sheets.rows(index)?;
    let Some(block) = first_rows(rows.as_mut())? else { return Ok(None) };
    let header = header::find(&block, heads, person);
    Ok(header.map(|header| {
        let width = block
            .rows
            .iter()
            .position(|row| row.number == header.row)
            .map_or(0, |row_index| block.cells_of(row_index).len() as u32);
        (header, width)
    }))
}

/// Returns the first block; text files give enough rows in one, workbooks too.
fn first_rows(rows: &mut dyn Rows) -> Result<Option<Block>, IntakeError> {
    let Some(mut block) = rows.next_block()? else { return Ok(None) };
    while block.rows.len() < HEADER_ROWS {
        let Some(next) = rows.next_block()? else { break };
        append(&mut block, next);
    }
    Ok(Some(block))
}

/// Puts a block below another: long first rows may fill more than one.
fn append(block: &mut Block, next: Block) {
    let shift = block.text.len() as u32;
    let move_span = |span: crate::sheet::block::Span| crate::sheet::block::Span {
        start: span.start + shift,
        end: span.end + shift,
    };
    let n_cells = block.cells_of(block.rows.len()).start as u32;
    match (&mut block.cells, next.cells) {
        (Cells::Texts(cells), Cells::Texts(more)) => cells.extend(more.into_iter().map(move_span)),
        (Cells::Typed(cells), Cells::Typed(more)) => {
            cells.extend(more.into_iter().map(|cell| cell.moved(shift)));
        }
        (Cells::Texts(_), Cells::Typed(_)) | (Cells::Typed(_), Cells::Texts(_)) => return,
    }
    block.text.push_str(&next.text);
    block.rows.extend(
        next.rows
            .into_iter()
            .map(|row| crate::sheet::block::Row { first_cell: row.first_cell + n_cells, ..row }),
    );
}
