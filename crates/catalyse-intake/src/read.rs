//! Reading one delivery from its bytes to its ledger.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;

use catalyse_codebook::{Codebook, Severity};
use catalyse_locale::{Args, Label, Language};
use catalyse_records::{
    ColumnFound, Event, Findings, Ledger, LedgerEntry, Source, SourceIndex, column_letters,
};

use crate::columns::persons::Join;
use crate::columns::plan::{Placed, Plan, place};
use crate::columns::prepare::Asked;
use crate::decode::pool::decode_all;
use crate::decode::sift::Account;
use crate::formats::{ALL, Sheets};
use crate::look::Look;
use crate::notice::{self, add};
use crate::reader::Reading;
use crate::sheet::block::OddityKind;
use crate::sheet::choose::{Chosen, choose};
use crate::sheet::kept::{self, KeptSheets};
use crate::{Delivery, IntakeError, Kind, Options, Reader};

/// Reads one delivery. For several of one study make a [`Reader`] and read all with it.
///
/// # Errors
/// As [`Reader::read`].
pub fn read(
    codebook: &Codebook,
    delivery: Delivery<'_>,
    options: &Options,
    sink: &mut dyn FnMut(Event) -> ControlFlow<()>,
) -> Result<(), IntakeError> {
    Reader::new(codebook, options.clone()).read(delivery, sink)
}

impl Reader<'_> {
    /// Reads a delivery and hands on what it finds: the sources with their recognised columns first, then chunks of records with the
    /// texts of cells that could not be read, at last all findings and the ledger.
    ///
    /// **Shape**: one source a sheet, those that are not read included; a chunk holds up to about 33 000 rows of one sheet, in their order.
    /// **Missing**: an empty cell is NULL; a word for a missing reason counts where the codebook allows it; what cannot be read is NULL with the reason `to_check` and a finding.
    ///
    /// # Errors
    /// The file is no table, damaged, encrypted, empty or beyond a limit; no header is recognised; or the receiver breaks off.
    pub fn read(
        &self,
        delivery: Delivery<'_>,
        sink: &mut dyn FnMut(Event) -> ControlFlow<()>,
    ) -> Result<(), IntakeError> {
        let Delivery { name, reader } = delivery;
        let look = Look::at(reader)?;
        let format = ALL
            .iter()
            .find(|format| format.recognises(&look))
            .ok_or(IntakeError::NotATable(Kind::Office))?;
        let may_stay = kept::may_stay(reader)?;
        let mut sheets = format.open(reader, &self.heads)?;
        if may_stay {
            sheets = Box::new(KeptSheets::new(sheets));
        }
        let person = self.heads.position(&self.codebook.study.person).unwrap_or(usize::MAX);
        let chosen = choose(sheets.as_mut(), &self.heads, person)?;
        Reading { reader: self, file: name }.read_sheets(sheets.as_mut(), &chosen, sink)
    }
}

pub(crate) type Sink<'s> = dyn FnMut(Event) -> ControlFlow<()> + 's;

pub(crate) fn hand_on(sink: &mut Sink<'_>, event: Event) -> Result<(), IntakeError> {
    match sink(event) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(IntakeError::Stopped),
    }
}

/// Holds what is known of all sheets before their rows are read.
struct Planned<'a> {
    sources: Vec<Source>,
    plans: Vec<SheetPlan<'a>>,
    join: Option<Join>,
}

/// The plan of a sheet that is read, and what became of its columns.
type SheetPlan<'a> = Option<(Plan<'a>, Vec<ColumnFound>)>;

