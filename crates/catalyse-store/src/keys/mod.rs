//! Keys: how answers are sealed, and where the keys lie that open them.

pub(crate) mod cipher;
pub(crate) mod content;
pub(crate) mod key_file;
pub(crate) mod key_sheet;
pub(crate) mod seal;
