//! Attempts to sign in: after a few that failed, a name has to wait, longer each time; and of an address from which many failed, few a minute are
//! looked at. Who once came in from there waits for no address: one person's guesses, or a stranger's behind the same line, lock no office out.
//!
//! A password costs time and 19 MiB of memory to look at, on purpose. So a few are looked at at once, a few more wait for it, and whoever comes
//! beyond is told to come again: strangers can keep the door busy, and nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};
use tokio::sync::{Semaphore, SemaphorePermit};

/// So many attempts of a name are free.
const FREE: u32 = 5;
/// So many from an address: an office may have one for all.
const FREE_OF_ADDRESS: u32 = 40;
/// The longest wait of a name, and the time in which one of its failures is forgiven.
const LONGEST: SignedDuration = SignedDuration::from_mins(15);
/// The time in which one failure of an address is forgiven, and so its longest wait.
const FORGIVEN_OF_ADDRESS: SignedDuration = SignedDuration::from_secs(15);
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
    /// Who came in from where since the start.
    came_in: Mutex<BTreeSet<(String, String)>>,
    waiting: Semaphore,
    places: Semaphore,
}

impl Default for Limiter {
    fn default() -> Self {
        Self {
            names: Failures::new(FREE, LONGEST),
            addresses: Failures::new(FREE_OF_ADDRESS, FORGIVEN_OF_ADDRESS),
            came_in: Mutex::default(),
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
        let of_name = self.names.over(&cut(name), now).map(|(over, failed)| {
            let pause = SignedDuration::from_secs(1_i64 << over.min(10)).min(LONGEST);
            pause - now.duration_since(failed.last)
        });
        let of_address = address.map(network).filter(|address| !self.came_in(name, address));
        let of_address = of_address.and_then(|address| self.addresses.over(&address, now));
        let of_address =
            of_address.map(|(_, failed)| FORGIVEN_OF_ADDRESS - now.duration_since(failed.since));
        of_name.max(of_address).filter(|left| *left > SignedDuration::ZERO)
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
            let address = network(address);
            self.addresses.take_back(&address);
            let mut came_in = self.came_in.lock().unwrap_or_else(PoisonError::into_inner);
            if came_in.len() < MOST_REMEMBERED {
                came_in.insert((cut(name), address));
            }
        }
    }

    fn came_in(&self, name: &str, address: &str) -> bool {
        let came_in = self.came_in.lock().unwrap_or_else(PoisonError::into_inner);
        came_in.contains(&(cut(name), address.to_owned()))
    }

    /// Waits until a password can be looked at; nothing if too many wait already.
    pub(crate) async fn place(&self) -> Option<Place<'_>> {
        let waiting = self.waiting.try_acquire().ok()?;
        let place = self.places.acquire().await.ok()?;
        Some(Place([waiting, place]))
    }
}

/// Counts the failures of each name or address. Time forgives them one by one.
struct Failures {
    free: u32,
    /// One failure is forgiven in this time.
    forgiven_in: SignedDuration,
    failed: Mutex<BTreeMap<String, Failed>>,
}

/// Holds what is remembered of one name or address.
#[derive(Clone, Copy)]
struct Failed {
    n: u32,
    /// From when the next one is being forgiven.
    since: Timestamp,
    last: Timestamp,
}

impl Failures {
    fn new(free: u32, forgiven_in: SignedDuration) -> Self {
        Self { free, forgiven_in, failed: Mutex::default() }
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Failed>> {
        self.failed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns what is left of some failures by now.
    fn aged(&self, failed: Failed, now: Timestamp) -> Failed {
        let passed = now.duration_since(failed.since).as_secs();
        let n_forgiven = passed.max(0) / self.forgiven_in.as_secs().max(1);
        match u32::try_from(n_forgiven).ok().and_then(|forgiven| failed.n.checked_sub(forgiven)) {
            None | Some(0) => Failed { n: 0, since: now, last: failed.last },
            Some(n) => {
                let since = SignedDuration::from_secs(n_forgiven * self.forgiven_in.as_secs());
                Failed { n, since: failed.since + since, last: failed.last }
            }
        }
    }

    /// Returns the failures beyond those that are free, with when the last one was and when the next is forgiven.
    fn over(&self, key: &str, now: Timestamp) -> Option<(u32, Failed)> {
        let failed = self.aged(*self.lock().get(key)?, now);
        failed.n.checked_sub(self.free).map(|over| (over, failed))
    }

    fn add(&self, key: String, now: Timestamp) {
        let mut all = self.lock();
        if all.len() >= MOST_REMEMBERED && !all.contains_key(&key) {
            let oldest = all.iter().min_by_key(|(_, one)| one.last).map(|(key, _)| key.clone());
            oldest.and_then(|key| all.remove(&key));
        }
        let known = all
            .get(&key)
            .map_or(Failed { n: 0, since: now, last: now }, |one| self.aged(*one, now));
        all.insert(key, Failed { n: known.n.saturating_add(1), last: now, ..known });
    }

    fn forget(&self, key: &str) {
        self.lock().remove(key);
    }

    fn take_back(&self, key: &str) {
        if let Some(failed) = self.lock().get_mut(key) {
            failed.n = failed.n.saturating_sub(1);
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
    fn an_office_behind_one_address_is_not_locked_out() {
        let (limiter, start) = (Limiter::default(), Timestamp::UNIX_EPOCH);
        let office = Some("10.0.0.1".parse::<IpAddr>().expect("an address"));
        let wait =
            |name, after| limiter.wait(name, office, start + SignedDuration::from_secs(after));
        limiter.failed("anne", office, start);
        limiter.passed("anne", office);
        for number in 0..FREE_OF_ADDRESS + 5 {
            limiter.failed(&format!("name-{number}"), office, start);
        }
        assert_eq!(wait("anne", 0), None, "came in from here before");
        assert_eq!(wait("bert", 0), Some(SignedDuration::from_secs(15)));
        assert_eq!(wait("bert", 14), Some(SignedDuration::from_secs(1)));
        assert_eq!(wait("bert", 6 * 15), None, "six are forgiven");
        let later = start + SignedDuration::from_secs(6 * 15);
        limiter.failed("bert", office, later);
        limiter.passed("bert", office);
        assert_eq!(wait("carl", 6 * 15), None, "a right password uses nothing up");
        assert!(wait("anne", 24 * 3600).is_none() && wait("carl", 24 * 3600).is_none());
    }

    #[test]
    fn failures_of_a_name_are_forgiven_one_in_a_quarter_of_an_hour() {
        let (limiter, start) = (Limiter::default(), Timestamp::UNIX_EPOCH);
        for _ in 0..9 {
            limiter.failed("anne", None, start);
        }
        let after = |minutes| start + SignedDuration::from_mins(minutes);
        assert_eq!(limiter.wait("anne", None, start), Some(SignedDuration::from_secs(16)));
        limiter.failed("anne", None, after(31));
        assert_eq!(limiter.wait("anne", None, after(31)), Some(SignedDuration::from_secs(8)));
        limiter.failed("anne", None, after(24 * 60));
        assert_eq!(limiter.wait("anne", None, after(24 * 60)), None);
    }

    #[test]
    fn of_a_name_its_beginning_is_remembered() {
        let (limiter, start) = (Limiter::default(), Timestamp::UNIX_EPOCH);
        for _ in 0..9 {
            limiter.failed(&"é".repeat(200_000), None, start);
        }
        let names = limiter.names.lock();
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
