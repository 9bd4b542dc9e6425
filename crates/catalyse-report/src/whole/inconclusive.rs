//! What cannot be concluded from a table: no change shown, or too few persons to look.
//!
//! "No change shown" is not "no change", so the line says which difference could have been seen.

use catalyse_disclose::Evidence;
use catalyse_locale::{Args, Language, Wording, capital, typeset};

use crate::claims::claim::{Claim, Subject};
use crate::claims::phrase::{at_all, moment, of_all};
use crate::claims::verdict::{Verdict, verdict};
use crate::report::front::{Folded, Inconclusive, Why};
use crate::whole::audience::{Audience, Fed};

/// Returns the lines of a table.
pub(crate) fn inconclusive(fed: &Fed<'_>, audience: &Audience<'_>) -> Vec<Inconclusive> {
    let claims: Vec<Claim<'_>> = Claim::all(fed.release, &fed.measure, fed.company)
        .filter(|claim| claim.concerns(audience.edition))
        .collect();
    let families: [fn(&Claim<'_>) -> bool; 3] = [is_change, is_contrast, is_association];
    families
        .iter()
        .filter_map(|family| {
            let family: Vec<Claim<'_>> =
                claims.iter().copied().filter(|claim| family(claim)).collect();
            line(&family, fed, audience)
        })
        .collect()
}

/// Folds the lines into one for each reason, in the order of their reasons.
pub(crate) fn fold(lines: &[Inconclusive], audience: &Audience<'_>) -> Vec<Folded> {
    let (partner, language) = (audience.partner, audience.language);
    let reason = |line: &Inconclusive| (line.why, line.whom.clone());
    let mut reasons: Vec<(Why, String)> = lines.iter().map(reason).collect();
    reasons.sort_unstable();
    reasons.dedup();
    let folded = |(why, whom): (Why, String)| {
        let of_reason: Vec<&Inconclusive> =
            lines.iter().filter(|line| line.why == why && line.whom == whom).collect();
        let args = Args::new().count("n", of_reason.len());
        let args = args.text("partner", partner.unwrap_or_default()).text("at_all", whom);
        let topics = of_reason.iter().map(|line| (line.topic.clone(), line.figure.clone()));
        let visible = of_reason.iter().filter_map(|line| line.visible);
        Folded {
            lead: typeset(language, &capital(&lead(why, partner.is_some()).say(language, &args))),
            topics: topics.collect(),
            visible: typeset(language, &unseen(visible, language)),
        }
    };
    reasons.into_iter().map(folded).collect()
}

const fn lead(why: Why, is_own: bool) -> Wording {
    match why {
        Why::NoPartner if is_own => Wording::new(
            "{ $partner } ne se distingue pas nettement des autres partenaires, pour { $n -> [one] { $n } sujet *[other] { $n } sujets } :",
            "{ $partner } does not clearly stand apart from the other partners, for { $n -> [one] { $n } topic *[other] { $n } topics }:",
        ),
        Why::NoChange => Wording::new(
            "{ $at_all }pas de changement net entre la première et la dernière vague, pour { $n -> [one] { $n } sujet *[other] { $n } sujets } :",
            "{ $at_all }no clear change between the first and the last wave, for { $n -> [one] { $n } topic *[other] { $n } topics }:",
        ),
        Why::NoPartner => Wording::new(
            "Aucun partenaire ne se distingue nettement des autres, pour { $n -> [one] { $n } sujet *[other] { $n } sujets } :",
            "No partner clearly stands apart from the others, for { $n -> [one] { $n } topic *[other] { $n } topics }:",
        ),
        Why::NoGroup => Wording::new(
            "{ $at_all }pas d'écart net entre groupes, pour { $n -> [one] { $n } sujet *[other] { $n } sujets } :",
            "{ $at_all }no clear difference between groups, for { $n -> [one] { $n } topic *[other] { $n } topics }:",
        ),
        Why::NoLink => Wording::new(
            "{ $at_all }pas de lien net, pour { $n -> [one] { $n } croisement *[other] { $n } croisements } :",
            "{ $at_all }no clear link, for { $n -> [one] { $n } crossing *[other] { $n } crossings }:",
        ),
        Why::Protected => Wording::new(
            "Résultat non donné, parce que presque toutes les personnes ont la même réponse et qu'en dire plus en dirait trop sur chacune, pour { $n -> [one] { $n } sujet *[other] { $n } sujets } :",
            "No result given, because nearly all persons have the same answer and more would say too much of each of them, for { $n -> [one] { $n } topic *[other] { $n } topics }:",
        ),
        Why::TooFew => Wording::new(
            "Trop peu de personnes pour conclure, pour { $n -> [one] { $n } sujet *[other] { $n } sujets } :",
            "Too few persons to conclude, for { $n -> [one] { $n } topic *[other] { $n } topics }:",
        ),
    }
}

/// Says from which size on a difference would have been seen, over several topics.
fn unseen(visible: impl Iterator<Item = u32>, language: Language) -> String {
    const ONE: Wording = Wording::new(
        "Avec si peu de personnes, un écart de moins de { $most } points environ pouvait passer inaperçu.",
        "With so few persons, a difference of less than about { $most } points could have gone unseen.",
    );
    const SEVERAL: Wording = Wording::new(
        "Avec si peu de personnes, un écart de moins de { $least } à { $most } points, selon le sujet, pouvait passer inaperçu.",
        "With so few persons, a difference of less than { $least } to { $most } points, depending on the topic, could have gone unseen.",
    );
    let visible: Vec<u32> = visible.collect();
    let (Some(least), Some(most)) = (visible.iter().min(), visible.iter().max()) else {
        return String::new();
    };
    let args = Args::new().count("least", *least).count("most", *most);
    if least == most { ONE } else { SEVERAL }.say(language, &args)
}

const fn is_change(claim: &Claim<'_>) -> bool {
    matches!(claim.subject, Subject::Change { .. } | Subject::Redistribution { .. })
}

const fn is_contrast(claim: &Claim<'_>) -> bool {
    matches!(claim.subject, Subject::Difference { .. } | Subject::AgainstRest { .. })
}

const fn is_association(claim: &Claim<'_>) -> bool {
    matches!(claim.subject, Subject::Association)
}

fn line(family: &[Claim<'_>], fed: &Fed<'_>, audience: &Audience<'_>) -> Option<Inconclusive> {
    const TOO_FEW: Wording = Wording::new(
        "{ $measure } : trop peu de personnes pour conclure.",
        "{ $measure }: too few persons to conclude.",
    );
    const NO_CHANGE: Wording = Wording::new(
        "{ $measure } : aucun changement démontré entre { $from } et { $to } (quelque { $n } personnes{ $of_all }, vues aux deux moments). { $visible }",
        "{ $measure }: no change shown between { $from } and { $to } (some { $n } persons{ $of_all }, seen at both times). { $visible }",
    );
    const NO_PARTNER: Wording = Wording::new(
        "{ $measure } : aucun partenaire ne se distingue des autres de façon démontrée (quelque { $n } personnes comparées). { $visible }",
        "{ $measure }: no partner is shown to stand apart from the others (some { $n } persons compared). { $visible }",
    );
    const NO_OWN: Wording = Wording::new(
        "{ $measure } : { $partner } ne se distingue pas des autres partenaires de façon démontrée (quelque { $n } personnes comparées). { $visible }",
        "{ $measure }: { $partner } is not shown to stand apart from the other partners (some { $n } persons compared). { $visible }",
    );
    const NO_GROUP: Wording = Wording::new(
        "{ $measure } : aucun écart démontré selon « { $columns } » (quelque { $n } personnes{ $of_all } comparées). { $visible }",
        "{ $measure }: no difference shown by “{ $columns }” (some { $n } persons{ $of_all } compared). { $visible }",
    );
    const NO_LINK: Wording = Wording::new(
        "{ $rows } et { $columns } : aucun lien démontré (quelque { $n } personnes{ $of_all }).",
        "{ $rows } and { $columns }: no link shown (some { $n } persons{ $of_all }).",
    );
    const PROTECTED: Wording = Wording::new(
        "{ $measure } : résultat non donné ; presque toutes les personnes ont la même réponse, et en dire plus en dirait trop sur chacune.",
        "{ $measure }: no result given; nearly all persons have the same answer, and more would say too much of each of them.",
    );
    let (first, language) = (family.first()?, audience.language);
    let verdict = verdict(family).filter(|verdict| *verdict != Verdict::Shown)?;
    let release = first.release;
    let told: Vec<&Claim<'_>> =
        family.iter().filter(|claim| claim.test.adjusted != Evidence::NotTold).collect();
    let args = Args::new()
        .label("measure", first.measure)
        .label("rows", &release.rows().label)
        .label("columns", &release.columns().label)
        .count("n", told.iter().map(|claim| claim.n()).max().unwrap_or(0))
        .text("partner", audience.partner.unwrap_or_default())
        .text("of_all", of_all(fed.company, language))
        .text("visible", visible(&told, audience));
    let why = match first.subject {
        _ if verdict == Verdict::TooFew => Why::TooFew,
        _ if verdict == Verdict::Protected => Why::Protected,
        Subject::Change { .. } | Subject::Redistribution { .. } => Why::NoChange,
        Subject::AgainstRest { .. } if release.columns().is_of_partners() => Why::NoPartner,
        Subject::AgainstRest { .. } | Subject::Difference { .. } => Why::NoGroup,
        Subject::Association => Why::NoLink,
    };
    let (wording, args) = match (why, first.subject) {
        (
            Why::NoChange,
            Subject::Change { from, to, .. } | Subject::Redistribution { from, to },
        ) => (NO_CHANGE, with_moments(args, first, (from, to), language)),
        (Why::NoPartner, _) if audience.partner.is_some() => (NO_OWN, args),
        (Why::NoPartner, _) => (NO_PARTNER, args),
        (Why::NoGroup, _) => (NO_GROUP, args),
        (Why::NoLink, _) => (NO_LINK, args),
        (Why::Protected, _) => (PROTECTED, args),
        (Why::NoChange | Why::TooFew, _) => (TOO_FEW, args),
    };
    Some(Inconclusive {
        figure: fed.figure.clone(),
        why,
        whom: whom(why, fed, language),
        topic: typeset(language, topic(first, language).trim()),
        visible: told.iter().filter_map(|claim| claim.smallest_visible(audience.comparisons)).max(),
        text: typeset(language, wording.say(language, &args).trim_end()),
    })
}

/// Returns whose persons were looked at, at the beginning of a sentence; nothing for a reason that says so by itself.
fn whom(why: Why, fed: &Fed<'_>, language: Language) -> String {
    match why {
        Why::NoChange | Why::NoGroup | Why::NoLink => at_all(fed.company, language),
        Why::NoPartner | Why::Protected | Why::TooFew => String::new(),
    }
}

/// Returns what a line is about: the measure, for a link what is crossed with what.
fn topic(claim: &Claim<'_>, language: Language) -> String {
    let measure = claim.measure.get(language);
    let columns = claim.release.columns().label.get(language);
    let says_columns = measure.to_lowercase().contains(&columns.to_lowercase());
    match claim.subject {
        Subject::Association if !says_columns => format!("{measure} × {columns}"),
        Subject::Association
        | Subject::Change { .. }
        | Subject::Redistribution { .. }
        | Subject::Difference { .. }
        | Subject::AgainstRest { .. } => measure.to_owned(),
    }
}

fn with_moments(
    args: Args,
    claim: &Claim<'_>,
    (from, to): (usize, usize),
    language: Language,
) -> Args {
    let words = |index: usize| {
        claim
            .release
            .columns()
            .headings
            .get(index)
            .map_or_else(String::new, |heading| moment(language, heading.label.get(language)))
    };
    args.text("from", words(from)).text("to", words(to))
}

/// Returns the smallest difference that could have been seen, taken from the comparison that saw least.
fn visible(claims: &[&Claim<'_>], audience: &Audience<'_>) -> String {
    const VISIBLE: Wording = Wording::new(
        "Une différence de moins de { $points } points environ pouvait passer inaperçue.",
        "A difference of less than about { $points } points could have gone unseen.",
    );
    claims
        .iter()
        .filter_map(|claim| claim.smallest_visible(audience.comparisons))
        .max()
        .map_or_else(String::new, |points| {
            VISIBLE.say(audience.language, &Args::new().count("points", points))
        })
}
