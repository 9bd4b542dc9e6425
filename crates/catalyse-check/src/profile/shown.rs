//! What a profile shows: figures that are folded, and nothing that is a person's.

use catalyse_codebook::types::ymd_of_day_number;
use catalyse_codebook::{
    Category, Codebook, Form, MissingReason, Sensitivity, Variable, VariableName,
};
use catalyse_locale::Label;
use catalyse_records::Table;
use serde::Serialize;

use super::count::{Count, shown_percent, whole_percent};
use super::figures::{Figures, TableFigures};
use super::values::{Quantity, Times, Values};

/// How many categories are listed.
const TOP: usize = 10;
/// Below this many values their mean and quantiles are nearly the values themselves.
pub(super) const FEWEST_VALUES: u64 = 10;

/// Holds the profile of one table.
#[derive(Clone, Serialize)]
pub struct TableProfile {
    /// The table.
    pub table: Table,
    /// Its name for people.
    pub title: Label,
    /// How many records it has.
    pub rows: Count,
    /// How many records are of a person who has another one in the wave.
    pub same_person: Count,
    /// How many records have all answers of another one.
    pub copied: Count,
    /// The variables by section, in form order.
    pub sections: Vec<SectionProfile>,
}

/// Holds the profiles of the variables of one section.
#[derive(Clone, Serialize)]
pub struct SectionProfile {
    /// The title.
    pub title: Label,
    /// The variables in the order they are asked.
    pub variables: Vec<VariableProfile>,
}

/// Holds the profile of one variable.
#[derive(Clone, Serialize)]
pub struct VariableProfile {
    /// The name.
    pub name: VariableName,
    /// The name for people.
    pub label: Label,
    /// How careful one must be with it.
    pub sensitivity: Sensitivity,
    /// How many records have a value.
    pub valid: Count,
    /// The empty ones.
    pub missing: Missing,
    /// How many different values there are; of several answers, how many different codes.
    pub distinct: u64,
    /// What the values amount to. Nothing if the variable identifies, has no value, or holds numbers that are names.
    pub values: Option<Summary>,
}

/// Holds the empty values of a variable.
#[derive(Clone, Serialize)]
pub struct Missing {
    /// How many records that the question applies to have no value.
    pub count: Count,
    /// The same as a whole percentage of the records that the question applies to, where the count is shown.
    pub percent: Option<u8>,
    /// By reason; reasons that do not occur are left out.
    pub reasons: Vec<(MissingReason, Count)>,
    /// How many are empty without a reason.
    pub without_reason: Count,
}

/// Says what values amount to.
#[derive(Clone, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Summary {
    /// Fewer than ten values: their figures would be nearly the values.
    TooFew,
    /// Quantities.
    Quantity(QuantityFigures),
    /// One category a record.
    Categories {
        /// The ten most frequent ones, the first one first.
        top: Vec<CategoryCount>,
        /// How many records have a further one.
        others: Count,
        /// The codes nobody has.
        unused: Vec<String>,
    },
    /// Several categories a record; shares are of the records that have an answer.
    Answers {
        /// All codes in the order of the list.
        codes: Vec<CategoryCount>,
    },
    /// Points in time.
    Times {
        /// The first and the last, ISO; not shown for health.
        bounds: Option<[String; 2]>,
        /// How many are known to the month or year only.
        partial: Count,
    },
    /// Texts: their lengths in letters.
    Text {
        /// The shortest.
        shortest: f64,
        /// The median.
        median: f64,
        /// The longest.
        longest: f64,
    },
}

/// Holds how often a category comes.
#[derive(Clone, Serialize)]
pub struct CategoryCount {
    /// The code.
    pub code: String,
    /// The words for people.
    pub label: Label,
    /// How many records have it.
    pub count: Count,
    /// The same as a whole percentage of the records with an answer, where the count is shown.
    pub percent: Option<u8>,
}

/// Holds the figures of a quantity. Quantiles are Hyndman and Fan's definition 7, of all values.
#[derive(Clone, Serialize)]
pub struct QuantityFigures {
    /// The smallest and the greatest value; not shown for health.
    pub bounds: Option<[f64; 2]>,
    /// The quartiles, the median between them.
    pub quartiles: [f64; 3],
    /// The mean.
    pub mean: f64,
    /// The standard deviation, with the divisor n − 1.
    pub standard_deviation: Option<f64>,
    /// How many of a hundred values are multiples of 5, of 10 and of 100, where the count may be shown.
    pub percent_multiples: [Option<u8>; 3],
    /// How many values are further than 6 robust standard deviations from the median, if more than half of the values differ.
    pub far: Option<Count>,
}

impl TableProfile {
    pub(super) fn of(codebook: &Codebook, table: &TableFigures<'_>) -> Self {
        let sections = codebook.forms.iter().flat_map(|form: &Form| &form.sections);
        let sections = sections.map(|section| {
            let of_section = |name: &VariableName| {
                table.variables.iter().find(|figures| figures.variable.name == *name)
            };
            let variables = section.variables.iter().filter_map(|one| of_section(&one.name));
            SectionProfile {
                title: section.title.clone(),
                variables: variables
                    .map(|figures| VariableProfile::of(codebook, figures))
                    .collect(),
            }
        });
        Self {
            table: table.records.table.clone(),
            title: table.title.clone(),
            rows: Count::fold(table.n_rows),
            same_person: Count::fold(table.duplicates.n_same_person),
            copied: Count::fold(table.duplicates.n_copied),
            sections: sections.filter(|section| !section.variables.is_empty()).collect(),
        }
    }
}

