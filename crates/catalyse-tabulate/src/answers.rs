//! Answers: which categories of a variable each record chose, and why the others have none.

use catalyse_codebook::{Codebook, MissingReason, Storage, Variable};
use catalyse_locale::{Label, Wording};
use catalyse_records::{column_names, reason_column};
use polars::prelude::*;

use crate::TabulateError;
use crate::caseload::physical_codes;

/// An axis may have this many headings, margins included: one bit each.
pub(crate) const MOST_HEADINGS: usize = 128;

/// Holds what each record answered.
pub(crate) struct Answers {
    /// Key and words of each category.
    pub(crate) categories: Vec<(String, Label)>,
    /// The categories of each row as bits; nothing if it has no answer.
    pub(crate) bits: Vec<Option<u128>>,
}

/// Reads the answers of a variable.
///
/// # Missing
/// NULL is no answer. Several answers are one answer as a whole: a record that chose nothing of what it was asked answered.
///
/// # Errors
/// The variable has no categories, or more than an axis can hold.
pub(crate) fn answers(
    codebook: &Codebook,
    table: &str,
    frame: &DataFrame,
    variable: &Variable,
) -> Result<Answers, TabulateError> {
    let listed = || -> Vec<(String, Label)> {
        let list = codebook.list_of(variable).into_iter().flat_map(|list| &list.categories);
        list.map(|category| (category.code.clone(), category.label.clone())).collect()
    };
    let name = variable.name.as_str();
    // Beside the categories: those who answered, three lines of missing answers, everybody.
    if codebook.list_of(variable).is_some_and(|list| list.categories.len() + 5 > MOST_HEADINGS) {
        return Err(TabulateError::unknown(table, &TOO_MANY, name));
    }
    match variable.value_type.storage() {
        Storage::Code => {
            let codes = physical_codes(frame, name)?;
            let bits = codes.into_iter().map(|code| code.map(|code| 1_u128 << code)).collect();
            Ok(Answers { categories: listed(), bits })
        }
        Storage::Boolean => {
            let flags = frame.column(name)?.bool()?.iter();
            let bits = flags.map(|flag| flag.map(|is_true| if is_true { 1 } else { 2 })).collect();
            let yes_and_no = [("true", "oui", "yes"), ("false", "non", "no")];
            let categories =
                yes_and_no.map(|(key, fr, en)| (key.to_owned(), Label::new(fr, en))).to_vec();
            Ok(Answers { categories, bits })
        }
        Storage::Codes => {
            let mut bits = vec![None; frame.height()];
            for (index, column) in column_names(codebook, variable).iter().enumerate() {
                for (bits, flag) in bits.iter_mut().zip(frame.column(column)?.bool()?.iter()) {
                    if let Some(is_chosen) = flag {
                        *bits = Some(bits.unwrap_or(0_u128) | u128::from(is_chosen) << index);
                    }
                }
            }
            Ok(Answers { categories: listed(), bits })
        }
        Storage::Integer | Storage::Decimal | Storage::Date | Storage::Text => {
            Err(TabulateError::unknown(table, &NO_CATEGORIES, name))
        }
    }
}

/// Returns the reason of each row, where one stands beside an empty value.
pub(crate) fn reasons(
    frame: &DataFrame,
    variable: &Variable,
) -> Result<Vec<Option<MissingReason>>, TabulateError> {
    let column = reason_column(&variable.name);
    if frame.column(&column).is_err() {
        return Ok(vec![None; frame.height()]);
    }
    let codes = physical_codes(frame, &column)?;
    let reason = |code: u32| MissingReason::ALL.get(code as usize).copied();
    Ok(codes.into_iter().map(|code| code.and_then(reason)).collect())
}

const NO_CATEGORIES: Wording = Wording::new(
    "tableau `{ $table }` : `{ $name }` n’a pas de modalités et ne peut faire les lignes ou les colonnes d’un tableau. Prenez une variable dérivée en classes, ou `kind = \"summary\"`.",
    "table `{ $table }`: `{ $name }` has no categories and cannot make the rows or columns of a table. Take a derived variable in bands, or `kind = \"summary\"`.",
);
const TOO_MANY: Wording = Wording::new(
    "tableau `{ $table }` : `{ $name }` a trop de modalités pour un tableau (plus de 120). Prenez une variable qui les regroupe.",
    "table `{ $table }`: `{ $name }` has too many categories for a table (more than 120). Take a variable that groups them.",
);
