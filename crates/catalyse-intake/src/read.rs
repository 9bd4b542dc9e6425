//! Reading one delivery from its bytes to its ledger.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::sync::Arc;

use catalyse_codebook::types::trim;
use catalyse_codebook::{Codebook, ReadAs, Severity, Variable, VariableName};
use catalyse_locale::{Args, Label, Language};
use catalyse_records::{
    ColumnFound, Event, Findings, Ledger, LedgerEntry, Source, SourceIndex, column_letters,
};

use crate::choose::{Chosen, choose};
use crate::formats::{ALL, Sheets};
use crate::header::Header;
use crate::heads::Heads;
use crate::limits::SURVEY_ROWS;
use crate::look::Look;
use crate::notice;
use crate::origin::{self, Origin};
use crate::plan::{From, Plan, column_plan, layout, place};
use crate::pool::decode_all;
use crate::sift::Account;
use crate::survey::Shown;
use crate::{Delivery, IntakeError, Kind, Options};

/// Reads a delivery and hands on what it finds: the sources with their recognised columns first, then chunks of records with the texts of
/// cells that could not be read, at last all findings and the ledger.
///
/// **Shape**: one source a sheet, those that are not read included; a chunk holds up to about 33 000 rows of one sheet, in their order.
/// **Missing**: an empty cell is NULL; a word for a missing reason counts where the codebook allows it; what cannot be read is NULL with the reason `to_check` and a finding.
///
/// # Errors
/// The file is no table, damaged, encrypted, empty or beyond a limit; no header is recognised; or the receiver breaks off.
pub fn read(
    codebook: &Codebook,
    delivery: Delivery<'_>,
    options: &Options,
    sink: &mut dyn FnMut(Event) -> ControlFlow<()>,
) -> Result<(), IntakeError> {
    let heads = Heads::new(codebook, &options.mapping);
    let look = Look::at(delivery.reader)?;
    let format = ALL
        .iter()
        .find(|format| format.recognises(&look))
        .ok_or(IntakeError::NotATable(Kind::Office))?;
    let mut sheets = format.open(delivery.reader, &heads)?;
    let study = &codebook.study;
    let keys: Vec<usize> = [&study.person, &study.wave, &study.partner]
        .iter()
        .filter_map(|name| heads.position(name))
        .collect();
    let person = heads.position(&study.person).unwrap_or(usize::MAX);
    let chosen = choose(sheets.as_mut(), &heads, person)?;
    let reading = Reading { codebook, file: delivery.name, options, heads: &heads, keys };
    reading.read_sheets(sheets.as_mut(), &chosen, sink)
}

/// Holds what stays the same for all sheets of a delivery.
struct Reading<'a, 'r> {
    codebook: &'a Codebook,
    file: &'r str,
    options: &'r Options,
    heads: &'r Heads<'a>,
    /// The variables of person, wave and partner.
    keys: Vec<usize>,
}

type Sink<'s> = dyn FnMut(Event) -> ControlFlow<()> + 's;

fn hand_on(sink: &mut Sink<'_>, event: Event) -> Result<(), IntakeError> {
    match sink(event) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(IntakeError::Stopped),
    }
}

