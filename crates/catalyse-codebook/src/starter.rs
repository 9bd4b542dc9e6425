//! The study that `catalyse codebook init` writes: small, complete, explained in its comments.

use include_dir::{Dir, include_dir};

static STARTER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/starter");

/// Returns the files of a study to start from, as paths below the study's folder and texts, in the order of the paths.
pub fn starter() -> Vec<(String, &'static str)> {
    let mut files = Vec::new();
    collect(&STARTER, &mut files);
    files.sort();
    files
}

fn collect(folder: &'static Dir<'static>, files: &mut Vec<(String, &'static str)>) {
    for file in folder.files() {
        if let (Some(path), Some(text)) = (file.path().to_str(), file.contents_utf8()) {
            files.push((path.replace('\\', "/"), text));
        }
    }
    for inner in folder.dirs() {
        collect(inner, files);
    }
}

#[cfg(test)]
mod tests {
    use catalyse_locale::Language;

    use crate::{Codebook, SchemaFiles, starter};

    #[test]
    fn the_study_to_start_from_opens_without_a_problem() {
        let mut files = SchemaFiles::bundled();
        for (path, text) in starter() {
            files.add(format!("mine/{path}"), text);
        }
        let problems = match Codebook::open(&files, "mine") {
            Ok(opened) => opened.warnings,
            Err(problems) => problems,
        };
        assert_eq!(problems.say(Language::En), "");
    }
}
