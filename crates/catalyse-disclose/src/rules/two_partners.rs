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

const NO_SPLIT_AT_WAVE: Wording = Wording::new(
    "{ $wave } : deux partenaires seulement ont des personnes ; ils n’y sont pas montrés séparément, car chacun pourrait retrancher ses propres chiffres du total.",
    "{ $wave }: only two partners have persons; they are not shown apart there, because each could subtract its own figures from the total.",
);
const NO_TOTAL_AT_WAVE: Wording = Wording::new(
    "{ $wave } : deux partenaires seulement ont des personnes ; le total n’y est pas montré, car chacun pourrait en retrancher ses propres chiffres.",
    "{ $wave }: only two partners have persons; the total is not shown there, because each could subtract its own figures from it.",
);

/// What: with two partners, hides the split or the total. Why: the total minus oneself is the other.
/// Parameters: `two_partner_rule`.
///
/// A partner counts if any cell of its line is printed above 0, so that the decision tells nothing that the counts do not tell. Where waves
/// stand on the other side, each wave is looked at by itself: who subtracts does so wave by wave.
pub(crate) struct TwoPartners;

impl Rule for TwoPartners {
    fn apply(&self, draft: &mut Draft<'_>, policy: &Policy) {
        let is_row = draft.tabulation.rows.is_of_partners();
        let (axis, other) = if is_row {
            (&draft.tabulation.rows, &draft.tabulation.columns)
        } else {
            (&draft.tabulation.columns, &draft.tabulation.rows)
        };
        if !axis.is_of_partners() {
            return;
        }
        let (role, of_table, of_wave) = match policy.two_partner_rule {
            TwoPartnerRule::NoSplit => (Role::Category, &NO_SPLIT, &NO_SPLIT_AT_WAVE),
            TwoPartnerRule::NoTotal => (Role::Total, &NO_TOTAL, &NO_TOTAL_AT_WAVE),
        };
        let places: Vec<usize> = (0..draft.release.cells.len()).collect();
        let n_columns = draft.n_columns();
        let sides = |place: usize| {
            let (row, column) = (place / n_columns, place % n_columns);
            if is_row { (row, column) } else { (column, row) }
        };
        let lines = |place: &usize| sides(*place).0;
        let hidden = headings(axis, role);
        let partners = headings(axis, Role::Category);
        if hidden.is_empty() {
            return;
        }
        if !other.is_of_waves() {
            if n_printed(draft, &partners, &places, lines) == 2 {
                hide(draft, places.iter().filter(|place| hidden.contains(&lines(place))));
                draft.note(of_table, Args::new());
            }
            return;
        }
        for (wave, heading) in other.headings.iter().enumerate() {
            let of_wave_only: Vec<usize> =
                places.iter().copied().filter(|place| sides(*place).1 == wave).collect();
            if n_printed(draft, &partners, &of_wave_only, lines) == 2 {
                hide(draft, of_wave_only.iter().filter(|place| hidden.contains(&lines(place))));
                draft.note(of_wave, Args::new().label("wave", &heading.label));
            }
        }
    }
}

/// Counts the partners of whom a number above 0 is printed in some of the cells.
fn n_printed(
    draft: &Draft<'_>,
    partners: &[usize],
    places: &[usize],
    line_of: impl Fn(&usize) -> usize,
) -> usize {
    let has_persons = |partner: &&usize| {
        let mut own = places.iter().filter(|place| line_of(place) == **partner);
        own.any(|place| draft.printed(*place).is_some_and(|n| n > 0))
    };
    partners.iter().filter(has_persons).count()
}

/// Hides cells; of a partner without records it stays said that there are none.
fn hide<'a>(draft: &mut Draft<'_>, places: impl Iterator<Item = &'a usize>) {
    for place in places {
        let count = &mut draft.release.cells[*place].count;
        if count.value().is_some() {
            *count = Shown::Hidden(Mark::Confidential);
        }
    }
}

fn headings(axis: &Axis, role: Role) -> Vec<usize> {
    let headings = axis.headings.iter().enumerate();
    headings.filter(|(_, heading)| heading.role == role).map(|(line, _)| line).collect()
}
