//! `spelling`: no two values differ only in capitals, accents, spaces, marks or zeros before a number.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hasher};

use catalyse_codebook::{Problem, Storage};
use catalyse_locale::{Label, fold};
use polars::prelude::*;

use crate::{
    AcrossRecords, Breaking, Check, CheckKind, Context, Documentation, Judgement, Look, Parameter,
    Sighting, Way,
};

/// The kind.
pub(super) struct Spelling;

impl CheckKind for Spelling {
    fn name(&self) -> &'static str {
        "spelling"
    }

    fn documentation(&self) -> Documentation {
        Documentation {
            what: Label::new(
                "Aucune autre fiche, dans les fichiers ou dans le dépôt, n'a un texte qui ne diffère que par les majuscules, les accents, les espaces, les signes ou les zéros devant un nombre : `T-1` et `t 001`. Le constat se place à l'écriture la plus rare ; à toutes si elles sont aussi fréquentes.",
                "No other record, in the files or in the store, has a text that differs only in capitals, accents, spaces, marks or the zeros before a number: `T-1` and `t 001`. The finding stands at the rarer spelling; at all if they are equally frequent.",
            ),
            why: Label::new(
                "Une personne dont le code est écrit de deux façons compte deux fois, et rien ne la suit d'une vague à l'autre. Excel enlève les zéros de tête d'un code : `0001` devient `1`.",
                "A person whose code is spelt in two ways counts twice, and is not followed from wave to wave. Excel takes the leading zeros of a code away: `0001` becomes `1`.",
            ),
            parameters: vec![Parameter::optional(
                "within",
                "toutes les fiches",
                "les variables dont les valeurs doivent être les mêmes pour que deux textes soient comparés",
                "the variables whose values must be the same for two texts to be compared",
            )],
            example: r#"[[check]]
id = "person-code-spelt-one-way"
kind = "spelling"
form = "situation"
variables = ["person_id"]
within = ["partner"]
severity = "soft"
message = { fr = "{ $label } : un autre code ne diffère que par les majuscules, les signes ou des zéros. Si c'est la même personne, écrire le même code.", en = "{ $label }: another code differs only in capitals, marks or zeros. If it is the same person, write the same code." }
"#,
            source: "Own rule. Texts are compared by 64 bits of SipHash-1-3, spellings by 53 of them.",
        }
    }

    fn open(&self, context: &Context<'_>) -> Result<Check, Box<Problem>> {
        let variables = context.variables()?;
        let Some(variable) = variables.first().copied() else {
            return Err(context.params.missing("variables"));
        };
        if variables.len() > 1 || variable.value_type.storage() != Storage::Text {
            let wanted = Label::new("un texte, seul", "a text, alone");
            return Err(context.wrong_variable(variable, &wanted));
        }
        let text = col(variable.name.as_str());
        let mut key = vec![text.clone().map(|texts| folded(&texts), |_, field| Ok(field.clone()))];
        key.extend(context.group()?);
        let number =
            |_: &Schema, field: &Field| Ok(Field::new(field.name().clone(), DataType::Float64));
        let value = Some(text.map(|texts| number_of(&texts), number));
        let table = context.layout.table.clone();
        Ok(Check::AcrossRecords(Box::new(Spellings { look: Look { table, key, value } })))
    }

    fn breaking(&self) -> Breaking {
        Breaking::new("spelt-otherwise", Way::OtherSpelling)
    }
}

/// Writes texts so that those that are alike are the same.
fn folded(texts: &Column) -> PolarsResult<Column> {
    let texts = texts.as_materialized_series().str()?;
    let folded = texts.iter().map(|text| text.map(|text| bare(&fold(text))));
    Ok(StringChunked::from_iter_options(texts.name().clone(), folded).into_column())
}

/// Takes away the blanks of a folded text, and the zeros before its numbers.
fn bare(folded: &str) -> String {
    let mut bare = String::with_capacity(folded.len());
    let mut is_in_number = false;
    let mut letters = folded.chars().peekable();
    while let Some(letter) = letters.next() {
        let is_before_digit = letters.peek().is_some_and(char::is_ascii_digit);
        let is_leading_zero = letter == '0' && !is_in_number && is_before_digit;
        if letter != ' ' && !is_leading_zero {
            bare.push(letter);
        }
        is_in_number = letter.is_ascii_digit() && !is_leading_zero;
    }
    bare
}

