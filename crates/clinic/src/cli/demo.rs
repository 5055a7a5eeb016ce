//! A patient to look at: four months of plausible entries around two infusion series, the same
//! every time, by the real rules and the real way of writing.

use anyhow::{Result, anyhow};
use interlude_diary::calendar::{LocalDay, Moment};
use interlude_diary::entry::{Body, Entry, Session, SessionOutcome};
use interlude_diary::ids::{DeviceId, EntryId, RevisionId};
use interlude_diary::occasion::OccasionKey;
use interlude_diary::questionnaire::{Answers, Asked, Form, Given, Item, Slot, Value, respond};
use interlude_diary::schedule::{Infusion, Outcome, Teller, courses, planned};
use interlude_fhir::json::parse;
use interlude_fhir::questionnaire::form;
use interlude_fhir::wire::write_entry;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use uuid::Uuid;

use super::session;
use crate::api::record;
use crate::app::App;
use crate::auth::Session as Caller;
use crate::store::{Commit, Condition, Kind, PatientId};

const DAYS: i32 = 120;
/// First days of the two series, counted back from today; each takes five days.
const SERIES: [i32; 2] = [110, 20];
const SESSIONS: i32 = 5;
const BATCH: usize = 50;

const DAILY: &str = include_str!("../../../../public/questionnaires/daily-checkin.json");
const PEG: &str = include_str!("../../../../public/questionnaires/peg.json");
const GAD7: &str = include_str!("../../../../public/questionnaires/gad-7.json");
const EFFECTS: &str = include_str!("../../../../public/questionnaires/side-effects.json");
const PGIC: &str = include_str!("../../../../public/questionnaires/pgic.json");

/// What is noticed after the infusions of a series, in turn: none of it a red flag.
const NOTICED: [&[(&str, &str)]; 5] = [
    &[("nausea", "mild"), ("drowsiness", "moderate")],
    &[("drowsiness", "mild")],
    &[("none", "")],
    &[("unreal", "moderate"), ("headache", "mild")],
    &[("dizziness", "mild")],
];

/// Numbers that look like chance and are the same every time.
struct Dice(u64);

impl Dice {
    /// From 0 to `sides - 1`.
    fn roll(&mut self, sides: i32) -> i32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let high = i32::try_from(self.0 >> 33).unwrap_or(0);
        high.rem_euclid(sides.max(1))
    }

    fn uuid(&mut self, at: Moment) -> Uuid {
        let bytes = [(); 10].map(|()| u8::try_from(self.roll(256)).unwrap_or(0));
        let ms = u64::try_from(at.unix_ms()).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(ms, &bytes).into_uuid()
    }
}

struct Demo {
    today: LocalDay,
    /// Minutes east of UTC on the wall.
    offset: i16,
    dice: Dice,
    entries: Vec<Entry>,
    device: DeviceId,
}

/// Adds the patient, its sessions and its entries.
pub(super) async fn seed(app: &App) -> Result<()> {
    let patient = app.add_patient("D.M.").await?;
    let offset = offset(app.clock.now_ms());
    let today = Moment::new(app.clock.now_ms(), offset).diary_day();
    let sessions: Vec<LocalDay> =
        SERIES.iter().flat_map(|first| (0..SESSIONS).map(move |n| today.plus(n - first))).collect();
    for day in &sessions {
        let session = Session {
            start: at(*day, 9, 30, offset),
            minutes: Some(40),
            dose_mg_per_kg: Some("0.5".to_owned()),
            outcome: SessionOutcome::Completed,
        };
        session::store(app, &patient, session, 0).await?;
    }
    let device = DeviceId::new(Uuid::from_u128(0xde30));
    let mut demo = Demo { today, offset, dice: Dice(20_260_312), entries: Vec::new(), device };
    demo.days()?;
    demo.windows(&sessions)?;
    demo.entries.sort_by_key(|entry| entry.authored);
    store(app, &patient, device, &demo.entries).await
}

/// A time on the wall.
const fn at(day: LocalDay, hour: i64, minute: i64, offset: i16) -> Moment {
    Moment::new(day.number() as i64 * 86_400_000 + (hour * 60 + minute - offset as i64) * 60_000, offset)
}

/// Minutes east of UTC on this machine's wall: it is looked at where it is made, and today there is today.
fn offset(now_ms: i64) -> i16 {
    let now = Timestamp::from_millisecond(now_ms).unwrap_or(Timestamp::UNIX_EPOCH);
    i16::try_from(TimeZone::system().to_offset(now).seconds() / 60).unwrap_or(0)
}

