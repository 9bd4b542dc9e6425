//! Reading a TOML table key by key: every fault is noted with its line, and no key is overlooked.

use std::cell::RefCell;
use std::ops::Range;

use catalyse_locale::{Args, Label, Language, Wording};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::source::Source;
use crate::nearest;

const UNKNOWN_KEY: Wording = Wording::new("clé inconnue « { $key } »", "unknown key `{ $key }`");
const MISSING_KEY: Wording =
    Wording::new("il manque la clé « { $key } »", "the key `{ $key }` is missing");
const WRONG_SHAPE: Wording =
    Wording::new("« { $key } » doit être { $expected }", "`{ $key }` must be { $expected }");
const NO_TEXT: Wording = Wording::new(
    "il manque le texte { $language } de « { $key } »",
    "the { $language } text of `{ $key }` is missing",
);
const UNKNOWN_LANGUAGE: Wording = Wording::new(
    "langue inconnue « { $language } » dans « { $key } » ; langues possibles : fr, en, nl, de",
    "unknown language `{ $language }` in `{ $key }`; possible languages: fr, en, nl, de",
);

/// Reads one table of a file. Each method names the key it reads; `finish` notes the keys that nobody read.
pub(crate) struct Table<'t, 'i> {
    pub(crate) source: &'t Source<'t>,
    /// The line where the table begins.
    pub(crate) line: usize,
    entries: &'t DeTable<'i>,
    known: RefCell<Vec<&'static str>>,
}

impl<'t, 'i> Table<'t, 'i> {
    pub(crate) fn new(
        source: &'t Source<'t>,
        entries: &'t DeTable<'i>,
        span: &Range<usize>,
    ) -> Self {
        Self { source, line: source.line_of(span.start), entries, known: RefCell::default() }
    }

    /// Returns the line of a key, else of the table.
    pub(crate) fn line_of(&self, key: &str) -> usize {
        let found = self.entries.iter().find(|(name, _)| name.get_ref().as_ref() == key);
        found.map_or(self.line, |(name, _)| self.source.line_of(name.span().start))
    }

    pub(crate) fn text(&self, key: &'static str) -> Option<String> {
        let text = self.get(key)?.as_str();
        self.shaped(key, text.map(str::to_owned), TEXT)
    }

    pub(crate) fn required_text(&self, key: &'static str) -> Option<String> {
        self.require(key).then(|| self.text(key)).flatten()
    }

    /// Reads `true`, `false` or a text.
    pub(crate) fn flag_or_text(&self, key: &'static str) -> Option<String> {
        let value = self.get(key)?;
        let text = match value.as_bool() {
            Some(true) => Some("TRUE".to_owned()),
            Some(false) => return None,
            None => value.as_str().map(str::to_owned),
        };
        self.shaped(key, text, ("true ou une condition", "true or a condition"))
    }

    pub(crate) fn count(&self, key: &'static str) -> Option<u32> {
        let count = self.get(key)?.as_integer();
        let count = count.and_then(|count| u32::from_str_radix(count.as_str(), count.radix()).ok());
        self.shaped(key, count, ("un nombre entier", "a whole number"))
    }

    pub(crate) fn texts(&self, key: &'static str) -> Vec<(String, usize)> {
        self.array(key)
            .into_iter()
            .filter_map(|(value, line)| {
                let text = value.get_ref().as_str().map(str::to_owned);
                Some((self.shaped(key, text, TEXTS)?, line))
            })
            .collect()
    }

    pub(crate) fn required_label(&self, key: &'static str) -> Label {
        if self.require(key) { self.label(key).unwrap_or_default() } else { Label::default() }
    }

    pub(crate) fn label(&self, key: &'static str) -> Option<Label> {
        let value = self.get(key)?;
        Some(self.label_of(key, value, self.line_of(key)))
    }

    pub(crate) fn labels(&self, key: &'static str) -> Vec<Label> {
        let values = self.array(key).into_iter();
        values.map(|(value, line)| self.label_of(key, value.get_ref(), line)).collect()
    }

    pub(crate) fn required_table(&self, key: &'static str) -> Option<Table<'t, 'i>> {
        self.require(key).then(|| self.table(key)).flatten()
    }

    /// Returns an inner table.
    pub(crate) fn table(&self, key: &'static str) -> Option<Table<'t, 'i>> {
        let value = self.get_spanned(key)?;
        let table = value.get_ref().as_table();
        let table = self.shaped(key, table, ("une table", "a table"))?;
        Some(Table::new(self.source, table, &value.span()))
    }

    /// Returns the tables of `[[key]]`.
    pub(crate) fn tables(&self, key: &'static str) -> Vec<Table<'t, 'i>> {
        self.array(key)
            .into_iter()
            .filter_map(|(value, _)| {
                let table = value.get_ref().as_table();
                let table = self.shaped(key, table, ("une suite de tables", "a list of tables"))?;
                Some(Table::new(self.source, table, &value.span()))
            })
            .collect()
    }

