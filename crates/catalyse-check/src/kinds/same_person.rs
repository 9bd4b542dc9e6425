//! `same-person`: nobody is followed by two partners at once without somebody knowing, and no two persons go under one code.

use std::collections::BTreeSet;

use catalyse_codebook::{Problem, Storage, Variable};
use catalyse_locale::{Args, Label, Wording};
use catalyse_records::known_day;
use polars::prelude::*;

use crate::packed::{MOST, index_of, mark_at, number_of};
use crate::{
    AcrossRecords, Breaking, Check, CheckKind, Context, Documentation, Judgement, Look, Parameter,
    Sighting, Way,
};

const TOO_MANY: Wording = Wording::new(
    "le contrôle « { $check } » compare des partenaires : l'étude en a plus de { $most }",
    "the check `{ $check }` compares partners: the study has more than { $most }",
);

/// The kind.
pub(super) struct SamePerson;

impl CheckKind for SamePerson {
    fn name(&self) -> &'static str {
        "same-person"
    }

    fn documentation(&self) -> Documentation {
        Documentation {
            what: Label::new(
                "Aucun autre partenaire n'a de fiche avec les mêmes réponses à ces variables, dans les fichiers ou dans le dépôt ; majuscules et accents ne comptent pas. Avec la vague parmi les variables, seules les fiches de la même vague sont comparées. Une identité incomplète n'est pas jugée. Avec `differing`, aucun autre partenaire n'a ces mêmes réponses avec une autre réponse aux variables de `differing` : un code, deux dates de naissance. Où chaque partenaire donne ses propres codes, le code seul ne dit rien d'un autre partenaire.",
                "No other partner has a record with the same answers to these variables, in the files or in the store; case and accents do not count. With the wave among the variables only records of the same wave are compared. An incomplete identity is not judged. With `differing`, no other partner has the same answers with another answer to the variables of `differing`: one code, two birth dates. Where each partner gives its own codes, the code alone says nothing of another partner.",
            ),
            why: Label::new(
                "Une personne que deux partenaires suivent compte deux fois dans l'ensemble. Deux personnes sous un même code seraient suivies comme une seule. Le programme propose, un humain décide ; rien n'est fusionné.",
                "A person whom two partners follow counts twice in the whole. Two persons under one code would be followed as one. The program proposes, a human decides; nothing is merged.",
            ),
            parameters: vec![Parameter::optional(
                "differing",
                "aucune : la même identité ailleurs suffit",
                "les variables dont une autre réponse, chez un autre partenaire, montre que ce sont deux personnes",
                "the variables of which another answer, at another partner, shows that they are two persons",
            )],
            example: r#"[[check]]
id = "same-number-at-two-partners"
kind = "same-person"
form = "situation"
variables = ["national_number"]
severity = "soft"
message = { fr = "{ $label } : un autre partenaire suit peut-être la même personne. Le coordinateur du réseau en décide.", en = "{ $label }: another partner may follow the same person. The coordinator of the network decides." }
"#,
            source: "Reg. (EU) 2021/1057 Annex I: a participant is counted once. Identities are compared by 57 bits of SipHash-1-3.",
        }
    }

    fn open(&self, context: &Context<'_>) -> Result<Check, Box<Problem>> {
        let study = &context.codebook.study;
        if study.partners.len() > MOST {
            return Err(context.problem(&TOO_MANY, Args::new().count("most", MOST as u64)));
        }
        let variables = context.variables()?;
        if variables.is_empty() {
            return Err(context.params.missing("variables"));
        }
        let parts = |variables: &[&Variable]| {
            variables.iter().map(|variable| part(context, variable)).collect::<Result<Vec<_>, _>>()
        };
        let mut identity = parts(&variables)?;
        identity.extend(context.owner_of_code(&variables));
        let differing = context.params.texts("differing")?;
        let differing = differing.into_iter().map(|name| context.variable(name));
        let differing = parts(&differing.collect::<Result<Vec<_>, _>>()?)?;
        let partners = study.partners.iter().map(|partner| partner.id.to_string()).collect();
        let at_partner = |parts| Some(mark_at(parts, col(study.partner.as_str()), partners));
        let table = context.layout.table.clone();
        Ok(Check::AcrossRecords(if differing.is_empty() {
            let look = Look { table, key: Vec::new(), value: at_partner(identity) };
            Box::new(AtTwoPartners { look })
        } else {
            let look = Look { table, key: identity, value: at_partner(differing) };
            Box::new(OneForTwo { look })
        }))
    }

    fn breaking(&self) -> Breaking {
        Breaking::new("followed-twice", Way::SameElsewhere)
    }
}

/// Returns an answer as it is compared.
fn part(context: &Context<'_>, variable: &Variable) -> Result<Expr, Box<Problem>> {
    let column = col(variable.name.as_str());
    match variable.value_type.storage() {
        Storage::Text | Storage::Code | Storage::Integer => Ok(column),
        // Of a date of which only the year is known nobody can say that it is another's birthday.
        Storage::Date => Ok(known_day(variable).cast(DataType::Int32)),
        Storage::Boolean | Storage::Decimal | Storage::Codes => {
            let wanted = Label::new(
                "un texte, un code, un entier ou une date",
                "a text, code, whole number or date",
            );
            Err(context.wrong_variable(variable, &wanted))
        }
    }
}

struct AtTwoPartners {
    look: Look,
}

impl AcrossRecords for AtTwoPartners {
    fn looks(&self) -> Vec<Look> {
        vec![self.look.clone()]
    }

    fn remembers(&self) -> bool {
        true
    }

