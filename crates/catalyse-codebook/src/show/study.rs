//! A study at a glance: how much it holds, and where to look further.

use catalyse_locale::{Args, Language, Wording};

use super::line;
use crate::{Codebook, Form};

const POPULATION: Wording = Wording::new("champ", "universe");
const FORMS: Wording = Wording::new("formulaires", "forms");
const VARIABLES: Wording = Wording::new("variables", "variables");
const LISTS: Wording = Wording::new("listes de codes", "code lists");
const CHECKS: Wording = Wording::new("contrôles", "checks");
const GROUPS: Wording = Wording::new("groupes cibles", "target groups");
const PARTNERS: Wording = Wording::new("partenaires", "partners");
const WAVES: Wording = Wording::new("vagues", "waves");
const POLICY: Wording = Wording::new("politique", "policy");
const REPORTS: Wording = Wording::new("rapports", "reports");
const COUNTED: Wording = Wording::new(
    "{ $n }, dont { $derived } { $derived -> [one] calculée *[other] calculées }",
    "{ $n }, of which { $derived } calculated",
);

/// Writes what a study holds: its forms with their variables counted, lists, checks, groups, partners, waves.
pub(super) fn show(codebook: &Codebook, language: Language) -> String {
    let study = &codebook.study;
    let mut text = format!("{} — {}\n", study.id, study.title.get(language));
    let variables = || codebook.forms.iter().flat_map(Form::variables);
    let n_derived = variables().filter(|variable| variable.is_derived()).count();
    let args = Args::new().count("n", variables().count() as u64);
    let counted = COUNTED.say(language, &args.count("derived", n_derived as u64));
    let forms = codebook.forms.iter();
    let forms = forms.map(|form| format!("{} ({})", form.name, form.variables().count()));
    let partners = study.partners.iter();
    let partners = partners.map(|one| format!("{} ({})", one.label.get(language), one.id));
    let waves = study.waves.iter();
    let waves = waves.map(|one| format!("{} ({})", one.label.get(language), one.id));
    let listed = |names: Vec<String>| names.join(", ");
    let lines = [
        (&POPULATION, study.population.get(language).to_owned()),
        (&PARTNERS, listed(partners.collect())),
        (&WAVES, listed(waves.collect())),
        (&FORMS, listed(forms.collect())),
        (&VARIABLES, counted),
        (&LISTS, codebook.code_lists.len().to_string()),
        (&CHECKS, codebook.checks.len().to_string()),
        (
            &GROUPS,
            listed(codebook.target_groups.iter().map(|group| group.name.to_string()).collect()),
        ),
        (&POLICY, study.policy.clone()),
        (&REPORTS, listed(codebook.reports.keys().cloned().collect())),
    ];
    for (heading, content) in lines {
        line(&mut text, language, heading, &content);
    }
    text
}