fn read(text: &str) -> Result<Form> {
    form(text, "en").map_err(|error| anyhow!("a shipped form cannot be read: {error}"))
}

impl Demo {
    /// How strong pain was that many days ago, in tenths: down with each series, back in months.
    fn pain(ago: i32) -> i32 {
        SERIES.iter().fold(68, |level, first| {
            let since = first - ago;
            match since {
                ..0 => level,
                0..SESSIONS => level - 7 * (since + 1),
                _ => level - (35 - (since - SESSIONS) / 3).max(0),
            }
        })
    }

    /// A score around a level in tenths.
    fn around(&mut self, tenths: i32, spread: i32) -> i32 {
        ((tenths + self.dice.roll(2 * spread + 1) - spread + 5) / 10).clamp(0, 10)
    }

    fn days(&mut self) -> Result<()> {
        let form = read(DAILY)?;
        for ago in (1..=DAYS).rev() {
            let day = self.today.plus(-ago);
            if self.dice.roll(100) < 11 {
                continue; // a day without an entry, as there are
            }
            let late = self.dice.roll(100) < 6;
            let partial = self.dice.roll(100) < 5;
            let pain = Self::pain(ago);
            let mut answers = Answers::default();
            for (link, tenths) in [
                ("pain-worst", pain + 14),
                ("pain-average", pain),
                ("pain-now", pain - 4),
                ("sleep-quality", pain - 8),
                ("anxiety", pain - 20),
                ("pain-worry", pain - 12),
                ("function", pain - 2),
            ] {
                let score = self.around(tenths, 11);
                answers.set(Slot::top(link), Given::Values(vec![Value::Integer(score)]));
            }
            let minute = i64::from(self.dice.roll(60));
            let when =
                if late { at(day.plus(1), 9, minute, self.offset) } else { at(day, 20, minute, self.offset) };
            let asked = Asked { short: partial, past: None };
            let mut entry = self.entry(&form, &answers, &asked, when, Some(OccasionKey::daily(day)));
            (entry.day, entry.late, entry.partial) = (day, late, partial);
            self.entries.push(entry);
        }
        Ok(())
    }

    /// PEG, GAD-7 and PGIC in the windows that the schedule opened for these sessions.
    fn windows(&mut self, sessions: &[LocalDay]) -> Result<()> {
        let infusion = |(n, day): (u16, &LocalDay)| Infusion {
            told: (0, EntryId::new(Uuid::nil()), n),
            day: *day,
            outcome: Outcome::Completed,
            planned: None,
            dose_mg_per_kg: Some(0.5),
            minutes: Some(40),
            by: Teller::Clinic,
        };
        let infusions: Vec<Infusion> = (0..).zip(sessions).map(infusion).collect();
        for window in planned(&courses(&infusions), self.today) {
            if window.opens.day >= self.today || self.dice.roll(100) < 8 {
                continue;
            }
            let text = match window.questionnaire {
                "peg" => PEG,
                "gad-7" => GAD7,
                "pgic" => PGIC,
                "side-effects" => EFFECTS,
                _ => continue,
            };
            let form = read(text)?;
            let ago = self.today.since(window.opens.day);
            let mut answers = Answers::default();
            if window.questionnaire == "side-effects" {
                let turn = usize::try_from(window.key.ordinal - 1).unwrap_or(0) % NOTICED.len();
                noticed(&form.items, NOTICED.get(turn).copied().unwrap_or_default(), &mut answers);
            } else {
                self.answer(&form.items, Self::pain(ago), &mut answers);
            }
            let minute = i64::from(self.dice.roll(60));
            let when = at(window.opens.day, 18, minute, self.offset);
            let asked = Asked { short: false, past: None };
            let entry = self.entry(&form, &answers, &asked, when, Some(window.key));
            self.entries.push(entry);
        }
        Ok(())
    }

    /// Numbers follow pain; of worded choices a worse one is taken the more pain there is.
    fn answer(&mut self, items: &[Item], pain: i32, answers: &mut Answers) {
        for item in items {
            let given = if item.options.is_empty() {
                item.is_question().then(|| Value::Integer(self.around(pain, 8)))
            } else {
                let most = i32::try_from(item.options.len()).unwrap_or(1) - 1;
                let worst = (self.around(pain - 15, 12) * most + 5) / 10;
                let choice = usize::try_from(worst.clamp(0, most)).unwrap_or(0);
                item.options.get(choice).map(|option| option.value.clone())
            };
            if let Some(value) = given {
                answers.set(Slot::top(&item.link), Given::Values(vec![value]));
            }
            self.answer(&item.items, pain, answers);
        }
    }

