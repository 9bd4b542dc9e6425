//! Joining a sheet of persons to the records of the same file: its rows are read first, then looked up for each record.

use std::collections::{BTreeMap, BTreeSet};

use catalyse_codebook::{CheckId, Severity, VariableName};
use catalyse_locale::{Args, Label, Language, Message, Wording};
use catalyse_records::{Cause, Event, Findings, Joined, Register, SourceIndex};

use crate::IntakeError;
use crate::columns::persons::{self, Join};
use crate::columns::plan::{Placed, Plan};
use crate::decode::sift::Account;
use crate::formats::Sheets;
use crate::notice::{self, add};
use crate::reader::{Reading, Sink, hand_on};

/// Holds the persons of a sheet, and which of its rows the records of others led to.
pub(crate) struct Persons {
    pub(crate) register: Register,
    pub(crate) looked_up: BTreeSet<u32>,
}

impl Reading<'_, '_> {
    /// Finds the sheet of persons that is joined to others, and says what is to be said of sheets of persons.
    pub(crate) fn find_persons(
        &self,
        placed: &mut [Option<Placed>],
        findings: &mut Findings,
    ) -> Option<Join> {
        let (join, others) = persons::find(self.reader, placed);
        let join = join?;
        let key = self.key_label();
        let mut say = |index: usize, check, severity, wording: &Wording| {
            let message = wording.with(Args::new().label("label", &key));
            add(findings, SourceIndex(index as u32), check, severity, message);
        };
        if !join.has_taker() {
            say(join.sheet_index, "persons-alone", Severity::Info, &notice::PERSONS_ALONE);
            return None;
        }
        for index in others {
            if let Some(placed) = placed.get_mut(index) {
                *placed = None;
            }
            say(index, "persons-twice", Severity::Soft, &notice::PERSONS_TWICE);
        }
        Some(join)
    }

    fn key_label(&self) -> Label {
        let study = &self.reader.codebook.study;
        let person = self.reader.codebook.variable(&study.person);
        person.map_or_else(|| Label::same(study.person.as_str()), |person| person.label.clone())
    }

    /// Reads the rows of the sheet of persons.
    pub(crate) fn read_persons(
        &self,
        (sheets, join): (&mut dyn Sheets, &Join),
        plan: &Plan<'_>,
        findings: &mut Findings,
        sink: &mut Sink<'_>,
    ) -> Result<(Account, Persons), IntakeError> {
        let mut chunks = Vec::new();
        let account = self.decode(sheets, plan, findings, &mut |event| match event {
            Event::Chunk(chunk) => {
                chunks.push(chunk);
                Ok(())
            }
            other => hand_on(sink, other),
        })?;
        let (keys, given) = (join.keys.clone(), join.given());
        let register = Register::new(self.reader.codebook, keys, &given, chunks);
        let register = register.map_err(|error| IntakeError::Study(error.to_string()))?;
        let args = Args::new().label("label", &self.key_label());
        let message = notice::PERSON_REPEATED.with(args);
        self.say_of_rows(findings, (plan.source, register.repeated()), "person-repeated", message);
        Ok((account, Persons { register, looked_up: BTreeSet::new() }))
    }

    /// Reads the rows of a sheet and fills in what the register says of their persons.
    pub(crate) fn read_joined(
        &self,
        (sheets, plan): (&mut dyn Sheets, &Plan<'_>),
        (persons, joined): (&mut Persons, &Joined),
        findings: &mut Findings,
        sink: &mut Sink<'_>,
    ) -> Result<Account, IntakeError> {
        let (mut found, mut unknown) = (Vec::new(), Vec::new());
        let mut differing: BTreeMap<VariableName, Vec<u32>> = BTreeMap::new();
        let register = &persons.register;
        let account = self.decode(sheets, plan, findings, &mut |event| match event {
            Event::Chunk(chunk) => {
                let completed = register.complete(chunk, |name| joined.columns.contains_key(name));
                let (chunk, looked_up) =
                    completed.map_err(|error| IntakeError::Study(error.to_string()))?;
                found.extend(looked_up.found);
                unknown.extend(looked_up.unknown);
                for (name, rows) in looked_up.differing {
                    differing.entry(name).or_default().extend(rows);
                }
                hand_on(sink, Event::Chunk(chunk))
            }
            other => hand_on(sink, other),
        })?;
        let args = Args::new().label("label", &self.key_label());
        let message = notice::PERSON_UNKNOWN.with(args);
        self.say_of_rows(findings, (plan.source, &unknown), "person-not-joined", message);
        self.say_differing(findings, plan.source, (joined, &differing));
        persons.looked_up.extend(found.iter().map(|(_, row)| *row));
        hand_on(sink, Event::Joined(plan.source, found))?;
        Ok(account)
    }

    /// Says where the sheet of persons and this one contradict each other.
    fn say_differing(
        &self,
        findings: &mut Findings,
        source: SourceIndex,
        (joined, differing): (&Joined, &BTreeMap<VariableName, Vec<u32>>),
    ) {
        for (name, rows) in differing {
            let Some(variable) = self.reader.codebook.variable(name) else { continue };
            let sheet = joined.sheet.clone().unwrap_or_default();
            let args = Args::new().label("label", &variable.label).text("sheet", sheet);
            let cause = findings.cause(Cause {
                check: CheckId::of_variable(name, "sheets-differ"),
                severity: Severity::Soft,
                variable: Some(name.clone()),
                message: notice::SHEETS_DIFFER.with(args),
            });
            for row in rows {
                findings.add(cause, source, *row);
            }
        }
    }

    /// Says which persons of their sheet no other sheet speaks of.
    pub(crate) fn say_without_record(
        &self,
        findings: &mut Findings,
        source: SourceIndex,
        persons: &Persons,
    ) {
        let rows = persons.register.beside(&persons.looked_up);
        let message =
            notice::PERSON_WITHOUT_RECORD.with(Args::new().label("label", &self.key_label()));
        self.say_of_rows(findings, (source, &rows), "person-without-record", message);
    }

    /// Says something of the person of some rows.
    fn say_of_rows(
        &self,
        findings: &mut Findings,
        (source, rows): (SourceIndex, &[u32]),
        check: &str,
        message: Message,
    ) {
        if rows.is_empty() {
            return;
        }
        let person = &self.reader.codebook.study.person;
        let cause = Cause {
            check: CheckId::of_variable(person, check),
            severity: Severity::Soft,
            variable: Some(person.clone()),
            message,
        };
        let cause = findings.cause(cause);
        for row in rows {
            findings.add(cause, source, *row);
        }
    }

    /// Says in the ledger what became of the rows of the sheet of persons.
    pub(crate) fn joined_label(&self) -> Label {
        let joined = notice::JOINED.with(Args::new().label("label", &self.key_label()));
        let [fr, en] = [Language::Fr, Language::En].map(|language| joined.say(language));
        Label::new(fr, en)
    }
}
