//! The site as a browser meets it: requests in, answers out, over a store of its own.

#[path = "web/matrix.rs"]
mod matrix;
#[path = "web/one_record.rs"]
mod one_record;
#[path = "web/safety.rs"]
mod safety;
#[path = "web/sheet.rs"]
mod sheet;
#[path = "web/site.rs"]
mod site;
