//! The program as a server: started on a free port, and ended with the test.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use crate::program::program;
use crate::repository::root;

/// A server that ends with the test.
pub(crate) struct Served {
    /// Its process.
    pub(crate) child: Child,
    /// Where it listens: host and port.
    pub(crate) address: String,
    /// The path of the link it gave.
    pub(crate) path: String,
}

impl Served {
    /// Starts a server and waits until it says where it listens.
    ///
    /// # Panics
    /// It does not start.
    pub(crate) fn start(arguments: &[&str]) -> Self {
        let mut child = Command::new(program())
            .args(["serve", "--port", "0"])
            .args(arguments)
            .current_dir(root())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        let out = child.stdout.take().expect("the stream is piped");
        let mut served = Self { child, address: String::new(), path: String::new() };
        let mut said = String::new();
        BufReader::new(out).read_line(&mut said).expect("it says where it listens");
        let link = said.trim().strip_prefix("http://").expect("an address");
        let (address, path) = link.split_once('/').expect("a path");
        (served.address, served.path) = (address.to_owned(), path.to_owned());
        served
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
