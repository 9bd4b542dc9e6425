//! The store as its users see it: one suite, run on SQLite and, where a server is named, on PostgreSQL.

#![cfg(test)]

mod accounts;
mod at_once;
mod backups;
mod batches;
mod beside;
mod drafts;
mod editions;
mod findings;
mod identities;
mod kill;
mod kindred;
mod life;
mod opening;
mod persons;
mod place;
mod proof;
mod records;
mod renewed;
mod sample;
mod slips;
mod undoing;
mod untouched;
