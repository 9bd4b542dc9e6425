//! `since-last-wave`: an answer fits the one that the same person gave in the last wave before.

use catalyse_codebook::{Problem, Storage, Variable, VariableName};
use catalyse_locale::{Args, Label, Message, Wording};
use catalyse_records::{Table, known_day};
use polars::prelude::*;

use crate::packed::{MOST, index_of, is_empty, number_at, number_of};
use crate::{
    AcrossRecords, Breaking, Check, CheckKind, Context, Documentation, Judgement, Look, Parameter,
    Sighting, Way,
};

const NOT_OF_A_PERSON: Wording = Wording::new(
    "le contrôle « { $check } » compare des vagues : il parle des fiches d'une personne, pas de ses épisodes",
    "the check `{ $check }` compares waves: it speaks of the records of a person, not of episodes",
);
const TOO_MANY: Wording = Wording::new(
    "le contrôle « { $check } » compare des vagues : l'étude en a plus de { $most }",
    "the check `{ $check }` compares waves: the study has more than { $most }",
);
const OF_LATER: Wording = Wording::new(
    "{ $label } : ne va pas avec la réponse de « { $wave } », qui est déjà acceptée. Comparer les deux fiches ; corriger celle qui se trompe.",
    "{ $label }: does not fit the answer of \"{ $wave }\", which is accepted already. Compare the two records; correct the one that is wrong.",
);

/// The kind.
pub(super) struct SinceLastWave;

impl CheckKind for SinceLastWave {
    fn name(&self) -> &'static str {
        "since-last-wave"
    }

    fn documentation(&self) -> Documentation {
        Documentation {
            what: Label::new(
                "La réponse s'accorde avec celle que la même personne (même code, même partenaire) a donnée dans sa dernière vague d'avant, dans les fichiers ou dans le dépôt. Sans fiche d'avant, ou si l'une des deux réponses manque, on ne peut le dire. D'une date dont seul le mois ou l'année est connu, non plus. Une fiche qui entre ou change après celle de la vague suivante est comparée avec elle aussi, et le constat dit laquelle.",
                "The answer fits the one that the same person (same code, same partner) gave in the last wave before, in the files or in the store. Without a record before, or if one of the two answers is missing, it cannot be told. Nor of a date of which only the month or year is known. A record that comes in or changes after that of the next wave is compared with it too, and the finding says which.",
            ),
            why: Label::new(
                "Une date de naissance qui change, un diplôme qui disparaît : c'est presque toujours une faute de frappe, ou le code d'une autre personne.",
                "A birth date that changes, a diploma that vanishes: nearly always a typing error, or the code of another person.",
            ),
            parameters: vec![
                Parameter::optional(
                    "change",
                    "`same`",
                    "`same` : la réponse reste la même ; `not-lower` : elle ne baisse pas ; `not-higher` : elle ne monte pas. L'ordre d'une liste est celui de ses codes",
                    "`same`: the answer stays the same; `not-lower`: it does not go down; `not-higher`: it does not go up. The order of a list is that of its codes",
                ),
                Parameter::optional(
                    "at_most",
                    "aucune limite",
                    "le plus grand écart permis entre les deux réponses, en unités de la variable ; `change` n'est alors pas regardé s'il n'est pas écrit",
                    "the largest difference allowed between the two answers, in units of the variable; `change` is then not looked at unless it is written",
                ),
                Parameter::optional(
                    "compare",
                    "la variable elle-même",
                    "la variable calculée dont les valeurs sont comparées à la place de la réponse ; le constat reste à la réponse, que l'encodeur peut corriger",
                    "the derived variable whose values are compared in place of the answer; the finding stays at the answer, which the encoder can correct",
                ),
            ],
            example: r#"[[check]]
id = "birth-date-as-last-wave"
kind = "since-last-wave"
form = "situation"
variables = ["birth_date"]
severity = "soft"
change = "same"
message = { fr = "{ $label } : autre date que dans la vague précédente. Comparer les deux fiches.", en = "{ $label }: another date than in the wave before. Compare the two records." }
"#,
            source: "Longitudinal edits of panel surveys: UNECE, Glossary of Terms on Statistical Data Editing (2000), \"historical edit\".",
        }
    }

    fn open(&self, context: &Context<'_>) -> Result<Check, Box<Problem>> {
        let study = &context.codebook.study;
        let table = context.layout.table.clone();
        if table != Table::Main {
            return Err(context.problem(&NOT_OF_A_PERSON, Args::new()));
        }
        if study.waves.len() > MOST {
            return Err(context.problem(&TOO_MANY, Args::new().count("most", MOST as u64)));
        }
        let variables = context.variables()?;
        let Some(variable) = variables.first().copied() else {
            return Err(context.params.missing("variables"));
        };
        let compared = match context.params.text("compare")? {
            Some(name) => context.variable(name)?,
            None => variable,
        };
        let at_most = context.params.number("at_most")?;
        let change = change(context, at_most.is_some())?;
        let value = value(compared).filter(|_| variables.len() == 1).ok_or_else(|| {
            let wanted = Label::new(
                "une seule variable : nombre, date, code ou oui/non",
                "one variable: a number, date, code or yes/no",
            );
            context.wrong_variable(compared, &wanted)
        })?;
        let waves = study.waves.iter().map(|wave| wave.id.to_string()).collect();
        let packed = number_at(value, col(study.wave.as_str()), waves);
        let key = vec![col(study.partner.as_str()), col(study.person.as_str())];
        let look = Look { table, key, value: Some(packed) };
        let of_later = study.waves.iter().map(|wave| {
            let args = Args::new().label("label", &variable.label);
            OF_LATER.with(args.label("wave", &wave.label))
        });
        Ok(Check::AcrossRecords(Box::new(Since {
            look,
            of_later: of_later.collect(),
            compared: compared.name.clone(),
            change,
            at_most,
        })))
    }

    fn breaking(&self) -> Breaking {
        Breaking::new("other-than-before", Way::OtherThanBefore)
    }
}

