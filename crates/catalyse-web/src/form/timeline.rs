//! A timeline of episodes: one bar each, with the gaps between them and where two run at once.
//!
//! Any repeat form with two months gets one: the first that says start, the next that says end. An episode without an end runs on.

use std::fmt::Write as _;

use catalyse_codebook::{Answer, Form, Variable, Widget};
use catalyse_locale::Language;

use crate::guard::Sight;
use crate::live::RowKey;
use crate::sheet::Desk;

/// One bar, in months.
struct Bar {
    number: u32,
    start: i64,
    /// The last month; none while it runs.
    end: Option<i64>,
    /// Whether it stands as it was in the wave before.
    is_before: bool,
}

const WIDTH: f64 = 700.0;
const BAR: f64 = 22.0;
const STEP: f64 = 30.0;

/// Draws the episodes of a form, or nothing if it has no two months or no episode with a start.
pub(crate) fn timeline(
    desk: &Desk,
    form: &Form,
    (sight, language): (&Sight, Language),
) -> Option<String> {
    let months: Vec<&Variable> = form
        .variables()
        .filter(|variable| sight.sees(&variable.name))
        .filter(|variable| variable.value_type.widget() == Widget::Month)
        .take(2)
        .collect();
    let [start, end] = months.as_slice() else { return None };
    let month = |answer: Option<&Answer>| match answer {
        Some(Answer::Integer(month)) => Some(*month),
        _ => None,
    };
    let bars: Vec<Bar> = desk
        .numbers(&form.name)
        .into_iter()
        .filter_map(|number| {
            let row = RowKey::Repeat(form.name.clone(), number);
            let typed = desk.sheet.row(&row);
            // What was not confirmed yet stands as it was in the wave before.
            let answers = typed.filter(|answers| answers.contains_key(&start.name));
            let is_before = answers.is_none();
            let answers = answers.or_else(|| desk.before.row(&row))?;
            let start = month(answers.get(&start.name))?;
            let end = month(answers.get(&end.name)).filter(|end| *end >= start);
            Some(Bar { number, start, end, is_before })
        })
        .collect();
    draw(&bars, language)
}

fn draw(bars: &[Bar], language: Language) -> Option<String> {
    let first = bars.iter().map(|bar| bar.start).min()?;
    let known = bars.iter().map(|bar| bar.end.unwrap_or(bar.start + 6)).max()?;
    let last = known.max(first + 11) + 1;
    let x = |month: i64| (month - first) as f64 / (last - first) as f64 * WIDTH;
    let height = STEP * bars.len() as f64 + 60.0;
    let [words, gap_word, overlap_word] = match language {
        Language::Fr => ["Épisodes dans le temps", "sans emploi", "en même temps"],
        _ => ["Spells in time", "no job", "at the same time"],
    };
    let told = told(bars, language);
    let mut svg = format!(
        r#"<svg class="timeline" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{words} : {told}">"#
    );
    for (from, to, is_gap) in spans(bars) {
        let (class, word) = if is_gap { ("gap", gap_word) } else { ("overlap", overlap_word) };
        let (left, width) = (x(from), x(to + 1) - x(from));
        let _ = write!(
            svg,
            r#"<rect class="{class}" x="{left:.1}" y="0" width="{width:.1}" height="{:.1}"/><text class="{class}-word" x="{:.1}" y="{:.1}" text-anchor="middle">{word}</text>"#,
            height - 36.0,
            left + width / 2.0,
            height - 22.0,
        );
    }
    for (index, bar) in bars.iter().enumerate() {
        let (left, y) = (x(bar.start), STEP * index as f64 + 4.0);
        let width = x(bar.end.map_or(last, |end| end + 1)) - left;
        let running = if bar.end.is_some() { "" } else { " running" };
        let before = if bar.is_before { " before" } else { "" };
        let _ = write!(
            svg,
            r#"<rect class="spell{running}{before}" x="{left:.1}" y="{y:.1}" width="{:.1}" height="{BAR}" rx="4"/><text class="spell-word" x="{:.1}" y="{:.1}">{}</text>"#,
            width.max(4.0),
            left + 6.0,
            y + 16.0,
            bar.number,
        );
    }
    for year in (first.div_euclid(12) + 1)..=last.div_euclid(12) {
        let at = x(year * 12);
        let _ = write!(
            svg,
            r#"<text class="year" x="{at:.1}" y="{:.1}" text-anchor="middle">{year}</text>"#,
            height - 4.0,
        );
    }
    svg.push_str("</svg>");
    Some(svg)
}

