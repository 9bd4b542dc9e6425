//! Who sees answers about health in entry, as the study says (*accès*).
//!
//! The Belgian Act of 30 July 2018, art. 9, wants a list of the categories of persons who see data concerning health, with why each needs it.
//! The study holds that list; entry keeps to it, and prints it. What is worked out from a hidden answer is hidden too, and so is what a check
//! says of one.

use std::collections::BTreeSet;

use catalyse_locale::Label;

use crate::{CheckId, CheckSpec, Codebook, Form, Role, Sensitivity, Variable, VariableName};

/// Holds one line of the list: a role that sees answers of a sensitivity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Access {
    /// Which answers: those about health, or sensitive ones.
    pub to: Sensitivity,
    /// Who sees them.
    pub role: Role,
    /// Why that role needs them.
    pub reason: Label,
}

impl Codebook {
    /// Says whether the study keeps answers of a sensitivity to some roles. Those about health always are; sensitive ones if it lists a role.
    pub fn is_kept_to_some(&self, sensitivity: Sensitivity) -> bool {
        match sensitivity {
            Sensitivity::Health => true,
            Sensitivity::Sensitive => self.study.access.iter().any(|one| one.to == sensitivity),
            Sensitivity::Identifying | Sensitivity::Plain => false,
        }
    }

    /// Lists the lines of the study that let somebody see a variable; none if it is not kept to some roles, or to nobody.
    pub fn access_to(&self, variable: &Variable) -> impl Iterator<Item = &Access> {
        let kept = self.is_kept_to_some(variable.sensitivity);
        self.study.access.iter().filter(move |one| kept && one.to == variable.sensitivity)
    }

    /// Returns the variables that a role does not see in entry, those that are worked out from them among them.
    pub fn hidden_from(&self, role: Role) -> BTreeSet<VariableName> {
        let is_hidden = |variable: &&Variable| {
            self.is_kept_to_some(variable.sensitivity)
                && !self.access_to(variable).any(|one| one.role == role)
        };
        let all = self.forms.iter().flat_map(Form::variables);
        let hidden = all.filter(is_hidden).map(|variable| variable.name.clone()).collect();
        // What follows from a hidden answer is hidden, and so is a question that is put because of one: that it is asked tells the answer.
        self.following(hidden)
    }

    /// Returns variables with all that follows from them: what is worked out from one of them, and questions that are put because of one.
    pub fn following(&self, mut variables: BTreeSet<VariableName>) -> BTreeSet<VariableName> {
        loop {
            let n_known = variables.len();
            for calculation in self.calculations() {
                if !calculation.condition.variables.is_disjoint(&variables) {
                    variables.insert(calculation.variable.name.clone());
                }
            }
            for variable in self.forms.iter().flat_map(Form::variables) {
                if variable.relevant.as_deref().is_some_and(|text| names_one(text, &variables)) {
                    variables.insert(variable.name.clone());
                }
            }
            if variables.len() == n_known {
                return variables;
            }
        }
    }

    /// Returns the checks that speak of one of the variables, or read one.
    pub fn checks_touching(&self, variables: &BTreeSet<VariableName>) -> BTreeSet<CheckId> {
        let touching = self.checks.iter().filter(|check| touches(check, variables));
        touching.map(|check| check.id.clone()).collect()
    }
}

/// Looks for the names in all that a check is written with. Its kind alone knows what a parameter means, so every word counts: a check too
/// many is kept back, and never one too few.
fn touches(check: &CheckSpec, variables: &BTreeSet<VariableName>) -> bool {
    let speaks = check.variables.iter().any(|name| variables.contains(name));
    let mut texts: Vec<&str> = check.when.as_deref().into_iter().collect();
    check.params.values().for_each(|value| gather(value, &mut texts));
    speaks || texts.into_iter().any(|text| names_one(text, variables))
}

fn gather<'v>(value: &'v toml::Value, texts: &mut Vec<&'v str>) {
    match value {
        toml::Value::String(text) => texts.push(text),
        toml::Value::Array(items) => items.iter().for_each(|item| gather(item, texts)),
        toml::Value::Table(table) => {
            texts.extend(table.keys().map(String::as_str));
            table.values().for_each(|item| gather(item, texts));
        }
        toml::Value::Integer(_)
        | toml::Value::Float(_)
        | toml::Value::Boolean(_)
        | toml::Value::Datetime(_) => {}
    }
}

