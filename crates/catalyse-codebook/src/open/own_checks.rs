//! The checks that variables bring with them: `variable.required`, `variable.skip`, `variable.constraint`, and `variable.weight` for the
//! weight of the study.
//!
//! A missing key of the study (person, wave, partner) is hard: the record could not be stored. A constraint is hard too, as it is in
//! XLSForm. Other missing answers and answers that should have been skipped are soft: the encoder gives a reason.

use catalyse_locale::{Label, Language};

use super::form::Lines;
use crate::{CheckId, CheckSpec, Form, Severity, Study, Variable};

/// Makes the checks of all variables in the order they are asked.
pub(crate) fn own_checks(study: &Study, forms: &[Form], lines: &Lines) -> Vec<CheckSpec> {
    let mut checks = Vec::new();
    for form in forms {
        for variable in form.variables() {
            let made = [
                required(study, variable).map(|made| ("required", made)),
                skip(variable).map(|made| ("skip", made)),
                constraint(variable).map(|made| ("expression", made)),
                weight(study, variable).map(|made| ("expression", made)),
            ];
            for (kind, made) in made.into_iter().flatten() {
                let written_at =
                    lines.get(&(variable.name.clone(), made.key)).cloned().unwrap_or_default();
                checks.push(CheckSpec {
                    id: CheckId::of_variable(&variable.name, made.name),
                    kind: kind.to_owned(),
                    severity: made.severity,
                    message: made.message,
                    why: variable.definition.clone(),
                    source: variable.concept.clone().unwrap_or_else(|| written_at.0.clone()),
                    variables: vec![variable.name.clone()],
                    form: form.name.clone(),
                    when: made.when,
                    params: made.params,
                    written_at,
                });
            }
        }
    }
    checks
}

/// What differs between them.
struct Made {
    name: &'static str,
    /// The key of the variable it comes from.
    key: &'static str,
    severity: Severity,
    message: Label,
    when: Option<String>,
    params: toml::Table,
}

fn required(study: &Study, variable: &Variable) -> Option<Made> {
    let is_key = [&study.person, &study.wave, &study.partner].contains(&&variable.name);
    let condition = match &variable.required {
        Some(condition) => condition.as_str(),
        None if is_key => "TRUE",
        None => return None,
    };
    // What is skipped is not missing.
    let when = match (&variable.relevant, condition) {
        (None, "TRUE") => None,
        (None, condition) => Some(condition.to_owned()),
        (Some(relevant), "TRUE") => Some(relevant.clone()),
        (Some(relevant), condition) => Some(format!("({relevant}) AND ({condition})")),
    };
    Some(Made {
        name: "required",
        key: "required",
        severity: if is_key { Severity::Hard } else { Severity::Soft },
        message: Label::new(
            "« { $label } » est vide, sans motif d'absence. Compléter la réponse, ou choisir le motif (refus, ne sait pas…).",
            "`{ $label }` is empty, without a reason. Fill in the answer, or choose the reason (refused, does not know…).",
        ),
        when,
        params: toml::Table::new(),
    })
}

fn skip(variable: &Variable) -> Option<Made> {
    let relevant = variable.relevant.clone()?;
    Some(Made {
        name: "skip",
        key: "relevant",
        severity: Severity::Soft,
        message: Label::new(
            "« { $label } » a une réponse alors que la question ne se pose pas pour cette personne. Effacer la réponse, ou corriger celle qui commande le renvoi.",
            "`{ $label }` has an answer although the question does not apply to this person. Clear the answer, or correct the one that decides the skip.",
        ),
        when: None,
        params: toml::Table::from_iter([("unless".to_owned(), toml::Value::String(relevant))]),
    })
}

/// Records without a weight, or with one below zero, weigh nothing in weighted tables: that is said of each.
fn weight(study: &Study, variable: &Variable) -> Option<Made> {
    let name = study.weight.as_ref().filter(|weight| **weight == variable.name)?;
    let assert = format!("{name} IS NOT NULL AND {name} >= 0");
    Some(Made {
        name: "weight",
        key: "",
        severity: Severity::Soft,
        message: Label::new(
            "« { $label } » : sans un poids de 0 ou plus, la fiche ne compte dans aucun tableau pondéré. Corriger le poids, ou le demander à qui l'a calculé.",
            "`{ $label }`: without a weight of 0 or more the record counts in no weighted table. Correct the weight, or ask whoever worked it out.",
        ),
        when: None,
        params: toml::Table::from_iter([("assert".to_owned(), toml::Value::String(assert))]),
    })
}

fn constraint(variable: &Variable) -> Option<Made> {
    let constraint = variable.constraint.clone()?;
    let message = variable.constraint_message.clone().unwrap_or_else(|| {
        let definition = |language| match variable.hint.get(language) {
            "" => variable.definition.get(language).to_owned(),
            hint => hint.to_owned(),
        };
        // A brace of a definition would open a hole.
        let [fr, en] = [Language::Fr, Language::En]
            .map(|language| definition(language).replace(['{', '}'], ""));
        Label::new(
            format!("« {{ $label }} » n'a pas une valeur possible. Vérifier la réponse. {fr}")
                .trim_end(),
            format!("`{{ $label }}` does not have a possible value. Check the answer. {en}")
                .trim_end(),
        )
    });
    Some(Made {
        name: "constraint",
        key: "constraint",
        severity: Severity::Hard,
        message,
        when: None,
        params: toml::Table::from_iter([("assert".to_owned(), toml::Value::String(constraint))]),
    })
}
