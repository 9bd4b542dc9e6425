//! `unique`: no two records have the same key.

use catalyse_codebook::{Problem, Storage};
use catalyse_locale::Label;
use catalyse_records::{column_names, known_day};
use polars::prelude::col;

use crate::packed::mark;

use crate::{
    AcrossRecords, Breaking, Check, CheckKind, Context, Documentation, Judgement, Look, Parameter,
    Sighting, Way,
};

/// The kind.
pub(super) struct Unique;

impl CheckKind for Unique {
    fn name(&self) -> &'static str {
        "unique"
    }

    fn documentation(&self) -> Documentation {
        Documentation {
            what: Label::new(
                "Aucune autre fiche de l'envoi, tous fichiers confondus, ni du dépôt n'a les mêmes valeurs dans ces variables. Chaque fiche d'un doublon est signalée, la première aussi ; celle que l'envoi remplace ne compte pas. Une clé incomplète ne se juge pas, ni une date dont on ne connaît que le mois ou l'année. Avec `differing`, deux fiches qui ont aussi les mêmes réponses à ces variables-là ne sont pas un doublon : la même ligne envoyée deux fois n'est pas un numéro donné à deux personnes. Où chaque partenaire donne ses propres codes (`codes = \"partner\"` dans l'étude), un code ne se compare que chez le même partenaire.",
                "No other record of the delivery, over all its files, or of the store has the same values in these variables. Each record of a duplicate is reported, the first one too; one that the delivery replaces does not count. An incomplete key is not judged, nor a date of which only the month or year is known. With `differing`, two records with the same answers to those variables too are no duplicate: one row sent twice is not a number given to two persons. Where each partner gives its own codes (`codes = \"partner\"` in the study) a code is compared within its partner alone.",
            ),
            why: Label::new(
                "Une personne comptée deux fois fausse tous les effectifs.",
                "A person counted twice spoils every count.",
            ),
            parameters: vec![Parameter::optional(
                "differing",
                "aucune : la même clé suffit",
                "les variables dont une autre réponse fait de deux fiches un doublon",
                "the variables of which another answer makes two records a duplicate",
            )],
            example: r#"[[check]]
id = "one-record-a-wave"
kind = "unique"
form = "situation"
variables = ["person_id", "wave"]
severity = "hard"
message = { fr = "Cette personne a déjà une fiche pour la vague. Garder une seule ligne.", en = "This person already has a record in the wave. Keep one row." }
"#,
            source: "Keys are compared by 128 bits of SipHash-1-3: of ten million different keys two are taken for one with a probability below 1e-24.",
        }
    }

    fn open(&self, context: &Context<'_>) -> Result<Check, Box<Problem>> {
        let variables = context.variables()?;
        let owner = context.owner_of_code(&variables);
        let key = variables
            .into_iter()
            .flat_map(|variable| match variable.value_type.storage() {
                Storage::Date => vec![known_day(variable)],
                Storage::Boolean
                | Storage::Integer
                | Storage::Decimal
                | Storage::Text
                | Storage::Code
                | Storage::Codes => {
                    column_names(context.codebook, variable).into_iter().map(col).collect()
                }
            })
            .chain(owner)
            .collect();
        let differing = context.params.texts("differing")?.into_iter();
        let differing = differing.map(|name| context.variable(name));
        let differing = differing.collect::<Result<Vec<_>, _>>()?;
        let mut differing = differing.iter().map(|variable| col(variable.name.as_str()));
        let value = differing.next().map(|first| mark(first, differing.collect()));
        let look = Look { table: context.layout.table.clone(), key, value };
        Ok(Check::AcrossRecords(Box::new(UniqueKey { look })))
    }

    fn breaking(&self) -> Breaking {
        Breaking::new("duplicate-key", Way::SameAsAnother)
    }
}

struct UniqueKey {
    /// The key; beside it a mark of the answers of which another one makes a duplicate, if the check names some.
    look: Look,
}

impl AcrossRecords for UniqueKey {
    fn looks(&self) -> Vec<Look> {
        vec![self.look.clone()]
    }

    fn remembers(&self) -> bool {
        true
    }

