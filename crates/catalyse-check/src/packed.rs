//! Numbers and marks that carry an index: what two kinds across records keep of a row in the one number that a sighting has room for.
//!
//! The last six bits of the number are the index of its wave or partner, from 0. A number keeps 46 of its 52 bits: whole numbers stay exact
//! up to 70 billion, and dates, months and positions in a list are far below.

use std::hash::{DefaultHasher, Hasher};

use catalyse_locale::fold;
use polars::prelude::*;

const INDEX_BITS: u64 = 0b11_1111;

/// So many waves or partners can be told apart.
pub(crate) const MOST: usize = 64;

/// The highest bit of the exponent: without it no pattern of bits is infinite or no number.
const TOP_OF_EXPONENT: u64 = 1 << 62;

/// Returns the index that a packed number carries.
pub(crate) const fn index_of(packed: f64) -> u64 {
    packed.to_bits() & INDEX_BITS
}

/// Returns the number without its index.
pub(crate) const fn number_of(packed: f64) -> f64 {
    f64::from_bits(packed.to_bits() & !INDEX_BITS)
}

/// Says whether a packed number was empty.
pub(crate) const fn is_empty(packed: f64) -> bool {
    packed.is_nan()
}

/// Packs a number with the position of a name among those that are known. Empty where the name is; an empty number is packed too, so
/// that who looks for the last one sees that it is missing.
pub(crate) fn number_at(value: Expr, name: Expr, known: Vec<String>) -> Expr {
    let pack = move |columns: &mut [Column]| {
        let [values, names] = columns else { return Err(no_columns()) };
        let numbers = values.as_materialized_series().f64()?.clone();
        let names = names.as_materialized_series().str()?.clone();
        let packed = numbers.iter().zip(names.iter()).map(|(number, name)| {
            // Minus zero is zero. The bits that tell NaN from a number are above those of the index.
            let bits = (number.unwrap_or(f64::NAN) + 0.0).to_bits() & !INDEX_BITS;
            Some(f64::from_bits(bits | position(&known, name?)?))
        });
        Ok(Float64Chunked::from_iter_options(numbers.name().clone(), packed).into_column())
    };
    value.cast(DataType::Float64).map_many(pack, &[name.cast(DataType::String)], float)
}

/// Packs a hash of texts, without case and accents, with the position of a name among those that are known. Empty where one of them is.
///
/// Of a million different identities two have the same hash with a probability below 10⁻⁵.
pub(crate) fn mark_at(parts: Vec<Expr>, name: Expr, known: Vec<String>) -> Expr {
    let pack = move |columns: &mut [Column]| {
        let Some((names, parts)) = columns.split_first() else { return Err(no_columns()) };
        let (names, parts) = (texts(names)?, all_texts(parts)?);
        let packed = (0..names.len())
            .map(|row| Some(packed(hash(&parts, row)?, position(&known, names.get(row)?)?)));
        Ok(Float64Chunked::from_iter_options(names.name().clone(), packed).into_column())
    };
    let parts: Vec<Expr> = parts.into_iter().map(|part| part.cast(DataType::String)).collect();
    name.cast(DataType::String).map_many(pack, &parts, float)
}

/// Makes a hash of texts, without case and accents, into a number. Empty where one of them is.
pub(crate) fn mark(first: Expr, others: Vec<Expr>) -> Expr {
    let pack = move |columns: &mut [Column]| {
        let parts = all_texts(columns)?;
        let Some(first) = parts.first() else { return Err(no_columns()) };
        let packed = (0..first.len()).map(|row| Some(packed(hash(&parts, row)?, 0)));
        Ok(Float64Chunked::from_iter_options(first.name().clone(), packed).into_column())
    };
    let others: Vec<Expr> = others.into_iter().map(|part| part.cast(DataType::String)).collect();
    first.cast(DataType::String).map_many(pack, &others, float)
}

fn texts(column: &Column) -> PolarsResult<StringChunked> {
    column.as_materialized_series().str().cloned()
}

fn all_texts(columns: &[Column]) -> PolarsResult<Vec<StringChunked>> {
    columns.iter().map(texts).collect()
}

/// Returns the hash of the texts of a row; nothing if one is empty.
fn hash(parts: &[StringChunked], row: usize) -> Option<u64> {
    let mut hasher = DefaultHasher::new();
    for part in parts {
        hasher.write(fold(part.get(row)?).as_bytes());
        hasher.write_u8(0);
    }
    Some(hasher.finish())
}

const fn packed(hash: u64, index: u64) -> f64 {
    f64::from_bits(hash & !INDEX_BITS & !TOP_OF_EXPONENT | index)
}

fn position(known: &[String], name: &str) -> Option<u64> {
    known.iter().position(|known| known == name).map(|position| position as u64)
}

#[expect(clippy::unnecessary_wraps, reason = "polars asks for a Result")]
fn float(_: &Schema, fields: &[Field]) -> PolarsResult<Field> {
    let name = fields.first().map(|field| field.name().clone()).unwrap_or_default();
    Ok(Field::new(name, DataType::Float64))
}

fn no_columns() -> PolarsError {
    polars_err!(ComputeError: "a packed number without its columns")
}
