//! `cargo xtask release`: app and server as they are shipped, unless a number to call is out of date.
//!
//! The tests do not look at dates: what passes today must pass in two years.

use std::fs;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use crate::{dist, place, run};

/// The one file of numbers.
const NUMBERS: &str = "public/data/help-numbers.json";

/// Checks, then builds both.
pub(crate) fn run() -> Result<ExitCode> {
    let path = place::root().join(NUMBERS);
    let text = fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
    let today = today()?;
    let old = outdated(&text, &today)?;
    if !old.is_empty() {
        bail!(
            "{NUMBERS}: {}.\nCall or look up each number, then set `reviewed` to {today} and `source` to who \
             says so.",
            old.join("; ")
        );
    }
    for country in unconfirmed(&text)? {
        println!("Not confirmed by a call yet: the numbers of {country}.");
    }
    dist::build()?;
    let clinic = run::clinic("server")?;
    println!("The app is in {}, the server is {}.", place::dist().display(), clinic.display());
    Ok(ExitCode::SUCCESS)
}

/// What is not shipped: countries whose numbers were reviewed more than a year ago, at no date or at one
/// that is still to come, and a date over all of them that is newer than the oldest.
fn outdated(text: &str, today: &str) -> Result<Vec<String>> {
    let book: Value = serde_json::from_str(text).context("the numbers are no JSON")?;
    let countries = countries(&book)?;
    let mut wrong = Vec::new();
    for country in countries {
        let (code, reviewed) = (word(country, "code"), word(country, "reviewed"));
        let why = match until(reviewed) {
            None => "has no date of review".to_owned(),
            Some(_) if reviewed > today => format!("was reviewed in the future, {reviewed}"),
            Some(until) if until.as_str() < today => format!("was reviewed on {reviewed}"),
            Some(_) => continue,
        };
        wrong.push(format!("{code} {why}"));
    }
    let oldest = countries.iter().map(|country| word(country, "reviewed")).min().unwrap_or_default();
    if word(&book, "checked") > oldest {
        wrong
            .push(format!("`checked` says {}, and the oldest review is of {oldest}", word(&book, "checked")));
    }
    Ok(wrong)
}

/// Countries whose source says that nobody called yet.
fn unconfirmed(text: &str) -> Result<Vec<String>> {
    let book: Value = serde_json::from_str(text).context("the numbers are no JSON")?;
    let open = |country: &&Value| word(country, "source").contains("call to confirm");
    Ok(countries(&book)?.iter().filter(open).map(|country| word(country, "code").to_owned()).collect())
}

fn countries(book: &Value) -> Result<&Vec<Value>> {
    book["countries"].as_array().filter(|all| !all.is_empty()).context("the numbers name no country")
}

fn word<'v>(of: &'v Value, name: &str) -> &'v str {
    of[name].as_str().unwrap_or_default()
}

/// The last day on which a review of this day is good: the same a year later. Dates in this form are in
/// order as texts, also 29 February of a year that has none.
fn until(reviewed: &str) -> Option<String> {
    let mut parts = reviewed.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let digits = |part: &str, long| part.len() == long && part.bytes().all(|b| b.is_ascii_digit());
    let date = digits(year, 4) && digits(month, 2) && digits(day, 2) && parts.next().is_none();
    let sound = ("01"..="12").contains(&month) && ("01"..="31").contains(&day);
    let next: u16 = year.parse::<u16>().ok()? + 1;
    (date && sound).then(|| format!("{next:04}-{month}-{day}"))
}

/// Today, UTC, as YYYY-MM-DD.
fn today() -> Result<String> {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).context("the clock is before 1970")?.as_secs();
    Ok(date(seconds / 86_400))
}

/// The date so many days after 1970-01-01, by years and months that are counted off.
fn date(mut days: u64) -> String {
    let leap = |year: u64| year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400);
    let mut year = 1970;
    while days >= 365 + u64::from(leap(year)) {
        days -= 365 + u64::from(leap(year));
        year += 1;
    }
    let february = 28 + u64::from(leap(year));
    let mut month = 1;
    for length in [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] {
        if days < length {
            break;
        }
        days -= length;
        month += 1;
    }
    format!("{year:04}-{month:02}-{:02}", days + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn book(checked: &str, reviewed: &[&str]) -> String {
        let countries: Vec<String> =
            reviewed.iter().map(|day| format!("{{\"code\":\"XX\",\"reviewed\":\"{day}\"}}")).collect();
        format!("{{\"checked\":\"{checked}\",\"countries\":[{}]}}", countries.join(","))
    }

    #[test]
    fn a_review_is_good_for_a_year_and_no_day_longer() {
        let wrong =
            |today: &str| outdated(&book("2025-11-23", &["2025-11-23", "2026-02-28"]), today).unwrap();
        assert_eq!(wrong("2026-02-28"), Vec::<String>::new());
        assert_eq!(wrong("2026-11-23"), Vec::<String>::new());
        assert_eq!(wrong("2026-11-24"), ["XX was reviewed on 2025-11-23"]);
        assert_eq!(wrong("2028-01-01").len(), 2);
        let leap = |today: &str| outdated(&book("2024-02-29", &["2024-02-29"]), today).unwrap().len();
        assert_eq!((leap("2025-02-28"), leap("2025-03-01")), (0, 1));
    }

    #[test]
    fn a_date_that_is_none_or_still_to_come_is_no_review() {
        for day in ["2027-01-01", "", "soon", "2026-13-01", "2026-1-1", "2026-01-01T00", "2026-01-32"] {
            let text = book("", &[day]);
            assert_eq!(outdated(&text, "2026-11-29").unwrap().len(), 1, "{day}");
        }
        assert!(outdated("{}", "2026-11-29").is_err());
        assert!(outdated("{\"countries\":[]}", "2026-11-29").is_err());
        let newer = outdated(&book("2026-11-02", &["2026-11-01", "2026-11-03"]), "2026-11-29").unwrap();
        assert_eq!(newer, ["`checked` says 2026-11-02, and the oldest review is of 2026-11-01"]);
    }

    #[test]
    fn days_since_1970_are_dates() {
        for (days, said) in [
            (0, "1970-01-01"),
            (58, "1970-02-28"),
            (59, "1970-03-01"),
            (11_016, "2000-02-29"),
            (19_782, "2024-02-29"),
            (20_088, "2024-12-31"),
            (20_089, "2025-01-01"),
        ] {
            assert_eq!(date(days), said);
        }
    }

    #[test]
    fn the_shipped_numbers_have_their_dates_and_name_what_is_unconfirmed() {
        let text = fs::read_to_string(place::root().join(NUMBERS)).unwrap();
        // On the day of the last review nothing is old: what is wrong then is wrong on every day.
        let book: Value = serde_json::from_str(&text).unwrap();
        let days = countries(&book).unwrap().iter().map(|country| word(country, "reviewed"));
        let last = days.max().unwrap();
        assert_eq!(outdated(&text, last).unwrap(), Vec::<String>::new());
        assert!(unconfirmed(&text).unwrap().iter().all(|code| code.len() == 2));
    }
}
