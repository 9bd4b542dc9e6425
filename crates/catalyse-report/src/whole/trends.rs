//! The first page, "Grandes tendances": the findings that stand out, ranked, and what cannot be concluded.
//!
//! It reads verdicts of tests that the gate let through and nothing else. Ranked by adjusted evidence, then by size in points.

use std::collections::{BTreeMap, BTreeSet};

use catalyse_disclose::Axis;
use catalyse_locale::{Args, Language, Wording};

use crate::claims::claim::{Claim, Subject, is_told};
use crate::claims::sentence::{headline, sentence};
use crate::inputs::Edition;
use crate::report::cell_text;
use crate::report::front::{FigureLink, Finding, Inconclusive, Trends};
use crate::whole::audience::{Audience, Fed};
use crate::whole::inconclusive::{fold, inconclusive};

/// How many findings one table may give, so that a long code list does not fill the page.
const PER_TABLE: usize = 2;

const ALL: Wording = Wording::new("Tous les partenaires ensemble", "All partners together");
const WITH_RECORDS: Wording = Wording::new(
    "Les partenaires qui ont des fiches aux vagues comparées",
    "The partners with records at the waves compared",
);

/// Makes the first page.
pub(crate) fn trends(fed: &[Fed<'_>], audience: &Audience<'_>, limit: usize) -> Trends {
    let mut shown: Vec<(&FigureLink, Claim<'_>)> = fed
        .iter()
        .flat_map(|fed| stands_out(fed, audience.edition).map(move |claim| (&fed.figure, claim)))
        .collect();
    shown.sort_by_key(|(figure, claim)| {
        (claim.test.adjusted, std::cmp::Reverse(claim.size()), figure.number)
    });
    let shown = each_once(shown);
    let n_shown = shown.len();
    let (own, whole): (Vec<_>, Vec<_>) = shown
        .into_iter()
        .partition(|(_, claim)| audience.partner.is_some() && is_of_partner(claim));
    let first = |found: Vec<(&FigureLink, Claim<'_>)>| -> Vec<Finding> {
        let found = found.iter().take(limit);
        found.map(|(figure, claim)| finding(figure, claim, audience.language)).collect()
    };
    let (own, findings) = (first(own), first(whole));
    let inconclusive: Vec<Inconclusive> =
        fed.iter().flat_map(|fed| inconclusive(fed, audience)).collect();
    let is_of_all = fed.iter().all(|fed| fed.company.is_whole());
    Trends {
        whole: if is_of_all { ALL } else { WITH_RECORDS }.say(audience.language, &Args::new()),
        n_more: n_shown - own.len() - findings.len(),
        own,
        findings,
        folded: fold(&inconclusive, audience),
        inconclusive,
        n_comparisons: fed
            .iter()
            .flat_map(|fed| fed.release.tests())
            .filter(|test| is_told(test))
            .count(),
    }
}

/// Says whether a claim sets one partner apart from the others.
fn is_of_partner(claim: &Claim<'_>) -> bool {
    let is_against_rest = matches!(claim.subject, Subject::AgainstRest { .. });
    is_against_rest && claim.release.columns().is_of_partners()
}

/// Lists the claims of a table that the data support and that this edition is about.
fn stands_out<'a>(
    fed: &'a Fed<'_>,
    edition: &Edition,
) -> impl Iterator<Item = Claim<'a>> + use<'a> {
    let claims: Vec<Claim<'a>> = Claim::all(fed.release, &fed.measure, fed.company)
        .filter(Claim::is_shown)
        .filter(|claim| claim.concerns(edition))
        .filter(|claim| !claim.repeats_first_category())
        .collect();
    let has_rows = claims.iter().any(|claim| claim.subject.row().is_some());
    claims.into_iter().filter(move |claim| match claim.subject {
        // Which categories changed says more than that some did.
        Subject::Redistribution { .. } | Subject::Association => !has_rows,
        Subject::Change { .. } | Subject::Difference { .. } | Subject::AgainstRest { .. } => true,
    })
}

/// Keeps the strongest of the claims that say the same of the same category, and a few of each table.
fn each_once<'a, 'b>(ranked: Vec<(&'b FigureLink, Claim<'a>)>) -> Vec<(&'b FigureLink, Claim<'a>)> {
    let mut said = BTreeSet::new();
    let mut per_table: BTreeMap<&str, usize> = BTreeMap::new();
    ranked
        .into_iter()
        .filter(|(_, claim)| {
            let table = per_table.entry(claim.release.id()).or_default();
            let is_new = *table < PER_TABLE && said.insert(what_it_says(claim));
            *table += usize::from(is_new);
            is_new
        })
        .collect()
}

fn what_it_says(claim: &Claim<'_>) -> (String, String, String) {
    let row = claim.subject.row().and_then(|row| claim.release.rows().headings.get(row));
    let column = match claim.subject {
        Subject::AgainstRest { column, .. } => {
            claim.release.columns().headings.get(column).map(|heading| heading.key.clone())
        }
        Subject::Change { .. } | Subject::Redistribution { .. } => Some(Axis::WAVE.to_owned()),
        Subject::Difference { .. } | Subject::Association => {
            Some(claim.release.columns().name.clone())
        }
    };
    (
        claim.release.rows().name.clone(),
        row.map_or_else(String::new, |heading| heading.key.clone()),
        column.unwrap_or_default(),
    )
}

fn finding(figure: &FigureLink, claim: &Claim<'_>, language: Language) -> Finding {
    const CHANGE: Wording = Wording::new("Changement", "Change");
    const PARTNER: Wording = Wording::new("Partenaire", "Partner");
    const GROUP: Wording = Wording::new("Groupe", "Group");
    const LINK: Wording = Wording::new("Lien", "Link");
    let kind = match claim.subject {
        Subject::Change { .. } | Subject::Redistribution { .. } => CHANGE,
        Subject::AgainstRest { .. } if is_of_partner(claim) => PARTNER,
        Subject::AgainstRest { .. } | Subject::Difference { .. } => GROUP,
        Subject::Association => LINK,
    };
    Finding {
        figure: figure.clone(),
        kind: kind.say(language, &Args::new()),
        headline: headline(claim, language),
        sentence: sentence(claim, language),
        strength: cell_text::strength(language, claim.test.adjusted),
        evidence: claim.test.adjusted,
        points: claim.effect().map(|effect| effect.points),
        n: claim.n(),
    }
}
