//! The words that a drawing says by itself.

use catalyse_disclose::Mark;
use catalyse_locale::{Args, Language, Wording, fewer_than, integer, typeset};

/// Above a list of readings in a description.
pub(crate) const SHARES: Wording =
    Wording::new("part en % et intervalle à 95 %", "share in % and 95% interval");
/// Where no interval is drawn.
pub(crate) const SHARES_ONLY: Wording = Wording::new("part en %", "share in %");
/// Where medians are drawn.
pub(crate) const MIDDLE_HALF: Wording =
    Wording::new("médiane, moitié du milieu et moyenne", "median, middle half and mean");
/// Before the sentence that reads one number aloud.
pub(crate) const READING: Wording = Wording::new("Lecture : { $text }", "How to read: { $text }");
/// Before who is counted.
pub(crate) const UNIVERSE: Wording = Wording::new("Champ : { $text }", "Universe: { $text }");
/// Before the source.
pub(crate) const SOURCE: Wording = Wording::new("Source : { $text }", "Source: { $text }");
/// Everybody, as a series.
pub(crate) const EVERYBODY: Wording = Wording::new("Ensemble", "All");
/// The difference of two waves, above its column.
pub(crate) const DIFFERENCE: Wording = Wording::new("Écart", "Change");
/// What a difference in grey means.
pub(crate) const DIFFERENCE_NOTE: Wording = Wording::new(
    "Écart en gras : il ressort du test ajusté (p < 0,05) ; en gris : on ne peut pas conclure.",
    "Change in bold: it stands out in the adjusted test (p < 0.05); in grey: nothing can be concluded.",
);
/// What `[c]` means.
const CONFIDENTIAL: Wording =
    Wording::new("[c] : confidentiel, non montré.", "[c]: confidential, not shown.");
/// What `[u]` means.
const LOW_BASE: Wording = Wording::new(
    "[u] : effectif trop petit pour donner ce nombre.",
    "[u]: too few persons to give this number.",
);
/// What `[x]` means.
const NO_RECORDS: Wording = Wording::new(
    "[x] : aucune fiche livrée à cette vague.",
    "[x]: no record delivered at this wave.",
);
/// What `[z]` means.
const NOT_APPLICABLE: Wording = Wording::new("[z] : sans objet.", "[z]: does not apply.");
/// What a hollow mark means.
pub(crate) const HOLLOW: Wording = Wording::new(
    "Marque creuse : peut-être moins de 30 personnes, la part est donnée en mots, sans pourcentage.",
    "Hollow mark: perhaps fewer than 30 persons, the share is given in words, without a percentage.",
);
/// What a share given by a bound looks like.
pub(crate) const HATCHED: Wording = Wording::new(
    "≥ ou ≤ : seule une borne de la part est donnée (zone hachurée ou en pointillé).",
    "≥ or ≤: only a bound of the share is told (hatched area or dotted line).",
);
/// What the hatched rest of a stacked bar means.
pub(crate) const HATCHED_REST: Wording = Wording::new(
    "Hachures : réponses non montrées ou données par une borne.",
    "Hatching: answers not shown or given by a bound.",
);
/// Over a break in a series.
pub(crate) const BREAK: Wording = Wording::new("rupture", "break");
/// What the mark of a break means.
pub(crate) const BREAK_NOTE: Wording = Wording::new(
    "Trait « rupture » : de part et d'autre, les chiffres ne se comparent qu'avec prudence.",
    "Line “break”: figures on its two sides are compared with care only.",
);
/// What the dashed line between two points means.
pub(crate) const BREAK_BETWEEN: Wording = Wording::new(
    "Trait pointillé entre les deux points : une rupture sépare les vagues, à comparer avec prudence.",
    "Dotted line between the two points: a break lies between the waves, compare with care.",
);
/// What a broken line means.
pub(crate) const BROKEN_LINE: Wording = Wording::new(
    "Ligne interrompue : valeur non montrée à cette vague.",
    "Broken line: value not shown at this wave.",
);

/// Returns what a mark means.
pub(crate) const fn meaning(mark: Mark) -> Wording {
    match mark {
        Mark::Confidential => CONFIDENTIAL,
        Mark::LowBase => LOW_BASE,
        Mark::NotApplicable => NOT_APPLICABLE,
        Mark::NoRecords => NO_RECORDS,
    }
}

/// Says a wording without holes, typeset.
pub(crate) fn say(language: Language, wording: &Wording) -> String {
    typeset(language, &wording.say(language, &Args::new()))
}

/// Says a wording with one text, typeset.
pub(crate) fn say_text(language: Language, wording: &Wording, text: &str) -> String {
    typeset(language, &wording.say(language, &Args::new().text("text", text)))
}

/// Returns a share in words: `environ 5 sur 20`, or `moins de 5 sur 20` where the rounded count is 0.
pub(crate) fn about((language, rounding): (Language, u64), count: u64, base: u64) -> String {
    const ABOUT: Wording =
        Wording::new("environ { $count } sur\u{a0}{ $base }", "about { $count } of\u{a0}{ $base }");
    if count == 0 && rounding > 1 {
        return about_briefly((language, rounding), count, base).replace('\u{a0}', " ");
    }
    let args = Args::new().count("count", count).count("base", base);
    ABOUT.say(language, &args)
}

/// Returns a share in few letters, where there is no room for more: `5 sur 20`.
pub(crate) fn about_briefly(
    (language, rounding): (Language, u64),
    count: u64,
    base: u64,
) -> String {
    const BRIEF: Wording =
        Wording::new("{ $count }\u{a0}sur\u{a0}{ $base }", "{ $count }\u{a0}of\u{a0}{ $base }");
    let args = Args::new().text("count", count_of(language, rounding, count)).count("base", base);
    BRIEF.say(language, &args)
}

/// Returns a count of persons: `n ≈ 540`, because it is rounded; `moins de 5` where the rounded count is 0.
pub(crate) fn n_equals((language, rounding): (Language, u64), n: u64) -> String {
    if n == 0 && rounding > 1 {
        return fewer_than(language, rounding);
    }
    let sign = if rounding > 1 { '≈' } else { '=' };
    format!("n\u{a0}{sign}\u{a0}{}", whole(language, n))
}

fn count_of(language: Language, rounding: u64, count: u64) -> String {
    if count == 0 && rounding > 1 { fewer_than(language, rounding) } else { whole(language, count) }
}

fn whole(language: Language, count: u64) -> String {
    integer(language, i64::try_from(count).unwrap_or(i64::MAX))
}
