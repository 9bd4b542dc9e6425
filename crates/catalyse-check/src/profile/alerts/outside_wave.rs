//! `outside-wave`: interviews dated before their wave began or after it ended.

use catalyse_codebook::types::day_number;
use catalyse_codebook::{Codebook, Severity};
use catalyse_locale::{Args, Label, Wording};
use polars::prelude::PolarsResult;

use crate::profile::alert::{AlertKind, Found};
use crate::profile::count::Count;
use crate::profile::figures::TableFigures;
use crate::profile::values::times;
const FOUND: Wording = Wording::new(
    "{ $n -> [one] { $n } fiche sur { $of } a *[other] { $n } fiches sur { $of } ont } une date avant le début ou après la fin de leur vague",
    "{ $n -> [one] { $n } record of { $of } has *[other] { $n } records of { $of } have } a date before their wave began or after it ended",
);

/// The kind.
pub(super) struct OutsideWave;

impl AlertKind for OutsideWave {
    fn name(&self) -> &'static str {
        "outside-wave"
    }

    fn severity(&self) -> Severity {
        Severity::Soft
    }

    fn title(&self) -> Label {
        Label::new("Dates hors de leur vague", "Dates outside their wave")
    }

    fn advice(&self) -> Label {
        Label::new(
            "Vérifier l’année de la date et la vague de la fiche : l’une des deux est fausse, ou les bornes de la vague dans l’étude.",
            "Verify the year of the date and the wave of the record: one of them is wrong, or the bounds of the wave in the study.",
        )
    }

    fn look<'a>(
        &self,
        codebook: &'a Codebook,
        table: &TableFigures<'a>,
    ) -> PolarsResult<Vec<Found<'a>>> {
        let name = &codebook.study.interview_date;
        let Ok(column) = table.records.frame.column(name.as_str()) else { return Ok(Vec::new()) };
        let bounds: Vec<Option<(i64, i64)>> = codebook
            .study
            .waves
            .iter()
            .map(|wave| Some((day_of(&wave.from)?, day_of(&wave.to)?)))
            .collect();
        let (mut n_dated, mut n_outside) = (0, 0);
        let days = times(column.as_materialized_series())?;
        for (day, wave) in days.into_iter().zip(table.cells.waves()) {
            let bounds = wave.and_then(|wave| bounds.get(wave as usize).copied().flatten());
            let (Some(day), Some((from, to))) = (day, bounds) else { continue };
            n_dated += 1;
            n_outside += u64::from(day < from || day > to);
        }
        let found = (n_outside > 0).then(|| Found {
            variable: codebook.variable(name),
            what: FOUND.with(
                Args::new()
                    .label("n", &Count::fold(n_outside).label())
                    .label("of", &Count::fold(n_dated).label()),
            ),
        });
        Ok(found.into_iter().collect())
    }
}

/// Reads an ISO day of the study.
fn day_of(text: &str) -> Option<i64> {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    day_number(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).map(i64::from)
}

#[cfg(test)]
mod tests {
    use catalyse_testkit::StudyText;

    use crate::profile::trial::{alerts_of, try_main};

    fn told(rows: &str) -> String {
        let study = StudyText::new().open();
        alerts_of(&try_main(&study, &format!("wave|interview_date\n{rows}")), "outside-wave")
    }

    #[test]
    fn both_bounds_belong_to_the_wave() {
        assert_eq!(told("w1|01/03/2024\nw1|31/05/2024"), "");
        let before = "w1|29/02/2024\n".to_owned() + &"w1|02/03/2024\n".repeat(4);
        let expected = "interview_date: fewer than 5 records of 5 have a date before their wave began or after it ended";
        assert_eq!(told(&before), expected);
        assert_eq!(
            told(&"w1|01/06/2024\n".repeat(5)),
            expected.replace("fewer than 5 records", "5 records")
        );
    }

    #[test]
    fn without_a_wave_or_a_date_nothing_can_be_told() {
        assert_eq!(told("|01/01/1990\nw1|\n|"), "");
    }
}
