//! What every answer carries, and which hosts are answered at all.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HOST, HeaderName, HeaderValue, REFERRER_POLICY,
    STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::{Line, Site};

/// Nothing but our own style sheet, script, drawings and forms: no inline code, no frame, no other site (CSP level 3).
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
);

/// Browsers come back by TLS alone for a year (OWASP ASVS 5.0, 3.4.1). Other names of the domain are none of ours.
const A_YEAR: HeaderValue = HeaderValue::from_static("max-age=31536000");

/// Refuses requests under a name that is not ours: a page of another site may not reach us by a name that points here (DNS rebinding).
pub(crate) async fn host(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let host = request.headers().get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    if site.settings.allows_host(host) {
        next.run(request).await
    } else {
        StatusCode::MISDIRECTED_REQUEST.into_response()
    }
}

/// Adds what protects a page in the browser. Pages are never kept by it: the next person at this desk sees none.
pub(crate) async fn headers(
    State(site): State<Arc<Site>>,
    request: Request,
    next: Next,
) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    // A proxy that encrypts says so itself, for as long as its keeper wants; in the open browsers disregard it (RFC 6797, 8.1).
    if matches!(site.settings.line, Line::Tls { .. }) {
        headers.insert(STRICT_TRANSPORT_SECURITY, A_YEAR);
    }
    // A report is one page with its style inside: it brings a policy of its own.
    headers.entry(CONTENT_SECURITY_POLICY).or_insert(POLICY);
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(
        HeaderName::from_static("cross-origin-opener-policy"),
        HeaderValue::from_static("same-origin"),
    );
    headers.insert(
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(), geolocation=(), microphone=()"),
    );
    response
}
