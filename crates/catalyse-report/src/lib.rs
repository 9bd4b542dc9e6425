//! Puts releases and drawings into pages and workbooks.
//!
//! [`Definition`] says which figures a report has, [`assemble`] puts releases and drawings into a [`Report`], and the outputs in
//! [`outputs`] turn it into files. Nothing here sees a person: releases come from the gate, and every output reads the same [`Table`].

mod assemble;
mod claims;
mod definition;
mod drawing;
mod figure;
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
pub use figure::reading::Reading;
pub use report::table::{Heading, Row, Table};
pub use report::{
    Break, Chapter, Edition, Figure, FigureBreak, Inputs, LeftOut, LeftOutReason, Named, Paragraph,
    Protection, Report, ReportError, ReportFigure,
};
pub use whole::left_out::say_left_out;
pub use whole::portrait::PortraitFact;
pub use whole::records::{Deliveries, DeliveryBox, DeliveryRow, LeftOutRecords, RECORDS_TABLE};
pub use whole::trends::{FigureLink, Finding, Folded, Inconclusive, Trends, Why};
pub use workbook::{PlainSheet, plain_workbook};
