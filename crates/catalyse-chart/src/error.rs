//! What can go wrong while drawing.

use thiserror::Error;

/// Says why there is no drawing.
#[derive(Debug, Error)]
pub enum ChartError {
    /// The kind does not suit the table.
    #[error(
        "table `{table}` cannot be drawn as `{kind}`: choose another chart kind in the report definition"
    )]
    Unfit {
        /// The name of the release.
        table: String,
        /// The chart kind asked for.
        kind: String,
    },
    /// The table does not have the group asked for.
    #[error(
        "table `{table}` has no group `{group}` to draw: check the partners and waves of the report"
    )]
    UnknownGroup {
        /// The name of the release.
        table: String,
        /// The key of the group.
        group: String,
    },
    /// The bundled font could not be read.
    #[error("bundled font: {0}")]
    Font(String),
    /// The SVG could not be read back by the rasteriser.
    #[error("drawing `{id}` as pixels: {reason}")]
    Raster {
        /// The id of the figure.
        id: String,
        /// What the rasteriser says.
        reason: String,
    },
}
