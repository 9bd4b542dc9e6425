//! What the tests of one table say together: one verdict, which title, notes, first page and last chapter all take from here.

use catalyse_disclose::{Mark, ReleasedShare, Role};

use crate::claims::claim::{Claim, Subject, is_told};

/// Says what the tests of one question show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Something stands out.
    Shown,
    /// Nothing stands out, which does not mean that there is nothing.
    NothingShown,
    /// The groups are too small to look.
    TooFew,
    /// A share that the tests need is not told, because it would say something of each person.
    Protected,
}

/// Returns the verdict of the tests of one question; nothing if there are none.
pub(crate) fn verdict(claims: &[Claim<'_>]) -> Option<Verdict> {
    if claims.is_empty() {
        return None;
    }
    Some(if claims.iter().any(Claim::is_shown) {
        Verdict::Shown
    } else if claims.iter().any(|claim| is_told(claim.test)) {
        Verdict::NothingShown
    } else if claims.iter().any(needs_a_hidden_share) {
        Verdict::Protected
    } else {
        Verdict::TooFew
    })
}

/// Returns the shown claim that the first page would name first: the one with the strongest evidence, of equal ones the largest.
pub(crate) fn clearest_claim<'a, 'b>(claims: &'b [Claim<'a>]) -> Option<&'b Claim<'a>> {
    let shown = claims.iter().filter(|claim| claim.is_shown());
    shown.min_by_key(|claim| {
        let row = claim.subject.row();
        // Which category changed says more than that some did.
        (row.is_none(), claim.test.adjusted, std::cmp::Reverse(claim.size()), row)
    })
}

/// Says whether a claim compares a cell that is told as a bound or not at all.
fn needs_a_hidden_share(claim: &Claim<'_>) -> bool {
    let release = claim.release;
    let (n_rows, n_columns) = (release.rows().headings.len(), release.columns().headings.len());
    let rows = claim.subject.row().map_or(0..n_rows, |row| row..row + 1);
    let columns = |column: &usize| match claim.subject {
        Subject::Change { from, to, .. }
        | Subject::Difference { from, to, .. }
        | Subject::Redistribution { from, to } => [from, to].contains(column),
        Subject::AgainstRest { .. } | Subject::Association => {
            let heading = release.columns().headings.get(*column);
            heading.is_some_and(|heading| heading.role == Role::Category)
        }
    };
    rows.flat_map(|row| (0..n_columns).filter(columns).map(move |column| (row, column)))
        .filter_map(|(row, column)| release.cell(row, column))
        .any(|cell| match cell.share {
            ReleasedShare::AtLeast(_)
            | ReleasedShare::AtMost(_)
            | ReleasedShare::Hidden(Mark::Confidential) => true,
            ReleasedShare::Percent(_)
            | ReleasedShare::About { .. }
            | ReleasedShare::Hidden(Mark::LowBase | Mark::NotApplicable | Mark::NoRecords)
            | ReleasedShare::None => false,
        })
}
