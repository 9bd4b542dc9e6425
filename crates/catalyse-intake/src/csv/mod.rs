//! Text files: how they are encoded, parted and taken apart.

pub(crate) mod dialect;
pub(crate) mod encoding;
pub(crate) mod legacy;
pub(crate) mod parse;
pub(crate) mod sniff;
pub(crate) mod source;
