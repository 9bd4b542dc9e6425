//! Questions that nobody answered: what few numbers a table then has are no matter of protection, and it says so.

use catalyse_disclose::{Role, ShareOf};
use catalyse_locale::{Args, Language, Wording, fewer_than};

use crate::report::cell_text;
use crate::report::table::{Row, Table};

/// Says that nobody answered, and the reasons of missing that are printed; nothing if somebody did.
pub(crate) fn nobody_answered(table: &Table, language: Language) -> Option<String> {
    const ALL: Wording = Wording::new(
        "personne n'a répondu{ $or_nearly } : { $reasons }.",
        "nobody answered{ $or_nearly }: { $reasons }.",
    );
    const ALONE: Wording =
        Wording::new("personne n'a répondu{ $or_nearly }.", "nobody answered{ $or_nearly }.");
    const NO_VALUE: Wording = Wording::new(
        "ce tableau n'a aucune valeur à montrer{ $or_nearly }. Pourquoi : { $reasons }.",
        "this table has no value to show{ $or_nearly }. Why: { $reasons }.",
    );
    let place = table.columns.iter().position(|column| column.role == Role::Total).unwrap_or(0);
    let is_silent = (0..table.columns.len()).all(|column| is_silent(table, column));
    if !is_silent || !has_persons(table, place) {
        return None;
    }
    let missing = table.rows.iter().filter(|row| row.heading.role == Role::Missing);
    let reasons: Vec<String> = missing
        .filter(|row| printed(row, place).is_some_and(|count| count > 0))
        .filter_map(|row| {
            let count = &row.cells.get(place)?.count;
            let count = cell_text::count((language, table.rounding), count);
            Some(format!("{} ({count})", row.heading.label))
        })
        .collect();
    let wording = match (table.share_of, reasons.as_slice()) {
        (_, []) => ALONE,
        (ShareOf::Nothing, _) => NO_VALUE,
        (ShareOf::Column | ShareOf::Row, _) => ALL,
    };
    let args = Args::new()
        .text("or_nearly", or_nearly(table.rounding, language))
        .text("reasons", reasons.join(", "));
    Some(wording.say(language, &args))
}

/// Returns the note that names the columns of whom nobody answered, where others did.
pub(crate) fn silent_columns(table: &Table, language: Language) -> Option<String> {
    const SOME: Wording = Wording::new(
        "Personne n'a répondu{ $or_nearly } parmi : { $columns }.",
        "Nobody answered{ $or_nearly } among: { $columns }.",
    );
    let columns = table.columns.iter().enumerate();
    let columns = columns.filter(|(_, column)| column.role == Role::Category);
    let silent: Vec<&str> = columns
        .filter(|(place, _)| is_silent(table, *place) && has_persons(table, *place))
        .map(|(_, column)| column.label.as_str())
        .collect();
    if silent.is_empty() || nobody_answered(table, language).is_some() {
        return None;
    }
    let args = Args::new()
        .text("or_nearly", or_nearly(table.rounding, language))
        .text("columns", silent.join(", "));
    Some(SOME.say(language, &args))
}

/// Returns what a printed 0 leaves open.
fn or_nearly(rounding: u64, language: Language) -> String {
    const NEARLY: Wording =
        Wording::new("ou presque ({ $fewer } personnes)", "or nearly nobody ({ $fewer } persons)");
    if rounding <= 1 {
        return String::new();
    }
    let fewer = NEARLY.say(language, &Args::new().text("fewer", fewer_than(language, rounding)));
    format!(", {fewer}")
}

fn printed(row: &Row, column: usize) -> Option<u64> {
    row.cells.get(column).and_then(|cell| cell.count.value())
}

fn is_silent(table: &Table, column: usize) -> bool {
    let answered = table.rows.iter().find(|row| row.heading.role == Role::Answered);
    answered.and_then(|row| printed(row, column)) == Some(0)
}

fn has_persons(table: &Table, column: usize) -> bool {
    let total = table.rows.iter().find(|row| row.heading.role == Role::Total);
    total.and_then(|row| printed(row, column)).is_some_and(|count| count > 0)
}

#[cfg(test)]
mod tests {
    use catalyse_disclose::{Mark, ReleasedCell, ReleasedShare, Role, ShareOf, Shown};
    use catalyse_locale::Language;

    use super::{nobody_answered, silent_columns};
    use crate::report::table::{Heading, Row, Table};

    fn cell(count: u64) -> ReleasedCell {
        ReleasedCell {
            count: Shown::Value(count),
            base: Shown::Hidden(Mark::NotApplicable),
            share: ReleasedShare::None,
            interval: None,
            weighted: None,
            effective: None,
            summary: None,
        }
    }

    fn heading(label: &str, role: Role) -> Heading {
        Heading { key: label.to_owned(), label: label.to_owned(), role }
    }

    /// A question with an answer and two reasons of missing, a list of counts a column.
    fn table(columns: &[(&str, Role, [u64; 5])]) -> Table {
        let rows = [
            ("Oui", Role::Category),
            ("Ont répondu", Role::Answered),
            ("Refus", Role::Missing),
            ("Sans réponse", Role::Missing),
            ("Ensemble", Role::Total),
        ];
        let of_row =
            |place: usize| columns.iter().map(|(_, _, counts)| cell(counts[place])).collect();
        Table {
            id: "question".to_owned(),
            caption: String::new(),
            row_label: String::new(),
            column_label: String::new(),
            columns: columns.iter().map(|(label, role, _)| heading(label, *role)).collect(),
            rows: (0..)
                .zip(rows)
                .map(|(place, (label, role))| Row {
                    heading: heading(label, role),
                    cells: of_row(place),
                })
                .collect(),
            share_of: ShareOf::Column,
            has_several_answers: false,
            is_ordered: false,
            is_by_wave: false,
            rounding: 5,
        }
    }

    #[test]
    fn of_a_question_without_answers_the_reasons_are_told() {
        let silent = table(&[("Ensemble", Role::Total, [0, 0, 15, 40, 55])]);
        assert_eq!(
            nobody_answered(&silent, Language::Fr).expect("nobody answered").replace('\u{a0}', " "),
            "personne n'a répondu, ou presque (moins de 5 personnes) : Refus (15), Sans réponse (40)."
        );
        let answered = table(&[("Ensemble", Role::Total, [5, 10, 15, 40, 65])]);
        assert_eq!(nobody_answered(&answered, Language::Fr), None);
        let nobody = table(&[("Ensemble", Role::Total, [0; 5])]);
        assert_eq!(nobody_answered(&nobody, Language::Fr), None, "there is nobody to answer");
    }

    #[test]
    fn a_partner_whose_persons_did_not_answer_is_named() {
        let some = table(&[
            ("Hotton", Role::Category, [0, 0, 0, 40, 40]),
            ("Durbuy", Role::Category, [20, 60, 0, 5, 65]),
            ("Ensemble", Role::Total, [20, 60, 0, 45, 105]),
        ]);
        assert_eq!(
            silent_columns(&some, Language::En).expect("of one nobody").replace('\u{a0}', " "),
            "Nobody answered, or nearly nobody (fewer than 5 persons) among: Hotton."
        );
        assert_eq!(nobody_answered(&some, Language::En), None);
    }
}
