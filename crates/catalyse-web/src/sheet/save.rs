//! Saving one field as it is left: reading what was typed, putting it on the disk, and saying what became of it.

use catalyse_codebook::{Answer, Form, Grain, MissingReason, Variable, VariableName};
use catalyse_locale::{Args, Message, Wording};
use catalyse_store::{DraftField, Field, SaveField, Saved};
use jiff::Timestamp;

use crate::guard::Visitor;
use crate::live::RowKey;
use crate::pages::reasons;
use crate::sheet::{Desk, field_of, typed};
use crate::{Site, WebError, clock};

const GONE: Wording = Wording::new(
    "cet épisode n’est pas sur la fiche. Ajoutez un épisode, puis tapez-y la réponse",
    "this spell is not on the record. Add a spell, then type the answer there",
);
const NOT_A_REASON: Wording = Wording::new(
    "ce motif ne vaut pas pour cette question. Choisissez-en un de la liste, ou donnez une réponse",
    "this reason does not hold for this question. Choose one of the list, or give an answer",
);

/// Holds what an encoder leaves in a field.
#[derive(Clone, Debug)]
pub(crate) struct Typed {
    pub(crate) row: RowKey,
    pub(crate) variable: VariableName,
    /// What stands in the box: a text, a code, codes parted by blanks.
    pub(crate) text: String,
    /// The name of the reason why there is no answer; empty if none was picked.
    pub(crate) missing: String,
    /// The version of the field that the screen shows.
    pub(crate) seen: u64,
}

/// Says what became of it.
pub(crate) enum Outcome {
    /// It is on the disk, as the store has it now.
    Saved { field: Field, known: DraftField },
    /// It is what stood there already.
    Unchanged { version: u64 },
    /// It cannot be a value of the variable. Nothing was changed.
    Unreadable(Message),
    /// Somebody else has written something else since. Nothing was changed.
    Conflict { theirs: Option<Answer>, version: u64, by: String, at: Timestamp },
}

/// Saves a field. When this returns, the field is on the disk.
pub(crate) async fn save(
    site: &Site,
    desk: &Desk,
    typed: Typed,
    visitor: &Visitor,
) -> Result<Outcome, WebError> {
    let variable = site.codebook().variable(&typed.variable).ok_or(WebError::Nowhere)?;
    // Who does not see a field does not write over it, and learns nothing of what stands there.
    if !visitor.sight.sees(&variable.name) {
        return Err(WebError::Nowhere);
    }
    let form = site.codebook().forms.iter().find(|form| {
        form.variables().any(|one| one.name == variable.name) && is_row_of(form, &typed.row)
    });
    form.ok_or(WebError::Nowhere)?;
    if variable.is_derived() || is_fixed(site, variable) {
        return Err(WebError::Request("this variable is not typed"));
    }
    let answer = match answer_of(site, variable, &typed) {
        Ok(answer) => answer,
        Err(message) => return Ok(Outcome::Unreadable(message)),
    };
    if !desk.has_row(&typed.row) {
        return Ok(Outcome::Unreadable(GONE.with(Args::new())));
    }
    let field = field_of(&typed.row, &typed.variable);
    let version = desk.version(&field);
    let stands = desk.sheet.row(&typed.row).and_then(|answers| answers.get(&typed.variable));
    if stands == answer.as_ref() && typed.seen == version {
        return Ok(Outcome::Unchanged { version });
    }
    if let Some((field, number)) = desk.numbered(site, &typed.row).filter(|_| answer.is_some()) {
        let (draft, author) = (desk.draft.state.id, visitor.author(site));
        let save = SaveField { draft, field, answer: Some(number), seen: 0, author };
        site.store.save_field(save).await?;
    }
    let author = visitor.author(site);
    let (by, at) = (author.who.clone(), author.at);
    // Before the answer and not behind it: whatever breaks in between, no reason speaks for an answer that it was not given for.
    reasons::forget(site, desk.draft.state.id, [typed.variable.clone()]).await?;
    let save = SaveField {
        draft: desk.draft.state.id,
        field: field.clone(),
        answer: answer.clone(),
        seen: typed.seen,
        author,
    };
    Ok(match site.store.save_field(save).await? {
        Saved::Done { version, .. } => {
            Outcome::Saved { field, known: DraftField { answer, version, by, at } }
        }
        Saved::Conflict { theirs, version, by, at } => {
            Outcome::Conflict { theirs, version, by, at }
        }
    })
}

/// Says whether a row can be one of a form.
fn is_row_of(form: &Form, row: &RowKey) -> bool {
    match row {
        RowKey::Main => form.grain != Grain::Repeat,
        RowKey::Repeat(name, number) => {
            form.grain == Grain::Repeat && form.name == *name && *number > 0
        }
    }
}

/// Says whether a variable is fixed when a draft is opened: the wave and the partner are.
fn is_fixed(site: &Site, variable: &Variable) -> bool {
    let study = &site.codebook().study;
    [&study.wave, &study.partner].contains(&&variable.name)
}

fn answer_of(site: &Site, variable: &Variable, left: &Typed) -> Result<Option<Answer>, Message> {
    if !left.missing.is_empty() {
        let is_allowed = |reason: &MissingReason| {
            variable.missing.contains(reason) || *reason == MissingReason::ToCheck
        };
        let reason = MissingReason::from_name(&left.missing).filter(is_allowed);
        return match reason {
            Some(reason) => Ok(Some(Answer::Missing(reason))),
            None => Err(NOT_A_REASON.with(Args::new())),
        };
    }
    let today = clock::day_of(site.now());
    typed(site.codebook(), variable, &left.text, today).map_err(|unreadable| unreadable.0)
}
