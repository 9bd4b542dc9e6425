//! What the reader has to say beside values that cannot be read: each a check of its own, `file.column-unknown`, with its sentence.

use catalyse_codebook::{CheckId, Severity, Variable, VariableName};
use catalyse_locale::{Args, Label, Language, Message, Wording};
use catalyse_records::{Cause, Findings, SourceIndex};

use crate::sheet::block::OddityKind;

pub(crate) const COLUMN_UNKNOWN: Wording = Wording::new(
    "Colonne { $letters }, « { $head } » : elle n'est pas dans le dictionnaire et n'a pas été lue. La renommer ou donner sa correspondance si elle est utile.",
    "Column { $letters }, `{ $head }`: it is not in the codebook and was not read. Rename it or give its mapping if it is useful.",
);
pub(crate) const COLUMN_NEAR: Wording = Wording::new(
    "Colonne { $letters }, « { $head } » : elle n'est pas dans le dictionnaire et n'a pas été lue. Le nom le plus proche : « { $nearest } ». La renommer ou donner sa correspondance si elle est utile.",
    "Column { $letters }, `{ $head }`: it is not in the codebook and was not read. The nearest name: `{ $nearest }`. Rename it or give its mapping if it is useful.",
);
pub(crate) const HEADER_IN_TWO_ROWS: Wording = Wording::new(
    "Les en-têtes sont sur deux lignes ({ $upper } et { $lower }) ; elles ont été lues ensemble. Rien à faire si chaque colonne reconnue est la bonne.",
    "The heads stand in two rows ({ $upper } and { $lower }); they were read together. Nothing to do if each column is recognised rightly.",
);
pub(crate) const HEADER_DOUBTFUL: Wording = Wording::new(
    "La plupart des en-têtes ({ $n } sur { $all }) ne sont pas de l'étude. Vérifier que la feuille a une ligne par personne et une colonne par question (et non l'inverse), et que ses en-têtes sont ceux de l'étude ; sinon donner la correspondance des colonnes.",
    "Most heads ({ $n } of { $all }) are not of the study. Check that the sheet has a row for each person and a column for each question (not the other way round), and that its heads are those of the study; else give the mapping of columns.",
);
pub(crate) const COLUMN_TWICE: Wording = Wording::new(
    "Colonne { $letters }, « { $head } » : une autre colonne donne déjà cette variable ; celle-ci n'a pas été lue. Garder une seule des deux.",
    "Column { $letters }, `{ $head }`: another column already gives this variable; this one was not read. Keep only one of them.",
);
pub(crate) const COLUMN_DERIVED: Wording = Wording::new(
    "Colonne { $letters }, « { $head } » : cette variable est calculée par le programme ; la colonne n'a pas été lue.",
    "Column { $letters }, `{ $head }`: this variable is worked out by the program; the column was not read.",
);
pub(crate) const COLUMN_ELSEWHERE: Wording = Wording::new(
    "Colonne { $letters }, « { $head } » : cette variable appartient à un autre tableau de l'étude ; la colonne n'a pas été lue ici. La mettre sur sa propre feuille.",
    "Column { $letters }, `{ $head }`: this variable belongs to another table of the study; the column was not read here. Put it on a sheet of its own.",
);
pub(crate) const NO_RECORD: Wording = Wording::new(
    "Aucune fiche sous les en-têtes : il n'y a rien à contrôler. Vérifier que c'est le bon fichier, ou le redemander au partenaire.",
    "No record below the header: there is nothing to check. See whether this is the right file, or ask the partner for it again.",
);
pub(crate) const NEVER_CALCULATED: Wording = Wording::new(
    "Toutes les cases sous les en-têtes sont des formules qui n'ont jamais été calculées ({ $n -> [one] { $n } case *[other] { $n } cases }) : le fichier ne contient aucun résultat. L'ouvrir dans Excel ou LibreOffice, l'enregistrer, et recommencer.",
    "All cells below the header are formulas that were never calculated ({ $n -> [one] { $n } cell *[other] { $n } cells }): the file holds no result. Open it in Excel or LibreOffice, save it, and begin again.",
);
pub(crate) const SHEET_WITHOUT_RECORD: Wording = Wording::new(
    "Aucune fiche sous les en-têtes de cette feuille ; les fiches du fichier sont sur une autre. Rien à faire si c'est voulu.",
    "No record below the header of this sheet; the records of the file are on another one. Nothing to do if this is meant.",
);
pub(crate) const NO_HEAD: Wording = Wording::new(
    "Colonne { $letters } : { $n -> [one] { $n } cellule contient *[other] { $n } cellules contiennent } quelque chose sans en-tête au-dessus ; elles n'ont pas été lues. Donner un en-tête à la colonne ou la vider.",
    "Column { $letters }: { $n -> [one] { $n } cell holds *[other] { $n } cells hold } something without a head above; they were not read. Give the column a head or empty it.",
);
pub(crate) const ROW_LONG: Wording = Wording::new(
    "La ligne a plus de cases que l'en-tête : un séparateur se trouve sans doute dans un texte, et les valeurs qui suivent sont décalées. Mettre le texte entre guillemets.",
    "The row has more cells than the header: a delimiter probably stands in a text, and the values behind it are shifted. Put the text in quotes.",
);
pub(crate) const ROW_SHORT: Wording = Wording::new(
    "La ligne a moins de cases que l'en-tête : celles qui manquent sont lues comme vides. Vérifier qu'elle n'est pas coupée en deux.",
    "The row has fewer cells than the header: the lacking ones are read as empty. Check that it is not broken in two.",
);
pub(crate) const NO_PERSON: Wording = Wording::new(
    "La ligne n'a pas de code de personne et n'a pas été reprise. Écrire le code dans la colonne « { $label } ».",
    "The row has no person code and was not taken over. Write the code in the column `{ $label }`.",
);
pub(crate) const WORD_FOR_NO_PERSON: Wording = Wording::new(
    "À la place du code de personne se trouve un mot ou un signe qui dit qu'il manque (inconnu, NC, x, -, 0…) ; la ligne n'a pas été reprise. Écrire le code dans la colonne « { $label } ».",
    "In place of the person code stands a word or mark that says it is missing (unknown, NC, x, -, 0…); the row was not taken over. Write the code in the column `{ $label }`.",
);
pub(crate) const NO_PERSON_COLUMN: Wording = Wording::new(
    "Aucune colonne ne donne « { $label } » ; aucune ligne n'a pu être reprise. Ajouter la colonne, ou donner sa correspondance.",
    "No column gives `{ $label }`; no row could be taken over. Add the column, or give its mapping.",
);
pub(crate) const NO_ORIGIN: Wording = Wording::new(
    "Rien ne dit « { $label } » : ni une colonne, ni le nom du fichier, ni un titre ; aucune ligne n'a pu être reprise. L'indiquer à la lecture ou ajouter la colonne.",
    "Nothing says `{ $label }`: no column, nor the name of the file, nor a title; no row could be taken over. State it when reading or add the column.",
);
pub(crate) const SEVERAL_ORIGINS: Wording = Wording::new(
    "« { $label } » : aucune colonne ne le dit, et { $text } en nomme plusieurs ({ $values }) ; aucune ligne n'a pu être reprise. L'indiquer à la lecture ou ajouter la colonne.",
    "`{ $label }`: no column says it, and { $text } names several ({ $values }); no row could be taken over. State it when reading or add the column.",
);
pub(crate) const TAKEN: Wording = Wording::new(
    "{ $label } : { $value }, d’après { $text }",
    "{ $label }: { $value }, by { $text }",
);
pub(crate) const MONTH_FIRST: Wording = Wording::new(
    "Colonne { $letters }, « { $label } » : ses dates, comme 04/05/1990, se lisent des deux façons ; elles ont été lues mois d’abord, comme les autres dates de la feuille. Vérifier avec le partenaire, ou écrire les dates jour/mois/année.",
    "Column { $letters }, `{ $label }`: its dates, such as 04/05/1990, can be read both ways; they were read month first, as the other dates of the sheet are. Check with the partner, or write dates day/month/year.",
);
pub(crate) const PERSONS_ALONE: Wording = Wording::new(
    "Cette feuille dit qui sont les personnes, rien de leur situation. Si les situations sont dans un autre fichier, mettre les deux feuilles dans un même classeur : elles seront jointes par « { $label } ».",
    "This sheet says who the persons are, nothing of their situation. If the situations are in another file, put both sheets into one workbook: they will be joined by `{ $label }`.",
);
pub(crate) const PERSONS_TWICE: Wording = Wording::new(
    "Une autre feuille dit déjà qui sont les personnes ; celle-ci n'a pas été lue. Réunir les deux en une seule feuille, une ligne par « { $label } ».",
    "Another sheet says who the persons are already; this one was not read. Make one sheet of both, one row for each `{ $label }`.",
);
pub(crate) const PERSON_REPEATED: Wording = Wording::new(
    "{ $label } : ce code est déjà plus haut sur la feuille des personnes ; la première ligne compte, celle-ci n'est pas lue. Garder la bonne.",
    "{ $label }: this code stands further up on the sheet of persons; the first row counts, this one is not read. Keep the right one.",
);
pub(crate) const PERSON_UNKNOWN: Wording = Wording::new(
    "{ $label } : ce code n'est pas sur la feuille des personnes ; ce qu'elle dit d'elles manque ici. Ajouter la personne, ou corriger le code.",
    "{ $label }: this code is not on the sheet of persons; what it says of them is lacking here. Add the person, or correct the code.",
);
pub(crate) const SHEETS_DIFFER: Wording = Wording::new(
    "« { $label } » : la feuille « { $sheet } » dit autre chose de la même personne ; c'est la valeur d'ici qui compte. Vérifier laquelle est juste, et corriger l'autre.",
    "`{ $label }`: the sheet `{ $sheet }` says otherwise of the same person; the value here counts. See which is right, and correct the other.",
);
pub(crate) const PERSON_WITHOUT_RECORD: Wording = Wording::new(
    "{ $label } : aucune autre feuille du fichier ne parle de cette personne ; elle n'a donc pas de fiche. Vérifier le code, ou ajouter sa situation.",
    "{ $label }: no other sheet of the file speaks of this person, who has no record therefore. Check the code, or add the situation.",
);
pub(crate) const JOINED: Wording = Wording::new(
    "Feuille de personnes, jointe aux autres feuilles par « { $label } »",
    "Sheet of persons, joined to the other sheets by `{ $label }`",
);
pub(crate) const SHEET_HIDDEN: Wording = Wording::new(
    "Feuille « { $sheet } » : elle est masquée et n'a pas été lue. L'afficher dans le tableur si elle contient des données à reprendre.",
    "Sheet `{ $sheet }`: it is hidden and was not read. Show it in the spreadsheet program if it holds data to be taken over.",
);
pub(crate) const SHEET_OTHER: Wording = Wording::new(
    "Feuille « { $sheet } » : aucun en-tête de l'étude n'y a été reconnu ; elle n'a pas été lue.",
    "Sheet `{ $sheet }`: no header of the study was recognised; it was not read.",
);
pub(crate) const SHEET_DAMAGED: Wording = Wording::new(
    "Feuille « { $sheet } » : elle est endommagée et n'a pas pu être lue. L'ouvrir dans un tableur, enregistrer et renvoyer le fichier.",
    "Sheet `{ $sheet }`: it is damaged and could not be read. Open it in a spreadsheet program, save and send the file again.",
);
const ROUNDED: Wording = Wording::new(
    "« { $label } » : { $reason }. La valeur la plus proche a été lue. Rien à faire si l'arrondi convient.",
    "`{ $label }`: { $reason }. The nearest value was read. Nothing to do if rounding is all right.",
);
const UNREADABLE: Wording =
    Wording::new("« { $label } » : { $reason }.", "`{ $label }`: { $reason }.");
