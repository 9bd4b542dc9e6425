//! Odd files as they reach a reader: empty, cut off, mistaken for something else, or made to do harm. Each is a few hundred bytes.

use encoding_rs::WINDOWS_1252;

use crate::SimulateError;
use crate::delivery::{Grid, Written, pack, xlsx_workbook};

/// Holds one odd file with what should happen to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OddFile {
    /// Its name.
    pub path: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What it is, in French and English.
    pub what: (&'static str, &'static str),
    /// Whether a reader can make records of it (with findings), or must refuse it with one sentence.
    pub is_readable: bool,
}

const HEADER: &str = "person_id;partner;wave;interview_date;adults;children;household_size";
const ROWS: &str = "DUR-0001;durbuy;w1;12/03/2024;1;0;1\r\nDUR-0002;durbuy;w1;13/03/2024;2;1;3\r\n";

/// Makes the odd files, in the order of their names.
///
/// # Errors
/// A workbook cannot be packed.
pub fn odd_files() -> Result<Vec<OddFile>, SimulateError> {
    let mut files = no_tables();
    files.extend(texts());
    files.extend(tables());
    files.extend(workbooks()?);
    files.sort_by_key(|file| file.path);
    Ok(files)
}

fn odd(
    path: &'static str,
    bytes: impl Into<Vec<u8>>,
    what: (&'static str, &'static str),
) -> OddFile {
    OddFile { path, bytes: bytes.into(), what, is_readable: true }
}

fn refused(
    path: &'static str,
    bytes: impl Into<Vec<u8>>,
    what: (&'static str, &'static str),
) -> OddFile {
    OddFile { is_readable: false, ..odd(path, bytes, what) }
}

/// Makes files that hold no table.
fn no_tables() -> Vec<OddFile> {
    let html = format!(
        "<html><head><meta charset=\"utf-8\"></head><body><table><tr><td>{}</td></tr></table></body></html>",
        HEADER.replace(';', "</td><td>")
    );
    vec![
        refused("vide.csv", "", ("fichier vide", "empty file")),
        refused("blancs.csv", " \r\n \r\n", ("des blancs seulement", "blanks only")),
        refused("zeros.csv", vec![0_u8; 600], ("des octets nuls", "null bytes")),
        refused("sans-en-tete.csv", ROWS, ("des lignes sans en-tête", "rows without a header")),
        refused(
            "page-web.xls",
            html,
            (
                "une page HTML nommée .xls, comme en exportent des logiciels : l'enregistrer en .xlsx",
                "an HTML page named .xls, as some programs export: save as .xlsx",
            ),
        ),
        refused(
            "photo.xlsx",
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(),
            ("une image nommée .xlsx", "a picture named .xlsx"),
        ),
    ]
}

