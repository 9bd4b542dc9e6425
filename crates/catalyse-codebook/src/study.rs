//! What a study says of itself: its languages, keys, partners, waves and target groups.

use catalyse_locale::{Label, Language};

use crate::{Access, GroupName, PartnerId, Reask, VariableName, WaveId};

/// Holds what a study says of itself.
#[derive(Clone, Debug)]
pub struct Study {
    /// The name, `integra`.
    pub id: String,
    /// The title for people.
    pub title: Label,
    /// Who is meant by "persons" in this study, for the *Champ* of a report.
    pub population: Label,
    /// The languages its texts are written in, the first one first.
    pub languages: Vec<Language>,
    /// The partners in the order of reports.
    pub partners: Vec<Partner>,
    /// The waves in time.
    pub waves: Vec<Wave>,
    /// Which questions are asked anew at the next wave without showing the earlier answer, if the study wants it.
    pub reask: Option<Reask>,
    /// Which roles see answers of a sensitivity in entry, each with its reason. Answers about health are seen by nobody else.
    pub access: Vec<Access>,
    /// The name of its disclosure policy.
    pub policy: String,
    /// The variable that names the person: the pseudonym.
    pub person: VariableName,
    /// Who gives persons their codes: one code is one person as far as that reaches.
    pub codes: CodeScope,
    /// The variable that names the wave.
    pub wave: VariableName,
    /// The variable that names the partner.
    pub partner: VariableName,
    /// The variable that holds the date of the interview, from which ages are counted.
    pub interview_date: VariableName,
    /// The variable that weighs persons, if the study has one.
    pub weight: Option<VariableName>,
}

/// Says how far a person's code reaches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CodeScope {
    /// The partners give codes together: a code is one person in the whole study, also when another partner goes on with it.
    #[default]
    Study,
    /// Each partner numbers its own persons: the same code at two partners is two persons.
    Partner,
}

impl CodeScope {
    /// The words for it in a study's file.
    pub const WORDS: [(&'static str, Self); 2] =
        [("study", Self::Study), ("partner", Self::Partner)];
}

impl Study {
    /// Lists the variables that together say who somebody is: the code, and before it the partner where codes are the partner's own.
    pub fn identity(&self) -> Vec<&VariableName> {
        match self.codes {
            CodeScope::Study => vec![&self.person],
            CodeScope::Partner => vec![&self.partner, &self.person],
        }
    }
}

/// Holds one partner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Partner {
    /// The name, `durbuy`.
    pub id: PartnerId,
    /// The name for people.
    pub label: Label,
    /// Other names under which files speak of it.
    pub aliases: Vec<String>,
}

/// Holds one wave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wave {
    /// The name, `w1`.
    pub id: WaveId,
    /// The name for people, "Vague 1 (printemps 2024)".
    pub label: Label,
    /// Its first day, ISO.
    pub from: String,
    /// Its last day, ISO.
    pub to: String,
    /// Other names under which files speak of it.
    pub aliases: Vec<String>,
    /// What a reader must know when comparing it with an earlier wave (a break), if anything.
    pub note: Label,
    /// The variables the note is about; empty means all of them.
    pub note_variables: Vec<VariableName>,
}

/// Holds a target group: a condition with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TargetGroup {
    /// The name, `young_18_25`.
    pub name: GroupName,
    /// The name for people.
    pub label: Label,
    /// Who belongs to it (SQL over a person in a wave).
    pub condition: String,
    /// Why it exists and where its bounds come from.
    pub source: String,
}
