//! Who has no value of a quantity, by reason: the rows of a summary that have a count and no mean.

use catalyse_codebook::{MissingReason, Variable};
use catalyse_disclose::{Axis, Heading, Role};
use catalyse_locale::Label;

use crate::TabulateError;
use crate::answers::reasons;
use crate::caseload::Rows;
use crate::coding::{MissingLine, MissingRows, missing_headings};

/// Holds the reasons for which a quantity has no value, and the records without one.
pub(crate) struct Valueless {
    lines: Vec<MissingLine>,
    /// For each record the place of its reason; nothing if it has a value, or is outside the universe.
    place: Vec<Option<usize>>,
    /// For each record whether it is in the universe of the quantity.
    pub(crate) is_asked: Vec<bool>,
    is_derived: bool,
}

impl Valueless {
    /// Looks at every record.
    ///
    /// # Missing
    /// A record whose value is `not_applicable` is outside the universe of a quantity that may be so, as for frequencies.
    pub(crate) fn of(
        rows: Rows<'_>,
        quantity: &Variable,
        values: &[Option<f64>],
    ) -> Result<Self, TabulateError> {
        let lines = missing_headings(quantity, MissingRows::ByReason);
        let may_be_skipped = quantity.missing.contains(&MissingReason::NotApplicable);
        let reasons = reasons(rows.frame, quantity)?;
        let is_skipped = |reason: Option<MissingReason>| {
            may_be_skipped && reason == Some(MissingReason::NotApplicable)
        };
        let records = || values.iter().zip(&reasons);
        let is_asked = records().map(|(value, reason)| value.is_some() || !is_skipped(*reason));
        let place = records().map(|(value, reason)| match value {
            Some(_) => None,
            None if is_skipped(*reason) => None,
            None => Some(lines.iter().position(|line| (line.holds)(*reason)).unwrap_or(0)),
        });
        let (is_asked, place) = (is_asked.collect(), place.collect());
        Ok(Self { lines, place, is_asked, is_derived: quantity.is_derived() })
    }

    /// Says whether a record has no value for the reason at a place.
    pub(crate) fn is_for(&self, record: usize, reason: usize) -> bool {
        self.place.get(record).copied().flatten() == Some(reason)
    }

    /// Lists, reason by reason, what holds for the persons without a value.
    pub(crate) fn conditions(&self, quantity: &Variable) -> Vec<String> {
        let name = &quantity.name;
        self.lines.iter().map(|line| format!("{name} missing{}", line.which)).collect()
    }

    /// Adds the reasons and everybody to the rows of a summary, whose margin becomes those with a value.
    pub(crate) fn extend(&self, axis: &mut Axis) {
        for heading in axis.headings.iter_mut().filter(|heading| heading.role == Role::Total) {
            (heading.role, heading.key) = (Role::Answered, "answered".into());
        }
        let reasons = self.lines.iter().map(|line| Heading {
            key: line.key.to_owned(),
            label: self.words(line),
            role: Role::Missing,
        });
        axis.headings.extend(reasons);
        let label = Label::new("Ensemble, avec ou sans valeur", "All, with or without a value");
        axis.headings.push(Heading { key: "total".into(), label, role: Role::Total });
    }

    /// Returns the words of a reason. What is calculated has no value where it does not apply, and where it cannot be told.
    fn words(&self, line: &MissingLine) -> Label {
        if self.is_derived {
            return Label::new("sans valeur", "no value");
        }
        let [fr, en] = [catalyse_locale::Language::Fr, catalyse_locale::Language::En]
            .map(|language| line.label.get(language));
        Label::new(format!("sans valeur : {fr}"), format!("no value: {en}"))
    }
}
