//! Opening the study that a command names: one that is compiled in, or a folder.

use std::path::Path;

use catalyse_codebook::{Codebook, SchemaFiles};

use crate::failure::Failure;
use crate::files;

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
        return Ok((files, study.to_owned()));
    }
    let name = folder
        .canonicalize()
        .ok()
        .and_then(|path| Some(path.file_name()?.to_string_lossy().into_owned()));
    let name = name.unwrap_or_else(|| "study".to_owned());
    files::add_study(&mut files, folder, &name)?;
    Ok((files, name))
}

/// Opens a study.
pub(crate) fn open(study: &str) -> Result<OpenedStudy, Failure> {
    let (files, name) = schema_files(study)?;
    let opened =
        Codebook::open(&files, &name).map_err(|problems| Failure::study(study, &problems))?;
    Ok(OpenedStudy { name, files, codebook: opened.codebook })
}