/// Says how an answer may change from wave to wave.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Change {
    Same,
    NotLower,
    NotHigher,
    Any,
}

fn change(context: &Context<'_>, is_bounded: bool) -> Result<Change, Box<Problem>> {
    match context.params.text("change")? {
        Some("not-lower") => Ok(Change::NotLower),
        Some("not-higher") => Ok(Change::NotHigher),
        None if is_bounded => Ok(Change::Any),
        Some("same") | None => Ok(Change::Same),
        Some(_) => {
            let wanted = Label::same("`same`, `not-lower`, `not-higher`");
            Err(context.params.wrong_type("change", &wanted))
        }
    }
}

/// Returns the answer as a number, or nothing for a text and for several answers.
fn value(variable: &Variable) -> Option<Expr> {
    let column = col(variable.name.as_str());
    Some(match variable.value_type.storage() {
        Storage::Boolean | Storage::Integer | Storage::Decimal => column.cast(DataType::Float64),
        // A category is stored as its position in the list.
        Storage::Code => column.to_physical().cast(DataType::Float64),
        Storage::Date => known_day(variable).cast(DataType::Int32).cast(DataType::Float64),
        Storage::Text | Storage::Codes => return None,
    })
}

struct Since {
    look: Look,
    /// What is told of an answer that does not fit the one of a later wave, by wave.
    of_later: Vec<Message>,
    compared: VariableName,
    change: Change,
    at_most: Option<f64>,
}

impl Since {
    fn holds(&self, before: f64, now: f64) -> bool {
        let is_near = self.at_most.is_none_or(|most| (now - before).abs() <= most);
        is_near
            && match self.change {
                Change::Same => before.to_bits() == now.to_bits(),
                Change::NotLower => now >= before,
                Change::NotHigher => now <= before,
                Change::Any => true,
            }
    }
}

impl AcrossRecords for Since {
    fn looks(&self) -> Vec<Look> {
        vec![self.look.clone()]
    }

    fn remembers(&self) -> bool {
        true
    }

    fn compares_waves(&self) -> Option<&VariableName> {
        Some(&self.compared)
    }

    fn judge(&self, sightings: &mut [Vec<Sighting>], _: &[u64]) -> Judgement {
        let mut judgement = Judgement::default();
        for look in sightings {
            look.sort_unstable_by_key(|sighting| (sighting.group(), wave_of(sighting)));
            for person in look.chunk_by(|one, other| one.group() == other.group()) {
                let waves: Vec<&[Sighting]> =
                    person.chunk_by(|one, other| wave_of(one) == wave_of(other)).collect();
                for (index, now) in waves.iter().enumerate() {
                    let before = index.checked_sub(1).and_then(|index| waves.get(index).copied());
                    let after = waves.get(index + 1).copied();
                    for sighting in now.iter().filter(|sighting| !sighting.is_known()) {
                        self.judge_one(sighting, (before, after), &mut judgement);
                    }
                }
            }
        }
        judgement
    }
}

