//! A claim in words, French and English. A sentence describes and never says why: these data show no causes.

use catalyse_disclose::{Axis, Effect, Heading};
use catalyse_locale::{Args, Language, Wording, percent, points, typeset};

use crate::claims::claim::{Claim, Subject};
use crate::claims::phrase::{answer, at_all, moment, of_all, of_some};
use crate::report::cell_text::evidence;

/// Returns the claim in a few words, for a title: `« Permis et véhicule » : +9 points`.
pub(crate) fn headline(claim: &Claim<'_>, language: Language) -> String {
    const SIZED: Wording = Wording::new(
        "{ $measure } : « { $category } » passe de { $from_percent } à { $to_percent }",
        "{ $measure }: “{ $category }” goes from { $from_percent } to { $to_percent }",
    );
    const YES_SIZED: Wording = Wording::new(
        "{ $measure } : de { $from_percent } à { $to_percent }",
        "{ $measure }: from { $from_percent } to { $to_percent }",
    );
    const UNSIZED: Wording = Wording::new(
        "{ $measure } : « { $category } » change",
        "{ $measure }: “{ $category }” changes",
    );
    const CONTRAST: Wording = Wording::new(
        "{ $measure } : « { $category } », { $to_percent } pour { $group }, { $from_percent } { $elsewhere }",
        "{ $measure }: “{ $category }”, { $to_percent } for { $group }, { $from_percent } { $elsewhere }",
    );
    const YES_CONTRAST: Wording = Wording::new(
        "{ $measure } : { $to_percent } pour { $group }, { $from_percent } { $elsewhere }",
        "{ $measure }: { $to_percent } for { $group }, { $from_percent } { $elsewhere }",
    );
    const APART: Wording = Wording::new(
        "{ $measure } : { $group } se distingue pour « { $category } »",
        "{ $measure }: { $group } stands apart for “{ $category }”",
    );
    const SPREAD: Wording = Wording::new(
        "{ $measure } : la répartition change",
        "{ $measure }: the distribution changes",
    );
    const TOGETHER: Wording = Wording::new(
        "« { $rows } » et « { $columns } » vont ensemble",
        "“{ $rows }” and “{ $columns }” go together",
    );
    let wording = match (claim.subject, claim.effect()) {
        (Subject::Change { .. }, Some(_)) if says_yes(claim) => YES_SIZED,
        (Subject::Change { .. }, Some(_)) => SIZED,
        (Subject::Change { .. }, None) => UNSIZED,
        (Subject::Difference { .. }, Some(_)) if claim.is_trend() && says_yes(claim) => YES_SIZED,
        (Subject::Difference { .. }, Some(_)) if claim.is_trend() => SIZED,
        (Subject::Difference { .. }, None) if claim.is_trend() => UNSIZED,
        (Subject::Difference { .. } | Subject::AgainstRest { .. }, Some(_)) if says_yes(claim) => {
            YES_CONTRAST
        }
        (Subject::Difference { .. } | Subject::AgainstRest { .. }, Some(_)) => CONTRAST,
        (Subject::Difference { .. } | Subject::AgainstRest { .. }, None) => APART,
        (Subject::Redistribution { .. }, _) => SPREAD,
        (Subject::Association, _) => TOGETHER,
    };
    typeset(language, &wording.say(language, &args(claim, language)))
}

/// Says whether a claim is about the answer "yes" to a question that has no other than "no".
fn says_yes(claim: &Claim<'_>) -> bool {
    let rows = claim.release.rows();
    let row = claim.subject.row().and_then(|row| rows.headings.get(row));
    rows.is_exclusive && row.is_some_and(|row| ["true", "yes"].contains(&row.key.as_str()))
}

