//! Confronting the names of a study with what exists, once everything is read.

use std::cell::RefCell;
use std::collections::BTreeSet;

use catalyse_locale::{Args, Message, Wording};

use super::Read;
use crate::{
    Codebook, Form, Grain, Problem, Sensitivity, Storage, Variable, VariableName, nearest,
};

const TWICE: Wording =
    Wording::new("le nom « { $name } » est donné deux fois", "the name `{ $name }` is given twice");
const UNKNOWN_VARIABLE: Wording =
    Wording::new("variable inconnue « { $name } »", "unknown variable `{ $name }`");
const UNKNOWN_FORM: Wording =
    Wording::new("formulaire inconnu « { $name } »", "unknown form `{ $name }`");
const UNKNOWN_WAVE: Wording =
    Wording::new("vague inconnue « { $name } »", "unknown wave `{ $name }`");
const NOT_IN_FORM: Wording = Wording::new(
    "la variable « { $name } » n'est pas dans les fiches du formulaire « { $form } »",
    "the variable `{ $name }` is not in the records of the form `{ $form }`",
);
const TOO_MANY: Wording = Wording::new(
    "un choix multiple a au plus 64 codes ; la liste « { $name } » en a plus",
    "a multiple choice has at most 64 codes; the list `{ $name }` has more",
);
const UNUSED: Wording = Wording::new("ce fichier n'est utilisé par rien", "nothing uses this file");
const SEEN_BY_NOBODY: Wording = Wording::new(
    "l'étude a des variables de santé (« { $name } »…) et aucun rôle n'est inscrit pour les voir : la saisie ne les montre à personne ; ajouter [[access]] avec to, role et reason",
    "the study has health variables (`{ $name }`…) and no role is listed to see them: entry shows them to nobody; add [[access]] with to, role and reason",
);
const NEVER_ASKED: Wording = Wording::new(
    "la variable « { $name } » est calculée : elle n'est jamais demandée, ni redemandée",
    "the variable `{ $name }` is calculated: it is never asked, and so never asked anew",
);
const RESERVED: Wording = Wording::new(
    "le nom « { $name } » est celui d'une colonne faite par le programme ; en choisir un autre",
    "the name `{ $name }` is that of a column the program makes; choose another",
);

/// Notes every name that is given twice, means nothing, or stands where it cannot.
pub(crate) fn look_at(read: &Read, problems: &RefCell<Vec<Problem>>) {
    let names = Names { read, problems };
    names.unique();
    names.keys();
    names.variables();
    names.checks();
    names.access();
    for path in &read.unused {
        problems.borrow_mut().push(Problem::warning(path, 0, UNUSED.with(Args::new())));
    }
}

struct Names<'r> {
    read: &'r Read,
    problems: &'r RefCell<Vec<Problem>>,
}

