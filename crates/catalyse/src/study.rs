//! Opening the study that a command names: one that is compiled in, or a folder.

use std::path::Path;

use catalyse_codebook::{Codebook, Form, PartnerId, SchemaFiles, WaveId, nearest};
use catalyse_locale::{Args, Label, Wording, fold};

use crate::cli::Input;
use crate::failure::{Exit, Failure};
use crate::{fence, files};

/// Holds an opened study.
pub(crate) struct OpenedStudy {
    /// How the command named it: a study that is compiled in, or a folder.
    named: String,
    /// The name of its folder among the files.
    pub name: String,
    /// The texts it was made of, report definitions among them.
    pub files: SchemaFiles,
    /// Its codebook.
    pub codebook: Codebook,
}

/// Collects the files of a study and its name among them.
pub(crate) fn schema_files(study: &str) -> Result<(SchemaFiles, String), Failure> {
    let mut files = SchemaFiles::bundled();
    let folder = Path::new(study);
    if !folder.join("study.toml").is_file() {
        let is_bundled = files.studies().any(|known| known == study);
        return if is_bundled {
            Ok((files, study.to_owned()))
        } else {
            Err(unknown(study, &files))
        };
    }
    let name = folder
        .canonicalize()
        .ok()
        .and_then(|path| Some(path.file_name()?.to_string_lossy().into_owned()));
    let name = name.unwrap_or_else(|| "study".to_owned());
    files::add_study(&mut files, folder, &name)?;
    Ok((files, name))
}

fn unknown(study: &str, files: &SchemaFiles) -> Failure {
    const UNKNOWN: Wording = Wording::new(
        "il n’y a pas d’étude `{ $study }`. Nommez une étude fournie ({ $known }) ou le dossier d’une étude.",
        "there is no study `{ $study }`. Name a study that is provided ({ $known }) or the folder of a study.",
    );
    const NO_STUDY: Wording = Wording::new(
        "le dossier { $study } n’est pas celui d’une étude : il y manque study.toml. `catalyse codebook init DOSSIER` en commence une.",
        "the folder { $study } is not that of a study: it lacks study.toml. `catalyse codebook init FOLDER` begins one.",
    );
    let known: Vec<&str> = files.studies().collect();
    let wording = if Path::new(study).is_dir() { &NO_STUDY } else { &UNKNOWN };
    let args = Args::new().text("study", study).text("known", known.join(", "));
    Failure {
        details: nearest(study, known).into_iter().collect(),
        ..Failure::new(Exit::Usage, wording.with(args))
    }
}

/// Opens a study.
pub(crate) fn open(study: &str) -> Result<OpenedStudy, Failure> {
    let (files, name) = schema_files(study)?;
    let opened =
        Codebook::open(&files, &name).map_err(|problems| Failure::study(study, &problems))?;
    Ok(OpenedStudy { named: study.to_owned(), name, files, codebook: opened.codebook })
}

/// Returns the path of a file beside a study as a person finds it: below the study's folder if it is there.
pub(crate) fn shown_path(study: &str, file: &str) -> String {
    let below = Path::new(study).join(file);
    if below.is_file() { below.display().to_string() } else { file.to_owned() }
}

impl OpenedStudy {
    /// Returns the path of a file of the study as a person finds it.
    pub(crate) fn shown_path(&self, file: &str) -> String {
        shown_path(&self.named, file)
    }

    /// Returns what was said of the files, with the study's own names: `2` and « vague 2 » are aliases of a wave.
    ///
    /// # Errors
    /// The study has no such wave, partner, or variable of the mapping.
    pub(crate) fn settled(&self, input: &Input) -> Result<Input, Failure> {
        let wave = input.wave.as_deref().map(|name| self.wave_named(name)).transpose()?;
        let partner = input.partner.as_deref().map(|name| self.partner_named(name)).transpose()?;
        let settled = Input {
            wave: wave.map(|wave| wave.to_string()),
            partner: partner.map(|partner| partner.to_string()),
            ..input.clone()
        };
        self.knows(&settled)?;
        Ok(settled)
    }

    /// Returns the wave of a name or alias.
    pub(crate) fn wave_named(&self, name: &str) -> Result<WaveId, Failure> {
        let waves = &self.codebook.study.waves;
        let found = waves
            .iter()
            .find(|wave| is_named(name, wave.id.as_str(), (&wave.label, &wave.aliases)));
        let known: Vec<&str> = waves.iter().map(|wave| wave.id.as_str()).collect();
        found.map(|wave| wave.id.clone()).ok_or_else(|| unknown_name(&WAVE, name, &known))
    }

    /// Returns the partner of a name or alias.
    pub(crate) fn partner_named(&self, name: &str) -> Result<PartnerId, Failure> {
        let partners = &self.codebook.study.partners;
        let found =
            partners.iter().find(|one| is_named(name, one.id.as_str(), (&one.label, &one.aliases)));
        let known: Vec<&str> = partners.iter().map(|partner| partner.id.as_str()).collect();
        found.map(|partner| partner.id.clone()).ok_or_else(|| unknown_name(&PARTNER, name, &known))
    }

    /// Makes sure that the study has the variables of the mapping.
    fn knows(&self, input: &Input) -> Result<(), Failure> {
        const VARIABLE: Wording = Wording::new(
            "la correspondance nomme la variable `{ $name }`, que l’étude n’a pas. `catalyse codebook show` les liste.",
            "the mapping names the variable `{ $name }`, which the study does not have. `catalyse codebook show` lists them.",
        );
        let said = fence::options(input)?;
        let variables: Vec<&str> = self
            .codebook
            .forms
            .iter()
            .flat_map(Form::variables)
            .map(|variable| variable.name.as_str())
            .collect();
        let unknown = said.mapping.values().find(|name| !variables.contains(&name.as_str()));
        unknown.map_or(Ok(()), |name| Err(unknown_name(&VARIABLE, name.as_str(), &variables)))
    }
}

const WAVE: Wording = Wording::new(
    "l’étude n’a pas de vague `{ $name }`. Elle a : { $known }",
    "the study has no wave `{ $name }`. It has: { $known }",
);
const PARTNER: Wording = Wording::new(
    "l’étude n’a pas de partenaire `{ $name }`. Elle a : { $known }",
    "the study has no partner `{ $name }`. It has: { $known }",
);

/// Says whether a name is that of a wave or partner: its own, a label or an alias, whatever the case and accents.
fn is_named(name: &str, id: &str, (label, aliases): (&Label, &[String])) -> bool {
    let mut known = label.iter().map(|(_, text)| text).chain(aliases.iter().map(String::as_str));
    name == id || known.any(|text| fold(text) == fold(name))
}

fn unknown_name(wording: &Wording, name: &str, known: &[&str]) -> Failure {
    let args = Args::new().text("name", name).text("known", known.join(", "));
    Failure {
        details: nearest(name, known.iter().copied()).into_iter().collect(),
        ..Failure::new(Exit::Usage, wording.with(args))
    }
}
