//! Codings: under which headings of an axis each record stands.

use catalyse_codebook::{Codebook, Level, MissingReason, Storage, Variable, VariableName};
use catalyse_disclose::{Axis, Heading, Role};
use catalyse_locale::{Label, Wording};
use catalyse_records::reason_column;
use polars::prelude::*;

use crate::TabulateError;
use crate::caseload::{Rows, physical_codes};

/// An axis may have this many headings, margins included: one bit each.
const MOST_HEADINGS: usize = 128;

/// Holds an axis and, for each record, the headings it stands under as bits. A record without bits is outside the universe.
pub(crate) struct Coding {
    pub(crate) axis: Axis,
    /// What holds for the persons under each heading; nothing for a heading that holds everybody of the universe.
    pub(crate) conditions: Vec<Option<String>>,
    /// What holds for everybody of the axis's own universe, if it has one.
    pub(crate) universe: Option<String>,
    pub(crate) bits: Vec<u128>,
    pub(crate) is_sensitive: bool,
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
pub(crate) fn code_variable(
    codebook: &Codebook,
    rows: Rows<'_>,
    variable: &Variable,
    missing: MissingRows,
) -> Result<Coding, TabulateError> {
    let answers = answers(codebook, rows.frame, variable)?;
    let n_categories = answers.categories.len();
    let reasons = reasons(rows.frame, variable)?;
    let mut headings: Vec<Heading> = answers.categories.iter().map(category_heading).collect();
    let mut conditions: Vec<Option<String>> = answers
        .categories
        .iter()
        .map(|(key, _)| Some(format!("{}={key}", variable.name)))
        .collect();
    headings.push(Heading {
        key: "answered".into(),
        label: ANSWERED.into_label(),
        role: Role::Answered,
    });
    conditions.push(Some(format!("{} answered", variable.name)));
    let missing_of = missing_headings(variable, missing);
    for (key, label, _) in &missing_of {
        headings.push(Heading { key: key.clone(), label: label.clone(), role: Role::Missing });
        conditions.push(Some(format!("{} missing={key}", variable.name)));
    }
    headings.push(Heading { key: "total".into(), label: TOTAL.into_label(), role: Role::Total });
    conditions.push(None);
    if headings.len() > MOST_HEADINGS {
        return Err(TabulateError::unknown("", &TOO_MANY, variable.name.as_str()));
    }
    let total = 1_u128 << (headings.len() - 1);
    let answered = 1_u128 << n_categories;
    let bits = answers
        .bits
        .iter()
        .zip(&reasons)
        .map(|(bits, reason)| match (bits, reason) {
            (Some(bits), _) => bits | answered | total,
            (None, Some(MissingReason::NotApplicable)) => 0,
            (None, reason) => {
                let place = missing_of.iter().position(|(_, _, holds)| holds(*reason)).unwrap_or(0);
                1_u128 << (n_categories + 1 + place) | total
            }
        })
        .collect();
    let axis = Axis {
        name: variable.name.to_string(),
        label: variable.label.clone(),
        headings,
        is_exclusive: variable.value_type.storage() != Storage::Codes,
        is_ordered: variable
            .appearance
            .as_deref()
            .is_some_and(|wish| wish.split(' ').any(|word| word == "ordered"))
            || variable.value_type.level() == Level::Ordinal,
    };
    let universe = variable.relevant.as_ref().map(|_| format!("asked:{}", variable.name));
    let is_sensitive = variable.sensitivity == catalyse_codebook::Sensitivity::Health;
    Ok(Coding { axis, conditions, universe, bits, is_sensitive })
}

/// Makes the coding of the target groups: one may belong to several, and there is no base but everybody.
pub(crate) fn code_target_groups(
    codebook: &Codebook,
    rows: Rows<'_>,
    belongs: impl Fn(&str) -> Result<Vec<bool>, TabulateError>,
) -> Result<Coding, TabulateError> {
    let groups = &codebook.target_groups;
    let mut bits = vec![0_u128; rows.frame.height()];
    let mut headings = Vec::new();
    let mut conditions = Vec::new();
    for (index, group) in groups.iter().enumerate().take(MOST_HEADINGS - 1) {
        for (bits, belongs) in bits.iter_mut().zip(belongs(&group.condition)?) {
            *bits |= u128::from(belongs) << index;
        }
        headings.push(Heading {
            key: group.name.to_string(),
            label: group.label.clone(),
            role: Role::Category,
        });
        conditions.push(Some(format!("group={}", group.name)));
    }
    let total = 1_u128 << headings.len();
    headings.push(Heading { key: "total".into(), label: TOTAL.into_label(), role: Role::Total });
    conditions.push(None);
    for bits in &mut bits {
        *bits |= total;
    }
    let label = Label::new("Groupes cibles", "Target groups");
    let axis = Axis {
        name: "target_groups".into(),
        label,
        headings,
        is_exclusive: false,
        is_ordered: false,
    };
    // A group may be defined by a health variable; the stricter rules cost little here.
    Ok(Coding { axis, conditions, universe: None, bits, is_sensitive: true })
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

struct Answers {
    /// Key and words of each category.
    categories: Vec<(String, Label)>,
    /// The categories of each row as bits; nothing if it has no answer.
    bits: Vec<Option<u128>>,
}

fn answers(
    codebook: &Codebook,
    frame: &DataFrame,
    variable: &Variable,
) -> Result<Answers, TabulateError> {
    let listed = || -> Vec<(String, Label)> {
        let list = codebook.list_of(variable).into_iter().flat_map(|list| &list.categories);
        list.map(|category| (category.code.clone(), category.label.clone())).collect()
    };
    let name = variable.name.as_str();
    match variable.value_type.storage() {
        Storage::Code => {
            let codes = physical_codes(frame, name)?;
            let bits =
                codes.into_iter().map(|code| code.map(|code| 1_u128 << code.min(127))).collect();
            Ok(Answers { categories: listed(), bits })
        }
        Storage::Boolean => {
            let flags = frame.column(name)?.bool()?.iter();
            let bits = flags.map(|flag| flag.map(|is_true| if is_true { 1 } else { 2 })).collect();
            let yes_and_no = [("true", "oui", "yes"), ("false", "non", "no")];
            let categories =
                yes_and_no.map(|(key, fr, en)| (key.to_owned(), Label::new(fr, en))).to_vec();
            Ok(Answers { categories, bits })
        }
        Storage::Codes => {
            let mut bits = vec![None; frame.height()];
            for (index, column) in
                catalyse_records::column_names(codebook, variable).iter().enumerate()
            {
                for (bits, flag) in bits.iter_mut().zip(frame.column(column)?.bool()?.iter()) {
                    if let Some(is_chosen) = flag {
                        *bits = Some(bits.unwrap_or(0_u128) | u128::from(is_chosen) << index);
                    }
                }
            }
            Ok(Answers { categories: listed(), bits })
        }
        Storage::Integer | Storage::Decimal | Storage::Date | Storage::Text => {
            Err(TabulateError::unknown("", &NO_CATEGORIES, name))
        }
    }
}

/// Returns the reason of each row, where one stands beside an empty value.
fn reasons(
    frame: &DataFrame,
    variable: &Variable,
) -> Result<Vec<Option<MissingReason>>, TabulateError> {
    let column = reason_column(&variable.name);
    if frame.column(&column).is_err() {
        return Ok(vec![None; frame.height()]);
    }
    let codes = physical_codes(frame, &column)?;
    let reason = |code: u32| MissingReason::ALL.get(code as usize).copied();
    Ok(codes.into_iter().map(|code| code.and_then(reason)).collect())
}

type Holds = fn(Option<MissingReason>) -> bool;

/// Lists the headings of missing answers. Which ones exist depends on the schema alone, so that their presence says nothing.
fn missing_headings(variable: &Variable, missing: MissingRows) -> Vec<(String, Label, Holds)> {
    let mut headings: Vec<(String, Label, Holds)> = Vec::new();
    if missing == MissingRows::ByReason && !variable.is_derived() {
        for (reason, holds) in [
            (MissingReason::Refused, (|reason| reason == Some(MissingReason::Refused)) as Holds),
            (MissingReason::Unknown, |reason| reason == Some(MissingReason::Unknown)),
        ] {
            if variable.missing.contains(&reason) {
                headings.push((reason.name().to_owned(), reason.label(), holds));
            }
        }
    }
    let rest = match (variable.is_derived(), headings.is_empty()) {
        (true, _) => Label::new("ne peut être déterminé", "cannot be determined"),
        (false, true) => Label::new("sans réponse", "no answer"),
        (false, false) => Label::new("autre absence de réponse", "no answer for another reason"),
    };
    headings.push(("no_answer".to_owned(), rest, |_| true));
    headings
}

fn category_heading((key, label): &(String, Label)) -> Heading {
    Heading { key: key.clone(), label: label.clone(), role: Role::Category }
}

struct Words(&'static str, &'static str);

impl Words {
    fn into_label(self) -> Label {
        Label::new(self.0, self.1)
    }
}

const ANSWERED: Words = Words("Ont répondu", "Answered");
const TOTAL: Words = Words("Ensemble", "All");

const NO_CATEGORIES: Wording = Wording::new(
    "`{ $name }` n’a pas de modalités et ne peut faire les lignes ou les colonnes d’un tableau. Prenez une variable dérivée en classes, ou `kind = \"summary\"`.",
    "`{ $name }` has no categories and cannot make the rows or columns of a table. Take a derived variable in bands, or `kind = \"summary\"`.",
);
const TOO_MANY: Wording = Wording::new(
    "`{ $name }` a trop de modalités pour un tableau (plus de 120). Prenez une variable qui les regroupe.",
    "`{ $name }` has too many categories for a table (more than 120). Take a variable that groups them.",
);

/// Returns the variable of a name, or the error that names the nearest ones.
pub(crate) fn find_variable<'a>(
    codebook: &'a Codebook,
    table: &str,
    name: &str,
) -> Result<&'a Variable, TabulateError> {
    const UNKNOWN: Wording = Wording::new(
        "tableau `{ $table }` : l’étude n’a pas de variable `{ $name }`. Vérifiez la définition du rapport.",
        "table `{ $table }`: the study has no variable `{ $name }`. Check the report definition.",
    );
    let variable = VariableName::new(name).ok().and_then(|name| codebook.variable(&name));
    variable.ok_or_else(|| TabulateError::unknown(table, &UNKNOWN, name))
}
