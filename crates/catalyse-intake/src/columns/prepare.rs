//! Preparing a sheet: how its columns are written, where person, wave and partner come from, and the plan that follows.

use std::collections::{BTreeMap, BTreeSet};

use catalyse_codebook::types::trim;
use catalyse_codebook::{CodeList, DateOrder, ReadAs, Severity, Storage, VariableName};
use catalyse_locale::Args;
use catalyse_records::{ColumnFound, Findings, SourceIndex, column_letters};

use crate::columns::completed::Completed;
use crate::columns::origin::{self, Origin, Told};
use crate::columns::plan::{From, Placed, Plan, column_plan};
use crate::columns::survey::Shown;
use crate::formats::Sheets;
use crate::limits::SURVEY_ROWS;
use crate::notice::{self, add};
use crate::reader::Reading;
use crate::sheet::choose::Chosen;
use crate::sheet::header::Header;
use crate::sheet::shape::Shape;
use crate::{IntakeError, Reader};

/// Holds what a plan is made of.
pub(crate) struct Asked<'s> {
    pub(crate) source: SourceIndex,
    pub(crate) one: &'s Chosen,
    /// The header, and how many cells its row has.
    pub(crate) header: &'s (Header, u32),
    pub(crate) placed: Placed,
    /// Whether its rows are joined to others: wave and partner are then those of the others.
    pub(crate) is_joined: bool,
}