/// Makes texts whose marks, encodings and line ends differ.
fn texts() -> Vec<OddFile> {
    let table = format!("{HEADER}\r\n{ROWS}");
    let utf16: Vec<u8> = "\u{feff}"
        .encode_utf16()
        .chain(table.replace(';', "\t").encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let labels = "Code de la personne;CPAS;Vague;Date de l'entretien;Adultes dans le ménage\r\nDUR-0001;Durbuy;vague 1;12/03/2024;1\r\n";
    let (legacy, _, _) = WINDOWS_1252.encode(labels);
    vec![
        odd(
            "en-tete-seul.csv",
            format!("{HEADER}\r\n"),
            (
                "un en-tête sans ligne : zéro fiche, aucun échec",
                "a header without rows: no record, no failure",
            ),
        ),
        odd(
            "guillemet-ouvert.csv",
            format!(
                "{HEADER};Remarques\r\nDUR-0001;durbuy;w1;12/03/2024;1;0;1;\"jamais fermé\r\nDUR-0002;durbuy;w1;13/03/2024;2;1;3;\r\nDUR-0003;durbuy;w1;14/03/2024;1;0;1;\r\n"
            ),
            (
                "un guillemet qui ne se ferme pas : trois fiches, aucune avalée",
                "a quote that never closes: three records, none swallowed",
            ),
        ),
        odd(
            "utf16.txt",
            utf16,
            (
                "UTF-16 et tabulations, le « texte Unicode » d'Excel",
                "UTF-16 with tabs, Excel's \"Unicode text\"",
            ),
        ),
        odd(
            "ligne-sep.csv",
            format!("sep=;\r\n{table}"),
            ("une ligne « sep=; » en tête, pour Excel", "a line `sep=;` on top, for Excel"),
        ),
        odd(
            "windows-1252.csv",
            legacy.into_owned(),
            (
                "accents en Windows-1252, en-têtes en libellés",
                "accents in Windows-1252, labels as heads",
            ),
        ),
        odd(
            "fins-de-ligne-mac.csv",
            table.replace("\r\n", "\r"),
            ("des fins de ligne CR, vieux Mac", "line ends CR, old Mac"),
        ),
    ]
}

/// Makes texts whose rows and columns are odd.
fn tables() -> Vec<OddFile> {
    vec![
        odd(
            "lignes-inegales.csv",
            format!(
                "{HEADER}\r\nDUR-0001;durbuy;w1;12/03/2024;1\r\nDUR-0002;durbuy;w1;13/03/2024;2;1;3;4;5\r\n"
            ),
            (
                "une ligne trop courte, une trop longue : constats, rien de perdu",
                "a row too short, one too long: findings, nothing lost",
            ),
        ),
        odd(
            "espaces-insecables.csv",
            format!(
                "{HEADER};household_income\r\nDUR-0001;durbuy;w1;12/03/2024;\u{a0}1;0;1\u{a0};1\u{202f}250\r\n"
            ),
            (
                "espaces insécables autour et dans les nombres",
                "non-breaking spaces around and in numbers",
            ),
        ),
        odd(
            "colonnes-en-double.csv",
            format!("{HEADER};Adultes\r\nDUR-0001;durbuy;w1;12/03/2024;1;0;1;2\r\n"),
            (
                "deux colonnes pour une variable : la seconde est signalée",
                "two columns for one variable: the second is reported",
            ),
        ),
        odd(
            "formule.csv",
            format!(
                "{HEADER};encoder\r\nDUR-0001;durbuy;w1;12/03/2024;1;0;1;=CMD|'/C calc'!A0\r\n"
            ),
            (
                "une injection de formule : lue comme un texte",
                "a formula injection: read as a text",
            ),
        ),
        odd(
            "nom-au-lieu-du-code.csv",
            format!("{HEADER}\r\nNom Prénom;durbuy;w1;12/03/2024;1;0;1\r\n"),
            (
                "un nom à la place du code : ligne mise de côté",
                "a name in place of the code: row set aside",
            ),
        ),
    ]
}

fn workbooks() -> Result<Vec<OddFile>, SimulateError> {
    let text = |text: &str| Written::Text(text.to_owned());
    let heads: Vec<Written> = HEADER.split(';').map(text).collect();
    let row: Vec<Written> =
        ["DUR-0001", "durbuy", "w1", "2024-03-12", "1", "0", "1"].map(text).to_vec();
    let sheet = |name: &str, rows| Grid { name: name.to_owned(), rows, ..Grid::default() };
    let other = sheet("Notes", vec![vec![text("à faire")], vec![text("rappeler")]]);
    let main = sheet("Feuil1", vec![heads.clone(), row.clone()]);
    let good = xlsx_workbook(&[other.clone(), main.clone()])?;
    let cut = good.get(..good.len() * 2 / 3).unwrap_or_default().to_vec();
    let hidden = Grid { hidden: Some(Box::new(sheet("Ancien", vec![heads.clone(), row]))), ..main };
    let far = sheet("Feuil1", vec![heads]);
    // Excel errors in cells, and a formula whose result was stored.
    let errors = "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>person_id</t></is></c><c r=\"B1\" t=\"inlineStr\"><is><t>partner</t></is></c><c r=\"C1\" t=\"inlineStr\"><is><t>wave</t></is></c><c r=\"D1\" t=\"inlineStr\"><is><t>adults</t></is></c><c r=\"E1\" t=\"inlineStr\"><is><t>children</t></is></c></row><row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>DUR-0001</t></is></c><c r=\"B2\" t=\"inlineStr\"><is><t>durbuy</t></is></c><c r=\"C2\" t=\"inlineStr\"><is><t>w1</t></is></c><c r=\"D2\" t=\"e\"><v>#REF!</v></c><c r=\"E2\"><f>1+1</f><v>2</v></c></row></sheetData></worksheet>";
    // Twenty million blanks in a few kilobytes.
    let bomb = format!(
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">{}</worksheet>",
        " ".repeat(20_000_000)
    );
    let parts = |sheet: &str| pack(&package(sheet));
    Ok(vec![
        odd(
            "deux-feuilles.xlsx",
            good,
            ("la première feuille n'est pas la bonne", "the first sheet is not the right one"),
        ),
        refused(
            "tronque.xlsx",
            cut,
            ("un classeur coupé pendant l'envoi", "a workbook cut off while sent"),
        ),
        odd(
            "feuille-masquee.xlsx",
            xlsx_workbook(&[hidden])?,
            (
                "une feuille masquée ressemble aux données : elle n'est pas lue, et c'est dit",
                "a hidden sheet looks like data: it is not read, and that is said",
            ),
        ),
        odd(
            "en-tete-seul.xlsx",
            xlsx_workbook(&[far])?,
            ("un en-tête sans ligne, en classeur", "a header without rows, in a workbook"),
        ),
        odd(
            "erreurs.xlsx",
            parts(errors)?,
            (
                "une cellule #REF! et une formule avec son résultat",
                "a cell #REF! and a formula with its result",
            ),
        ),
        refused(
            "bombe.xlsx",
            parts(&bomb)?,
            (
                "vingt millions de blancs compressés : refusé ou sans table, sans dépasser la mémoire",
                "twenty million blanks, packed: refused or without a table, within the bound of memory",
            ),
        ),
        refused(
            "vide.ods",
            pack(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet")])?,
            ("un ODS sans contenu", "an ODS without content"),
        ),
        refused(
            "archive.xlsx",
            pack(&[("lisez-moi.txt", "bonjour")])?,
            ("une archive ZIP nommée .xlsx", "a ZIP archive named .xlsx"),
        ),
    ])
}

/// Returns the parts of a workbook with one sheet of a given content.
fn package(sheet: &str) -> [(&'static str, &str); 5] {
    [
        (
            "[Content_Types].xml",
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/><Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/></Types>",
        ),
        (
            "_rels/.rels",
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
        ),
        (
            "xl/workbook.xml",
            "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"Feuil1\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>",
        ),
        ("xl/worksheets/sheet1.xml", sheet),
    ]
}
