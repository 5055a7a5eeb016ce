//! Every zone there is, and every change of its clocks from 2020 to 2035: what our arithmetic makes of
//! them, held against a judge that has the zones' own rules.
#![expect(clippy::unwrap_used, reason = "tests: what is not as expected is a failure")]
#![expect(clippy::print_stdout, reason = "nothing is left out in silence: it is counted, and said")]

use interlude_diary::calendar::{LocalDay, Moment, Now};
use interlude_diary::occasion::{Draft, DraftKey, OccasionKey};
use interlude_diary::questionnaire::score::{night, note_clock_change};
use interlude_diary::questionnaire::{Answers, Given, Response, ResponseItem, Slot, Value};
use interlude_diary::schedule::{Wall, open_occasions};
use jiff::civil::DateTime;
use jiff::tz::{TimeZone, TimeZoneDatabase};
use jiff::{Timestamp, ToSpan as _};

const FROM: &str = "2020-01-01T00:00:00Z";
const UNTIL: &str = "2036-01-01T00:00:00Z";
const QUARTER_MS: i64 = 15 * 60_000;

/// Zones by name, each with the instants at which its clocks change.
fn zones() -> Vec<(String, TimeZone, Vec<Timestamp>)> {
    let database = TimeZoneDatabase::bundled();
    let (from, until): (Timestamp, Timestamp) = (FROM.parse().unwrap(), UNTIL.parse().unwrap());
    let one = |name: String| {
        let zone = database.get(&name).unwrap();
        let changes = zone
            .following(from)
            .map(|change| change.timestamp())
            .take_while(|at| *at < until)
            // Some change their name alone, or say twice that nothing changes.
            .filter(|at| zone.to_offset(*at) != zone.to_offset(*at - 1.millisecond()))
            .collect();
        (name, zone, changes)
    };
    database.available().map(|name| one(name.to_string())).collect()
}

/// What the phone's clock says at an instant.
fn now(name: &str, zone: &TimeZone, at: Timestamp) -> Now {
    let seconds = zone.to_offset(at).seconds();
    // The browser counts whole minutes, and so do all zones since 2020.
    assert_eq!(seconds % 60, 0, "{name} at {at}");
    let moment = Moment::new(at.as_millisecond(), i16::try_from(seconds / 60).unwrap());
    Now { moment, zone: name.to_owned() }
}

/// The day a person is living, by the judge: the date on the wall, and before 04:00 the one before.
fn lived(wall: DateTime) -> LocalDay {
    let date = if wall.hour() < 4 { wall.date().yesterday().unwrap() } else { wall.date() };
    day(date)
}

fn day(date: jiff::civil::Date) -> LocalDay {
    LocalDay::from_ymd(date.year().into(), date.month().unsigned_abs(), date.day().unsigned_abs()).unwrap()
}

/// Two hours either side of an instant by quarters, and what lies right beside it.
fn around(at: Timestamp) -> impl Iterator<Item = Timestamp> {
    let quarters = (-8..=8).map(|n| n * QUARTER_MS);
    quarters.chain([-1000, -1, 1, 1000]).map(move |ms| at + ms.milliseconds())
}

/// Around a change, and around 04:00 of the days beside it and of its own.
fn samples(zone: &TimeZone, change: Timestamp) -> Vec<Timestamp> {
    let date = zone.to_datetime(change).date();
    let days = [date.yesterday().unwrap(), date, date.tomorrow().unwrap()];
    let fours = days.map(|date| zone.to_timestamp(date.at(4, 0, 0, 0)).unwrap());
    std::iter::once(change).chain(fours).flat_map(around).collect()
}

#[test]
fn the_diary_day_is_the_one_the_person_lives_in_every_zone_at_every_change() {
    let (mut count, mut changes, mut changing) = (0, 0, 0);
    let zones = zones();
    for (name, zone, at) in &zones {
        changing += usize::from(!at.is_empty());
        changes += at.len();
        // Zones that never change are asked about one plain night.
        let plain: Timestamp = "2026-03-12T12:00:00Z".parse().unwrap();
        for change in at.iter().chain([&plain]) {
            for sample in samples(zone, *change) {
                let (wall, now) = (zone.to_datetime(sample), now(name, zone, sample));
                assert_eq!(now.diary_day(), lived(wall), "{name} at {sample}");
                assert_eq!(now.moment.local_day(), day(wall.date()), "{name} at {sample}");
                let minute = u16::try_from(i32::from(wall.hour()) * 60 + i32::from(wall.minute())).unwrap();
                assert_eq!(
                    Wall::of(now.moment),
                    Wall { day: day(wall.date()), minute },
                    "{name} at {sample}"
                );
                count += 1;
            }
        }
    }
    println!(
        "{} zones, {changing} of them with {changes} changes from 2020 to 2035, {count} instants: 0 misdated",
        zones.len()
    );
    assert!(zones.len() > 550 && changes > 5_000, "the zones of the world are there");
}