/// Returns the claim as a whole sentence with n, interval, size and adjusted evidence.
pub(crate) fn sentence(claim: &Claim<'_>, language: Language) -> String {
    const CHANGE: Wording = Wording::new(
        "{ $measure } : entre { $from } et { $to }, parmi les quelque { $n } personnes{ $of_all } vues aux deux moments, la part de « { $category } » passe de { $from_percent } à { $to_percent } ({ $size } ; { $p }).",
        "{ $measure }: between { $from } and { $to }, among some { $n } persons{ $of_all } seen at both times, the share of “{ $category }” goes from { $from_percent } to { $to_percent } ({ $size }; { $p }).",
    );
    const CHANGE_UNSIZED: Wording = Wording::new(
        "{ $measure } : entre { $from } et { $to }, parmi les quelque { $n } personnes{ $of_all } vues aux deux moments, la part de « { $category } » change ; la protection des personnes ne permet pas d'en donner la taille ({ $p }).",
        "{ $measure }: between { $from } and { $to }, among some { $n } persons{ $of_all } seen at both times, the share of “{ $category }” changes; protecting persons does not allow its size to be given ({ $p }).",
    );
    const CONTRAST: Wording = Wording::new(
        "{ $measure } : { $among } { $to }, la part de « { $category } » est de { $to_percent }, contre { $from_percent } { $rest } ({ $size } ; { $p } ; quelque { $n } personnes{ $of_some } comparées).",
        "{ $measure }: { $among } { $to }, the share of “{ $category }” is { $to_percent }, against { $from_percent } { $rest } ({ $size }; { $p }; some { $n } persons{ $of_some } compared).",
    );
    const CONTRAST_UNSIZED: Wording = Wording::new(
        "{ $measure } : { $among } { $to }, la part de « { $category } » diffère de celle observée { $rest } ; la protection des personnes ne permet pas d'en donner la taille ({ $p } ; quelque { $n } personnes{ $of_some } comparées).",
        "{ $measure }: { $among } { $to }, the share of “{ $category }” differs from that { $rest }; protecting persons does not allow its size to be given ({ $p }; some { $n } persons{ $of_some } compared).",
    );
    const TREND: Wording = Wording::new(
        "{ $measure } : { $at_all }entre { $from } et { $to }, la part de « { $category } » passe de { $from_percent } à { $to_percent }, parmi des personnes différentes à chaque vague ({ $size } ; { $p }).",
        "{ $measure }: { $at_all }between { $from } and { $to }, the share of “{ $category }” goes from { $from_percent } to { $to_percent }, among other persons at each wave ({ $size }; { $p }).",
    );
    const TREND_UNSIZED: Wording = Wording::new(
        "{ $measure } : { $at_all }entre { $from } et { $to }, la part de « { $category } » change, parmi des personnes différentes à chaque vague ; la protection des personnes ne permet pas d'en donner la taille ({ $p }).",
        "{ $measure }: { $at_all }between { $from } and { $to }, the share of “{ $category }” changes, among other persons at each wave; protecting persons does not allow its size to be given ({ $p }).",
    );
    const SPREAD: Wording = Wording::new(
        "{ $measure } : parmi les quelque { $n } personnes{ $of_all } vues aux deux moments, la répartition des réponses n'est pas la même à { $from } et à { $to } ({ $p }).",
        "{ $measure }: among some { $n } persons{ $of_all } seen at both times, the answers are not spread in the same way at { $from } and at { $to } ({ $p }).",
    );
    const TOGETHER: Wording = Wording::new(
        "{ $rows } et { $columns } : les deux vont ensemble, parmi quelque { $n } personnes{ $of_all } ({ $strength } ; { $p }). Le tableau montre où ; il ne dit pas pourquoi.",
        "{ $rows } and { $columns }: the two go together, among some { $n } persons{ $of_all } ({ $strength }; { $p }). The table shows where; it does not say why.",
    );
    let wording = match (claim.subject, claim.effect()) {
        (Subject::Change { .. }, Some(_)) => CHANGE,
        (Subject::Change { .. }, None) => CHANGE_UNSIZED,
        (Subject::Difference { .. }, Some(_)) if claim.is_trend() => TREND,
        (Subject::Difference { .. }, None) if claim.is_trend() => TREND_UNSIZED,
        (Subject::Difference { .. } | Subject::AgainstRest { .. }, Some(_)) => CONTRAST,
        (Subject::Difference { .. } | Subject::AgainstRest { .. }, None) => CONTRAST_UNSIZED,
        (Subject::Redistribution { .. }, _) => SPREAD,
        (Subject::Association, _) => TOGETHER,
    };
    typeset(language, &wording.say(language, &args(claim, language)))
}

