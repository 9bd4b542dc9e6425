//! Identities on the screen: the journal notes who was shown one that somebody else typed, or that is shown by somebody else's link.
//!
//! Once a day for a visitor and a sheet: a line for each page would bury the others.

use catalyse_codebook::{Sensitivity, VariableName};
use catalyse_store::Field;

use crate::guard::Visitor;
use crate::sheet::Desk;
use crate::{Site, WebError, clock};

/// Notes that variables of the main row are shown to a visitor, if one of them says who the person is.
pub(super) async fn note<'v>(
    site: &Site,
    visitor: &Visitor,
    desk: &Desk,
    shown: impl Iterator<Item = &'v VariableName>,
) -> Result<(), WebError> {
    let is_others = |variable: &VariableName| {
        let known = site.codebook().variable(variable);
        let says_who = known.is_some_and(|one| one.sensitivity == Sensitivity::Identifying);
        let field = Field { form: None, number: 0, variable: variable.clone() };
        let typed = desk.draft.fields.get(&field).filter(|field| field.answer.is_some());
        says_who
            && typed.is_some_and(|field| field.by != visitor.name() || visitor.given_by.is_some())
    };
    let mut shown = shown;
    if !shown.any(is_others) {
        return Ok(());
    }
    let given_by = visitor.given_by.as_deref().unwrap_or_default();
    let id = desk.draft.state.id;
    let who = format!("{} {} {given_by}", clock::day_of(site.now()), visitor.name());
    if site.first_shown((id, who)) {
        site.store.identity_shown(id, &visitor.author(site)).await?;
    }
    Ok(())
}
