//! A codebook as a text for people: what `catalyse codebook show` prints.

mod list;
mod variable;

use catalyse_locale::{Args, Language, Message, Wording};

use crate::{CheckSpec, Codebook, Form, TargetGroup, nearest};

const UNKNOWN: Wording = Wording::new(
    "rien ne s'appelle « { $name } » dans cette étude",
    "nothing is called `{ $name }` in this study",
);

impl Codebook {
    /// Returns all forms with their sections and variables, one line each.
    pub fn show(&self, language: Language) -> String {
        let study = &self.study;
        let title = format!("{} — {}\n", study.id, study.title.get(language));
        let forms = self.forms.iter().map(|form| show_form(form, language));
        std::iter::once(title).chain(forms).collect::<Vec<_>>().join("\n")
    }

    /// Returns what is known of a form, a variable, a code list, a check or a target group.
    ///
    /// # Errors
    /// Nothing has the name; the message offers the nearest names.
    pub fn show_name(&self, name: &str, language: Language) -> Result<String, Box<NoSuchName>> {
        let form = self.forms.iter().find(|form| form.name.as_str() == name);
        if let Some(form) = form {
            return Ok(show_form(form, language));
        }
        let variable =
            self.forms.iter().flat_map(Form::variables).find(|v| v.name.as_str() == name);
        if let Some(variable) = variable {
            return Ok(variable::show(self, variable, language));
        }
        if let Some(list) = self.code_lists.values().find(|list| list.name.as_str() == name) {
            return Ok(list::show(self, list, language));
        }
        if let Some(check) = self.checks.iter().find(|check| check.id.as_str() == name) {
            return Ok(show_check(check, language));
        }
        let group = self.target_groups.iter().find(|group| group.name.as_str() == name);
        group.map(|group| show_group(group, language)).ok_or_else(|| Box::new(self.no_such(name)))
    }

    fn no_such(&self, name: &str) -> NoSuchName {
        let variables = self.forms.iter().flat_map(Form::variables).map(|v| v.name.as_str());
        let known = variables
            .chain(self.forms.iter().map(|form| form.name.as_str()))
            .chain(self.code_lists.keys().map(crate::ListName::as_str))
            .chain(self.checks.iter().map(|check| check.id.as_str()))
            .chain(self.target_groups.iter().map(|group| group.name.as_str()));
        let hint = nearest(name, known);
        NoSuchName { message: UNKNOWN.with(Args::new().text("name", name)), hint }
    }
}

/// Says that nothing in a study has a name.
#[derive(Clone, Debug, PartialEq)]
pub struct NoSuchName {
    /// What is wrong.
    pub message: Message,
    /// The nearest names.
    pub hint: Option<Message>,
}

/// Writes one line `heading: text`, if there is a text.
fn line(text: &mut String, language: Language, heading: &Wording, content: &str) {
    if content.is_empty() {
        return;
    }
    let heading = heading.say(language, &Args::new());
    let mark = if language == Language::Fr { " :" } else { ":" };
    text.extend(["  ", &heading, mark, " ", content, "\n"]);
}

fn show_form(form: &Form, language: Language) -> String {
    let mut text = format!("{} — {}\n", form.name, form.title.get(language));
    let width = form.variables().map(|variable| variable.name.as_str().len()).max().unwrap_or(0);
    for section in &form.sections {
        text.extend(["  ", section.title.get(language), "\n"]);
        for variable in &section.variables {
            let list = variable.list.as_ref().map_or_else(String::new, |list| format!(" {list}"));
            let name = format!("    {:width$}  ", variable.name.as_str());
            let type_name = variable.value_type.name();
            let label = variable.label.get(language);
            text.extend([&name, label, " (", type_name, &list, ")\n"]);
        }
    }
    text
}

const CONDITION: Wording = Wording::new("condition", "condition");
const SOURCE: Wording = Wording::new("source", "source");
const WHY: Wording = Wording::new("pourquoi", "why");
const KIND: Wording = Wording::new("genre", "kind");
const ABOUT: Wording = Wording::new("variables", "variables");
const WHEN: Wording = Wording::new("si", "when");
const WRITTEN: Wording = Wording::new("écrit à", "written at");
const PARAMS: Wording = Wording::new("paramètres", "parameters");

fn show_group(group: &TargetGroup, language: Language) -> String {
    let mut text = format!("{} — {}\n", group.name, group.label.get(language));
    line(&mut text, language, &CONDITION, &group.condition);
    line(&mut text, language, &SOURCE, &group.source);
    text
}

fn show_check(check: &CheckSpec, language: Language) -> String {
    let mut text = format!("{} — {}\n", check.id, check.message.get(language));
    let variables: Vec<&str> = check.variables.iter().map(crate::VariableName::as_str).collect();
    let params: Vec<String> =
        check.params.iter().map(|(key, value)| format!("{key} = {value}")).collect();
    let (file, at) = &check.written_at;
    line(&mut text, language, &KIND, &format!("{} ({})", check.kind, severity(check, language)));
    line(&mut text, language, &ABOUT, &format!("{} ({})", variables.join(", "), check.form));
    line(&mut text, language, &WHEN, check.when.as_deref().unwrap_or_default());
    line(&mut text, language, &PARAMS, &params.join(", "));
    line(&mut text, language, &WHY, check.why.get(language));
    line(&mut text, language, &SOURCE, &check.source);
    line(&mut text, language, &WRITTEN, &format!("{file}:{at}"));
    text
}

fn severity(check: &CheckSpec, language: Language) -> String {
    check.severity.label().get(language).to_owned()
}

#[cfg(test)]
mod tests;
