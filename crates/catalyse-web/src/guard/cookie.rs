//! Cookies: the session and the languages.

use axum::http::HeaderMap;
use axum::http::header::COOKIE;

/// The cookie of the session.
pub(crate) const SESSION: &str = "seance";
/// The cookie of the language.
pub(crate) const LANGUAGE: &str = "langue";

/// The cookie of the record that was accepted a moment ago: the start says so once.
pub(crate) const ACCEPTED: &str = "acceptee";

/// The cookie of the language of the questions.
pub(crate) const QUESTIONS: &str = "questions";

/// Returns the value of a cookie that the browser sent.
pub(crate) fn read<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let texts = headers.get_all(COOKIE).iter().filter_map(|header| header.to_str().ok());
    texts
        .flat_map(|text| text.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(known, _)| *known == name)
        .map(|(_, value)| value)
}

/// Writes a cookie for the browser: no script reads it, no other site sends it, and it ends with the browser.
pub(crate) fn set(name: &str, value: &str, is_secret: bool) -> String {
    let secure = if is_secret { "; Secure" } else { "" };
    format!("{name}={value}; Path=/; HttpOnly; SameSite=Strict{secure}")
}

/// Takes a cookie from the browser.
pub(crate) fn unset(name: &str) -> String {
    format!("{name}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0")
}