const UNCLOSED_QUOTE: Wording = Wording::new(
    "Un guillemet s'ouvre dans cette ligne et ne se ferme pas ; la ligne a été lue sans lui. Le fermer ou l'enlever.",
    "A quote opens in this row and does not close; the row was read without it. Close or remove it.",
);
const BROKEN_CELL: Wording = Wording::new(
    "Colonne { $letters } : le classeur décrit cette cellule d'une façon illisible ; elle a été lue comme vide. La réécrire et enregistrer.",
    "Column { $letters }: the workbook describes this cell in an unreadable way; it was read as empty. Write it again and save.",
);
const ODD_ADDRESS: Wording = Wording::new(
    "Le classeur donne à une cellule de cette ligne une adresse qui n'existe pas ou qui est d'une autre ligne ; elle n'a pas été lue. Ouvrir le fichier dans un tableur, vérifier la ligne et enregistrer.",
    "The workbook gives a cell of this row an address that does not exist or is of another row; it was not read. Open the file in a spreadsheet program, check the row and save.",
);
const NO_RESULT: Wording = Wording::new(
    "Colonne { $letters } : la formule n'a pas de résultat enregistré ; la cellule a été lue comme vide. Ouvrir et enregistrer le fichier dans Excel.",
    "Column { $letters }: the formula has no stored result; the cell was read as empty. Open and save the file in Excel.",
);
const CUT_OFF: Wording = Wording::new(
    "La feuille s'interrompt après cette ligne : le fichier est incomplet. Le redemander au partenaire.",
    "The sheet breaks off after this row: the file is incomplete. Ask the partner for it again.",
);

