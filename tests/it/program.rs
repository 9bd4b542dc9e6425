//! The built program, run as a user runs it: arguments in; stdout, stderr and exit code out.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use crate::repository::{ending, files_below, root};

/// No run of a test may take longer; a longer one is an endless loop.
const TIME_LIMIT: Duration = Duration::from_mins(4);

/// Holds what a run gave.
pub(crate) struct Run {
    /// What was printed as the result.
    pub(crate) stdout: String,
    /// What was said beside it.
    pub(crate) stderr: String,
    /// How it ended; nothing if a signal ended it.
    pub(crate) exit: Option<i32>,
    /// How long it took.
    pub(crate) took: Duration,
}

/// Runs the program in a folder.
///
/// # Panics
/// It is not built, or takes longer than the limit.
pub(crate) fn run_in(folder: &Path, arguments: &[&str]) -> Run {
    run_command(Command::new(program()), folder, arguments)
}

/// Runs the program at the root of the repository with 3 GiB of addresses, where the system can hold it to that.
pub(crate) fn run_limited(arguments: &[&str]) -> Run {
    if !cfg!(target_os = "linux") {
        return run(arguments);
    }
    let mut shell = Command::new("sh");
    shell.args(["-c", "ulimit -v 3145728 && exec \"$0\" \"$@\""]).arg(program());
    run_command(shell, &root(), arguments)
}

fn run_command(mut command: Command, folder: &Path, arguments: &[&str]) -> Run {
    #[expect(clippy::disallowed_methods, reason = "a test measures how long the program takes")]
    let begun = Instant::now();
    let mut child = command
        .args(arguments)
        .current_dir(folder)
        // Talk to a terminal and colours must not depend on who runs the tests.
        .env_remove("NO_COLOR")
        .env_remove("CLICOLOR_FORCE")
        .env("LC_ALL", "C")
        // The journal of a store names who sits at the machine.
        .env("USER", "essai")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let stdout = gather(child.stdout.take());
    let stderr = gather(child.stderr.take());
    let exit = end_of(&mut child, begun, arguments);
    Run {
        stdout: stdout.join().expect("stdout is read"),
        stderr: stderr.join().expect("stderr is read"),
        exit,
        took: begun.elapsed(),
    }
}

/// Does something with each of many, on all cores, and returns what came out in their order.
pub(crate) fn on_all_cores<T: Sync, R: Send>(all: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let done: Vec<Mutex<Option<R>>> = all.iter().map(|_| Mutex::new(None)).collect();
    let n_threads = thread::available_parallelism().map_or(1, std::num::NonZero::get);
    thread::scope(|scope| {
        for _ in 0..n_threads {
            scope.spawn(|| {
                while let Some((one, place)) = {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    all.get(index).zip(done.get(index))
                } {
                    let result = work(one);
                    *place.lock().expect("no other thread has this place") = Some(result);
                }
            });
        }
    });
    let results = done.into_iter().map(|place| place.into_inner().expect("the threads ended"));
    results.map(|result| result.expect("every one was worked on")).collect()
}

/// Runs the program at the root of the repository.
pub(crate) fn run(arguments: &[&str]) -> Run {
    run_in(&root(), arguments)
}

fn gather(stream: Option<impl Read + Send + 'static>) -> thread::JoinHandle<String> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        stream.expect("the stream is piped").read_to_end(&mut bytes).expect("the stream is read");
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

fn end_of(child: &mut Child, begun: Instant, arguments: &[&str]) -> Option<i32> {
    loop {
        if let Some(status) = child.try_wait().expect("the program is waited for") {
            return status.code();
        }
        if begun.elapsed() > TIME_LIMIT {
            let _ = child.kill();
            panic!("catalyse {} did not end within {TIME_LIMIT:?}", arguments.join(" "));
        }
        thread::sleep(Duration::from_millis(5));
    }
}

/// Finds the program beside the test's own binary, and makes sure that it is not older than its source.
pub(crate) fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let own = std::env::current_exe().expect("a test knows its own path");
        // The test is PROFILE/deps/it-HASH, the program PROFILE/catalyse.
        let profile =
            own.parent().and_then(Path::parent).expect("the test stands in a target folder");
        let program = profile.join(format!("catalyse{}", std::env::consts::EXE_SUFFIX));
        let built = program.metadata().and_then(|metadata| metadata.modified());
        let Ok(built) = built else {
            panic!("{} is not there. Build it first: cargo build -p catalyse", program.display());
        };
        if let Some(newer) = newest_source().filter(|(changed, _)| *changed > built) {
            panic!(
                "{} is newer than the program. Build it first: cargo build -p catalyse",
                newer.1
            );
        }
        program
    })
}

/// Finds the file of the program that changed last: its source, and the schemas and definitions that are compiled in.
fn newest_source() -> Option<(SystemTime, String)> {
    let of_crates = files_below("crates").into_iter().filter(|path| {
        let is_shipped = ["/src/", "/templates/", "/assets/", "/starter/"]
            .iter()
            .any(|part| path.contains(part));
        is_shipped
            && !path.starts_with("crates/catalyse-testkit/")
            && !path.starts_with("crates/catalyse-bench/")
    });
    let data = files_below("schemas").into_iter().chain(files_below("reports"));
    let data =
        data.filter(|path| ["toml", "csv"].contains(&ending(path)) && !path.contains("/gallery/"));
    let changed = |path: String| Some((root().join(&path).metadata().ok()?.modified().ok()?, path));
    of_crates.chain(data).filter_map(changed).max()
}

/// Makes a folder for a test to write in, empty.
pub(crate) fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder for the test can be made");
    folder
}