impl<'a> Reading<'a, '_> {
    /// Reads the chosen sheets.
    pub(crate) fn read_sheets(
        &self,
        sheets: &mut dyn Sheets,
        chosen: &[Chosen],
        sink: &mut Sink<'_>,
    ) -> Result<(), IntakeError> {
        let mut findings = Findings::default();
        let Planned { sources, plans, join } = self.plan_sheets(sheets, chosen, &mut findings)?;
        let sources = Arc::new(sources);
        findings.sources = Arc::clone(&sources);
        hand_on(sink, Event::Sources(sources.to_vec()))?;
        let mut accounts = BTreeMap::new();
        let mut register = None;
        if let Some(join) = &join
            && let Some(Some((plan, _))) = plans.get(join.sheet_index)
        {
            let (account, read) = self.read_persons((sheets, join), plan, &mut findings, sink)?;
            accounts.insert(join.sheet_index, account);
            register = Some(read);
        }
        for (index, plan) in plans.iter().enumerate() {
            let Some((plan, _)) = plan.as_ref().filter(|_| !accounts.contains_key(&index)) else {
                continue;
            };
            let joined = sources.get(index).and_then(|source| source.joined.as_ref());
            let account = match register.as_ref().zip(joined) {
                Some((register, joined)) => {
                    let joined = (register, joined);
                    self.read_joined((sheets, plan), joined, &mut findings, sink)?
                }
                None => {
                    self.decode(sheets, plan, &mut findings, &mut |event| hand_on(sink, event))?
                }
            };
            accounts.insert(index, account);
        }
        let ledger = ledger(sheets, &plans, &accounts);
        say_without_record(&mut findings, &plans, &ledger);
        for (check, message) in sheets.warnings() {
            add(&mut findings, SourceIndex(0), check, Severity::Soft, message);
        }
        findings.sort();
        hand_on(sink, Event::Findings(findings))?;
        hand_on(sink, Event::Ledger(ledger))
    }

    /// Plans every sheet that is read.
    fn plan_sheets(
        &self,
        sheets: &mut dyn Sheets,
        chosen: &[Chosen],
        findings: &mut Findings,
    ) -> Result<Planned<'a>, IntakeError> {
        let Reader { heads, keys, .. } = self.reader;
        let headers = chosen.iter().map(|one| one.header.as_ref());
        let placed = headers.map(|header| header.map(|(header, _)| place(header, heads, keys)));
        let mut placed: Vec<Option<Placed>> = placed.collect();
        let join = self.find_persons(&mut placed, findings);
        let name_of = |index: usize| chosen.get(index).and_then(|one| one.head.name.as_deref());
        let mut planned = Planned { sources: Vec::new(), plans: Vec::new(), join };
        for (index, (one, placed)) in chosen.iter().zip(placed).enumerate() {
            let source = SourceIndex(index as u32);
            if let Some((check, severity, message)) = &one.notice {
                add(findings, source, check, *severity, message.clone());
            }
            let join = planned.join.as_ref();
            let is_joined = join.is_some_and(|join| join.sheet_index == index);
            let plan = match (&one.header, placed) {
                (Some(header), Some(placed)) => {
                    let asked = Asked { source, one, header, placed, is_joined };
                    Some(self.plan(sheets, asked, findings)?)
                }
                _ => None,
            };
            let columns = plan.iter().flat_map(|(plan, _)| &plan.columns);
            let columns = columns
                .filter_map(|column| Some((column.variable.name.clone(), column.from.column()?)))
                .collect();
            planned.sources.push(Source {
                file: self.file.to_owned(),
                sheet: one.head.name.clone(),
                columns,
                joined: join.and_then(|join| join.joined_to(index, name_of(join.sheet_index))),
            });
            planned.plans.push(plan);
        }
        Ok(planned)
    }

    /// Decodes the rows of one sheet.
    pub(crate) fn decode(
        &self,
        sheets: &mut dyn Sheets,
        plan: &Plan<'_>,
        findings: &mut Findings,
        hand_on: &mut dyn FnMut(Event) -> Result<(), IntakeError>,
    ) -> Result<Account, IntakeError> {
        let mut account = Account::default();
        let mut headless: BTreeMap<u32, u64> = BTreeMap::new();
        let mut rows = sheets.rows(plan.source.0 as usize)?;
        decode_all(plan, rows.as_mut(), self.reader.options.n_threads, &mut |decoded| {
            account.add(&decoded.account);
            findings.append(decoded.findings);
            for (column, count) in decoded.headless {
                *headless.entry(column).or_default() += count;
            }
            if let Some(chunk) = decoded.chunk {
                hand_on(Event::Chunk(chunk))?;
            }
            if decoded.unread.is_empty() {
                return Ok(());
            }
            hand_on(Event::Unread(decoded.unread))
        })?;
        for (column, count) in headless {
            let args = Args::new().text("letters", column_letters(column)).count("n", count);
            add(
                findings,
                plan.source,
                "column-without-head",
                Severity::Soft,
                notice::NO_HEAD.with(args),
            );
        }
        Ok(account)
    }
}

