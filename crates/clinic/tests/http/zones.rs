//! Answers given around every change of every zone's clocks, and across the date line in the middle of a
//! form: on the phone, on the wire and in the clinic they are about the day that the person saw.

use axum::http::StatusCode;
use interlude_clinic::Config;
use interlude_clinic::limits::Rates;
use interlude_clinic::store::MemoryStore;
use interlude_diary::calendar::{LocalDay, Moment};
use interlude_diary::entry::Entry;
use interlude_diary::ids::{EntryId, RevisionId};
use interlude_diary::journal::{Journal as _, Send};
use interlude_diary::occasion::OccasionKey;
use interlude_fhir::digest::digest;
use interlude_fhir::wire::{read, write_entry};
use interlude_testkit::MemoryJournal;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use jiff::{Timestamp, ToSpan as _};
use uuid::Uuid;

use crate::support::{Clinic, check_in};

/// Entries in one Bundle.
const AT_ONCE: usize = 64;
/// The zones at both ends of the date line: a traveller goes to one of them in the middle of a form.
const ENDS: [&str; 2] = ["Pacific/Kiritimati", "Pacific/Pago_Pago"];

fn moment(zone: &TimeZone, at: Timestamp) -> Moment {
    Moment::new(at.as_millisecond(), i16::try_from(zone.to_offset(at).seconds() / 60).unwrap())
}

/// The day on the wall, and before 04:00 the one before.
fn lived(zone: &TimeZone, at: Timestamp) -> LocalDay {
    let wall = zone.to_datetime(at);
    let date = if wall.hour() < 4 { wall.date().yesterday().unwrap() } else { wall.date() };
    LocalDay::from_ymd(date.year().into(), date.month().unsigned_abs(), date.day().unsigned_abs()).unwrap()
}

/// A check-in that was opened then and there, and finished a minute later in a zone of that name.
fn answered(n: u128, day: LocalDay, finished: Moment, zone: &str) -> Entry {
    let (id, revision) = (Uuid::from_u128(0x0003_0000_0000 + n), Uuid::from_u128(0x0004_0000_0000 + n));
    Entry {
        id: EntryId::new(id),
        revision: RevisionId::new(revision),
        day,
        authored: finished,
        zone: zone.to_owned(),
        occasion: Some(OccasionKey::daily(day)),
        ..check_in(0, 4)
    }
}

/// Two answers for every change: one at the change, one at 04:00 of its day, each some quarters of an hour
/// off; every other one finished at an end of the date line. And one for zones that never change.
fn answers() -> (Vec<Entry>, usize, usize) {
    let database = TimeZoneDatabase::bundled();
    let (from, until): (Timestamp, Timestamp) =
        ("2020-01-01T00:00:00Z".parse().unwrap(), "2036-01-01T00:00:00Z".parse().unwrap());
    let ends = ENDS.map(|name| (name, database.get(name).unwrap()));
    let (mut entries, mut zones, mut changes) = (Vec::new(), 0, 0);
    for name in database.available() {
        let (name, zone) = (name.to_string(), database.get(name.as_str()).unwrap());
        zones += 1;
        let mut instants = vec![from + 4.hours()];
        for change in zone.following(from).map(|change| change.timestamp()).take_while(|at| *at < until) {
            if zone.to_offset(change) == zone.to_offset(change - 1.millisecond()) {
                continue;
            }
            changes += 1;
            let four = zone.to_timestamp(zone.to_datetime(change).date().at(4, 0, 0, 0)).unwrap();
            let off = |n: i64| ((n % 17 - 8) * 15 * 60_000 - n % 2).milliseconds();
            instants.extend([change + off(changes), four + off(changes + 8)]);
        }
        for at in instants {
            let n = entries.len();
            let (there, finished) = match n % 4 {
                1 => (ends[0].0, moment(&ends[0].1, at + 1.minute())),
                3 => (ends[1].0, moment(&ends[1].1, at + 1.minute())),
                _ => (name.as_str(), moment(&zone, at + 1.minute())),
            };
            entries.push(answered(n as u128, lived(&zone, at), finished, there));
        }
    }
    (entries, zones, usize::try_from(changes).unwrap())
}

#[tokio::test]
async fn what_was_answered_at_any_change_or_across_the_date_line_is_about_the_day_the_person_saw() {
    let config = Config { rates: Rates::unlimited(), ..Config::default() };
    let clinic = Clinic::with(MemoryStore::new("EP0CH000"), config).await;
    let (entries, zones, changes) = answers();
    for some in entries.chunks(AT_ONCE) {
        let journal = MemoryJournal::default();
        let mut texts = Vec::new();
        for entry in some {
            journal.record(entry, Send::Now, None).await.unwrap();
            let kept = journal.revisions(entry.id).await.unwrap().remove(0).entry;
            assert_eq!((kept.day, kept.authored, &kept.zone), (entry.day, entry.authored, &entry.zone));
            texts.push(write_entry(&kept, clinic.patient.as_str()));
        }
        let sent: Vec<(EntryId, &str, &str)> =
            some.iter().zip(&texts).map(|(entry, text)| (entry.id, text.as_str(), "*")).collect();
        let answer = clinic.batch("batch", &sent).await;
        assert_eq!(answer.statuses(), vec!["201 Created"; some.len()]);
        let ids: Vec<String> = some.iter().map(|entry| entry.id.to_string()).collect();
        let path = format!("/fhir/QuestionnaireResponse?_id={}&_count=1000", ids.join(","));
        let found = clinic.get(&path).await;
        assert_eq!(found.status, StatusCode::OK);
        let full = interlude_fhir::bundle::read_full(&found.text).unwrap();
        assert_eq!(full.entries.len(), some.len());
        for entry in some {
            let held = full.entries.iter().find(|held| held.entry.id == entry.id).unwrap();
            let held = &held.entry;
            assert_eq!((held.day, held.authored, &held.zone), (entry.day, entry.authored, &entry.zone));
            assert_eq!(digest(held), digest(entry));
        }
    }
    // And one at a time, as another reader of R4 would see it.
    for entry in entries.iter().step_by(101) {
        let text = clinic.get(&format!("/fhir/QuestionnaireResponse/{}", entry.id)).await.text;
        assert_eq!(read(&text).unwrap().entry.day, entry.day);
    }
    let far = entries.iter().filter(|entry| entry.day != entry.authored.diary_day()).count();
    println!(
        "{zones} zones, {changes} changes, {} answers, {far} of them finished on another day of another zone: \
         0 misdated",
        entries.len()
    );
    assert!(zones > 550 && changes > 5_000 && far > 2_000);
}
