//! What the findings of reading mean: those that no check of a study makes, because they are about the file and not about a person.

use catalyse_locale::Label;

/// Holds what a finding of reading means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained {
    /// The name as findings print it: `file.cells-merged`, or `VARIABLE.type` for what stands behind a variable's name.
    pub name: String,
    /// What was seen, what was done with it, and why it matters.
    pub what: Label,
}

/// Returns what a finding of reading means, by its name; nothing for the name of a check.
///
/// # Example
/// ```
/// use catalyse_intake::explain;
/// assert!(explain("file.cells-merged").is_some());
/// assert!(explain("rent.type").is_some(), "the end of the name is enough");
/// assert!(explain("rent-free-costs-little").is_none());
/// ```
pub fn explain(name: &str) -> Option<Explained> {
    let (head, end) = name.split_once('.')?;
    let known = if head == "file" { OF_FILES } else { OF_VALUES };
    let (_, fr, en) = known.iter().find(|(known, ..)| *known == end)?;
    Some(Explained { name: name.to_owned(), what: Label::new(*fr, *en) })
}

/// Lists all findings of reading.
pub fn explained() -> impl Iterator<Item = Explained> {
    let of = |head: &'static str, known: &'static [(&str, &str, &str)]| {
        known.iter().map(move |(end, fr, en)| Explained {
            name: format!("{head}.{end}"),
            what: Label::new(*fr, *en),
        })
    };
    of("file", OF_FILES).chain(of("VARIABLE", OF_VALUES))
}

/// Findings at a cell or column of one variable.
const OF_VALUES: &[(&str, &str, &str)] = &[
    (
        "type",
        "La cellule n'a pu être lue comme la variable le demande : un nombre, une date, un code de la liste. Ce qui y est écrit est gardé, et compte comme sans réponse.",
        "The cell could not be read as the variable asks: a number, a date, a code of the list. What stands there is kept, and counts as no answer.",
    ),
    (
        "rounded",
        "Un nombre entier est attendu et la cellule a des décimales : la valeur la plus proche a été lue.",
        "A whole number is expected and the cell has decimals: the nearest value was read.",
    ),
    (
        "column-missing",
        "Le fichier n'a pas de colonne pour cette variable : la question compte comme non demandée.",
        "The file has no column for this variable: the question counts as not asked.",
    ),
    (
        "person-not-joined",
        "Une personne de la feuille des situations n'est pas dans celle des personnes : ce que cette feuille dirait d'elle manque.",
        "A person of the sheet of situations is not in that of persons: what that sheet would say of them lacks.",
    ),
    (
        "person-repeated",
        "Une personne est deux fois dans la feuille des personnes : la première ligne compte.",
        "A person stands twice in the sheet of persons: the first row counts.",
    ),
    (
        "person-without-record",
        "Une personne de la feuille des personnes n'est sur aucune autre feuille du fichier : elle n'a pas de fiche.",
        "A person of the sheet of persons is on no other sheet of the file: they have no record.",
    ),
    (
        "sheets-differ",
        "La feuille des personnes et celle des situations donnent toutes deux cette variable, et ne disent pas la même chose : celle des situations compte.",
        "The sheet of persons and that of situations both give this variable, and do not say the same: that of situations counts.",
    ),
];

