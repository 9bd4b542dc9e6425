//! Whole outputs of the invented pack: what a reader gets, and what nobody may get.

mod definition;
mod files;
mod golden;
mod pack;
mod page;
mod workbook;
