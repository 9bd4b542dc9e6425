//! Zero-restricted controlled rounding of many linked counts.
//!
//! Each count goes to one of its two neighbouring multiples of the base so that all sums stay exact and the change is least.
//! A pack has tens of thousands of counts, so it is taken apart: first the few counts that very many sums share (hubs: persons by
//! wave and partner), then each variable's tables by themselves, between the rounded hubs. A part that finds no answer between
//! them is solved again together with its hubs; only if that fails too are sums given up, the highest margin first.
//! Source: Cox, JASA 82 (1987) 520–524; Salazar-González, Operations Research 53 (2005) 819–829.

mod guards;
mod parts;
mod program;
mod solve;
#[cfg(test)]
mod tests;

pub(crate) use guards::{guards_of_deliveries, guards_of_lessons, guards_of_partners};
pub(crate) use parts::{Part, split};
pub(crate) use program::System;
pub(crate) use solve::round;
