//! Sentences of the program in French and English, with holes, plurals and numbers by Fluent.

use std::borrow::Cow;
use std::collections::BTreeMap;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use serde::{Deserialize, Serialize};
use unic_langid::LanguageIdentifier;

use crate::{Label, Language, decimal, integer};

/// Holds one sentence in French and English. A pattern is a Fluent pattern: `{ $n -> [one] { $n } fiche *[other] { $n } fiches }`.
///
/// Both patterns have the same named holes. In French `one` holds for 0 and 1, so that a variant shows the number, never the word « une » or "one".
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Wording {
    /// The French pattern.
    pub fr: Cow<'static, str>,
    /// The English pattern.
    pub en: Cow<'static, str>,
}

impl Wording {
    /// Makes a wording of two patterns known at compile time.
    pub const fn new(fr: &'static str, en: &'static str) -> Self {
        Self { fr: Cow::Borrowed(fr), en: Cow::Borrowed(en) }
    }

    /// Returns the sentence in the language, its holes filled. A hole without a value shows its name.
    ///
    /// ```
    /// use catalyse_locale::{Args, Language, Wording};
    /// const READ: Wording = Wording::new("{ $n -> [one] { $n } fiche *[other] { $n } fiches }", "{ $n -> [one] { $n } record *[other] { $n } records }");
    /// assert_eq!(READ.say(Language::Fr, &Args::new().count("n", 0)), "0 fiche");
    /// assert_eq!(READ.say(Language::En, &Args::new().count("n", 0)), "0 records");
    /// ```
    pub fn say(&self, language: Language, args: &Args) -> String {
        match language {
            Language::Fr => say_pattern(&self.fr, language, args),
            Language::En | Language::Nl | Language::De => say_pattern(&self.en, Language::En, args),
        }
    }

    /// Turns the wording into a sentence that still knows both languages.
    pub fn with(&self, args: Args) -> Message {
        Message { wording: self.clone(), args }
    }
}

impl From<&Label> for Wording {
    fn from(label: &Label) -> Self {
        Self {
            fr: Cow::Owned(label.get(Language::Fr).to_owned()),
            en: Cow::Owned(label.get(Language::En).to_owned()),
        }
    }
}

/// Holds a wording with the values of its holes: what a finding or a problem says, before the reader's language is known.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Message {
    /// The sentence.
    pub wording: Wording,
    /// The values of its holes. Never a person's value.
    pub args: Args,
}

impl Message {
    /// Returns the sentence in the language.
    pub fn say(&self, language: Language) -> String {
        self.wording.say(language, &self.args)
    }
}

/// Holds the values of the holes of a wording.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Args(BTreeMap<Cow<'static, str>, Arg>);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
enum Arg {
    Text(String),
    Label(Label),
    Count(i64),
    Number(f64, usize),
}

impl Args {
    /// Makes an empty list of values.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a text that is the same in every language: a name, a code, a file.
    #[must_use]
    pub fn text(self, name: impl Into<Cow<'static, str>>, text: impl Into<String>) -> Self {
        self.with(name, Arg::Text(text.into()))
    }

    /// Adds a text that depends on the language.
    #[must_use]
    pub fn label(self, name: impl Into<Cow<'static, str>>, label: &Label) -> Self {
        self.with(name, Arg::Label(label.clone()))
    }

    /// Adds a whole number, which also chooses plurals.
    #[must_use]
    pub fn count(self, name: impl Into<Cow<'static, str>>, count: impl TryInto<i64>) -> Self {
        self.with(name, Arg::Count(count.try_into().unwrap_or(i64::MAX)))
    }

    /// Adds a number with its count of decimals.
    #[must_use]
    pub fn number(self, name: impl Into<Cow<'static, str>>, number: f64, decimals: usize) -> Self {
        self.with(name, Arg::Number(number, decimals))
    }

    /// Lists the names of the values.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(AsRef::as_ref)
    }

    fn with(mut self, name: impl Into<Cow<'static, str>>, arg: Arg) -> Self {
        self.0.insert(name.into(), arg);
        self
    }

    fn to_fluent(&self, language: Language) -> FluentArgs<'static> {
        self.0
            .iter()
            .map(|(name, arg)| {
                let value = match arg {
                    Arg::Text(text) => FluentValue::from(text.clone()),
                    Arg::Label(label) => FluentValue::from(label.get(language).to_owned()),
                    Arg::Count(count) => FluentValue::from(*count),
                    Arg::Number(number, decimals) => {
                        FluentValue::from(decimal(language, *number, *decimals))
                    }
                };
                (name.to_string(), value)
            })
            .collect()
    }
}

