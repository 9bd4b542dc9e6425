//! Killed at random: whatever was acknowledged is there.
//!
//! The test starts this very program again as a child that saves fields and says each acknowledgement, kills it (`SIGKILL`) at a random
//! moment, and looks into the store. 200 times by default; `CATALYSE_TEST_KILLS=1000` by hand.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use catalyse_codebook::Answer;
use catalyse_store::{Author, DraftId, Field, KeyFile, SaveField, Saved, Store, Waiter};

use crate::place::sqlite;
use crate::sample::{at, author, codebook, name, partner, wave};

const CHILD: &str = "CATALYSE_TEST_STORE_OF_CHILD";
const VARIABLES: [&str; 4] = ["adults", "children", "stop_minutes", "housing_cost"];
const N_DRAFTS: i64 = 3;

#[expect(clippy::disallowed_methods, reason = "the child is told by the environment what to do")]
fn told(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

fn field(variable: &str) -> Field {
    Field { form: None, number: 0, variable: name(variable) }
}

/// Saves the fields of one draft, each with a number one higher than before, and says so, until it is killed.
async fn save_for_ever(store: Store, draft: DraftId) {
    let mut version = store.draft(draft).await.expect("a draft").state.version;
    loop {
        for variable in VARIABLES {
            version += 1;
            let answer = Some(Answer::Integer(i64::try_from(version).expect("few")));
            let author = Author::new("marie", at(1));
            let save = SaveField { draft, field: field(variable), answer, seen: version, author };
            let saved = store.save_field(save).await.expect("saved");
            assert!(matches!(saved, Saved::Done { version: now, .. } if now == version));
            let mut out = std::io::stdout().lock();
            writeln!(out, "saved {} {variable} {version}", draft.0).expect("the parent listens");
            out.flush().expect("the parent listens");
        }
    }
}

/// What the child does; in a run of its own it has no store and nothing to do.
#[test]
fn child() {
    let Some(url) = told(CHILD) else { return };
    Waiter::new().expect("a runtime").wait(async {
        let store = Store::open(&url, &codebook(), None).await.expect("a store");
        let savers = (1..=N_DRAFTS).map(|draft| save_for_ever(store.clone(), DraftId(draft)));
        for saver in savers.map(tokio::spawn).collect::<Vec<_>>() {
            saver.await.expect("it never ends");
        }
    });
}

fn start(url: &str) -> (Child, Receiver<String>) {
    let program = std::env::current_exe().expect("this program");
    let mut child = Command::new(program)
        .args(["kill::child", "--exact", "--nocapture"])
        .env(CHILD, url)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("a child");
    let (sender, receiver) = channel();
    let lines = BufReader::new(child.stdout.take().expect("its output")).lines();
    std::thread::spawn(move || {
        for line in lines.map_while(Result::ok) {
            if sender.send(line).is_err() {
                break;
            }
        }
    });
    (child, receiver)
}

/// Waits for the first acknowledgement, then for a random while, kills the child, and returns all it said.
fn run_and_kill(url: &str, wait: Duration) -> Vec<String> {
    let (mut child, lines) = start(url);
    let mut said = Vec::new();
    while let Ok(line) = lines.recv_timeout(Duration::from_mins(1)) {
        said.push(line);
        if said.iter().any(|line| line.contains("saved ")) {
            break;
        }
    }
    std::thread::sleep(wait);
    child.kill().expect("killed");
    child.wait().expect("dead");
    said.extend(lines.iter());
    said
}

#[test]
fn whatever_was_acknowledged_is_there_after_a_kill() {
    let n_kills: u64 = told("CATALYSE_TEST_KILLS").map_or(200, |n| n.parse().expect("a number"));
    let place = sqlite();
    let waiter = Waiter::new().expect("a runtime");
    let store = waiter.wait(async {
        let key: Option<KeyFile> = None;
        let store = Store::create(&place.url, &codebook(), key, &author(0)).await.expect("created");
        for _ in 0..N_DRAFTS {
            let opened = store.open_draft(&partner("durbuy"), &wave("w1"), None, &author(0)).await;
            opened.expect("a draft");
        }
        store
    });
    let mut acknowledged: BTreeMap<(i64, String), i64> = BTreeMap::new();
    let mut chance = u64::from(std::process::id());
    for round in 0..n_kills {
        // Knuth's generator: enough to spread the kills over the few milliseconds of a commit.
        chance =
            chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let said = run_and_kill(&place.url, Duration::from_micros((chance >> 33) % 30_000));
        for line in said {
            // The first line of the child follows the name of its test.
            let Some((_, saved)) = line.split_once("saved ") else { continue };
            let mut words = saved.split(' ');
            let (Some(draft), Some(variable), Some(value)) =
                (words.next(), words.next(), words.next())
            else {
                continue;
            };
            let key = (draft.parse().expect("a number"), variable.to_owned());
            acknowledged.insert(key, value.parse().expect("a number"));
        }
        for draft in 1..=N_DRAFTS {
            let draft = waiter.wait(store.draft(DraftId(draft))).expect("a draft");
            for variable in VARIABLES {
                let key = (draft.state.id.0, variable.to_owned());
                let Some(least) = acknowledged.get(&key) else { continue };
                let there =
                    draft.fields.get(&field(variable)).and_then(|field| field.answer.clone());
                let Some(Answer::Integer(there)) = there else { panic!("{key:?} is gone") };
                assert!(there >= *least, "round {round}: {key:?} is {there}, acknowledged {least}");
            }
        }
    }
    assert!(acknowledged.values().sum::<i64>() > i64::try_from(n_kills).expect("few"));
    assert!(waiter.wait(store.verify()).expect("a proof").is_whole());
}
