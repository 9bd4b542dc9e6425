//! Sheets as people make them for people: heads in two rows, merged and hidden cells, amounts with cents, titles that contradict.

use catalyse_intake::Options;

use crate::reading::workbook::{ods, rows, xlsx, xlsx_shaped};
use crate::reading::{outcome_of, said, try_read};

#[test]
fn a_sheet_that_lacks_only_the_person_says_what_was_recognised_and_what_not() {
    let persons = rows(1, &[&["Code de la personne", "Né(e) le"], &["P1", "1980"]]);
    let situations = rows(
        1,
        &[
            &["Référence", "Partenaire", "Vagues", "Nombre de pièces", "Loyer"],
            &["P1", "nord", "1", "2", "500"],
        ],
    );
    let bytes = xlsx(&[("Personnes", "visible", &persons), ("Situations", "visible", &situations)]);
    assert_eq!(
        said("nord vague 1.xlsx", &bytes, "file.sheet-without-person"),
        "Feuille « Situations » : 3 en-têtes sur 5 sont de l'étude (« Partenaire », « Nombre de pièces », « Loyer »), mais aucun ne donne « Code de la personne » ; elle n'a pas été lue. Non reconnu : « Référence », « Vagues » (proche de « Vague »). Nommer « Code de la personne » la colonne du code, ou donner sa correspondance.\n\
         Sheet `Situations`: 3 of 5 heads are of the study (`Partner`, `Number of rooms`, `Rent`), but none gives `Person code`; it was not read. Not recognised: `Référence`, `Vagues` (near `Wave`). Name the column of the code `Person code`, or give its mapping.\n"
    );
}

#[test]
fn a_file_without_a_header_says_how_near_it_comes() {
    let bytes = "Dossier;Loyers;Nombre de pièces;Remarque\nP1;500;2;rien\n".as_bytes();
    assert_eq!(
        said("nord-v1.csv", bytes, ""),
        "aucune ligne d'en-têtes reconnue parmi les 30 premières lignes. La ligne 1 s'en approche ; reconnu : « Nombre de pièces », « Remarque » ; non reconnu : « Dossier », « Loyers » (proche de « Loyer »). Nommer « Code de la personne » la colonne du code de la personne et les autres comme dans le dictionnaire de l'étude, ou donner la correspondance des colonnes.\n\
         no header row was recognised within the first 30 rows. Row 1 comes near; recognised: `Number of rooms`, `Note`; not recognised: `Dossier`, `Loyers` (near `Rent`). Name the column of the person's code `Person code` and the others as in the codebook of the study, or give the mapping of the columns.\n"
    );
    // Where most heads are unknown they may be answers, and are not quoted.
    let answers = "Dupont;Marie;Remarque\nP1;500;2\n".as_bytes();
    let said = said("nord-v1.csv", answers, "");
    assert!(!said.contains("Dupont") && said.contains("« Remarque »"), "{said}");
}

#[test]
fn a_list_of_codes_beside_the_records_is_not_taken_for_persons() {
    let people = rows(1, &[&["Code personne", "Nombre de pièces", "Loyer"], &["P1", "2", "500"]]);
    let list = rows(1, &[&["Code personne", "Libellé", "Ordre"], &["1", "propriétaire", "1"]]);
    let bytes = xlsx(&[("Listes", "visible", &list), ("Fiches", "visible", &people)]);
    assert_eq!(
        outcome_of("nord vague 1.xlsx", &bytes),
        "2: person_id=P1 wave=w1 partner=nord rooms=2 rent=500.0\n\
         nord vague 1.xlsx!Listes file.sheet-other Info\n\
         XLSX, not read: read 0, kept 0, blank 0\n\
         XLSX, header in row 1: read 1, kept 1, blank 0\n"
    );
}

