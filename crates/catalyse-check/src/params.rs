//! Reading the parameters of a check: what is missing, misspelt or of the wrong type is a problem with file and line.

use std::cell::RefCell;
use std::collections::BTreeSet;

use catalyse_codebook::{CheckSpec, Problem, nearest};
use catalyse_locale::{Args, Label, Message, Wording};

const IS_MISSING: Wording = Wording::new(
    "le contrôle « { $check } » (genre { $kind }) n'a pas le paramètre « { $key } »",
    "the check `{ $check }` (kind { $kind }) lacks the parameter `{ $key }`",
);
const IS_UNKNOWN: Wording = Wording::new(
    "le contrôle « { $check } » (genre { $kind }) ne connaît pas le paramètre « { $key } »",
    "the check `{ $check }` (kind { $kind }) does not know the parameter `{ $key }`",
);
const IS_OF_WRONG_TYPE: Wording = Wording::new(
    "le paramètre « { $key } » du contrôle « { $check } » doit être { $wanted }",
    "the parameter `{ $key }` of the check `{ $check }` must be { $wanted }",
);

/// Reads the parameters of one check and remembers which were asked for.
pub struct Params<'s> {
    spec: &'s CheckSpec,
    asked: RefCell<BTreeSet<&'static str>>,
}

impl<'s> Params<'s> {
    /// Makes a reader of a check's parameters.
    pub fn new(spec: &'s CheckSpec) -> Self {
        Self { spec, asked: RefCell::default() }
    }

    /// Returns a parameter as it is written.
    pub fn get(&self, key: &'static str) -> Option<&'s toml::Value> {
        self.asked.borrow_mut().insert(key);
        self.spec.params.get(key)
    }

    /// Returns a text.
    ///
    /// # Errors
    /// It is no text.
    pub fn text(&self, key: &'static str) -> Result<Option<&'s str>, Box<Problem>> {
        let read = |value: &'s toml::Value| {
            value.as_str().ok_or_else(|| self.wrong_type(key, &Label::new("un texte", "a text")))
        };
        self.get(key).map(read).transpose()
    }

    /// Returns a text that must be there.
    ///
    /// # Errors
    /// It is missing or no text.
    pub fn required_text(&self, key: &'static str) -> Result<&'s str, Box<Problem>> {
        self.text(key)?.ok_or_else(|| self.missing(key))
    }

    /// Returns texts: one, or a list of them. An absent parameter gives none.
    ///
    /// # Errors
    /// It is neither.
    pub fn texts(&self, key: &'static str) -> Result<Vec<&'s str>, Box<Problem>> {
        let wrong = || self.wrong_type(key, &Label::new("une liste de textes", "a list of texts"));
        match self.get(key) {
            None => Ok(Vec::new()),
            Some(toml::Value::String(text)) => Ok(vec![text]),
            Some(toml::Value::Array(values)) => {
                values.iter().map(|value| value.as_str().ok_or_else(wrong)).collect()
            }
            Some(_) => Err(wrong()),
        }
    }

    /// Returns a number.
    ///
    /// # Errors
    /// It is no number.
    pub fn number(&self, key: &'static str) -> Result<Option<f64>, Box<Problem>> {
        match self.get(key) {
            None => Ok(None),
            Some(toml::Value::Integer(number)) => Ok(Some(*number as f64)),
            Some(toml::Value::Float(number)) if number.is_finite() => Ok(Some(*number)),
            Some(_) => Err(self.wrong_type(key, &Label::new("un nombre", "a number"))),
        }
    }

    /// Returns whether a flag is set. An absent one is not.
    ///
    /// # Errors
    /// It is neither true nor false.
    pub fn flag(&self, key: &'static str) -> Result<bool, Box<Problem>> {
        let wanted = Label::new("`true` ou `false`", "`true` or `false`");
        self.get(key)
            .map_or(Ok(false), |value| value.as_bool().ok_or_else(|| self.wrong_type(key, &wanted)))
    }

    /// Makes the problem of a parameter that is missing.
    pub fn missing(&self, key: &'static str) -> Box<Problem> {
        self.problem(&IS_MISSING, Args::new().text("key", key))
    }

    /// Makes the problem of a parameter that is not what it should be.
    pub fn wrong_type(&self, key: &'static str, wanted: &Label) -> Box<Problem> {
        self.problem(&IS_OF_WRONG_TYPE, Args::new().text("key", key).label("wanted", wanted))
    }

    /// Makes a problem of this check. The holes `$check` and `$kind` are filled.
    pub fn problem(&self, wording: &Wording, args: Args) -> Box<Problem> {
        self.problem_with(wording, args, None)
    }

    /// Makes a problem of this check, with what to do.
    pub fn problem_with(
        &self,
        wording: &Wording,
        args: Args,
        hint: Option<Message>,
    ) -> Box<Problem> {
        let (file, line) = self.spec.written_at.clone();
        let args = args.text("check", self.spec.id.as_str()).text("kind", &self.spec.kind);
        Box::new(Problem::error(file, line, wording.with(args)).with_hint(hint))
    }

    /// Makes sure that no parameter was left that the kind did not ask for.
    ///
    /// # Errors
    /// There is one: probably a typing error.
    pub fn finish(&self) -> Result<(), Box<Problem>> {
        let asked = self.asked.borrow();
        let left = self.spec.params.keys().find(|key| !asked.contains(key.as_str()));
        left.map_or(Ok(()), |key| {
            let hint = nearest(key, asked.iter().copied());
            Err(self.problem_with(&IS_UNKNOWN, Args::new().text("key", key), hint))
        })
    }
}
