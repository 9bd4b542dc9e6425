//! The store from the command line: a working folder is made, deliveries go in and out, the report comes from it, a person is erased.
//!
//! A session is one golden file: what a coordinator types and sees, one command after the other. Times, hashes and folders are blanked.

use std::fmt::Write;
use std::path::PathBuf;

use crate::golden::expect_file;
use crate::program::{Run, run, scratch};
use crate::sample::{REPORT_DATE, deliveries, files_of, report};

/// A session in a folder of its own.
struct Session {
    folder: PathBuf,
    said: String,
}

impl Session {
    fn new(name: &str) -> Self {
        Self { folder: scratch(name), said: String::new() }
    }

    /// Returns a path below the folder of the session.
    fn path(&self, name: &str) -> String {
        self.folder.join(name).to_string_lossy().into_owned()
    }

    /// Runs a command; `@name` is a path below the folder of the session.
    fn run(&mut self, command: &str) -> Run {
        let arguments: Vec<String> = command
            .split(' ')
            .map(|word| {
                word.strip_prefix('@').map_or_else(|| word.to_owned(), |name| self.path(name))
            })
            .collect();
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let run = run(&arguments);
        let exit = run.exit.map_or("none".to_owned(), |exit| exit.to_string());
        let _ = write!(
            self.said,
            "$ catalyse {command}\n{}{}--- exit {exit}\n\n",
            run.stdout, run.stderr
        );
        run
    }

    /// Runs a command that must end with a code.
    fn ends(&mut self, exit: i32, command: &str) -> Run {
        let run = self.run(command);
        assert_eq!(run.exit, Some(exit), "{command}\n{}{}", run.stdout, run.stderr);
        run
    }

    /// Compares all that was said with a golden file.
    fn expect(&self, name: &str) {
        let folder = self.folder.to_string_lossy().into_owned();
        // A folder of backups is remembered by its true path, whatever links lead there.
        let true_folder = self.folder.canonicalize().expect("the folder is there");
        let said = self.said.replace(&true_folder.to_string_lossy().into_owned(), "@");
        let text = blank_times(&said.replace(&folder, "@"));
        expect_file(&format!("tests/golden/{name}.txt"), &text);
    }

    #[expect(clippy::disallowed_methods, reason = "a test writes the files of its user")]
    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.folder.join(name), text).expect("the folder of the session");
    }
}

/// Blanks what differs from run to run: `2026-11-22 09:14`, the day in the name of a backup, hashes of sixteen digits.
fn blank_times(text: &str) -> String {
    let mut blanked = String::new();
    for line in text.split_inclusive('\n') {
        let mut rest = line;
        while let Some(letter) = rest.chars().next() {
            let is_like = |pattern: &str| {
                let fits = |(known, wanted): (char, char)| match wanted {
                    '0' => known.is_ascii_digit(),
                    'h' => known.is_ascii_hexdigit(),
                    other => known == other,
                };
                rest.chars().count() >= pattern.len() && rest.chars().zip(pattern.chars()).all(fits)
            };
            let known = [
                ("0000-00-00 00:00 UTC", "JOUR HEURE"),
                ("catalyse-0000-00-00-", "catalyse-JOUR-"),
                ("hhhhhhhhhhhhhhhh", "EMPREINTE"),
            ];
            if let Some((pattern, name)) = known.iter().find(|(pattern, _)| is_like(pattern)) {
                blanked.push_str(name);
                rest = rest.get(pattern.len()..).unwrap_or_default();
            } else {
                blanked.push(letter);
                rest = rest.get(letter.len_utf8()..).unwrap_or_default();
            }
        }
    }
    blanked
}

#[expect(clippy::disallowed_methods, reason = "a test reads what the program wrote")]
fn read(path: &str) -> String {
    std::fs::read_to_string(path).expect("the file is there")
}

const DURBUY: &str = "tests/fixtures/depot/durbuy.csv tests/fixtures/depot/durbuy-parcours.csv";
/// The same with one answer changed, two faults that block, one to check, and a line without a code.
const CORRECTED: &str =
    "tests/fixtures/depot/durbuy-corrigee.csv tests/fixtures/depot/durbuy-parcours.csv";

