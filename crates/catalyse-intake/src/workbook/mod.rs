//! What workbooks have in common: their containers, looked at before anything unpacks them, and cells put into rows.

pub(crate) mod addresses;
pub(crate) mod archive;
pub(crate) mod compound;
pub(crate) mod ods_cells;
pub(crate) mod ods_shape;
pub(crate) mod raw_cells;
pub(crate) mod rows;
pub(crate) mod xlsx_shape;
