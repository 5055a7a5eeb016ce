//! Entries and drafts as a diary could hold them.

use interlude_diary::calendar::{LocalDay, Moment};
use interlude_diary::entry::{
    Body, Consent, Digest, Entry, Receipt, Session, SessionOutcome, Share, VersionId,
};
use interlude_diary::ids::{DeviceId, EntryId, RevisionId};
use interlude_diary::occasion::{Draft, DraftKey, OccasionKey};
use interlude_diary::questionnaire::{Answers, Coding, Given, Response, ResponseItem, Slot, Value};

use crate::Chance;

/// `url|version` of the daily check-in in tests.
pub const DAILY: &str = "https://interlude.health/fhir/Questionnaire/daily-checkin|1.0.0";

/// Its scales.
pub const SCALES: [&str; 7] =
    ["pain-worst", "pain-average", "pain-now", "sleep-quality", "anxiety", "pain-worry", "function"];

const DAY_MS: i64 = 86_400_000;

/// Eight in the evening of `day`, two hours east of UTC.
#[must_use]
pub fn evening(day: LocalDay) -> Moment {
    Moment::new(i64::from(day.number()) * DAY_MS + 18 * 3_600_000, 120)
}

/// A daily check-in about `day` with random answers, some left out, some declined.
pub fn daily(chance: &mut Chance, day: LocalDay) -> Entry {
    let items = SCALES.iter().map(|link| {
        let given = match chance.below(10) {
            0 => None,
            1 => Some(Given::Declined),
            _ => {
                let n = chance.below(11);
                Some(Given::Values(vec![Value::Integer(i32::try_from(n).unwrap_or(0))]))
            }
        };
        ResponseItem { link: (*link).to_owned(), text: None, given, items: Vec::new() }
    });
    let items = items.collect();
    Entry {
        id: EntryId::new(chance.uuid()),
        revision: RevisionId::new(chance.uuid()),
        parent: None,
        device: DeviceId::new(uuid::Uuid::from_u128(1)),
        day,
        authored: evening(day),
        zone: "Europe/Madrid".to_owned(),
        occasion: Some(OccasionKey::daily(day)),
        late: false,
        partial: false,
        reason: None,
        body: Body::Response(Response { questionnaire: DAILY.to_owned(), items }),
    }
}

/// A correction of `entry`: other answers, a reason.
pub fn correction(chance: &mut Chance, entry: &Entry) -> Entry {
    let mut next = daily(chance, entry.day);
    next.id = entry.id;
    next.parent = Some(entry.revision);
    next.device = entry.device;
    next.authored = entry.authored.plus_ms(60_000);
    next.occasion.clone_from(&entry.occasion);
    next.reason = Some("I tapped the wrong number".to_owned());
    next
}

/// `entry` taken back.
pub fn retraction(chance: &mut Chance, entry: &Entry) -> Entry {
    let mut next = correction(chance, entry);
    next.body = match &entry.body {
        Body::Response(response) | Body::Retracted(response) => Body::Retracted(response.clone()),
        Body::Consent(_) | Body::Chosen(_) | Body::Session(_) => entry.body.clone(),
    };
    next
}

/// An infusion told by the person on that day.
pub fn infusion(chance: &mut Chance, day: LocalDay) -> Entry {
    let mut entry = daily(chance, day);
    let coding = Coding { system: None, code: Some("completed".to_owned()), display: None };
    let item = |link: &str, value: Value| ResponseItem {
        link: link.to_owned(),
        text: None,
        given: Some(Given::Values(vec![value])),
        items: Vec::new(),
    };
    entry.occasion = None;
    entry.body = Body::Response(Response {
        questionnaire: "https://interlude.health/fhir/Questionnaire/infusion-session|1".to_owned(),
        items: vec![item("date", Value::Date(day.to_string())), item("outcome", Value::Coding(coding))],
    });
    entry
}

/// An infusion that the clinic wrote down.
pub fn session(chance: &mut Chance, day: LocalDay) -> Entry {
    let mut entry = daily(chance, day);
    entry.occasion = None;
    entry.device = DeviceId::new(uuid::Uuid::nil());
    entry.body = Body::Session(Session {
        start: evening(day),
        minutes: Some(40),
        dose_mg_per_kg: Some("0.5".to_owned()),
        outcome: SessionOutcome::Completed,
    });
    entry
}

/// A consent to share answers.
pub fn consent(chance: &mut Chance, day: LocalDay) -> Entry {
    let mut entry = daily(chance, day);
    entry.occasion = None;
    entry.body = Body::Consent(Consent {
        permit: true,
        clinic: "Clinic".to_owned(),
        base: "https://clinic.example/fhir".to_owned(),
        share: vec![Share::Questionnaires],
    });
    entry
}

/// The person's choice between two answers to one occasion.
pub fn chosen(chance: &mut Chance, entry: &Entry) -> Entry {
    let mut next = daily(chance, entry.day);
    next.occasion.clone_from(&entry.occasion);
    next.body = Body::Chosen(entry.id);
    next
}

/// A draft of the daily check-in about `day`, with one answer.
pub fn draft(chance: &mut Chance, day: LocalDay) -> Draft {
    let mut answers = Answers::default();
    answers.set(Slot::top("pain-worst"), Given::Values(vec![Value::Integer(7)]));
    Draft {
        id: EntryId::new(chance.uuid()),
        key: DraftKey::Occasion(OccasionKey::daily(day)),
        questionnaire: DAILY.to_owned(),
        day,
        opened: evening(day),
        zone: "Europe/Madrid".to_owned(),
        answers,
        at: Some(Slot::top("pain-average")),
        short: false,
        parent: None,
        version: 0,
    }
}

/// A receipt for `entry`, as version `n`, stored `n` seconds into 2026.
#[must_use]
pub fn receipt(entry: &Entry, n: u32) -> Receipt {
    Receipt {
        revision: entry.revision,
        version: VersionId(format!("TESTEPOC-{n}")),
        digest: Some(Digest::new([7; 32])),
        stored: Moment::new(1_767_225_600_000 + i64::from(n) * 1000, 0),
        epoch: "TESTEPOC".to_owned(),
        head: "0123456789abcdef0123456789abcdef".to_owned(),
    }
}
