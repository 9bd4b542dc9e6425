//! What several kinds draw or lay out alike: the frame they are given, scales, marks, labels, breaks, bars of 100 %, heat tables and ranges.

pub(crate) mod breaks;
pub(crate) mod frame;
pub(crate) mod labels;
pub(crate) mod marks;
pub(crate) mod panels;
pub(crate) mod range_marks;
pub(crate) mod scale;
pub(crate) mod segments;
pub(crate) mod sheet;
pub(crate) mod told;
