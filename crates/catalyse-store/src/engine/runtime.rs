//! Waiting for the store where nothing else runs: on the command line.

use std::future::Future;

use crate::StoreError;

/// Holds a small runtime of one thread. A program that already has one (the web server) does not need it.
pub struct Waiter(tokio::runtime::Runtime);

impl Waiter {
    /// Makes a runtime.
    ///
    /// # Errors
    /// The system gives no thread or timer.
    pub fn new() -> Result<Self, StoreError> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.map(Self).map_err(|source| StoreError::File { path: "runtime".into(), source })
    }

    /// Waits until something is done.
    pub fn wait<T>(&self, future: impl Future<Output = T>) -> T {
        self.0.block_on(future)
    }
}
