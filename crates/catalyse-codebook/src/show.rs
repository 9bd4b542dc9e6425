//! A codebook as a text for people: what `catalyse codebook show` prints.

mod list;
mod study;
mod variable;

use catalyse_locale::{Args, Language, Message, Wording};

use crate::{CheckSpec, Codebook, Form, ListName, TargetGroup, nearest};

/// Gives the sentence of a check with its holes filled, which only its kind can do; nothing if the kind makes none.
pub type SentenceOf<'a> = dyn Fn(&CheckSpec) -> Option<Message> + 'a;

impl Codebook {
    /// Returns what is known of the study itself, a form, a variable, a code list, a check or a target group; without a name all forms with their variables.
    /// `sentence` fills the holes of a check's message; where it gives nothing, the label of the first variable is filled in.
    ///
    /// Nothing if nothing has the name: [`Self::nearest_names`] then says which are near.
    pub fn show(
        &self,
        name: Option<&str>,
        language: Language,
        sentence: &SentenceOf<'_>,
    ) -> Option<String> {
        let Some(name) = name else { return Some(self.show_all(language)) };
        if name == self.study.id {
            return Some(study::show(self, language));
        }
        if let Some(form) = self.forms.iter().find(|form| form.name.as_str() == name) {
            return Some(show_form(form, language));
        }
        let mut variables = self.forms.iter().flat_map(Form::variables);
        if let Some(variable) = variables.find(|variable| variable.name.as_str() == name) {
            return Some(variable::show(self, variable, language));
        }
        if let Some(list) = self.code_lists.values().find(|list| list.name.as_str() == name) {
            return Some(list::show(self, list, language));
        }
        if let Some(check) = self.checks.iter().find(|check| check.id.as_str() == name) {
            let message = sentence(check).unwrap_or_else(|| self.labelled(check));
            return Some(show_check(check, &message.say(language), language));
        }
        let group = self.target_groups.iter().find(|group| group.name.as_str() == name)?;
        Some(show_group(group, language))
    }

    /// Offers the names of forms, variables, lists, checks and groups that are nearest to one that is not known.
    pub fn nearest_names(&self, name: &str) -> Option<Message> {
        let variables = self.forms.iter().flat_map(Form::variables);
        let known = std::iter::once(self.study.id.as_str())
            .chain(variables.map(|variable| variable.name.as_str()))
            .chain(self.forms.iter().map(|form| form.name.as_str()))
            .chain(self.code_lists.keys().map(ListName::as_str))
            .chain(self.checks.iter().map(|check| check.id.as_str()))
            .chain(self.target_groups.iter().map(|group| group.name.as_str()));
        nearest(name, known)
    }

    fn labelled(&self, check: &CheckSpec) -> Message {
        let first = check.variables.first().and_then(|name| self.variable(name));
        let args = first.map_or_else(Args::new, |first| Args::new().label("label", &first.label));
        Wording::from(&check.message).with(args)
    }

    fn show_all(&self, language: Language) -> String {
        let study = &self.study;
        let mut title = format!("{} — {}\n", study.id, study.title.get(language));
        for one in &study.access {
            let (role, to) = (one.role.label(), one.to.label());
            let content = format!("{} — {}", role.get(language), one.reason.get(language));
            let heading = ACCESS.say(language, &Args::new().label("to", &to));
            let mark = if language == Language::Fr { " :" } else { ":" };
            title.extend(["  ", &heading, mark, " ", &content, "\n"]);
        }
        if let Some(reask) = &study.reask {
            let named: Vec<&str> =
                reask.variables.iter().map(crate::VariableName::as_str).collect();
            let also =
                if named.is_empty() { String::new() } else { format!(", {}", named.join(", ")) };
            line(&mut title, language, &REASK, &format!("{} %{also}", reask.percent));
        }
        let forms = self.forms.iter().map(|form| show_form(form, language));
        let rest = [self.list_checks(language), self.list_groups(language)];
        let parts = std::iter::once(title).chain(forms).chain(rest);
        parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
    }

    /// Lists the checks of the study's own files, form by form; those that variables bring with them stand at their variable.
    fn list_checks(&self, language: Language) -> String {
        let written = |check: &&CheckSpec| !check.id.as_str().contains('.');
        let checks: Vec<&CheckSpec> = self.checks.iter().filter(written).collect();
        let width = checks.iter().map(|check| check.id.as_str().len()).max().unwrap_or(0);
        let mut text = String::new();
        for form in &self.forms {
            let of_form = checks.iter().filter(|check| check.form == form.name);
            let lines = of_form.map(|check| {
                let (id, kind) = (check.id.as_str(), check.kind.as_str());
                format!("    {id:width$}  {kind} ({})\n", severity(check, language))
            });
            let lines: String = lines.collect();
            if !lines.is_empty() {
                text.extend(["  ", form.title.get(language), "\n", &lines]);
            }
        }
        titled(&CHECKS, language, text)
    }

    fn list_groups(&self, language: Language) -> String {
        let width = self.target_groups.iter().map(|group| group.name.as_str().len()).max();
        let width = width.unwrap_or(0);
        let groups = self.target_groups.iter();
        let lines = groups.map(|group| {
            format!("    {:width$}  {}\n", group.name.as_str(), group.label.get(language))
        });
        titled(&GROUPS, language, lines.collect())
    }
}

/// Puts a title over lines, if there are any.
fn titled(title: &Wording, language: Language, lines: String) -> String {
    if lines.is_empty() { lines } else { format!("{}\n{lines}", title.say(language, &Args::new())) }
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

const CHECKS: Wording = Wording::new(
    "contrôles (`codebook show NOM` dit ce que l'un d'eux cherche)",
    "checks (`codebook show NAME` says what one looks for)",
);
const GROUPS: Wording = Wording::new("groupes cibles", "target groups");
const ACCESS: Wording = Wording::new("accès ({ $to })", "access ({ $to })");
const REASK: Wording = Wording::new("redemande à l'aveugle", "asked anew blind");
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

fn show_check(check: &CheckSpec, sentence: &str, language: Language) -> String {
    let mut text = format!("{} — {sentence}\n", check.id);
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
