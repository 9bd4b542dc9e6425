//! What a coordinator would read.
