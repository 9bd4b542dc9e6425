//! What deliveries become: text files, workbooks, and what holds for all of them.

mod csv;
mod properties;
mod reading;
mod workbooks;
