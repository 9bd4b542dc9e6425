//! Puts releases and drawings into pages and workbooks.
//!
//! [`Definition`] says which figures a report has, [`assemble`] puts releases and drawings into a [`Report`], and the outputs in
//! [`outputs`] turn it into files. Nothing here sees a person: releases come from the gate, and every output reads the same [`Table`].

mod assemble;
mod claims;
mod company;
mod definition;
mod drawing;
mod figure;
mod inputs;
pub mod outputs;
mod page;
mod report;
mod whole;
mod workbook;

pub use assemble::assemble;
pub use definition::{
    ChapterDefinition, Definition, DefinitionProblem, FIGURE_KEYS, FigureDefinition,
    PartnerEdition, PortraitDefinition, PortraitLine, TABLE_KEYS, TrendsDefinition,
    partner_table_id,
};
pub use drawing::draw_figure;
pub use inputs::{Break, Edition, Inputs, LeftOut, LeftOutReason, Named, Protection};
pub use inputs::{Deliveries, LeftOutRecords};
pub use report::Reading;
pub use report::error::ReportError;
pub use report::front::PortraitFact;
pub use report::front::{DeliveryBox, DeliveryRow};
pub use report::front::{FigureLink, Finding, Folded, Inconclusive, Trends, Why};
pub use report::table::{Heading, Row, Table};
pub use report::{Chapter, Figure, FigureBreak, Paragraph, Report, ReportFigure, Whole, WholeOf};
pub use whole::left_out::say_left_out;
pub use whole::records::RECORDS_TABLE;
pub use workbook::{PlainSheet, plain_workbook};
