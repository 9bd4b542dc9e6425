//! A tabulation as text: one line a row, cells parted by `|`.

use std::fmt::Write;

use catalyse_disclose::{Cell, Heading, Role, Tabulation, Test, Unit};
use catalyse_locale::Language;

/// Writes a whole table: what it is, its cells, its tests, its notes.
pub(crate) fn show(table: &Tabulation) -> String {
    let [title, universe] = [&table.title, &table.universe].map(|label| label.get(Language::En));
    let unit = match &table.unit {
        Unit::Persons => "persons",
        Unit::Rows(label) => label.get(Language::En),
    };
    let mut text = format!("{title} ({universe}; {unit})\n{}", cells(table));
    for test in &table.tests {
        let _ = writeln!(text, "{}", show_test(test));
    }
    for note in &table.notes {
        let _ = writeln!(text, "{}", note.say(Language::En));
    }
    text
}

/// Writes the cells. A margin stands in brackets, a missing line behind `?`.
pub(crate) fn cells(table: &Tabulation) -> String {
    let mut lines = vec![vec![String::new()]];
    lines[0].extend(table.columns.headings.iter().map(key));
    for (row, heading) in table.rows.headings.iter().enumerate() {
        let mut line = vec![key(heading)];
        let columns = 0..table.columns.headings.len();
        line.extend(columns.map(|column| show_cell(table.cell(row, column).expect("a cell"))));
        lines.push(line);
    }
    lines.iter().fold(String::new(), |text, line| text + line.join(" | ").trim() + "\n")
}

fn key(heading: &Heading) -> String {
    match heading.role {
        Role::Category => heading.key.clone(),
        Role::Missing => format!("?{}", heading.key),
        Role::Answered | Role::Total => format!("({})", heading.key),
    }
}

fn show_cell(cell: &Cell) -> String {
    let mut text = cell.count.to_string();
    if cell.persons != cell.count {
        let _ = write!(text, " of {} persons", cell.persons);
    }
    if let Some(weighted) = cell.weighted {
        let _ = write!(text, " weighing {weighted}");
    }
    if let Some(summary) = &cell.summary {
        let [first, median, third] = summary.quartiles;
        let _ = write!(text, ": {:.2}, {first} {median} {third}", summary.mean);
        if let Some((low, high)) = summary.mean_interval {
            let _ = write!(text, ", {low:.2} to {high:.2}");
        }
    }
    text
}

fn show_test(test: &Test) -> String {
    let mut line =
        format!("{:?}: {}, n = {}, p = {:.4}", test.subject, test.method, test.n, test.p);
    if let Some(p) = test.adjusted_p {
        let _ = write!(line, ", adjusted {p:.4}");
    }
    if let Some(v) = test.cramers_v {
        let _ = write!(line, ", V = {v:.4}");
    }
    if let Some(paired) = &test.paired {
        let _ = write!(line, ", came {}, left {}", paired.came.count, paired.left.count);
    }
    line
}

/// Writes the names of all populations, in the order of the cells.
pub(crate) fn populations(table: &Tabulation) -> String {
    let name = |cell: &Cell| cell.population.0.iter().cloned().collect::<Vec<_>>().join(" & ");
    table.cells.iter().map(name).fold(String::new(), |text, name| text + &name + "\n")
}