#[test]
fn heads_under_merged_titles_of_sections_are_read_and_that_is_told() {
    let data = rows(
        1,
        &[
            &["Code personne", "Ménage", "", "Loyer", "Suivi"],
            &["", "Adultes", "Animaux", "", ""],
            &["P1", "2", "1", "500", "oui"],
        ],
    );
    let bytes = xlsx(&[("nord vague 1", "visible", &data)]);
    assert_eq!(
        outcome_of("x.xlsx", &bytes),
        "3: person_id=P1 wave=w1 partner=nord rent=500.0 adults=2\n\
         x.xlsx!nord vague 1 file.column-unknown Info\n\
         x.xlsx!nord vague 1 file.column-unknown Info\n\
         x.xlsx!nord vague 1 file.header-in-two-rows Info\n\
         XLSX, header in row 2: read 1, kept 1, blank 0\n"
    );
    assert_eq!(
        said("x.xlsx", &bytes, "file.header-in-two-rows"),
        "Les en-têtes sont sur deux lignes (1 et 2) ; elles ont été lues ensemble. Rien à faire si chaque colonne reconnue est la bonne.\n\
         The heads stand in two rows (1 and 2); they were read together. Nothing to do if each column is recognised rightly.\n"
    );
    // A record without its person is no second row of heads.
    let data = rows(1, &[&["Code personne", "Loyer", ""], &["", "500", "Adultes"]]);
    let bytes = xlsx(&[("nord vague 1", "visible", &data)]);
    assert!(outcome_of("x.xlsx", &bytes).contains("header in row 1: read 1, kept 0"));
}

#[test]
fn cells_merged_over_rows_hold_their_value_in_each_of_them() {
    let heads: &[&str] = &["Code personne", "Partenaire", "Vague", "Loyer", "Nombre de pièces"];
    let data = rows(
        1,
        &[
            heads,
            &["P1", "nord", "vague n°1", "500", "refus"],
            &["P2", "", "", "510"],
            &["P3", "durbuy", "", "520"],
            &["", "", ""],
            &["P4", "", "", "530"],
        ],
    );
    let merged = "<mergeCells count=\"4\"><mergeCell ref=\"B2:B3\"/><mergeCell ref=\"B4:B6\"/><mergeCell ref=\"C2:C6\"/><mergeCell ref=\"D2:E2\"/></mergeCells>";
    let bytes = xlsx_shaped("Feuil1", "", &data, merged);
    assert_eq!(
        outcome_of("x.xlsx", &bytes),
        "2: person_id=P1 wave=w1 partner=nord rent=500.0 rooms_missing=refused\n\
         3: person_id=P2 wave=w1 partner=nord rent=510.0\n\
         4: person_id=P3 wave=w1 partner=durbuy rent=520.0\n\
         6: person_id=P4 wave=w1 partner=durbuy rent=530.0\n\
         x.xlsx!Feuil1 file.cells-merged Info\n\
         x.xlsx!Feuil1 file.cells-merged Info\n\
         x.xlsx!Feuil1 file.cells-merged-across Info\n\
         XLSX, header in row 1: read 4, kept 4, blank 0\n"
    );
    assert_eq!(
        said("x.xlsx", &bytes, "file.cells-merged").lines().next(),
        Some(
            "Colonne B, lignes 2–3, 4–6 : les cellules sont fusionnées ; leur valeur a été lue sur chacune de ces lignes. Si ce n'est pas voulu, défusionner (Accueil, Fusionner) et écrire la valeur de chaque ligne."
        )
    );
    assert_eq!(
        said("x.xlsx", &bytes, "file.cells-merged-across"),
        "Colonnes D–E, lignes 2 : des cellules sont fusionnées d'une colonne à l'autre ; leur valeur n'a été lue que dans la première colonne et la première ligne. Défusionner (Accueil, Fusionner) et écrire la valeur de chaque cellule.\n\
         Columns D–E, rows 2: cells are merged from one column to another; their value was read in the first column and row alone. Unmerge them (Home, Merge) and write the value of each cell.\n"
    );
}