    /// Notes every key that nobody read.
    pub(crate) fn finish(&self) {
        let known = self.known.borrow();
        for (name, _) in self.entries {
            let key = name.get_ref().as_ref();
            if !known.contains(&key) {
                let line = self.source.line_of(name.span().start);
                let message = UNKNOWN_KEY.with(Args::new().text("key", key));
                self.source.error_with(line, message, nearest(key, known.iter().copied()));
            }
        }
    }

    /// Returns the keys that nobody read, as data for those who know them.
    pub(crate) fn rest(&self) -> toml::Table {
        let known = self.known.borrow();
        self.entries
            .iter()
            .filter(|(name, _)| !known.contains(&name.get_ref().as_ref()))
            .map(|(name, value)| (name.get_ref().to_string(), to_value(value.get_ref())))
            .collect()
    }

    fn get(&self, key: &'static str) -> Option<&'t DeValue<'i>> {
        self.get_spanned(key).map(Spanned::get_ref)
    }

    fn get_spanned(&self, key: &'static str) -> Option<&'t Spanned<DeValue<'i>>> {
        self.known.borrow_mut().push(key);
        self.entries.get(key)
    }

    fn array(&self, key: &'static str) -> Vec<(&'t Spanned<DeValue<'i>>, usize)> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let items = self.shaped(key, value.as_array(), ("une liste", "a list"));
        items
            .into_iter()
            .flat_map(|items| items.iter())
            .map(|item| (item, self.source.line_of(item.span().start)))
            .collect()
    }

    fn require(&self, key: &'static str) -> bool {
        let is_there = self.entries.contains_key(key);
        if !is_there {
            self.known.borrow_mut().push(key);
            self.source.error(self.line, &MISSING_KEY, Args::new().text("key", key));
        }
        is_there
    }

    fn shaped<T>(&self, key: &str, value: Option<T>, expected: (&str, &str)) -> Option<T> {
        if value.is_none() {
            let expected = Label::new(expected.0, expected.1);
            let args = Args::new().text("key", key).label("expected", &expected);
            self.source.error(self.line_of(key), &WRONG_SHAPE, args);
        }
        value
    }

    fn label_of(&self, key: &str, value: &DeValue<'_>, line: usize) -> Label {
        let Some(texts) = value.as_table() else {
            let table = value.as_table();
            self.shaped(
                key,
                table,
                (
                    "de la forme { fr = \"…\", en = \"…\" }",
                    "of the form { fr = \"…\", en = \"…\" }",
                ),
            );
            return Label::default();
        };
        let mut label = Label::default();
        for (tag, text) in texts {
            let tag = tag.get_ref().as_ref();
            match (Language::from_tag(tag), text.get_ref().as_str()) {
                (Some(language), Some(text)) => label.set(language, text),
                (Some(_), None) => _ = self.shaped::<()>(key, None, TEXT),
                (None, _) => {
                    let args = Args::new().text("language", tag).text("key", key);
                    self.source.error(line, &UNKNOWN_LANGUAGE, args);
                }
            }
        }
        for (language, name) in [
            (Language::Fr, Label::new("français", "French")),
            (Language::En, Label::new("anglais", "English")),
        ] {
            if label.exact(language).is_none_or(|text| text.trim().is_empty()) {
                let args = Args::new().text("key", key).label("language", &name);
                self.source.error(line, &NO_TEXT, args);
            }
        }
        label
    }
}

/// Returns everything a table holds, as data.
pub(crate) fn rest_of(table: &Table<'_, '_>) -> toml::Table {
    table.rest()
}

const TEXT: (&str, &str) = ("un texte entre guillemets", "a text in quotes");
const TEXTS: (&str, &str) = ("une liste de textes", "a list of texts");

/// Turns a value with places into plain data.
fn to_value(value: &DeValue<'_>) -> toml::Value {
    match value {
        DeValue::String(text) => toml::Value::String(text.to_string()),
        DeValue::Integer(number) => {
            let parsed = i64::from_str_radix(number.as_str(), number.radix());
            toml::Value::Integer(parsed.unwrap_or(i64::MAX))
        }
        DeValue::Float(number) => toml::Value::Float(number.as_str().parse().unwrap_or(f64::NAN)),
        DeValue::Boolean(truth) => toml::Value::Boolean(*truth),
        DeValue::Datetime(moment) => toml::Value::Datetime(*moment),
        DeValue::Array(items) => {
            toml::Value::Array(items.iter().map(|item| to_value(item.get_ref())).collect())
        }
        DeValue::Table(table) => toml::Value::Table(
            table
                .iter()
                .map(|(key, value)| (key.get_ref().to_string(), to_value(value.get_ref())))
                .collect(),
        ),
    }
}
