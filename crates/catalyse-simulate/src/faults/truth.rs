//! The truth file: where each fault stands and what must find it.

use std::fmt::Write;

use super::planted::Fault;

/// Writes the faults as CSV: `file,sheet,cell,variable,check,kind,fault`. Rows of one fault have the same number.
pub(crate) fn truth(faults: &[Fault]) -> Vec<u8> {
    let mut text = "file,sheet,cell,variable,check,kind,fault\n".to_owned();
    for fault in faults {
        let sheet = fault.sheet.as_deref().unwrap_or_default();
        let Fault { file, cell, variable, check, kind, number, .. } = fault;
        let _ =
            writeln!(text, "{file},{sheet},{cell},{variable},{},{kind},{number}", check.as_str());
    }
    text.into_bytes()
}
