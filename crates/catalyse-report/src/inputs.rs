//! What a report is made from: a definition, released tables, and what is known of waves, partners, breaks and deliveries.

use std::collections::{BTreeMap, BTreeSet};

use catalyse_disclose::Release;
use catalyse_locale::{Label, Language, Message};
use jiff::civil::Date;

use crate::definition::Definition;

/// Holds what a report is made from.
#[derive(Debug)]
pub struct Inputs<'a> {
    /// The chapters and figures.
    pub definition: &'a Definition,
    /// The language of every text.
    pub language: Language,
    /// For whom it is.
    pub edition: Edition,
    /// The day that is printed on it.
    pub generated_on: Date,
    /// The title of the study.
    pub study: Label,
    /// Who is meant by "persons" in the study, for the *Champ*.
    pub population: Label,
    /// The waves that have records, in time.
    pub waves: Vec<Named>,
    /// The partners in the order of reports.
    pub partners: Vec<Named>,
    /// The codes of the partners that have records, by the code of the wave. Who delivers is no secret among partners.
    pub present: BTreeMap<String, BTreeSet<String>>,
    /// What breaks the series, in time.
    pub breaks: Vec<Break>,
    /// What the study says of its variables, by name: whom a number counts.
    pub definitions: Vec<Named>,
    /// The figures that the records could not fill, and why.
    pub left_out: Vec<LeftOut>,
    /// What is known of the deliveries; nothing if the records come from elsewhere.
    pub deliveries: Option<Deliveries>,
    /// The released tables, by any order; found by their id.
    pub releases: &'a [Release],
    /// What the gate says of the pack.
    pub protection: Protection,
}

/// Holds a wave, a partner or a variable with its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The code, `w1` or `durbuy`, or the name of the variable.
    pub key: String,
    /// The words.
    pub label: Label,
}

/// Holds what makes a wave hard to compare with those before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Break {
    /// The code of the wave from which it holds.
    pub wave: String,
    /// What a reader must know.
    pub note: Label,
    /// The variables it is about; empty means all of them.
    pub variables: Vec<String>,
}

/// Holds a figure of the definition that a report does not show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// What the figure would have measured.
    pub measure: Label,
    /// Why it is not there.
    pub reason: LeftOutReason,
}

/// Says why a figure of the definition is not in a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeftOutReason {
    /// It compares waves, and only one has records.
    OneWave,
    /// Its questions are not asked in the waves that have records.
    NotAsked,
    /// It counts episodes, and there are none.
    NoEpisodes,
    /// It sets partners side by side at a wave of which one partner alone has records: it shows that partner, and compares nobody.
    OnePartner,
    /// Some of its cells count many episodes of few persons.
    EpisodesOfFew,
    /// Too few persons stand in its cells: it could not be protected.
    Unprotected,
    /// It sets partners side by side, and there are two: each could subtract itself from the total.
    TwoPartners,
    /// A partner's edition cannot set the partner beside everybody: that table could not be protected.
    Beside,
}

/// Says for whom a report is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Edition {
    /// The partnership as a whole.
    #[default]
    Partnership,
    /// One partner, beside the total; its code.
    Partner(String),
}

/// Holds what the gate says of the pack, for readers.
#[derive(Clone, Debug, Default)]
pub struct Protection {
    /// The name of the policy, `partnership`.
    pub policy: String,
    /// What the policy does, one sentence a line.
    pub rules: Vec<Message>,
    /// The verdict of the audit.
    pub audit: Option<Message>,
}

/// Holds what a report says of the deliveries it was made from. Counts are rounded already.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deliveries {
    /// The multiple that counts were rounded to.
    pub base: u64,
    /// The records that count in no table, by partner and wave.
    pub left_out: Vec<LeftOutRecords>,
    /// Those of them whose partner or wave could not be read.
    pub without_place: u64,
    /// The episodes that count in no table.
    pub episodes: u64,
    /// The person codes that stand at two partners or more, each counted as one person.
    pub shared_codes: u64,
}

/// Holds how many records of a wave count in no table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOutRecords {
    /// The code of the partner; nothing for all of them.
    pub partner: Option<String>,
    /// The code of the wave.
    pub wave: String,
    /// How many, rounded.
    pub n: u64,
}
