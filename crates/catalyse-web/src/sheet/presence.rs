//! Who is at which sheet: whoever opened a page of a draft or saved in it within the last minutes.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use catalyse_store::DraftId;
use jiff::{SignedDuration, Timestamp};

/// So long somebody is taken to be at a sheet after the last sign of it: a page of twenty questions takes two or three minutes.
const AT_IT: SignedDuration = SignedDuration::from_mins(5);

/// Holds when somebody was last seen at a sheet. It is kept in memory: after a restart the next keystroke tells anew.
#[derive(Default)]
pub(crate) struct Presence(Mutex<BTreeMap<(DraftId, String), Timestamp>>);

impl Presence {
    /// Notes that somebody is at a sheet.
    pub(crate) fn note(&self, draft: DraftId, who: &str, now: Timestamp) {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        seen.retain(|_, at| now.duration_since(*at) < AT_IT);
        seen.insert((draft, who.to_owned()), now);
    }

    /// Lists who else is at a sheet.
    pub(crate) fn others(&self, draft: DraftId, own: &str, now: Timestamp) -> Vec<String> {
        let seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let here = seen.iter().filter(|((of, who), at)| {
            *of == draft && who != own && now.duration_since(**at) < AT_IT
        });
        here.map(|((_, who), _)| who.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use catalyse_store::DraftId;
    use jiff::{SignedDuration, Timestamp};

    use super::Presence;

    #[test]
    fn whoever_was_there_within_five_minutes_is_at_it() {
        let (presence, start) = (Presence::default(), Timestamp::UNIX_EPOCH);
        let after = |minutes| start + SignedDuration::from_mins(minutes);
        presence.note(DraftId(1), "marie", start);
        presence.note(DraftId(2), "paul", start);
        presence.note(DraftId(1), "lea", after(4));
        assert_eq!(presence.others(DraftId(1), "lea", after(4)), ["marie"]);
        assert_eq!(presence.others(DraftId(1), "marie", after(4)), ["lea"]);
        assert!(presence.others(DraftId(1), "lea", after(5)).is_empty());
        assert!(presence.others(DraftId(3), "lea", after(4)).is_empty());
    }
}
