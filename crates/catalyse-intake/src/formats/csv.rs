//! CSV and its kin: text with a mark between cells.

use catalyse_codebook::DecimalMark;
use catalyse_locale::{Args, Label, Message, Wording};

use crate::columns::heads::Heads;
use crate::csv::dialect::Dialect;
use crate::csv::parse::parse;
use crate::csv::sniff;
use crate::csv::source::TextSource;
use crate::formats::{Format, Rows, SheetHead, Sheets};
use crate::limits::{BLOCK_BYTES, MAX_RECORD_BYTES};
use crate::look::Look;
use crate::sheet::block::{Block, Cells};
use crate::{IntakeError, ReadSeek, Size};

const MIXED: Wording = Wording::new(
    "{ $n -> [one] { $n } ligne est encodée *[other] { $n } lignes sont encodées } en { $legacy }, les autres en UTF-8. Chaque ligne a été lue selon son encodage ; vérifier les accents.",
    "{ $n -> [one] { $n } line is *[other] { $n } lines are } encoded in { $legacy }, the others in UTF-8. Each line was read by its own encoding; check the accents.",
);
const UNUSUAL: Wording = Wording::new(
    "L'encodage semble être { $legacy }, ce qui est rare. Vérifier les accents, ou enregistrer le fichier en « CSV UTF-8 ».",
    "The encoding seems to be { $legacy }, which is rare. Check the accents, or save the file as `CSV UTF-8`.",
);
const DOUBLED: Wording = Wording::new(
    "Des accents ont été encodés deux fois (« Ã© » pour « é ») avant l'envoi. Refaire l'export depuis le logiciel d'origine.",
    "Accents were encoded twice (`Ã©` for `é`) before sending. Export the file again from its own program.",
);

/// Text with a mark between cells: `;`, `,`, a tab or `|`.
pub(crate) struct CsvFormat;

impl Format for CsvFormat {
    fn name(&self) -> &'static str {
        "CSV"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["csv", "tsv"]
    }

    fn recognises(&self, look: &Look) -> bool {
        !look.is_zip() && !look.is_compound()
    }

    fn open<'a>(
        &self,
        reader: &'a mut dyn ReadSeek,
        heads: &Heads<'_>,
    ) -> Result<Box<dyn Sheets + 'a>, IntakeError> {
        let mut source = TextSource::open(reader)?;
        let mut text = Vec::new();
        let is_end = source.fill(&mut text)?;
        let declared = sniff::declared(&text);
        let (dialect, n_skipped) = if let Some((delimiter, n_bytes)) = declared {
            (Dialect::new(delimiter, b'"'), n_bytes)
        } else {
            let start = text.get(..text.len().min(BLOCK_BYTES / 4)).unwrap_or_default();
            (sniff::find(start, is_end && start.len() == text.len(), heads), 0)
        };
        Ok(Box::new(CsvSheets { source, dialect, n_skipped }))
    }
}

struct CsvSheets<'a> {
    source: TextSource<'a>,
    dialect: Dialect,
    /// The bytes of a first line `sep=;`, which a spreadsheet program does not show.
    n_skipped: usize,
}

impl Sheets for CsvSheets<'_> {
    fn list(&self) -> Vec<SheetHead> {
        vec![SheetHead { name: None, is_hidden: false }]
    }

    fn rows(&mut self, _sheet_index: usize) -> Result<Box<dyn Rows + '_>, IntakeError> {
        self.source.rewind()?;
        let mut text = Vec::with_capacity(2 * BLOCK_BYTES);
        let is_end = self.source.fill(&mut text)?;
        text.drain(..self.n_skipped.min(text.len()));
        Ok(Box::new(CsvRows {
            source: &mut self.source,
            dialect: &self.dialect,
            text,
            is_end,
            next_row: 1,
            n_columns: 0,
        }))
    }

    fn written_as(&self) -> Label {
        let (encoding, delimiter) = (self.source.encoding_name(), self.dialect.delimiter_name());
        Label::same(format!("CSV, {encoding}, {delimiter}"))
    }

    fn usual_mark(&self) -> DecimalMark {
        if self.dialect.delimiter == b',' { DecimalMark::Point } else { DecimalMark::Comma }
    }

    fn has_even_rows(&self) -> bool {
        true
    }

    fn warnings(&self) -> Vec<(&'static str, Message)> {
        let mut warnings = Vec::new();
        if let Some(legacy) = self.source.legacy() {
            let args =
                Args::new().text("legacy", legacy.name()).count("n", self.source.n_legacy_lines);
            if self.source.has_utf8 {
                warnings.push(("encoding-mixed", MIXED.with(args)));
            } else if !legacy.is_usual() {
                warnings.push(("encoding-unusual", UNUSUAL.with(args)));
            }
        }
        if self.source.is_doubled {
            warnings.push(("encoding-doubled", DOUBLED.with(Args::new())));
        }
        warnings
    }
}

struct CsvRows<'a, 'b> {
    source: &'a mut TextSource<'b>,
    dialect: &'a Dialect,
    text: Vec<u8>,
    is_end: bool,
    next_row: u32,
    /// The cells of the widest of the first rows: what a row of the table looks like.
    n_columns: usize,
}

impl Rows for CsvRows<'_, '_> {
    fn next_block(&mut self) -> Result<Option<Block>, IntakeError> {
        loop {
            let parsed = parse(
                &mut self.text,
                self.is_end,
                self.dialect,
                self.n_columns,
                &mut self.next_row,
            );
            if parsed.rows.is_empty() {
                if self.is_end {
                    return Ok(None);
                }
                if self.text.len() > MAX_RECORD_BYTES {
                    return Err(IntakeError::TooLarge {
                        what: Size::RowBytes,
                        limit: MAX_RECORD_BYTES as u64,
                    });
                }
                self.is_end = self.source.fill(&mut self.text)?;
                continue;
            }
            if self.n_columns == 0 {
                self.n_columns = widest(&parsed.rows, parsed.spans.len());
            }
            let mut rest = Vec::with_capacity(2 * BLOCK_BYTES);
            rest.extend_from_slice(self.text.get(parsed.n_bytes..).unwrap_or_default());
            let mut taken = std::mem::replace(&mut self.text, rest);
            taken.truncate(parsed.n_bytes);
            if !self.is_end {
                self.is_end = self.source.fill(&mut self.text)?;
            }
            // The source gives valid UTF-8 and cells end at ASCII marks.
            let text = String::from_utf8(taken)
                .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
            let cells = Cells::Texts(parsed.spans);
            return Ok(Some(Block { text, rows: parsed.rows, cells, oddities: parsed.oddities }));
        }
    }
}

fn widest(rows: &[crate::sheet::block::Row], n_cells: usize) -> usize {
    let ends = rows.iter().skip(1).map(|row| row.first_cell as usize).chain([n_cells]);
    let widths = rows.iter().zip(ends).map(|(row, end)| end - row.first_cell as usize);
    widths.take(crate::limits::HEADER_ROWS).max().unwrap_or(0)
}
