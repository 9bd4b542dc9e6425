//! Forms and their variables: what one record is about, and what is asked.

use catalyse_locale::{Label, Language};
use serde::{Deserialize, Serialize};

use crate::{FormName, ListName, ValueType, VariableName};

/// Holds one form: what a record is about and its sections in the order they are asked.
#[derive(Clone, Debug)]
pub struct Form {
    /// The name, `situation`.
    pub name: FormName,
    /// The title for people.
    pub title: Label,
    /// What one record of the form is.
    pub grain: Grain,
    /// The sections (*thèmes*) in the order they are asked.
    pub sections: Vec<Section>,
}

impl Form {
    /// Lists the variables in the order they are asked.
    pub fn variables(&self) -> impl Iterator<Item = &Variable> {
        self.sections.iter().flat_map(|section| &section.variables)
    }
}

/// Says what one record of a form is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Grain {
    /// A person, once: who the person is. Its variables stand in the same row as those of `PersonWave`.
    Person,
    /// A person in a wave. One row a person and wave.
    PersonWave,
    /// Something that a person has several of: a work spell, a visit. Keyed by person, wave and number.
    Repeat,
}

/// Holds one section of a form.
#[derive(Clone, Debug)]
pub struct Section {
    /// The name, `mobility`.
    pub name: String,
    /// The title for people.
    pub title: Label,
    /// The variables in the order they are asked.
    pub variables: Vec<Variable>,
}

/// Holds one variable. Its words are those of XLSForm where XLSForm has one.
#[derive(Clone, Debug)]
pub struct Variable {
    /// The name: the column of the record.
    pub name: VariableName,
    /// The type, `select_one`.
    pub value_type: &'static dyn ValueType,
    /// The code list, for the types that have one.
    pub list: Option<ListName>,
    /// The name for people, short: the head of a column.
    pub label: Label,
    /// What the encoder reads beside the field.
    pub hint: Label,
    /// What the variable means.
    pub definition: Label,
    /// Answers as they should be written.
    pub examples: Vec<Label>,
    /// Other heads under which partners send this variable.
    pub aliases: Vec<String>,
    /// Whether a record without it, and without a reason, is a finding: SQL, `TRUE` for always.
    pub required: Option<String>,
    /// The condition under which it is asked (SQL). It is skipped only when the condition is FALSE.
    pub relevant: Option<String>,
    /// A condition its value must meet (SQL).
    pub constraint: Option<String>,
    /// What to say when the constraint is not met.
    pub constraint_message: Option<Label>,
    /// How its value follows from other variables (SQL). Such a variable is never asked.
    pub calculation: Option<String>,
    /// The value an entry form begins with, as text.
    pub default: Option<String>,
    /// A wish for how it is shown, XLSForm's `appearance`.
    pub appearance: Option<String>,
    /// The reasons for which it may be missing.
    pub missing: Vec<MissingReason>,
    /// How careful one must be with it.
    pub sensitivity: Sensitivity,
    /// Why it is asked.
    pub purpose: Label,
    /// For how many months after the person's last record it is kept.
    pub retention_months: Option<u32>,
    /// The standard it maps to, with its version.
    pub concept: Option<String>,
    /// The first wave it is asked in.
    pub since: Option<crate::WaveId>,
    /// The last wave it is asked in.
    pub until: Option<crate::WaveId>,
}

impl Variable {
    /// Says whether the program works it out and nobody is asked.
    pub const fn is_derived(&self) -> bool {
        self.calculation.is_some()
    }
}

/// Says how careful one must be with a variable.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sensitivity {
    /// It says who the person is. Never in an analysis.
    Identifying,
    /// It is data concerning health (GDPR art. 4(15) and 9) or another special category.
    Health,
    /// It is no special category, and yet harms if it is told of somebody: homelessness, income and debts, origin, justice (GDPR art. 10).
    Sensitive,
    /// None of these.
    #[default]
    Plain,
}

impl Sensitivity {
    /// Returns the name as schemas write it, `health`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Identifying => "identifying",
            Self::Health => "health",
            Self::Sensitive => "sensitive",
            Self::Plain => "plain",
        }
    }

    /// Returns the words for people.
    pub fn label(self) -> Label {
        match self {
            Self::Identifying => Label::new("identité", "identity"),
            Self::Health => Label::new("santé", "health"),
            Self::Sensitive => Label::new("donnée délicate", "sensitive"),
            Self::Plain => Label::new("donnée ordinaire", "plain"),
        }
    }

    /// Says whether tables of the variable keep to the stricter rules.
    pub const fn is_strict(self) -> bool {
        match self {
            Self::Health | Self::Sensitive => true,
            Self::Identifying | Self::Plain => false,
        }
    }
}

/// Says why a value is missing. It stands beside an empty value, never in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MissingReason {
    /// The question was not put.
    NotAsked,
    /// The question does not apply to the person; set by a skip.
    NotApplicable,
    /// The person would not say.
    Refused,
    /// The person does not know.
    Unknown,
    /// The paper cannot be read.
    Illegible,
    /// Something was written that cannot be this value; it waits for a correction.
    ToCheck,
}

impl MissingReason {
    /// Lists every reason. The order is the code in a column of reasons.
    pub const ALL: [Self; 6] = [
        Self::NotAsked,
        Self::NotApplicable,
        Self::Refused,
        Self::Unknown,
        Self::Illegible,
        Self::ToCheck,
    ];

    /// Returns the name as schemas and conditions write it, `not_asked`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotAsked => "not_asked",
            Self::NotApplicable => "not_applicable",
            Self::Refused => "refused",
            Self::Unknown => "unknown",
            Self::Illegible => "illegible",
            Self::ToCheck => "to_check",
        }
    }

    /// Returns the reason of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.name() == name)
    }

    /// Returns the words for people.
    pub fn label(self) -> Label {
        match self {
            Self::NotAsked => words(["non demandé", "not asked", "niet gevraagd", "nicht gefragt"]),
            Self::NotApplicable => {
                words(["sans objet", "not applicable", "niet van toepassing", "trifft nicht zu"])
            }
            Self::Refused => words([
                "refus de répondre",
                "refused",
                "weigert te antwoorden",
                "Antwort verweigert",
            ]),
            Self::Unknown => words(["ne sait pas", "does not know", "weet niet", "weiß nicht"]),
            Self::Illegible => words(["illisible", "illegible", "onleesbaar", "unleserlich"]),
            Self::ToCheck => words(["à vérifier", "to check", "na te kijken", "zu prüfen"]),
        }
    }
}

/// Makes a label of its words in French, English, Dutch and German.
fn words([fr, en, nl, de]: [&str; 4]) -> Label {
    let mut label = Label::new(fr, en);
    label.set(Language::Nl, nl);
    label.set(Language::De, de);
    label
}
