//! Reading one delivery from its bytes to its ledger.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;

use catalyse_codebook::{Codebook, Severity};
use catalyse_locale::Args;
use catalyse_records::{Event, Findings, Source, SourceIndex, column_letters};

use crate::account::{ledger, say_without_record};
use crate::columns::persons::Join;
use crate::columns::plan::{Placed, Plan, SheetPlan, place};
use crate::columns::prepare::Asked;
use crate::decode::pool::decode_all;
use crate::decode::sift::Account;
use crate::formats::{ALL, Sheets};
use crate::look::Look;
use crate::notice::{self, add};
use crate::reader::{Reading, Sink, hand_on};
use crate::sheet::choose::{Chosen, choose};
use crate::sheet::filled::FilledRows;
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

/// Holds what is known of all sheets before their rows are read.
struct Planned<'a> {
    sources: Vec<Source>,
    plans: Vec<SheetPlan<'a>>,
    join: Option<Join>,
}

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
        self.say_unused_mapping(chosen, &mut findings);
        let sources = Arc::new(sources);
        findings.sources = Arc::clone(&sources);
        hand_on(sink, Event::Sources(sources.to_vec()))?;
        let mut accounts = BTreeMap::new();
        let mut persons = None;
        if let Some(join) = &join
            && let Some(Some((plan, _))) = plans.get(join.sheet_index)
        {
            let (account, read) = self.read_persons((sheets, join), plan, &mut findings, sink)?;
            accounts.insert(join.sheet_index, account);
            persons = Some(read);
        }
        for (index, plan) in plans.iter().enumerate() {
            let Some((plan, _)) = plan.as_ref().filter(|_| !accounts.contains_key(&index)) else {
                continue;
            };
            let joined = sources.get(index).and_then(|source| source.joined.as_ref());
            let account = match persons.as_mut().zip(joined) {
                Some((persons, joined)) => {
                    let joined = (persons, joined);
                    self.read_joined((sheets, plan), joined, &mut findings, sink)?
                }
                None => {
                    self.decode(sheets, plan, &mut findings, &mut |event| hand_on(sink, event))?
                }
            };
            accounts.insert(index, account);
        }
        if let Some((join, persons)) = join.as_ref().zip(persons.as_ref()) {
            let source = SourceIndex(join.sheet_index as u32);
            self.say_without_record(&mut findings, source, persons);
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
        let rows = sheets.rows(plan.source.0 as usize)?;
        let mut rows = FilledRows::new(rows, &plan.shape, plan.header_row);
        decode_all(plan, &mut rows, self.reader.options.n_threads, &mut |decoded| {
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
