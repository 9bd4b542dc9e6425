//! Two partners: no total or no split.

use catalyse_locale::{Args, Wording};

use super::Rule;
use crate::draft::Draft;
use crate::{Axis, Mark, Policy, Role, Shown, TwoPartnerRule};

const NO_SPLIT: Wording = Wording::new(
    "Deux partenaires seulement ont des personnes dans ce tableau : ils ne sont pas montrés séparément, car chacun pourrait retrancher ses propres chiffres du total.",
    "Only two partners have persons in this table: they are not shown apart, because each could subtract its own figures from the total.",
);
const NO_TOTAL: Wording = Wording::new(
    "Deux partenaires seulement ont des personnes dans ce tableau : le total n’est pas montré, car chacun pourrait en retrancher ses propres chiffres.",
    "Only two partners have persons in this table: the total is not shown, because each could subtract its own figures from it.",
);

/// What: with two partners, hides the split or the total. Why: the total minus oneself is the other.
/// Parameters: `two_partner_rule`.
///
/// A partner counts if any cell of its line is printed above 0, so that the decision tells nothing that the counts do not tell.
pub(crate) struct TwoPartners;

impl Rule for TwoPartners {
    fn apply(&self, draft: &mut Draft<'_>, policy: &Policy) {
        let is_row = draft.tabulation.rows.is_of_partners();
        let axis = if is_row { &draft.tabulation.rows } else { &draft.tabulation.columns };
        if !axis.is_of_partners() {
            return;
        }
        let (role, note) = match policy.two_partner_rule {
            TwoPartnerRule::NoSplit => (Role::Category, &NO_SPLIT),
            TwoPartnerRule::NoTotal => (Role::Total, &NO_TOTAL),
        };
        let n_columns = draft.n_columns();
        let line_of = |place: usize| if is_row { place / n_columns } else { place % n_columns };
        let has_persons = |line: usize| {
            (0..draft.release.cells.len())
                .any(|place| line_of(place) == line && draft.printed(place).is_some_and(|n| n > 0))
        };
        let n_partners =
            headings(axis, Role::Category).into_iter().filter(|line| has_persons(*line)).count();
        let hidden = headings(axis, role);
        if n_partners != 2 || hidden.is_empty() {
            return;
        }
        for (place, cell) in draft.release.cells.iter_mut().enumerate() {
            if hidden.contains(&line_of(place)) {
                cell.count = Shown::Hidden(Mark::Confidential);
            }
        }
        draft.note(note, Args::new());
    }
}

fn headings(axis: &Axis, role: Role) -> Vec<usize> {
    let headings = axis.headings.iter().enumerate();
    headings.filter(|(_, heading)| heading.role == role).map(|(line, _)| line).collect()
}