impl Names<'_> {
    fn note(&self, (file, line): (&str, usize), message: Message, hint: Option<Message>) {
        self.problems.borrow_mut().push(Problem::error(file, line, message).with_hint(hint));
    }

    fn line_of(&self, name: &VariableName, key: &'static str) -> (&str, usize) {
        let line = self.read.lines.get(&(name.clone(), key));
        line.map_or(("", 0), |(file, line)| (file, *line))
    }

    /// Names are unique: variables in the whole study, all others among their like.
    fn unique(&self) {
        let codebook = &self.read.codebook;
        let study = self.read.study_path.as_str();
        self.each_once(
            codebook
                .forms
                .iter()
                .zip(&self.read.form_files)
                .map(|(form, (file, _))| (form.name.as_str(), (file.as_str(), 1))),
        );
        let partners = codebook.study.partners.iter().zip(&self.read.study_file.partners);
        self.each_once(partners.map(|(partner, line)| (partner.id.as_str(), (study, *line))));
        let waves = codebook.study.waves.iter().zip(&self.read.study_file.waves);
        self.each_once(waves.map(|(wave, line)| (wave.id.as_str(), (study, *line))));
        self.each_once(
            codebook.checks.iter().map(|check| {
                (check.id.as_str(), (check.written_at.0.as_str(), check.written_at.1))
            }),
        );
        let groups = codebook.target_groups.iter().zip(&self.read.group_lines);
        self.each_once(
            groups.map(|(group, (file, line))| (group.name.as_str(), (file.as_str(), *line))),
        );
        self.each_once(
            self.all_variables()
                .map(|variable| (variable.name.as_str(), self.line_of(&variable.name, ""))),
        );
    }

    fn each_once<'n>(&self, named: impl Iterator<Item = (&'n str, (&'n str, usize))>) {
        let mut seen = BTreeSet::new();
        for (name, place) in named {
            if !seen.insert(name) {
                self.note(place, TWICE.with(Args::new().text("name", name)), None);
            }
        }
    }

    fn all_variables(&self) -> impl Iterator<Item = &Variable> {
        self.read.codebook.forms.iter().flat_map(Form::variables)
    }

    fn unknown_variable(&self, name: &VariableName, place: (&str, usize)) {
        let message = UNKNOWN_VARIABLE.with(Args::new().text("name", name.as_str()));
        let known = self.all_variables().map(|variable| variable.name.as_str());
        self.note(place, message, nearest(name.as_str(), known));
    }

    fn keys(&self) {
        let study = &self.read.codebook.study;
        let keys = [&study.person, &study.wave, &study.partner, &study.interview_date];
        for name in keys.into_iter().chain(&study.weight) {
            if self.read.codebook.variable(name).is_none() {
                self.unknown_variable(name, (&self.read.study_path, self.read.study_file.keys));
            }
        }
        for name in study.reask.iter().flat_map(|reask| &reask.variables) {
            let place = (self.read.study_path.as_str(), self.read.study_file.reask);
            match self.read.codebook.variable(name) {
                None => self.unknown_variable(name, place),
                Some(variable) if variable.is_derived() => {
                    let message = NEVER_ASKED.with(Args::new().text("name", name.as_str()));
                    self.note(place, message, None);
                }
                Some(_) => {}
            }
        }
        for (wave, line) in study.waves.iter().zip(&self.read.study_file.waves) {
            for name in &wave.note_variables {
                if self.read.codebook.variable(name).is_none() {
                    self.unknown_variable(name, (&self.read.study_path, *line));
                }
            }
        }
    }

    /// Without a line of access, health variables are typed and read in files alone.
    fn access(&self) {
        let codebook: &Codebook = &self.read.codebook;
        if codebook.study.access.iter().any(|one| one.to == Sensitivity::Health) {
            return;
        }
        let mut all = self.all_variables();
        if let Some(first) = all.find(|variable| variable.sensitivity == Sensitivity::Health) {
            let message = SEEN_BY_NOBODY.with(Args::new().text("name", first.name.as_str()));
            let problem = Problem::warning(&self.read.study_path, 0, message);
            self.problems.borrow_mut().push(problem);
        }
    }

    fn variables(&self) {
        let codebook = &self.read.codebook;
        let names: BTreeSet<&str> =
            self.all_variables().map(|variable| variable.name.as_str()).collect();
        for variable in self.all_variables() {
            let name = variable.name.as_str();
            let is_made = name.strip_suffix("_missing").is_some_and(|base| names.contains(base))
                || name.split_once("__").is_some_and(|(base, _)| names.contains(base));
            if is_made {
                let message = RESERVED.with(Args::new().text("name", name));
                self.note(self.line_of(&variable.name, ""), message, None);
            }
            for (key, wave) in [("since", &variable.since), ("until", &variable.until)] {
                let Some(wave) = wave else { continue };
                let mut waves = codebook.study.waves.iter().map(|wave| wave.id.as_str());
                if !waves.clone().any(|known| known == wave.as_str()) {
                    let message = UNKNOWN_WAVE.with(Args::new().text("name", wave.as_str()));
                    let hint = nearest(wave.as_str(), &mut waves);
                    self.note(self.line_of(&variable.name, key), message, hint);
                }
            }
            if variable.value_type.storage() == Storage::Codes
                && let Some(list) = codebook.list_of(variable)
                && list.categories.len() > 64
            {
                let message = TOO_MANY.with(Args::new().text("name", list.name.as_str()));
                self.note(self.line_of(&variable.name, "type"), message, None);
            }
        }
    }

    fn checks(&self) {
        let codebook = &self.read.codebook;
        let study = &codebook.study;
        // Every record carries them, those of a repeat too.
        let keys = [&study.person, &study.wave, &study.partner];
        for check in codebook.checks.iter().take(self.read.n_own_checks) {
            let place = (check.written_at.0.as_str(), check.written_at.1);
            let Some(form) = codebook.form(&check.form) else {
                let message = UNKNOWN_FORM.with(Args::new().text("name", check.form.as_str()));
                let known = codebook.forms.iter().map(|form| form.name.as_str());
                self.note(place, message, nearest(check.form.as_str(), known));
                continue;
            };
            for name in &check.variables {
                match codebook.form_of(name) {
                    None => self.unknown_variable(name, place),
                    Some(home) if home.name == form.name => {}
                    Some(home) if home.grain != Grain::Repeat && form.grain != Grain::Repeat => {}
                    Some(_) if keys.contains(&name) => {}
                    Some(_) => {
                        let args = Args::new()
                            .text("name", name.as_str())
                            .text("form", form.name.as_str());
                        self.note(place, NOT_IN_FORM.with(args), None);
                    }
                }
            }
        }
    }
}