/// Findings about a file, a sheet, a row or a head.
const OF_FILES: &[(&str, &str, &str)] = &[
    (
        "unreadable",
        "Le fichier n'a pu être lu du tout ; aucune de ses fiches ne compte.",
        "The file could not be read at all; none of its records counts.",
    ),
    (
        "column-unknown",
        "Un en-tête n'est ni le nom, ni le libellé, ni un alias d'une variable de l'étude : la colonne n'a pas été lue. Corriger l'en-tête, donner une correspondance (`--mapping`), ou laisser si elle n'est pas du questionnaire.",
        "A head is neither the name, nor the label, nor an alias of a variable of the study: the column was not read. Correct the head, give a mapping (`--mapping`), or leave it if it is not of the questionnaire.",
    ),
    (
        "column-twice",
        "Deux colonnes sont pour la même variable : seule la première a été lue.",
        "Two columns are for the same variable: only the first was read.",
    ),
    (
        "column-derived",
        "La colonne est celle d'une variable que le programme calcule : elle n'a pas été lue, pour que tous la calculent de même.",
        "The column is that of a variable which the program calculates: it was not read, so that all calculate it alike.",
    ),
    (
        "column-elsewhere",
        "La colonne appartient à un autre formulaire que celui de la feuille : elle n'a pas été lue ici.",
        "The column belongs to another form than that of the sheet: it was not read here.",
    ),
    (
        "column-without-head",
        "Des valeurs se trouvent sous une colonne sans en-tête : rien ne dit ce qu'elles sont, et elles n'ont pas été lues.",
        "Values stand below a column without a head: nothing says what they are, and they were not read.",
    ),
    (
        "columns-hidden",
        "La feuille masque des colonnes ; elles ont été lues comme les autres, parce qu'un masque n'efface rien.",
        "The sheet hides columns; they were read like the others, because hiding deletes nothing.",
    ),
    (
        "rows-hidden",
        "La feuille masque des lignes, par un filtre ou à la main ; elles ont été lues comme les autres.",
        "The sheet hides rows, by a filter or by hand; they were read like the others.",
    ),
    (
        "cells-merged",
        "Des cellules sont fusionnées sur plusieurs lignes : le tableur n'en garde qu'une valeur, qui a été lue sur chacune de ces lignes.",
        "Cells are merged over several rows: the spreadsheet keeps one value of them, which was read on each of these rows.",
    ),
    (
        "cells-merged-across",
        "Des cellules sont fusionnées d'une colonne à l'autre : leur valeur n'a été lue que dans la première.",
        "Cells are merged from one column to another: their value was read in the first alone.",
    ),
    (
        "header-in-two-rows",
        "Les en-têtes tiennent sur deux lignes : des titres de parties, puis les questions. Les questions ont été lues.",
        "The heads take two rows: titles of parts, then the questions. The questions were read.",
    ),
    (
        "header-doubtful",
        "Peu d'en-têtes ont été reconnus : vérifier que la bonne ligne a été prise pour celle des en-têtes.",
        "Few heads were recognised: see whether the right row was taken for that of the heads.",
    ),
    (
        "cell-broken",
        "Une cellule du classeur est abîmée : elle seule n'a pas été lue.",
        "A cell of the workbook is damaged: it alone was not read.",
    ),
    (
        "cell-address",
        "Le classeur donne à une cellule une adresse qui n'existe pas, ou d'une autre ligne que la sienne : elle n'a pas été lue.",
        "The workbook gives a cell an address that does not exist, or of another row than its own: it was not read.",
    ),
    (
        "rows-out-of-order",
        "Des lignes ne sont pas dans l'ordre dans le fichier, ou deux ont le même numéro : toutes ont été lues, et un tableur en montre parfois moins.",
        "Rows are out of order in the file, or two have one number: all were read, and a spreadsheet program may show fewer.",
    ),
    (
        "mapping-unused",
        "Un en-tête de la correspondance (`--mapping`) n'est celui d'aucune colonne du fichier : souvent une faute de frappe.",
        "A head of the mapping (`--mapping`) is that of no column of the file: often a typing error.",
    ),
    (
        "formula-without-value",
        "Une formule n'a pas de résultat enregistré. Ouvrir le classeur, le laisser calculer et l'enregistrer.",
        "A formula has no stored result. Open the workbook, let it calculate and save it.",
    ),
    (
        "quote-unclosed",
        "Un guillemet s'ouvre et ne se ferme pas : il a été lu comme une lettre, pour qu'il n'avale pas les lignes suivantes.",
        "A quote opens and is not closed: it was read as a letter, so that it does not swallow the next rows.",
    ),
    (
        "row-too-long",
        "Une ligne a plus de cellules que l'en-tête : ce qui dépasse n'a pas été lu. Souvent un séparateur se trouve dans un texte.",
        "A row has more cells than the header: what stands beyond was not read. Often a delimiter stands in a text.",
    ),
    (
        "row-too-short",
        "Une ligne a moins de cellules que l'en-tête : les dernières comptent comme vides. Souvent la ligne a été coupée.",
        "A row has fewer cells than the header: the last ones count as empty. Often the row was cut.",
    ),
    (
        "encoding-doubled",
        "Des accents ont été convertis deux fois (« Ã© » pour « é ») avant l'envoi ; ils ont été remis quand c'était sûr.",
        "Accents were converted twice (“Ã©” for “é”) before sending; they were set right where that was sure.",
    ),
    (
        "encoding-mixed",
        "Le texte mêle deux encodages : les lettres qui n'ont pas été reconnues sont à vérifier.",
        "The text mixes two encodings: letters that were not recognised are to be looked at.",
    ),
    (
        "encoding-unusual",
        "L'encodage est rare ici, et a été deviné : vérifier les accents. Enregistrer en « CSV UTF-8 » évite le doute.",
        "The encoding is rare here, and was guessed: look at the accents. Saving as “CSV UTF-8” leaves no doubt.",
    ),
    (
        "month-first",
        "Une colonne de dates met le mois avant le jour, à l'américaine ; elle a été lue ainsi.",
        "A column of dates puts the month before the day, the American way; it was read so.",
    ),
    (
        "origin-unknown",
        "Ni les colonnes, ni les titres, ni le nom du fichier ne disent de quel partenaire ou de quelle vague il s'agit. Donner `--partner` ou `--wave`.",
        "Neither the columns nor the titles nor the name of the file say which partner or wave it is. Give `--partner` or `--wave`.",
    ),
    (
        "origin-contradicted",
        "Deux endroits disent autre chose du partenaire ou de la vague : une colonne, un titre, le nom de la feuille ou du fichier, une option. La phrase dit lequel a été suivi.",
        "Two places say different things of the partner or wave: a column, a title, the name of the sheet or file, an option. The sentence says which was followed.",
    ),
    (
        "person-unknown",
        "Aucune colonne ne dit qui sont les personnes : sans code, une fiche ne peut être suivie d'une vague à l'autre.",
        "No column says who the persons are: without a code a record cannot be followed from wave to wave.",
    ),
    (
        "persons-alone",
        "Le fichier dit qui sont les personnes, et rien de leur situation : il n'y a aucune fiche à compter.",
        "The file says who the persons are, and nothing of their situation: there is no record to count.",
    ),
    (
        "persons-twice",
        "Deux feuilles disent qui sont les personnes : seule la première a été lue.",
        "Two sheets say who the persons are: only the first was read.",
    ),
    (
        "sheet-hidden",
        "La feuille est masquée et n'a pas été lue. L'afficher si elle contient des fiches.",
        "The sheet is hidden and was not read. Show it if it holds records.",
    ),
    (
        "sheet-other",
        "La feuille n'a pas d'en-têtes de l'étude et n'a pas été lue.",
        "The sheet has no heads of the study and was not read.",
    ),
    (
        "sheet-damaged",
        "La feuille est abîmée et n'a pas été lue ; les autres l'ont été.",
        "The sheet is damaged and was not read; the others were.",
    ),
    (
        "sheet-cut-off",
        "La feuille s'arrête au milieu, comme un fichier mal copié : ce qui précède a été lu.",
        "The sheet ends in the middle, like a file copied badly: what stands before was read.",
    ),
    (
        "sheet-without-person",
        "La feuille a des en-têtes de l'étude et aucun code de personne : elle n'a pas été lue.",
        "The sheet has heads of the study and no code of persons: it was not read.",
    ),
    (
        "without-record",
        "Le fichier a été lu et n'a donné aucune fiche.",
        "The file was read and gave no record.",
    ),
];
