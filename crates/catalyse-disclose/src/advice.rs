//! What whoever has the records is told of a table that fell: where it is, and what would let it be shown. It names no count, and is
//! not for readers: they would learn from it that few persons stand there.

use catalyse_locale::{Args, Label, Language, Message, Wording};

use crate::{Heading, Role, Tabulation};

/// Names the answers of a table under which an attacker could narrow a count down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Narrowed {
    /// The table.
    pub table: String,
    /// The words of the answers or groups; none where what is few is no answer: all who answered, or a reason of missing.
    pub rows: Vec<Label>,
    /// What would help.
    pub remedy: Remedy,
}

/// Names the cells of a table that count many rows of a repeat of few persons. For whoever has the records: a reader of the tables would
/// learn from it that few persons have many rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfFew {
    /// The table.
    pub table: String,
    /// The words of each cell: its row, and its column if the table has several; none where only a margin is of few persons.
    pub cells: Vec<Label>,
    /// What would help.
    pub remedy: Remedy,
}

/// Says what would let a table be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// Few answers are merged with their neighbours.
    Merge,
    /// Target groups are not merged: they are defined wider.
    Widen,
    /// Merging leaves no table, or would not help: the groups that stand side by side are wider, or not there.
    Unsplit,
    /// The same, and nothing stands side by side: more records, or the question is left out.
    LeaveOut,
}

impl Remedy {
    /// Returns what helps where counts under some rows of a table are narrow.
    pub(crate) fn of(table: &Tabulation, rows: &[&Heading]) -> Self {
        let answers = table.rows.headings.iter().filter(|row| row.role == Role::Category);
        // Two answers merged are everybody.
        let may_merge =
            answers.count() > 2 && !table.rows.is_of_partners() && !table.rows.is_of_waves();
        let is_split = table.columns.headings.len() > 1;
        match rows {
            [_, ..] if table.rows.is_of_target_groups() => Self::Widen,
            [_, ..] if may_merge => Self::Merge,
            _ if is_split => Self::Unsplit,
            _ => Self::LeaveOut,
        }
    }
}

/// Keeps the headings that are answers or groups: margins and reasons of missing are nothing that can be merged.
pub(crate) fn answers<'a>(headings: impl Iterator<Item = &'a Heading>) -> Vec<&'a Heading> {
    headings.filter(|heading| heading.role == Role::Category).collect()
}

impl Narrowed {
    /// Says where it is and what would let the tables be shown, one message for each that names its answers and one for all others of one
    /// remedy. It names no count.
    pub fn messages(all: &[Self]) -> Vec<Message> {
        const NAMED: Wording = Wording::new(
            "tableau { $table } : écarté, parce que trop peu de personnes se trouvent sous { $rows }. { $remedy }",
            "table { $table }: left out, because too few persons stand under { $rows }. { $remedy }",
        );
        const UNNAMED: Wording = Wording::new(
            "{ $n -> [one] tableau { $table } : écarté, parce qu'un des groupes qu'il montre a *[other] tableaux { $table } : écartés, parce qu'un des groupes qu'ils montrent a } trop peu de personnes qui ont répondu, ou qui ne l'ont pas fait. { $remedy }",
            "{ $n -> [one] table { $table }: left out, because one of the groups that it shows has *[other] tables { $table }: left out, because one of the groups that they show has } too few persons who answered, or who did not. { $remedy }",
        );
        let mut unnamed: Vec<(Remedy, Vec<&str>)> = Vec::new();
        let mut messages = Vec::new();
        for one in all {
            if one.rows.is_empty() {
                match unnamed.iter_mut().find(|(remedy, _)| *remedy == one.remedy) {
                    Some((_, tables)) => tables.push(&one.table),
                    None => unnamed.push((one.remedy, vec![&one.table])),
                }
            } else {
                messages.push(NAMED.with(args(&[&one.table], &one.rows, one.remedy)));
            }
        }
        let folded =
            unnamed.iter().map(|(remedy, tables)| UNNAMED.with(args(tables, &[], *remedy)));
        messages.extend(folded);
        messages
    }
}

impl OfFew {
    /// Says where it is and what would let the table be shown. It names no count.
    pub fn message(&self) -> Message {
        const NAMED: Wording = Wording::new(
            "tableau { $table } : écarté, parce que sous { $rows } il compte des épisodes de trop peu de personnes, dont il dirait le parcours. { $remedy }",
            "table { $table }: left out, because under { $rows } it counts spells of too few persons, whose path it would tell. { $remedy }",
        );
        const UNNAMED: Wording = Wording::new(
            "tableau { $table } : écarté, parce que trop peu de personnes ont des épisodes, et qu'il dirait leur parcours. { $remedy }",
            "table { $table }: left out, because too few persons have spells, and it would tell their path. { $remedy }",
        );
        let wording = if self.cells.is_empty() { UNNAMED } else { NAMED };
        wording.with(args(&[&self.table], &self.cells, self.remedy))
    }
}

