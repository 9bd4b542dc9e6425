//! The line of one variable: label, missing, distinct, and the values in a few words.

use catalyse_locale::{Args, Language, Wording, date, decimal, percent};

use super::count::Count;
use super::shown::{CategoryCount, Missing, QuantityFigures, Summary, VariableProfile};
use catalyse_codebook::Sensitivity;

const LABEL: usize = 24;
const MISSING: usize = 14;
const DISTINCT: usize = 8;
const VALUES: usize = 48;
/// A category is cut to this: its code list has the whole words.
const CATEGORY: usize = 24;

const HEAD: [Wording; 4] = [
    Wording::new("Variable", "Variable"),
    Wording::new("Manquant", "Missing"),
    Wording::new("Distinct", "Distinct"),
    Wording::new("Valeurs", "Values"),
];
const IDENTIFYING: Wording =
    Wording::new("identifiante : rien de plus n’est montré", "identifying: nothing more is shown");
const TOO_FEW: Wording = Wording::new("moins de 10 valeurs", "fewer than 10 values");
const RANGE: Wording = Wording::new("{ $least } à { $greatest }", "{ $least } to { $greatest }");
const MEDIAN: Wording = Wording::new(
    "méd. { $median } ({ $lower }–{ $upper })",
    "med. { $median } ({ $lower }–{ $upper })",
);
const MEAN: Wording = Wording::new("moy. { $mean }", "mean { $mean }");
const DATES: Wording = Wording::new("du { $first } au { $last }", "{ $first } to { $last }");
const PARTIAL: Wording = Wording::new(
    "{ $n -> [one] { $n } date incomplète *[other] { $n } dates incomplètes }",
    "{ $n -> [one] { $n } date *[other] { $n } dates } incomplete",
);
const ALL_LETTERS: Wording = Wording::new("{ $n } lettres", "{ $n } letters");
const LETTERS: Wording = Wording::new(
    "{ $shortest } à { $longest } lettres, médiane { $median }",
    "{ $shortest } to { $longest } letters, median { $median }",
);

/// Writes the head of the columns.
pub(super) fn head(language: Language) -> String {
    let [label, missing, distinct, values] = HEAD.map(|head| head.say(language, &Args::new()));
    row(&label, &missing, &distinct, &values)
}

/// Writes the line of a variable.
pub(super) fn write(variable: &VariableProfile, language: Language) -> String {
    let label = cut(variable.label.get(language), LABEL);
    let missing = missing(&variable.missing, language);
    let distinct = Count::Exact(variable.distinct).say(language);
    row(&label, &missing, &distinct, &cut(&values(variable, language), VALUES))
}

fn row(label: &str, missing: &str, distinct: &str, values: &str) -> String {
    let line = format!("  {label:<LABEL$} {missing:>MISSING$} {distinct:>DISTINCT$}  {values}");
    line.trim_end().to_owned()
}

