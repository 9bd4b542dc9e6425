//! Codings: under which headings of an axis each record stands.

use catalyse_codebook::{Codebook, Level, MissingReason, Storage, Variable, VariableName};
use catalyse_disclose::{Axis, Heading, Role};
use catalyse_locale::{Label, Message};

use crate::TabulateError;
use crate::answers::{answers, reasons};
use crate::caseload::Rows;

/// Holds an axis and, for each record, the headings it stands under as bits. A record without bits is outside the universe.
pub(crate) struct Coding {
    pub(crate) axis: Axis,
    /// What holds for the persons under each heading; nothing for a heading that holds everybody of the universe.
    pub(crate) conditions: Vec<Option<String>>,
    /// What holds for everybody of the axis's own universe, if it has one.
    pub(crate) universe: Option<String>,
    pub(crate) bits: Vec<u128>,
    pub(crate) is_sensitive: bool,
    /// What a reader of the axis must know.
    pub(crate) notes: Vec<Message>,
}

impl Coding {
    /// Makes the axis without variable: everybody under one heading.
    pub(crate) fn all(n_rows: usize, label: &Label) -> Self {
        let heading = Heading { key: "total".into(), label: label.clone(), role: Role::Total };
        let axis = Axis {
            name: "all".into(),
            label: label.clone(),
            headings: vec![heading],
            is_exclusive: true,
            is_ordered: false,
        };
        Self {
            axis,
            conditions: vec![None],
            universe: None,
            bits: vec![1; n_rows],
            is_sensitive: false,
            notes: Vec::new(),
        }
    }

    /// Returns the index of the first heading with a role.
    pub(crate) fn position(&self, role: Role) -> Option<usize> {
        self.axis.headings.iter().position(|heading| heading.role == role)
    }

    /// Lists the indices of the categories.
    pub(crate) fn categories(&self) -> Vec<usize> {
        let headings = self.axis.headings.iter().enumerate();
        headings
            .filter(|(_, heading)| heading.role == Role::Category)
            .map(|(index, _)| index)
            .collect()
    }
}

/// Says how finely missing answers are told apart.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum MissingRows {
    /// A heading for each reason that people use: refused, unknown, the rest.
    ByReason,
    /// One heading.
    Together,
}

/// Makes the coding of a variable: its categories, those who answered, the missing, everybody.
///
/// # Missing
/// A record whose answer is `not_applicable` is outside the universe of a variable that may be so; a variable that may not be so counts
/// it among those without an answer. An answer that should have been skipped counts: it was given.
///
/// # Errors
/// The variable has no categories or too many.
pub(crate) fn code_variable(
    codebook: &Codebook,
    table: &str,
    rows: Rows<'_>,
    variable: &Variable,
    missing: MissingRows,
) -> Result<Coding, TabulateError> {
    let answers = answers(codebook, table, rows.frame, variable)?;
    let reasons = reasons(rows.frame, variable)?;
    let missing = missing_headings(variable, missing);
    let n_categories = answers.categories.len();
    let (headings, conditions) = lines(variable, &answers.categories, &missing);
    let answered = 1_u128 << n_categories;
    let total = 1_u128 << (headings.len() - 1);
    let may_be_skipped = variable.missing.contains(&MissingReason::NotApplicable);
    let bits = answers
        .bits
        .iter()
        .zip(&reasons)
        .map(|(bits, reason)| match (bits, reason) {
            (Some(bits), _) => bits | answered | total,
            (None, Some(MissingReason::NotApplicable)) if may_be_skipped => 0,
            (None, reason) => {
                let place = missing.iter().position(|line| (line.holds)(*reason)).unwrap_or(0);
                1_u128 << (n_categories + 1 + place) | total
            }
        })
        .collect();
    let axis = Axis {
        name: variable.name.to_string(),
        label: variable.label.clone(),
        headings,
        is_exclusive: variable.value_type.storage() != Storage::Codes,
        is_ordered: is_ordered(variable),
    };
    let universe = may_be_skipped.then(|| condition_asked(&variable.name));
    let is_sensitive = variable.sensitivity.is_strict();
    Ok(Coding { axis, conditions, universe, bits, is_sensitive, notes: Vec::new() })
}