    fn judge(&self, sightings: &mut [Vec<Sighting>], _: &[u64]) -> Judgement {
        let mut violated = Vec::new();
        let has_marks = self.look.value.is_some();
        let is_same = |one: &Sighting, other: &Sighting| {
            if has_marks { one.group() == other.group() } else { one.key == other.key }
        };
        for look in sightings {
            look.sort_unstable();
            for same in look.chunk_by(is_same) {
                // Sorted by key, equal marks stand together: if the ends are alike, all are.
                let is_one = same.first().map(|one| one.key) == same.last().map(|one| one.key);
                if same.len() > 1 && !(has_marks && is_one) {
                    violated.extend(same.iter().filter(|sighting| !sighting.is_known()));
                }
            }
        }
        Judgement { violated, ..Judgement::default() }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use catalyse_records::Table;
    use catalyse_testkit::{StudyText, chunk, source};

    use crate::Confrontation;
    use crate::trial::{open, try_it, try_tables};

    fn study() -> StudyText {
        StudyText::new().check("it", "unique", "person_id wave", "")
    }

    #[test]
    fn every_record_of_a_duplicate_is_reported() {
        let table = "person_id | wave
                     p1        | w1
                     p2        | w1
                     p1        | w2
                     p1        | w1
                     p1        | w1
                               | w1
                               | w1";
        assert_eq!(try_it(study(), table), "A2 A5 A6: 2 satisfied, 3 violated, 2 lacking");
    }

    #[test]
    fn rows_that_are_alike_in_what_should_differ_are_no_duplicate() {
        let study = StudyText::new().variable("number text").check(
            "it",
            "unique",
            "number wave",
            "differing = [\"person_id\"]",
        );
        let table = "person_id | wave | number
                     p1        | w1   | 7
                     p1        | w1   | 7
                     p2        | w1   | 8
                     p3        | w1   | 8
                     P3        | w1   | 8
                     p4        | w1   |
                               | w1   | 8";
        assert_eq!(try_it(study, table), "C4 C5 C6: 2 satisfied, 3 violated, 2 lacking");
    }

    #[test]
    fn duplicates_are_found_over_all_files() {
        let tables = [
            (Table::Main, "person_id | wave\np1 | w1"),
            (Table::Main, "wave | person_id\nw1 | p1"),
        ];
        assert_eq!(try_tables(study(), &tables), "A2 B2: 0 satisfied, 2 violated, 0 lacking");
    }

    #[test]
    fn a_code_of_the_partners_own_is_compared_within_its_partner() {
        let table = "person_id | wave | partner
                     p1        | w1   | north
                     p1        | w1   | south
                     p2        | w1   | south
                     p2        | w1   | south
                     p3        | w1   |";
        assert_eq!(try_it(study(), table), "A2 A3 A4 A5: 1 satisfied, 4 violated, 0 lacking");
        let own = study().key("codes = \"partner\"");
        assert_eq!(try_it(own, table), "A4 A5: 2 satisfied, 2 violated, 1 lacking");
    }

    #[test]
    fn a_record_that_was_accepted_before_is_compared_and_not_judged() {
        let codebook = study().open();
        let checks = open(&codebook);
        let known = chunk(&codebook, &Table::Main, "person_id | wave\np1 | w1\np1 | w1\np2 | w1");
        let new = "person_id | wave\np1 | w1\np1 | w2\np3 | w1";
        let mut confrontation = Confrontation::new(&checks, Arc::new(vec![source(new)]));
        confrontation.chunk(chunk(&codebook, &Table::Main, new)).expect("the layout");
        confrontation.remember(known).expect("the layout");
        let report = confrontation.finish().expect("the layout");
        let rows = report.findings.all.iter().map(|finding| finding.row);
        // Row 0 tells of columns that are absent.
        let rows: Vec<u32> = rows.filter(|row| *row > 0).collect();
        assert_eq!(rows, [2]);
        let it = report.outcomes.iter().find(|outcome| outcome.check.as_str() == "it");
        let tally = it.expect("the check").tally;
        assert_eq!((tally.satisfied, tally.violated, tally.lacking), (2, 1, 0));
    }

    #[test]
    fn nothing_one_and_all_missing() {
        assert_eq!(try_it(study(), "person_id | wave"), ": 0 satisfied, 0 violated, 0 lacking");
        assert_eq!(
            try_it(study(), "person_id | wave\np1|w1"),
            ": 1 satisfied, 0 violated, 0 lacking"
        );
        assert_eq!(
            try_it(study(), "person_id | wave\n|w1\n|w1"),
            ": 0 satisfied, 0 violated, 2 lacking"
        );
    }

    #[test]
    fn a_date_of_which_only_the_year_is_known_makes_no_duplicate() {
        let study =
            StudyText::new().variable("birth partial_date").check("it", "unique", "birth wave", "");
        let table = "person_id | wave | birth
                     p1 | w1 | 1990
                     p2 | w1 | 01/01/1990
                     p3 | w1 | 1990
                     p4 | w1 | 01/01/1990";
        assert_eq!(try_it(study, table), "C3 C5: 0 satisfied, 2 violated, 2 lacking");
    }

    #[test]
    fn what_when_leaves_out_is_not_compared() {
        let study = StudyText::new().variable("kept yes_no").check(
            "it",
            "unique",
            "person_id",
            "when = \"kept\"",
        );
        let table = "person_id | kept\np1 | oui\np1 | non\np1 |\np1 | oui";
        assert_eq!(try_it(study, table), "A2 A5: 1 satisfied, 2 violated, 1 lacking");
    }
}
