//! The site as a browser meets it: requests in, answers out, over a store of its own.

#![expect(clippy::expect_used, reason = "a helper that cannot go on stops the test")]

#[path = "web/across.rs"]
mod across;
#[path = "web/begun.rs"]
mod begun;
#[path = "web/carried.rs"]
mod carried;
#[path = "web/double.rs"]
mod double;
#[path = "web/editions.rs"]
mod editions;
#[path = "web/finishing.rs"]
mod finishing;
#[path = "web/health.rs"]
mod health;
#[path = "web/helped.rs"]
mod helped;
#[path = "web/matrix.rs"]
mod matrix;
#[path = "web/meant.rs"]
mod meant;
#[path = "web/named.rs"]
mod named;
#[path = "web/one_record.rs"]
mod one_record;
#[path = "web/past.rs"]
mod past;
#[path = "web/quality.rs"]
mod quality;
#[path = "web/resume.rs"]
mod resume;
#[path = "web/safety.rs"]
mod safety;
#[path = "web/secret.rs"]
mod secret;
#[path = "web/sheet.rs"]
mod sheet;
#[path = "web/site.rs"]
mod site;
#[path = "web/start.rs"]
mod start;
#[path = "web/tongues.rs"]
mod tongues;