/// Makes a working folder with an account of each role that a session needs.
fn begun(name: &str) -> Session {
    let mut session = Session::new(name);
    session.write("mot-de-passe", "quatre mots sans lien\n");
    session.ends(0, "init @travail");
    let add = "--password-file @mot-de-passe --store @travail";
    for account in [
        "marie --role partner_coordinator --partner Durbuy",
        "reseau --role network_coordinator",
        "lecteur --role reader",
        "comptes --role administrator",
    ] {
        session.ends(0, &format!("user add {account} {add}"));
    }
    session
}

#[test]
fn deliveries_go_in_and_come_out_again() {
    let mut session = begun("depot-deliveries");
    session.ends(0, "user list --store @travail");
    session.ends(0, &format!("import {DURBUY} --store @travail --user marie --dry-run"));
    session.ends(0, &format!("import {DURBUY} --store @travail --user marie"));
    session.ends(0, &format!("import {DURBUY} --store @travail --user marie"));
    session.ends(0, "check --store @travail");
    session.ends(1, &format!("import {CORRECTED} --store @travail --user marie"));
    session.ends(0, "batch list --store @travail");
    session.ends(0, "batch show 2 --store @travail");
    session.ends(1, "check --store @travail --fail-on soft");
    session.ends(2, "batch undo 2 --store @travail");
    session.ends(0, "batch undo 2 --store @travail --yes");
    session.ends(2, "batch undo 2 --store @travail --yes");
    session.ends(0, "check --store @travail");
    session.ends(0, "store verify --store @travail");
    session.expect("depot-deliveries");
}

#[test]
fn what_came_before_is_remembered() {
    let mut session = begun("depot-memory");
    session.ends(0, &format!("import {DURBUY} --store @travail --quiet"));
    session.said.clear();
    // Another birth date than in the wave before, and somebody whom Durbuy follows comes to Hotton too.
    session.ends(0, "import tests/fixtures/depot/durbuy-vague-2.csv --store @travail --wave 2");
    session.ends(0, "import tests/fixtures/depot/hotton-vague-2.csv --store @travail --wave 2");
    session.ends(1, "check --store @travail --wave 2");
    session.ends(0, "check --store @travail --wave 1 --partner Hotton --fail-on hard");
    session.ends(1, "store likeness --store @travail --user reseau");
    session.ends(0, "store likeness --same 1 --store @travail --user reseau");
    session.ends(0, "store likeness --store @travail --user reseau");
    // Files that are checked together are compared too.
    session
        .ends(1, "check tests/fixtures/depot/durbuy.csv tests/fixtures/depot/durbuy-vague-2.csv");
    session.ends(0, "store verify --store @travail --quiet");
    session.expect("depot-memory");
}

#[test]
fn spells_of_a_record_that_stays_out_stay_out_too() {
    let mut session = begun("depot-dehors");
    let files =
        "sample-data/faulty/durbuy-vague-2.csv sample-data/faulty/durbuy-vague-2-parcours.csv";
    // Some rows say no partner, and so do not say by themselves whose spells they would bring.
    let import = format!("import {files} --store @travail --user marie");
    session.ends(1, &import);
    let found = session.run("check --store @travail --format csv");
    assert!(!found.stdout.contains("spell-person-exists"), "{}", found.stdout);
    let again = session.ends(1, &import);
    assert!(again.stdout.contains("rien n’a changé"), "{}", again.stdout);
}

#[test]
fn a_number_that_another_code_has_is_found_when_a_delivery_comes() {
    let mut session = begun("depot-numero");
    session.ends(0, "user add paul --role partner_coordinator --partner Hotton --password-file @mot-de-passe --store @travail");
    let own = "import tests/fixtures/depot/durbuy-numero.csv --store @travail --user marie";
    session.ends(0, own);
    let again = session.ends(0, own);
    assert!(!again.stdout.contains("one-code-per-national-number"), "{}", again.stdout);
    let other = "import tests/fixtures/depot/durbuy-autre-code.csv --store @travail --user marie";
    let other = session.run(other);
    assert_eq!(other.exit, Some(1), "{}{}", other.stdout, other.stderr);
    assert!(other.stdout.contains("one-code-per-national-number"), "{}", other.stdout);
    // Whoever works for another partner is told that somebody has the number, and not who.
    let theirs = "import tests/fixtures/depot/hotton-numero.csv --store @travail --user paul";
    let theirs = session.ends(0, theirs);
    assert!(theirs.stdout.contains("1 constat à vérifier"), "{}", theirs.stdout);
    let said = theirs.stdout + &theirs.stderr;
    assert!(!said.contains("D-10") && !said.to_lowercase().contains("durbuy"), "{said}");
    let checked = session.run("check --store @travail --wave 1");
    assert!(!checked.stdout.contains("one-code-per-national-number"), "{}", checked.stdout);
}