/// Names the sheets that have a header and nothing below. Beside a sheet with records an empty one is how spreadsheet programs make
/// workbooks, and nobody has to do anything; a file that holds nothing is probably the wrong one.
fn say_without_record(findings: &mut Findings, plans: &[SheetPlan<'_>], ledger: &Ledger) {
    let has_record = ledger.entries.iter().any(|entry| entry.rows_read > 0);
    let (severity, wording) = if has_record {
        (Severity::Info, &notice::SHEET_WITHOUT_RECORD)
    } else {
        (Severity::Soft, &notice::NO_RECORD)
    };
    for (plan, entry) in plans.iter().zip(&ledger.entries) {
        if plan.is_none() || entry.rows_read > 0 {
            continue;
        }
        let n_formulas = n_never_calculated(findings, entry.source);
        let (severity, message) = match n_formulas {
            0 => (severity, wording.with(Args::new())),
            n => (Severity::Soft, notice::NEVER_CALCULATED.with(Args::new().count("n", n))),
        };
        add(findings, entry.source, "without-record", severity, message);
    }
}

/// Counts the formulas of a sheet whose results the file does not hold: a program that only writes workbooks leaves them so.
fn n_never_calculated(findings: &Findings, source: SourceIndex) -> usize {
    let is_formula = |finding: &&catalyse_records::Finding| {
        let cause = findings.causes.get(finding.cause as usize);
        let ending = OddityKind::FormulaWithoutValue.name();
        finding.source == source
            && cause.is_some_and(|cause| cause.check.as_str().ends_with(ending))
    };
    findings.all.iter().filter(is_formula).count()
}

/// Makes the ledger of all sheets.
fn ledger(
    sheets: &dyn Sheets,
    plans: &[SheetPlan<'_>],
    accounts: &BTreeMap<usize, Account>,
) -> Ledger {
    let entries = plans.iter().enumerate().map(|(index, plan)| match plan {
        Some((plan, columns)) => {
            let account = accounts.get(&index).cloned().unwrap_or_default();
            let read_as = read_as(sheets, Some(plan.header_row));
            let entry = entry(plan.source, read_as, &account, columns.clone());
            LedgerEntry { taken: plan.taken.clone(), ..entry }
        }
        None => {
            let account = Account::default();
            entry(SourceIndex(index as u32), read_as(sheets, None), &account, Vec::new())
        }
    });
    Ledger { entries: entries.collect() }
}

fn entry(
    source: SourceIndex,
    read_as: Label,
    account: &Account,
    columns: Vec<ColumnFound>,
) -> LedgerEntry {
    LedgerEntry {
        source,
        read_as,
        rows_read: account.n_read,
        rows_kept: account.n_kept,
        rows_set_aside: account.rows_set_aside(),
        rows_blank: account.n_blank,
        columns,
        taken: Vec::new(),
    }
}

/// Says how a sheet was read: `CSV, UTF-8, « ; », en-têtes ligne 3`.
fn read_as(sheets: &dyn Sheets, header_row: Option<u32>) -> Label {
    let written = sheets.written_as();
    let (fr, en) = (written.get(Language::Fr), written.get(Language::En));
    match header_row {
        Some(row) => {
            Label::new(format!("{fr}, en-têtes ligne {row}"), format!("{en}, header in row {row}"))
        }
        None => Label::new(format!("{fr}, non lue"), format!("{en}, not read")),
    }
}