fn args(tables: &[&str], rows: &[Label], remedy: Remedy) -> Args {
    let remedy = remedy.wording();
    let counted = Args::new().count("n", rows.len()).count("n_tables", tables.len());
    let said = |language| remedy.say(language, &counted);
    let remedy = Label::new(said(Language::Fr), said(Language::En));
    let args = Args::new().text("table", tables.join(", ")).count("n", tables.len());
    args.label("rows", &quoted(rows)).label("remedy", &remedy)
}

impl Remedy {
    const fn wording(self) -> Wording {
        match self {
            Self::Merge => Wording::new(
                "Pour le garder, réunissez { $n -> [one] cette réponse avec une voisine *[other] ces réponses avec des voisines } : ajoutez au formulaire une variable calculée (`calculation`, avec `CASE WHEN … THEN … END`) et mettez-la dans le tableau.",
                "To keep it, merge { $n -> [one] this answer with a neighbour *[other] these answers with neighbours }: add a calculated variable to the form (`calculation`, with `CASE WHEN … THEN … END`) and put it in the table.",
            ),
            Self::Widen => Wording::new(
                "Pour le garder, élargissez { $n -> [one] la condition de ce groupe *[other] les conditions de ces groupes } dans `groups.toml`, ou retirez { $n -> [one] ce groupe *[other] ces groupes } de l'étude.",
                "To keep it, widen the { $n -> [one] condition of this group *[other] conditions of these groups } in `groups.toml`, or take the { $n -> [one] group *[other] groups } out of the study.",
            ),
            Self::Unsplit => Wording::new(
                "Pour { $n_tables -> [one] le garder, montrez la question sans ventilation (retirez `columns` du tableau, *[other] les garder, montrez ces questions sans ventilation (retirez `columns` des tableaux, } ou la figure de `partner_edition`), ou ajoutez les fiches qui manquent.",
                "To keep { $n_tables -> [one] it, show the question without a breakdown (take `columns` out of the table, *[other] them, show these questions without a breakdown (take `columns` out of the tables, } or the figure out of `partner_edition`), or add the records that lack.",
            ),
            Self::LeaveOut => Wording::new(
                "Pour { $n_tables -> [one] le *[other] les } garder, ajoutez les fiches qui manquent ; sinon, retirez { $n_tables -> [one] la question *[other] ces questions } du rapport.",
                "To keep { $n_tables -> [one] it *[other] them }, add the records that lack; otherwise take { $n_tables -> [one] the question *[other] these questions } out of the report.",
            ),
        }
    }
}

/// Names some rows: `« Oui », « Non »`.
fn quoted(rows: &[Label]) -> Label {
    let each = |language, open: &str, close: &str| {
        let rows = rows.iter().map(|row| format!("{open}{}{close}", row.get(language)));
        rows.collect::<Vec<_>>().join(", ")
    };
    Label::new(each(Language::Fr, "« ", " »"), each(Language::En, "“", "”"))
}

#[cfg(test)]
mod tests {
    use catalyse_locale::{Label, Language};

    use super::{Narrowed, OfFew, Remedy, answers};
    use crate::packs::{Draws, Side, situations, tabulate};
    use crate::{Axis, Tabulation};

    /// A table of one question, alone or with the answers to a second one side by side.
    fn table(n_answers: u64, beside: Option<&str>) -> Tabulation {
        let persons = situations(&mut Draws(1), 20, 8);
        let beside = beside.map(|name| Side::new(name, 5));
        tabulate(0, &persons, &Side::new("v0", n_answers), beside.as_ref())
    }

    /// Returns what helps where counts of all rows are narrow.
    fn remedy(table: &Tabulation) -> Remedy {
        Remedy::of(table, &answers(table.rows.headings.iter()))
    }

    #[test]
    fn only_answers_are_named() {
        let table = table(3, None);
        let keys = answers(table.rows.headings.iter());
        assert_eq!(keys.len(), 3);
        assert!(table.rows.headings.len() > 3, "there are margins and reasons of missing");
    }

    #[test]
    fn two_answers_are_never_merged() {
        assert_eq!(remedy(&table(2, None)), Remedy::LeaveOut);
        assert_eq!(remedy(&table(2, Some("partner"))), Remedy::Unsplit);
        assert_eq!(remedy(&table(3, Some("partner"))), Remedy::Merge);
    }

