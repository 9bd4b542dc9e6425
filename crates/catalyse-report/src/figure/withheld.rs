//! Tables by partner of which the gate shows no partner: with two partners, each could subtract itself from the total.

use catalyse_disclose::{Mark, Release, Role, Shown};

/// Says whether a table sets partners side by side and may show none of them.
pub(crate) fn hides_every_partner(release: &Release) -> bool {
    let (rows, columns) = (&release.rows().headings, &release.columns().headings);
    let is_hidden = |row: usize, column: usize| {
        let cell = release.cell(row, column);
        cell.is_none_or(|cell| match cell.count {
            Shown::Hidden(Mark::Confidential | Mark::NoRecords) => true,
            Shown::Hidden(Mark::LowBase | Mark::NotApplicable) | Shown::Value(_) => false,
        })
    };
    let categories = |headings: &[catalyse_disclose::Heading]| -> Vec<usize> {
        let headings = headings.iter().enumerate();
        headings.filter(|(_, heading)| heading.role == Role::Category).map(|(at, _)| at).collect()
    };
    let of_columns =
        || categories(columns).into_iter().all(|at| (0..rows.len()).all(|row| is_hidden(row, at)));
    let of_rows = || {
        categories(rows)
            .into_iter()
            .all(|at| (0..columns.len()).all(|column| is_hidden(at, column)))
    };
    (release.columns().is_of_partners() && of_columns())
        || (release.rows().is_of_partners() && of_rows())
}