#[test]
fn a_merged_cell_is_filled_across_blocks_of_a_long_sheet() {
    let mut table: Vec<[String; 3]> =
        vec![["Code personne", "Partenaire", "Vague"].map(str::to_owned)];
    table.extend((2..=3_000).map(|row| {
        let partner = if row == 2 { "nord" } else { "" };
        [format!("P{row}"), partner.to_owned(), "1".to_owned()]
    }));
    let cells: Vec<Vec<&str>> =
        table.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    let cells: Vec<&[&str]> = cells.iter().map(Vec::as_slice).collect();
    let merged = "<mergeCells><mergeCell ref=\"B2:B3000\"/></mergeCells>";
    let bytes = xlsx_shaped("Feuil1", "", &rows(1, &cells), merged);
    let outcome = outcome_of("x.xlsx", &bytes);
    assert_eq!(outcome.matches("partner=nord").count(), 2_999);
}

#[test]
fn hidden_rows_and_columns_are_read_and_told() {
    let data = rows(1, &[&["Code personne", "Loyer", "Remarque"], &["P1", "500", ""]])
        + "<row r=\"3\" hidden=\"1\"><c r=\"A3\" t=\"inlineStr\"><is><t>P2</t></is></c></row>\
           <row r=\"4\" hidden=\"1\"><c r=\"A4\" t=\"inlineStr\"><is><t>P3</t></is></c></row>"
        + &rows(5, &[&["P4", "7"]])
        + "<row r=\"6\" hidden=\"1\"/>";
    let columns = "<cols><col min=\"2\" max=\"2\" hidden=\"1\"/><col min=\"20\" max=\"30\" hidden=\"1\"/></cols>";
    let bytes = xlsx_shaped("nord vague 1", columns, &data, "");
    assert_eq!(
        outcome_of("x.xlsx", &bytes),
        "2: person_id=P1 wave=w1 partner=nord rent=500.0\n\
         3: person_id=P2 wave=w1 partner=nord\n\
         4: person_id=P3 wave=w1 partner=nord\n\
         5: person_id=P4 wave=w1 partner=nord rent=7.0\n\
         x.xlsx!nord vague 1 file.columns-hidden Info\n\
         x.xlsx!nord vague 1 file.rows-hidden Info\n\
         XLSX, header in row 1: read 4, kept 4, blank 0\n"
    );
    assert_eq!(
        said("x.xlsx", &bytes, "file.rows-hidden") + &said("x.xlsx", &bytes, "file.columns-hidden"),
        "La feuille masque des lignes (3–4), par un filtre ou à la main ; elles ont été lues comme les autres. Supprimer celles qui ne doivent pas l'être.\n\
         The sheet hides rows (3–4), by a filter or by hand; they were read like the others. Delete those that should not be.\n\
         La feuille masque des colonnes (B) ; elles ont été lues comme les autres. Supprimer celles qui ne doivent pas l'être.\n\
         The sheet hides columns (B); they were read like the others. Delete those that should not be.\n"
    );
}

