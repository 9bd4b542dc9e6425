//! Sheets whose rows stay in memory once they were read, so that a small file is unpacked and taken apart once.
//!
//! A sheet is gone through three times: for its header, for how its columns are written, for its records. What goes beyond the limits
//! is streamed anew each time, so that memory does not grow with the file.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::io::SeekFrom;

use catalyse_codebook::{DateSystem, DecimalMark};
use catalyse_locale::{Label, Message};

use crate::formats::{Rows, SheetHead, Sheets};
use crate::limits::{MAX_KEPT_CELLS, MAX_KEPT_FILE, MAX_KEPT_TEXT};
use crate::sheet::block::Block;
use crate::sheet::shape::Shape;
use crate::{IntakeError, ReadSeek};

/// Says whether a file is small enough that its rows may stay in memory. The reader is left at its beginning.
///
/// # Errors
/// The file cannot be fetched.
pub(crate) fn may_stay(reader: &mut dyn ReadSeek) -> Result<bool, IntakeError> {
    let n_bytes = reader.seek(SeekFrom::End(0))?;
    reader.seek(SeekFrom::Start(0))?;
    Ok(n_bytes <= MAX_KEPT_FILE)
}

/// Sheets that remember their rows.
pub(crate) struct KeptSheets<'a> {
    sheets: Box<dyn Sheets + 'a>,
    /// The rows of sheets that were read to their end.
    kept: BTreeMap<usize, Vec<Block>>,
    /// The sheets that are too large for that, or cannot be read to their end.
    streamed: BTreeSet<usize>,
    /// How much more of the whole file may be kept.
    room: Room,
}

/// Holds how much may still be kept.
#[derive(Clone, Copy)]
struct Room {
    n_cells: usize,
    n_text_bytes: usize,
}

impl Room {
    /// Returns what is left beside a block, if there is room for it. A row takes as much as a cell.
    fn beside(self, block: &Block) -> Option<Self> {
        let n_cells = block.cells_of(block.rows.len()).start + block.rows.len();
        Some(Self {
            n_cells: self.n_cells.checked_sub(n_cells)?,
            n_text_bytes: self.n_text_bytes.checked_sub(block.text.len())?,
        })
    }
}

impl<'a> KeptSheets<'a> {
    /// Makes sheets remember.
    pub(crate) fn new(sheets: Box<dyn Sheets + 'a>) -> Self {
        let room = Room { n_cells: MAX_KEPT_CELLS, n_text_bytes: MAX_KEPT_TEXT };
        Self { sheets, kept: BTreeMap::new(), streamed: BTreeSet::new(), room }
    }
}

impl Sheets for KeptSheets<'_> {
    fn list(&self) -> Vec<SheetHead> {
        self.sheets.list()
    }

    fn rows(&mut self, sheet_index: usize) -> Result<Box<dyn Rows + '_>, IntakeError> {
        if self.streamed.contains(&sheet_index) {
            return self.sheets.rows(sheet_index);
        }
        if let Entry::Vacant(place) = self.kept.entry(sheet_index) {
            let Read { blocks, rest, room } = read(self.sheets.rows(sheet_index)?, self.room);
            if !matches!(rest, Rest::Nothing) {
                self.streamed.insert(sheet_index);
                return Ok(Box::new(BegunRows { blocks: blocks.into_iter(), rest }));
            }
            self.room = room;
            place.insert(blocks);
        }
        let blocks = self.kept.get(&sheet_index).map_or(&[][..], Vec::as_slice);
        Ok(Box::new(KeptRows { blocks: blocks.iter() }))
    }

    fn written_as(&self) -> Label {
        self.sheets.written_as()
    }

    fn date_system(&self) -> DateSystem {
        self.sheets.date_system()
    }

    fn usual_mark(&self) -> DecimalMark {
        self.sheets.usual_mark()
    }

    fn has_even_rows(&self) -> bool {
        self.sheets.has_even_rows()
    }

    fn shape(&mut self, sheet_index: usize) -> Shape {
        self.sheets.shape(sheet_index)
    }

    fn order_notice(&mut self, sheet_index: usize) -> Option<Message> {
        self.sheets.order_notice(sheet_index)
    }

    fn warnings(&self) -> Vec<(&'static str, Message)> {
        self.sheets.warnings()
    }
}

/// Holds the beginning of a sheet, and how to come to the rest.
struct Read<'s> {
    blocks: Vec<Block>,
    rest: Rest<'s>,
    /// The room that is left.
    room: Room,
}

/// Says what follows the blocks that were read.
enum Rest<'s> {
    /// The sheet is at its end.
    Nothing,
    /// It cannot be read further.
    Failed(IntakeError),
    /// More rows than there is room for.
    Rows(Box<dyn Rows + 's>),
}