/// Makes the cause of a finding about the file itself.
pub(crate) fn file_cause(check: &str, severity: Severity, message: Message) -> Option<Cause> {
    let file = VariableName::new("file").ok()?;
    Some(Cause { check: CheckId::of_variable(&file, check), severity, variable: None, message })
}

/// Makes the cause of a finding about a cell that cannot be read as its type.
pub(crate) fn unreadable(variable: &Variable, severity: Severity, reason: &Message) -> Cause {
    of_cell((variable, "type"), severity, &UNREADABLE, reason)
}

/// Makes the cause of a finding about a cell whose nearest value was read.
pub(crate) fn rounded(variable: &Variable, reason: &Message) -> Cause {
    of_cell((variable, "rounded"), Severity::Info, &ROUNDED, reason)
}

fn of_cell(
    (variable, check): (&Variable, &str),
    severity: Severity,
    wording: &Wording,
    reason: &Message,
) -> Cause {
    let reason = Label::new(reason.say(Language::Fr), reason.say(Language::En));
    let args = Args::new().label("label", &variable.label).label("reason", &reason);
    Cause {
        check: CheckId::of_variable(&variable.name, check),
        severity,
        variable: Some(variable.name.clone()),
        message: wording.with(args),
    }
}

/// Makes the cause of a finding about an odd row, or an odd cell in the column of these letters.
pub(crate) fn odd(
    kind: OddityKind,
    letters: &str,
    variable: Option<&VariableName>,
) -> Option<Cause> {
    let (severity, wording) = match kind {
        OddityKind::UnclosedQuote => (Severity::Soft, UNCLOSED_QUOTE),
        OddityKind::BrokenCell => (Severity::Soft, BROKEN_CELL),
        OddityKind::OddAddress => (Severity::Soft, ODD_ADDRESS),
        OddityKind::FormulaWithoutValue => (Severity::Soft, NO_RESULT),
        OddityKind::SheetCutOff => (Severity::Hard, CUT_OFF),
    };
    let cause =
        file_cause(kind.name(), severity, wording.with(Args::new().text("letters", letters)))?;
    Some(Cause { variable: variable.cloned(), ..cause })
}