impl<'a> Reading<'a, '_> {
    /// Makes the plan of a sheet, and says what is to be said of its columns.
    pub(crate) fn plan(
        &self,
        sheets: &mut dyn Sheets,
        asked: Asked<'_>,
        findings: &mut Findings,
    ) -> Result<(Plan<'a>, Vec<ColumnFound>), IntakeError> {
        let reader = self.reader;
        let shape = self.say_of_sheet(sheets, &asked, findings)?;
        let Asked { source, one, header: (header, width), placed, is_joined } = asked;
        let survey = survey(sheets, source.0 as usize, header, placed.from.values())?;
        let mut from = placed.from;
        let completed = if is_joined {
            Completed { taken: vec![self.joined_label()], ..Completed::default() }
        } else {
            self.complete_keys(&mut from, one, header)
        };
        for (check, severity, message) in completed.notices {
            add(findings, source, check, severity, message);
        }
        let layout = reader.layout(&placed.table)?;
        let mut all = Shown::default();
        for (position, from) in &from {
            let shown = from.column().and_then(|column| survey.get(&column));
            if let (Some(shown), Some((_, variable))) = (shown, reader.heads.variable(*position)) {
                all.add(variable, shown);
            }
        }
        let mut columns = Vec::new();
        for (index, name) in layout.variables.iter().enumerate() {
            let Some(position) = reader.heads.position(name) else { continue };
            let (Some(from), Some((_, variable))) =
                (from.remove(&position), reader.heads.variable(position))
            else {
                continue;
            };
            let shown =
                from.column().and_then(|column| survey.get(&column)).copied().unwrap_or_default();
            // Dates that may be read both ways are read as the other dates of the sheet, and that is said.
            let order_of = if shown.is_undecided() { &all } else { &shown };
            let read_as = ReadAs {
                decimal_mark: shown
                    .decimal_mark()
                    .or_else(|| all.decimal_mark())
                    .unwrap_or_else(|| sheets.usual_mark()),
                date_order: order_of.date_order(),
                date_system: sheets.date_system(),
            };
            let is_date = variable.value_type.storage() == Storage::Date;
            if is_date && shown.is_undecided() && read_as.date_order == DateOrder::MonthDayYear {
                let letters = from.column().map(column_letters).unwrap_or_default();
                let args = Args::new().text("letters", letters).label("label", &variable.label);
                let message = notice::MONTH_FIRST.with(args);
                add(findings, source, "month-first", Severity::Soft, message);
            }
            columns.push(column_plan(reader, variable, index, from, read_as));
        }
        let person = columns
            .iter()
            .find(|column| column.variable.name == reader.codebook.study.person)
            .and_then(|column| column.from.column());
        let person_head = header.heads.iter().find(|head| Some(head.column) == person);
        let plan = Plan {
            codebook: reader.codebook,
            source,
            layout,
            header_row: header.row,
            person_head: person_head.map(|head| trim(&head.text).to_owned()).unwrap_or_default(),
            headed: header.heads.iter().map(|head| head.column).collect::<BTreeSet<u32>>(),
            even_width: sheets.has_even_rows().then_some(*width),
            columns,
            person,
            lacking: completed.lacking,
            taken: completed.taken,
            shape,
        };
        Ok((plan, placed.columns))
    }

    /// Says what is to be said of the columns and cells of a sheet before its rows are read, and returns its shape.
    fn say_of_sheet(
        &self,
        sheets: &mut dyn Sheets,
        asked: &Asked<'_>,
        findings: &mut Findings,
    ) -> Result<Shape, IntakeError> {
        let Asked { source, header: (header, _), placed, .. } = asked;
        for (check, severity, message) in &placed.notices {
            add(findings, *source, check, *severity, message.clone());
        }
        let shape = sheets.shape(source.0 as usize);
        for (check, message) in shape.notices(header) {
            add(findings, *source, check, Severity::Info, message);
        }
        if let Some(message) = sheets.order_notice(source.0 as usize) {
            add(findings, *source, "rows-out-of-order", Severity::Soft, message);
        }
        for message in self.contradicted(sheets, asked)? {
            add(findings, *source, "origin-contradicted", Severity::Soft, message);
        }
        Ok(shape)
    }

    /// Adds the keys that no column gives from what else is known.
    fn complete_keys(
        &self,
        from: &mut BTreeMap<usize, From>,
        one: &Chosen,
        header: &Header,
    ) -> Completed<'a> {
        let Reader { codebook, heads, .. } = self.reader;
        let study = &codebook.study;
        let mut completed = Completed::default();
        let mut complete = |name: &VariableName| {
            let Some(index) = heads.position(name) else { return };
            let Some((_, variable)) = heads.variable(index) else { return };
            if from.contains_key(&index) {
                return;
            }
            let list = codebook.list_of(variable);
            let told = (self.origin(list, one, header), self.stated(name, list));
            match completed.take(variable, list, told) {
                Some(code) => _ = from.insert(index, From::Constant(code)),
                None => completed.lacking.push(variable),
            }
        };
        complete(&study.person);
        complete(&study.wave);
        complete(&study.partner);
        completed
    }

    /// Returns which category of a list the sender stated.
    pub(crate) fn stated(
        &self,
        name: &VariableName,
        list: Option<&CodeList>,
    ) -> Option<(u16, Told)> {
        let Reader { codebook, options, .. } = self.reader;
        let (code, told) = if *name == codebook.study.wave {
            (options.wave.as_ref()?.as_str(), Told::WaveOption)
        } else if *name == codebook.study.partner {
            (options.partner.as_ref()?.as_str(), Told::PartnerOption)
        } else {
            return None;
        };
        Some((list?.position(code)? as u16, told))
    }

    /// Finds which category of a list the names of file and sheet and the titles tell.
    pub(crate) fn origin(&self, list: Option<&CodeList>, one: &Chosen, header: &Header) -> Origin {
        let Some(list) = list else { return Origin::None };
        let stem = self.file.rsplit_once('.').map_or(self.file, |(stem, _)| stem);
        let sheet = one.head.name.as_deref().map(|name| (Told::Sheet, name));
        let titles = header.titles.iter().map(|title| (Told::Title, title.as_str()));
        origin::find(list, [(Told::File, stem)].into_iter().chain(sheet).chain(titles))
    }
}

/// Looks how the columns are written: at the first rows, and at all where a date may still be read both ways.
fn survey<'f>(
    sheets: &mut dyn Sheets,
    sheet_index: usize,
    header: &Header,
    from: impl Iterator<Item = &'f From>,
) -> Result<BTreeMap<u32, Shown>, IntakeError> {
    let mut shown: BTreeMap<u32, Shown> = from
        .filter_map(|from| {
            if let From::Column(column) = from { Some((*column, Shown::default())) } else { None }
        })
        .collect();
    let mut rows = sheets.rows(sheet_index)?;
    let mut n_rows = 0;
    while let Some(block) = rows.next_block()? {
        let is_beyond = n_rows > SURVEY_ROWS;
        for (column, shown) in
            shown.iter_mut().filter(|(_, shown)| !is_beyond || shown.is_undecided())
        {
            shown.look_at(&block, *column, header.row + 1);
        }
        n_rows += block.rows.len();
        if n_rows > SURVEY_ROWS && !shown.values().any(Shown::is_undecided) {
            break;
        }
    }
    Ok(shown)
}
