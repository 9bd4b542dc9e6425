//! Spells of the wave before at the end of a sheet: whoever accepts has confirmed, changed or removed each. Nothing is carried by silence, and
//! nothing is lost by it.

use catalyse_codebook::{Answer, Form, Grain, Variable};
use catalyse_locale::Language;

use super::pick;
use crate::Site;
use crate::form::{Sections, field_key};
use crate::guard::Visitor;
use crate::live::RowKey;
use crate::sheet::{Desk, shown};

/// A spell of the wave before of which nothing was typed or taken away.
pub(super) struct Spell {
    pub(super) title: String,
    /// Where it is confirmed or removed.
    pub(super) href: String,
}

/// An answer of the wave before that was neither confirmed nor changed, in a spell that is on the record.
pub(super) struct Left {
    pub(super) label: String,
    pub(super) before: String,
    pub(super) href: String,
}

/// Says what has to be done.
pub(super) const fn asks(language: Language) -> &'static str {
    pick(
        language,
        "Un épisode de la vague précédente attend : confirmez-le, changez-le ou retirez-le.",
        "A spell of the wave before is waiting: confirm it, change it or remove it.",
    )
}

/// Lists the spells that wait for the visitor. Who sees nothing of a form is asked nothing about it.
pub(super) fn proposed(site: &Site, visitor: &Visitor, desk: &Desk) -> Vec<Spell> {
    let sections = Sections::of(site.codebook(), &visitor.sight);
    let spells = repeats(site, desk).filter(|(_, row)| desk.is_proposed(row));
    let spells = spells.filter_map(|(form, row)| {
        let section = form.variables().find_map(|one| sections.of_variable(one.name.as_str()))?;
        let (_, of) = sections.find(&section)?;
        let title = format!("{} {}", visitor.tongues().of(&of.title), row.number());
        let href = format!("/fiches/{}/{section}#{}", desk.draft.state.id.0, row.text());
        Some(Spell { title, href })
    });
    spells.collect()
}

/// Lists the answers that are left behind. What is asked for anyway is not said twice.
pub(super) fn unconfirmed(site: &Site, visitor: &Visitor, desk: &Desk) -> Vec<Left> {
    let codebook = site.codebook();
    let sections = Sections::of(codebook, &visitor.sight);
    let mut left = Vec::new();
    for (form, row) in repeats(site, desk).filter(|(_, row)| desk.sheet.row(row).is_some()) {
        for variable in form.variables().filter(|one| visitor.sight.sees(&one.name)) {
            let Some(before) = is_left(site, desk, (&row, variable)) else { continue };
            let Some(section) = sections.of_variable(variable.name.as_str()) else { continue };
            let tongues = visitor.tongues();
            let key = field_key(&row, &variable.name);
            left.push(Left {
                label: format!("{} ({})", tongues.of(&variable.label), row.number()),
                before: shown(codebook, variable, Some(before), tongues),
                href: format!("/fiches/{}/{section}#f-{key}", desk.draft.state.id.0),
            });
        }
    }
    left
}

/// Returns what the wave before says where the sheet says nothing, has not been emptied, and is not asked for an answer anyway.
fn is_left<'d>(
    site: &Site,
    desk: &'d Desk,
    (row, variable): (&RowKey, &Variable),
) -> Option<&'d Answer> {
    let name = &variable.name;
    let before = desk.before.row(row)?.get(name)?;
    let state = desk.state(site.codebook(), (row, variable));
    let is_typed = desk.draft.fields.contains_key(&crate::sheet::field_of(row, name));
    let is_asked_for = desk.seen.findings_at(row, name).any(crate::live::Found::is_of_empty_field);
    let counts = before.missing().is_none() && !variable.is_derived() && state.is_asked;
    (counts && !state.is_done && !is_typed && !is_asked_for).then_some(before)
}

/// Lists the spells of the wave before with their forms. A second entry has none.
fn repeats<'s>(site: &'s Site, desk: &'s Desk) -> impl Iterator<Item = (&'s Form, RowKey)> {
    let forms = site.codebook().forms.iter().filter(|form| form.grain == Grain::Repeat);
    forms.flat_map(|form| {
        let rows = desk.before.repeats.get(&form.name).into_iter().flatten();
        rows.map(move |(number, _)| (form, RowKey::Repeat(form.name.clone(), *number)))
    })
}