fn args(claim: &Claim<'_>, language: Language) -> Args {
    let release = claim.release;
    let column = |index: usize| group_label(release.columns(), index, language);
    let category = claim
        .subject
        .row()
        .map_or_else(String::new, |row| label(release.rows().headings.get(row), language));
    let (from, to) = match claim.subject {
        Subject::Change { from, to, .. } | Subject::Redistribution { from, to } => {
            (moment(language, &column(from)), moment(language, &column(to)))
        }
        Subject::Difference { from, to, .. } if claim.is_trend() => {
            (moment(language, &column(from)), moment(language, &column(to)))
        }
        Subject::Difference { from, to, .. } => (column(from), column(to)),
        Subject::AgainstRest { column: to, .. } => (String::new(), column(to)),
        Subject::Association => (String::new(), String::new()),
    };
    let args = Args::new()
        .label("measure", claim.measure)
        .text("category", category)
        .text("rest", rest(claim, &from, language))
        .text("elsewhere", elsewhere(claim, &from, language))
        .text("group", group(claim, &to, language))
        .text("from", from)
        .text("to", to)
        .text("among", among(claim, language))
        .text("of_all", of_all(claim.company, language))
        .text("of_some", of_some(claim.company, language))
        .text("at_all", at_all(claim.company, language))
        .label("rows", &release.rows().label)
        .label("columns", &release.columns().label)
        .text("strength", strength(claim, language))
        .text("p", adjusted(claim, language))
        .count("n", claim.n());
    match claim.effect() {
        Some(effect) => with_effect(args, &effect, language),
        None => args,
    }
}

fn with_effect(args: Args, effect: &Effect, language: Language) -> Args {
    const SIZE: Wording = Wording::new(
        "{ $points }, intervalle à 95 % : { $low } à { $high }",
        "{ $points }, 95% interval { $low } to { $high }",
    );
    const UNSURE: Wording = Wording::new(
        "{ $points }, intervalle à 95 % : { $low } à { $high } ; il touche 0 parce que l'arrondi l'élargit, mais le test, fait sur les nombres non arrondis, montre une différence",
        "{ $points }, 95% interval { $low } to { $high }; it reaches 0 because rounding widens it, but the test, made on the numbers before rounding, shows a difference",
    );
    let (low, high) = effect.interval;
    let wording = if low <= 0 && high >= 0 { UNSURE } else { SIZE };
    let size = Args::new()
        .text("points", points(language, effect.points))
        .text("low", signed(low))
        .text("high", signed(high));
    args.text("from_percent", percent(language, effect.from_percent))
        .text("to_percent", percent(language, effect.to_percent))
        .text("points", points(language, effect.points))
        .text("size", wording.say(language, &size))
}

fn label(heading: Option<&Heading>, language: Language) -> String {
    heading.map_or_else(String::new, |heading| heading.label.get(language).to_owned())
}

/// Returns the words of a column; an answer of yes or no with its question.
fn group_label(columns: &Axis, index: usize, language: Language) -> String {
    let Some(heading) = columns.headings.get(index) else { return String::new() };
    answer(columns.label.get(language), &heading.key, heading.label.get(language), language)
}

/// Returns the words for those a column is compared with.
fn rest(claim: &Claim<'_>, from: &str, language: Language) -> String {
    const PARTNERS: Wording =
        Wording::new("chez les autres partenaires réunis", "for the other partners together");
    const OTHERS: Wording = Wording::new("parmi les autres", "among the others");
    const COLUMN: Wording = Wording::new("parmi « { $from } »", "among “{ $from }”");
    let is_partner = claim.release.columns().is_of_partners();
    match claim.subject {
        Subject::Difference { .. } => COLUMN.say(language, &Args::new().text("from", from)),
        Subject::AgainstRest { .. } if is_partner => PARTNERS.say(language, &Args::new()),
        Subject::AgainstRest { .. }
        | Subject::Change { .. }
        | Subject::Redistribution { .. }
        | Subject::Association => OTHERS.say(language, &Args::new()),
    }
}

