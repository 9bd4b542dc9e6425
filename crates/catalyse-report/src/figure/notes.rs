//! The *Notes* under a figure: what was tested, what the marks mean, what breaks a series.

use catalyse_disclose::{Mark, Unit};
use catalyse_locale::{Args, Language, Wording, points};

use crate::claims::answering::Answering;
use crate::claims::claim::{Claim, Subject};
use crate::claims::phrase::list;
use crate::claims::sentence::{size_of_link, strength};
use crate::claims::verdict::{Verdict, verdict};
use crate::figure::context::Context;
use crate::figure::presence::presence_note;
use crate::figure::unanswered::{nobody_answered, silent_columns};
use crate::report::FigureBreak;
use crate::report::cell_text::evidence;
use crate::report::table::Table;

/// Lists the notes of a table: the authors' own, tests, breaks, then marks. What holds for every figure stands at the front: [`crate::whole::general`].
pub(crate) fn notes(context: &Context<'_>, table: &Table, breaks: &[FigureBreak]) -> Vec<String> {
    let language = context.language;
    let own = context.figure.note.get(language);
    let mut notes: Vec<String> =
        [own].into_iter().filter(|note| !note.is_empty()).map(str::to_owned).collect();
    notes.extend(presence_note(context));
    notes.extend(definition(context));
    notes.extend(breaks.iter().map(|found| found.note.clone()));
    notes.extend(verdicts(context));
    notes.extend(context.release.notes().iter().map(|note| note.say(language)));
    notes.extend(silent_columns(table, language));
    if nobody_answered(table, language).is_none() {
        notes.extend(Answering::of_table(table).note(language));
    }
    notes.extend(shape_notes(context, table));
    notes.extend(mark_notes(table, language));
    notes
}

/// Says what the study understands by what is measured: two figures may use one word for two things.
fn definition(context: &Context<'_>) -> Option<String> {
    const DEFINITION: Wording =
        Wording::new("Définition : { $definition }", "Definition: { $definition }");
    let table = &context.figure.table;
    let measured = table.value.as_deref().unwrap_or(&table.rows);
    let found = context.inputs.definitions.iter().find(|known| known.key == measured)?;
    Some(DEFINITION.say(context.language, &Args::new().label("definition", &found.label)))
}

/// Says what the tests of the table show, the largest first; or that they show nothing.
fn verdicts(context: &Context<'_>) -> Vec<String> {
    const MOST: usize = 4;
    let claims = context.claims();
    let (Some(first), Some(verdict)) = (claims.first(), verdict(&claims)) else {
        return Vec::new();
    };
    let mut shown: Vec<&Claim<'_>> = claims.iter().filter(|claim| claim.is_shown()).collect();
    shown.sort_by_key(|claim| {
        (std::cmp::Reverse(claim.size()), claim.test.adjusted, claim.subject.row())
    });
    // The test of the whole table has no size and stands last.
    shown.sort_by_key(|claim| claim.subject.row().is_none());
    let shown = shown.into_iter().take(MOST).map(|claim| in_brackets(claim, context.language));
    let mut methods: Vec<&str> = claims.iter().map(|claim| claim.test.method).collect();
    methods.sort_unstable();
    methods.dedup();
    let args = Args::new()
        .text("shown", list(context.language, shown))
        .text("methods", methods.join(", "))
        .text("strength", strength(first, context.language))
        .text("v", v_alone(first, context.language))
        .label("columns", &context.release.columns().label);
    vec![verdict_wording(first, verdict).say(context.language, &args)]
}

/// Returns the size of a link that is not shown, without a word for it: there is no weak link where there is none to speak of.
fn v_alone(claim: &Claim<'_>, language: Language) -> String {
    const V: Wording = Wording::new("{ $v } ;", "{ $v };");
    let Some(v) = size_of_link(claim, language) else { return String::new() };
    // A pattern would lose the space after its last word.
    format!("{} ", V.say(language, &Args::new().text("v", v)))
}

