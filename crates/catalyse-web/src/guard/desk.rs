//! What a request about a sheet has at hand: the site, who asks, and the sheet that the gate has laid out.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use super::Visitor;
use crate::sheet::Desk;
use crate::{Site, WebError};

/// Holds a visitor at a sheet of the own centre.
pub(crate) struct AtDesk {
    pub(crate) site: Arc<Site>,
    pub(crate) visitor: Visitor,
    pub(crate) desk: Arc<Desk>,
}

impl FromRequestParts<Arc<Site>> for AtDesk {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, site: &Arc<Site>) -> Result<Self, WebError> {
        // The gate has put both there: a route of which it does not is none about a sheet.
        let visitor = parts.extensions.get::<Visitor>().cloned().ok_or(WebError::Nowhere)?;
        let desk = parts.extensions.get::<Arc<Desk>>().cloned().ok_or(WebError::Nowhere)?;
        Ok(Self { site: Arc::clone(site), visitor, desk })
    }
}