const fn wave_of(sighting: &Sighting) -> u64 {
    index_of(sighting.value())
}

impl Since {
    /// Judges an answer beside those of the wave before, and beside those of the wave after if they were accepted before it came.
    fn judge_one(
        &self,
        sighting: &Sighting,
        (before, after): (Option<&[Sighting]>, Option<&[Sighting]>),
        judgement: &mut Judgement,
    ) {
        let number = number_of(sighting.value());
        if is_empty(sighting.value()) {
            judgement.n_lacking += 1;
            return;
        }
        let fits_before = fits(before, |known| self.holds(known, number));
        if fits_before == Some(false) {
            judgement.violated.push(*sighting);
            return;
        }
        // What comes in together is judged at the later wave, as its message says.
        let after = after.filter(|after| after.iter().all(Sighting::is_known));
        let fits_after = fits(after, |known| self.holds(number, known));
        let wave = after.and_then(<[Sighting]>::first).map(wave_of);
        let message = wave.and_then(|wave| self.of_later.get(usize::try_from(wave).ok()?));
        match (fits_after, message) {
            (Some(false), Some(message)) => judgement.told.push((*sighting, message.clone())),
            _ if fits_before.is_none() && fits_after.is_none() => judgement.n_lacking += 1,
            _ => {}
        }
    }
}

