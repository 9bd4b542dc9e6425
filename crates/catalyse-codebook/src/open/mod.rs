//! Opening a study: from the texts of its files to a codebook, with every problem noted by file and line.
//!
//! Reading goes on after a problem, so that one run shows all of them. What the kinds of the crates above know (the parameters of a
//! check, of a policy, of a report) is carried along as data and read by them.

mod access;
mod carried;
mod checks;
mod conditions;
mod form;
mod list;
mod names;
mod own_checks;
mod source;
mod sources;
mod study;
mod table;
mod unused;
mod word;

#[cfg(test)]
pub(crate) mod small_study;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod words_tests;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use catalyse_locale::{Args, Language, Wording, toml_fault};
use toml::de::DeTable;

use self::form::Lines;
use self::source::Source;
use self::study::StudyFile;
use self::table::Table;
use crate::{CodeList, Codebook, Form, ListName, Problem, Problems, SchemaFiles, nearest};

const NOT_TOML: Wording = Wording::new(
    "colonne { $column }, « { $excerpt } » : { $reason }",
    "column { $column }, `{ $excerpt }`: { $reason }",
);
const NO_STUDY: Wording = Wording::new(
    "l'étude « { $study } » n'existe pas : il manque { $path }",
    "there is no study `{ $study }`: { $path } is missing",
);
const NO_FILE: Wording = Wording::new(
    "le fichier « { $path } » n'existe ni dans le dossier de l'étude ni dans « common »",
    "the file `{ $path }` is neither in the study's folder nor in `common`",
);

/// Holds a codebook and what is probably not meant in its files.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The codebook.
    pub codebook: Codebook,
    /// Problems that do not stop the study.
    pub warnings: Problems,
}

impl Codebook {
    /// Opens a study: reads its files, its code lists, checks and groups, and confronts every name and condition with what exists.
    ///
    /// # Errors
    /// A file is missing, is no TOML, or says what cannot be. All problems are returned at once, warnings among them.
    pub fn open(files: &SchemaFiles, study: &str) -> Result<Opened, Problems> {
        let opening = Opening { files, study, problems: RefCell::default() };
        let read = opening.read();
        // Without one of its forms a study would be full of unknown names.
        let is_whole = |read: &&Read| read.form_files.len() == read.n_forms;
        if let Some(read) = read.as_ref().filter(is_whole) {
            names::look_at(read, &opening.problems);
            conditions::look_at(read, &opening.problems);
            forget_consequences(&read.broken, &opening.problems);
            opening.problems.borrow_mut().extend(sources::problems(read));
        }
        let mut problems = Problems(opening.problems.into_inner());
        problems.sort();
        match read {
            Some(read) if !problems.has_errors() => {
                Ok(Opened { codebook: read.codebook, warnings: problems })
            }
            _ => Err(problems),
        }
    }
}

/// Holds what was read of a study, with the places of what it says.
struct Read {
    codebook: Codebook,
    study_path: String,
    study_file: StudyLines,
    /// Where variables and their keys stand.
    lines: Lines,
    /// The file of each form, and where its name was given in the study.
    form_files: Vec<(String, usize)>,
    /// Where the condition of each group stands.
    group_lines: Vec<(String, usize)>,
    /// How many checks are the study's own; the others come from variables.
    n_own_checks: usize,
    /// How many forms the study names.
    n_forms: usize,
    /// Paths of lists and forms that nothing uses.
    unused: Vec<String>,
    /// Names of variables, partners and waves that could not be read: who names them is not to blame.
    broken: BTreeSet<String>,
}

/// Drops problems that say no more than that something is unknown whose own problem is told already.
fn forget_consequences(broken: &BTreeSet<String>, problems: &RefCell<Vec<Problem>>) {
    let names_broken = |problem: &Problem| {
        let said = problem.message.say(Language::En);
        broken.iter().any(|name| said.contains(&format!("`{name}`")))
    };
    // The problem of the broken thing itself quotes what is wrong with it, never its name.
    problems.borrow_mut().retain(|problem| broken.is_empty() || !names_broken(problem));
}

/// The lines of `study.toml` that later steps speak of.
struct StudyLines {
    keys: usize,
    reask: usize,
    partners: Vec<usize>,
    waves: Vec<usize>,
    /// How many partners and waves it names, those that could not be read among them.
    n_partners: usize,
    n_waves: usize,
}

/// Collects the names of what could not be read.
fn broken(lines: &Lines, of_study: Vec<String>) -> BTreeSet<String> {
    let variables = lines.keys().filter(|(_, key)| *key == form::BROKEN);
    variables.map(|(name, _)| name.to_string()).chain(of_study).collect()
}

/// Holds what every step of opening needs.
struct Opening<'f> {
    files: &'f SchemaFiles,
    study: &'f str,
    problems: RefCell<Vec<Problem>>,
}