    fn judge(&self, sightings: &mut [Vec<Sighting>], _: &[u64]) -> Judgement {
        let mut violated = Vec::new();
        let mark = |sighting: &Sighting| number_of(sighting.value()).to_bits();
        let partner = |sighting: &Sighting| index_of(sighting.value());
        for look in sightings {
            look.sort_unstable_by_key(|sighting| (mark(sighting), partner(sighting)));
            for same in look.chunk_by(|one, other| mark(one) == mark(other)) {
                if same.first().map(partner) != same.last().map(partner) {
                    violated.extend(same.iter().filter(|sighting| !sighting.is_known()));
                }
            }
        }
        Judgement { violated, ..Judgement::default() }
    }
}

/// Finds what two partners have alike, with answers that show that they are two persons.
struct OneForTwo {
    look: Look,
}

impl AcrossRecords for OneForTwo {
    fn looks(&self) -> Vec<Look> {
        vec![self.look.clone()]
    }

    fn remembers(&self) -> bool {
        true
    }

    fn judge(&self, sightings: &mut [Vec<Sighting>], _: &[u64]) -> Judgement {
        let of = |sighting: &Sighting| {
            (index_of(sighting.value()), number_of(sighting.value()).to_bits())
        };
        let mut violated = Vec::new();
        for look in sightings {
            look.sort_unstable_by_key(Sighting::group);
            for alike in look.chunk_by(|one, other| one.group() == other.group()) {
                let said: BTreeSet<(u64, u64)> = alike.iter().map(of).collect();
                let is_contradicted = |sighting: &&Sighting| {
                    let (partner, answers) = of(sighting);
                    said.iter().any(|other| other.0 != partner && other.1 != answers)
                };
                let contradicted = alike.iter().filter(is_contradicted);
                violated.extend(contradicted.filter(|sighting| !sighting.is_known()));
            }
        }
        Judgement { violated, ..Judgement::default() }
    }
}

#[cfg(test)]
mod tests {
    use catalyse_testkit::StudyText;

    use crate::trial::{problems, try_it};

    fn study(variables: &str) -> StudyText {
        StudyText::new()
            .variable("first text")
            .variable("last text")
            .variable("birth partial_date")
            .check("it", "same-person", variables, "")
    }

    #[test]
    fn a_birth_of_which_only_the_year_is_known_is_an_incomplete_identity() {
        let table = "person_id | wave | partner | last | birth
                     a1 | w1 | north | Exemple | 1990
                     b7 | w1 | south | Exemple | 01/01/1990
                     c3 | w1 | east | Exemple | 01/1990";
        assert_eq!(try_it(study("last birth"), table), ": 1 satisfied, 0 violated, 2 lacking");
    }

    const TABLE: &str = "person_id | wave | partner | first | last | birth
                         a1 | w1 | north | Chloé | Exemple | 14/03/1988
                         b7 | w2 | south | CHLOE | exemple | 14/03/1988
                         a2 | w1 | north | Anne | Exemple | 01/01/1970
                         a2 | w2 | north | Anne | Exemple | 01/01/1970
                         b8 | w1 | south | Anne | Exemple | 02/01/1970
                         b9 | w1 | south | Anne | Exemple |";

    #[test]
    fn the_same_identity_at_two_partners_is_found_at_both() {
        assert_eq!(
            try_it(study("last first birth"), TABLE),
            "E2 E3: 3 satisfied, 2 violated, 1 lacking"
        );
    }

    #[test]
    fn with_the_wave_only_the_same_wave_counts() {
        assert_eq!(
            try_it(study("last first birth wave"), TABLE),
            ": 5 satisfied, 0 violated, 1 lacking"
        );
    }

    #[test]
    fn one_code_with_two_births_at_two_partners_is_found_at_both() {
        let study = || {
            let differing = "differing = [\"birth\"]";
            StudyText::new().variable("birth partial_date").check(
                "it",
                "same-person",
                "person_id",
                differing,
            )
        };
        let table = "person_id | wave | partner | birth
                     a1 | w1 | north | 14/03/1988
                     a1 | w2 | south | 02/01/1970
                     a2 | w1 | north | 14/03/1988
                     a2 | w2 | south | 14/03/1988
                     a3 | w1 | north | 14/03/1988
                     a3 | w2 | north | 02/01/1970
                     a4 | w1 | north | 14/03/1988
                     a4 | w2 | south |
                     a5 | w1 | north | 14/03/1988
                     a5 | w1 | south | 14/03/1988
                     a5 | w2 | south | 14/03/1989";
        assert_eq!(try_it(study(), table), "A2 A3 A10 A12: 6 satisfied, 4 violated, 1 lacking");
        let misspelt =
            StudyText::new().check("it", "same-person", "person_id", "differing = [\"brith\"]");
        assert!(problems(misspelt).contains("brith"));
    }

    #[test]
    fn a_code_of_the_partners_own_says_nothing_of_another_partner() {
        let table = "person_id | wave | partner | first
                     a1 | w1 | north | Chloé
                     a1 | w2 | south | Chloé";
        let study = |variables| study(variables).key("codes = \"partner\"");
        assert_eq!(try_it(study("person_id"), table), ": 2 satisfied, 0 violated, 0 lacking");
        assert_eq!(try_it(study("first"), table), "D2 D3: 0 satisfied, 2 violated, 0 lacking");
    }

    #[test]
    fn nothing_at_all_is_fine() {
        let table = "person_id | wave | partner | first | last | birth";
        assert_eq!(
            try_it(study("last first birth"), table),
            ": 0 satisfied, 0 violated, 0 lacking"
        );
        let study = StudyText::new().variable("x yes_no").check("it", "same-person", "x", "");
        assert!(!problems(study).is_empty());
    }
}
