//! Codes that are alike: `t-1` beside `T-1`. Before a second person is made of one, whoever types is asked.

use catalyse_codebook::{Answer, PartnerId};
use catalyse_locale::fold;

use crate::guard::Visitor;
use crate::sheet::Desk;
use crate::{Site, WebError};

/// Holds a person of the centre whose code is the one that was typed, or looks like it.
pub(super) struct Known {
    /// The code of the person.
    pub(super) code: String,
    /// What was typed.
    pub(super) typed: String,
}

impl Known {
    /// Says whether it is the same code to the letter.
    pub(super) fn is_same(&self) -> bool {
        self.code == self.typed
    }
}

/// Returns the person of a partner whose code a typed one is, or looks like.
pub(super) async fn known(
    site: &Site,
    partner: &PartnerId,
    typed: &str,
) -> Result<Option<Known>, WebError> {
    let listing = site.store.listing(partner).await?;
    let codes = || listing.iter().map(|record| record.key.person.as_str());
    let wanted = plain(typed);
    let code = codes().find(|code| *code == typed);
    let code = code.or_else(|| codes().find(|code| !wanted.is_empty() && plain(code) == wanted));
    Ok(code.map(|code| Known { code: code.to_owned(), typed: typed.to_owned() }))
}

/// Returns the person of the centre whom a sheet about nobody may be about, by the code that was typed in it.
pub(super) async fn known_of(
    site: &Site,
    visitor: &Visitor,
    desk: &Desk,
) -> Result<Option<Known>, WebError> {
    let is_about_nobody = desk.second.is_none() && desk.draft.state.pseudonym.is_none();
    let code = desk.sheet.main.get(&site.codebook().study.person);
    match (visitor.partner(), code) {
        (Some(partner), Some(Answer::Text(code))) if is_about_nobody => {
            known(site, partner, code).await
        }
        (Some(_) | None, _) => Ok(None),
    }
}

/// Returns what is left of a code once case, accents, marks and leading zeros are: its letters and numbers in their order.
fn plain(code: &str) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut before = None;
    for sign in fold(code).chars() {
        let kind = (sign.is_ascii_digit(), sign.is_alphanumeric());
        if before != Some(kind) {
            parts.push(String::new());
        }
        before = Some(kind);
        if let Some(part) = parts.last_mut().filter(|_| sign.is_alphanumeric()) {
            part.push(sign);
        }
    }
    let parts = parts.iter().filter(|part| !part.is_empty());
    parts.map(|part| part.trim_start_matches('0')).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn codes_are_alike_whatever_case_marks_and_zeros() {
        for alike in ["T-1", "t-1", "t1", "T 01", " T_001 ", "T/1"] {
            assert_eq!(plain(alike), "t-1", "{alike}");
        }
        for other in ["T-10", "T-11", "U-1", "T-1-1", "T"] {
            assert_ne!(plain(other), "t-1", "{other}");
        }
        assert_ne!(plain("1-11"), plain("11-1"));
        assert_eq!(plain("  "), "");
    }
}
