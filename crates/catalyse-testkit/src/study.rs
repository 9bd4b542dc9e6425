//! Small studies: lists in a line, variables in a line, checks as they stand in a file.

use std::fmt::Write;

use catalyse_codebook::{Codebook, SchemaFiles};
use catalyse_locale::Language;

const STUDY: &str = r#"
id = "small"
title = { fr = "Petite étude", en = "Small study" }
population = { fr = "personnes", en = "persons" }
languages = ["fr", "en"]
checks = ["checks.toml"]
policy = "small"
[keys]
person = "person_id"
wave = "wave"
partner = "partner"
interview_date = "interview_date"
[[partner]]
id = "north"
label = { fr = "Nord", en = "North" }
[[partner]]
id = "south"
label = { fr = "Sud", en = "South" }
[[wave]]
id = "w1"
label = { fr = "Vague 1", en = "Wave 1" }
from = "2024-03-01"
to = "2024-05-31"
[[wave]]
id = "w2"
label = { fr = "Vague 2", en = "Wave 2" }
from = "2025-03-01"
to = "2025-05-31"
[[wave]]
id = "w3"
label = { fr = "Vague 3", en = "Wave 3" }
from = "2026-03-01"
to = "2026-05-31"
"#;

/// Makes a study out of a few lines. Its partners are `north` and `south`, its waves `w1`, `w2` and `w3`.
///
/// The form `situation` begins with `person_id`, `wave`, `partner` and `interview_date`.
pub struct StudyText {
    files: SchemaFiles,
    forms: Vec<(String, String)>,
    checks: String,
    keys: String,
}

impl Default for StudyText {
    fn default() -> Self {
        Self::new()
    }
}

impl StudyText {
    /// Makes a study with the form `situation` and nothing but keys in it.
    pub fn new() -> Self {
        let mut files = SchemaFiles::new();
        files.add("small/policies/small.toml", "");
        let keys = ["person_id pseudonym", "wave wave", "partner partner", "interview_date date"];
        let study = Self { files, forms: Vec::new(), checks: String::new(), keys: String::new() };
        keys.into_iter().fold(study.form("situation", "person-wave"), Self::variable)
    }

    /// Adds a line under `[keys]`.
    #[must_use]
    pub fn key(mut self, line: &str) -> Self {
        let _ = writeln!(self.keys, "{line}");
        self
    }

    /// Adds a code list: its codes, parted by blanks. A code is also its label.
    #[must_use]
    pub fn list(mut self, name: &str, codes: &str) -> Self {
        let mut text = "code,label_fr,label_en,source\n".to_owned();
        for code in codes.split_whitespace() {
            let _ = writeln!(text, "{code},{code},{code},a test");
        }
        self.files.add(format!("common/code-lists/{name}.csv"), text);
        self
    }

    /// Begins another form. The grain is written as in a form, `repeat`.
    #[must_use]
    pub fn form(mut self, name: &str, grain: &str) -> Self {
        let head = format!(
            "name = \"{name}\"\ntitle = {{ fr = \"{name}\", en = \"{name}\" }}\ngrain = \"{grain}\"\n[[section]]\nname = \"all\"\ntitle = {{ fr = \"Tout\", en = \"All\" }}\n"
        );
        self.forms.push((name.to_owned(), head));
        self
    }

    /// Adds a variable to the form begun last: its name and type, then its other keys parted by `;`.
    ///
    /// `licence select_one licences; relevant = "age >= 16"; missing = ["refused"]`
    ///
    /// # Panics
    /// The line has no type.
    #[must_use]
    pub fn variable(mut self, line: &str) -> Self {
        let mut parts = line.split(';').map(str::trim);
        let (name, value_type) =
            parts.next().and_then(|head| head.split_once(' ')).expect("a name and a type");
        let (_, text) = self.forms.last_mut().expect("a form was begun");
        let _ = write!(
            text,
            "[[section.variable]]\nname = \"{name}\"\ntype = \"{value_type}\"\nlabel = {{ fr = \"{name}\", en = \"{name}\" }}\ndefinition = {{ fr = \"{name}\", en = \"{name}\" }}\nsensitivity = \"plain\"\npurpose = {{ fr = \"Un test.\", en = \"A test.\" }}\nretention_months = 12\n"
        );
        for key in parts {
            let _ = writeln!(text, "{key}");
        }
        self
    }

    /// Adds checks as they stand in `checks.toml`.
    #[must_use]
    pub fn checks(mut self, toml: &str) -> Self {
        self.checks.push_str(toml);
        self
    }

    /// Adds a check without the words: id, kind, the variables parted by blanks, and further keys parted by `;`.
    #[must_use]
    pub fn check(self, id: &str, kind: &str, variables: &str, keys: &str) -> Self {
        let form = self.forms.last().map_or("situation", |(name, _)| name).to_owned();
        let names: Vec<String> =
            variables.split_whitespace().map(|name| format!("\"{name}\"")).collect();
        let mut toml = format!(
            "[[check]]\nid = \"{id}\"\nkind = \"{kind}\"\nform = \"{form}\"\nvariables = [{}]\nseverity = \"soft\"\nmessage = {{ fr = \"{id} : {{ $label }}\", en = \"{id}: {{ $label }}\" }}\n",
            names.join(", ")
        );
        for key in keys.split(';') {
            let _ = writeln!(toml, "{}", key.trim());
        }
        self.checks(&toml)
    }

    /// Returns the codebook.
    ///
    /// # Panics
    /// The study does not open; its problems are shown.
    pub fn open(mut self) -> Codebook {
        let names: Vec<String> =
            self.forms.iter().map(|(name, _)| format!("\"forms/{name}.toml\"")).collect();
        for (name, text) in self.forms {
            self.files.add(format!("small/forms/{name}.toml"), text);
        }
        let study =
            STUDY.replacen("checks =", &format!("forms = [{}]\nchecks =", names.join(", ")), 1);
        let study = study.replacen("[keys]\n", &format!("[keys]\n{}", self.keys), 1);
        self.files.add("small/study.toml", study);
        self.files.add("small/checks.toml", self.checks);
        match Codebook::open(&self.files, "small") {
            Ok(opened) => opened.codebook,
            Err(problems) => panic!("{}", problems.say(Language::En)),
        }
    }
}
