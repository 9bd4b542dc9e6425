//! The time as Belgium has it: what pages show and what "today" means at the desk. The store and the journal keep UTC.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

/// Europe/Brussels since 1996: one hour before UTC, two from the last Sunday of March to the last of October (directive 2000/84/EC).
/// Written out, because it says all that a data base of time zones would, on machines that have none too.
const BRUSSELS: &str = "CET-1CEST,M3.5.0,M10.5.0/3";

fn local(at: Timestamp) -> Zoned {
    at.to_zoned(TimeZone::posix(BRUSSELS).unwrap_or(TimeZone::UTC))
}

/// Returns the day in Belgium, whatever the machine takes for its own.
pub fn day_of(at: Timestamp) -> Date {
    local(at).date()
}

/// Writes a day and a time to the minute: `22/11/2026 16:24`.
pub(crate) fn day_and_time(at: Timestamp) -> String {
    local(at).strftime("%d/%m/%Y %H:%M").to_string()
}

/// Writes a day of this year and a time: `22/11 16:24`.
pub(crate) fn short_day_and_time(at: Timestamp) -> String {
    local(at).strftime("%d/%m %H:%M").to_string()
}

/// Writes a time to the minute: `16:24`.
pub(crate) fn time_of(at: Timestamp) -> String {
    local(at).strftime("%H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use super::{day_and_time, day_of, short_day_and_time, time_of};

    #[test]
    fn winter_is_one_hour_before_utc_and_summer_two() {
        // zdump -v Europe/Brussels: 2026-03-29 01:00 UTC and 2026-10-25 01:00 UTC.
        for (utc, local) in [
            ("2026-01-15T12:00:00Z", "15/01/2026 13:00"),
            ("2026-03-29T00:59:00Z", "29/03/2026 01:59"),
            ("2026-03-29T01:00:00Z", "29/03/2026 03:00"),
            ("2026-10-25T00:59:00Z", "25/10/2026 02:59"),
            ("2026-10-25T01:00:00Z", "25/10/2026 02:00"),
            ("2026-06-30T22:30:00Z", "01/07/2026 00:30"),
        ] {
            assert_eq!(day_and_time(utc.parse().expect("a time")), local);
        }
        let late = "2026-06-30T22:30:00Z".parse().expect("a time");
        assert_eq!(day_of(late).to_string(), "2026-07-01");
        let winter = "2026-12-31T23:00:00Z".parse().expect("a time");
        assert_eq!(day_of(winter).to_string(), "2027-01-01");
        assert_eq!(
            (short_day_and_time(late).as_str(), time_of(late).as_str()),
            ("01/07 00:30", "00:30")
        );
    }
}
