//! What records should be: studies, forms, variables, value types, code lists, conditions, and checks as data.
//!
//! A codebook is made once from the texts of a study's folder and never changes. It knows the *kinds* of value types,
//! and carries checks and tables as data whose kinds live in the crates above it.
//!
//! ```
//! use catalyse_codebook::{Codebook, Condition, Row, SchemaFiles, starter};
//!
//! let mut files = SchemaFiles::bundled();
//! for (path, text) in starter() {
//!     files.add(format!("mine/{path}"), text);
//! }
//! let codebook = Codebook::open(&files, "mine")?.codebook;
//! let row = Row::of_person_wave(&codebook);
//! let condition = Condition::parse("activity IN ('other') AND age < 26", &row).map_err(|_| "faults")?;
//! assert_eq!(condition.to_engine_sql(), r#"("activity" = 'other') AND ("age" < 26)"#);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod access;
mod answer;
mod bounds;
mod calculation;
mod check_spec;
mod code_list;
mod codebook;
mod condition;
mod files;
mod form;
mod list_index;
pub mod meta;
mod name;
mod open;
mod problem;
mod reask;
mod role;
mod show;
mod spoken;
mod starter;
mod study;
pub mod types;
mod value;

pub use access::Access;
pub use answer::{Answer, Answers};
pub use bounds::Bounds;
pub use calculation::Calculation;
pub use check_spec::{CheckSpec, Severity};
pub use code_list::{Category, CodeList};
pub use codebook::Codebook;
pub use condition::{
    Comparison, Condition, DatePart, Fault, Function, Kind, Operator, Order, Row, Term,
};
pub use files::SchemaFiles;
pub use form::{Form, Grain, MissingReason, Section, Sensitivity, Variable};
pub use list_index::ListIndex;
pub use name::{CheckId, FormName, GroupName, ListName, NotASlug, PartnerId, VariableName, WaveId};
pub use open::Opened;
pub use problem::{Gravity, Problem, Problems, nearest, nearest_names};
pub use reask::Reask;
pub use role::Role;
pub use show::SentenceOf;
pub use starter::starter;
pub use study::{CodeScope, Partner, Study, TargetGroup, Wave};
pub use value::{
    DateOrder, DateSystem, DecimalMark, Level, Precision, RawCell, ReadAs, Storage, Typical,
    Unreadable, Value, ValueType, Widget,
};
