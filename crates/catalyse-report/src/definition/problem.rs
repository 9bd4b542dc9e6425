//! What is wrong with a report definition, with the file and line it stands at.

use catalyse_chart::kinds;
use catalyse_locale::{Args, Language, Message, Wording, toml_fault};

/// Holds one problem of a report definition.
#[derive(Clone, Debug, PartialEq)]
pub struct DefinitionProblem {
    /// The file as the caller named it, `reports/tendances.toml`.
    pub file: String,
    /// The line, from 1; 0 if the whole file is meant.
    pub line: usize,
    /// What is wrong.
    pub message: Message,
    /// What to do; nothing if the message says it.
    pub hint: Option<Message>,
}

impl DefinitionProblem {
    /// Returns the problem in one line: where, what is wrong, what to do.
    pub fn say(&self, language: Language) -> String {
        let place = match self.line {
            0 => self.file.clone(),
            line => format!("{}:{line}", self.file),
        };
        let message = self.message.say(language);
        match &self.hint {
            Some(hint) => format!("{place}: {message}. {}", hint.say(language)),
            None => format!("{place}: {message}"),
        }
    }

    /// Makes the problem of a table that the study does not bear.
    pub fn of_table(file: &str, line: usize, message: Message) -> Self {
        Self { file: file.to_owned(), line, message, hint: None }
    }

    /// Makes the problem of a line of the portrait whose row its figure does not have.
    pub fn unknown_row(
        file: &str,
        (figure, line): (&str, usize),
        row: &str,
        known: &[&str],
    ) -> Self {
        const WHAT: Wording = Wording::new(
            "le portrait cite la ligne `{ $row }` de la figure `{ $figure }`, qui ne l’a pas",
            "the portrait names the row `{ $row }` of the figure `{ $figure }`, which does not have it",
        );
        let args = Args::new().text("row", row).text("figure", figure);
        Self::new(file, line, WHAT.with(args), nearest(row, known))
    }

    pub(super) fn not_readable(file: &str, line: usize, reason: &str) -> Self {
        const WHAT: Wording = Wording::new(
            "la définition ne se lit pas : { $reason }",
            "the definition cannot be read: { $reason }",
        );
        const HINT: Wording = Wording::new(
            "Comparer cette ligne avec les exemples de reports/README.md",
            "Compare this line with the examples of reports/README.md",
        );
        let args = Args::new().label("reason", &toml_fault(reason));
        Self::new(file, line, WHAT.with(args), HINT.with(Args::new()))
    }

    pub(super) fn unknown_key(file: &str, line: usize, key: &str, known: &[&str]) -> Self {
        const WHAT: Wording =
            Wording::new("la clé `{ $key }` n’existe pas ici", "there is no key `{ $key }` here");
        Self::new(file, line, WHAT.with(Args::new().text("key", key)), nearest(key, known))
    }

    pub(super) fn unknown_figure(file: &str, id: &str, known: &[&str]) -> Self {
        const WHAT: Wording = Wording::new(
            "la figure `{ $id }` est citée mais n’existe pas",
            "the figure `{ $id }` is named but does not exist",
        );
        Self::new(file, 0, WHAT.with(Args::new().text("id", id)), nearest(id, known))
    }

    pub(super) fn unknown_chart(file: &str, line: usize, kind: &str) -> Self {
        const WHAT: Wording = Wording::new(
            "il n’y a pas de genre de graphique `{ $kind }`",
            "there is no kind of chart `{ $kind }`",
        );
        let known: Vec<&str> = kinds::ALL.iter().map(|kind| kind.name()).collect();
        Self::new(file, line, WHAT.with(Args::new().text("kind", kind)), nearest(kind, &known))
    }

    pub(super) fn repeated_id(file: &str, line: usize, id: &str) -> Self {
        const WHAT: Wording = Wording::new(
            "l’identifiant `{ $id }` sert deux fois",
            "the id `{ $id }` is used twice",
        );
        const HINT: Wording =
            Wording::new("En donner un autre à l’une des deux", "Give one of the two another id");
        Self::new(file, line, WHAT.with(Args::new().text("id", id)), HINT.with(Args::new()))
    }

    pub(super) fn takes_the_place(file: &str, line: usize, figure: &str) -> Self {
        const WHAT: Wording = Wording::new(
            "cette figure porte le nom du tableau par partenaire de `{ $figure }`, que montrent les éditions des partenaires, et n’est pas ce tableau",
            "this figure has the name of the table by partner of `{ $figure }`, which the partners' editions show, and is not that table",
        );
        const HINT: Wording = Wording::new(
            "Lui donner un autre identifiant, ou retirer `{ $figure }` de `partner_edition`",
            "Give it another id, or take `{ $figure }` out of `partner_edition`",
        );
        let args = || Args::new().text("figure", figure);
        Self::new(file, line, WHAT.with(args()), HINT.with(args()))
    }

    pub(super) fn wrong_id(file: &str, line: usize, id: &str) -> Self {
        const WHAT: Wording = Wording::new(
            "l’identifiant `{ $id }` ne peut pas nommer un fichier",
            "the id `{ $id }` cannot name a file",
        );
        const HINT: Wording = Wording::new(
            "N’employer que des minuscules sans accent, des chiffres et `_`",
            "Use only lower-case letters without accents, digits and `_`",
        );
        Self::new(file, line, WHAT.with(Args::new().text("id", id)), HINT.with(Args::new()))
    }

    pub(super) fn not_split(file: &str, line: usize, id: &str) -> Self {
        const WHAT: Wording = Wording::new(
            "la figure `{ $id }` ne peut pas être partagée par partenaire",
            "the figure `{ $id }` cannot be split by partner",
        );
        const HINT: Wording = Wording::new(
            "Ne citer dans `partner_edition` que des tableaux `frequency` d’une seule vague et sans `columns`",
            "Name in `partner_edition` only `frequency` tables of one wave and without `columns`",
        );
        Self::new(file, line, WHAT.with(Args::new().text("id", id)), HINT.with(Args::new()))
    }

    fn new(file: &str, line: usize, message: Message, hint: Message) -> Self {
        Self { file: file.to_owned(), line, message, hint: Some(hint) }
    }
}

/// Offers the known name that is nearest, or all of them.
fn nearest(name: &str, known: &[&str]) -> Message {
    const NEAREST: Wording =
        Wording::new("Le nom le plus proche : `{ $name }`", "The nearest name: `{ $name }`");
    const KNOWN: Wording = Wording::new("Noms connus : { $names }", "Known names: { $names }");
    let near = known
        .iter()
        .map(|known| (strsim::damerau_levenshtein(name, known), *known))
        .min()
        .filter(|(distance, known)| *distance <= 1 + name.len().min(known.len()) / 3);
    match near {
        Some((_, near)) => NEAREST.with(Args::new().text("name", near)),
        None => KNOWN.with(Args::new().text("names", known.join(", "))),
    }
}
