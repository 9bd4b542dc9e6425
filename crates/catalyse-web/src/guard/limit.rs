//! Attempts to sign in: after a few that failed, a name has to wait, longer each time, and so has an address from which many failed.
//!
//! A password costs time and 19 MiB of memory to look at, on purpose. So a few are looked at at once, a few more wait for it, and whoever comes
//! beyond is told to come again: strangers can keep the door busy, and nothing else.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use tokio::sync::{Semaphore, SemaphorePermit};

/// So many attempts of a name are free.
const FREE: u32 = 5;
/// So many from an address: an office may have one for all.
const FREE_OF_ADDRESS: u32 = 40;
/// The longest wait.
const LONGEST: SignedDuration = SignedDuration::from_mins(15);
/// So many names and so many addresses are remembered; guesses beyond push the oldest out.
const MOST_REMEMBERED: usize = 10_000;
/// So many signs of a name are remembered: no account has a longer one.
const LONGEST_NAME: usize = 100;
/// So many passwords are looked at at once.
const AT_ONCE: usize = 3;
/// So many wait or are looked at.
const MOST_WAITING: usize = 24;

/// Counts the attempts that failed, and lets few passwords be looked at at once.
pub(crate) struct Limiter {
    names: Failures,
    addresses: Failures,
    waiting: Semaphore,
    places: Semaphore,
}

impl Default for Limiter {
    fn default() -> Self {
        Self {
            names: Failures::default(),
            addresses: Failures::default(),
            waiting: Semaphore::new(MOST_WAITING),
            places: Semaphore::new(AT_ONCE),
        }
    }
}

/// Holds a place to have a password looked at.
pub(crate) struct Place<'l>(
    #[expect(dead_code, reason = "held until it is dropped")] [SemaphorePermit<'l>; 2],
);

impl Limiter {
    /// Returns how long a name or an address has to wait, if one has to.
    pub(crate) fn wait(
        &self,
        name: &str,
        address: Option<IpAddr>,
        now: Timestamp,
    ) -> Option<SignedDuration> {
        let of_address = address
            .and_then(|address| self.addresses.wait(&network(address), FREE_OF_ADDRESS, now));
        self.names.wait(&cut(name), FREE, now).max(of_address)
    }

    /// Notes an attempt that failed.
    pub(crate) fn failed(&self, name: &str, address: Option<IpAddr>, now: Timestamp) {
        self.names.add(cut(name), now);
        if let Some(address) = address {
            self.addresses.add(network(address), now);
        }
    }

    /// Forgets the failures of a name that signed in, and the attempt of its address.
    pub(crate) fn passed(&self, name: &str, address: Option<IpAddr>) {
        self.names.forget(&cut(name));
        if let Some(address) = address {
            self.addresses.take_back(&network(address));
        }
    }

    /// Waits until a password can be looked at; nothing if too many wait already.
    pub(crate) async fn place(&self) -> Option<Place<'_>> {
        let waiting = self.waiting.try_acquire().ok()?;
        let place = self.places.acquire().await.ok()?;
        Some(Place([waiting, place]))
    }
}

/// Counts the failures of each name or address.
#[derive(Default)]
struct Failures(Mutex<BTreeMap<String, (u32, Timestamp)>>);

impl Failures {
    fn wait(&self, key: &str, free: u32, now: Timestamp) -> Option<SignedDuration> {
        let failed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (n_failed, last) = failed.get(key).copied()?;
        let over = n_failed.checked_sub(free)?;
        let pause = SignedDuration::from_secs(1_i64 << over.min(10)).min(LONGEST);
        let left = pause - now.duration_since(last);
        (left > SignedDuration::ZERO).then_some(left)
    }

    fn add(&self, key: String, now: Timestamp) {
        let mut failed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if failed.len() >= MOST_REMEMBERED && !failed.contains_key(&key) {
            let oldest =
                failed.iter().min_by_key(|(_, (_, last))| *last).map(|(key, _)| key.clone());
            oldest.and_then(|key| failed.remove(&key));
        }
        let known = failed.entry(key).or_insert((0, now));
        *known = (known.0.saturating_add(1), now);
    }

    fn forget(&self, key: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(key);
    }

    fn take_back(&self, key: &str) {
        let mut failed = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((n_failed, _)) = failed.get_mut(key) {
            *n_failed = n_failed.saturating_sub(1);
        }
    }
}

fn cut(name: &str) -> String {
    name.chars().take(LONGEST_NAME).collect()
}

/// Returns what counts as one address: of IPv6 the first half, which is what a line gets.
fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [first, second, third, fourth, ..] = address.segments();
            format!("{first:x}:{second:x}:{third:x}:{fourth:x}")
        }
    }
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use jiff::{SignedDuration, Timestamp};

    use super::{FREE_OF_ADDRESS, Limiter, MOST_WAITING};

    #[test]
    fn a_name_waits_longer_after_each_failure_and_no_more_once_it_is_in() {
        let (limiter, start) = (Limiter::default(), Timestamp::UNIX_EPOCH);
        let wait = |name: &str| limiter.wait(name, None, start);
        for _ in 0..4 {
            limiter.failed("anne", None, start);
            assert!(wait("anne").is_none());
        }
        limiter.failed("anne", None, start);
        assert_eq!(wait("anne"), Some(SignedDuration::from_secs(1)));
        limiter.failed("anne", None, start);
        assert_eq!(wait("anne"), Some(SignedDuration::from_secs(2)));
        for _ in 0..40 {
            limiter.failed("anne", None, start);
        }
        assert_eq!(wait("anne"), Some(SignedDuration::from_mins(15)));
        assert!(wait("bert").is_none());
        limiter.passed("anne", None);
        assert!(wait("anne").is_none());
    }

    #[test]
    fn an_address_that_guesses_many_names_waits_and_others_do_not() {
        let (limiter, start) = (Limiter::default(), Timestamp::UNIX_EPOCH);
        let at = |text: &str| Some(text.parse::<IpAddr>().expect("an address"));
        for number in 0..FREE_OF_ADDRESS {
            limiter.failed(&format!("name-{number}"), at("2001:db8::1"), start);
        }
        assert!(limiter.wait("anne", at("2001:db8::2"), start).is_some(), "of the same line");
        assert!(limiter.wait("anne", at("2001:db8:0:1::1"), start).is_none());
        assert!(limiter.wait("anne", at("10.0.0.1"), start).is_none());
    }

    #[test]
    fn of_a_name_its_beginning_is_remembered() {
        let (limiter, start) = (Limiter::default(), Timestamp::UNIX_EPOCH);
        for _ in 0..9 {
            limiter.failed(&"é".repeat(200_000), None, start);
        }
        let names = limiter.names.0.lock().expect("no panic");
        assert!(names.keys().all(|name| name.chars().count() == 100) && names.len() == 1);
    }

    #[tokio::test]
    async fn who_comes_when_too_many_wait_gets_no_place() {
        let limiter = Limiter::default();
        let held = limiter.place().await.expect("a place");
        let waiting = limiter.waiting.try_acquire_many(MOST_WAITING as u32 - 1).expect("free");
        assert!(limiter.place().await.is_none());
        drop((held, waiting));
        assert!(limiter.place().await.is_some());
    }
}
