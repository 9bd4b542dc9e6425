//! Which partners have records at the waves of a figure or of the report, where they are not all of them: what "everybody" means there.

use catalyse_disclose::WaveChoice;
use catalyse_locale::{Args, Language, Wording};

use crate::claims::phrase::{joined, list, moment};
use crate::company::{Company, partners_at, waves_of};
use crate::figure::context::Context;
use crate::inputs::{Inputs, Named};

/// Returns the note of a figure; nothing where all partners of the report have records.
pub(crate) fn presence_note(context: &Context<'_>) -> Option<String> {
    const ALONE: Wording = Wording::new(
        "Seul { $partner } a des fiches { $waves } : l'ensemble, ce sont ses personnes.",
        "Only { $partner } has records { $waves }: everybody means its persons.",
    );
    const WITHOUT: Wording = Wording::new(
        "Aucune fiche livrée { $waves } : { $absent }. L'ensemble compte les autres partenaires.",
        "No record delivered { $waves }: { $absent }. Everybody means the other partners.",
    );
    const PANEL_ALONE: Wording = Wording::new(
        "Seul { $partner } a des fiches { $waves } : les personnes vues aux deux sont les siennes.",
        "Only { $partner } has records { $waves }: the persons seen at both are its own.",
    );
    const PANEL_WITHOUT: Wording = Wording::new(
        "Personne de { $absent } n'est compté ici : aucune fiche à l'une des deux vagues.",
        "Nobody of { $absent } is counted here: no record at one of the two waves.",
    );
    const NO_PANEL: Wording = Wording::new(
        "Aucun partenaire n'a des fiches { $waves } : les personnes vues aux deux ont changé de partenaire.",
        "No partner has records { $waves }: the persons seen at both went to another partner.",
    );
    let (inputs, language) = (context.inputs, context.language);
    let waves = waves_of(inputs, context.figure, context.release);
    let is_panel = context.figure.table.wave == WaveChoice::FirstAndLast;
    let absent = inputs
        .partners
        .iter()
        .filter(|partner| waves.iter().any(|wave| !partners_at(inputs, wave).contains(partner)));
    let args = Args::new()
        .text("waves", moments(&waves, language))
        .text("absent", names(absent, language));
    Some(match context.company() {
        Company::Only(_) | Company::All { .. } => return None,
        Company::One(partner) => {
            let args = args.label("partner", &partner.label);
            if is_panel { PANEL_ALONE } else { ALONE }.say(language, &args)
        }
        Company::Several { .. } => {
            if is_panel { PANEL_WITHOUT } else { WITHOUT }.say(language, &args)
        }
        Company::Changing { .. } if is_panel => NO_PANEL.say(language, &args),
        Company::Changing { .. } => changing(inputs, &waves),
    })
}

/// Returns what a reader of the whole report must know of who delivered at which wave; nothing if all partners did at each.
pub(crate) fn presence_of_report(inputs: &Inputs<'_>) -> Option<String> {
    const SAME_PERSONS: Wording = Wording::new(
        "Un changement chez les mêmes personnes ne compte que les partenaires qui ont des fiches aux deux vagues.",
        "A change in the same persons counts only the partners with records at both waves.",
    );
    let waves: Vec<&Named> = inputs.waves.iter().collect();
    match Company::over(inputs, &waves) {
        Company::Changing { .. } => {}
        Company::Only(_) | Company::All { .. } | Company::One(_) | Company::Several { .. } => {
            return None;
        }
    }
    let same_persons = SAME_PERSONS.say(inputs.language, &Args::new());
    Some(format!("{} {same_persons}", changing(inputs, &waves)))
}

/// Says which partners have records at each of several waves, and which of the waves can be compared.
fn changing(inputs: &Inputs<'_>, waves: &[&Named]) -> String {
    const CHANGING: Wording = Wording::new(
        "Les partenaires ne sont pas les mêmes à chaque vague ({ $groups }). { $compare }",
        "The partners are not the same at each wave ({ $groups }). { $compare }",
    );
    const GROUP: Wording = Wording::new("{ $waves } : { $partners }", "{ $waves }: { $partners }");
    const SOME: Wording = Wording::new(
        "Ne se comparent que les nombres de vagues aux mêmes partenaires ({ $comparable }) ; entre d'autres, un écart peut venir des partenaires.",
        "Only numbers of waves with the same partners can be compared ({ $comparable }); between others a difference may be that of the partners.",
    );
    const NONE: Wording = Wording::new(
        "Les nombres de ces vagues ne se comparent pas : un écart peut venir des partenaires.",
        "The numbers of these waves cannot be compared: a difference may be that of the partners.",
    );
    let language = inputs.language;
    let mut groups: Vec<(Vec<&Named>, Vec<&Named>)> = Vec::new();
    for wave in waves {
        let partners = partners_at(inputs, wave);
        match groups.iter_mut().find(|(of, _)| *of == partners) {
            Some((_, found)) => found.push(wave),
            None => groups.push((partners, vec![wave])),
        }
    }
    let said = groups.iter().map(|(partners, waves)| {
        let args = Args::new()
            .text("waves", bare(waves, language))
            .text("partners", who(inputs, partners));
        GROUP.say(language, &args)
    });
    let same = groups.iter().filter(|(_, waves)| waves.len() > 1);
    let same: Vec<String> = same.map(|(_, waves)| bare(waves, language)).collect();
    let comparable = Args::new().text("comparable", list(language, same.iter().cloned()));
    let compare = if same.is_empty() { NONE } else { SOME }.say(language, &comparable);
    let args = Args::new().text("groups", list(language, said)).text("compare", compare);
    CHANGING.say(language, &args)
}

fn who(inputs: &Inputs<'_>, partners: &[&Named]) -> String {
    const ALL: Wording = Wording::new("tous les partenaires", "all partners");
    const ALONE: Wording = Wording::new("{ $partner } seul", "{ $partner } alone");
    match partners {
        all if all.len() == inputs.partners.len() => ALL.say(inputs.language, &Args::new()),
        [one] => ALONE.say(inputs.language, &Args::new().label("partner", &one.label)),
        some => names(some.iter().copied(), inputs.language),
    }
}

fn names<'a>(partners: impl Iterator<Item = &'a Named>, language: Language) -> String {
    joined(language, partners.map(|partner| partner.label.get(language).to_owned()))
}

/// Returns when, without seasons: `à la vague 1 et à la vague 2`.
pub(crate) fn moments(waves: &[&Named], language: Language) -> String {
    const AT: Wording = Wording::new("à { $wave }", "at { $wave }");
    let at = |wave: &&Named| {
        AT.say(language, &Args::new().text("wave", moment(language, short(wave, language))))
    };
    joined(language, waves.iter().map(at))
}

/// Returns the names of waves inside a sentence, without seasons: `vague 1 et vague 2`.
fn bare(waves: &[&Named], language: Language) -> String {
    let name = |wave: &&Named| {
        let moment = moment(language, short(wave, language));
        moment.strip_prefix("la ").map_or_else(|| moment.clone(), str::to_owned)
    };
    joined(language, waves.iter().map(name))
}

/// Returns the name of a wave without its season.
fn short(wave: &Named, language: Language) -> &str {
    let label = wave.label.get(language);
    label.split_once(" (").map_or(label, |(short, _)| short)
}
