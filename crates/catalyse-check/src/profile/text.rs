//! The profile as text for a terminal: who may read it, alerts, then a line a variable. At most 100 columns, no colour.

use catalyse_codebook::Severity;
use catalyse_locale::{Args, Language, Wording};

use super::count::Count;
use super::line::{self, cut};
use super::shown::TableProfile;
use super::{Alert, Profile};

const WIDTH: usize = 100;
/// Further alerts of a kind are counted: all of them stand in the JSON.
const MOST_OF_A_KIND: usize = 8;

const TITLE: Wording =
    Wording::new("Profil de qualité : { $study }", "Data-quality profile: { $study }");
const ALERTS: Wording = Wording::new(
    "{ $n -> [one] { $n } alerte *[other] { $n } alertes }",
    "{ $n -> [one] { $n } alert *[other] { $n } alerts }",
);
const NO_ALERT: Wording = Wording::new("Aucune alerte.", "No alert.");
const NO_RECORD: Wording = Wording::new("Aucune fiche.", "No record.");
const MORE: Wording = Wording::new(
    "… et { $n } de plus ; toutes avec `--format json`",
    "… and { $n } more; all with `--format json`",
);
const PLACE: Wording = Wording::new("{ $place } : { $what }", "{ $place }: { $what }");
const ROWS: Wording =
    Wording::new("{ $title } : { $rows } fiches", "{ $title }: { $rows } records");
const COPIED: Wording =
    Wording::new("{ $n } aux réponses toutes égales", "{ $n } with all answers equal");
const SAME_PERSON: Wording =
    Wording::new("{ $n } de personnes en double", "{ $n } of persons who stand twice");
const LEGEND: Wording = Wording::new(
    "Manquant : parmi les fiches que la question concerne. Quantités : minimum à maximum, médiane (quartiles), moyenne ± écart-type. Quantiles exacts, définition 7 de Hyndman et Fan. Modalités : % des réponses ; < 5 : de 1 à 4 fiches ; [c] : caché pour que l’on ne retrouve pas un < 5.",
    "Missing: among the records the question applies to. Quantities: minimum to maximum, median (quartiles), mean ± standard deviation. Exact quantiles, definition 7 of Hyndman and Fan. Categories: % of answers; < 5: 1 to 4 records; [c]: hidden, so that a < 5 cannot be worked out.",
);

/// Writes the profile.
pub(super) fn write(profile: &Profile, language: Language) -> String {
    let title = TITLE.say(language, &Args::new().label("study", &profile.study));
    let mut lines = wrap(profile.notice.get(language), "", "");
    lines.extend([cut(&title, WIDTH), String::new()]);
    write_alerts(&profile.alerts, language, &mut lines);
    if profile.tables.is_empty() {
        lines.push(NO_RECORD.say(language, &Args::new()));
    }
    for table in &profile.tables {
        write_table(table, language, &mut lines);
    }
    if !profile.tables.is_empty() {
        lines.extend(wrap(&LEGEND.say(language, &Args::new()), "", ""));
    }
    lines.join("\n") + "\n"
}

fn write_alerts(alerts: &[Alert], language: Language, lines: &mut Vec<String>) {
    if alerts.is_empty() {
        lines.push(NO_ALERT.say(language, &Args::new()));
    } else {
        lines.push(ALERTS.say(language, &Args::new().count("n", alerts.len())));
    }
    lines.push(String::new());
    for same in alerts.chunk_by(|one, other| one.kind == other.kind) {
        let Some(first) = same.first() else { continue };
        let head = format!(
            "{} {} ({})",
            mark(first.severity),
            first.title.get(language),
            first.severity.label().get(language)
        );
        lines.push(cut(&head, WIDTH));
        for alert in same.iter().take(MOST_OF_A_KIND) {
            let args = Args::new().label("place", &alert.place).label("what", &alert.what);
            lines.extend(wrap(&PLACE.say(language, &args), "  - ", "    "));
        }
        if same.len() > MOST_OF_A_KIND {
            let more = MORE.say(language, &Args::new().count("n", same.len() - MOST_OF_A_KIND));
            lines.push(format!("    {more}"));
        }
        lines.extend(wrap(first.advice.get(language), "  → ", "    "));
        lines.push(String::new());
    }
}

/// Returns a mark that shows the severity without colour.
const fn mark(severity: Severity) -> &'static str {
    match severity {
        Severity::Hard => "!!",
        Severity::Soft => "! ",
        Severity::Info => "i ",
    }
}

fn write_table(table: &TableProfile, language: Language, lines: &mut Vec<String>) {
    let args = Args::new().label("title", &table.title).text("rows", table.rows.say(language));
    let mut head = ROWS.say(language, &args);
    for (wording, count) in [(&SAME_PERSON, table.same_person), (&COPIED, table.copied)] {
        if count != Count::Exact(0) {
            let part = wording.say(language, &Args::new().text("n", count.say(language)));
            head.push_str(", ");
            head.push_str(&part);
        }
    }
    lines.extend(wrap(&head, "", "  "));
    lines.push(line::head(language));
    for section in &table.sections {
        lines.push(cut(section.title.get(language), WIDTH));
        lines.extend(section.variables.iter().map(|variable| line::write(variable, language)));
    }
    lines.push(String::new());
}

/// Breaks a text between words, so that no line is wider than the page. No line begins with a mark that French sets apart.
fn wrap(text: &str, first: &str, further: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = first.to_owned();
    let mut is_begun = false;
    let text = [":", ";", "?", "»"].into_iter().fold(text.to_owned(), |text, mark| {
        text.replace(&format!(" {mark}"), &format!("\u{a0}{mark}"))
    });
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let width = line.chars().count() + usize::from(is_begun) + word.chars().count();
        if is_begun && width > WIDTH {
            lines.push(std::mem::replace(&mut line, further.to_owned()));
            is_begun = false;
        }
        if is_begun {
            line.push(' ');
        }
        line.push_str(word);
        is_begun = true;
    }
    lines.push(line);
    lines
}

#[cfg(test)]
mod tests {
    use super::{WIDTH, wrap};

    #[test]
    fn no_line_is_wider_than_the_page_and_no_word_is_lost() {
        let text = "un mot ".repeat(60);
        let lines = wrap(&text, "  - ", "    ");
        assert!(lines.iter().all(|line| line.chars().count() <= WIDTH));
        let words: usize = lines.iter().map(|line| line.matches("mot").count()).sum();
        assert_eq!((words, lines.len()), (60, 5));
    }
}
