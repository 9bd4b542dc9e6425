//! Opening the study that a command names: one that is compiled in, or a folder.

use std::path::Path;

use catalyse_codebook::{Codebook, Form, PartnerId, SchemaFiles, VariableName, WaveId, nearest};
use catalyse_locale::{Args, Wording};

use crate::cli::Input;
use crate::failure::{Exit, Failure};
use crate::{fence, files};

/// Holds an opened study.
pub(crate) struct OpenedStudy {
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
    Ok(OpenedStudy { name, files, codebook: opened.codebook })
}

impl OpenedStudy {
    /// Makes sure that the study has what was said of the files: wave, partner, the variables of the mapping.
    pub(crate) fn knows(&self, input: &Input) -> Result<(), Failure> {
        const WAVE: Wording = Wording::new(
            "l’étude n’a pas de vague `{ $name }`. Elle a : { $known }",
            "the study has no wave `{ $name }`. It has: { $known }",
        );
        const PARTNER: Wording = Wording::new(
            "l’étude n’a pas de partenaire `{ $name }`. Elle a : { $known }",
            "the study has no partner `{ $name }`. It has: { $known }",
        );
        const VARIABLE: Wording = Wording::new(
            "la correspondance nomme la variable `{ $name }`, que l’étude n’a pas. `catalyse codebook show` les liste.",
            "the mapping names the variable `{ $name }`, which the study does not have. `catalyse codebook show` lists them.",
        );
        let said = fence::options(input)?;
        let study = &self.codebook.study;
        let waves: Vec<&str> = study.waves.iter().map(|wave| wave.id.as_str()).collect();
        is_among(&WAVE, said.wave.as_ref().map(WaveId::as_str), &waves)?;
        let partners: Vec<&str> =
            study.partners.iter().map(|partner| partner.id.as_str()).collect();
        is_among(&PARTNER, said.partner.as_ref().map(PartnerId::as_str), &partners)?;
        let variables: Vec<&str> = self
            .codebook
            .forms
            .iter()
            .flat_map(Form::variables)
            .map(|variable| variable.name.as_str())
            .collect();
        let mut mapped = said.mapping.values().map(VariableName::as_str);
        mapped.try_for_each(|name| is_among(&VARIABLE, Some(name), &variables))
    }
}

fn is_among(wording: &Wording, name: Option<&str>, known: &[&str]) -> Result<(), Failure> {
    let Some(name) = name.filter(|name| !known.contains(name)) else { return Ok(()) };
    let args = Args::new().text("name", name).text("known", known.join(", "));
    Err(Failure {
        details: nearest(name, known.iter().copied()).into_iter().collect(),
        ..Failure::new(Exit::Usage, wording.with(args))
    })
}
