//! The ledger of a delivery: what became of the rows of each sheet, and what is said of sheets without any.

use std::collections::BTreeMap;

use catalyse_codebook::Severity;
use catalyse_locale::{Args, Label, Language};
use catalyse_records::{ColumnFound, Findings, Ledger, LedgerEntry, SourceIndex};

use crate::columns::plan::SheetPlan;
use crate::decode::sift::Account;
use crate::formats::Sheets;
use crate::notice::{self, add};
use crate::sheet::block::OddityKind;

/// Names the sheets that have a header and nothing below. Beside a sheet with records an empty one is how spreadsheet programs make
/// workbooks, and nobody has to do anything; a file that holds nothing is probably the wrong one.
pub(crate) fn say_without_record(
    findings: &mut Findings,
    plans: &[SheetPlan<'_>],
    ledger: &Ledger,
) {
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
pub(crate) fn ledger(
    sheets: &dyn Sheets,
    plans: &[SheetPlan<'_>],
    accounts: &BTreeMap<usize, Account>,
) -> Ledger {
    let entries = plans.iter().enumerate().map(|(index, plan)| {
        let Some((plan, columns)) = plan else {
            let (source, account) = (SourceIndex(index as u32), Account::default());
            return entry(source, read_as(sheets, None), &account, Vec::new());
        };
        let account = accounts.get(&index).cloned().unwrap_or_default();
        let read_as = read_as(sheets, Some(plan.header_row));
        let entry = entry(plan.source, read_as, &account, columns.clone());
        LedgerEntry { taken: plan.taken.clone(), ..entry }
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
