//! How much of anything is read. Beyond a limit a delivery is refused with one sentence, never cut silently.

/// Rows of a decoded chunk.
pub(crate) const CHUNK_ROWS: usize = 32_768;
/// Bytes of text that are taken apart at a time: they stay in the processor's cache while each column is decoded.
pub(crate) const BLOCK_BYTES: usize = 256 * 1024;
/// Rows of a workbook that are handed on at a time.
pub(crate) const BLOCK_ROWS: usize = 1_024;
/// Rows in which a header is looked for.
pub(crate) const HEADER_ROWS: usize = 30;
/// Rows that tell how the dates and numbers of a column are written.
pub(crate) const SURVEY_ROWS: usize = 8_192;
/// Columns of a sheet: those of Excel (XFD).
pub(crate) const MAX_COLUMNS: u32 = 16_384;
/// Rows of a workbook's sheet: those of Excel.
pub(crate) const MAX_SHEET_ROWS: u32 = 1_048_576;
/// Bytes of one row of a CSV file.
pub(crate) const MAX_RECORD_BYTES: usize = 4 * 1024 * 1024;
/// Bytes of a quoted cell that is not closed: beyond it the quote counts as a letter.
pub(crate) const MAX_QUOTED_BYTES: usize = 128 * 1024;
/// Line ends within a quoted cell: beyond it the quote counts as a letter.
pub(crate) const MAX_QUOTED_LINES: usize = 400;
/// Files inside a workbook's container.
pub(crate) const MAX_ENTRIES: usize = 10_000;
/// Bytes that a workbook's container may hold once unpacked.
pub(crate) const MAX_UNPACKED: u64 = 2 * 1024 * 1024 * 1024;
/// Bytes of one part that has to stand in memory whole: shared texts, styles.
pub(crate) const MAX_PART_IN_MEMORY: u64 = 256 * 1024 * 1024;
/// How much larger than its packed form a part may be, once it is larger than [`RATIO_FROM`].
/// Sheets of equal rows pack about 30:1; the format's own bound is 1032:1.
pub(crate) const MAX_RATIO: u64 = 250;
/// Smaller parts are never refused for their ratio.
pub(crate) const RATIO_FROM: u64 = 16 * 1024 * 1024;
/// Bytes of an XLS or ODS text in one cell (Excel's bound is 32 767 letters).
pub(crate) const MAX_CELL_BYTES: usize = 256 * 1024;
/// Cells of one block of rows: guards against a small file that repeats one cell millions of times.
pub(crate) const MAX_BLOCK_CELLS: usize = 4_000_000;
/// Bytes of text of one block of rows.
pub(crate) const MAX_BLOCK_TEXT: usize = 128 * 1024 * 1024;
/// Bytes of a whole XLS file: the format holds 65 536 rows a sheet.
pub(crate) const MAX_XLS_BYTES: u64 = 256 * 1024 * 1024;
/// Bytes of a file whose rows stay in memory from the first look at them to the last.
pub(crate) const MAX_KEPT_FILE: u64 = 8 * 1024 * 1024;
/// Cells that stay in memory of one file: at most 6 MB.
pub(crate) const MAX_KEPT_CELLS: usize = 256 * 1024;
/// Bytes of text that stay in memory of one file.
pub(crate) const MAX_KEPT_TEXT: usize = 8 * 1024 * 1024;