/// Fills the holes of one pattern.
fn say_pattern(pattern: &str, language: Language, args: &Args) -> String {
    // A pattern without a hole is the usual case and needs no parser.
    if !pattern.contains('{') {
        return pattern.to_owned();
    }
    let (Ok(resource) | Err((resource, _))) = FluentResource::try_new(to_resource(pattern));
    let identifier: LanguageIdentifier = language.tag().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new(vec![identifier]);
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match language {
        Language::Fr => format_fr,
        Language::En | Language::Nl | Language::De => format_en,
    }));
    if bundle.add_resource(resource).is_err() {
        return pattern.to_owned();
    }
    let mut unfilled = Vec::new();
    bundle.get_message("m").and_then(|message| message.value()).map_or_else(
        || pattern.to_owned(),
        |value| {
            bundle
                .format_pattern(value, Some(&args.to_fluent(language)), &mut unfilled)
                .into_owned()
        },
    )
}

/// Writes a one-line pattern as a Fluent resource, in which each variant of a plural begins a line.
fn to_resource(pattern: &str) -> String {
    const KEYS: [&str; 9] =
        ["[zero]", "[one]", "[two]", "[few]", "[many]", "[other]", "*[other]", "[0]", "[1]"];
    let mut resource = String::from("m = ");
    let mut depth = 0_u32;
    let mut selectors = Vec::new();
    let mut rest = pattern;
    while let Some(letter) = rest.chars().next() {
        if !selectors.is_empty()
            && !resource.ends_with('*')
            && KEYS.iter().any(|key| rest.starts_with(key))
        {
            resource.push_str("\n    ");
        }
        match letter {
            '{' => {
                depth += 1;
                if rest.split(['{', '}']).nth(1).is_some_and(|inside| inside.contains("->")) {
                    selectors.push(depth);
                }
            }
            '}' => {
                if selectors.last() == Some(&depth) {
                    selectors.pop();
                    resource.push_str("\n    ");
                }
                depth = depth.saturating_sub(1);
            }
            _ => {}
        }
        resource.push(letter);
        rest = &rest[letter.len_utf8()..];
    }
    resource.push('\n');
    resource
}

fn format_fr<M>(value: &FluentValue, _: &M) -> Option<String> {
    whole(value).map(|number| integer(Language::Fr, number))
}

fn format_en<M>(value: &FluentValue, _: &M) -> Option<String> {
    whole(value).map(|number| integer(Language::En, number))
}

fn whole(value: &FluentValue) -> Option<i64> {
    match value {
        FluentValue::Number(number) => Some(number.value as i64),
        FluentValue::String(_)
        | FluentValue::Custom(_)
        | FluentValue::None
        | FluentValue::Error => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Args, Wording};
    use crate::{Label, Language};

    const FOUND: Wording = Wording::new(
        "{ $file } : { $n -> [one] { $n } ligne *[other] { $n } lignes } de { $partner } [c]",
        "{ $file }: { $n -> [one] { $n } row *[other] { $n } rows } of { $partner } [c]",
    );

    #[test]
    fn holes_plurals_and_numbers_follow_the_language() {
        let args = Args::new()
            .text("file", "nord.csv")
            .count("n", 12_345)
            .label("partner", &Label::new("Le Nord", "The North"));
        assert_eq!(
            FOUND.say(Language::Fr, &args),
            "nord.csv : 12\u{202f}345 lignes de Le Nord [c]"
        );
        assert_eq!(FOUND.say(Language::En, &args), "nord.csv: 12,345 rows of The North [c]");
        let one = args.count("n", 1);
        assert_eq!(FOUND.say(Language::Fr, &one), "nord.csv : 1 ligne de Le Nord [c]");
    }

    #[test]
    fn an_empty_hole_shows_its_name_and_a_text_is_never_read_as_a_pattern() {
        assert_eq!(Wording::new("a { $b }", "").say(Language::Fr, &Args::new()), "a {$b}");
        let args = Args::new().text("b", "{ $c } -> [one]");
        assert_eq!(Wording::new("a { $b }", "").say(Language::Fr, &args), "a { $c } -> [one]");
    }
}
