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

#[cfg(test)]
mod tests {
    use catalyse_testkit::StudyText;

    use crate::profile::trial::{alerts_of, try_main};

    /// Tells of 50 records of each of four cells, some of which are empty in the first one.
    fn told(n_missing_first: usize, n_missing_others: usize) -> String {
        let study = StudyText::new().variable("x integer").open();
        let mut rows = String::new();
        for (place, cell) in ["north|w1", "north|w2", "south|w1", "south|w2"].iter().enumerate() {
            let n_missing = if place == 0 { n_missing_first } else { n_missing_others };
            rows.push_str(&format!("{cell}|\n").repeat(n_missing));
            rows.push_str(&format!("{cell}|4\n").repeat(50 - n_missing));
        }
        alerts_of(&try_main(&study, &format!("partner|wave|x\n{rows}")), "missing-cells")
    }

    #[test]
    fn a_cell_that_lacks_far_more_than_the_others_is_named() {
        assert_eq!(told(50, 5), "x: North, Wave 1: 100% without an answer, 10% elsewhere");
        assert_eq!(told(18, 5), "x: North, Wave 1: 36% without an answer, 10% elsewhere");
        assert_eq!(told(14, 5), "");
        // Twenty points more, but not beyond what chance gives at this size.
        assert_eq!(told(35, 25), "");
        assert_eq!(told(0, 0), "");
        assert_eq!(told(50, 50), "");
    }

    #[test]
    fn a_question_is_not_missing_in_waves_that_do_not_ask_it() {
        let study = StudyText::new().variable("x integer; since = \"w2\"").open();
        let rows = "north|w1|\n".repeat(50) + &"north|w2|4\n".repeat(50);
        let profile = try_main(&study, &format!("partner|wave|x\n{rows}"));
        assert_eq!(alerts_of(&profile, "missing-cells"), "");
        assert_eq!(alerts_of(&profile, "mostly-missing"), "");
    }
}