/// Returns a number for each spelling: other spellings have, but for one in 2⁵³, other numbers.
fn number_of(texts: &Column) -> PolarsResult<Column> {
    let texts = texts.as_materialized_series().str()?;
    let numbers = texts.iter().map(|text| {
        let mut hasher = DefaultHasher::new();
        hasher.write(text?.as_bytes());
        Some((hasher.finish() >> 11) as f64)
    });
    Ok(Float64Chunked::from_iter_options(texts.name().clone(), numbers).into_column())
}

struct Spellings {
    look: Look,
}

impl AcrossRecords for Spellings {
    fn looks(&self) -> Vec<Look> {
        vec![self.look.clone()]
    }

    fn remembers(&self) -> bool {
        true
    }

    fn judge(&self, sightings: &mut [Vec<Sighting>], _: &[u64]) -> Judgement {
        let mut judgement = Judgement::default();
        for look in sightings {
            look.sort_unstable_by_key(Sighting::group);
            for alike in look.chunk_by(|one, other| one.group() == other.group()) {
                let mut spellings: BTreeMap<u64, u64> = BTreeMap::new();
                for sighting in alike {
                    *spellings.entry(sighting.value().to_bits()).or_default() += 1;
                }
                let most = spellings.values().max().copied().unwrap_or(0);
                let is_only_most = spellings.values().filter(|count| **count == most).count() == 1;
                let is_rare = |sighting: &&Sighting| {
                    let count = spellings.get(&sighting.value().to_bits()).copied().unwrap_or(0);
                    spellings.len() > 1 && !(is_only_most && count == most)
                };
                let rare = alike.iter().filter(is_rare).filter(|sighting| !sighting.is_known());
                judgement.violated.extend(rare.copied());
            }
        }
        judgement
    }
}

#[cfg(test)]
mod tests {
    use catalyse_records::Table;
    use catalyse_testkit::StudyText;

    use crate::trial::{problems, try_it, try_tables};

    fn study(params: &str) -> StudyText {
        StudyText::new().check("it", "spelling", "person_id", params)
    }

    #[test]
    fn the_rarer_spelling_is_reported() {
        let table = "person_id | wave
                     T-1 | w1
                     T-1 | w2
                     t-1 | w3
                     T-2 | w1
                     T-12 | w1
                         | w1";
        assert_eq!(try_it(study(""), table), "A4: 4 satisfied, 1 violated, 1 lacking");
    }

    #[test]
    fn accents_spaces_and_marks_count_as_little_as_capitals() {
        let study = StudyText::new().variable("name text").check("it", "spelling", "name", "");
        let table = "name\nÉté 1\nete1\nETE-1\nETE-1\nété 10";
        assert_eq!(try_it(study, table), "A2 A3: 3 satisfied, 2 violated, 0 lacking");
    }

    #[test]
    fn zeros_before_a_number_count_as_little() {
        let table = "person_id
                     0001
                     0001
                     1
                     10
                     A-0
                     a-00
                     a-00
                     B100
                     B-0100
                     B-0100
                     B-01001";
        assert_eq!(try_it(study(""), table), "A4 A6 A9: 8 satisfied, 3 violated, 0 lacking");
    }

    #[test]
    fn equally_frequent_spellings_are_all_reported_over_all_files() {
        let tables = [
            (Table::Main, "person_id | wave\np-1 | w1\np-2 | w1"),
            (Table::Main, "wave | person_id\nw2 | P-1\nw2 | p-2"),
        ];
        assert_eq!(try_tables(study(""), &tables), "A2 B2: 2 satisfied, 2 violated, 0 lacking");
    }

    #[test]
    fn what_stands_in_another_group_is_not_compared() {
        let study = study("within = [\"partner\"]");
        let table = "person_id | partner\nA-1 | north\na-1 | south\na-1 |";
        assert_eq!(try_it(study, table), ": 2 satisfied, 0 violated, 1 lacking");
    }

    #[test]
    fn nothing_one_and_all_missing() {
        for (table, found) in [
            ("person_id | wave", ": 0 satisfied, 0 violated, 0 lacking"),
            ("person_id | wave\np1|w1", ": 1 satisfied, 0 violated, 0 lacking"),
            ("person_id | wave\n|w1\n|w1", ": 0 satisfied, 0 violated, 2 lacking"),
        ] {
            assert_eq!(try_it(study(""), table), found);
        }
    }

    #[test]
    fn only_a_text_is_spelt() {
        let study = StudyText::new().variable("age integer").check("it", "spelling", "age", "");
        assert!(problems(study).contains("a text, alone"));
    }
}
