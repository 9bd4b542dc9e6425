//! Ctrl-C ends the server although somebody has sent half a request and says no more: within seconds, and at once when it is pressed again.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::program::{run, scratch};
use crate::served::Served;

impl Served {
    fn interrupt(&self) {
        let sent = Command::new("kill").args(["-INT", &self.child.id().to_string()]).status();
        assert!(sent.expect("kill is there").success());
    }

    /// Waits for its end, so long at most.
    #[expect(clippy::disallowed_methods, reason = "a test waits for a program")]
    fn ends_within(&mut self, most: Duration) -> bool {
        let begun = Instant::now();
        while begun.elapsed() < most {
            if self.child.try_wait().expect("it can be asked").is_some() {
                return true;
            }
            std::thread::yield_now();
        }
        false
    }
}

fn served(name: &str) -> Served {
    let work = scratch(name).join("travail").display().to_string();
    let made = run(&["init", &work]);
    assert_eq!(made.exit, Some(0), "{}", made.stderr);
    Served::start(&["--store", &work])
}

/// Sends half a request, is told to go on, and says no more.
fn half(address: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).expect("somebody listens");
    let head = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 50";
    let request = format!(
        "POST /entrer HTTP/1.1\r\nHost: {address}\r\n{head}\r\nExpect: 100-continue\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).expect("sent");
    let mut told = String::new();
    let mut reader = BufReader::new(stream.try_clone().expect("the same stream"));
    reader.read_line(&mut told).expect("an answer");
    assert!(told.starts_with("HTTP/1.1 100"), "the request is under way: {told}");
    stream.write_all(b"name=").expect("sent");
    stream
}

#[test]
fn half_a_request_holds_the_server_for_seconds_and_not_for_ever() {
    let mut server = served("stopping-once");
    let _held = half(&server.address);
    server.interrupt();
    assert!(server.ends_within(Duration::from_secs(15)), "it ends although a request hangs");
    let mut server = served("stopping-twice");
    let _held = half(&server.address);
    server.interrupt();
    assert!(!server.ends_within(Duration::from_secs(1)), "what is under way has its time");
    server.interrupt();
    assert!(server.ends_within(Duration::from_secs(3)), "the second word ends it at once");
}