/// Cuts a text to a width, with an ellipsis where something is gone.
pub(super) fn cut(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    let kept: String = text.chars().take(width.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

fn missing(missing: &Missing, language: Language) -> String {
    match (missing.count, missing.percent) {
        (Count::Exact(0), _) => "–".to_owned(),
        (count, Some(share)) => format!("{} ({})", count.say(language), percent(language, share)),
        (count, None) => count.say(language),
    }
}

fn values(variable: &VariableProfile, language: Language) -> String {
    match &variable.values {
        None if variable.sensitivity == Sensitivity::Identifying => {
            IDENTIFYING.say(language, &Args::new())
        }
        None => String::new(),
        Some(Summary::TooFew) => TOO_FEW.say(language, &Args::new()),
        Some(Summary::Quantity(figures)) => quantity(figures, language),
        Some(Summary::Categories { top, others, .. }) => {
            let n_others = variable.distinct.saturating_sub(top.len() as u64);
            let n_others = if *others == Count::Exact(0) { 0 } else { n_others };
            categories(top.iter(), n_others, language)
        }
        Some(Summary::Answers { codes }) => {
            let mut used: Vec<&CategoryCount> =
                codes.iter().filter(|code| code.count != Count::Exact(0)).collect();
            used.sort_by_key(|code| std::cmp::Reverse(code.percent));
            categories(used.into_iter(), 0, language)
        }
        Some(Summary::Times { bounds, partial }) => times(bounds.as_ref(), *partial, language),
        Some(Summary::Text { shortest, longest, .. }) if (longest - shortest).abs() < 0.5 => {
            ALL_LETTERS.say(language, &Args::new().number("n", *shortest, 0))
        }
        Some(Summary::Text { shortest, median, longest }) => LETTERS.say(
            language,
            &Args::new()
                .number("shortest", *shortest, 0)
                .number("median", *median, 0)
                .number("longest", *longest, 0),
        ),
    }
}

/// Writes range, median with quartiles, mean and spread, as far as there is room: the JSON has them all.
fn quantity(figures: &QuantityFigures, language: Language) -> String {
    let say = |number: f64| say_number(language, number);
    let [lower, median, upper] = figures.quartiles.map(say);
    let args = Args::new().text("lower", lower).text("median", median).text("upper", upper);
    let median = MEDIAN.say(language, &args);
    let mean = MEAN.say(language, &Args::new().text("mean", say(figures.mean)));
    let range = figures.bounds.map(|bounds| {
        let [least, greatest] = bounds.map(say);
        RANGE.say(language, &Args::new().text("least", least).text("greatest", greatest)) + "  "
    });
    let spread = figures.standard_deviation.map(|spread| format!(" ± {}", say(spread)));
    let mut text = range.unwrap_or_default();
    for part in [median, format!("  {mean}"), spread.unwrap_or_default()] {
        if text.chars().count() + part.chars().count() > VALUES {
            break;
        }
        text.push_str(&part);
    }
    text.trim_end().to_owned()
}

/// Writes a number with one decimal where it is small and not whole. Four digits stand together: most are years.
fn say_number(language: Language, number: f64) -> String {
    const FEWEST_GROUPED: f64 = 10_000.0;
    let is_whole = number.fract() == 0.0 || number.abs() >= 100.0;
    if is_whole && number.abs() < FEWEST_GROUPED {
        return format!("{number:.0}").replace('-', "−");
    }
    decimal(language, number, usize::from(!is_whole))
}

/// Writes as many categories as there is room for, then how many are left.
fn categories<'c>(
    categories: impl ExactSizeIterator<Item = &'c CategoryCount>,
    n_others: u64,
    language: Language,
) -> String {
    let mut n_left = categories.len() as u64 + n_others;
    let mut text = String::new();
    for category in categories {
        let share = category.percent.map(|share| match share {
            0 => format!("< {}", percent(language, 1)),
            share => percent(language, share),
        });
        let share = share.unwrap_or_else(|| category.count.say(language));
        let piece = format!("{} {share}", cut(category.label.get(language), CATEGORY));
        // Room for ` · +99` must stay unless it is the last one.
        let room = if n_left > 1 { VALUES - 6 } else { VALUES };
        let parting = if text.is_empty() { "" } else { " · " };
        if text.chars().count() + parting.len() + piece.chars().count() > room {
            break;
        }
        text.push_str(parting);
        text.push_str(&piece);
        n_left -= 1;
    }
    if n_left > 0 {
        let parting = if text.is_empty() { "" } else { " · " };
        text = format!("{text}{parting}+{n_left}");
    }
    text
}

fn times(bounds: Option<&[String; 2]>, partial: Count, language: Language) -> String {
    let mut parts = Vec::new();
    if let Some([first, last]) = bounds {
        let args = Args::new()
            .text("first", say_time(language, first))
            .text("last", say_time(language, last));
        parts.push(DATES.say(language, &args));
    }
    if partial != Count::Exact(0) {
        let args = Args::new().text("n", partial.say(language));
        parts.push(PARTIAL.say(language, &args));
    }
    parts.join(", ")
}

/// Writes an ISO day as the reader does, and a month as `03/2024`.
fn say_time(language: Language, iso: &str) -> String {
    let parts: Vec<&str> = iso.split('-').collect();
    match parts.as_slice() {
        [year, month, day] => match (year.parse(), month.parse(), day.parse()) {
            (Ok(year), Ok(month), Ok(day)) => date(language, year, month, day),
            _ => iso.to_owned(),
        },
        [year, month] => format!("{month}/{year}"),
        _ => iso.to_owned(),
    }
}
