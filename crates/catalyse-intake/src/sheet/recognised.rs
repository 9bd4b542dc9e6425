//! What is told of the heads of a sheet that is not read: which of them the study knows, which not, and what each may mean.

use catalyse_locale::{Args, Label, Language, Message, Wording};

use crate::columns::heads::Heads;
use crate::notice::quotable_head;
use crate::sheet::header::Head;

/// How many heads a sentence names.
const NAMED: usize = 12;

/// Holds the heads of the row that is nearest to a header, as a sentence may name them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recognised {
    row: u32,
    n_known: usize,
    n_all: usize,
    known: Label,
    unknown: Label,
    person: Label,
}

const NO_HEADER: Wording = Wording::new(
    "aucune ligne d'en-têtes reconnue parmi les 30 premières lignes. La ligne { $row } s'en approche ; reconnu : { $known } ; non reconnu : { $unknown }. Nommer « { $person } » la colonne du code de la personne et les autres comme dans le dictionnaire de l'étude, ou donner la correspondance des colonnes.",
    "no header row was recognised within the first 30 rows. Row { $row } comes near; recognised: { $known }; not recognised: { $unknown }. Name the column of the person's code `{ $person }` and the others as in the codebook of the study, or give the mapping of the columns.",
);
const SHEET_WITHOUT_PERSON: Wording = Wording::new(
    "Feuille « { $sheet } » : { $n } en-têtes sur { $all } sont de l'étude ({ $known }), mais aucun ne donne « { $person } » ; elle n'a pas été lue. Non reconnu : { $unknown }. Nommer « { $person } » la colonne du code, ou donner sa correspondance.",
    "Sheet `{ $sheet }`: { $n } of { $all } heads are of the study ({ $known }), but none gives `{ $person }`; it was not read. Not recognised: { $unknown }. Name the column of the code `{ $person }`, or give its mapping.",
);

impl Recognised {
    /// Sorts the heads of a row. Those that nobody knows are quoted only where they are the fewer: else they may be answers.
    pub(crate) fn of(row: u32, heads: &[Head], all: &Heads<'_>, person: usize) -> Self {
        let is_known = |head: &&Head| head.meaning.is_some();
        let n_known = heads.iter().filter(is_known).count();
        let quotes = heads.len() - n_known <= n_known;
        let label_of = |index: usize| all.variable(index).map(|(_, variable)| &variable.label);
        let listed = |language: Language, is_wanted: bool| {
            let wanted = heads.iter().filter(|head| head.meaning.is_some() == is_wanted);
            let mut texts: Vec<String> = wanted
                .clone()
                .take(NAMED)
                .map(|head| match head.meaning.and_then(|meaning| label_of(meaning.variable())) {
                    Some(label) => quoted(language, label.get(language)),
                    None if quotes => with_nearest(language, head, all),
                    None => quoted(language, "…"),
                })
                .collect();
            if wanted.count() > NAMED {
                texts.push("…".to_owned());
            }
            if texts.is_empty() { "–".to_owned() } else { texts.join(", ") }
        };
        let label = |is_wanted| {
            Label::new(listed(Language::Fr, is_wanted), listed(Language::En, is_wanted))
        };
        Self {
            row,
            n_known,
            n_all: heads.len(),
            known: label(true),
            unknown: label(false),
            person: label_of(person).cloned().unwrap_or_default(),
        }
    }

    /// Says that no row of a file is a header, and how near this one comes.
    pub(crate) fn no_header(&self) -> Message {
        NO_HEADER.with(self.args())
    }

    /// Says that a sheet speaks of the study and names no person; nothing if it names so little that it may be anything.
    pub(crate) fn without_person(&self, sheet: &str) -> Option<Message> {
        (self.n_known >= 2).then(|| SHEET_WITHOUT_PERSON.with(self.args().text("sheet", sheet)))
    }

    fn args(&self) -> Args {
        Args::new()
            .text("row", self.row.to_string())
            .count("n", self.n_known as u64)
            .count("all", self.n_all as u64)
            .label("known", &self.known)
            .label("unknown", &self.unknown)
            .label("person", &self.person)
    }
}

fn quoted(language: Language, text: &str) -> String {
    match language {
        Language::Fr => format!("« {text} »"),
        Language::En | Language::Nl | Language::De => format!("`{text}`"),
    }
}

fn with_nearest(language: Language, head: &Head, all: &Heads<'_>) -> String {
    let shown = quoted(language, &quotable_head(&head.text));
    let Some(nearest) = all.nearest(&head.text) else { return shown };
    let nearest = quoted(language, nearest.get(language));
    match language {
        Language::Fr => format!("{shown} (proche de {nearest})"),
        Language::En | Language::Nl | Language::De => format!("{shown} (near {nearest})"),
    }
}
