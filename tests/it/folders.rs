//! Folders that the program makes for persons' data: nobody else reads them, and that of a demonstration goes with it.
#![cfg(unix)]

use std::io::{BufRead, BufReader, Read};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::program::{program, run, scratch};
use crate::repository::root;

/// Lists what lies in a folder and below, with the rights of each.
fn rights(folder: &Path) -> Vec<(PathBuf, u32)> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(path) = open.pop() {
        let about = std::fs::metadata(&path).expect("it is there");
        if about.is_dir() {
            let within = std::fs::read_dir(&path).expect("a folder");
            open.extend(within.map(|entry| entry.expect("an entry").path()));
        }
        found.push((path, about.permissions().mode() & 0o777));
    }
    found
}

#[test]
fn what_init_makes_is_for_its_owner_alone() {
    let folder = scratch("folders-init");
    // One that was there before, open to all.
    let known = folder.join("connu");
    std::fs::create_dir(&known).expect("a folder");
    std::fs::set_permissions(&known, std::fs::Permissions::from_mode(0o755)).expect("open");
    for work in [known, folder.join("nouveau")] {
        let made = run(&["init", &work.display().to_string()]);
        assert_eq!(made.exit, Some(0), "{}", made.stderr);
        let rights = rights(&work);
        assert!(rights.len() > 4, "{rights:?}");
        for (path, mode) in rights {
            let wanted = if path.is_dir() { 0o700 } else { 0o600 };
            assert_eq!(mode, wanted, "{} has {mode:o}", path.display());
        }
    }
}

#[test]
fn the_folder_of_a_demonstration_goes_with_it() {
    for signal in ["-INT", "-TERM", "-HUP"] {
        let mut child = Command::new(program())
            .args(["serve", "--demo", "--persons", "60", "--port", "0"])
            .env("TMPDIR", scratch("folders-demo"))
            .current_dir(root())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut link = String::new();
        let out = child.stdout.take().expect("the stream is piped");
        BufReader::new(out).read_line(&mut link).expect("it says where it listens");
        assert!(link.starts_with("http://"), "{link}");
        let made = rights(&scratch_of("folders-demo"));
        let of_store = made.iter().find(|(path, _)| path.ends_with("catalyse.db"));
        assert_eq!(of_store.map(|(_, mode)| *mode), Some(0o600), "{made:?}");
        let sent = Command::new("kill").args([signal, &child.id().to_string()]).status();
        assert!(sent.expect("kill is there").success());
        let ended = child.wait().expect("it ends");
        let mut said = String::new();
        let mut errors = child.stderr.take().expect("the stream is piped");
        errors.read_to_string(&mut said).expect("text");
        assert!(ended.success(), "{signal}: {ended} {said}");
        assert_eq!(rights(&scratch_of("folders-demo")).len(), 1, "{signal}: nothing stays");
    }
}

/// Returns the folder of a test without emptying it.
fn scratch_of(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}
