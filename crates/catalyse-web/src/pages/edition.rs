//! One file of an edition, byte for byte as it was fixed: the page, the workbook, the archive, and what the page points to in it.

use std::io::{Cursor, Read};
use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use catalyse_store::{EditionId, StoreError};
use zip::ZipArchive;

use crate::{Site, WebError};

/// A report is one page with its style and pictures inside, and without a script; so is a figure.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// What the files of a report are to a browser: by their ending, and whether they are shown or put into a folder.
const KINDS: [(&str, &str, bool); 8] = [
    (".html", "text/html; charset=utf-8", true),
    (".svg", "image/svg+xml", true),
    (".png", "image/png", true),
    (".txt", "text/plain; charset=utf-8", true),
    (".csv", "text/csv; charset=utf-8", false),
    (".json", "application/json", false),
    (".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", false),
    (".zip", "application/zip", false),
];

/// Hands a file out.
pub(crate) async fn file(
    State(site): State<Arc<Site>>,
    Path((edition, language, name)): Path<(i64, String, String)>,
) -> Result<Response, WebError> {
    let id = EditionId(edition);
    let bytes = match site.store.edition_file(id, &format!("{language}/{name}")).await {
        Ok(bytes) => bytes,
        Err(StoreError::Unknown { .. }) => packed(&site, id, (&language, &name)).await?,
        Err(error) => return Err(error.into()),
    };
    let known = KINDS.iter().find(|(ending, _, _)| *ending == ending_of(&name));
    let (_, kind, is_shown) = known.ok_or(WebError::Nowhere)?;
    let headers = [(CONTENT_TYPE, *kind), (CONTENT_SECURITY_POLICY, POLICY)];
    if *is_shown {
        return Ok((headers, bytes).into_response());
    }
    let away = [(CONTENT_DISPOSITION, "attachment")];
    Ok((headers, away, bytes).into_response())
}

/// Returns the ending of a name with its point; the names are those that the outputs give, in small letters.
pub(super) fn ending_of(name: &str) -> &str {
    name.rfind('.').and_then(|place| name.get(place..)).unwrap_or_default()
}

/// Takes a file out of the archive of an edition.
async fn packed(
    site: &Site,
    id: EditionId,
    (language, name): (&str, &str),
) -> Result<Vec<u8>, WebError> {
    let editions = site.store.editions().await?;
    let edition = editions.into_iter().find(|one| one.id == id).ok_or(WebError::Nowhere)?;
    let is_archive =
        |name: &str| name.starts_with(&format!("{language}/")) && ending_of(name) == ".zip";
    let archive = edition.files.into_iter().find(|(name, _)| is_archive(name));
    let (archive, _) = archive.ok_or(WebError::Nowhere)?;
    let archive = Cursor::new(site.store.edition_file(id, &archive).await?);
    let mut archive = ZipArchive::new(archive).map_err(WebError::engine)?;
    let mut file = archive.by_name(name).map_err(|_| WebError::Nowhere)?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).map_err(WebError::engine)?;
    Ok(bytes)
}
