//! `type`: a cell can be read as its variable's type. The reader of the delivery makes this check, because only it sees the raw cell.

use catalyse_codebook::Problem;
use catalyse_locale::Label;

use crate::{Check, CheckKind, Context, Documentation};

/// The kind.
pub(super) struct Type;

impl CheckKind for Type {
    fn name(&self) -> &'static str {
        "type"
    }

    fn documentation(&self) -> Documentation {
        Documentation {
            what: Label::new(
                "Chaque cellule se lit comme une valeur du type de sa variable : un nombre, une date, un code de la liste, un NISS dont le chiffre de contrôle est juste. La lecture du fichier fait ce contrôle pour toutes les variables ; la cellule garde son texte et la valeur reçoit le motif « à vérifier ».",
                "Each cell can be read as a value of its variable's type: a number, a date, a code of the list, a NISS whose check digits are right. Reading the file makes this check for all variables; the cell keeps its text and the value gets the reason `to_check`.",
            ),
            why: Label::new(
                "Une cellule qui ne se lit pas ne doit jamais devenir vide en silence.",
                "A cell that cannot be read must never become empty in silence.",
            ),
            parameters: Vec::new(),
            example: r#"[[check]]
id = "income-is-a-number"
kind = "type"
form = "situation"
variables = ["income"]
severity = "hard"
message = { fr = "« { $label } » n'est pas un nombre. Corriger la cellule.", en = "`{ $label }` is not a number. Correct the cell." }
"#,
            source: "",
        }
    }

    fn open(&self, context: &Context<'_>) -> Result<Check, Box<Problem>> {
        context.variables()?;
        Ok(Check::ByReader)
    }
}

#[cfg(test)]
mod tests {
    use catalyse_testkit::StudyText;

    use crate::trial::{confront, problems};

    #[test]
    fn the_reader_makes_the_check_and_no_outcome_is_counted_twice() {
        let study = || StudyText::new().variable("age integer").check("it", "type", "age", "");
        assert_eq!(problems(study()), "");
        let report = confront(&study().open(), "person_id | age\n p1 | old");
        assert!(report.outcomes.iter().all(|outcome| outcome.check.as_str() != "it"));
    }
}
