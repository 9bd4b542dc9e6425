//! The report of all accepted records: made by the program's pipeline, behind the gate, when it is asked for.

use std::sync::Arc;

use axum::extract::{Extension, State};
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

use catalyse_store::Selection;

use crate::guard::Visitor;
use crate::{Site, WebError};

/// A report is one page with its style and pictures inside, and without a script.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Shows the report.
pub(crate) async fn show(
    State(site): State<Arc<Site>>,
    Extension(visitor): Extension<Visitor>,
) -> Result<Response, WebError> {
    let make = site.report.clone().ok_or(WebError::Nowhere)?;
    let language = visitor.language;
    let _alone = site.reporting.lock().await;
    let records = site.store.records(&Selection::default()).await?;
    let written = tokio::task::spawn_blocking(move || make(&records, language));
    let page = written.await.map_err(WebError::engine)?.map_err(WebError::Engine)?;
    let headers = [(CONTENT_TYPE, "text/html; charset=utf-8"), (CONTENT_SECURITY_POLICY, POLICY)];
    Ok((headers, page).into_response())
}