#[test]
fn nobody_does_what_is_not_for_them() {
    let mut session = begun("depot-rights");
    session.said.clear();
    session.ends(0, &format!("import {DURBUY} --store @travail --quiet"));
    session.said.clear();
    // Health, names and other partners: each account stays on its side.
    session.ends(4, &format!("import {DURBUY} --store @travail --user reseau"));
    session.ends(4, "import tests/fixtures/depot/hotton.csv --store @travail --user marie");
    session.ends(4, "check --store @travail --user lecteur");
    session.ends(4, "check --store @travail --user marie --partner hotton");
    session.ends(0, "check --store @travail --user reseau");
    session.ends(4, "user list --store @travail --user marie");
    session.ends(4, "store verify --store @travail --user reseau");
    session.ends(4, "store erase PERSONNE --store @travail --user reseau --yes");
    session.ends(0, "user disable marie --store @travail --user comptes");
    session.ends(4, &format!("import {DURBUY} --store @travail --user marie"));
    session.ends(2, &format!("import {DURBUY} --store @travail --accept interview-in-its-wave"));
    session.ends(2, "check --store @nulle-part");
    session.ends(2, "batch list");
    session.expect("depot-rights");
}

#[test]
fn accounts_come_and_go_and_one_administrator_stays() {
    let mut session = begun("depot-comptes");
    session.write("vide.txt", "\n");
    session.ends(2, "init @autre --passphrase-file @vide.txt");
    session.ends(2, "user add  --role reader --no-password --store @travail");
    session.ends(2, "user disable comptes --store @travail");
    session.ends(0, "user add lea --role reader --no-password --store @travail");
    session.ends(0, "user disable lea --store @travail");
    session.ends(0, "user enable lea --store @travail");
    session.ends(0, "user list --store @travail");
    session.ends(2, "serve --demo --persons 20001");
    session.ends(2, "serve --store @travail --address 0.0.0.0");
    session.expect("depot-comptes");
}

#[test]
fn the_command_line_of_the_store_speaks_english() {
    let mut session = Session::new("depot-english");
    session.ends(0, "init @desk --lang en");
    session.ends(0, &format!("import {DURBUY} --store @desk --lang en"));
    session.ends(1, &format!("import {CORRECTED} --store @desk --lang en"));
    session.ends(0, "batch undo 2 --yes --store @desk --lang en");
    session.ends(0, "store journal --store @desk --lang en");
    session.expect("depot-english.en");
}

#[test]
fn a_person_is_handed_out_corrected_and_erased() {
    let mut session = begun("depot-person");
    session.ends(0, &format!("import {DURBUY} --store @travail --quiet"));
    let person = "D-01";
    session.said.clear();
    session.write("identite.toml", "last_name = \"Exemple\"\nbirth_date = \"14/03/1988\"\n");
    session.write("faux.toml", "lastname = \"Exemple\"\n");
    session.ends(2, &format!("store rectify {person} --from @faux.toml --store @travail"));
    session.ends(0, &format!("store rectify {person} --from @identite.toml --store @travail"));
    session.ends(0, "store backup @sauvegardes --store @travail");
    session.ends(0, &format!("store export-person {person} --out @copie.json --store @travail"));
    let copy = read(&session.path("copie.json"));
    assert!(copy.contains("Exemple") && copy.contains("1988-03-14"), "the identity is in the copy");
    assert!(copy.contains("14 mars 1988") && copy.contains("Date de naissance"), "in words too");
    session.ends(2, &format!("store erase {person} --store @travail"));
    session.ends(0, &format!("store erase {person} --store @travail --yes --because demande"));
    session.ends(2, &format!("store erase {person} --store @travail --yes"));
    session.ends(0, "store purge --before 2024-01-01 --store @travail");
    session.ends(2, "store purge --before 2026-01-01 --store @travail");
    session.ends(0, "store purge --before 2026-01-01 --store @travail --yes");
    session.ends(0, "store verify --store @travail");
    session.ends(0, "store likeness --store @travail");
    session.ends(0, "store journal --last 6 --store @travail");
    let backup = files_of(&session.folder.join("sauvegardes"));
    // The last one, which the purge has written.
    let backup = backup.iter().map(|(name, _)| name).rfind(|name| name.ends_with(".sauvegarde"));
    let backup = format!("@sauvegardes/{}", backup.expect("a backup"));
    session.ends(0, &format!("store restore {backup} --to @ailleurs.db"));
    session.ends(2, &format!("store restore {backup} --to @ailleurs.db"));
    session.ends(3, "store restore @mot-de-passe --to @encore.db");
    session.expect("depot-person");
    // Nothing of the person is left in the restored store either.
    let again = session
        .run(&format!("store export-person {person} --out @encore.json --store @ailleurs.db"));
    assert_eq!(again.exit, Some(2), "{}", again.stdout);
}

