//! `missing-cells`: a partner in a wave has far more missing than the others.

use catalyse_codebook::{Codebook, Severity};
use catalyse_locale::{Args, Label, Wording};
use polars::prelude::PolarsResult;

use super::{FEWEST, asked};
use crate::profile::alert::{AlertKind, Found};
use crate::profile::count::share_label;
use crate::profile::figures::{Asked, Figures, TableFigures};
/// How many points more than elsewhere are far more.
const FAR_MORE: f64 = 0.20;
/// How many standard errors the difference must be: hundreds of cells are looked at, and chance should give none.
const FEWEST_ERRORS: f64 = 4.0;
const FOUND: Wording = Wording::new(
    "{ $partner }, { $wave } : { $here } sans réponse, contre { $elsewhere } ailleurs",
    "{ $partner }, { $wave }: { $here } without an answer, { $elsewhere } elsewhere",
);

/// The kind.
pub(super) struct MissingCells;

impl AlertKind for MissingCells {
    fn name(&self) -> &'static str {
        "missing-cells"
    }

    fn severity(&self) -> Severity {
        Severity::Soft
    }

    fn title(&self) -> Label {
        Label::new(
            "Partenaires et vagues avec bien plus de réponses manquantes",
            "Partners and waves with far more missing answers",
        )
    }

    fn advice(&self) -> Label {
        Label::new(
            "Demander à ce partenaire si la question a été posée cette fois-là, ou si une colonne a changé de nom.",
            "Ask this partner whether the question was put that time, or whether a column changed its name.",
        )
    }

    fn look<'a>(
        &self,
        codebook: &'a Codebook,
        table: &TableFigures<'a>,
    ) -> PolarsResult<Vec<Found<'a>>> {
        let mut found = Vec::new();
        for one in asked(codebook, table) {
            let cells = table.cells.names.iter().zip(&one.by_cell);
            for ((partner, wave), here) in cells {
                let elsewhere = elsewhere(one, *here);
                let names =
                    codebook.study.partners.get(*partner).zip(codebook.study.waves.get(*wave));
                let Some((partner, wave)) = names else { continue };
                if is_far_more(*here, elsewhere) {
                    let args = Args::new()
                        .label("partner", &partner.label)
                        .label("wave", &wave.label)
                        .label("here", &share_label(here.n_missing, here.n_asked))
                        .label("elsewhere", &share_label(elsewhere.n_missing, elsewhere.n_asked));
                    found.push(Found { variable: Some(one.variable), what: FOUND.with(args) });
                }
            }
        }
        Ok(found)
    }
}

/// Returns what the other cells come to.
fn elsewhere(figures: &Figures<'_>, here: Asked) -> Asked {
    let sum = |of: fn(&Asked) -> u64| figures.by_cell.iter().map(of).sum::<u64>();
    Asked {
        n_asked: sum(|cell| cell.n_asked) - here.n_asked,
        n_missing: sum(|cell| cell.n_missing) - here.n_missing,
    }
}

/// Says whether a cell has far more missing than the others: by many points, and by more than chance gives.
///
/// **Source**: the difference of two shares with the pooled standard error; Fleiss, Levin and Paik, Statistical Methods for Rates and
/// Proportions (2003), §3.1.
fn is_far_more(here: Asked, elsewhere: Asked) -> bool {
    if here.n_asked < FEWEST || elsewhere.n_asked < FEWEST {
        return false;
    }
    let [n_here, n_elsewhere] = [here.n_asked as f64, elsewhere.n_asked as f64];
    let difference = here.n_missing as f64 / n_here - elsewhere.n_missing as f64 / n_elsewhere;
    let pooled = (here.n_missing + elsewhere.n_missing) as f64 / (n_here + n_elsewhere);
    let error = (pooled * (1.0 - pooled) * (n_here.recip() + n_elsewhere.recip())).sqrt();
    difference >= FAR_MORE && difference > FEWEST_ERRORS * error
}