/// Says whether a text names a variable, or a column that is made of one: `health`, `health_missing`, `income_sources__ris`.
fn names_one(text: &str, variables: &BTreeSet<VariableName>) -> bool {
    let words = text.split(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '_'));
    words.filter(|word| !word.is_empty()).any(|word| {
        let base = word.split_once("__").map_or(word, |(base, _)| base);
        let base = base.strip_suffix("_missing").unwrap_or(base);
        [word, base].iter().any(|name| variables.iter().any(|known| known.as_str() == *name))
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use crate::open::small_study::{PERSON, STUDY, files, problems_of_more};
    use crate::{Codebook, Role};

    const LISTED: &str = r#"[[access]]
to = "health"
role = "partner_coordinator"
reason = { fr = "suit la santé", en = "follows health" }
"#;

    fn opened(study: &str, person: &str) -> Codebook {
        let mut files = files();
        files.add("small/study.toml", format!("{STUDY}{study}"));
        files.add("small/forms/person.toml", format!("{PERSON}{person}"));
        Codebook::open(&files, "small").expect("a good study").codebook
    }

    const ILL: &str = r#"
[[section.variable]]
name = "ill"
type = "yes_no"
label = { fr = "Malade", en = "Ill" }
sensitivity = "health"
[[section.variable]]
name = "counts"
type = "integer"
label = { fr = "Compte", en = "Counts" }
calculation = "CASE WHEN ill THEN 1 ELSE 0 END"
"#;

    fn names<T: ToString>(set: &BTreeSet<T>) -> Vec<String> {
        set.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn health_is_seen_by_the_roles_that_are_listed_and_what_follows_from_it_too() {
        let codebook = opened(LISTED, ILL);
        assert!(codebook.hidden_from(Role::PartnerCoordinator).is_empty());
        assert_eq!(names(&codebook.hidden_from(Role::Encoder)), ["counts", "ill"]);
        let nobody = opened("", ILL);
        assert_eq!(names(&nobody.hidden_from(Role::PartnerCoordinator)), ["counts", "ill"]);
    }

    #[test]
    fn a_question_that_is_asked_because_of_health_is_kept_back_with_it() {
        let asked = r#"
[[section.variable]]
name = "follow_up"
type = "yes_no"
label = { fr = "Suivi", en = "Follow-up" }
relevant = "ill_missing IS NULL AND ill"
[[section.variable]]
name = "how_often"
type = "integer"
label = { fr = "Combien", en = "How often" }
relevant = "follow_up"
"#;
        let codebook = opened(LISTED, &format!("{ILL}{asked}"));
        let hidden = codebook.hidden_from(Role::Encoder);
        assert_eq!(names(&hidden), ["counts", "follow_up", "how_often", "ill"]);
        assert!(codebook.hidden_from(Role::PartnerCoordinator).is_empty());
    }

    #[test]
    fn sensitive_answers_are_everybodys_until_the_study_lists_somebody() {
        let sensitive = ILL.replace("\"health\"", "\"sensitive\"");
        assert!(opened("", &sensitive).hidden_from(Role::Encoder).is_empty());
        let listed = LISTED.replace("to = \"health\"", "to = \"sensitive\"");
        let codebook = opened(&listed, &sensitive);
        assert_eq!(names(&codebook.hidden_from(Role::Encoder)), ["counts", "ill"]);
    }

    #[test]
    fn a_check_that_reads_a_variable_touches_it() {
        let codebook = opened("", "");
        let touching = |name: &str| {
            let name = crate::VariableName::new(name).expect("a name");
            names(&codebook.checks_touching(&BTreeSet::from([name])))
        };
        assert_eq!(touching("has_car"), ["child-has-no-car"]);
        assert_eq!(touching("age"), ["child-has-no-car"]);
        assert!(touching("tenure").iter().all(|id| id.contains("tenure")));
    }

    #[test]
    fn the_list_names_known_roles_once_and_says_why() {
        let problems = |more: &str| problems_of_more("small/study.toml", more);
        assert_eq!(problems(LISTED), "");
        for (old, new, says) in [
            (
                "partner_coordinator",
                "partner_cordinator",
                "`partner_cordinator` is not possible for `role`",
            ),
            ("partner_coordinator", "reader", "`reader` is not possible for `role`"),
            ("to = \"health\"", "to = \"plain\"", "`plain` is not possible for `to`"),
            ("reason", "why", "unknown key `why`"),
        ] {
            let found = problems(&LISTED.replace(old, new));
            assert!(found.contains(says), "{found}");
        }
        let twice = problems(&format!("{LISTED}{LISTED}"));
        assert!(twice.contains("is listed twice"), "{twice}");
    }

    #[test]
    fn health_that_nobody_sees_is_warned_of() {
        let warned = problems_of_more("small/forms/person.toml", ILL);
        assert!(warned.contains("no role is listed"), "{warned}");
    }
}
