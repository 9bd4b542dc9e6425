//! Reading the code lists.

use catalyse_locale::{Args, Label, Language, Wording};

use super::source::Source;
use crate::{Category, CodeList, ListName, Study};

const NO_COLUMN: Wording =
    Wording::new("il manque la colonne « { $column } »", "the column `{ $column }` is missing");
const BAD_ROW: Wording = Wording::new(
    "cette ligne n'a pas { $n -> [one] { $n } colonne *[other] { $n } colonnes } comme l'en-tête ; vérifier les guillemets",
    "this row does not have { $n -> [one] { $n } column *[other] { $n } columns } as the header has; check the quotes",
);
const NO_CODE: Wording = Wording::new("cette ligne n'a pas de code", "this row has no code");
const TWICE: Wording = Wording::new(
    "le code « { $code } » est déjà dans la liste",
    "the code `{ $code }` is in the list already",
);
const NO_LABEL: Wording = Wording::new(
    "il manque le libellé { $column } du code « { $code } »",
    "the label { $column } of the code `{ $code }` is missing",
);
const SEMICOLONS: Wording = Wording::new(
    "les colonnes sont séparées par « ; », comme l'écrit Excel en français ; la liste a été lue ainsi. L'enregistrer avec des virgules pour que d'autres programmes la lisent aussi",
    "the columns are parted by `;`, as Excel writes them in French; the list was read so. Save it with commas so that other programs read it too",
);
const EMPTY: Wording = Wording::new("la liste n'a aucun code", "the list has no code");

/// Reads a list: `code,label_fr,label_en[,label_nl,label_de][,aliases][,valid_from,valid_to],source`. Aliases are parted by `|`.
pub(crate) fn read_list(source: &Source<'_>, name: &ListName) -> CodeList {
    let text = source.text.trim_start_matches('\u{feff}');
    // A French or Dutch Excel parts the cells of a CSV by `;`.
    let first = text.lines().next().unwrap_or_default();
    let has_semicolons = !first.contains(',') && first.contains(';');
    if has_semicolons {
        source.warning(1, &SEMICOLONS, Args::new());
    }
    let mut reader = csv::ReaderBuilder::new();
    reader.flexible(true).delimiter(if has_semicolons { b';' } else { b',' });
    let mut reader = reader.from_reader(text.as_bytes());
    let header: Vec<String> = reader
        .headers()
        .map(|header| header.iter().map(|column| column.trim().to_owned()).collect())
        .unwrap_or_default();
    let mut list = CodeList { name: name.clone(), categories: Vec::new() };
    let missing: Vec<&str> = ["code", "label_fr", "label_en", "source"]
        .into_iter()
        .filter(|column| !header.iter().any(|known| known == column))
        .collect();
    for column in &missing {
        source.error(1, &NO_COLUMN, Args::new().text("column", *column));
    }
    if !missing.is_empty() {
        return list;
    }
    for record in reader.records() {
        let line = |position: Option<&csv::Position>| position.map_or(0, |at| at.line() as usize);
        match record {
            Ok(record) if record.len() == header.len() => {
                let at = line(record.position());
                read_category(source, at, &Row { header: &header, record: &record }, &mut list);
            }
            Ok(record) => {
                source.error(
                    line(record.position()),
                    &BAD_ROW,
                    Args::new().count("n", header.len() as u64),
                );
            }
            Err(fault) => source.error(
                line(fault.position()),
                &BAD_ROW,
                Args::new().count("n", header.len() as u64),
            ),
        }
    }
    if list.categories.is_empty() {
        source.error(0, &EMPTY, Args::new());
    }
    list
}

/// Makes the list of the study's partners or waves, or nothing for any other name.
pub(crate) fn implicit_list(study: &Study, name: &ListName) -> Option<CodeList> {
    let category = |code: &str, label: &Label, aliases: &[String]| Category {
        code: code.to_owned(),
        label: label.clone(),
        aliases: aliases.to_vec(),
        valid_from: None,
        valid_to: None,
        source: study.id.clone(),
    };
    let categories = match name.as_str() {
        "partner" => study
            .partners
            .iter()
            .map(|partner| category(partner.id.as_str(), &partner.label, &partner.aliases))
            .collect(),
        "wave" => study
            .waves
            .iter()
            .map(|wave| Category {
                valid_from: Some(wave.from.clone()),
                valid_to: Some(wave.to.clone()),
                ..category(wave.id.as_str(), &wave.label, &wave.aliases)
            })
            .collect(),
        _ => return None,
    };
    Some(CodeList { name: name.clone(), categories })
}

struct Row<'r> {
    header: &'r [String],
    record: &'r csv::StringRecord,
}

impl Row<'_> {
    /// Returns what stands in a column, if anything does.
    fn get(&self, column: &str) -> Option<&str> {
        let index = self.header.iter().position(|known| known == column)?;
        self.record.get(index).map(str::trim).filter(|text| !text.is_empty())
    }
}

fn read_category(source: &Source<'_>, line: usize, row: &Row<'_>, list: &mut CodeList) {
    let Some(code) = row.get("code") else {
        source.error(line, &NO_CODE, Args::new());
        return;
    };
    if list.position(code).is_some() {
        source.error(line, &TWICE, Args::new().text("code", code));
        return;
    }
    let mut label = Label::default();
    for language in Language::ALL {
        let column = format!("label_{}", language.tag());
        match row.get(&column) {
            Some(text) => label.set(language, text),
            None if matches!(language, Language::Fr | Language::En) => {
                let args = Args::new().text("column", column).text("code", code);
                source.error(line, &NO_LABEL, args);
            }
            None => {}
        }
    }
    let aliases = row.get("aliases").unwrap_or_default().split('|').map(str::trim);
    list.categories.push(Category {
        code: code.to_owned(),
        label,
        aliases: aliases.filter(|alias| !alias.is_empty()).map(str::to_owned).collect(),
        valid_from: row.get("valid_from").map(str::to_owned),
        valid_to: row.get("valid_to").map(str::to_owned),
        source: row.get("source").unwrap_or_default().to_owned(),
    });
}
