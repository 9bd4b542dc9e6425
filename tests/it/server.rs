//! A store on a PostgreSQL server from the command line: made, filled, read, reported on and served as one in a file is.
//!
//! It runs where `tests/postgres` gives a server, and says so where none is.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::program::{Run, run, scratch};
use crate::sample::{REPORT_DATE, deliveries};
use crate::served::Served;

const SERVER: &str = "CATALYSE_TEST_POSTGRES";
const DURBUY: &str = "tests/fixtures/depot/durbuy.csv tests/fixtures/depot/durbuy-parcours.csv";

/// Makes an empty database on the server and returns its address; nothing if there is no server.
#[expect(clippy::print_stderr, reason = "whoever runs the tests must see what was left out")]
#[expect(clippy::disallowed_methods, reason = "the server is named by whoever runs the tests")]
fn database(name: &str) -> Option<String> {
    let Ok(server) = std::env::var(SERVER) else {
        eprintln!("left out on PostgreSQL: {SERVER} names no server");
        return None;
    };
    let name = format!("{name}_{}", std::process::id());
    let (_, folder) = server.split_once("host=").expect("the server speaks through a socket");
    let made = Command::new("createdb").args(["-h", folder, "-U", "catalyse", &name]).status();
    assert!(made.expect("createdb is there").success(), "no database on {server}");
    Some(server.replacen("/postgres?", &format!("/{name}?"), 1))
}

fn ends(exit: i32, command: &str) -> Run {
    let arguments: Vec<&str> = command.split(' ').collect();
    let run = run(&arguments);
    assert_eq!(run.exit, Some(exit), "{command}\n{}{}", run.stdout, run.stderr);
    run
}

/// What a store says in the course of its life, without its address.
fn life(folder: &Path, store: &str, at: &str) -> String {
    let folder = folder.display();
    let mut said = String::new();
    let mut tell = |exit, command: String| {
        let run = ends(exit, &command);
        said += &format!("{}{}\n", run.stdout, run.stderr).replace(at, "@");
    };
    let password = format!("--password-file {folder}/mot-de-passe");
    tell(
        0,
        format!("user add marie --role partner_coordinator --partner durbuy {password} {store}"),
    );
    tell(0, format!("import {DURBUY} {store} --user marie"));
    tell(0, format!("import {DURBUY} {store} --user marie"));
    tell(0, format!("check {store}"));
    tell(0, format!("batch list {store}"));
    tell(0, format!("user list {store}"));
    tell(0, format!("user access {store}"));
    tell(0, format!("store verify {store}"));
    tell(0, format!("batch undo 1 --yes {store}"));
    tell(0, format!("check {store}"));
    said
}

#[expect(clippy::disallowed_methods, reason = "a test writes the files of its user")]
fn begun(name: &str) -> PathBuf {
    let folder = scratch(name);
    std::fs::write(folder.join("mot-de-passe"), "quatre mots sans lien\n").expect("a file");
    folder
}

/// Leaves out times and hashes, of which no two stores have the same.
fn without_times(said: &str) -> String {
    let is_time = |word: &str| word.len() > 4 && word.chars().any(|sign| sign.is_ascii_digit());
    let line = |line: &str| {
        let words = line.split_whitespace().filter(|word| !is_time(word));
        words.collect::<Vec<_>>().join(" ")
    };
    said.lines().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_life_of_a_store_on_a_server_is_that_of_one_in_a_file() {
    let Some(url) = database("life") else { return };
    let folder = begun("server-life");
    let work = |name: &str| folder.join(name).display().to_string();
    let (file, server) = (work("fichier"), work("serveur"));
    ends(0, &format!("init {file}"));
    ends(0, &format!("init {server} --store {url}"));
    let in_file = life(&folder, &format!("--store {file}"), &file);
    let beside = format!("--store {url} --study {server}/etude --key {server}/clef.json");
    let on_server = life(&folder, &beside, &url);
    assert_eq!(without_times(&on_server), without_times(&in_file));
    let exists = ends(2, &format!("init {} --store {url}", work("encore")));
    assert!(exists.stderr.contains("il y a déjà un dépôt"), "{}", exists.stderr);
}

#[test]
fn a_report_from_the_server_is_that_of_the_files() {
    let Some(url) = database("report") else { return };
    let folder = begun("server-report");
    let work = |name: &str| folder.join(name).display().to_string();
    ends(0, &format!("init {} --store {url}", work("travail")));
    let store = format!(
        "--store {url} --study {} --key {}",
        work("travail/etude"),
        work("travail/clef.json")
    );
    let files = deliveries("integra").join(" ");
    ends(0, &format!("import {files} {store}"));
    let report = |from: &str, out: &str| {
        let out = work(out);
        ends(0, &format!("report --quiet --date {REPORT_DATE} {from} --out {out}"));
        read(&format!("{out}/rapport.html"))
    };
    assert_eq!(report(&store, "du-serveur"), report(&files, "des-fichiers"));
}

#[expect(clippy::disallowed_methods, reason = "a test reads what the program wrote")]
fn read(path: &str) -> Vec<u8> {
    std::fs::read(path).expect("the file is there")
}

#[test]
fn entry_is_served_over_a_store_on_a_server() {
    let Some(url) = database("serve") else { return };
    let folder = begun("server-serve");
    let work = folder.join("travail").display().to_string();
    ends(0, &format!("init {work} --store {url}"));
    let store = format!("--store {url} --study {work}/etude --key {work}/clef.json");
    let password = format!("--password-file {}/mot-de-passe", folder.display());
    ends(0, &format!("user add anne --role encoder --partner durbuy {password} {store}"));
    let served = Served::start(&store.split(' ').collect::<Vec<_>>());
    let (address, path) = (&served.address, &served.path);
    let ask = |what: &str, cookie: &str| {
        let mut stream = TcpStream::connect(address).expect("somebody listens");
        let request = format!(
            "{what} HTTP/1.1\r\nHost: {address}\r\nCookie: {cookie}\r\nConnection: close\r\n\r\n"
        );
        stream.write_all(request.as_bytes()).expect("sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        answer
    };
    let entered = ask(&format!("POST /{path}"), "");
    let cookie = entered.lines().find_map(|line| line.strip_prefix("set-cookie: "));
    let cookie = cookie.and_then(|line| line.split(';').next()).expect("a session");
    let home = ask("GET /", cookie);
    assert!(home.starts_with("HTTP/1.1 200") && home.contains("Nouvelle fiche"), "{home}");
}
