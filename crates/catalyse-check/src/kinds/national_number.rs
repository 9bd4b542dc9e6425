//! `national-number`: a Belgian national number (NISS) says the birth date, and the sex, that the record says.

use catalyse_codebook::{CheckSpec, Problem, Storage, Variable};
use catalyse_locale::{Args, Label, Wording};
use catalyse_records::precision_column;
use polars::prelude::*;

use crate::{Assertion, Check, CheckKind, Context, Documentation, Parameter, Params, Tie};

const WRONG_COUNT: Wording = Wording::new(
    "le contrôle « { $check } » (genre { $kind }) doit nommer un numéro national, une date de naissance et, s'il le faut, le sexe",
    "the check `{ $check }` (kind { $kind }) must name a national number, a birth date and, if wanted, the sex",
);

/// The kind.
pub(super) struct NationalNumber;

impl CheckKind for NationalNumber {
    fn name(&self) -> &'static str {
        "national-number"
    }

    fn documentation(&self) -> Documentation {
        Documentation {
            what: Label::new(
                "Les six premiers chiffres du numéro national sont la date de naissance de la fiche, et son numéro d'ordre est impair pour un homme, pair pour une femme. Ce que le numéro ou la fiche ne dit pas (mois ou jour 00, année seule) n'est pas comparé. Un numéro bis ajoute 20 au mois si le sexe n'était pas connu, 40 s'il l'était. Le constat se place à la date ou au sexe.",
                "The first six digits of the national number are the record's birth date, and its serial number is odd for a man, even for a woman. What the number or the record does not say (month or day 00, the year alone) is not compared. A bis number adds 20 to the month if the sex was not known, 40 if it was. The finding stands at the date or at the sex.",
            ),
            why: Label::new(
                "Un numéro recopié de la mauvaise carte a des chiffres de contrôle justes : seule la date le trahit. Le sexe inscrit a pu changer depuis : c'est à vérifier, jamais bloquant.",
                "A number copied from the wrong card has right check digits: the date alone gives it away. The registered sex may have changed since: to be confirmed, never blocking.",
            ),
            parameters: vec![
                Parameter::optional(
                    "men",
                    "aucun",
                    "les codes du sexe dont le numéro d'ordre est impair ; obligatoire si un sexe est nommé",
                    "the codes of sex whose serial number is odd; required if a sex is named",
                ),
                Parameter::optional(
                    "women",
                    "aucun",
                    "les codes du sexe dont le numéro d'ordre est pair ; obligatoire si un sexe est nommé. Un autre code n'est pas comparé",
                    "the codes of sex whose serial number is even; required if a sex is named. Another code is not compared",
                ),
            ],
            example: r#"[[check]]
id = "national-number-agrees"
kind = "national-number"
form = "situation"
variables = ["national_number", "birth_date", "sex"]
severity = "soft"
men = ["M"]
women = ["F"]
message = { fr = "« { $label } » : le numéro national dit autre chose. Comparer avec la carte.", en = "`{ $label }`: the national number says something else. Compare with the card." }
"#,
            source: "AR 3 April 1984 (serial number) as changed by AR 25 November 1997 (births from 2000); AR 8 February 1991, art. 2–4 (bis numbers)",
        }
    }

    fn open(&self, context: &Context<'_>) -> Result<Check, Box<Problem>> {
        let variables = context.variables()?;
        let (number, birth, sex) = match variables.as_slice() {
            [number, birth] => (number, birth, None),
            [number, birth, sex] => (number, birth, Some(sex)),
            _ => return Err(context.problem(&WRONG_COUNT, Args::new())),
        };
        if !number.value_type.is_national_number() {
            let wanted = Label::new("un numéro national (niss)", "a national number (niss)");
            return Err(context.wrong_variable(number, &wanted));
        }
        if birth.value_type.storage() != Storage::Date {
            return Err(context.wrong_variable(birth, &Label::new("une date", "a date")));
        }
        let says = Says::of(number);
        let mut assertions = vec![Assertion::new(birth, says.birth(birth))];
        let [men, women] = ["men", "women"].map(|key| context.codes(key, sex.copied()));
        let (men, women) = (men?, women?);
        if let Some(sex) = sex {
            if men.is_empty() || women.is_empty() {
                let absent = if men.is_empty() { "men" } else { "women" };
                return Err(context.params.missing(absent));
            }
            assertions.push(Assertion::new(sex, says.sex(sex, &men, &women)));
        }
        Ok(Check::PerRecord(assertions))
    }

    fn tie(&self, spec: &CheckSpec) -> Option<Tie> {
        let (number, others) = spec.variables.split_first()?;
        let odd = Params::new(spec).texts("men").unwrap_or_default();
        let odd = odd.into_iter().map(str::to_owned).collect();
        Some(Tie { number: number.clone(), others: others.to_vec(), odd })
    }
}

/// Holds the parts of a number, as expressions.
struct Says {
    year: Expr,
    /// 0 where it is not known.
    month: Expr,
    day: Expr,
    is_man: Expr,
    knows_sex: Expr,
    /// False for a number that stands for no year: 00.00.
    knows_year: Expr,
}

