//! Findings for the screen: the ledger, then each check with its sentence and its places.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::io;

use catalyse_codebook::{Severity, VariableName};
use catalyse_locale::{Args, Language, Wording};
use catalyse_records::LedgerEntry;

use super::{FindingsOutput, Shown};
use crate::commands::check::findings::{Group, by_check, groups, severity_label};

/// Writes findings as text, most urgent and most frequent first.
pub(crate) struct Text;

const FIRST_PLACES: usize = 10;

impl FindingsOutput for Text {
    fn name(&self) -> &'static str {
        "text"
    }

    fn write(&self, shown: &Shown<'_>, out: &mut dyn io::Write) -> io::Result<()> {
        let reading = shown.reading;
        let mut text = entries(shown);
        for (file, message) in &reading.unreadable {
            let colon = if shown.language == Language::Fr { "\u{a0}:" } else { ":" };
            let _ = writeln!(text, "{file}{colon} {}", message.say(shown.language));
        }
        text.push('\n');
        let groups = groups(&reading.findings);
        // A file that holds a few columns of a long form would give a block for each column it lacks: they are told together.
        let (lacking, others): (Vec<_>, Vec<_>) =
            groups.iter().partition(|group| is_lacking_column(group));
        for check in by_check(&others) {
            write_check(&mut text, &check, shown);
        }
        write_lacking(&mut text, &lacking, shown);
        if !groups.is_empty() || reading.unreadable.is_empty() {
            write_total(&mut text, &groups, shown.language);
        }
        out.write_all(text.as_bytes())
    }
}

/// Writes the ledger: a line a source.
pub(crate) fn entries(shown: &Shown<'_>) -> String {
    let mut text = String::new();
    let entries = shown.reading.ledger.entries.iter();
    for entry in entries.filter(|entry| entry.rows_read > 0 || !entry.columns.is_empty()) {
        write_entry(&mut text, entry, shown);
    }
    text
}

/// Writes the findings of one severity.
pub(crate) fn groups_of(shown: &Shown<'_>, severity: Severity) -> String {
    let mut text = String::new();
    let groups = groups(&shown.reading.findings);
    let of_severity = groups.iter().filter(|group| group.cause.severity == severity);
    for check in by_check(&of_severity.collect::<Vec<_>>()) {
        write_check(&mut text, &check, shown);
    }
    text
}

fn write_entry(text: &mut String, entry: &LedgerEntry, shown: &Shown<'_>) {
    const ENTRY: Wording = Wording::new(
        "{ $file } : { $read -> [one] { $read } ligne lue *[other] { $read } lignes lues }, { $kept -> [one] { $kept } retenue *[other] { $kept } retenues }, { $aside } de côté ({ $how })",
        "{ $file }: { $read -> [one] { $read } row read *[other] { $read } rows read }, { $kept } kept, { $aside } set aside ({ $how })",
    );
    const ASIDE: Wording = Wording::new(
        "de côté : { $reason } ({ $count }) — { $count -> [one] ligne *[other] lignes } { $rows }",
        "set aside: { $reason } ({ $count }) — { $count -> [one] row *[other] rows } { $rows }",
    );
    let source = shown.reading.findings.sources.get(entry.source.0 as usize);
    let file = source.map(|source| match &source.sheet {
        Some(sheet) => format!("{}!{sheet}", source.file),
        None => source.file.clone(),
    });
    let args = Args::new()
        .text("file", file.unwrap_or_default())
        .count("read", entry.rows_read)
        .count("kept", entry.rows_kept)
        .count("aside", entry.rows_read - entry.rows_kept)
        .label("how", &entry.read_as);
    let _ = writeln!(text, "{}", ENTRY.say(shown.language, &args));
    for taken in &entry.taken {
        let _ = writeln!(text, "  {}", taken.get(shown.language));
    }
    for aside in &entry.rows_set_aside {
        let mut rows: Vec<String> =
            aside.rows.iter().take(FIRST_PLACES).map(u32::to_string).collect();
        if aside.count as usize > rows.len() {
            rows.push("…".to_owned());
        }
        let args = Args::new()
            .label("reason", &aside.reason)
            .count("count", aside.count)
            .text("rows", rows.join(", "));
        let _ = writeln!(text, "  {}", ASIDE.say(shown.language, &args));
    }
}

