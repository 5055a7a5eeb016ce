//! Phones whose clocks were wrong, for whoever reads the times in their diaries.

use std::path::Path;

use anyhow::Result;
use interlude_diary::calendar::Moment;

use super::{folder, say};

pub(super) async fn list(data: &Path) -> Result<()> {
    let app = folder::app(data).await?;
    for row in app.store.clocks().await? {
        let (first, last) = (Moment::new(row.first_ms, 0), Moment::new(row.last_ms, 0));
        let off = off(row.ahead_ms);
        say(format_args!("{} {} {} {off}, from {first} to {last}", row.initials, row.patient, row.device));
    }
    Ok(())
}

/// `3 h 2 min ahead`: the two largest units, since nobody sets a clock wrong by a year and a second.
fn off(ahead_ms: i64) -> String {
    let minutes = ahead_ms.unsigned_abs() / 60_000;
    let parts = [(minutes / 1440, "d"), (minutes / 60 % 24, "h"), (minutes % 60, "min")];
    let largest = parts.iter().skip_while(|(n, _)| *n == 0).take(2).filter(|(n, _)| *n > 0);
    let said: Vec<String> = largest.map(|(n, unit)| format!("{n} {unit}")).collect();
    format!("{} {}", said.join(" "), if ahead_ms > 0 { "ahead" } else { "behind" })
}

#[cfg(test)]
mod tests {
    use super::off;

    #[test]
    fn how_far_a_clock_is_off_is_said_in_two_units() {
        for (ahead_ms, said) in [
            (121_000, "2 min ahead"),
            (-3_600_000, "1 h behind"),
            (2 * 3_600_000 + 5 * 60_000 + 999, "2 h 5 min ahead"),
            (-86_400_000 * 366 - 3_600_000 - 60_000, "366 d 1 h behind"),
        ] {
            assert_eq!(off(ahead_ms), said);
        }
    }
}
