//! The sample data in the repository is what the generator makes. `CATALYSE_BLESS=1` writes it anew.
#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    reason = "the files of the repository are read, and written when blessed"
)]

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use catalyse_codebook::{Codebook, SchemaFiles};
use catalyse_locale::Language;
use catalyse_simulate::{Hints, Options, Simulated, odd_files, simulate};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../sample-data").join(name)
}

fn integra() -> (Codebook, Hints) {
    let files = SchemaFiles::bundled();
    let opened = Codebook::open(&files, "integra")
        .unwrap_or_else(|problems| panic!("{}", problems.say(Language::En)));
    let hints = Hints::parse(files.get("integra/simulation.toml").expect("the hints of the study"));
    (opened.codebook, hints.expect("hints that can be read"))
}

fn make(options: &Options) -> Simulated {
    let (codebook, hints) = integra();
    simulate(&codebook, &hints, options).unwrap_or_else(|error| panic!("{error}: {error:?}"))
}

/// Compares files with those of a folder; neither may have more.
fn expect_folder(name: &str, files: &BTreeMap<String, Vec<u8>>) {
    let folder = folder(name);
    let is_blessed = std::env::var("CATALYSE_BLESS").is_ok_and(|bless| bless == "1");
    if is_blessed {
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).expect("the folder can be made");
        for (path, bytes) in files {
            std::fs::write(folder.join(path), bytes).expect("the file can be written");
        }
        return;
    }
    let entries = std::fs::read_dir(&folder).expect("the folder exists");
    let mut known: Vec<String> = entries
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    known.sort();
    assert_eq!(known, files.keys().cloned().collect::<Vec<_>>(), "files of {name}");
    for (path, bytes) in files {
        let committed = std::fs::read(folder.join(path)).expect("the file can be read");
        assert!(
            committed == *bytes,
            "{name}/{path} differs; if the new one is right: CATALYSE_BLESS=1"
        );
    }
}

fn by_path(simulated: Simulated) -> BTreeMap<String, Vec<u8>> {
    simulated.files.into_iter().map(|file| (file.path, file.bytes)).collect()
}

#[test]
fn the_clean_data_is_what_the_generator_makes() {
    let options = Options { n_persons: 541, n_waves: 4, seed: 1, faults: false };
    expect_folder("integra", &by_path(make(&options)));
}

#[test]
fn the_faulty_data_is_what_the_generator_makes() {
    let options = Options { n_persons: 420, n_waves: 2, seed: 2, faults: true };
    let made = make(&options);
    assert_eq!(made.checks_without_fault, [], "checks that no planted fault shows");
    expect_folder("faulty", &by_path(made));
}

#[test]
fn the_odd_files_are_what_the_generator_makes() {
    let odd = odd_files().expect("the files can be packed");
    let mut files: BTreeMap<String, Vec<u8>> =
        odd.iter().map(|file| (file.path.to_owned(), file.bytes.clone())).collect();
    let mut readme = "# Fichiers étranges / odd files\n\nInventés ; chacun montre ce qu'un lecteur doit supporter sans s'arrêter brutalement.\nInvented; each shows what a reader must bear without crashing.\n\n| fichier / file | ce que c'est | what it is | attendu / expected |\n|---|---|---|---|\n".to_owned();
    for file in &odd {
        let expected = if file.is_readable {
            "lu / read"
        } else {
            "refusé en une phrase, code 3 / refused in one sentence, exit 3"
        };
        let (fr, en) = file.what;
        let _ = writeln!(readme, "| `{}` | {fr} | {en} | {expected} |", file.path);
        assert!(file.bytes.len() < 30_000, "{}", file.path);
    }
    files.insert("README.md".to_owned(), readme.into_bytes());
    expect_folder("odd", &files);
}
