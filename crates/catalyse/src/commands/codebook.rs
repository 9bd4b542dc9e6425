//! `catalyse codebook`: look for faults in a study, show it, or begin one.

use std::path::Path;

use catalyse_check::Checks;
use catalyse_codebook::{CheckSpec, Codebook, Gravity, Problem, Problems, SchemaFiles, starter};
use catalyse_disclose::Policy;
use catalyse_locale::{Args, Label, Wording};
use catalyse_report::DefinitionProblem;
use catalyse_simulate::Hints;

use crate::cli::CodebookAction;
use crate::commands::report::definition;
use crate::failure::{Exit, Failure};
use crate::terminal::{Terminal, print};
use crate::{files, study};

/// Runs the command.
pub(crate) fn run(action: &CodebookAction, terminal: &Terminal) -> Result<Exit, Failure> {
    match action {
        CodebookAction::Lint { study } => lint(study, terminal),
        CodebookAction::Show { name, study } => show(name.as_deref(), study, terminal),
        CodebookAction::Init { folder } => init(folder, terminal),
    }
}

/// Collects what every layer has to say about a study: the codebook, the kinds of checks, the gate, the report definitions.
fn lint(study: &str, terminal: &Terminal) -> Result<Exit, Failure> {
    const CLEAN: Wording = Wording::new(
        "{ $study } : aucune faute ({ $variables -> [one] { $variables } variable *[other] { $variables } variables }, { $checks -> [one] { $checks } contrôle *[other] { $checks } contrôles }, { $groups -> [one] { $groups } groupe cible *[other] { $groups } groupes cibles })",
        "{ $study }: no problem ({ $variables -> [one] { $variables } variable *[other] { $variables } variables }, { $checks -> [one] { $checks } check *[other] { $checks } checks }, { $groups -> [one] { $groups } target group *[other] { $groups } target groups })",
    );
    let (files, name) = study::schema_files(study)?;
    let mut problems: Vec<Problem> = Vec::new();
    match Codebook::open(&files, &name) {
        Err(found) => problems.extend(found.iter().cloned()),
        Ok(opened) => {
            problems.extend(opened.warnings.iter().cloned());
            problems.extend(Checks::open(&opened.codebook).err().into_iter().flatten());
            problems.extend(problems_of_policies(&opened.codebook));
            problems.extend(problems_of_reports(&files, study, &opened.codebook));
            problems.extend(problem_of_simulation(&files, (study, &name)));
            if problems.is_empty() {
                let codebook = &opened.codebook;
                let n_variables: usize = codebook
                    .forms
                    .iter()
                    .flat_map(|form| &form.sections)
                    .map(|section| section.variables.len())
                    .sum();
                let args = Args::new()
                    .text("study", study)
                    .count("variables", n_variables as u64)
                    .count("checks", codebook.checks.len() as u64)
                    .count("groups", codebook.target_groups.len() as u64);
                print(&format!("{}\n", CLEAN.say(terminal.language, &args)))?;
            }
        }
    }
    for problem in &problems {
        print(&(problem.say(terminal.language) + "\n"))?;
    }
    let has_error = problems.iter().any(|problem| problem.gravity == Gravity::Error);
    Ok(match (problems.is_empty(), has_error) {
        (true, _) => Exit::Clean,
        (false, false) => Exit::Findings,
        (false, true) => Exit::Usage,
    })
}

fn problems_of_policies(codebook: &Codebook) -> Problems {
    const POLICY: Wording = Wording::new(
        "la politique ne peut être lue : { $reason }",
        "the policy cannot be read: { $reason }",
    );
    let faulty = codebook.policies.iter().filter_map(|(name, table)| {
        let reason = match table.clone().try_into::<Policy>() {
            Err(error) => Label::same(error.message()),
            Ok(policy) => Label::same(policy.problem()?),
        };
        let args = Args::new().label("reason", &reason);
        Some(Problem::error(format!("policies/{name}.toml"), 0, POLICY.with(args)))
    });
    faulty.collect()
}

/// Says what is wrong with the file that tells `simulate` how persons are invented, if the study has one.
fn problem_of_simulation(files: &SchemaFiles, (study, name): (&str, &str)) -> Option<Problem> {
    let text = files.get(&format!("{name}/simulation.toml"))?;
    let error = Hints::parse(text).err()?;
    Some(Problem::error(study::shown_path(study, "simulation.toml"), 0, error.message()))
}

/// Confronts the study's report definitions with what it has: variables, groups, kinds of tables and charts, conditions.
fn problems_of_reports(files: &SchemaFiles, study: &str, codebook: &Codebook) -> Problems {
    let names = codebook.reports.keys().map(|name| format!("reports/{name}.toml"));
    let found = names.filter_map(|file| {
        let text = files.get(&file)?;
        definition::read(codebook, &study::shown_path(study, &file), text).err()
    });
    let problem = |found: DefinitionProblem| {
        let problem = Problem::error(found.file, found.line, found.message);
        problem.with_hint(found.hint)
    };
    found.flatten().map(problem).collect()
}

fn show(name: Option<&str>, study: &str, terminal: &Terminal) -> Result<Exit, Failure> {
    const NOTHING: Wording = Wording::new(
        "l’étude n’a ni formulaire, ni variable, ni liste, ni contrôle `{ $name }`",
        "the study has no form, variable, list or check `{ $name }`",
    );
    let opened = study::open(study)?;
    // A study whose checks cannot be opened is shown too: lint says what is wrong with them.
    let checks = Checks::open(&opened.codebook).ok();
    let sentence = |check: &CheckSpec| checks.as_ref()?.message(&check.id).cloned();
    let text = opened.codebook.show(name, terminal.language, &sentence);
    let unknown = || {
        let name = name.unwrap_or_default();
        let hint = opened.codebook.nearest_names(name);
        let message = NOTHING.with(Args::new().text("name", name));
        Failure { details: hint.into_iter().collect(), ..Failure::new(Exit::Usage, message) }
    };
    print(&text.ok_or_else(unknown)?)?;
    Ok(Exit::Clean)
}

fn init(folder: &Path, terminal: &Terminal) -> Result<Exit, Failure> {
    const EXISTS: Wording = Wording::new(
        "{ $folder } existe déjà et n’est pas vide. Choisissez un autre dossier.",
        "{ $folder } exists already and is not empty. Choose another folder.",
    );
    const DONE: Wording = Wording::new(
        "Étude écrite dans { $folder }. Pour l’essayer sur des personnes inventées, puis après chaque changement :",
        "Study written to { $folder }. To try it on invented persons, and after each change:",
    );
    const NEXT: [Wording; 4] = [
        Wording::new("catalyse codebook lint { $folder }", "catalyse codebook lint { $folder }"),
        Wording::new(
            "catalyse simulate --study { $folder } --out essai",
            "catalyse simulate --study { $folder } --out trial",
        ),
        Wording::new(
            "catalyse check --study { $folder } essai",
            "catalyse check --study { $folder } trial",
        ),
        Wording::new(
            "catalyse report --study { $folder } essai --out sortie",
            "catalyse report --study { $folder } trial --out report",
        ),
    ];
    let args = Args::new().text("folder", folder.display().to_string());
    files::may_write(folder)?;
    if files::is_filled(folder) {
        return Err(Failure::new(Exit::Usage, EXISTS.with(args)));
    }
    for (path, text) in starter() {
        files::write(&folder.join(path), text.as_bytes())?;
    }
    terminal.say(&DONE, &args);
    for next in &NEXT {
        terminal.note(&format!("  {}", next.say(terminal.language, &args)));
    }
    Ok(Exit::Clean)
}