#[test]
fn an_erased_person_leaves_what_the_policy_of_the_working_folder_says() {
    let mut session = begun("depot-policy");
    session.ends(0, &format!("import {DURBUY} --store @travail --user marie"));
    let policy = "travail/etude/common/policies/partnership.toml";
    let text = read(&session.path(policy));
    assert!(text.contains("erased_persons = \"counts\""), "{text}");
    let person = "D-01";
    let counted = session.ends(2, &format!("store erase {person} --store @travail --user marie"));
    session.write(policy, &text.replace("\"counts\"", "\"nothing\""));
    let nothing = session.ends(2, &format!("store erase {person} --store @travail --user marie"));
    assert_ne!(counted.stderr, nothing.stderr, "what is announced follows the policy");
    let asked = format!("store erase {person} --leave counts --store @travail --user marie");
    assert_eq!(session.ends(2, &asked).stderr, counted.stderr, "what is asked for counts");
    session.write(policy, &text.replace("\"counts\"", "\"perhaps\""));
    let wrong = session.ends(2, &format!("store erase {person} --store @travail --user marie"));
    assert!(wrong.stderr.contains("perhaps"), "{}", wrong.stderr);
}

#[test]
fn a_report_from_the_store_is_that_of_the_files() {
    let mut session = Session::new("depot-report");
    session.ends(0, "init @travail");
    let files = deliveries("integra").join(" ");
    let imported = session.ends(0, &format!("import {files} --store @travail"));
    assert!(imported.stdout.contains("Lot 1 importé"), "{}", imported.stdout);
    session.ends(0, &format!("report --store @travail --date {REPORT_DATE} --out @rapport"));
    let ours = files_of(&session.folder.join("rapport"));
    // The editions of the partners are made of the same tables.
    let theirs = files_of(report()).into_iter();
    let theirs: Vec<_> = theirs.filter(|(name, _)| !name.starts_with("partenaires/")).collect();
    let names = |files: &[(String, Vec<u8>)]| -> Vec<String> {
        files.iter().map(|(name, _)| name.clone()).collect()
    };
    assert_eq!(names(&ours), names(&theirs));
    let differing: Vec<&String> = ours
        .iter()
        .zip(&theirs)
        .filter(|((_, one), (_, other))| one != other)
        .map(|((name, _), _)| name)
        .collect();
    assert_eq!(differing, Vec::<&String>::new());
}

#[test]
fn a_report_of_the_store_keeps_to_the_editions_that_were_fixed() {
    let mut session = Session::new("depot-edition");
    session.ends(0, "init @travail");
    session.ends(0, "simulate --persons 120 --waves 1 --out @personnes");
    let files = files_of(&session.folder.join("personnes"));
    let files: Vec<String> = files.iter().map(|(name, _)| format!("@personnes/{name}")).collect();
    session.run(&format!("import {} --store @travail", files.join(" ")));
    session.ends(2, "report --store @travail --out @a --edition comité --wave 1");
    let first = format!("report --store @travail --date {REPORT_DATE} --out @a --edition comité");
    let fixed = session.ends(0, &first);
    assert!(fixed.stderr.contains("Édition 1 fixée"), "{}", fixed.stderr);
    // What was fixed is what was written.
    let again = session.ends(0, &format!("report --store @travail --date {REPORT_DATE} --out @b"));
    assert!(again.stderr.contains("n’est pas fixé"), "{}", again.stderr);
    assert_eq!(files_of(&session.folder.join("a")), files_of(&session.folder.join("b")));
    // A few persons more than before: no further edition, whatever the reason.
    session.ends(0, "import tests/fixtures/depot/hotton.csv --store @travail");
    session.ends(4, "report --store @travail --out @c --edition correction");
    assert!(!session.folder.join("c").exists());
}
