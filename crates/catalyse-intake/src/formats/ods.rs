//! ODS, the workbooks of LibreOffice.

use std::collections::BTreeSet;
use std::io::BufReader;

use catalyse_locale::Label;
use quick_xml::Reader;
use quick_xml::events::Event;
use zip::ZipArchive;
use zip::read::ZipFile;

use crate::columns::heads::Heads;
use crate::formats::{Format, Rows, SheetHead, Sheets};
use crate::limits::MAX_ENTRIES;
use crate::look::Look;
use crate::sheet::block::Block;
use crate::sheet::shape::Shape;
use crate::workbook::archive;
use crate::workbook::ods_cells::{OdsCells, attribute};
use crate::workbook::ods_shape::OdsShapes;
use crate::workbook::rows::RowBuilder;
use crate::{IntakeError, ReadSeek, Size};

/// The workbooks of LibreOffice.
pub(crate) struct OdsFormat;

impl Format for OdsFormat {
    fn name(&self) -> &'static str {
        "ODS"
    }

    fn endings(&self) -> &'static [&'static str] {
        &["ods"]
    }

    fn recognises(&self, look: &Look) -> bool {
        look.is_zip() && look.is_ods()
    }

    fn open<'a>(
        &self,
        reader: &'a mut dyn ReadSeek,
        _heads: &Heads<'_>,
    ) -> Result<Box<dyn Sheets + 'a>, IntakeError> {
        let mut archive = archive::open(reader)?;
        refuse_encrypted(&mut archive)?;
        let (heads, shapes) = sheet_heads(content(&mut archive)?)?;
        Ok(Box::new(OdsSheets { archive, heads, shapes }))
    }
}

type Content<'z, 'a> = Reader<BufReader<ZipFile<'z, &'a mut dyn ReadSeek>>>;

fn damaged(error: &dyn std::fmt::Display) -> IntakeError {
    IntakeError::Damaged(format!("content.xml: {error}"))
}

/// An encrypted ODS says so in its manifest, and nowhere else.
fn refuse_encrypted(archive: &mut ZipArchive<&mut dyn ReadSeek>) -> Result<(), IntakeError> {
    let Ok(manifest) = archive.by_name("META-INF/manifest.xml") else { return Ok(()) };
    let mut text = Vec::new();
    let mut manifest = std::io::Read::take(manifest, 1024 * 1024);
    std::io::Read::read_to_end(&mut manifest, &mut text).map_err(|error| damaged(&error))?;
    let mark = b"encryption-data";
    if text.windows(mark.len()).any(|window| window == mark) {
        return Err(IntakeError::Encrypted);
    }
    Ok(())
}

fn content<'z, 'a>(
    archive: &'z mut ZipArchive<&'a mut dyn ReadSeek>,
) -> Result<Content<'z, 'a>, IntakeError> {
    let part = archive.by_name("content.xml").map_err(|error| damaged(&error))?;
    let mut xml = Reader::from_reader(BufReader::new(part));
    xml.config_mut().check_end_names = false;
    Ok(xml)
}

/// Lists the sheets: their names, whether their style hides them, and their shapes. A content that is cut off shows what stands before
/// the cut. It is read to its end, where the container has its checksum.
fn sheet_heads(mut xml: Content<'_, '_>) -> Result<(Vec<SheetHead>, Vec<Shape>), IntakeError> {
    let mut heads = Vec::new();
    let mut shapes = OdsShapes::default();
    let mut hidden_styles = BTreeSet::new();
    let mut style = None;
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        let event = xml.read_event_into(&mut buffer);
        let element = match event {
            Ok(Event::Start(element) | Event::Empty(element)) => element,
            Err(quick_xml::Error::Io(error)) => {
                return Err(IntakeError::of_unpacking(std::io::Error::from(error.kind())));
            }
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => continue,
        };
        shapes.look_at(&element);
        match element.name().as_ref() {
            "style:style" => style = attribute(&element, "style:name"),
            "style:table-properties"
                if attribute(&element, "table:display").as_deref() == Some("false") =>
            {
                hidden_styles.extend(style.clone());
            }
            "table:table" => {
                let own_style = attribute(&element, "table:style-name");
                let is_hidden = own_style.is_some_and(|style| hidden_styles.contains(&style));
                heads.push(SheetHead { name: attribute(&element, "table:name"), is_hidden });
            }
            _ => {}
        }
        if heads.len() > MAX_ENTRIES {
            return Err(IntakeError::TooLarge { what: Size::Entries, limit: MAX_ENTRIES as u64 });
        }
    }
    Ok((heads, shapes.shapes))
}

struct OdsSheets<'a> {
    archive: ZipArchive<&'a mut dyn ReadSeek>,
    heads: Vec<SheetHead>,
    shapes: Vec<Shape>,
}

impl Sheets for OdsSheets<'_> {
    fn list(&self) -> Vec<SheetHead> {
        self.heads.clone()
    }

    fn rows(&mut self, sheet_index: usize) -> Result<Box<dyn Rows + '_>, IntakeError> {
        let cells = OdsCells::new(content(&mut self.archive)?, sheet_index)?;
        Ok(Box::new(OdsRows { cells, rows: RowBuilder::new() }))
    }

    fn shape(&mut self, sheet_index: usize) -> Shape {
        self.shapes.get(sheet_index).cloned().unwrap_or_default()
    }

    fn written_as(&self) -> Label {
        Label::same("ODS")
    }
}

struct OdsRows<'z, 'a> {
    cells: OdsCells<BufReader<ZipFile<'z, &'a mut dyn ReadSeek>>>,
    rows: RowBuilder,
}

impl Rows for OdsRows<'_, '_> {
    fn next_block(&mut self) -> Result<Option<Block>, IntakeError> {
        if !self.cells.fill(&mut self.rows)? {
            return Ok(Some(self.rows.take_full()));
        }
        Ok((!self.rows.is_empty()).then(|| self.rows.take_rest()))
    }
}
