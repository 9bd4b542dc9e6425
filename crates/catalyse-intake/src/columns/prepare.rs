//! Preparing a sheet: how its columns are written, where person, wave and partner come from, and the plan that follows.

use std::collections::{BTreeMap, BTreeSet};

use catalyse_codebook::types::trim;
use catalyse_codebook::{PartnerId, ReadAs, Severity, Variable, VariableName, WaveId};
use catalyse_locale::Args;
use catalyse_records::{ColumnFound, Findings, SourceIndex};

use crate::columns::origin::{self, Origin};
use crate::columns::plan::{From, Plan, column_plan, place};
use crate::columns::survey::Shown;
use crate::formats::Sheets;
use crate::limits::SURVEY_ROWS;
use crate::notice::{self, add};
use crate::reader::Reading;
use crate::sheet::choose::Chosen;
use crate::sheet::header::Header;
use crate::{IntakeError, Reader};

impl<'a> Reading<'a, '_> {
    /// Makes the plan of a sheet, and says what is to be said of its columns.
    pub(crate) fn plan(
        &self,
        sheets: &mut dyn Sheets,
        (source, one): (SourceIndex, &Chosen),
        (header, width): &(Header, u32),
        findings: &mut Findings,
    ) -> Result<(Plan<'a>, Vec<ColumnFound>), IntakeError> {
        let reader = self.reader;
        let placed = place(header, &reader.heads, &reader.keys);
        for (check, severity, message) in placed.notices {
            add(findings, source, check, severity, message);
        }
        let survey = survey(sheets, source.0 as usize, header, placed.from.values())?;
        let mut from = placed.from;
        let lacking = self.complete_keys(&mut from, one, header);
        for variable in &lacking {
            let study = &reader.codebook.study;
            let (check, wording) = if variable.name == study.person {
                ("person-unknown", &notice::NO_PERSON_COLUMN)
            } else {
                ("origin-unknown", &notice::NO_ORIGIN)
            };
            let args = Args::new().label("label", &variable.label);
            add(findings, source, check, Severity::Hard, wording.with(args));
        }
        let layout = reader.layout(&placed.table)?;
        let all = survey.values().fold(Shown::default(), |mut all, shown| {
            all.add(shown);
            all
        });
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
            let read_as = ReadAs {
                decimal_mark: shown
                    .decimal_mark()
                    .or_else(|| all.decimal_mark())
                    .unwrap_or_else(|| sheets.usual_mark()),
                date_order: shown.date_order(),
                date_system: sheets.date_system(),
            };
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
            lacking,
        };
        Ok((plan, placed.columns))
    }

    /// Adds the keys that no column gives from what else is known, and returns those that nothing gives.
    fn complete_keys(
        &self,
        from: &mut BTreeMap<usize, From>,
        one: &Chosen,
        header: &Header,
    ) -> Vec<&'a Variable> {
        let Reader { codebook, heads, options, .. } = self.reader;
        let study = &codebook.study;
        let mut lacking = Vec::new();
        let mut complete = |name: &VariableName, stated: Option<&str>| {
            let Some(index) = heads.position(name) else { return };
            let Some((_, variable)) = heads.variable(index) else { return };
            if from.contains_key(&index) {
                return;
            }
            match self.origin(variable, stated, one, header) {
                Some(code) => _ = from.insert(index, From::Constant(code)),
                None => lacking.push(variable),
            }
        };
        complete(&study.person, None);
        complete(&study.wave, options.wave.as_ref().map(WaveId::as_str));
        complete(&study.partner, options.partner.as_ref().map(PartnerId::as_str));
        lacking
    }

    fn origin(
        &self,
        variable: &Variable,
        stated: Option<&str>,
        one: &Chosen,
        header: &Header,
    ) -> Option<u16> {
        let list = self.reader.codebook.list_of(variable)?;
        if let Some(stated) = stated {
            return list.position(stated).map(|position| position as u16);
        }
        let stem = self.file.rsplit_once('.').map_or(self.file, |(stem, _)| stem);
        let titles = header.titles.iter().map(String::as_str);
        let texts = [stem].into_iter().chain(one.head.name.as_deref()).chain(titles);
        match origin::find(self.reader.codebook, list.name.as_str(), texts) {
            Origin::Found(position) => Some(position),
            Origin::None | Origin::Several => None,
        }
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
