//! What records should be: studies, forms, variables, value types, code lists, conditions, and checks as data.
//!
//! A codebook is made once from the texts of a study's folder and never changes. It knows the *kinds* of value types,
//! and carries checks and tables as data whose kinds live in the crates above it.

mod form;
mod name;
mod study;
mod value;

pub use form::{Form, Grain, MissingReason, Section, Sensitivity, Variable};
pub use name::{CheckId, FormName, GroupName, ListName, NotASlug, PartnerId, VariableName, WaveId};
pub use study::{
    Category, CheckSpec, CodeList, Codebook, Partner, Severity, Study, TargetGroup, Wave,
};
pub use value::{
    DateOrder, DateSystem, DecimalMark, Level, ListIndex, Precision, RawCell, ReadAs, Storage,
    Unreadable, Value, ValueType, Widget,
};
