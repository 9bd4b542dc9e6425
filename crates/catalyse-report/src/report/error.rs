//! Why a report could not be put together or written.

/// Says why a report could not be put together.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// A figure's table is not among the releases.
    #[error("figure `{figure}`: table `{table}` is not among the released tables")]
    MissingRelease {
        /// The figure.
        figure: String,
        /// The table.
        table: String,
    },
    /// An edition names a partner the study does not have.
    #[error("no partner `{partner}` in this study")]
    UnknownPartner {
        /// The partner.
        partner: String,
    },
    /// The page could not be written.
    #[error("the page could not be written")]
    Page(#[from] askama::Error),
    /// The workbook could not be written.
    #[error("the workbook could not be written")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// A CSV file could not be written.
    #[error("the CSV file could not be written")]
    Csv(#[from] csv::Error),
    /// A JSON file could not be written.
    #[error("the JSON file could not be written")]
    Json(#[from] serde_json::Error),
}