/// Returns the same in a word, for titles.
fn elsewhere(claim: &Claim<'_>, from: &str, language: Language) -> String {
    const ELSEWHERE: Wording = Wording::new("chez les autres", "elsewhere");
    let is_partner = claim.release.columns().is_of_partners();
    match claim.subject {
        Subject::AgainstRest { .. } if is_partner => ELSEWHERE.say(language, &Args::new()),
        Subject::AgainstRest { .. }
        | Subject::Difference { .. }
        | Subject::Change { .. }
        | Subject::Redistribution { .. }
        | Subject::Association => rest(claim, from, language),
    }
}

/// Returns the words for a column after "pour": a partner by its name, another group as it was asked.
fn group(claim: &Claim<'_>, column: &str, language: Language) -> String {
    const GROUP: Wording = Wording::new("« { $column } »", "“{ $column }”");
    if claim.release.columns().is_of_partners() {
        return column.to_owned();
    }
    GROUP.say(language, &Args::new().text("column", column))
}

fn among(claim: &Claim<'_>, language: Language) -> String {
    const PARTNER: Wording = Wording::new("chez", "for");
    const GROUP: Wording = Wording::new("parmi", "among");
    let is_partner = claim.release.columns().is_of_partners();
    if is_partner { PARTNER } else { GROUP }.say(language, &Args::new())
}

/// Returns Cramér's V with a word for it.
///
/// # Source
/// Cohen 1988, *Statistical Power Analysis*, § 7.2: 0.1 small, 0.3 medium, 0.5 large. Given for w, which is V where one side has
/// two categories; with more, V is the smaller of the two, so that the word errs towards weak.
pub(crate) fn strength(claim: &Claim<'_>, language: Language) -> String {
    const VERY_WEAK: Wording = Wording::new("lien très faible", "very weak link");
    const WEAK: Wording = Wording::new("lien faible", "weak link");
    const MEDIUM: Wording = Wording::new("lien moyen", "medium link");
    const STRONG: Wording = Wording::new("lien fort", "strong link");
    const V: Wording = Wording::new("{ $word }, { $v }", "{ $word }, { $v }");
    let (Some(v), Some(size)) = (claim.test.cramers_v, size_of_link(claim, language)) else {
        const UNKNOWN: Wording = Wording::new("force non donnée", "strength not given");
        return UNKNOWN.say(language, &Args::new());
    };
    let word = match v {
        0.5.. => STRONG,
        0.3..0.5 => MEDIUM,
        0.05..0.3 => WEAK,
        _ => VERY_WEAK,
    };
    let args = Args::new().text("word", word.say(language, &Args::new())).text("v", size);
    V.say(language, &args)
}

/// Returns Cramér's V of a link; nothing if it is not told. It has one decimal: a 0 stands for less than half of that.
pub(crate) fn size_of_link(claim: &Claim<'_>, language: Language) -> Option<String> {
    const V: Wording = Wording::new("V de Cramér = { $v }", "Cramér's V = { $v }");
    const NEARLY_NONE: Wording = Wording::new("V de Cramér < { $v }", "Cramér's V < { $v }");
    let v = claim.test.cramers_v?;
    Some(if v < 0.05 {
        NEARLY_NONE.say(language, &Args::new().number("v", 0.05, 2))
    } else {
        V.say(language, &Args::new().number("v", v, 1))
    })
}

fn adjusted(claim: &Claim<'_>, language: Language) -> String {
    const ADJUSTED: Wording = Wording::new("{ $p } après ajustement", "{ $p } after adjustment");
    ADJUSTED.say(language, &Args::new().text("p", evidence(language, claim.test.adjusted)))
}

/// Returns a whole number with its sign, `+5` or `−3`.
fn signed(number: i32) -> String {
    match number {
        0 => "0".to_owned(),
        1.. => format!("+{number}"),
        ..0 => format!("\u{2212}{}", number.unsigned_abs()),
    }
}