impl<'a> Reading<'a, '_> {
    fn read_sheets(
        &self,
        sheets: &mut dyn Sheets,
        chosen: &[Chosen],
        sink: &mut Sink<'_>,
    ) -> Result<(), IntakeError> {
        let mut findings = Findings::default();
        let mut plans = Vec::new();
        let mut sources = Vec::new();
        for (index, one) in chosen.iter().enumerate() {
            let source = SourceIndex(index as u32);
            if let Some((check, severity, message)) = &one.notice {
                add(&mut findings, source, check, *severity, message.clone());
            }
            let plan = match &one.header {
                Some((header, width)) => {
                    let width = sheets.has_even_rows().then_some(*width);
                    Some(self.plan(sheets, source, one, header, width, &mut findings)?)
                }
                None => None,
            };
            let columns = plan.iter().flat_map(|(plan, _)| &plan.columns);
            let columns = columns
                .filter_map(|column| Some((column.variable.name.clone(), column.from.column()?)))
                .collect();
            sources.push(Source { file: self.file.to_owned(), sheet: one.head.name.clone(), columns });
            plans.push(plan);
        }
        let sources = Arc::new(sources);
        findings.sources = Arc::clone(&sources);
        hand_on(sink, Event::Sources(sources.to_vec()))?;
        let mut ledger = Ledger::default();
        for (index, plan) in plans.iter().enumerate() {
            let entry = match plan {
                Some((plan, columns)) => {
                    let account = self.decode(sheets, index, plan, &mut findings, sink)?;
                    entry(plan.source, read_as(sheets, Some(plan.header_row)), &account, columns.clone())
                }
                None => entry(SourceIndex(index as u32), read_as(sheets, None), &Account::default(), Vec::new()),
            };
            ledger.entries.push(entry);
        }
        for (check, message) in sheets.warnings() {
            add(&mut findings, SourceIndex(0), check, Severity::Soft, message);
        }
        findings.sort();
        hand_on(sink, Event::Findings(findings))?;
        hand_on(sink, Event::Ledger(ledger))
    }

    /// Decodes the rows of one sheet.
    fn decode(
        &self,
        sheets: &mut dyn Sheets,
        index: usize,
        plan: &Plan<'_>,
        findings: &mut Findings,
        sink: &mut Sink<'_>,
    ) -> Result<Account, IntakeError> {
        let mut account = Account::default();
        let mut headless: BTreeMap<u32, u64> = BTreeMap::new();
        let mut rows = sheets.rows(index)?;
        decode_all(plan, rows.as_mut(), self.options.n_threads, &mut |decoded| {
            account.add(&decoded.account);
            findings.append(decoded.findings);
            for (column, count) in decoded.headless {
                *headless.entry(column).or_default() += count;
            }
            if let Some(chunk) = decoded.chunk {
                hand_on(sink, Event::Chunk(chunk))?;
            }
            if decoded.unread.is_empty() {
                return Ok(());
            }
            hand_on(sink, Event::Unread(decoded.unread))
        })?;
        for (column, count) in headless {
            let args = Args::new().text("letters", column_letters(column)).count("n", count);
            add(findings, plan.source, "column-without-head", Severity::Soft, notice::NO_HEAD.with(args));
        }
        Ok(account)
    }

    /// Makes the plan of a sheet, and says what is to be said of its columns.
    fn plan(
        &self,
        sheets: &mut dyn Sheets,
        source: SourceIndex,
        one: &Chosen,
        header: &Header,
        even_width: Option<u32>,
        findings: &mut Findings,
    ) -> Result<(Plan<'a>, Vec<ColumnFound>), IntakeError> {
        let placed = place(header, self.heads, &self.keys);
        for (check, severity, message) in placed.notices {
            add(findings, source, check, severity, message);
        }
        let survey = survey(sheets, source.0 as usize, header, placed.from.values())?;
        let mut from = placed.from;
        let lacking = self.complete_keys(&mut from, one, header);
        for variable in &lacking {
            let study = &self.codebook.study;
            let (check, wording) = if variable.name == study.person {
                ("person-unknown", &notice::NO_PERSON_COLUMN)
            } else {
                ("origin-unknown", &notice::NO_ORIGIN)
            };
            let args = Args::new().label("label", &variable.label);
            add(findings, source, check, Severity::Hard, wording.with(args));
        }
        let layout = layout(self.codebook, placed.table)?;
        let all = survey.values().fold(Shown::default(), |mut all, shown| {
            all.add(shown);
            all
        });
        let mut columns = Vec::new();
        for (index, name) in layout.variables.iter().enumerate() {
            let Some(position) = self.heads.position(name) else { continue };
            let (Some(from), Some((_, variable))) = (from.remove(&position), self.heads.variable(position)) else {
                continue;
            };
            let shown = from.column().and_then(|column| survey.get(&column)).copied().unwrap_or_default();
            let read_as = ReadAs {
                decimal_mark: shown.decimal_mark().or_else(|| all.decimal_mark()).unwrap_or_else(|| sheets.usual_mark()),
                date_order: shown.date_order(),
                date_system: sheets.date_system(),
            };
            columns.push(column_plan(self.codebook, variable, index, from, read_as));
        }
        let person = columns
            .iter()
            .find(|column| column.variable.name == self.codebook.study.person)
            .and_then(|column| column.from.column());
        let person_head = header.heads.iter().find(|head| Some(head.column) == person);
        let plan = Plan {
            codebook: self.codebook,
            source,
            layout,
            header_row: header.row,
            person_head: person_head.map(|head| trim(&head.text).to_owned()).unwrap_or_default(),
            headed: header.heads.iter().map(|head| head.column).collect::<BTreeSet<u32>>(),
            even_width,
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
        let study = &self.codebook.study;
        let mut lacking = Vec::new();
        let mut complete = |name: &VariableName, stated: Option<&str>| {
            let Some(index) = self.heads.position(name) else { return };
            let Some((_, variable)) = self.heads.variable(index) else { return };
            if from.contains_key(&index) {
                return;
            }
            match self.origin(variable, stated, one, header) {
                Some(code) => _ = from.insert(index, From::Constant(code)),
                None => lacking.push(variable),
            }
        };
        complete(&study.person, None);
        complete(&study.wave, self.options.wave.as_ref().map(catalyse_codebook::WaveId::as_str));
        complete(&study.partner, self.options.partner.as_ref().map(catalyse_codebook::PartnerId::as_str));
        lacking
    }

    fn origin(
        &self,
        variable: &Variable,
        stated: Option<&str>,
        one: &Chosen,
        header: &Header,
    ) -> Option<u16> {
        let list = self.codebook.list_of(variable)?;
        if let Some(stated) = stated {
            return list.position(stated).map(|position| position as u16);
        }
        let stem = self.file.rsplit_once('.').map_or(self.file, |(stem, _)| stem);
        let titles = header.titles.iter().map(String::as_str);
        let texts = [stem].into_iter().chain(one.head.name.as_deref()).chain(titles);
        match origin::find(self.codebook, list.name.as_str(), texts) {
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
        .filter_map(|from| if let From::Column(column) = from { Some((*column, Shown::default())) } else { None })
        .collect();
    let mut rows = sheets.rows(sheet_index)?;
    let mut n_rows = 0;
    while let Some(block) = rows.next_block()? {
        let is_beyond = n_rows > SURVEY_ROWS;
        for (column, shown) in shown.iter_mut().filter(|(_, shown)| !is_beyond || shown.is_undecided()) {
            shown.look_at(&block, *column, header.row + 1);
        }
        n_rows += block.rows.len();
        if n_rows > SURVEY_ROWS && !shown.values().any(Shown::is_undecided) {
            break;
        }
    }
    Ok(shown)
}

fn add(
    findings: &mut Findings,
    source: SourceIndex,
    check: &str,
    severity: Severity,
    message: catalyse_locale::Message,
) {
    if let Some(cause) = notice::file_cause(check, severity, message) {
        let cause = findings.cause(cause);
        findings.add(cause, source, 0);
    }
}

fn entry(source: SourceIndex, read_as: Label, account: &Account, columns: Vec<ColumnFound>) -> LedgerEntry {
    LedgerEntry {
        source,
        read_as,
        rows_read: account.n_read,
        rows_kept: account.n_kept,
        rows_set_aside: account.rows_set_aside(),
        rows_blank: account.n_blank,
        columns,
    }
}

/// Says how a sheet was read: `CSV, UTF-8, « ; », en-têtes ligne 3`.
fn read_as(sheets: &dyn Sheets, header_row: Option<u32>) -> Label {
    let written = sheets.written_as();
    let (fr, en) = (written.get(Language::Fr), written.get(Language::En));
    match header_row {
        Some(row) => Label::new(format!("{fr}, en-têtes ligne {row}"), format!("{en}, header in row {row}")),
        None => Label::new(format!("{fr}, non lue"), format!("{en}, not read")),
    }
}
