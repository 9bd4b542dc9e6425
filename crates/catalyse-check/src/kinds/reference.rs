//! `reference`: what a record refers to exists, in another table of the delivery or in a code list.

use std::collections::BTreeSet;
use std::sync::Arc;

use catalyse_codebook::{ListName, Problem, Storage, VariableName, nearest};
use catalyse_locale::{Args, Label, Wording};
use catalyse_records::{Layout, Table, known_day};
use polars::prelude::*;

use crate::{
    AcrossRecords, Assertion, Breaking, Check, CheckKind, Context, Documentation, Judgement, Look,
    Parameter, Sighting, Way,
};

const NO_TARGET: Wording = Wording::new(
    "le contrôle « { $check } » renvoie à « { $target } », qui n'existe pas ; écrire « formulaire.variable »",
    "the check `{ $check }` refers to `{ $target }`, which does not exist; write `form.variable`",
);
const NO_LIST: Wording = Wording::new(
    "le contrôle « { $check } » renvoie à la liste « { $target } », qu'aucune variable n'emploie",
    "the check `{ $check }` refers to the list `{ $target }`, which no variable uses",
);
const UNEQUAL: Wording = Wording::new(
    "le contrôle « { $check } » doit nommer autant de variables que de cibles",
    "the check `{ $check }` must name as many variables as targets",
);

/// The kind.
pub(super) struct Reference;

impl CheckKind for Reference {
    fn name(&self) -> &'static str {
        "reference"
    }

    fn documentation(&self) -> Documentation {
        Documentation {
            what: Label::new(
                "Les valeurs existent ensemble dans une fiche de `to`, ou la valeur est un code de `list`. Si l'envoi ne contient aucune fiche de `to`, on ne peut le dire. Où chaque partenaire donne ses propres codes, un code se cherche chez le même partenaire.",
                "The values exist together in a record of `to`, or the value is a code of `list`. If the delivery has no record of `to` at all, it cannot be told. Where each partner gives its own codes, a code is sought at its partner.",
            ),
            why: Label::new(
                "Un épisode sans sa personne n'entre dans aucun tableau.",
                "An episode without its person enters no table.",
            ),
            parameters: vec![
                Parameter::optional(
                    "to",
                    "aucun",
                    "`formulaire.variable`, ou une liste, une cible par variable",
                    "`form.variable`, or a list of them, one target a variable",
                ),
                Parameter::optional(
                    "list",
                    "aucune",
                    "une liste de codes, au lieu de `to`",
                    "a code list, instead of `to`",
                ),
            ],
            example: r#"[[check]]
id = "spell-has-its-person"
kind = "reference"
form = "spells"
variables = ["person_id", "wave"]
severity = "hard"
to = ["situation.person_id", "situation.wave"]
message = { fr = "Cette personne n'a pas de fiche dans la vague. Vérifier l'identifiant.", en = "This person has no record in the wave. Check the identifier." }
"#,
            source: "Keys are compared by 128 bits, as in `unique`.",
        }
    }

    fn open(&self, context: &Context<'_>) -> Result<Check, Box<Problem>> {
        if let Some(list) = context.params.text("list")? {
            return to_list(context, list);
        }
        let targets = context.params.texts("to")?;
        let variables = context.variables()?;
        if targets.is_empty() {
            return Err(context.params.missing("to"));
        }
        if targets.len() != variables.len() {
            return Err(context.problem(&UNEQUAL, Args::new()));
        }
        let mut key_of_target = Vec::new();
        let mut table = Table::Main;
        for (target, variable) in targets.iter().zip(&variables) {
            for variable in [target.rsplit('.').next().unwrap_or(target), variable.name.as_str()] {
                refuse_several_answers(context, variable)?;
            }
            let (target_table, column) =
                find_target(context, target).ok_or_else(|| no_target(context, target))?;
            table = target_table;
            key_of_target.push(column);
        }
        let owner = context.owner_of_code(&variables);
        key_of_target.extend(owner.clone());
        let key = variables.iter().map(|variable| known_day(variable)).chain(owner).collect();
        Ok(Check::AcrossRecords(Box::new(Target {
            from: Look { table: context.layout.table.clone(), key, value: None },
            to: Look { table, key: key_of_target, value: None },
        })))
    }

    fn breaking(&self) -> Breaking {
        Breaking::new("orphan", Way::OfNobody)
    }
}

fn refuse_several_answers(context: &Context<'_>, name: &str) -> Result<(), Box<Problem>> {
    let variable = VariableName::new(name).ok().and_then(|name| context.codebook.variable(&name));
    match variable {
        Some(variable) if variable.value_type.storage() == Storage::Codes => {
            let wanted = Label::new("une valeur seule", "a single value");
            Err(context.wrong_variable(variable, &wanted))
        }
        _ => Ok(()),
    }
}

fn to_list(context: &Context<'_>, list: &str) -> Result<Check, Box<Problem>> {
    let lists = &context.codebook.code_lists;
    let found = ListName::new(list).ok().and_then(|name| lists.get(&name)).ok_or_else(|| {
        let hint = nearest(list, lists.keys().map(ListName::as_str));
        context.params.problem_with(&NO_LIST, Args::new().text("target", list), hint)
    })?;
    let assertions = context.variables()?.into_iter().map(|variable| {
        match variable.value_type.storage() {
            Storage::Text | Storage::Code => {}
            Storage::Boolean
            | Storage::Integer
            | Storage::Decimal
            | Storage::Date
            | Storage::Codes => {
                let wanted = Label::new("un code ou un texte", "a code or a text");
                return Err(context.wrong_variable(variable, &wanted));
            }
        }
        // Categories become texts: the two lists need not be the same.
        let text = col(variable.name.as_str()).cast(DataType::String);
        let codes: Arc<BTreeSet<String>> =
            Arc::new(found.categories.iter().map(|category| category.code.clone()).collect());
        let is_listed = text.map(
            move |texts| {
                let texts = texts.as_materialized_series().str()?.clone();
                let listed = texts.iter().map(|text| text.map(|text| codes.contains(text)));
                Ok(BooleanChunked::from_iter_options(texts.name().clone(), listed).into_column())
            },
            |_, field| Ok(Field::new(field.name().clone(), DataType::Boolean)),
        );
        Ok(Assertion::new(variable, is_listed))
    });
    Ok(Check::PerRecord(assertions.collect::<Result<_, Box<Problem>>>()?))
}

