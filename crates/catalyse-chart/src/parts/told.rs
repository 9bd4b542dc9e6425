//! What drawings say in words: the remarks on their marks, and what every description has.

use std::collections::BTreeSet;

use catalyse_disclose::Mark;
use catalyse_locale::{Args, Language, Wording};

use crate::table::Table;
use crate::table::reading::Reading;
use crate::words;

/// Returns what the marks among readings mean, each once.
pub(crate) fn remarks<'a>(
    language: Language,
    readings: impl Iterator<Item = &'a Reading>,
) -> Vec<String> {
    let mut marks: BTreeSet<Mark> = BTreeSet::new();
    let (mut has_hollow, mut has_bound) = (false, false);
    for reading in readings {
        match reading {
            Reading::Percent(..) => {}
            Reading::AtLeast(_) | Reading::AtMost(_) => has_bound = true,
            Reading::About(..) => has_hollow = true,
            Reading::Hidden(mark) => {
                marks.insert(*mark);
            }
        }
    }
    let mut remarks = Vec::new();
    if has_hollow {
        remarks.push(words::say(language, &words::HOLLOW));
    }
    if has_bound {
        remarks.push(words::say(language, &words::HATCHED));
    }
    let meanings: Vec<String> =
        marks.into_iter().map(|mark| words::say(language, &words::meaning(mark))).collect();
    if !meanings.is_empty() {
        remarks.push(meanings.join(" "));
    }
    remarks
}

/// Returns the holes that every description has: what is measured, and of whom.
pub(crate) fn about_table(table: &Table) -> Args {
    Args::new().text("title", &table.title).text("universe", &table.universe)
}

/// Names a group for a description.
pub(crate) fn group_words(table: &Table, group: Option<usize>) -> String {
    match group {
        Some(group) if table.groups.headings.len() > 1 || table.totals.is_empty() => {
            table.group(group).to_owned()
        }
        Some(_) | None => table.universe.clone(),
    }
}

/// Says the largest shares of a list of readings and how many are hidden, for a description.
pub(crate) fn main_shares(table: &Table, readings: &[Reading]) -> String {
    let mut order: Vec<usize> = (0..readings.len())
        .filter(|index| readings.get(*index).is_some_and(|reading| reading.position().is_some()))
        .collect();
    let size = |index: &usize| readings.get(*index).and_then(Reading::position).unwrap_or_default();
    order.sort_by(|one, other| size(other).total_cmp(&size(one)));
    let n_hidden = readings.len() - order.len();
    let shares: Vec<String> = order
        .into_iter()
        .take(N_TOLD)
        .filter_map(|index| {
            let reading = readings.get(index)?;
            let (label, value) = (table.category(index), reading.words(table.printed()));
            Some(format!("{label} {value}{}", reading.interval_words(table.language)))
        })
        .collect();
    let mut sentence = MAIN_SHARES.say(
        table.language,
        &Args::new().text("shares", shares.join(", ")).count("n", shares.len()),
    );
    if n_hidden > 0 {
        sentence.push(' ');
        sentence.push_str(&NOT_SHOWN.say(table.language, &Args::new().count("n", n_hidden)));
    }
    sentence
}

/// How many shares a description tells; the table beside the figure has them all.
pub(crate) const N_TOLD: usize = 4;
const MAIN_SHARES: Wording = Wording::new(
    "{ $n -> [0] Aucune part n’est montrée. [one] Part : { $shares }. *[other] Plus grandes parts : { $shares }. }",
    "{ $n -> [0] No share is shown. [one] Share: { $shares }. *[other] Largest shares: { $shares }. }",
);
const NOT_SHOWN: Wording = Wording::new(
    "{ $n -> [one] { $n } catégorie n’est pas montrée. *[other] { $n } catégories ne sont pas montrées. }",
    "{ $n -> [one] { $n } category is not shown. *[other] { $n } categories are not shown. }",
);
