//! Puts releases and drawings into pages and workbooks.
//!
//! [`Definition`] says which figures a report has, [`assemble`] puts releases and drawings into a [`Report`], and the outputs in
//! [`outputs`] turn it into files. Nothing here sees a person: releases come from the gate, and every output reads the same [`Table`].

mod assemble;
mod breaks;
mod cell_text;
mod claim;
mod context;
mod definition;
mod drawing;
mod flat;
mod general;
mod glossary;
mod inconclusive;
mod left_out;
mod methods;
mod news;
mod notes;
pub mod outputs;
mod page;
mod portrait;
mod reading;
mod records;
mod report;
mod sentence;
mod spotlight;
mod summary;
mod table;
mod title;
mod trends;
mod universe;
mod verdict;
mod withheld;
mod workbook;

pub use assemble::assemble;
pub use definition::{
    ChapterDefinition, Definition, DefinitionProblem, FIGURE_KEYS, FigureDefinition,
    PartnerEdition, PortraitDefinition, PortraitLine, TABLE_KEYS, TrendsDefinition,
    partner_table_id,
};
pub use drawing::draw_figure;
pub use left_out::say_left_out;
pub use portrait::PortraitFact;
pub use reading::Reading;
pub use records::{Deliveries, DeliveryBox, DeliveryRow, LeftOutRecords, RECORDS_TABLE};
pub use report::{
    Break, Chapter, Edition, Figure, FigureBreak, Inputs, LeftOut, LeftOutReason, Named, Paragraph,
    Protection, Report, ReportError, ReportFigure,
};
pub use table::{Heading, Row, Table};
pub use trends::{FigureLink, Finding, Folded, Inconclusive, Trends, Why};
pub use workbook::{PlainSheet, plain_workbook};
