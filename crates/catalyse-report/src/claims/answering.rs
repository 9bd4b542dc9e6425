//! How many of the persons who were asked answered, read from the printed counts alone: too few, and the others may be another kind of
//! persons than they are.

use catalyse_disclose::{Release, ReleasedCell, Role};
use catalyse_locale::{Args, Language, Wording};

use crate::report::table::Table;

/// Says how many of those who were asked answered.
///
/// # Source
/// The limits are those of Eurostat for the item non-response of EU-SILC: an estimate is flagged where more than 20 % did not answer, and
/// not published above 50 %. Here a table is always printed, with its reasons of missing, and claims nothing above 50 %.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Answering {
    /// Enough to speak of all.
    Most,
    /// More than one in five did not.
    Part,
    /// More than half did not.
    Minority,
}

impl Answering {
    /// Reads it from a release.
    pub(crate) fn of_release(release: &Release) -> Self {
        let roles = |headings: &[catalyse_disclose::Heading]| {
            headings.iter().map(|heading| heading.role).collect::<Vec<_>>()
        };
        let (rows, columns) = (roles(&release.rows().headings), roles(&release.columns().headings));
        worst(&rows, &columns, |row, column| release.cell(row, column))
    }

    /// Reads it from the table of a figure.
    pub(crate) fn of_table(table: &Table) -> Self {
        let rows: Vec<Role> = table.rows.iter().map(|row| row.heading.role).collect();
        let columns: Vec<Role> = table.columns.iter().map(|column| column.role).collect();
        worst(&rows, &columns, |row, column| table.rows.get(row)?.cells.get(column))
    }

    const fn of(n_answered: u64, n_asked: u64) -> Self {
        if 2 * n_answered < n_asked {
            Self::Minority
        } else if 5 * n_answered < 4 * n_asked {
            Self::Part
        } else {
            Self::Most
        }
    }

    /// Returns the note of a figure; nothing if most answered.
    pub(crate) fn note(self, language: Language) -> Option<String> {
        const PART: Wording = Wording::new(
            "Plus d'une personne sur cinq n'a pas répondu : les parts sont celles des autres, qui sont peut-être dans une autre situation.",
            "More than one person in five did not answer: the shares are those of the others, whose situation may differ.",
        );
        const MINORITY: Wording = Wording::new(
            "Plus de la moitié des personnes n'ont pas répondu : les parts sont celles des autres et ne disent rien de l'ensemble. Rien n'en est conclu.",
            "More than half of the persons did not answer: the shares are those of the others and say nothing of all. Nothing is concluded from them.",
        );
        let wording = match self {
            Self::Most => return None,
            Self::Part => PART,
            Self::Minority => MINORITY,
        };
        Some(wording.say(language, &Args::new()))
    }
}

/// Returns the worst of the columns that speak of everybody: the total, or each wave. A summary has none: what is calculated is without a
/// value where it does not apply, too.
fn worst<'a>(
    rows: &[Role],
    columns: &[Role],
    cell: impl Fn(usize, usize) -> Option<&'a ReleasedCell>,
) -> Answering {
    let place = |role| rows.iter().position(|row| *row == role);
    let (Some(answered), Some(asked)) = (place(Role::Answered), place(Role::Total)) else {
        return Answering::Most;
    };
    let whole = columns.iter().position(|column| *column == Role::Total);
    let of_everybody = |column: &usize| whole.is_none_or(|whole| whole == *column);
    let columns = (0..columns.len()).filter(of_everybody);
    let of_column = |column| {
        let (answered, asked) = (cell(answered, column)?, cell(asked, column)?);
        if answered.summary.is_some() {
            return None;
        }
        Some(Answering::of(answered.count.value()?, asked.count.value()?))
    };
    columns.filter_map(of_column).max().unwrap_or(Answering::Most)
}

#[cfg(test)]
mod tests {
    use super::Answering;

    #[test]
    fn the_limits_are_one_in_five_and_half() {
        assert_eq!(Answering::of(80, 100), Answering::Most);
        assert_eq!(Answering::of(75, 100), Answering::Part);
        assert_eq!(Answering::of(50, 100), Answering::Part);
        assert_eq!(Answering::of(45, 100), Answering::Minority);
        assert_eq!(Answering::of(0, 0), Answering::Most, "nobody was asked");
    }
}