/// Lists stretches of months without an episode, and with more than one: first month, last month, whether it is a gap.
fn spans(bars: &[Bar]) -> Vec<(i64, i64, bool)> {
    let Some(first) = bars.iter().map(|bar| bar.start).min() else { return Vec::new() };
    let Some(last) = bars.iter().map(|bar| bar.end.unwrap_or(bar.start)).max() else {
        return Vec::new();
    };
    let mut spans: Vec<(i64, i64, bool)> = Vec::new();
    for month in first..=last {
        let runs = |bar: &&Bar| bar.start <= month && bar.end.is_none_or(|end| month <= end);
        let is_gap = match bars.iter().filter(runs).count() {
            0 => true,
            1 => continue,
            _ => false,
        };
        match spans.last_mut() {
            Some((_, to, kind)) if *to == month - 1 && *kind == is_gap => *to = month,
            _ => spans.push((month, month, is_gap)),
        }
    }
    spans
}

/// Says the same as the drawing in words.
fn told(bars: &[Bar], language: Language) -> String {
    let month = |month: i64| format!("{:02}/{}", month.rem_euclid(12) + 1, month.div_euclid(12));
    let (to, running, gap, overlap, before) = match language {
        Language::Fr => ("à", "en cours", "sans emploi", "en même temps", " (vague précédente)"),
        _ => ("to", "running", "no job", "at the same time", " (wave before)"),
    };
    let spells = bars.iter().map(|bar| {
        let end = bar.end.map_or_else(|| running.to_owned(), month);
        let before = if bar.is_before { before } else { "" };
        format!("{} – {} {to} {end}{before}", bar.number, month(bar.start))
    });
    let spans = spans(bars).into_iter().map(|(from, until, is_gap)| {
        let word = if is_gap { gap } else { overlap };
        format!("{word} {} {to} {}", month(from), month(until))
    });
    spells.chain(spans).collect::<Vec<_>>().join(" ; ")
}

#[cfg(test)]
mod tests {
    use super::{Bar, spans, told};
    use catalyse_locale::Language;

    const fn bar(number: u32, start: i64, end: Option<i64>) -> Bar {
        Bar { number, start, end, is_before: false }
    }

    #[test]
    fn gaps_and_overlaps_are_found_to_the_month() {
        let bars =
            [bar(1, 24_270, Some(24_275)), bar(2, 24_278, Some(24_285)), bar(3, 24_284, None)];
        assert_eq!(spans(&bars), [(24_276, 24_277, true), (24_284, 24_285, false)]);
        assert!(spans(&[]).is_empty());
        assert!(spans(&[bar(1, 5, None)]).is_empty());
    }

    #[test]
    fn the_drawing_is_told_in_words() {
        let bars = [bar(1, 24_270, Some(24_270)), bar(2, 24_272, None)];
        assert_eq!(
            told(&bars, Language::Fr),
            "1 – 07/2022 à 07/2022 ; 2 – 09/2022 à en cours ; sans emploi 08/2022 à 08/2022"
        );
        let before = [Bar { is_before: true, ..bar(1, 24_270, None) }];
        assert_eq!(told(&before, Language::Fr), "1 – 07/2022 à en cours (vague précédente)");
    }
}
