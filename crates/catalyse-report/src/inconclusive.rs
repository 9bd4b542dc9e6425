//! What cannot be concluded from a table: no change shown, or too few persons to look.
//!
//! "No change shown" is not "no change", so the line says which difference could have been seen.

use catalyse_disclose::{Evidence, Release};
use catalyse_locale::{Args, Label, Language, Wording};

use crate::claim::{Claim, Subject};
use crate::report::Edition;
use crate::sentence::moment;
use crate::trends::concerns;
use crate::typography::typeset;

/// Returns the lines of a table.
pub(crate) fn inconclusive(
    release: &Release,
    measure: &Label,
    edition: &Edition,
    language: Language,
) -> Vec<String> {
    let claims: Vec<Claim<'_>> =
        Claim::all(release, measure).filter(|claim| concerns(claim, edition)).collect();
    let families: [fn(&Claim<'_>) -> bool; 3] = [is_change, is_contrast, is_association];
    families
        .iter()
        .filter_map(|family| {
            let family: Vec<Claim<'_>> =
                claims.iter().copied().filter(|claim| family(claim)).collect();
            line(&family, language)
        })
        .map(|line| typeset(language, line.trim_end()))
        .collect()
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

fn line(family: &[Claim<'_>], language: Language) -> Option<String> {
    const TOO_FEW: Wording = Wording::new(
        "{ $measure } : trop peu de personnes pour conclure.",
        "{ $measure }: too few persons to conclude.",
    );
    const NO_CHANGE: Wording = Wording::new(
        "{ $measure } : aucun changement démontré entre { $from } et { $to } (quelque { $n } personnes vues aux deux moments). { $visible }",
        "{ $measure }: no change shown between { $from } and { $to } (some { $n } persons seen at both times). { $visible }",
    );
    const NO_PARTNER: Wording = Wording::new(
        "{ $measure } : aucun partenaire ne se distingue des autres de façon démontrée (quelque { $n } personnes comparées). { $visible }",
        "{ $measure }: no partner is shown to stand apart from the others (some { $n } persons compared). { $visible }",
    );
    const NO_GROUP: Wording = Wording::new(
        "{ $measure } : aucun écart démontré selon « { $columns } » (quelque { $n } personnes comparées). { $visible }",
        "{ $measure }: no difference shown by “{ $columns }” (some { $n } persons compared). { $visible }",
    );
    const NO_LINK: Wording = Wording::new(
        "{ $rows } et { $columns } : aucun lien démontré (quelque { $n } personnes).",
        "{ $rows } and { $columns }: no link shown (some { $n } persons).",
    );
    let first = family.first()?;
    if family.iter().any(Claim::is_shown) {
        return None;
    }
    let release = first.release;
    let told: Vec<&Claim<'_>> =
        family.iter().filter(|claim| claim.test.adjusted != Evidence::NotTold).collect();
    let args = Args::new()
        .label("measure", first.measure)
        .label("rows", &release.rows().label)
        .label("columns", &release.columns().label)
        .count("n", told.iter().map(|claim| claim.n()).max().unwrap_or(0))
        .text("visible", visible(&told, language));
    let wording = match first.subject {
        _ if told.is_empty() => TOO_FEW,
        Subject::Change { from, to, .. } | Subject::Redistribution { from, to } => {
            return Some(NO_CHANGE.say(language, &with_moments(args, first, (from, to), language)));
        }
        Subject::AgainstRest { .. } if release.columns().name == "partner" => NO_PARTNER,
        Subject::AgainstRest { .. } | Subject::Difference { .. } => NO_GROUP,
        Subject::Association => NO_LINK,
    };
    Some(wording.say(language, &args))
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
fn visible(claims: &[&Claim<'_>], language: Language) -> String {
    const VISIBLE: Wording = Wording::new(
        "Une différence de moins de { $points } points environ pouvait passer inaperçue.",
        "A difference of less than about { $points } points could have gone unseen.",
    );
    claims
        .iter()
        .filter_map(|claim| claim.smallest_visible())
        .max()
        .map_or_else(String::new, |points| {
            VISIBLE.say(language, &Args::new().count("points", points))
        })
}