impl Opening<'_> {
    fn read(&self) -> Option<Read> {
        let study_path = format!("{}/study.toml", self.study);
        let Some(text) = self.files.get(&study_path) else {
            self.no_study(&study_path);
            return None;
        };
        let file = self.read_toml(study_path.clone(), text, study::read_study).flatten()?;
        let mut lines = Lines::new();
        let (forms, form_files) = self.read_forms(&study_path, &file.forms, &mut lines);
        let code_lists = self.read_lists(&forms, &file, &lines);
        let mut checks = Vec::new();
        for (path, text) in self.find_all(&study_path, &file.checks) {
            checks.extend(self.read_toml(path, text, checks::read_checks).unwrap_or_default());
        }
        let n_own_checks = checks.len();
        checks.extend(own_checks::own_checks(&file.study, &forms, &lines));
        let (mut target_groups, mut group_lines) = (Vec::new(), Vec::new());
        for (path, text) in self.find_all(&study_path, &file.groups) {
            let groups = self.read_toml(path.clone(), text, checks::read_groups);
            for (group, line) in groups.unwrap_or_default() {
                target_groups.push(group);
                group_lines.push((path.clone(), line));
            }
        }
        let unused = unused::unused(self.files, self.study, &form_files, &code_lists);
        Some(Read {
            codebook: Codebook {
                policies: self.read_policies(&study_path, &file),
                reports: self.read_reports(&study_path, &file.reports),
                study: file.study,
                forms,
                code_lists,
                checks,
                target_groups,
            },
            study_path,
            study_file: StudyLines {
                keys: file.keys_line,
                reask: file.reask_line,
                partners: file.partner_lines,
                waves: file.wave_lines,
                n_partners: file.n_partners,
                n_waves: file.n_waves,
            },
            broken: broken(&lines, file.broken),
            lines,
            form_files,
            group_lines,
            n_own_checks,
            n_forms: file.forms.len(),
            unused,
        })
    }

    fn no_study(&self, path: &str) {
        let message = NO_STUDY.with(Args::new().text("study", self.study).text("path", path));
        let problem = Problem::error(path, 0, message);
        let hint = nearest(self.study, self.files.studies());
        self.problems.borrow_mut().push(problem.with_hint(hint));
    }

    /// Reads a file as TOML as far as it goes, and gives its table to `read`.
    fn read_toml<T>(
        &self,
        path: String,
        text: &str,
        read: impl FnOnce(&Table<'_, '_>) -> T,
    ) -> Option<T> {
        let source = Source::new(path, text, &self.problems);
        let (table, faults) = DeTable::parse_recoverable(text);
        for fault in &faults {
            let (line, column, excerpt) = source.excerpt(fault.span().map_or(0, |span| span.start));
            let args = Args::new().text("column", column.to_string()).text("excerpt", excerpt);
            source.error(line, &NOT_TOML, args.label("reason", &toml_fault(fault.message())));
        }
        // After a fault of grammar half of the keys would be noted as missing.
        faults.is_empty().then(|| read(&Table::new(&source, table.get_ref(), &(0..0))))
    }

    /// Returns path and text of the named files, and notes those that do not exist.
    fn find_all<'p>(
        &'p self,
        named_in: &'p str,
        names: &'p [(String, usize)],
    ) -> impl Iterator<Item = (String, &'p str)> {
        names.iter().filter_map(move |(name, line)| {
            let found = self.files.find(self.study, name);
            if found.is_none() {
                self.no_file(named_in, *line, name);
            }
            found
        })
    }

    fn no_file(&self, named_in: &str, line: usize, name: &str) {
        let message = NO_FILE.with(Args::new().text("path", name));
        let own = format!("{}/", self.study);
        let known = self.files.iter().filter_map(|(path, _)| {
            path.strip_prefix(&own).or_else(|| path.strip_prefix("common/"))
        });
        let problem = Problem::error(named_in, line, message).with_hint(nearest(name, known));
        self.problems.borrow_mut().push(problem);
    }

    fn read_forms(
        &self,
        named_in: &str,
        names: &[(String, usize)],
        lines: &mut Lines,
    ) -> (Vec<Form>, Vec<(String, usize)>) {
        let (mut forms, mut files) = (Vec::new(), Vec::new());
        for (path, text) in self.find_all(named_in, names) {
            let form = self.read_toml(path.clone(), text, |table| form::read_form(table, lines));
            if let Some(form) = form.flatten() {
                let line = names.iter().find(|(name, _)| path.ends_with(name.as_str()));
                files.push((path, line.map_or(0, |(_, line)| *line)));
                forms.push(form);
            }
        }
        (forms, files)
    }

    /// Reads the lists that variables name, each once; the study's partners and waves are always there.
    fn read_lists(
        &self,
        forms: &[Form],
        file: &StudyFile,
        lines: &Lines,
    ) -> BTreeMap<ListName, CodeList> {
        let implicit = ["partner", "wave"].into_iter().filter_map(|name| ListName::new(name).ok());
        let mut lists: BTreeMap<ListName, CodeList> = implicit
            .filter_map(|name| Some((name.clone(), list::implicit_list(&file.study, &name)?)))
            .collect();
        for variable in forms.iter().flat_map(Form::variables) {
            let Some(name) = &variable.list else { continue };
            if lists.contains_key(name) {
                continue;
            }
            let path = format!("code-lists/{name}.csv");
            let Some((path, text)) = self.files.find(self.study, &path) else {
                if let Some((file, line)) = lines.get(&(variable.name.clone(), "type")) {
                    self.no_file(file, *line, &path);
                }
                continue;
            };
            let source = Source::new(path, text, &self.problems);
            lists.insert(name.clone(), list::read_list(&source, name));
        }
        lists
    }
}