impl Says {
    fn of(number: &Variable) -> Self {
        let number = col(number.name.as_str()).cast(DataType::Int64);
        let part = |below: i64, size: i64| number.clone().floor_div(lit(below)) % lit(size);
        let stem = number.clone().floor_div(lit(100));
        let check = part(1, 100);
        // The type has verified the check digits: where those of a birth before 2000 do not hold, those from 2000 on do.
        let is_before_2000 = (lit(97) - stem % lit(97)).eq(check);
        let written = part(10_000_000, 100);
        let month = when(written.clone().gt_eq(lit(40)))
            .then(written.clone() - lit(40))
            .when(written.clone().gt_eq(lit(20)))
            .then(written.clone() - lit(20))
            .otherwise(written.clone());
        let short_year = part(1_000_000_000, 100);
        let century = when(is_before_2000).then(lit(1900)).otherwise(lit(2000));
        Self {
            knows_year: short_year.clone().neq(lit(0)).or(month.clone().neq(lit(0))),
            year: century + short_year,
            // In a number without a month, the day counts on when the serial numbers of a year were used up.
            day: when(month.clone().eq(lit(0))).then(lit(0)).otherwise(part(100_000, 100)),
            month,
            is_man: (part(100, 1_000) % lit(2)).eq(lit(1)),
            knows_sex: written.clone().lt(lit(20)).or(written.gt_eq(lit(40))),
        }
    }

    /// TRUE where what both sides know of the birth is the same.
    fn birth(&self, birth: &Variable) -> Expr {
        let date = col(birth.name.as_str());
        let (year, month, day) =
            (date.clone().dt().year(), date.clone().dt().month(), date.dt().day());
        let is_of = |precision: &str| {
            if !birth.value_type.may_be_partial() {
                return lit(false);
            }
            col(precision_column(&birth.name)).eq(lit(precision)).fill_null(lit(false))
        };
        let (only_year, only_month) = (is_of("year"), is_of("month"));
        let same = |ours: &Expr, theirs: Expr| ours.clone().eq(theirs.cast(DataType::Int64));
        let same_month =
            only_year.clone().or(self.month.clone().eq(lit(0))).or(same(&self.month, month));
        let same_day =
            only_year.or(only_month).or(self.day.clone().eq(lit(0))).or(same(&self.day, day));
        let holds = same(&self.year, year).and(same_month).and(same_day);
        when(self.knows_year.clone()).then(holds).otherwise(lit(NULL))
    }

    /// TRUE where the serial number is that of the sex; NULL for a sex that is neither, and for a number given without one.
    fn sex(&self, sex: &Variable, men: &[&str], women: &[&str]) -> Expr {
        let is_one_of = |codes: &[&str]| {
            let codes = codes.iter().map(|code| col(sex.name.as_str()).eq(lit(*code)));
            codes.reduce(Expr::or).unwrap_or_else(|| lit(false))
        };
        when(self.knows_sex.clone().and(is_one_of(men)))
            .then(self.is_man.clone())
            .when(self.knows_sex.clone().and(is_one_of(women)))
            .then(self.is_man.clone().not())
            .otherwise(lit(NULL))
    }
}

#[cfg(test)]
mod tests {
    use catalyse_testkit::StudyText;

    use crate::trial::{problems, try_it};

    fn study(birth: &str, keys: &str) -> StudyText {
        StudyText::new()
            .list("sexes", "F M X")
            .variable("number niss")
            .variable(&format!("born {birth}"))
            .variable("sex select_one sexes")
            .check("it", "national-number", "number born sex", keys)
    }

    const CODES: &str = "men = [\"M\"]; women = [\"F\"]";

    #[test]
    fn birth_and_sex_are_those_of_the_number() {
        // 42.01.22-051 is a man's, 17.07.30-033 (from 2000) a man's, 73.01.11-361 a man's.
        let table = "number | born | sex
                     42012205181 | 22/01/1942 | M
                     42012205181 | 22/01/1942 | F
                     42012205181 | 23/01/1942 | M
                     42012205181 | 22/01/2042 | M
                     17073003384 | 30/07/2017 | M
                     17073003384 | 30/07/1917 | F
                     42012205181 | 22/01/1942 | X
                     42012205181 | | F
                     | 22/01/1942 | M";
        assert_eq!(
            try_it(study("date", CODES), table),
            "C3 B4 B5 B7 C7 C9: 2 satisfied, 5 violated, 2 lacking"
        );
    }

    #[test]
    fn what_is_not_known_is_not_compared() {
        let table = "number | born | sex
                     42012205181 | 1942 | M
                     42012205181 | 01/1942 | M
                     42012205181 | 02/1942 | M
                     42012205181 | 1943 | M
                     00000100195 | 05/03/1951 | M";
        assert_eq!(
            try_it(study("partial_date", CODES), table),
            "B4 B5: 2 satisfied, 2 violated, 1 lacking"
        );
    }

    #[test]
    fn a_bis_number_says_the_month_and_perhaps_the_sex() {
        // 98.47.28: July 1998, sex known when given, serial 997 odd; 01.49.07: September 2001, serial 001.
        let table = "number | born | sex
                     98472899765 | 28/07/1998 | M
                     98472899765 | 28/07/1998 | F
                     01490700185 | 07/09/2001 | F";
        let answer = try_it(study("date", CODES), table);
        assert!(answer.starts_with("C3"), "{answer}");
    }

    #[test]
    fn wrong_variables_and_codes_are_problems_with_their_line() {
        let wrong = |study: StudyText| problems(study);
        assert_eq!(
            wrong(study("date", "men = [\"M\"]")),
            "small/checks.toml:1: the check `it` (kind national-number) lacks the parameter `women`"
        );
        assert_eq!(
            wrong(study("date", "men = [\"H\"]; women = [\"F\"]")),
            "small/checks.toml:1: the check `it`: the code `H` is not in the list of `sex`. The nearest name: `F`, `M`, `X`"
        );
        assert_eq!(
            wrong(study("integer", CODES)),
            "small/checks.toml:1: the check `it` (kind national-number) speaks of `born`, which should be a date"
        );
        let alone =
            StudyText::new().variable("number niss").check("it", "national-number", "number", "");
        assert_eq!(
            wrong(alone),
            "small/checks.toml:1: the check `it` (kind national-number) must name a national number, a birth date and, if wanted, the sex"
        );
    }
}