/// Reads rows until there is no room for more.
fn read(mut rows: Box<dyn Rows + '_>, mut room: Room) -> Read<'_> {
    let mut blocks = Vec::new();
    loop {
        match rows.next_block() {
            Ok(Some(block)) => {
                let left = room.beside(&block);
                blocks.push(block);
                match left {
                    Some(left) => room = left,
                    None => return Read { blocks, rest: Rest::Rows(rows), room },
                }
            }
            Ok(None) => return Read { blocks, rest: Rest::Nothing, room },
            Err(error) => return Read { blocks, rest: Rest::Failed(error), room },
        }
    }
}

/// The rows of a sheet that is kept whole.
struct KeptRows<'k> {
    blocks: std::slice::Iter<'k, Block>,
}

impl Rows for KeptRows<'_> {
    fn next_block(&mut self) -> Result<Option<Block>, IntakeError> {
        Ok(self.blocks.next().cloned())
    }
}

/// The rows of a sheet of which the beginning was read already.
struct BegunRows<'s> {
    blocks: std::vec::IntoIter<Block>,
    rest: Rest<'s>,
}

impl Rows for BegunRows<'_> {
    fn next_block(&mut self) -> Result<Option<Block>, IntakeError> {
        if let Some(block) = self.blocks.next() {
            return Ok(Some(block));
        }
        match std::mem::replace(&mut self.rest, Rest::Nothing) {
            Rest::Nothing => Ok(None),
            Rest::Failed(error) => Err(error),
            Rest::Rows(mut rows) => {
                let block = rows.next_block();
                self.rest = Rest::Rows(rows);
                block
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::rc::Rc;

    use catalyse_locale::Label;

    use super::{KeptSheets, Room};
    use crate::IntakeError;
    use crate::formats::{Rows, SheetHead, Sheets};
    use crate::sheet::block::{Block, Row};
    use crate::workbook::rows::RowBuilder;

    /// One sheet of some blocks of one text cell each, of which the last may be damaged; it counts how often a block is taken from it.
    struct Counted {
        n_blocks: u32,
        is_damaged: bool,
        n_taken: Rc<Cell<u32>>,
    }

    struct CountedRows<'c> {
        of: &'c Counted,
        next: u32,
    }

    impl Sheets for Counted {
        fn list(&self) -> Vec<SheetHead> {
            vec![SheetHead { name: None, is_hidden: false }]
        }

        fn rows(&mut self, _sheet_index: usize) -> Result<Box<dyn Rows + '_>, IntakeError> {
            Ok(Box::new(CountedRows { of: self, next: 1 }))
        }

        fn written_as(&self) -> Label {
            Label::same("test")
        }
    }

    impl Rows for CountedRows<'_> {
        fn next_block(&mut self) -> Result<Option<Block>, IntakeError> {
            if self.next > self.of.n_blocks {
                return Ok(None);
            }
            self.of.n_taken.set(self.of.n_taken.get() + 1);
            let mut rows = RowBuilder::new();
            rows.add_text(self.next, 0, "abcd")?;
            self.next += 1;
            if self.of.is_damaged && self.next > self.of.n_blocks {
                return Err(IntakeError::Empty);
            }
            Ok(Some(rows.take_rest()))
        }
    }

    /// Goes through a sheet of three blocks twice, and returns the rows seen each time and how many blocks were taken from the file.
    fn twice(room: Room, is_damaged: bool) -> ([Vec<u32>; 2], u32) {
        let n_taken = Rc::new(Cell::new(0));
        let counted = Counted { n_blocks: 3, is_damaged, n_taken: Rc::clone(&n_taken) };
        let mut sheets = KeptSheets { room, ..KeptSheets::new(Box::new(counted)) };
        let seen = [(), ()].map(|()| {
            let mut rows = sheets.rows(0).expect("there is a sheet");
            let mut seen = Vec::new();
            // A damaged block ends what can be seen.
            while let Ok(Some(block)) = rows.next_block() {
                assert_eq!(block.text, "abcd");
                seen.extend(block.rows.iter().map(|row: &Row| row.number));
            }
            seen
        });
        (seen, n_taken.get())
    }

    #[test]
    fn a_sheet_within_the_room_is_taken_apart_once() {
        // Three blocks of one row, one cell and four letters.
        let exact = Room { n_cells: 6, n_text_bytes: 12 };
        assert_eq!(twice(exact, false), ([vec![1, 2, 3], vec![1, 2, 3]], 3));
    }

    #[test]
    fn a_sheet_beyond_the_room_is_streamed_whole_each_time() {
        for room in [Room { n_cells: 5, n_text_bytes: 12 }, Room { n_cells: 6, n_text_bytes: 11 }] {
            assert_eq!(twice(room, false), ([vec![1, 2, 3], vec![1, 2, 3]], 6));
        }
    }

    #[test]
    fn a_damaged_sheet_gives_what_stands_before_the_damage_each_time() {
        let ample = Room { n_cells: 99, n_text_bytes: 99 };
        assert_eq!(twice(ample, true), ([vec![1, 2], vec![1, 2]], 6));
    }
}