/// Writes the findings of one check: its name and how many there are, then each of its sentences with its places.
fn write_check(text: &mut String, groups: &[&Group<'_>], shown: &Shown<'_>) {
    const HEAD: Wording = Wording::new(
        "[{ $severity }] { $check } — { $n -> [one] { $n } constat *[other] { $n } constats }",
        "[{ $severity }] { $check } — { $n -> [one] { $n } finding *[other] { $n } findings }",
    );
    let Some(first) = groups.first() else { return };
    let args = Args::new()
        .label("severity", &severity_label(first.cause.severity))
        .text("check", first.cause.check.as_str())
        .count("n", groups.iter().map(|group| group.len()).sum::<usize>() as u64);
    let _ = writeln!(text, "{}", HEAD.say(shown.language, &args));
    for group in groups {
        write_group(text, group, shown);
    }
    text.push('\n');
}

fn write_group(text: &mut String, group: &Group<'_>, shown: &Shown<'_>) {
    const MORE: Wording = Wording::new(
        "et { $n -> [one] { $n } autre *[other] { $n } autres } (`--all` les montre)",
        "and { $n } more (`--all` shows them)",
    );
    let _ = writeln!(text, "  {}", group.cause.message.say(shown.language));
    let n_shown = if shown.all_places { usize::MAX } else { FIRST_PLACES };
    let places: Vec<String> = group.places().take(n_shown).map(|place| place.address()).collect();
    for line in lines_of(&places) {
        let _ = writeln!(text, "    {line}");
    }
    if group.len() > n_shown {
        let args = Args::new().count("n", (group.len() - n_shown) as u64);
        let _ = writeln!(text, "    {}", MORE.say(shown.language, &args));
    }
}

/// Puts places beside each other as far as a line of a terminal goes.
fn lines_of(places: &[String]) -> Vec<String> {
    const WIDTH: usize = 76;
    let mut lines: Vec<String> = Vec::new();
    for place in places {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 2 + place.chars().count() <= WIDTH => {
                line.push_str("  ");
                line.push_str(place);
            }
            Some(_) | None => lines.push(place.clone()),
        }
    }
    lines
}

fn is_lacking_column(group: &Group<'_>) -> bool {
    group.cause.severity == Severity::Info
        && group.cause.check.as_str().ends_with(".column-missing")
}

/// Writes the columns that files lack, a line a file.
fn write_lacking(text: &mut String, groups: &[&Group<'_>], shown: &Shown<'_>) {
    const HEAD: Wording = Wording::new(
        "[pour information] colonnes absentes — leurs questions comptent comme non demandées",
        "[info] columns missing — their questions count as not asked",
    );
    const LINE: Wording = Wording::new(
        "{ $file } : { $n -> [one] { $n } colonne *[other] { $n } colonnes } ({ $names })",
        "{ $file }: { $n -> [one] { $n } column *[other] { $n } columns } ({ $names })",
    );
    let mut by_file: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for group in groups {
        let variable = group.cause.variable.as_ref().map(VariableName::as_str).unwrap_or_default();
        for place in group.places() {
            by_file.entry(place.address()).or_default().push(variable);
        }
    }
    if by_file.is_empty() {
        return;
    }
    let _ = writeln!(text, "{}", HEAD.say(shown.language, &Args::new()));
    for (file, names) in by_file {
        let n_shown = if shown.all_places { names.len() } else { FIRST_PLACES / 2 };
        let mut listed: Vec<&str> = names.iter().take(n_shown).copied().collect();
        if names.len() > n_shown {
            listed.push("…");
        }
        let args = Args::new()
            .text("file", file)
            .count("n", names.len() as u64)
            .text("names", listed.join(", "));
        let _ = writeln!(text, "    {}", LINE.say(shown.language, &args));
    }
    text.push('\n');
}

fn write_total(text: &mut String, groups: &[Group<'_>], language: Language) {
    const TOTAL: Wording = Wording::new(
        "{ $n -> [one] { $n } constat *[other] { $n } constats } : { $hard -> [one] { $hard } bloquant *[other] { $hard } bloquants }, { $soft } à vérifier, { $info } pour information",
        "{ $n -> [one] { $n } finding *[other] { $n } findings }: { $hard } hard, { $soft } soft, { $info } info",
    );
    const NONE: Wording = Wording::new("Aucun constat", "No findings");
    let count = |severity: Severity| -> i64 {
        let of_severity = groups.iter().filter(|group| group.cause.severity == severity);
        i64::try_from(of_severity.map(Group::len).sum::<usize>()).unwrap_or(i64::MAX)
    };
    let [hard, soft, info] = [Severity::Hard, Severity::Soft, Severity::Info].map(count);
    let wording = if groups.is_empty() { &NONE } else { &TOTAL };
    let args = Args::new()
        .count("n", hard + soft + info)
        .count("hard", hard)
        .count("soft", soft)
        .count("info", info);
    let _ = writeln!(text, "{}", wording.say(language, &args));
}
