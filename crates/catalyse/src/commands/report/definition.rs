//! The report definition that a command names: one of the study, or a file.

use std::path::Path;

use catalyse_codebook::{Codebook, nearest};
use catalyse_disclose::TableSpec;
use catalyse_locale::{Args, Label, Language, Wording};
use catalyse_report::{Definition, DefinitionProblem};
use catalyse_tabulate::{TabulateError, rehearse};

use crate::failure::{Exit, Failure};
use crate::files;
use crate::study::OpenedStudy;

/// Opens a definition.
pub(crate) fn open(study: &OpenedStudy, name: Option<&str>) -> Result<Definition, Failure> {
    const UNKNOWN: Wording = Wording::new(
        "il n’y a pas de rapport `{ $name }`. Nommez un rapport de l’étude ou un fichier TOML.",
        "there is no report `{ $name }`. Name a report of the study or a TOML file.",
    );
    const NONE: Wording = Wording::new(
        "l’étude n’a pas de rapport. Écrivez-en un (reports/README.md le montre) et nommez-le avec `--report`.",
        "the study has no report. Write one (reports/README.md shows how) and name it with `--report`.",
    );
    let own = study.codebook.reports.keys().next().map(String::as_str);
    let none = || Failure::new(Exit::Usage, NONE.with(Args::new()));
    let name = name.or(own).ok_or_else(none)?;
    let path = Path::new(name);
    let (file, text) = if path.extension().is_some_and(|ending| ending == "toml") {
        (name.to_owned(), files::read_text(path)?)
    } else {
        let file = format!("reports/{name}.toml");
        let text = study.files.get(&file).map(str::to_owned);
        let known = study.codebook.reports.keys().map(String::as_str);
        let unknown = || Failure {
            details: nearest(name, known).into_iter().collect(),
            ..Failure::new(Exit::Usage, UNKNOWN.with(Args::new().text("name", name)))
        };
        (study.shown_path(&file), text.ok_or_else(unknown)?)
    };
    read(&study.codebook, &file, &text).map_err(|problems| wrong(&file, &problems))
}

/// Reads a definition and confronts all it names with the study, before any record is read.
pub(crate) fn read(
    codebook: &Codebook,
    file: &str,
    text: &str,
) -> Result<Definition, Vec<DefinitionProblem>> {
    let definition = Definition::parse(file, text)?;
    let (lines, tables): (Vec<usize>, Vec<TableSpec>) =
        definition.figures().map(|figure| (figure.line, figure.table.clone())).unzip();
    let whole = |error: TabulateError| vec![DefinitionProblem::of_table(file, 0, error.message())];
    let rehearsal = rehearse(codebook, &tables).map_err(whole)?;
    let of_rows = unknown_rows(file, &definition, &rehearsal.rows);
    let faults = rehearsal.faults.into_iter().map(|(index, message)| {
        DefinitionProblem::of_table(file, lines.get(index).copied().unwrap_or(0), message)
    });
    let problems: Vec<DefinitionProblem> = faults.chain(of_rows).collect();
    if problems.is_empty() { Ok(definition) } else { Err(problems) }
}

/// Lists the rows that the portrait names and no figure has. `rows` are those of each figure, in order.
fn unknown_rows(
    file: &str,
    definition: &Definition,
    rows: &[Vec<String>],
) -> Vec<DefinitionProblem> {
    let lines = definition.portrait.lines.iter();
    let named = lines.filter_map(|line| Some((line.row.as_deref()?, &line.figures)));
    let named = named.flat_map(|(row, figures)| figures.iter().map(move |figure| (row, figure)));
    let problem = |(row, figure): (&str, &String)| {
        let (figure, known) =
            definition.figures().zip(rows).find(|(known, _)| known.id() == figure)?;
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        let is_known = known.is_empty() || known.contains(&row);
        let place = (figure.id(), figure.line);
        (!is_known).then(|| DefinitionProblem::unknown_row(file, place, row, &known))
    };
    named.filter_map(problem).collect()
}

fn wrong(file: &str, problems: &[DefinitionProblem]) -> Failure {
    const WRONG: Wording = Wording::new(
        "la définition du rapport { $file } a des fautes. Corrigez les lignes ci-dessous.",
        "the report definition { $file } has problems. Correct the lines below.",
    );
    const LINE: Wording = Wording::new("{ $line }", "{ $line }");
    let details = problems.iter().map(|problem| {
        let line = Label::new(problem.say(Language::Fr), problem.say(Language::En));
        LINE.with(Args::new().label("line", &line))
    });
    Failure {
        details: details.collect(),
        ..Failure::new(Exit::Usage, WRONG.with(Args::new().text("file", file)))
    }
}
