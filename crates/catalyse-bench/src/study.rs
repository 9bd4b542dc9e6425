//! The study of the race. Its files stand in `race/schemas`, where the program finds them too.

use catalyse_codebook::{Codebook, Problems, SchemaFiles};
use include_dir::{Dir, include_dir};

static SCHEMAS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/race/schemas");

/// Opens the study of the race.
///
/// # Errors
/// Its files do not fit the codebook of today.
pub fn race_codebook() -> Result<Codebook, Problems> {
    let mut files = SchemaFiles::new();
    add(&mut files, &SCHEMAS);
    Codebook::open(&files, "race").map(|opened| opened.codebook)
}

fn add(files: &mut SchemaFiles, folder: &'static Dir<'static>) {
    for file in folder.files() {
        if let (Some(path), Some(text)) = (file.path().to_str(), file.contents_utf8()) {
            files.add(path.replace('\\', "/"), text);
        }
    }
    for inner in folder.dirs() {
        add(files, inner);
    }
}
