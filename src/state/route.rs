//! The addresses of the app: an enum, a printer and a parser.
//!
//! An address names a form, an occasion or an entry by its id; it never holds an answer.

use std::fmt;

use interlude_diary::ids::EntryId;
use interlude_diary::occasion::OccasionKey;

/// A page of the app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    /// `/`
    Today,
    /// `/fill/{questionnaire}/…`: one form, being filled in.
    Fill {
        /// A shipped questionnaire's name (`daily-checkin`), or a canonical.
        questionnaire: String,
        /// What is being answered.
        key: FillKey,
        /// Only the short part is asked ("Only pain today").
        short: bool,
    },
    /// `/diary`
    Diary,
    /// `/diary/{entry}`
    Entry(EntryId),
    /// `/trends`
    Trends,
    /// `/trends/doctor`: the sheet for a doctor.
    Doctor,
    /// `/sync`
    Sync,
    /// `/settings`
    Settings,
    /// `/move`: backup files.
    Move,
    /// `/erase`: erasing everything.
    Erase,
    /// `/own`: the person's own questions.
    Own,
    /// `/help`
    Help,
    /// `/welcome`: first run.
    Welcome,
    /// `/pair`
    Pair,
    /// `/fill/daily-checkin/today`: today's check-in, whatever today is. The shortcut of the installed app.
    CheckIn,
    /// Any other address.
    Unknown,
}

/// What a form is opened for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FillKey {
    /// `/fill/{q}`: unscheduled, any number of times.
    Unscheduled,
    /// `/fill/{q}/for/{series}/{rule}/{ordinal}/{slot}`
    Occasion(OccasionKey),
    /// `/fill/{q}/correct/{entry}`
    Correction(EntryId),
}

impl Route {
    /// A form opened for an occasion, whole.
    #[must_use]
    pub fn occasion(questionnaire: &str, key: OccasionKey) -> Self {
        Self::Fill { questionnaire: questionnaire.to_owned(), key: FillKey::Occasion(key), short: false }
    }

    /// A form opened with no occasion.
    #[must_use]
    pub fn unscheduled(questionnaire: &str) -> Self {
        Self::Fill { questionnaire: questionnaire.to_owned(), key: FillKey::Unscheduled, short: false }
    }

    /// Reads a path. Total: what is not an address of the app is [`Route::Unknown`].
    #[must_use]
    pub fn parse(path: &str) -> Self {
        let path = path.strip_suffix('/').unwrap_or(path);
        let parts: Vec<&str> = path.split('/').skip(1).collect();
        match parts.as_slice() {
            [] | ["index.html"] => Self::Today,
            ["diary"] => Self::Diary,
            ["diary", id] => id.parse().map_or(Self::Unknown, Self::Entry),
            ["trends"] => Self::Trends,
            ["trends", "doctor"] => Self::Doctor,
            ["sync"] => Self::Sync,
            ["settings"] => Self::Settings,
            ["move"] => Self::Move,
            ["erase"] => Self::Erase,
            ["own"] => Self::Own,
            ["help"] => Self::Help,
            ["welcome"] => Self::Welcome,
            ["pair"] => Self::Pair,
            ["fill", "daily-checkin", "today"] => Self::CheckIn,
            ["fill", questionnaire, rest @ ..] => fill(questionnaire, rest).unwrap_or(Self::Unknown),
            _ => Self::Unknown,
        }
    }
}

fn fill(questionnaire: &str, rest: &[&str]) -> Option<Route> {
    let (rest, short) = match rest {
        [rest @ .., "short"] => (rest, true),
        rest => (rest, false),
    };
    let key = match rest {
        [] => FillKey::Unscheduled,
        ["for", key @ ..] => FillKey::Occasion(key.join("/").parse().ok()?),
        ["correct", id] => FillKey::Correction(id.parse().ok()?),
        _ => return None,
    };
    Some(Route::Fill { questionnaire: decode(questionnaire)?, key, short })
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Today | Self::Unknown => f.write_str("/"),
            Self::Diary => f.write_str("/diary"),
            Self::Entry(id) => write!(f, "/diary/{id}"),
            Self::Trends => f.write_str("/trends"),
            Self::Doctor => f.write_str("/trends/doctor"),
            Self::Sync => f.write_str("/sync"),
            Self::Settings => f.write_str("/settings"),
            Self::Move => f.write_str("/move"),
            Self::Erase => f.write_str("/erase"),
            Self::Own => f.write_str("/own"),
            Self::Help => f.write_str("/help"),
            Self::Welcome => f.write_str("/welcome"),
            Self::Pair => f.write_str("/pair"),
            Self::CheckIn => f.write_str("/fill/daily-checkin/today"),
            Self::Fill { questionnaire, key, short } => {
                f.write_str("/fill/")?;
                encode(questionnaire, f)?;
                match key {
                    FillKey::Unscheduled => {}
                    FillKey::Occasion(key) => write!(f, "/for/{key}")?,
                    FillKey::Correction(id) => write!(f, "/correct/{id}")?,
                }
                if *short { f.write_str("/short") } else { Ok(()) }
            }
        }
    }
}

/// Percent-encoding of one path segment: a canonical has slashes, a bar and a colon.
fn encode(segment: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    segment.bytes().try_for_each(|byte| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' => write!(f, "{}", char::from(byte)),
        other => write!(f, "%{other:02X}"),
    })
}

fn decode(segment: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(segment.len());
    let mut rest = segment;
    while let Some(at) = rest.find('%') {
        let (before, escape) = rest.split_at(at);
        bytes.extend_from_slice(before.as_bytes());
        bytes.push(u8::from_str_radix(escape.get(1..3)?, 16).ok()?);
        rest = escape.get(3..)?;
    }
    bytes.extend_from_slice(rest.as_bytes());
    String::from_utf8(bytes).ok().filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "01980000-0000-7000-8000-000000000001";

    #[test]
    fn every_address_reads_back_as_itself() {
        let daily: OccasionKey = "0/daily/20524/day".parse().unwrap();
        let fill = |questionnaire: &str, key, short| Route::Fill {
            questionnaire: questionnaire.to_owned(),
            key,
            short,
        };
        for route in [
            Route::Today,
            Route::Diary,
            Route::Entry(ID.parse().unwrap()),
            Route::Trends,
            Route::Doctor,
            Route::Sync,
            Route::Settings,
            Route::Move,
            Route::Erase,
            Route::Own,
            Route::Help,
            Route::Welcome,
            Route::Pair,
            Route::CheckIn,
            Route::occasion("daily-checkin", daily.clone()),
            fill("daily-checkin", FillKey::Occasion(daily), true),
            Route::unscheduled("side-effects"),
            fill("short", FillKey::Unscheduled, true),
            fill("peg", FillKey::Correction(ID.parse().unwrap()), false),
            Route::unscheduled("http://example.org/Questionnaire/x|1.0 é%"),
        ] {
            assert_eq!(Route::parse(&route.to_string()), route, "{route}");
        }
    }

    #[test]
    fn what_is_no_address_is_unknown() {
        for path in [
            "/nowhere",
            "/diary/not-an-id",
            "/fill",
            "/fill/",
            "/fill/daily-checkin/for/0/daily",
            "/fill/daily-checkin/for/0/daily/x/day",
            "/fill/%ZZ",
            "/fill/%é",
            "/fill/peg/correct/7",
            "/settings/more",
        ] {
            assert_eq!(Route::parse(path), Route::Unknown, "{path}");
        }
        assert_eq!(Route::parse("/settings/"), Route::Settings);
        assert_eq!(Route::parse(""), Route::Today);
    }
}
