//! Guides: every command in them runs, as it stands there, and ends as the guide says.
//!
//! The lines of ```` ```sh ```` blocks go through a real shell, one after the other, in a folder made for the guide. A line ends with 0
//! unless its comment says `(code 1)` or `(exit 1)`. What is not run is said here or in the line: a server, whose comment names Ctrl+C.
//! Nobody sits at the keyboard: what asks for "oui" gets `--yes`, and what asks for a password a file.

#![expect(
    clippy::disallowed_methods,
    reason = "a guide is read, and what its reader would have is written"
)]

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::program::{program, run, run_in, scratch};
use crate::repository::{read, root};

/// Commands of a checkout, which other tests are.
const OF_A_CHECKOUT: [&str; 2] = ["tests/run", ".ci/run"];

/// The texts whose inline commands must exist.
const TEXTS: [&str; 9] = [
    "README.md",
    "docs/guide/coordinateur.md",
    "docs/guide/encodeur.md",
    "docs/guide/partenaire.md",
    "reports/README.md",
    "schemas/README.md",
    "sample-data/README.md",
    "crates/catalyse/src/commands/init/LISEZMOI.md",
    "crates/catalyse/src/commands/init/README.en.md",
];

#[test]
fn the_commands_of_the_readme_run() {
    let folder = scratch("guide-readme");
    simulate(&folder, "sample-data/integra", &["--persons", "60", "--waves", "2"]);
    copy("sample-data/faulty", &folder.join("sample-data/faulty"));
    run_guide("README.md", &folder);
}

#[test]
fn the_commands_of_the_coordinator_run() {
    let folder = scratch("guide-coordinator");
    simulate(&folder, "livraisons", &["--persons", "60", "--waves", "2"]);
    twice(&folder.join("livraisons/durbuy-vague-2.csv"));
    let identity = "first_name = \"Anne\"\n";
    std::fs::write(folder.join("identite.toml"), identity).expect("a file can be written");
    run_guide("docs/guide/coordinateur.md", &folder);
}

#[test]
fn the_commands_of_partner_and_encoder_run() {
    let folder = scratch("guide-partner");
    simulate(&folder, "inventees", &["--persons", "60", "--waves", "1"]);
    let sent = folder.join("inventees/hotton-vague-1.xlsx");
    std::fs::copy(sent, folder.join("hotton-vague-1.xlsx")).expect("a delivery is copied");
    run_guide("docs/guide/partenaire.md", &folder);
    run_guide("docs/guide/encodeur.md", &folder);
}

#[test]
fn every_command_that_a_text_names_exists_with_its_options() {
    let mut offences = Vec::new();
    for path in TEXTS {
        let text = read(path);
        for command in inline(&text).chain(lines_of(&text).map(|(_, line)| line)) {
            if let Some(fault) = fault_of(command) {
                offences.push(format!("{path}: {command}: {fault}"));
            }
        }
    }
    assert!(offences.is_empty(), "{}", offences.join("\n"));
}

/// Finds what a command says that the program does not know.
fn fault_of(command: &str) -> Option<String> {
    let command = command.split(" # ").next().unwrap_or_default();
    let rest = command.strip_prefix("catalyse ").or(command.strip_prefix("cargo run -- "))?;
    let words: Vec<&str> = rest.split_whitespace().collect();
    let is_name =
        |word: &&&str| word.chars().all(|letter| letter.is_ascii_lowercase() || letter == '-');
    let mut path: Vec<&str> = words.iter().take_while(is_name).copied().collect();
    path.retain(|word| !word.starts_with('-'));
    let mut help = String::new();
    while !path.is_empty() {
        let arguments: Vec<&str> = path.iter().copied().chain(["--help"]).collect();
        let told = run(&arguments);
        let usage = told.stdout.lines().find(|line| line.starts_with("Usage"));
        let is_whole = usage.is_some_and(|usage| usage.contains(&path.join(" ")));
        if told.exit == Some(0) && is_whole {
            help = told.stdout;
            break;
        }
        path.pop();
    }
    if path.is_empty() {
        let is_general = words.first().is_some_and(|word| !is_name(&word) || word.starts_with('-'));
        return (!is_general).then(|| "no such command".to_owned());
    }
    let known: BTreeSet<&str> = help
        .split(|letter: char| !letter.is_ascii_lowercase() && letter != '-')
        .filter(|word| word.starts_with("--"))
        .collect();
    let options = words.iter().filter_map(|word| {
        let option = word.trim_end_matches(|letter: char| !letter.is_ascii_alphanumeric());
        option.starts_with("--").then(|| option.split('=').next().unwrap_or_default())
    });
    let unknown: Vec<&str> = options.filter(|option| !known.contains(option)).collect();
    (!unknown.is_empty()).then(|| format!("no such option: {}", unknown.join(", ")))
}

/// Lists what stands between single back ticks and begins with the program.
fn inline(text: &str) -> impl Iterator<Item = &str> {
    let is_command = |piece: &&str| piece.starts_with("catalyse ") && !piece.contains('\n');
    text.split('`').skip(1).step_by(2).filter(is_command)
}