    fn entry(
        &mut self,
        form: &Form,
        answers: &Answers,
        asked: &Asked,
        authored: Moment,
        occasion: Option<OccasionKey>,
    ) -> Entry {
        Entry {
            id: EntryId::new(self.dice.uuid(authored)),
            revision: RevisionId::new(self.dice.uuid(authored)),
            parent: None,
            device: self.device,
            day: authored.diary_day(),
            authored,
            zone: "Etc/UTC".to_owned(),
            occasion,
            late: false,
            partial: false,
            reason: None,
            body: Body::Response(respond(form, answers, asked)),
        }
    }
}

/// Ticks what was noticed and says how strong it was; none of it is still there.
fn noticed(items: &[Item], what: &[(&str, &str)], answers: &mut Answers) {
    for item in items {
        let with = |code: &str| {
            item.options.iter().find(|one| one.coding().and_then(|of| of.code.as_deref()) == Some(code))
        };
        let how = what.iter().find(|(code, _)| item.link == format!("{code}-how"));
        let values: Vec<Value> = if item.link == "felt" {
            what.iter().filter_map(|(code, _)| with(code)).map(|one| one.value.clone()).collect()
        } else if let Some((_, how)) = how {
            with(how).map(|one| one.value.clone()).into_iter().collect()
        } else if what.iter().any(|(code, _)| item.link == format!("{code}-still")) {
            vec![Value::Boolean(false)]
        } else {
            Vec::new()
        };
        if !values.is_empty() {
            answers.set(Slot::top(&item.link), Given::Values(values));
        }
        noticed(&item.items, what, answers);
    }
}

/// As a phone's pushes are stored.
async fn store(app: &App, patient: &PatientId, device: DeviceId, entries: &[Entry]) -> Result<()> {
    let caller = Caller { patient: patient.clone(), device: device.to_string(), token: [0; 32] };
    for batch in entries.chunks(BATCH) {
        let mut puts = Vec::with_capacity(batch.len());
        for entry in batch {
            let text = write_entry(entry, patient.as_str());
            let put = record::prepare(
                &caller,
                Kind::QuestionnaireResponse,
                entry.id,
                &parse(&text)?,
                Condition::Absent,
            );
            puts.push(put.map_err(|problem| anyhow!(problem.text))?);
        }
        let commit = Commit {
            patient: patient.clone(),
            actor: caller.device.clone(),
            now_ms: app.clock.now_ms(),
            whole: true,
            puts,
        };
        if !app.store.commit(commit).await?.kept {
            return Err(anyhow!("the demo's entries were not stored"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::clock::SystemClock;
    use crate::store::{Bounds, MemoryStore, NOW, Query, Sort};
    use crate::{Config, derive};

    #[tokio::test]
    async fn four_months_that_the_rules_can_read() {
        let app = App::new(Arc::new(MemoryStore::new("DEM00000")), Arc::new(SystemClock), Config::default());
        seed(&app).await.unwrap();
        let patient = app.store.patients().await.unwrap().remove(0).id;
        let query = Query {
            patient,
            kind: Kind::QuestionnaireResponse,
            ids: None,
            questionnaires: None,
            when: Bounds::ALL,
            stored: Bounds::ALL,
            sort: Sort { by_when: true, descending: false },
            as_of: NOW,
            after: None,
            limit: usize::MAX,
        };
        let rows = app.store.search(&query).await.unwrap();
        let entries: Vec<Entry> =
            rows.iter().map(|row| interlude_fhir::wire::read_entry(&row.text).unwrap()).collect();
        let of = |name: &str| {
            let is = |entry: &&Entry| entry.response().unwrap().questionnaire.contains(name);
            entries.iter().filter(is).collect::<Vec<_>>()
        };
        assert!(of("daily-checkin").len() > 90, "{}", of("daily-checkin").len());
        for name in ["/peg|", "/gad-7|", "/pgic|", "/side-effects|"] {
            assert!(of(name).len() >= 2, "{name}: {}", of(name).len());
        }
        assert!(of("/gad-7|").iter().all(|entry| !derive::scores(entry).is_empty()));
        assert!(entries.iter().all(|entry| derive::red_flags(entry).is_empty()));
        let now = app.clock.now();
        assert!(entries.iter().all(|entry| entry.authored < now));
    }

    #[test]
    fn pain_falls_with_each_series_and_comes_back() {
        let [first, second] = SERIES;
        assert!(Demo::pain(first - 6) < Demo::pain(first + 1) - 20);
        assert!(Demo::pain(second + 1) > Demo::pain(first - 6) + 15);
        assert!(Demo::pain(second - 6) < Demo::pain(second + 1) - 20);
    }
}
