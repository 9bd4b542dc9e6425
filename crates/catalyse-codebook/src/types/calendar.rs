//! Days and months counted as numbers, by the Gregorian calendar.
//!
//! Source: Hinnant, *chrono-compatible low-level date algorithms* (days_from_civil, civil_from_days); compared with jiff in the tests.

/// Returns the day as days since 1970-01-01, or nothing if there is no such day.
pub fn day_number(year: i32, month: u8, day: u8) -> Option<i32> {
    if !(1..=12).contains(&month) || day == 0 || day > days_in_month(year, month) {
        return None;
    }
    let shifted_year = if month <= 2 { year - 1 } else { year };
    let era = shifted_year.div_euclid(400);
    let year_of_era = shifted_year.rem_euclid(400);
    let month_from_march = (i32::from(month) + 9) % 12;
    let day_of_year = (153 * month_from_march + 2) / 5 + i32::from(day) - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    Some(era * 146_097 + day_of_era - 719_468)
}

/// Returns year, month and day of a day counted from 1970-01-01.
pub fn ymd_of_day_number(day_number: i32) -> (i32, u8, u8) {
    let shifted = day_number + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + i32::from(month <= 2);
    (year, month as u8, day as u8)
}

const fn days_in_month(year: i32, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 => 29,
        2 => 28,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::{day_number, ymd_of_day_number};

    #[test]
    fn every_day_of_four_centuries_is_the_day_that_jiff_counts() {
        let first = jiff::civil::date(1799, 12, 31);
        let epoch = jiff::civil::date(1970, 1, 1);
        let mut date = first;
        while date.year() < 2201 {
            let expected = epoch.until(date).expect("in range").get_days();
            let (month, day) = (date.month() as u8, date.day() as u8);
            assert_eq!(day_number(i32::from(date.year()), month, day), Some(expected));
            assert_eq!(ymd_of_day_number(expected), (i32::from(date.year()), month, day));
            date = date.tomorrow().expect("in range");
        }
    }

    #[test]
    fn days_that_do_not_exist_have_no_number() {
        for (year, month, day) in
            [(2023, 2, 29), (1900, 2, 29), (2024, 4, 31), (2024, 13, 1), (2024, 0, 1), (2024, 1, 0)]
        {
            assert_eq!(day_number(year, month, day), None);
        }
        assert!(day_number(2000, 2, 29).is_some());
    }
}
