//! Which sheets of a file are read: those whose header speaks the study's language.

use catalyse_codebook::Severity;
use catalyse_locale::{Args, Message, Wording};

use crate::IntakeError;
use crate::columns::heads::Heads;
use crate::csv::dialect::name_of;
use crate::formats::{Rows, SheetHead, Sheets};
use crate::limits::HEADER_ROWS;
use crate::notice;
use crate::sheet::block::{Block, Cells};
use crate::sheet::header::{self, Header};
use crate::sheet::recognised::Recognised;

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
    let mut nearest: Option<Recognised> = None;
    let (mut holds_anything, mut one_column) = (false, None);
    for (index, head) in sheets.list().into_iter().enumerate() {
        let mut one = Chosen { head, header: None, notice: None };
        let looked = look_at(sheets, index, heads, person);
        holds_anything |= !matches!(looked, Ok(Looked::Empty));
        if one.head.is_hidden {
            // A hidden list of codes is how templates are made; hidden persons are a reason to ask.
            let speaks = matches!(looked, Ok(Looked::Header(header, _)) if header.names_person);
            let severity = if speaks { Severity::Soft } else { Severity::Info };
            one.say("sheet-hidden", severity, &notice::SHEET_HIDDEN);
        } else {
            match looked {
                Ok(Looked::Header(header, width)) => one.header = Some((header, width)),
                Ok(Looked::Nearly(recognised)) => {
                    one.say_not_read(Some(&recognised));
                    nearest.get_or_insert(recognised);
                }
                Ok(Looked::OneColumn(mark)) => {
                    one.say_not_read(None);
                    one_column = Some(mark);
                }
                Ok(Looked::Nothing | Looked::Empty) => one.say_not_read(None),
                Err(error) => {
                    one.say("sheet-damaged", Severity::Hard, &notice::SHEET_DAMAGED);
                    failure = Some(error);
                }
            }
        }
        chosen.push(one);
    }
    keep_best(&mut chosen, heads, person);
    if !holds_anything {
        return Err(IntakeError::Empty);
    }
    if chosen.iter().all(|one| one.header.is_none()) {
        let other = match one_column {
            Some(mark) => IntakeError::OneColumn(name_of(mark)),
            None => IntakeError::NoHeader(nearest.map(Box::new)),
        };
        return Err(failure.unwrap_or(other));
    }
    Ok(chosen)
}

impl Chosen {
    /// Says why a sheet is not read: no header, or heads of the study without the person.
    fn say_not_read(&mut self, recognised: Option<&Recognised>) {
        let sheet = self.head.name.clone().unwrap_or_default();
        match recognised.and_then(|recognised| recognised.without_person(&sheet)) {
            Some(message) => {
                self.notice = Some(("sheet-without-person", Severity::Soft, message));
            }
            None => self.say("sheet-other", Severity::Info, &notice::SHEET_OTHER),
        }
    }

    fn say(&mut self, check: &'static str, severity: Severity, wording: &Wording) {
        let sheet = self.head.name.clone().unwrap_or_default();
        self.notice = Some((check, severity, wording.with(Args::new().text("sheet", sheet))));
    }
}

/// Where some sheet names the person, a sheet that does not is no table of the study; else only the one that names most is. A sheet that
/// names the person alone among other heads, beside one that names more, is a list of something else: « Code, Libellé ».
fn keep_best(chosen: &mut [Chosen], heads: &Heads<'_>, person: usize) {
    let headers = || chosen.iter().filter_map(|one| one.header.as_ref()).map(|(header, _)| header);
    let has_person = headers().any(|header| header.names_person);
    let most = headers().map(|header| header.n_named).max().unwrap_or(0);
    let mut is_found = false;
    for one in chosen {
        let Some((header, _)) = &one.header else { continue };
        let is_list = most > 1 && header.n_named == 1 && header.heads.len() > 1;
        let stays = if has_person {
            header.names_person && !is_list
        } else {
            header.n_named == most && !is_found
        };
        is_found |= stays;
        if !stays {
            let recognised = Recognised::of(header.row, &header.heads, heads, person);
            one.header = None;
            one.say_not_read(Some(&recognised));
        }
    }
}

/// Says what the first rows of a sheet are.
enum Looked {
    /// A header, and how many cells its row has.
    Header(Header, u32),
    /// No header, but a row that names something of the study.
    Nearly(Recognised),
    /// Rows of one cell each, in which this mark parts heads of the study.
    OneColumn(u8),
    Nothing,
    /// Not one cell.
    Empty,
}

fn look_at(
    sheets: &mut dyn Sheets,
    index: usize,
    heads: &Heads<'_>,
    person: usize,
) -> Result<Looked, IntakeError> {
    let mut rows = sheets.rows(index)?;
    let Some(block) = first_rows(rows.as_mut())? else { return Ok(Looked::Empty) };
    let Some(header) = header::find(&block, heads, person) else {
        if (0..block.rows.len()).all(|row_index| block.filled(row_index).next().is_none()) {
            return Ok(Looked::Empty);
        }
        if let Some(mark) = header::mark_within_cells(&block, heads) {
            return Ok(Looked::OneColumn(mark));
        }
        let nearly = header::nearly(&block, heads);
        return Ok(nearly.map_or(Looked::Nothing, |(row, found)| {
            Looked::Nearly(Recognised::of(row, &found, heads, person))
        }));
    };
    let row_index = block.rows.iter().position(|row| row.number == header.row);
    let width = row_index.map_or(0, |row_index| block.cells_of(row_index).len() as u32);
    Ok(Looked::Header(header, width))
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