/// Returns a head as a message may quote it: as it stands if it reads like a label. Somebody's number, date, address or mail, in a sheet
/// that lies on its side or has no header, is replaced by dots: what has no letter, more than a few digits, digits parted as in dates and
/// telephone numbers, a number behind several words, or many words.
pub(crate) fn quotable_head(head: &str) -> String {
    const MOST_LETTERS: usize = 40;
    const MOST_DIGITS: usize = 3;
    let is_of_label =
        |letter: char| letter.is_alphanumeric() || " '’-_()/?.:°&+%#*€".contains(letter);
    let line = shown_head(head);
    let groups = line.split(|letter: char| !letter.is_ascii_digit());
    let digits: Vec<&str> = groups.filter(|group| !group.is_empty()).collect();
    let n_digits: usize = digits.iter().map(|group| group.len()).sum();
    // « Revenu 2024 » names a year of the study; a year of birth is of the century before, or stands beside other digits.
    let is_recent_year =
        matches!(digits.as_slice(), [year] if year.len() == 4 && year.starts_with("20"));
    let ends_as_address =
        line.ends_with(|letter: char| letter.is_ascii_digit()) && line.split(' ').count() > 3;
    let is_label = line.chars().all(is_of_label)
        && line.chars().any(char::is_alphabetic)
        && line.chars().count() <= MOST_LETTERS
        && digits.len() <= 2
        && !ends_as_address
        && (n_digits <= MOST_DIGITS || is_recent_year);
    if is_label { line } else { "…".to_owned() }
}

/// Returns a head as it may be shown: on one line, and not too long.
pub(crate) fn shown_head(head: &str) -> String {
    let line: String = head.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() > 80 { line.chars().take(79).chain(['…']).collect() } else { line }
}

/// Adds what is said of a whole source to the findings.
pub(crate) fn add(
    findings: &mut Findings,
    source: SourceIndex,
    check: &str,
    severity: Severity,
    message: Message,
) {
    if let Some(cause) = file_cause(check, severity, message) {
        let cause = findings.cause(cause);
        findings.add(cause, source, 0);
    }
}

#[cfg(test)]
mod tests {
    use super::quotable_head;

    #[test]
    fn labels_are_quoted_and_what_may_be_of_a_person_is_not() {
        for head in [
            "N° dossier",
            "health_1",
            "Q12",
            "Revenu 2024",
            "Code (interne)",
            "Âge du 1er enfant",
            "% temps",
            "Remarques : autres",
            "tel. 2",
        ] {
            assert_eq!(quotable_head(head), head);
        }
        for head in [
            "93.05.18-223.61",
            "18/05/1993",
            "né le 18/05/93",
            "0470 12 34 56",
            "12",
            "jean@example.be",
            "1993",
            "Rue de la Station 12 à 6900 Marche",
            "rue du Pont 12",
            "Rita, rue du Pont",
            "né en 1993",
            "P-00012",
            "une phrase entière que quelqu'un a écrite dans sa fiche",
        ] {
            assert_eq!(quotable_head(head), "…", "{head}");
        }
    }
}
