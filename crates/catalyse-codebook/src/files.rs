//! The files of studies as texts by path. Libraries read no files: the program adds what stands outside the binary.

use std::borrow::Cow;
use std::collections::BTreeMap;

use include_dir::{Dir, include_dir};

static SCHEMAS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../schemas");
static REPORTS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../reports");

/// Holds the files that a study may be made of: `integra/study.toml`, `common/forms/person.toml`, `reports/tendances.toml`.
#[derive(Clone, Debug, Default)]
pub struct SchemaFiles(BTreeMap<String, Cow<'static, str>>);

impl SchemaFiles {
    /// Makes an empty set of files.
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns the files that are compiled into the program: all of `schemas/`, and `reports/` below its own name.
    pub fn bundled() -> Self {
        let mut files = Self::new();
        files.add_folder("", &SCHEMAS);
        files.add_folder("reports/", &REPORTS);
        files
    }

    /// Adds or replaces a file.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<Cow<'static, str>>) {
        self.0.insert(path.into(), text.into());
    }

    /// Removes all files of a folder.
    pub fn remove_folder(&mut self, folder: &str) {
        self.0.retain(|path, _| {
            !path.strip_prefix(folder).is_some_and(|below| below.starts_with('/'))
        });
    }

    /// Returns the text of a file.
    pub fn get(&self, path: &str) -> Option<&str> {
        self.0.get(path).map(AsRef::as_ref)
    }

    /// Lists the paths and texts in the order of the paths.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(path, text)| (path.as_str(), text.as_ref()))
    }

    /// Lists the studies: the folders with a `study.toml`.
    pub fn studies(&self) -> impl Iterator<Item = &str> {
        self.0
            .keys()
            .filter_map(|path| path.strip_suffix("/study.toml"))
            .filter(|study| !study.contains('/'))
    }

    /// Returns path and text of a file that is looked up in the study's folder first, then in `common/`.
    pub(crate) fn find(&self, study: &str, path: &str) -> Option<(String, &str)> {
        [format!("{study}/{path}"), format!("common/{path}")]
            .into_iter()
            .find_map(|path| self.get(&path).map(|text| (path.clone(), text)))
    }

    fn add_folder(&mut self, prefix: &str, folder: &'static Dir<'static>) {
        for file in folder.files() {
            if let (Some(path), Some(text)) = (file.path().to_str(), file.contents_utf8()) {
                self.add(format!("{prefix}{}", path.replace('\\', "/")), text);
            }
        }
        for inner in folder.dirs() {
            self.add_folder(prefix, inner);
        }
    }
}