impl VariableProfile {
    fn of(codebook: &Codebook, figures: &Figures<'_>) -> Self {
        let mut parts = vec![figures.n_valid, figures.n_empty];
        parts.extend(figures.reasons);
        let mut folded = Count::fold_parts(&parts).into_iter();
        let mut next = || folded.next().unwrap_or(Count::Hidden);
        let (valid, without_reason) = (next(), next());
        let reasons = MissingReason::ALL.into_iter().map(|reason| (reason, next()));
        let reasons = reasons.filter(|(_, count)| *count != Count::Exact(0)).collect();
        let asked = figures.asked();
        Self {
            name: figures.variable.name.clone(),
            label: figures.variable.label.clone(),
            sensitivity: figures.variable.sensitivity,
            valid,
            missing: Missing {
                count: Count::fold_answer(asked.n_missing, asked.n_asked),
                percent: shown_percent(asked.n_missing, asked.n_asked),
                reasons,
                without_reason,
            },
            distinct: figures.n_distinct,
            values: summary(codebook, figures),
        }
    }
}

fn summary(codebook: &Codebook, figures: &Figures<'_>) -> Option<Summary> {
    if figures.n_valid == 0 {
        return None;
    }
    let shows_bounds = figures.variable.sensitivity == Sensitivity::Plain;
    let is_enough = figures.n_valid >= FEWEST_VALUES;
    Some(match &figures.values {
        Values::CountsOnly => return None,
        Values::Categories(counts) => categories(&labels(codebook, figures.variable), counts),
        Values::Answers(counts) => {
            answers(&labels(codebook, figures.variable), counts, figures.n_valid)
        }
        Values::Quantity(_) | Values::Times(_) | Values::Lengths(_) if !is_enough => {
            Summary::TooFew
        }
        Values::Quantity(quantity) => quantity_figures(quantity, figures.n_valid, shows_bounds),
        Values::Times(times) => Summary::Times {
            bounds: shows_bounds.then(|| times.bounds.map(|time| iso(times, time))),
            partial: Count::fold(times.n_partial),
        },
        Values::Lengths([shortest, median, longest]) => {
            Summary::Text { shortest: *shortest, median: *median, longest: *longest }
        }
    })
}

fn quantity_figures(quantity: &Quantity, n_valid: u64, shows_bounds: bool) -> Summary {
    let [least, lower, median, upper, greatest] = quantity.quantiles;
    Summary::Quantity(QuantityFigures {
        bounds: shows_bounds.then_some([least, greatest]),
        quartiles: [lower, median, upper],
        mean: quantity.mean,
        standard_deviation: quantity.standard_deviation,
        percent_multiples: quantity.n_multiples.map(|count| shown_percent(count, n_valid)),
        far: quantity.n_far.map(Count::fold),
    })
}

/// Returns code and label of each count of a variable.
fn labels(codebook: &Codebook, variable: &Variable) -> Vec<(String, Label)> {
    let of_category = |category: &Category| (category.code.clone(), category.label.clone());
    codebook.list_of(variable).map_or_else(
        || vec![("yes".into(), Label::new("oui", "yes")), ("no".into(), Label::new("non", "no"))],
        |list| list.categories.iter().map(of_category).collect(),
    )
}

/// Lists the most frequent categories and folds them together with the rest: they add up to a known whole.
fn categories(labels: &[(String, Label)], counts: &[u64]) -> Summary {
    let mut used: Vec<(&(String, Label), u64)> =
        labels.iter().zip(counts.iter().copied()).filter(|(_, count)| *count > 0).collect();
    // The sort is stable: among equals the order of the list holds.
    used.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let n_valid: u64 = used.iter().map(|(_, count)| count).sum();
    let mut parts: Vec<u64> = used.iter().take(TOP).map(|(_, count)| *count).collect();
    parts.push(used.iter().skip(TOP).map(|(_, count)| count).sum());
    let mut folded = Count::fold_parts(&parts);
    let others = folded.pop().unwrap_or(Count::Exact(0));
    let top = used.iter().zip(folded).map(|((label, _), count)| counted(label, count, n_valid));
    let unused = labels.iter().zip(counts).filter(|(_, count)| **count == 0);
    Summary::Categories {
        top: top.collect(),
        others,
        unused: unused.map(|((code, _), _)| code.clone()).collect(),
    }
}

fn answers(labels: &[(String, Label)], counts: &[u64], n_valid: u64) -> Summary {
    let codes = labels
        .iter()
        .zip(counts)
        .map(|(label, count)| counted(label, Count::fold_answer(*count, n_valid), n_valid));
    Summary::Answers { codes: codes.collect() }
}

fn counted((code, label): &(String, Label), count: Count, n_valid: u64) -> CategoryCount {
    let percent = match count {
        Count::Exact(exact) => Some(whole_percent(exact, n_valid)),
        Count::Few | Count::Hidden => None,
    };
    CategoryCount { code: code.clone(), label: label.clone(), count, percent }
}

/// Writes a point in time as ISO does.
fn iso(times: &Times, time: i64) -> String {
    if times.is_months {
        return format!("{:04}-{:02}", time.div_euclid(12), time.rem_euclid(12) + 1);
    }
    let (year, month, day) = ymd_of_day_number(time as i32);
    format!("{year:04}-{month:02}-{day:02}")
}
