//! One variable as a text.

use catalyse_locale::{Language, Wording};

use super::{line, list, severity};
use crate::{CheckId, Codebook, Sensitivity, Variable};

const TYPE: Wording = Wording::new("type", "type");
const DEFINITION: Wording = Wording::new("définition", "definition");
const HINT: Wording = Wording::new("aide", "hint");
const EXAMPLES: Wording = Wording::new("exemples", "examples");
const CALCULATION: Wording = Wording::new("calcul", "calculation");
const UNIVERSE: Wording = Wording::new("champ (posé si)", "universe (asked if)");
const REQUIRED: Wording = Wording::new("obligatoire", "required");
const CONSTRAINT: Wording = Wording::new("contrainte", "constraint");
const MISSING: Wording = Wording::new("motifs d'absence", "missing reasons");
const ALIASES: Wording = Wording::new("autres noms", "other names");
const CONCEPT: Wording = Wording::new("norme", "standard");
const SENSITIVITY: Wording = Wording::new("sensibilité", "sensitivity");
const PURPOSE: Wording = Wording::new("finalité", "purpose");
const WAVES: Wording = Wording::new("vagues", "waves");
const FORM: Wording = Wording::new("formulaire", "form");
const CHECKS: Wording = Wording::new("contrôles", "checks");

/// Returns what is known of a variable, empty headings left out.
pub(super) fn show(codebook: &Codebook, variable: &Variable, language: Language) -> String {
    let mut text = format!("{} — {}\n", variable.name, variable.label.get(language));
    let optional = |text: &Option<String>| text.clone().unwrap_or_default();
    let examples: Vec<&str> =
        variable.examples.iter().map(|example| example.get(language)).collect();
    let reasons: Vec<String> =
        variable.missing.iter().map(|reason| reason.label().get(language).to_owned()).collect();
    let form = codebook.form_of(&variable.name).map_or("", |form| form.name.as_str());
    let meaning = variable.value_type.meaning();
    let typed = format!("{} — {}", variable.value_type.name(), meaning.get(language));
    for (heading, content) in [
        (&FORM, form.to_owned()),
        (&TYPE, typed),
        (&DEFINITION, variable.definition.get(language).to_owned()),
        (&HINT, variable.hint.get(language).to_owned()),
        (&EXAMPLES, examples.join(" · ")),
        (&CALCULATION, optional(&variable.calculation)),
        (&UNIVERSE, optional(&variable.relevant)),
        (&REQUIRED, optional(&variable.required)),
        (&CONSTRAINT, optional(&variable.constraint)),
        (&MISSING, reasons.join(", ")),
        (&ALIASES, variable.aliases.join(", ")),
        (&CONCEPT, optional(&variable.concept)),
        (&SENSITIVITY, sensitivity(codebook, variable, language)),
        (&PURPOSE, variable.purpose.get(language).to_owned()),
        (&WAVES, waves(variable)),
    ] {
        line(&mut text, language, heading, &content);
    }
    if let Some(codes) = codebook.list_of(variable) {
        text += &list::categories(codes, language);
    }
    text += &checks_about(codebook, variable, language);
    text
}

/// Says how careful one must be, and who sees the answers in entry if not everybody who types.
fn sensitivity(codebook: &Codebook, variable: &Variable, language: Language) -> String {
    let label = variable.sensitivity.label();
    let label = label.get(language);
    if variable.sensitivity == Sensitivity::Plain {
        return String::new();
    }
    if !codebook.is_kept_to_some(variable.sensitivity) {
        return label.to_owned();
    }
    let roles: Vec<String> =
        codebook.access_to(variable).map(|one| one.role.label().get(language).to_owned()).collect();
    let (seen, nobody) = match language {
        Language::Fr => ("vue dans la saisie par :", "personne"),
        Language::En | Language::Nl | Language::De => ("seen in entry by:", "nobody"),
    };
    let roles = if roles.is_empty() { nobody.to_owned() } else { roles.join(", ") };
    format!("{label} ; {seen} {roles}")
}

fn waves(variable: &Variable) -> String {
    match (&variable.since, &variable.until) {
        (None, None) => String::new(),
        (since, until) => {
            let name = |wave: &Option<crate::WaveId>| {
                wave.as_ref().map_or_else(|| "…".to_owned(), ToString::to_string)
            };
            format!("{} – {}", name(since), name(until))
        }
    }
}

fn checks_about(codebook: &Codebook, variable: &Variable, language: Language) -> String {
    let mut about = codebook
        .checks
        .iter()
        .filter(|check| check.variables.contains(&variable.name))
        .map(|check| (&check.id, severity(check, language)))
        .collect::<Vec<(&CheckId, String)>>();
    about.dedup();
    let mut text = String::new();
    let ids: Vec<String> =
        about.into_iter().map(|(id, severity)| format!("{id} ({severity})")).collect();
    line(&mut text, language, &CHECKS, &ids.join(", "));
    text
}
