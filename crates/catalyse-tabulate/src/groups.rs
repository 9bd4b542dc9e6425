//! Target groups as an axis: under which of the study's groups each record stands.

use catalyse_codebook::Codebook;
use catalyse_disclose::{Axis, Heading, Role};
use catalyse_locale::{Args, Label, Message, Wording};

use crate::TabulateError;
use crate::caseload::Rows;
use crate::coding::{Coding, MOST_HEADINGS, everybody};

/// The name of the axis in specifications and tables.
pub(crate) const TARGET_GROUPS: &str = Axis::TARGET_GROUPS;

/// Makes the coding of the target groups: one may belong to several, and there is no base but everybody.
///
/// # Missing
/// A record whose answers do not tell (the condition is NULL) is not in the group, and still counts among everybody. A table says so:
/// [`cannot_tell`].
pub(crate) fn code_target_groups(
    codebook: &Codebook,
    rows: Rows<'_>,
    belongs: impl Fn(&str) -> Result<Vec<bool>, TabulateError>,
) -> Result<Coding, TabulateError> {
    let groups = &codebook.target_groups;
    let mut bits = vec![0_u128; rows.frame.height()];
    let mut headings = Vec::new();
    let mut conditions = Vec::new();
    for (index, group) in groups.iter().enumerate().take(MOST_HEADINGS - 1) {
        for (bits, belongs) in bits.iter_mut().zip(belongs(&group.condition)?) {
            *bits |= u128::from(belongs) << index;
        }
        headings.push(Heading {
            key: group.name.to_string(),
            label: group.label.clone(),
            role: Role::Category,
        });
        conditions.push(Some(format!("group={}", group.name)));
    }
    let total = 1_u128 << headings.len();
    headings.push(Heading { key: "total".into(), label: everybody(), role: Role::Total });
    conditions.push(None);
    for bits in &mut bits {
        *bits |= total;
    }
    let label = Label::new("Groupes cibles", "Target groups");
    let axis = Axis {
        name: TARGET_GROUPS.into(),
        label,
        headings,
        is_exclusive: false,
        is_ordered: false,
    };
    // A group may be defined by a health variable; the stricter rules cost little here.
    Ok(Coding { axis, conditions, universe: None, bits, is_sensitive: true })
}

/// Returns the note of a table with target groups.
pub(crate) fn cannot_tell() -> Message {
    const CANNOT_TELL: Wording = Wording::new(
        "Une personne dont les réponses ne permettent pas de dire si elle appartient à un groupe cible n’y est pas comptée ; elle l’est dans l’ensemble.",
        "A person whose answers do not tell whether they belong to a target group is not counted in it; they are in the total.",
    );
    CANNOT_TELL.with(Args::new())
}
