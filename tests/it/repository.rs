//! The files of the repository: where it stands, what is in it, and the source of each crate.

use std::path::{Path, PathBuf};

/// Returns the folder of the whole workspace.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("tests/ stands in the workspace")
        .to_path_buf()
}

/// Folders that hold nothing of the repository.
const OUTSIDE: [&str; 6] = ["target", ".git", "sortie", "node_modules", ".venv", ".claude"];

/// Lists every file below a folder of the repository, with `/`, relative to the root, in order.
pub(crate) fn files_below(folder: &str) -> Vec<String> {
    let mut found = Vec::new();
    collect(&root().join(folder), &mut found);
    found.sort();
    found
}

fn collect(folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if path.is_dir() {
            if !OUTSIDE.contains(&name.as_str()) {
                collect(&path, found);
            }
        } else {
            let path = path.strip_prefix(root()).expect("the file is in the workspace");
            found.push(path.to_string_lossy().replace('\\', "/"));
        }
    }
}

/// Returns what follows the last point of a path: `rs`.
pub(crate) fn ending(path: &str) -> &str {
    path.rsplit_once('.').map_or("", |(_, ending)| ending)
}

/// Reads a text of the repository.
#[expect(clippy::disallowed_methods, reason = "the tests look at the repository itself")]
pub(crate) fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Reads the bytes of a file of the repository.
#[expect(clippy::disallowed_methods, reason = "the tests look at the repository itself")]
pub(crate) fn read_bytes(path: &str) -> Vec<u8> {
    std::fs::read(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Holds a Rust file of a crate.
pub(crate) struct Source {
    /// Where it stands: `crates/catalyse-check/src/kind.rs`.
    pub(crate) path: String,
    /// The crate: `catalyse-check`.
    pub(crate) package: String,
    /// All of it.
    pub(crate) text: String,
    is_test: bool,
}

impl Source {
    /// Returns what is compiled into the program: nothing of a test file, and nothing from the unit tests on.
    pub(crate) fn shipped(&self) -> &str {
        if self.is_test {
            return "";
        }
        let tests = self.text.match_indices("#[cfg(test)]\nmod tests {").map(|(at, _)| at).next();
        self.text.get(..tests.unwrap_or(self.text.len())).unwrap_or_default()
    }

    /// Returns the lines that are shipped and are not comments, with their number.
    pub(crate) fn code_lines(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.shipped().lines().enumerate();
        lines
            .map(|(index, line)| (index + 1, line))
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
    }
}

/// Reads every Rust file of every crate and of the tests.
pub(crate) fn sources() -> Vec<Source> {
    let rust = files_below("crates").into_iter().chain(files_below("tests"));
    let rust = rust.filter(|path| ending(path) == "rs");
    rust.map(|path| {
        let package = path.split('/').nth(1).unwrap_or_default().to_owned();
        let in_src = path.split('/').nth(2) == Some("src");
        let text = read(&path);
        let stem = path.rsplit('/').next().unwrap_or_default();
        let is_test = !in_src
            || stem == "tests.rs"
            || stem.ends_with("_tests.rs")
            || path.contains("/src/tests/")
            || is_test_module(&path);
        Source { path, package, text, is_test }
    })
    .collect()
}

/// Says whether the file's own parent takes it into tests only: `#[cfg(test)]` before its `mod` line.
fn is_test_module(path: &str) -> bool {
    let stem = path.rsplit('/').next().unwrap_or_default().trim_end_matches(".rs");
    parents_of(path).iter().any(|parent| {
        let text = read(parent);
        let text = text.replace("pub(crate) ", "");
        text.contains(&format!("#[cfg(test)]\nmod {stem};"))
    })
}

/// Lists the files that may hold the `mod` line of a file.
pub(crate) fn parents_of(path: &str) -> Vec<String> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let (folder, candidates) = if name == "mod.rs" {
        folder.rsplit_once('/').map_or(("", Vec::new()), |(above, _)| (above, named_after(above)))
    } else {
        (folder, named_after(folder))
    };
    let here = ["lib.rs", "main.rs", "mod.rs"].iter().map(|name| format!("{folder}/{name}"));
    here.chain(candidates)
        .filter(|parent| parent != path && root().join(parent).is_file())
        .collect()
}

fn named_after(folder: &str) -> Vec<String> {
    vec![format!("{folder}.rs")]
}

/// Reads the manifest of a crate.
pub(crate) fn manifest(path: &str) -> toml::Table {
    read(path).parse().unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Lists the manifests of the workspace's members.
pub(crate) fn manifests() -> Vec<(String, toml::Table)> {
    let paths = files_below("crates").into_iter().filter(|path| path.ends_with("/Cargo.toml"));
    let paths =
        paths.filter(|path| path.split('/').count() == 3).chain(["tests/Cargo.toml".to_owned()]);
    paths
        .map(|path| {
            let table = manifest(&path);
            let name = table.get("package").and_then(|package| package.get("name")?.as_str());
            (name.expect("a member has a name").to_owned(), table)
        })
        .collect()
}