fn verdict_wording(claim: &Claim<'_>, verdict: Verdict) -> Wording {
    const TREND: Wording = Wording::new(
        "Tendance démontrée, parmi des personnes différentes à chaque vague : { $shown } ({ $methods }).",
        "Trend shown, among other persons at each wave: { $shown } ({ $methods }).",
    );
    const NO_TREND: Wording = Wording::new(
        "Aucune tendance démontrée parmi des personnes différentes à chaque vague, ce qui ne veut pas dire qu'il n'y en a pas ({ $methods }).",
        "No trend is shown among other persons at each wave, which does not mean that there is none ({ $methods }).",
    );
    const TOO_FEW: Wording = Wording::new(
        "Testé, mais trop peu de personnes pour donner un résultat ({ $methods }).",
        "Tested, but too few persons to give a result ({ $methods }).",
    );
    const PROTECTED: Wording = Wording::new(
        "Testé, mais le résultat n'est pas donné : presque toutes les personnes ont la même réponse, et en dire plus en dirait trop sur chacune ({ $methods }).",
        "Tested, but no result is given: nearly all persons have the same answer, and more would say too much of each of them ({ $methods }).",
    );
    const CHANGES: Wording = Wording::new(
        "Démontré, sur les mêmes personnes : { $shown } ({ $methods }).",
        "Shown, on the same persons: { $shown } ({ $methods }).",
    );
    const NO_CHANGE: Wording = Wording::new(
        "Aucun changement démontré sur les mêmes personnes, ce qui ne veut pas dire qu'il n'y en a pas ({ $methods }).",
        "No change is shown on the same persons, which does not mean that there is none ({ $methods }).",
    );
    const CONTRASTS: Wording = Wording::new(
        "Écarts démontrés, chacun contre tous les autres réunis : { $shown } ({ $methods }).",
        "Differences shown, each against all others together: { $shown } ({ $methods }).",
    );
    const NO_CONTRAST: Wording = Wording::new(
        "Aucun écart démontré selon « { $columns } », ce qui ne veut pas dire qu'il n'y en a pas ({ $methods }).",
        "No difference is shown by “{ $columns }”, which does not mean that there is none ({ $methods }).",
    );
    const LINK: Wording = Wording::new(
        "Lignes et colonnes vont ensemble : { $strength }, { $shown } ({ $methods }). Le tableau ne dit pas pourquoi.",
        "Rows and columns go together: { $strength }, { $shown } ({ $methods }). The table does not say why.",
    );
    const NO_LINK: Wording = Wording::new(
        "Aucun lien démontré entre lignes et colonnes ({ $v }{ $methods }).",
        "No link between rows and columns is shown ({ $v }{ $methods }).",
    );
    let is_empty = match verdict {
        Verdict::TooFew => return TOO_FEW,
        Verdict::Protected => return PROTECTED,
        Verdict::Shown => false,
        Verdict::NothingShown => true,
    };
    match (claim.subject, is_empty) {
        (Subject::Difference { .. }, false) if claim.is_trend() => TREND,
        (Subject::Difference { .. }, true) if claim.is_trend() => NO_TREND,
        (Subject::Change { .. } | Subject::Redistribution { .. }, false) => CHANGES,
        (Subject::Change { .. } | Subject::Redistribution { .. }, true) => NO_CHANGE,
        (Subject::Difference { .. } | Subject::AgainstRest { .. }, false) => CONTRASTS,
        (Subject::Difference { .. } | Subject::AgainstRest { .. }, true) => NO_CONTRAST,
        (Subject::Association, false) => LINK,
        (Subject::Association, true) => NO_LINK,
    }
}

