//! Attempts to sign in: after a few that failed, a name has to wait, longer each time.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

/// So many attempts are free.
const FREE: u32 = 5;
/// The longest wait.
const LONGEST: SignedDuration = SignedDuration::from_mins(15);
/// So many names are remembered; guesses beyond push the oldest out.
const MOST_NAMES: usize = 10_000;

/// Counts the attempts of each name that failed since the last one that did not.
#[derive(Default)]
pub(crate) struct Limiter(Mutex<BTreeMap<String, (u32, Timestamp)>>);

impl Limiter {
    /// Returns how long the name has to wait, if it has to.
    pub(crate) fn wait(&self, name: &str, now: Timestamp) -> Option<SignedDuration> {
        let failed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (n_failed, last) = failed.get(name).copied()?;
        let over = n_failed.checked_sub(FREE)?;
        let pause = SignedDuration::from_secs(1_i64 << over.min(10)).min(LONGEST);
        let left = pause - now.duration_since(last);
        (left > SignedDuration::ZERO).then_some(left)
    }

    /// Notes an attempt that failed.
    pub(crate) fn failed(&self, name: &str, now: Timestamp) {
        let mut failed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if failed.len() >= MOST_NAMES {
            let oldest =
                failed.iter().min_by_key(|(_, (_, last))| *last).map(|(name, _)| name.clone());
            oldest.and_then(|name| failed.remove(&name));
        }
        let known = failed.entry(name.to_owned()).or_insert((0, now));
        *known = (known.0 + 1, now);
    }

    /// Forgets the failures of a name that signed in.
    pub(crate) fn passed(&self, name: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(name);
    }
}

#[cfg(test)]
mod tests {
    use jiff::{SignedDuration, Timestamp};

    use super::Limiter;

    #[test]
    fn a_name_waits_longer_after_each_failure_and_no_more_once_it_is_in() {
        let (limiter, start) = (Limiter::default(), Timestamp::UNIX_EPOCH);
        for _ in 0..4 {
            limiter.failed("anne", start);
            assert!(limiter.wait("anne", start).is_none());
        }
        limiter.failed("anne", start);
        assert_eq!(limiter.wait("anne", start), Some(SignedDuration::from_secs(1)));
        limiter.failed("anne", start);
        assert_eq!(limiter.wait("anne", start), Some(SignedDuration::from_secs(2)));
        for _ in 0..40 {
            limiter.failed("anne", start);
        }
        assert_eq!(limiter.wait("anne", start), Some(SignedDuration::from_mins(15)));
        assert!(limiter.wait("bert", start).is_none());
        limiter.passed("anne");
        assert!(limiter.wait("anne", start).is_none());
    }
}