fn is_ordered(variable: &Variable) -> bool {
    let wish = variable.appearance.as_deref().unwrap_or_default();
    wish.split(' ').any(|word| word == "ordered") || variable.value_type.level() == Level::Ordinal
}

/// Lists the headings of a variable and what holds for those under each.
fn lines(
    variable: &Variable,
    categories: &[(String, Label)],
    missing: &[MissingLine],
) -> (Vec<Heading>, Vec<Option<String>>) {
    let name = &variable.name;
    let heading = |key: &str, label: &Label, role: Role| Heading {
        key: key.to_owned(),
        label: label.clone(),
        role,
    };
    let answered = Label::new("Ont répondu", "Answered");
    let categories = categories
        .iter()
        .map(|(key, label)| (heading(key, label, Role::Category), Some(format!("{name}={key}"))));
    categories
        .chain([(heading("answered", &answered, Role::Answered), Some(condition_answered(name)))])
        .chain(missing.iter().map(|line| {
            let condition = format!("{name} missing{}", line.which);
            (heading(line.key, &line.label, Role::Missing), Some(condition))
        }))
        .chain([(heading("total", &everybody(), Role::Total), None)])
        .unzip()
}

/// Writes what holds for those who answered a variable.
pub(crate) fn condition_answered(variable: &VariableName) -> String {
    format!("{variable} answered")
}

/// Writes what holds for everybody of a variable's own universe.
pub(crate) fn condition_asked(variable: &VariableName) -> String {
    format!("asked:{variable}")
}

/// Returns the words for everybody.
pub(crate) fn everybody() -> Label {
    Label::new("Ensemble", "All")
}

/// Drops the headings of a coding that no record may stand under: waves or partners without records.
pub(crate) fn keep_headings(coding: Coding, keep: impl Fn(usize, &Heading) -> bool) -> Coding {
    let kept: Vec<usize> = (0..coding.axis.headings.len())
        .filter(|index| {
            coding.axis.headings.get(*index).is_some_and(|heading| keep(*index, heading))
        })
        .collect();
    let pick = |bits: u128| {
        kept.iter().enumerate().fold(0_u128, |picked, (to, from)| picked | (bits >> from & 1) << to)
    };
    let bits = coding.bits.iter().map(|bits| pick(*bits)).collect();
    let headings =
        kept.iter().filter_map(|index| coding.axis.headings.get(*index).cloned()).collect();
    let conditions =
        kept.iter().filter_map(|index| coding.conditions.get(*index).cloned()).collect();
    Coding { axis: Axis { headings, ..coding.axis }, conditions, bits, ..coding }
}

/// Holds a heading of missing answers.
pub(crate) struct MissingLine {
    pub(crate) key: &'static str,
    pub(crate) label: Label,
    /// Which of the missing, as the name of the population says it: `=refused`; nothing if all of them.
    pub(crate) which: &'static str,
    pub(crate) holds: fn(Option<MissingReason>) -> bool,
}

/// Lists the headings of missing answers. Which ones exist depends on the schema alone, so that their presence says nothing.
///
/// "No answer" is everybody without one if it stands alone, and the rest beside reasons: two populations with two names.
pub(crate) fn missing_headings(variable: &Variable, missing: MissingRows) -> Vec<MissingLine> {
    let mut lines = Vec::new();
    if missing == MissingRows::ByReason && !variable.is_derived() {
        if variable.missing.contains(&MissingReason::Refused) {
            lines.push(MissingLine {
                key: "refused",
                label: MissingReason::Refused.label(),
                which: "=refused",
                holds: |reason| reason == Some(MissingReason::Refused),
            });
        }
        if variable.missing.contains(&MissingReason::Unknown) {
            lines.push(MissingLine {
                key: "unknown",
                label: MissingReason::Unknown.label(),
                which: "=unknown",
                holds: |reason| reason == Some(MissingReason::Unknown),
            });
        }
    }
    let rest = match (variable.is_derived(), lines.is_empty()) {
        (true, _) => Label::new("ne peut être déterminé", "cannot be determined"),
        (false, true) => Label::new("sans réponse", "no answer"),
        (false, false) => Label::new("autre absence de réponse", "no answer for another reason"),
    };
    let which = if lines.is_empty() { "" } else { "=other" };
    lines.push(MissingLine { key: "no_answer", label: rest, which, holds: |_| true });
    lines
}
