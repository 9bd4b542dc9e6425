//! The codebook as a whole: a study with its partners and waves, code lists, checks and target groups.

use std::collections::BTreeMap;

use catalyse_locale::{Label, Language};
use serde::{Deserialize, Serialize};

use crate::{
    Access, CheckId, Form, FormName, Grain, GroupName, ListName, PartnerId, Variable, VariableName,
    WaveId,
};

/// Holds all that is known about what records should be. Made once, never changed.
#[derive(Clone, Debug)]
pub struct Codebook {
    /// The study.
    pub study: Study,
    /// The forms in the order of the study.
    pub forms: Vec<Form>,
    /// The code lists that the forms use, by name.
    pub code_lists: BTreeMap<ListName, CodeList>,
    /// The checks: those of the study and those that variables bring with them.
    pub checks: Vec<CheckSpec>,
    /// The target groups in the order of the study.
    pub target_groups: Vec<TargetGroup>,
    /// The disclosure policies by name, as data: their kinds live in the gate.
    pub policies: BTreeMap<String, toml::Table>,
    /// The report definitions by name, as data.
    pub reports: BTreeMap<String, toml::Table>,
}

impl Codebook {
    /// Lists the variables of a grain in the order they are asked. `PersonWave` includes those of `Person`, because both stand in one row.
    pub fn variables(&self, grain: Grain) -> impl Iterator<Item = &Variable> {
        self.forms
            .iter()
            .filter(move |form| match grain {
                Grain::Person => form.grain == Grain::Person,
                Grain::PersonWave => form.grain != Grain::Repeat,
                Grain::Repeat => form.grain == Grain::Repeat,
            })
            .flat_map(Form::variables)
    }

    /// Returns a form by its name.
    pub fn form(&self, name: &FormName) -> Option<&Form> {
        self.forms.iter().find(|form| form.name == *name)
    }

    /// Returns a variable of any form by its name. Names are unique in a study.
    pub fn variable(&self, name: &VariableName) -> Option<&Variable> {
        self.forms.iter().flat_map(Form::variables).find(|variable| variable.name == *name)
    }

    /// Returns the form that asks a variable.
    pub fn form_of(&self, name: &VariableName) -> Option<&Form> {
        self.forms.iter().find(|form| form.variables().any(|variable| variable.name == *name))
    }

    /// Returns the code list of a variable.
    pub fn list_of(&self, variable: &Variable) -> Option<&CodeList> {
        variable.list.as_ref().and_then(|list| self.code_lists.get(list))
    }
}

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

/// Says which questions are asked anew without showing the earlier answer (*redemande à l'aveugle*), so that the share of unchanged answers
/// can be compared with and without a value in view (Eggs and Jäckle 2014: a value that is shown is accepted even when it is wrong).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reask {
    /// The share of the questions, in percent, drawn anew for each person and wave.
    pub percent: u32,
    /// Variables that are always asked so.
    pub variables: Vec<VariableName>,
}

impl Reask {
    /// Says whether a variable is asked of a person in a wave without showing the earlier answer. The same person, wave and variable always
    /// give the same: a page that is opened again hides the same fields, and who compares later knows which they were.
    pub fn is_blind(&self, person: i64, wave: &WaveId, variable: &VariableName) -> bool {
        let draw = || {
            let parts = [&person.to_le_bytes()[..], wave.as_str().as_bytes(), b"/"];
            lot(parts.into_iter().chain([variable.as_str().as_bytes()])) % 100
        };
        self.variables.contains(variable) || draw() < u64::from(self.percent)
    }
}

/// Spreads bytes over all numbers: FNV-1a with the last mixing of SplitMix64. It hides nothing and needs not to; it never changes.
fn lot<'b>(parts: impl Iterator<Item = &'b [u8]>) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in parts.flatten() {
        hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
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

/// Holds a code list: the categories a variable may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeList {
    /// The name, `ethos_light_be`.
    pub name: ListName,
    /// The categories in order. The index is the physical code of a column.
    pub categories: Vec<Category>,
}

impl CodeList {
    /// Returns the index of a code.
    pub fn position(&self, code: &str) -> Option<usize> {
        self.categories.iter().position(|category| category.code == code)
    }
}

/// Holds one category of a code list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Category {
    /// The code as it is stored.
    pub code: String,
    /// The words for people.
    pub label: Label,
    /// Other words under which files speak of it.
    pub aliases: Vec<String>,
    /// The first day it is valid, ISO.
    pub valid_from: Option<String>,
    /// The last day it is valid, ISO.
    pub valid_to: Option<String>,
    /// Where it comes from.
    pub source: String,
}

/// Holds a check as data. Its kind turns `params` into its own struct when the checks are opened.
#[derive(Clone, Debug)]
pub struct CheckSpec {
    /// The name.
    pub id: CheckId,
    /// The name of its kind, `range`.
    pub kind: String,
    /// What follows if it is violated.
    pub severity: Severity,
    /// What it tells the encoder: what is wrong and what to do.
    pub message: Label,
    /// Why it exists.
    pub why: Label,
    /// Where the rule comes from.
    pub source: String,
    /// The variables it speaks of, the first one is where the finding stands.
    pub variables: Vec<VariableName>,
    /// The form whose records it looks at.
    pub form: FormName,
    /// Only records that meet this condition (SQL) are looked at.
    pub when: Option<String>,
    /// The rest, read by its kind.
    pub params: toml::Table,
    /// The file and line it was written at, for problems.
    pub written_at: (String, usize),
}

/// Says what follows if a check is violated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The record is not accepted (*bloquant*).
    Hard,
    /// The record is accepted with a reason (*à vérifier*).
    Soft,
    /// Nothing; the reader is told (*pour information*).
    Info,
}

impl Severity {
    /// Returns the words for people.
    pub fn label(self) -> Label {
        match self {
            Self::Hard => Label::new("bloquant", "blocking"),
            Self::Soft => Label::new("à vérifier", "to be confirmed"),
            Self::Info => Label::new("pour information", "for information"),
        }
    }
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

#[cfg(test)]
mod tests {
    use super::Reask;
    use crate::{VariableName, WaveId};

    #[test]
    fn a_share_of_the_questions_is_drawn_and_stays_drawn() {
        let wave = WaveId::new("w2").expect("a name");
        let always = VariableName::new("tenure").expect("a name");
        let reask = Reask { percent: 5, variables: vec![always.clone()] };
        let names = (0..60).map(|i| VariableName::new(&format!("v{i}")).expect("a name"));
        let names: Vec<VariableName> = names.collect();
        let blind =
            |person| names.iter().filter(|name| reask.is_blind(person, &wave, name)).count();
        let n_blind: usize = (1..=500).map(blind).sum();
        // 30,000 draws of one in twenty: 1,500, and three standard deviations are 113.
        assert!((1387..=1613).contains(&n_blind), "{n_blind}");
        assert!((1..=50).all(|person| reask.is_blind(person, &wave, &always)));
        assert_eq!(blind(7), blind(7));
        let never = Reask::default();
        assert!(!never.is_blind(7, &wave, &always));
    }
}
