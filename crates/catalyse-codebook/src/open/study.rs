//! Reading `study.toml`.

use catalyse_locale::{Args, Language, Wording};

use super::access::read_access;
use super::table::Table;
use super::word::{one_of, slug};
use crate::{CodeScope, Partner, PartnerId, Reask, Study, VariableName, Wave, WaveId};

const NOT_A_DAY: Wording = Wording::new(
    "« { $key } » doit être une date comme 2024-03-01",
    "`{ $key }` must be a date such as 2024-03-01",
);
const UNKNOWN_LANGUAGE: Wording = Wording::new(
    "langue inconnue « { $name } » ; langues possibles : fr, en, nl, de",
    "unknown language `{ $name }`; possible languages: fr, en, nl, de",
);
const NO_PERCENT: Wording = Wording::new(
    "« percent » va de 0 à 100 : la part des questions redemandées sans montrer la réponse d'avant",
    "`percent` goes from 0 to 100: the share of questions asked anew without showing the earlier answer",
);
const ENDS_BEFORE: Wording = Wording::new(
    "la vague « { $name } » finit avant de commencer",
    "the wave `{ $name }` ends before it begins",
);

/// Holds what `study.toml` says, and the files it names with their lines.
pub(crate) struct StudyFile {
    pub(crate) study: Study,
    pub(crate) forms: Vec<(String, usize)>,
    pub(crate) checks: Vec<(String, usize)>,
    pub(crate) groups: Vec<(String, usize)>,
    pub(crate) reports: Vec<(String, usize)>,
    pub(crate) policy_line: usize,
    pub(crate) keys_line: usize,
    pub(crate) reask_line: usize,
    pub(crate) partner_lines: Vec<usize>,
    pub(crate) wave_lines: Vec<usize>,
    pub(crate) n_partners: usize,
    pub(crate) n_waves: usize,
    /// Names of partners and waves that could not be read.
    pub(crate) broken: Vec<String>,
}

/// Reads the file. Nothing if a key of the study is missing, because nothing else can be understood then.
pub(crate) fn read_study(table: &Table<'_, '_>) -> Option<StudyFile> {
    let id = table.required_text("id");
    let title = table.required_label("title");
    let population = table.required_label("population");
    let policy = table.required_text("policy");
    let partners = table.tables("partner");
    let waves = table.tables("wave");
    let languages = read_languages(table);
    let reask = table.table("reask");
    let reask_line = reask.as_ref().map_or(0, |table| table.line);
    let reask = reask.as_ref().map(read_reask);
    let access = read_access(&table.tables("access"));
    let [forms, checks, groups, reports] =
        ["forms", "checks", "groups", "reports"].map(|key| table.texts(key));
    let keys = table.required_table("keys");
    let keys = keys.as_ref().map(read_keys);
    table.finish();
    let (n_partners, n_waves) = (partners.len(), waves.len());
    let written: Vec<String> =
        partners.iter().chain(&waves).filter_map(|one| one.text("id")).collect();
    let (partners, partner_lines): (Vec<Partner>, Vec<usize>) =
        partners.iter().filter_map(read_partner).unzip();
    let (waves, wave_lines): (Vec<Wave>, Vec<usize>) = waves.iter().filter_map(read_wave).unzip();
    let is_read = |name: &String| {
        partners.iter().any(|one| one.id.as_str() == name)
            || waves.iter().any(|one| one.id.as_str() == name)
    };
    let broken = written.into_iter().filter(|name| !is_read(name)).collect();
    let Keys { names: [person, wave, partner, interview_date], weight, codes } = keys?;
    Some(StudyFile {
        study: Study {
            id: id?,
            title,
            population,
            languages,
            partners,
            waves,
            reask,
            access,
            policy: policy?,
            person: person?,
            codes,
            wave: wave?,
            partner: partner?,
            interview_date: interview_date?,
            weight,
        },
        forms,
        checks,
        groups,
        reports,
        policy_line: table.line_of("policy"),
        keys_line: table.line_of("keys"),
        reask_line,
        partner_lines,
        wave_lines,
        n_partners,
        n_waves,
        broken,
    })
}

/// Holds the variables that the program must know, and how far a person's code reaches.
struct Keys {
    /// Person, wave, partner and date of the interview.
    names: [Option<VariableName>; 4],
    weight: Option<VariableName>,
    codes: CodeScope,
}

fn read_keys(keys: &Table<'_, '_>) -> Keys {
    let names = ["person", "wave", "partner", "interview_date"].map(|key| {
        keys.required_text(key).and_then(|text| slug(keys, key, &text, VariableName::new))
    });
    let weight = keys.text("weight");
    let weight = weight.and_then(|text| slug(keys, "weight", &text, VariableName::new));
    let codes = keys.text("codes");
    let codes = codes.and_then(|word| one_of(keys, "codes", &word, &CodeScope::WORDS));
    keys.finish();
    Keys { names, weight, codes: codes.unwrap_or_default() }
}

fn read_languages(table: &Table<'_, '_>) -> Vec<Language> {
    let tags = table.texts("languages");
    let mut languages: Vec<Language> = tags
        .into_iter()
        .filter_map(|(tag, line)| {
            let language = Language::from_tag(&tag);
            if language.is_none() {
                table.source.error(line, &UNKNOWN_LANGUAGE, Args::new().text("name", tag));
            }
            language
        })
        .collect();
    if languages.is_empty() {
        languages = vec![Language::Fr, Language::En];
    }
    languages
}

/// Reads which questions are asked anew without showing the earlier answer.
fn read_reask(table: &Table<'_, '_>) -> Reask {
    let percent = table.count("percent").unwrap_or_default();
    if percent > 100 {
        table.source.error(table.line_of("percent"), &NO_PERCENT, Args::new());
    }
    let named = table.texts("variables").into_iter();
    let variables =
        named.filter_map(|(text, _)| slug(table, "variables", &text, VariableName::new)).collect();
    table.finish();
    Reask { percent, variables }
}

fn read_partner(table: &Table<'_, '_>) -> Option<(Partner, usize)> {
    let id = table.required_text("id").and_then(|text| slug(table, "id", &text, PartnerId::new));
    let label = table.required_label("label");
    let aliases = table.texts("aliases").into_iter().map(|(text, _)| text).collect();
    table.finish();
    Some((Partner { id: id?, label, aliases }, table.line))
}

fn read_wave(table: &Table<'_, '_>) -> Option<(Wave, usize)> {
    let id = table.required_text("id").and_then(|text| slug(table, "id", &text, WaveId::new));
    let label = table.required_label("label");
    let [from, to] = ["from", "to"].map(|key| {
        let text = table.required_text(key)?;
        if text.parse::<jiff::civil::Date>().is_err() {
            table.source.error(table.line_of(key), &NOT_A_DAY, Args::new().text("key", key));
            return None;
        }
        Some(text)
    });
    let aliases = table.texts("aliases").into_iter().map(|(text, _)| text).collect();
    let note = table.label("note").unwrap_or_default();
    let named = table.texts("note_variables").into_iter();
    let note_variables =
        named.filter_map(|(text, _)| slug(table, "note_variables", &text, VariableName::new));
    let note_variables = note_variables.collect();
    table.finish();
    let (id, from, to) = (id?, from?, to?);
    if to < from {
        table.source.error(table.line, &ENDS_BEFORE, Args::new().text("name", id.as_str()));
    }
    Some((Wave { id, label, from, to, aliases, note, note_variables }, table.line))
}