/// At every instant the day that is lived can be answered, on time, and so can the one before, late or not.
#[test]
fn todays_check_in_is_open_and_on_time_at_every_change() {
    for (name, zone, at) in zones() {
        for sample in at.iter().flat_map(|change| samples(&zone, *change)) {
            let now = now(&name, &zone, sample);
            let open = open_occasions(&now);
            for back in [0, 1] {
                let key = OccasionKey::daily(now.diary_day().plus(-back));
                let found: Vec<_> = open.iter().filter(|window| window.key == key).collect();
                assert_eq!(found.len(), 1, "{name} at {sample}, {back} days back");
                assert!(back > 0 || !found.first().unwrap().late, "{name} at {sample}: late on its own day");
            }
        }
    }
}

/// A form is opened in one zone and finished in another, across the date line or a change: its day, and
/// what stands in the draft, are of the time it was opened.
#[test]
fn a_draft_keeps_the_day_it_was_opened_on_wherever_it_is_read_back() {
    let mut count = 0;
    for (name, zone, at) in zones() {
        for change in at {
            for sample in around(change) {
                let opened = now(&name, &zone, sample);
                let key = OccasionKey::daily(opened.diary_day());
                let draft = Draft {
                    id: "01980000-0000-7000-8000-000000000001".parse().unwrap(),
                    key: DraftKey::Occasion(key.clone()),
                    questionnaire: "https://interlude.health/fhir/Questionnaire/daily-checkin|1.0.0"
                        .to_owned(),
                    day: opened.diary_day(),
                    opened: opened.moment,
                    zone: opened.zone,
                    answers: Answers::default(),
                    at: None,
                    short: false,
                    parent: None,
                    version: 1,
                };
                let kept: Draft = serde_json::from_str(&serde_json::to_string(&draft).unwrap()).unwrap();
                assert_eq!((kept.day, kept.opened, &kept.zone), (draft.day, draft.opened, &name));
                assert_eq!(kept.day, lived(zone.to_datetime(sample)), "{name} at {sample}");
                assert_eq!(key.to_string().parse::<OccasionKey>().unwrap().ordinal, kept.day.number());
                count += 1;
            }
        }
    }
    println!("{count} drafts, each with the day it was opened on");
    assert!(count > 100_000);
}

fn item(link: &str, value: Value) -> ResponseItem {
    ResponseItem {
        link: link.to_owned(),
        text: None,
        given: Some(Given::Values(vec![value])),
        items: Vec::new(),
    }
}

/// To bed at 23:00, up at 07:00: the minutes in bed are those that passed, whatever the clocks did.
#[test]
fn a_night_across_any_change_is_as_long_as_it_was() {
    let (mut nights, mut moved, mut passed_over) = (0, 0, 0);
    for (name, zone, at) in zones() {
        for change in at {
            let date = zone.to_datetime(change).date();
            for woke in [date, date.tomorrow().unwrap()] {
                let wall = woke.yesterday().unwrap().at(23, 0, 0, 0);
                let bed = zone.to_timestamp(wall).unwrap();
                if zone.to_datetime(bed) != wall {
                    // The clocks passed over it: nobody went to bed at 23:00.
                    passed_over += 1;
                    continue;
                }
                let up = zone.to_timestamp(woke.at(7, 0, 0, 0)).unwrap();
                let offset = |day: LocalDay, minute: u16| {
                    let (year, month, date) = day.ymd();
                    let date = jiff::civil::date(
                        i16::try_from(year).unwrap(),
                        i8::try_from(month).unwrap(),
                        i8::try_from(date).unwrap(),
                    );
                    let (hour, minute) =
                        (i8::try_from(minute / 60).unwrap(), i8::try_from(minute % 60).unwrap());
                    let at = zone.to_timestamp(date.at(hour, minute, 0, 0)).unwrap();
                    i16::try_from(zone.to_offset(at).seconds() / 60).unwrap()
                };
                let times =
                    [("bed", "23:00:00"), ("tried", "23:00:00"), ("woke", "07:00:00"), ("up", "07:00:00")];
                let mut answers = Answers::default();
                for (link, time) in times {
                    answers.set(Slot::top(link), Given::Values(vec![Value::Time(time.to_owned())]));
                }
                note_clock_change(&mut answers, day(woke), offset);
                let mut items: Vec<ResponseItem> =
                    times.iter().map(|(link, time)| item(link, Value::Time((*time).to_owned()))).collect();
                items.extend(["latency", "waso"].map(|link| item(link, Value::Integer(0))));
                if let [value] = answers.values(&Slot::top("clock-change")) {
                    items.push(item("clock-change", value.clone()));
                    moved += 1;
                }
                let night = night(&Response { questionnaire: "sleep-times".to_owned(), items });
                let passed = i32::try_from((up.as_millisecond() - bed.as_millisecond()) / 60_000).unwrap();
                assert_eq!(night.unwrap().unwrap().time_in_bed, passed, "{name}, up on {woke}");
                nights += 1;
            }
        }
    }
    println!(
        "{nights} nights, {moved} of them with a change in it: each as long as it was; {passed_over} evenings had no 23:00"
    );
    assert!(moved > 4_000);
}
