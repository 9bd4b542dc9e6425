//! Refusals in words: what is refused before any page is reached – another name, no such address, a request that cannot be read – is told in
//! the visitor's language, with a way back.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::middleware::Next;
use axum::response::Response;
use catalyse_locale::Language;

use super::{LANGUAGE, read};
use crate::Site;
use crate::pages::{Refusal, refuse};

/// Gives every refusal its words that has none of its own.
pub(crate) async fn told(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let language = read(request.headers(), LANGUAGE).and_then(Language::from_tag);
    let response = next.run(request).await;
    let status = response.status();
    let kind = response.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let is_page = kind.is_some_and(|kind| kind.starts_with("text/html"));
    if is_page || !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let language = language.unwrap_or(site.settings.language);
    let mut page = refuse(language, &Refusal::Status(status));
    // What a refusal has to say beside its words, such as which methods there are.
    for (name, value) in response.headers() {
        if !page.headers().contains_key(name) && !name.as_str().starts_with("content-") {
            page.headers_mut().append(name, value.clone());
        }
    }
    page
}