/// Says whether one of a wave's answers fits; nothing if it cannot be told: of several records of one wave one without an answer leaves it open.
fn fits(wave: Option<&[Sighting]>, holds: impl Fn(f64) -> bool) -> Option<bool> {
    let wave = wave?;
    let is_missing = |one: &Sighting| is_empty(one.value());
    let mut answered = wave.iter().filter(|one| !is_missing(one));
    if answered.any(|one| holds(number_of(one.value()))) {
        return Some(true);
    }
    (!wave.iter().any(is_missing)).then_some(false)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use catalyse_locale::Language;
    use catalyse_records::Table;
    use catalyse_testkit::{StudyText, chunk, source};

    use crate::Confrontation;
    use crate::trial::{open, problems, try_it};

    fn study(variable: &str, keys: &str) -> StudyText {
        StudyText::new().list("levels", "none low high").variable(&format!("x {variable}")).check(
            "it",
            "since-last-wave",
            "x",
            keys,
        )
    }

    #[test]
    fn an_answer_stays_the_same_from_wave_to_wave() {
        let table = "person_id | wave | partner | x
                     p1 | w1 | north | 3
                     p1 | w2 | north | 3
                     p1 | w3 | north | 4
                     p2 | w1 | north | 3
                     p2 | w1 | south | 5
                     p2 | w3 | north | 4
                     p3 | w1 | north |
                     p3 | w2 | north | 1";
        // p1 changes in w3, p2 after a wave away; p2 of the other partner is somebody else; p3 had no answer.
        assert_eq!(
            try_it(study("integer", ""), table),
            "D4 D7: 1 satisfied, 2 violated, 5 lacking"
        );
    }

    #[test]
    fn a_level_does_not_go_down_and_a_number_does_not_jump() {
        let table = "person_id | wave | partner | x
                     p1 | w1 | north | low
                     p1 | w2 | north | high
                     p1 | w3 | north | none";
        let study_of_levels = study("select_one levels", "change = \"not-lower\"");
        assert_eq!(try_it(study_of_levels, table), "D4: 1 satisfied, 1 violated, 1 lacking");
        let table = "person_id | wave | partner | x
                     p1 | w2 | north | 10
                     p1 | w1 | north | 4.5
                     p1 | w3 | north | 1";
        assert_eq!(
            try_it(study("decimal", "at_most = 5.5"), table),
            "D4: 1 satisfied, 1 violated, 1 lacking"
        );
        assert_eq!(
            try_it(study("decimal", "change = \"not-higher\""), table),
            "D2: 1 satisfied, 1 violated, 1 lacking"
        );
    }

    #[test]
    fn a_record_that_comes_late_is_compared_with_the_wave_after_that_is_accepted() {
        let codebook = study("integer", "change = \"not-lower\"").open();
        let checks = open(&codebook);
        let known = "person_id | wave | partner | x
                     p1 | w2 | north | 4
                     p2 | w2 | north | 4
                     p2 | w3 | north | 1
                     p3 | w3 | north | 4
                     p4 | w2 | north |
                     p5 | w1 | north | 9
                     p5 | w3 | north | 4";
        let new = "person_id | wave | partner | x
                   p1 | w1 | north | 5
                   p2 | w1 | north | 4
                   p3 | w1 | north | 5
                   p4 | w1 | north | 5
                   p5 | w2 | north | 5
                   p6 | w1 | north | 5
                   p6 | w2 | north | 4";
        let mut confrontation = Confrontation::new(&checks, Arc::new(vec![source(new)]));
        confrontation.remember(chunk(&codebook, &Table::Main, known)).expect("the layout");
        confrontation.chunk(chunk(&codebook, &Table::Main, new)).expect("the layout");
        let report = confrontation.finish().expect("the layout");
        let said = report.findings.all.iter().filter(|finding| finding.row > 0).map(|finding| {
            let cause = &report.findings.causes[finding.cause as usize];
            let words = cause.message.say(Language::En);
            format!("{} {}", finding.row, words.contains("which is accepted already"))
        });
        // p1 and p3 meet a later wave; p5 is less than before already; p6 comes in whole and is judged at its second wave.
        assert_eq!(said.collect::<Vec<_>>(), ["2 true", "4 true", "6 false", "8 false"]);
        let w3 = codebook.study.waves[2].label.get(Language::En);
        let causes = report.findings.causes.iter();
        let says_w3 =
            |cause: &catalyse_records::Cause| cause.message.say(Language::En).contains(w3);
        assert_eq!(causes.filter(|cause| says_w3(cause)).count(), 1, "it says which wave");
        let it = report.outcomes.iter().find(|outcome| outcome.check.as_str() == "it");
        let tally = it.expect("the check").tally;
        assert_eq!((tally.satisfied, tally.violated, tally.lacking), (1, 4, 2));
    }

    #[test]
    fn what_is_worked_out_is_compared_and_the_finding_stands_at_the_answer() {
        let study = StudyText::new()
            .list("titles", "none first abroad")
            .variable("x select_one titles")
            .variable("years integer")
            .variable("level integer; calculation = \"CASE WHEN x = 'first' THEN 6 WHEN x = 'abroad' THEN years END\"")
            .check("it", "since-last-wave", "x", "change = \"not-lower\"; compare = \"level\"");
        let table = "person_id | wave | partner | x | years
                     p1 | w1 | north | abroad | 6
                     p1 | w2 | north | first |
                     p2 | w1 | north | first |
                     p2 | w2 | north | none |
                     p2 | w3 | north | abroad | 5
                     p3 | w1 | north | first |
                     p3 | w2 | north | abroad | 5";
        // p1 has another title of the same level. p2 has none in w2: of w3 nothing can be told either. p3 has less than before.
        assert_eq!(try_it(study, table), "D8: 1 satisfied, 1 violated, 5 lacking");
    }

    #[test]
    fn of_a_date_that_is_half_known_nothing_can_be_told() {
        let table = "person_id | wave | partner | x
                     p1 | w1 | north | 14/03/1988
                     p1 | w2 | north | 1988
                     p2 | w1 | north | 14/03/1988
                     p2 | w2 | north | 15/03/1988
                     p3 | w1 | north | 14/03/1988
                     p3 | w2 | north | 14/03/1988";
        assert_eq!(
            try_it(study("partial_date", ""), table),
            "D5: 1 satisfied, 1 violated, 4 lacking"
        );
    }

    #[test]
    fn a_wave_without_an_answer_is_not_passed_over() {
        let table = "person_id | wave | partner | x
                     p1 | w1 | north | 1
                     p1 | w2 | north |
                     p1 | w3 | north | 900
                     p2 | w1 | north |
                     p2 | w2 | north |";
        assert_eq!(try_it(study("integer", ""), table), ": 0 satisfied, 0 violated, 5 lacking");
    }

    #[test]
    fn nothing_and_one_wave_are_lacking() {
        assert_eq!(
            try_it(study("integer", ""), "person_id | wave | partner | x"),
            ": 0 satisfied, 0 violated, 0 lacking"
        );
        assert_eq!(
            try_it(study("integer", ""), "person_id | wave | partner | x\np1 | w1 | north | 1"),
            ": 0 satisfied, 0 violated, 1 lacking"
        );
    }

    #[test]
    fn wrong_parameters_are_problems() {
        for (variable, keys) in [
            ("text", ""),
            ("integer", "change = \"more\""),
            ("integer", "at_most = \"x\""),
            ("integer", "compare = \"y\""),
        ] {
            assert!(!problems(study(variable, keys)).is_empty(), "{variable} {keys}");
        }
    }
}