#[test]
fn what_an_ods_merges_and_hides_is_read_and_told_as_in_other_workbooks() {
    let cell = |text: &str| {
        format!(
            "<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"
        )
    };
    let row = |cells: String| format!("<table:table-row>{cells}</table:table-row>");
    let merged = "<table:table-cell table:number-columns-spanned=\"1\" table:number-rows-spanned=\"2\" office:value-type=\"string\"><text:p>nord</text:p></table:table-cell>";
    let content = [
        "<table:table table:name=\"Feuil1\"><table:table-column table:number-columns-repeated=\"3\"/><table:table-column table:visibility=\"collapse\"/>".to_owned(),
        row(["Code personne", "Partenaire", "Vague", "Loyer"].map(cell).concat()),
        row(cell("P1") + merged + &cell("1") + &cell("500")),
        row(cell("P2") + "<table:covered-table-cell/>" + &cell("1") + &cell("510")),
        format!(
            "<table:table-row table:visibility=\"filter\">{}</table:table-row></table:table>",
            ["P3", "nord", "1", "520"].map(cell).concat()
        ),
    ];
    let bytes = ods(&content.concat());
    assert_eq!(
        outcome_of("x.ods", &bytes),
        "2: person_id=P1 wave=w1 partner=nord rent=500.0\n\
         3: person_id=P2 wave=w1 partner=nord rent=510.0\n\
         4: person_id=P3 wave=w1 partner=nord rent=520.0\n\
         x.ods!Feuil1 file.cells-merged Info\n\
         x.ods!Feuil1 file.columns-hidden Info\n\
         x.ods!Feuil1 file.rows-hidden Info\n\
         ODS, header in row 1: read 3, kept 3, blank 0\n"
    );
    assert!(said("x.ods", &bytes, "file.rows-hidden").contains("lignes (4)"));
}

#[test]
fn cents_are_rounded_and_told_at_their_cell_with_what_stood_there() {
    let csv = "Code personne;Revenu mensuel\nP1;1.250,50 €\nP2;EUR 900\nP3;refus\nP4;beaucoup\n";
    assert_eq!(
        outcome_of("nord-v1.csv", csv.as_bytes()),
        "2: person_id=P1 wave=w1 partner=nord income=1251\n\
         3: person_id=P2 wave=w1 partner=nord income=900\n\
         4: person_id=P3 wave=w1 partner=nord income_missing=refused\n\
         5: person_id=P4 wave=w1 partner=nord income_missing=to_check\n\
         nord-v1.csv!B2 income.rounded Info\n\
         nord-v1.csv!B5 income.type Soft\n\
         unread 2 income: \"1.250,50 €\"\n\
         unread 5 income: \"beaucoup\"\n\
         CSV, UTF-8, « ; », header in row 1: read 4, kept 4, blank 0\n"
    );
    assert_eq!(
        said("nord-v1.csv", csv.as_bytes(), "income.rounded"),
        "« Revenu mensuel » : un montant en euros entiers est attendu, sans centimes, par exemple 1250. La valeur la plus proche a été lue. Rien à faire si l'arrondi convient.\n\
         `Monthly income`: an amount in whole euros is expected, without cents, such as 1250. The nearest value was read. Nothing to do if rounding is all right.\n"
    );
}

#[test]
fn a_title_that_contradicts_its_column_is_told_and_the_column_followed() {
    let csv = "Relevé de la vague 2;\nCode personne;Vague;Partenaire\nP1;1re vague;nord\nP2;vague n° 2;nord\nP3;v1;durbuy\n";
    let outcome = try_read("nord.csv", csv.as_bytes(), &Options::default()).expect("a table");
    assert!(outcome.to_text().starts_with("3: person_id=P1 wave=w1 partner=nord\n"));
    assert_eq!(
        said("nord.csv", csv.as_bytes(), "file.origin-contradicted"),
        "« Partenaire » : le nom du fichier dit « Le Nord », mais la colonne C dit autre chose (1 ligne sur 3). La colonne a été suivie. Vérifier laquelle est juste, et corriger la colonne ou le titre.\n\
         `Partner`: the name of the file says `The North`, but column C says otherwise (1 row of 3). The column was followed. See which is right, and correct the column or the title.\n\
         « Vague » : un titre au-dessus du tableau dit « Vague 2 », mais la colonne B dit autre chose (2 lignes sur 3). La colonne a été suivie. Vérifier laquelle est juste, et corriger la colonne ou le titre.\n\
         `Wave`: a title above the table says `Wave 2`, but column B says otherwise (2 rows of 3). The column was followed. See which is right, and correct the column or the title.\n"
    );
    let same = "Code personne;Vague\nP1;vague1\n";
    assert_eq!(said("nord 1re vague.csv", same.as_bytes(), "file.origin-contradicted"), "");
}