/// Returns a claim as short as it goes: `« Oui » +9 points, p < 0,01`.
fn in_brackets(claim: &Claim<'_>, language: Language) -> String {
    const ALL_ANSWERS: Wording =
        Wording::new("toutes les réponses ensemble", "all answers together");
    let release = claim.release;
    let row = claim.subject.row().and_then(|row| release.rows().headings.get(row));
    let mut parts = Vec::new();
    if let Subject::Redistribution { .. } = claim.subject {
        parts.push(ALL_ANSWERS.say(language, &Args::new()));
    }
    if let Subject::AgainstRest { column, .. } | Subject::Difference { to: column, .. } =
        claim.subject
        && let Some(column) = release.columns().headings.get(column)
    {
        parts.push(column.label.get(language).to_owned());
    }
    if let Some(row) = row {
        parts.push(crate::claims::phrase::quoted(language, &row.label));
    }
    if let Some(effect) = claim.effect() {
        parts.push(points(language, effect.points));
    }
    let what = parts.join(" ");
    let p = evidence(language, claim.test.adjusted);
    if what.is_empty() { p } else { format!("{what}, {p}") }
}

fn shape_notes(context: &Context<'_>, table: &Table) -> Vec<String> {
    const SEVERAL: Wording = Wording::new(
        "Une personne peut donner plusieurs réponses : les parts ne font pas 100 %.",
        "A person may give several answers: shares do not add up to 100%.",
    );
    const GROUPS: Wording = Wording::new(
        "Une personne peut appartenir à plusieurs groupes, ou à aucun.",
        "A person may belong to several groups, or to none.",
    );
    const ROWS: Wording = Wording::new(
        "On compte ici des { $rows }, et non des personnes.",
        "What is counted here is { $rows }, not persons.",
    );
    let mut notes = Vec::new();
    let say = |wording: Wording, args: &Args| wording.say(context.language, args);
    if context.release.rows().is_of_target_groups() {
        notes.push(say(GROUPS, &Args::new()));
    } else if table.has_several_answers && table.has_shares() {
        notes.push(say(SEVERAL, &Args::new()));
    }
    if let Unit::Rows(_) = context.release.unit() {
        notes.push(say(ROWS, &Args::new().text("rows", context.unit())));
    }
    notes
}

fn mark_notes(table: &Table, language: Language) -> Vec<String> {
    const CONFIDENTIAL: Wording = Wording::new(
        "[c] confidentiel : trop peu de personnes, ou un autre nombre permettrait de le retrouver.",
        "[c] confidential: too few persons, or another number would give it away.",
    );
    const LOW_BASE: Wording = Wording::new(
        "[u] effectif trop petit pour donner ce nombre.",
        "[u] too few persons to give this number.",
    );
    const NOT_APPLICABLE: Wording = Wording::new(
        "[z] sans objet : ce nombre n'existe pas pour cette ligne.",
        "[z] not applicable: there is no such number for this row.",
    );
    const NO_RECORDS: Wording = Wording::new(
        "[x] aucune fiche livrée à cette vague.",
        "[x] no record delivered at this wave.",
    );
    const WORDS: Wording = Wording::new(
        "« Environ 5 sur 20 » : de 10 à 29 personnes, on donne des effectifs arrondis et pas de pourcentage.",
        "“About 5 of 20”: from 10 to 29 persons, rounded counts are given and no percentage.",
    );
    const BOUNDS: Wording = Wording::new(
        "« ≥ » et « ≤ » : presque toutes les personnes, ou presque aucune ; la part exacte dirait quelque chose de chacune.",
        "“≥” and “≤”: nearly all persons, or nearly none; the exact share would tell something about each of them.",
    );
    [
        (table.has_mark(Mark::Confidential), CONFIDENTIAL),
        (table.has_mark(Mark::LowBase), LOW_BASE),
        (table.has_mark(Mark::NoRecords), NO_RECORDS),
        (table.has_mark(Mark::NotApplicable), NOT_APPLICABLE),
        (table.has_words_for_shares(), WORDS),
        (table.has_bounds(), BOUNDS),
    ]
    .into_iter()
    .filter(|(is_needed, _)| *is_needed)
    .map(|(_, wording)| wording.say(language, &Args::new()))
    .collect()
}