/// Lists the lines of the `sh` blocks of a text, each with its number.
fn lines_of(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut is_inside = false;
    text.lines().enumerate().filter_map(move |(at, line)| {
        let line = line.trim();
        if line.starts_with("```") {
            is_inside = line == "```sh" && !is_inside;
            return None;
        }
        (is_inside && !line.is_empty() && !line.starts_with('#')).then_some((at + 1, line))
    })
}

/// Runs the lines of a guide in a folder.
fn run_guide(guide: &str, folder: &Path) {
    let tools = tools(folder);
    let mut here = folder.to_path_buf();
    let text = read(guide);
    let mut wrong = String::new();
    let mut n_run = 0;
    for (number, line) in lines_of(&text) {
        let is_server = line.contains("Ctrl+C");
        if is_server || OF_A_CHECKOUT.iter().any(|known| line.starts_with(known)) {
            continue;
        }
        let expected = ["(code ", "(exit "].iter().find_map(|mark| line.split_once(mark));
        // "(code 1 if …)" says when; here it is not so.
        let expected = expected.filter(|(_, rest)| !rest.contains("1 s'il"));
        let expected = expected.and_then(|(_, rest)| rest.chars().next()?.to_digit(10));
        let (exit, place, said) = in_shell(line, &here, &tools);
        here = place;
        n_run += 1;
        if exit != expected.unwrap_or(0) {
            let _ = writeln!(wrong, "{guide}:{number}: {line}\n  ends with {exit}\n{said}");
        }
    }
    assert!(n_run > 0 || guide.contains("encodeur"), "{guide} has no command that runs");
    assert!(wrong.is_empty(), "{wrong}");
}

/// Runs one line, and returns its exit code, the folder the shell is in afterwards and what was said.
fn in_shell(line: &str, here: &Path, tools: &Path) -> (u32, PathBuf, String) {
    let code = line.split(" # ").next().unwrap_or_default();
    let asks = |parts: [&str; 3]| parts.iter().any(|part| code.contains(part));
    let typed = if asks(["user add", "user password", "user add"]) {
        " --password-file \"$TOOLS/password\""
    } else if asks(["batch undo", "store erase", "store purge"]) {
        " --yes"
    } else {
        ""
    };
    let script = format!("{}{typed}\nexit=$?\npwd > \"$TOOLS/place\"\nexit $exit", code.trim());
    let path = std::env::var("PATH").unwrap_or_default();
    let ended = Command::new("sh")
        .args(["-c", &script])
        .current_dir(here)
        .env("PATH", format!("{}:{path}", tools.display()))
        .env("TOOLS", tools)
        .env("USER", "essai")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .output()
        .expect("there is a shell");
    let place = std::fs::read_to_string(tools.join("place")).unwrap_or_default();
    let said = String::from_utf8_lossy(&ended.stderr).into_owned()
        + &String::from_utf8_lossy(&ended.stdout);
    let said: String = said.chars().take(1_500).collect();
    let code = ended.status.code().and_then(|code| u32::try_from(code).ok());
    (code.unwrap_or(255), PathBuf::from(place.trim()), said)
}

/// Makes a folder with `catalyse`, and a `cargo` that runs it, and a password.
fn tools(folder: &Path) -> PathBuf {
    let tools = folder.join(".tools");
    std::fs::create_dir_all(&tools).expect("a folder can be made");
    let program = program().display();
    let scripts = [
        ("catalyse", format!("#!/bin/sh\nexec \"{program}\" \"$@\"\n")),
        (
            "cargo",
            format!(
                "#!/bin/sh\n[ \"$1 $2\" = 'run --' ] || exit 9\nshift 2\nexec \"{program}\" \"$@\"\n"
            ),
        ),
        ("password", "un mot de passe assez long\n".to_owned()),
    ];
    for (name, text) in scripts {
        let path = tools.join(name);
        std::fs::write(&path, text).expect("a file can be written");
        let made = Command::new("chmod").arg("+x").arg(&path).status();
        assert!(made.is_ok_and(|status| status.success()), "chmod");
    }
    tools
}

fn simulate(folder: &Path, out: &str, further: &[&str]) {
    let arguments: Vec<&str> = ["simulate", "--out", out].iter().chain(further).copied().collect();
    let made = run_in(folder, &arguments);
    assert_eq!(made.exit, Some(0), "{}", made.stderr);
}

/// Writes the last record of a delivery a second time: both stay out of the store.
fn twice(path: &Path) {
    let mut bytes = std::fs::read(path).expect("a delivery");
    let last = bytes.trim_ascii_end().rsplit(|byte| *byte == b'\n').next().map(<[u8]>::to_vec);
    bytes.extend(last.expect("a delivery has records"));
    bytes.extend(b"\r\n");
    std::fs::write(path, bytes).expect("a delivery");
}

/// Copies the deliveries of a folder of the repository.
fn copy(from: &str, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder can be made");
    for entry in std::fs::read_dir(root().join(from)).expect("the folder is there") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a file has a name");
        std::fs::copy(&path, to.join(name)).expect("a delivery is copied");
    }
}