fn no_target(context: &Context<'_>, target: &str) -> Box<Problem> {
    let known: Vec<String> = context
        .codebook
        .forms
        .iter()
        .flat_map(|form| {
            let variables = form.sections.iter().flat_map(|section| &section.variables);
            variables.map(move |variable| format!("{}.{}", form.name, variable.name))
        })
        .collect();
    let hint = nearest(target, known.iter().map(String::as_str));
    context.params.problem_with(&NO_TARGET, Args::new().text("target", target), hint)
}

/// Finds the table and column of `form.variable`. A repeat also has the columns that name person, wave and partner.
fn find_target(context: &Context<'_>, target: &str) -> Option<(Table, Expr)> {
    let (form, variable) = target.split_once('.')?;
    let form = context.codebook.forms.iter().find(|known| known.name.as_str() == form)?;
    let table = Context::table_of(context.codebook, &form.name);
    let layout = Layout::new(context.codebook, table.clone()).ok()?;
    let name = layout.variables.iter().find(|known| known.as_str() == variable)?;
    Some((table, known_day(context.codebook.variable(name)?)))
}

struct Target {
    from: Look,
    to: Look,
}

impl AcrossRecords for Target {
    fn looks(&self) -> Vec<Look> {
        vec![self.from.clone(), self.to.clone()]
    }

    fn judge(&self, sightings: &mut [Vec<Sighting>], totals: &[u64]) -> Judgement {
        let [from, to] = sightings else { return Judgement::default() };
        if totals.get(1) == Some(&0) {
            return Judgement { n_lacking: from.len() as u64, ..Judgement::default() };
        }
        to.sort_unstable();
        let is_there = |key: &[u64; 2]| to.binary_search_by(|known| known.key.cmp(key)).is_ok();
        let violated = from.iter().filter(|sighting| !is_there(&sighting.key)).copied().collect();
        Judgement { violated, ..Judgement::default() }
    }
}

#[cfg(test)]
mod tests {
    use catalyse_codebook::FormName;
    use catalyse_records::Table;
    use catalyse_testkit::StudyText;

    use crate::trial::{problems, try_it, try_tables};

    fn spells() -> Table {
        Table::Repeat(FormName::new("spells").expect("a slug"))
    }

    fn study(to: &str) -> StudyText {
        StudyText::new().form("spells", "repeat").variable("number integer").check(
            "it",
            "reference",
            "person_id wave",
            to,
        )
    }

    const TO: &str = "to = [\"situation.person_id\", \"situation.wave\"]";

    #[test]
    fn a_spell_needs_its_person_in_the_same_wave() {
        let main = "person_id | wave\np1 | w1\np2 | w2";
        let repeat = "number | person_id | wave\n1 | p1 | w1\n2 | p1 | w2\n1 | p3 | w1\n1 | | w1";
        assert_eq!(
            try_tables(study(TO), &[(spells(), repeat), (Table::Main, main)]),
            "B3 B4: 1 satisfied, 2 violated, 1 lacking"
        );
    }

    #[test]
    fn without_any_target_it_cannot_be_told() {
        let repeat = "number | person_id | wave\n1 | p1 | w1";
        assert_eq!(
            try_tables(study(TO), &[(spells(), repeat)]),
            ": 0 satisfied, 0 violated, 1 lacking"
        );
        assert_eq!(try_tables(study(TO), &[]), ": 0 satisfied, 0 violated, 0 lacking");
    }

    #[test]
    fn a_text_must_be_in_the_list() {
        let study = StudyText::new()
            .list("areas", "83012 83028")
            .variable("other select_one areas")
            .variable("area text")
            .check("it", "reference", "area", "list = \"areas\"");
        let table = "area | other\n83012 |\n99999 |\n |";
        assert_eq!(try_it(study, table), "A3: 1 satisfied, 1 violated, 1 lacking");
    }

    #[test]
    fn a_code_of_the_partners_own_is_sought_at_its_partner() {
        let tables = [
            (Table::Main, "person_id | wave | partner\np1 | w1 | north"),
            (spells(), "person_id | wave | partner\np1 | w1 | north\np1 | w1 | south"),
        ];
        assert_eq!(try_tables(study(TO), &tables), ": 2 satisfied, 0 violated, 0 lacking");
        let own = study(TO).key("codes = \"partner\"");
        assert_eq!(try_tables(own, &tables), "A3: 1 satisfied, 1 violated, 0 lacking");
    }

    #[test]
    fn an_unknown_target_is_a_problem() {
        assert_eq!(
            problems(study("to = [\"situation.persn_id\", \"situation.wave\"]")),
            "small/checks.toml:1: the check `it` refers to `situation.persn_id`, which does not exist; write `form.variable`. The nearest name: `situation.person_id`"
        );
        assert_eq!(
            problems(study("to = \"situation.person_id\"")),
            "small/checks.toml:1: the check `it` must name as many variables as targets"
        );
    }
}