    #[test]
    fn margins_and_reasons_of_missing_are_never_merged() {
        assert_eq!(Remedy::of(&table(3, None), &[]), Remedy::LeaveOut);
        assert_eq!(Remedy::of(&table(3, Some("partner")), &[]), Remedy::Unsplit);
    }

    #[test]
    fn target_groups_are_defined_wider() {
        let mut groups = table(3, Some("partner"));
        groups.rows.name = Axis::TARGET_GROUPS.to_owned();
        assert_eq!(remedy(&groups), Remedy::Widen);
    }

    fn rows(words: &[(&str, &str)]) -> Vec<Label> {
        words.iter().map(|(fr, en)| Label::new(*fr, *en)).collect()
    }

    #[test]
    fn what_is_told_says_where_and_what_to_do() {
        let told = |language, rows: Vec<Label>, remedy| {
            let one = Narrowed { table: "logement".to_owned(), rows, remedy };
            let [said] = &Narrowed::messages(&[one])[..] else { panic!("one message") };
            said.say(language)
        };
        assert_eq!(
            told(Language::Fr, rows(&[("Chez un tiers", "With others")]), Remedy::Merge),
            "tableau logement : écarté, parce que trop peu de personnes se trouvent sous « Chez un tiers ». Pour le garder, réunissez cette réponse avec une voisine : ajoutez au formulaire une variable calculée (`calculation`, avec `CASE WHEN … THEN … END`) et mettez-la dans le tableau."
        );
        assert_eq!(
            told(Language::Fr, rows(&[("Jeunes", "Young"), ("Aînés", "Old")]), Remedy::Widen),
            "tableau logement : écarté, parce que trop peu de personnes se trouvent sous « Jeunes », « Aînés ». Pour le garder, élargissez les conditions de ces groupes dans `groups.toml`, ou retirez ces groupes de l'étude."
        );
        assert_eq!(
            told(Language::Fr, rows(&[("Oui", "Yes")]), Remedy::Unsplit),
            "tableau logement : écarté, parce que trop peu de personnes se trouvent sous « Oui ». Pour le garder, montrez la question sans ventilation (retirez `columns` du tableau, ou la figure de `partner_edition`), ou ajoutez les fiches qui manquent."
        );
        assert_eq!(
            told(Language::Fr, Vec::new(), Remedy::LeaveOut),
            "tableau logement : écarté, parce qu'un des groupes qu'il montre a trop peu de personnes qui ont répondu, ou qui ne l'ont pas fait. Pour le garder, ajoutez les fiches qui manquent ; sinon, retirez la question du rapport."
        );
        assert_eq!(
            told(Language::En, rows(&[("Oui", "Yes")]), Remedy::LeaveOut),
            "table logement: left out, because too few persons stand under “Yes”. To keep it, add the records that lack; otherwise take the question out of the report."
        );
    }

    #[test]
    fn tables_of_which_nothing_more_is_known_are_told_together() {
        let one =
            |table: &str, remedy| Narrowed { table: table.to_owned(), rows: Vec::new(), remedy };
        let all = [
            one("sexe", Remedy::Unsplit),
            one("permis", Remedy::LeaveOut),
            one("santé", Remedy::Unsplit),
        ];
        let said: Vec<String> =
            Narrowed::messages(&all).iter().map(|message| message.say(Language::Fr)).collect();
        assert_eq!(
            said,
            [
                "tableaux sexe, santé : écartés, parce qu'un des groupes qu'ils montrent a trop peu de personnes qui ont répondu, ou qui ne l'ont pas fait. Pour les garder, montrez ces questions sans ventilation (retirez `columns` des tableaux, ou la figure de `partner_edition`), ou ajoutez les fiches qui manquent.",
                "tableau permis : écarté, parce qu'un des groupes qu'il montre a trop peu de personnes qui ont répondu, ou qui ne l'ont pas fait. Pour le garder, ajoutez les fiches qui manquent ; sinon, retirez la question du rapport.",
            ]
        );
    }

    #[test]
    fn spells_of_few_persons_are_told_as_such() {
        let few = OfFew {
            table: "secteur".to_owned(),
            cells: rows(&[("Horeca", "Catering")]),
            remedy: Remedy::Merge,
        };
        assert_eq!(
            few.message().say(Language::En),
            "table secteur: left out, because under “Catering” it counts spells of too few persons, whose path it would tell. To keep it, merge this answer with a neighbour: add a calculated variable to the form (`calculation`, with `CASE WHEN … THEN … END`) and put it in the table."
        );
    }
}
