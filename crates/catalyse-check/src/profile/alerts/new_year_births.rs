//! `new-year-births`: too many births on 1 January: an unknown day was written as a known one.

use catalyse_codebook::types::ymd_of_day_number;
use catalyse_codebook::{Codebook, Grain, Severity, Storage};
use catalyse_locale::{Args, Label, Wording};
use catalyse_records::precision_column;
use polars::prelude::PolarsResult;

use super::{FEWEST, asked};
use crate::profile::alert::{AlertKind, Found};
use crate::profile::count::{Count, share_label};
use crate::profile::figures::TableFigures;
use crate::profile::values::{codes, times};
/// Of births of a whole year 0.27 % fall on a day; ten times as many are no chance.
const TOO_MANY_PERCENT: u64 = 3;
/// Fewer than this may be chance.
const FEWEST_BIRTHS: u64 = 5;
const FOUND: Wording = Wording::new(
    "{ $share } des dates complètes sont au 1er janvier ({ $n -> [one] { $n } fiche *[other] { $n } fiches })",
    "{ $share } of the complete dates are on 1 January ({ $n -> [one] { $n } record *[other] { $n } records })",
);

/// The kind.
pub(super) struct NewYearBirths;

impl AlertKind for NewYearBirths {
    fn name(&self) -> &'static str {
        "new-year-births"
    }

    fn severity(&self) -> Severity {
        Severity::Soft
    }

    fn title(&self) -> Label {
        Label::new("Trop de dates au 1er janvier", "Too many dates on 1 January")
    }

    fn advice(&self) -> Label {
        Label::new(
            "Si le jour et le mois ne sont pas connus, écrire l’année seule : les contrôles de dates savent alors qu’elle est approchée. L’âge calculé a un an de trop au plus.",
            "If day and month are not known, write the year only: checks of dates then know that it is approximate. The computed age is one year too many at most.",
        )
    }

    fn look<'a>(
        &self,
        codebook: &'a Codebook,
        table: &TableFigures<'a>,
    ) -> PolarsResult<Vec<Found<'a>>> {
        let frame = &table.records.frame;
        let mut found = Vec::new();
        // What is asked once a person and is a date is a birth, or as rare as one.
        let births = asked(codebook, table).filter(|one| {
            let form = codebook.form_of(&one.variable.name);
            form.is_some_and(|form| form.grain == Grain::Person)
                && one.variable.value_type.storage() == Storage::Date
        });
        for one in births {
            let name = &one.variable.name;
            let days = times(frame.column(name.as_str())?.as_materialized_series())?;
            let precisions = match frame.column(&precision_column(name)) {
                Ok(column) => codes(column.as_materialized_series())?,
                Err(_) => vec![None; days.len()],
            };
            let (mut n_complete, mut n_new_year) = (0, 0);
            for (day, precision) in days.into_iter().zip(precisions) {
                let Some(day) = day.filter(|_| precision.unwrap_or(0) == 0) else { continue };
                let (_, month, day) = ymd_of_day_number(day as i32);
                n_complete += 1;
                n_new_year += u64::from((month, day) == (1, 1));
            }
            let is_many = n_new_year >= FEWEST_BIRTHS && n_complete >= FEWEST;
            if is_many && n_new_year * 100 > n_complete * TOO_MANY_PERCENT {
                let args = Args::new()
                    .label("share", &share_label(n_new_year, n_complete))
                    .label("n", &Count::fold(n_new_year).label());
                found.push(Found { variable: Some(one.variable), what: FOUND.with(args) });
            }
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use catalyse_codebook::Sensitivity;
    use catalyse_testkit::StudyText;

    use crate::profile::trial::{alerts_of, try_main, with_sensitivity};

    fn told(form: &str, n_new_year: usize, new_year: &str) -> String {
        let study = StudyText::new().form("identity", form).variable("born partial_date").open();
        let study = with_sensitivity(study, &[("born", Sensitivity::Identifying)]);
        let mut days: Vec<String> =
            (0..100).map(|i| format!("15/{:02}/1980", i % 12 + 1)).collect();
        days.extend(vec![new_year.to_owned(); n_new_year]);
        alerts_of(&try_main(&study, &format!("born\n{}", days.join("\n"))), "new-year-births")
    }

    #[test]
    fn many_births_on_new_year_are_told_as_a_share() {
        assert_eq!(
            told("person", 5, "01/01/1980"),
            "born: 5% of the complete dates are on 1 January (5 records)"
        );
        assert_eq!(told("person", 4, "01/01/1980"), "");
    }

    #[test]
    fn a_year_alone_is_honest_and_other_dates_may_begin_with_the_year() {
        assert_eq!(told("person", 50, "1980"), "");
        assert_eq!(told("person-wave", 50, "01/01/1980"), "");
    }
}
