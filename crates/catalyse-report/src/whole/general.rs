//! What holds for every figure and is said once, at the front: rounding, percentages, intervals, what "net" means.

use catalyse_locale::{Args, Language, Wording, typeset};

/// Returns the notes of the whole report.
pub(crate) fn general_notes(rounding: u64, language: Language) -> Vec<String> {
    const INTERVALS: Wording = Wording::new(
        "Intervalle à 95 % (méthode de Wilson) : ce que le hasard peut faire varier. Il est élargi de tout ce que l'arrondi peut cacher, pour un pourcentage comme pour une différence ou un changement.",
        "95% interval (Wilson's method): what chance may change. It is widened by all that rounding may hide, for a percentage as for a difference or a change.",
    );
    const TOTALS: Wording = Wording::new(
        "Pourcentages entiers : leur total peut différer de 100.",
        "Whole percentages: their total may differ from 100.",
    );
    const NET: Wording = Wording::new(
        "Un changement ou un écart n'est dit « net » que si un test le montre, toutes les comparaisons du rapport comptées. Les tests sont faits sur les nombres non arrondis, avant la protection.",
        "A change or a difference is called “clear” only if a test shows it, all comparisons of the report counted. Tests are made on the numbers before rounding.",
    );
    const OTHERS: Wording = Wording::new(
        "Un titre qui ne parle ni de changement ni d'écart dit seulement la réponse la plus fréquente.",
        "A title that speaks of no change or difference only names the most frequent answer.",
    );
    const MARKS: Wording = Wording::new(
        "[c] : confidentiel, non montré. [u] : trop peu de personnes pour un pourcentage.",
        "[c]: confidential, not shown. [u]: too few persons for a percentage.",
    );
    let fixed = [TOTALS, INTERVALS, NET, OTHERS, MARKS];
    let fixed = fixed.iter().map(|note| typeset(language, &note.say(language, &Args::new())));
    rounding_note(rounding, language).into_iter().chain(fixed).collect()
}

/// Says that numbers are rounded and what a 0 means; nothing if they are not.
pub(crate) fn rounding_note(rounding: u64, language: Language) -> Option<String> {
    const ROUNDED: Wording = Wording::new(
        "Nombres arrondis à un multiple de { $base } pour protéger les personnes, et pourcentages calculés sur eux : 0 ou 0 % veut dire de 0 à { $most } personnes.",
        "Numbers are rounded to a multiple of { $base } to protect persons, and percentages are taken of them: 0 or 0% means from 0 to { $most } persons.",
    );
    let args = Args::new().count("base", rounding).count("most", rounding.saturating_sub(1));
    (rounding > 1).then(|| typeset(language, &ROUNDED.say(language, &args)))
}
