//! Entries to test with: one by hand, and strategies for any.

use interlude_diary::calendar::{LocalDay, Moment};
use interlude_diary::entry::{
    Body, Consent, Digest, Entry, Receipt, Session, SessionOutcome, Share, VersionId,
};
use interlude_diary::ids::{DeviceId, EntryId, RevisionId};
use interlude_diary::journal::{Outgoing, OutgoingState, Send, Seq};
use interlude_diary::occasion::OccasionKey;
use interlude_diary::questionnaire::{Coding, Decimal, Given, Quantity, Response, ResponseItem, Value};
use proptest::option::of as option;
use proptest::prelude::*;
use uuid::Uuid;

pub(crate) const PATIENT: &str = "pat-1";

pub(crate) fn id(n: u128) -> Uuid {
    Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + n)
}

pub(crate) fn revision(n: u128) -> RevisionId {
    RevisionId::new(id(n))
}

pub(crate) fn item(link: &str, given: Option<Given>) -> ResponseItem {
    ResponseItem { link: link.to_owned(), text: Some(format!("About {link}")), given, items: Vec::new() }
}

pub(crate) fn answered(link: &str, value: Value) -> ResponseItem {
    item(link, Some(Given::Values(vec![value])))
}

pub(crate) fn coding(system: &str, code: &str, display: &str) -> Value {
    Value::Coding(Coding {
        system: Some(system.to_owned()),
        code: Some(code.to_owned()),
        display: Some(display.to_owned()),
    })
}

/// One of every state and kind of value.
pub(crate) fn items() -> Vec<ResponseItem> {
    let quantity = Quantity {
        value: "6.50".parse().unwrap(),
        unit: Some("hours".to_owned()),
        system: Some("http://unitsofmeasure.org".to_owned()),
        code: Some("h".to_owned()),
    };
    let several = vec![coding("urn:x", "a", "Aching"), Value::Text("like a \"saw\"\nat night".to_owned())];
    let mut parent = answered("more", Value::Boolean(true));
    parent.items = vec![answered("below", Value::Text("Änderung — ñ".to_owned()))];
    let mut group = item("group", None);
    group.items = vec![item("left", None), item("no", Some(Given::Declined))];
    vec![
        answered("pain-worst", Value::Integer(7)),
        answered("amount", Value::Decimal("6.50".parse().unwrap())),
        answered("slept", Value::Quantity(quantity)),
        item("kinds", Some(Given::Values(several))),
        answered("since", Value::Date("2026-03".to_owned())),
        answered("at", Value::Time("07:30:00".to_owned())),
        answered("when", Value::DateTime("2026-03-12T07:30:00+01:00".to_owned())),
        answered("where", Value::Uri("https://example.org/a?b=c".to_owned())),
        parent,
        group,
    ]
}

pub(crate) fn entry() -> Entry {
    Entry {
        id: EntryId::new(id(1)),
        revision: revision(2),
        parent: None,
        device: DeviceId::new(Uuid::from_u128(0x1111_1111_1111_4111_8111_1111_1111_1111)),
        day: "2026-03-12".parse().unwrap(),
        authored: "2026-03-12T07:42:05.120+01:00".parse().unwrap(),
        zone: "Europe/Madrid".to_owned(),
        occasion: Some("0/daily/20524/day".parse().unwrap()),
        late: false,
        partial: false,
        reason: None,
        body: Body::Response(Response {
            questionnaire: "https://interlude.health/fhir/Questionnaire/daily-checkin|1.0.0".to_owned(),
            items: items(),
        }),
    }
}

pub(crate) fn corrected() -> Entry {
    Entry {
        revision: revision(3),
        parent: Some(revision(2)),
        late: true,
        partial: true,
        reason: Some("typed the wrong number".to_owned()),
        ..entry()
    }
}

pub(crate) fn consent(permit: bool) -> Entry {
    Entry {
        occasion: None,
        body: Body::Consent(Consent {
            permit,
            clinic: "Pain Clinic North".to_owned(),
            base: "https://clinic.example/fhir".to_owned(),
            share: vec![Share::Questionnaires, Share::Notes],
        }),
        ..entry()
    }
}

pub(crate) fn session() -> Entry {
    let start: Moment = "2026-03-12T09:00:00.000+01:00".parse().unwrap();
    Entry {
        occasion: None,
        authored: start,
        body: Body::Session(Session {
            start,
            minutes: Some(40),
            dose_mg_per_kg: Some("0.50".to_owned()),
            outcome: SessionOutcome::Completed,
        }),
        ..entry()
    }
}

pub(crate) fn plan(outcome: SessionOutcome) -> Entry {
    let Body::Session(session) = session().body else { panic!("a session is one") };
    Entry { body: Body::Session(Session { outcome, ..session }), ..self::session() }
}

pub(crate) fn receipt(entry: &Entry) -> Receipt {
    Receipt {
        revision: entry.revision,
        version: VersionId("AB12CD34-7".to_owned()),
        digest: Some(interlude_fhir::digest::digest(entry)),
        stored: now(),
        epoch: "AB12CD34".to_owned(),
        head: "0123456789abcdef0123456789abcdef".to_owned(),
    }
}

pub(crate) fn now() -> Moment {
    "2026-03-12T06:42:09.001Z".parse().unwrap()
}

pub(crate) fn outgoing(entry: Entry, base: Option<Receipt>) -> Outgoing {
    let state = OutgoingState::Waiting;
    Outgoing {
        seq: Seq(1),
        entry,
        base,
        behind: false,
        followed: false,
        beneath: Vec::new(),
        send: Send::Now,
        attempts: 0,
        due_ms: 0,
        state,
    }
}

fn words() -> impl Strategy<Value = String> + Clone {
    // What FHIR allows in a string, with everything that JSON has to escape.
    "[a-zA-Z0-9äßñ漢🙂\"\\\\|/<>{}\n\t -]{1,12}"
}

fn word() -> impl Strategy<Value = String> + Clone {
    "[a-zA-Z0-9:/._-]{1,16}"
}

/// Decimals of at most 15 digits: what a server that reads binary numbers keeps.
fn decimal() -> impl Strategy<Value = Decimal> + Clone {
    prop_oneof![
        (-999_999_i32..999_999, 0_u8..6).prop_map(|(n, places)| {
            let sign = if n < 0 { "-" } else { "" };
            let digits = format!("{:0>8}", n.unsigned_abs());
            let (whole, rest) = digits.split_at(8 - usize::from(places));
            let whole = whole.trim_start_matches('0');
            let whole = if whole.is_empty() { "0" } else { whole };
            if rest.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest}") }
        }),
        (1_i32..99, -9_i32..9).prop_map(|(n, e)| format!("{n}e{e}")),
    ]
    .prop_map(|text| text.parse().unwrap())
}

fn value() -> impl Strategy<Value = Value> + Clone {
    let date = (1900_u16..2999, 1_u8..13, 1_u8..29).prop_map(|(y, m, d)| format!("{y}-{m:02}-{d:02}"));
    let time = (0_u8..24, 0_u8..60, 0_u8..60).prop_map(|(h, m, s)| format!("{h:02}:{m:02}:{s:02}"));
    prop_oneof![
        any::<bool>().prop_map(Value::Boolean),
        any::<i32>().prop_map(Value::Integer),
        decimal().prop_map(Value::Decimal),
        date.clone().prop_map(Value::Date),
        (1900_u16..2999).prop_map(|y| Value::Date(y.to_string())),
        (date, time.clone()).prop_map(|(d, t)| Value::DateTime(format!("{d}T{t}Z"))),
        time.prop_map(Value::Time),
        words().prop_map(Value::Text),
        word().prop_map(Value::Uri),
        (option(word()), word(), option(words())).prop_map(|(system, code, display)| {
            Value::Coding(Coding { system, code: Some(code), display })
        }),
        words().prop_map(|text| Value::Coding(Coding { system: None, code: None, display: Some(text) })),
        (decimal(), option(words()), option(word()), option(word()))
            .prop_map(|(value, unit, system, code)| Value::Quantity(Quantity { value, unit, system, code })),
    ]
}

fn given() -> impl Strategy<Value = Option<Given>> + Clone {
    prop_oneof![
        Just(None),
        Just(Some(Given::Declined)),
        proptest::collection::vec(value(), 1..4).prop_map(|values| Some(Given::Values(values))),
    ]
}

fn any_item() -> impl Strategy<Value = ResponseItem> + Clone {
    let leaf = (words(), option(words()), given()).prop_map(|(link, text, given)| ResponseItem {
        link,
        text,
        given,
        items: Vec::new(),
    });
    leaf.prop_recursive(4, 24, 4, |inner| {
        (words(), given(), proptest::collection::vec(inner, 0..4))
            .prop_map(|(link, given, items)| ResponseItem { link, text: None, given, items })
    })
}

fn any_body() -> impl Strategy<Value = Body> {
    let response = (word(), proptest::collection::vec(any_item(), 0..6))
        .prop_map(|(questionnaire, items)| Response { questionnaire, items });
    let share =
        proptest::sample::subsequence(vec![Share::Questionnaires, Share::Notes, Share::Trackers], 0..=3);
    prop_oneof![
        6 => response.clone().prop_map(Body::Response),
        2 => response.prop_map(Body::Retracted),
        1 => (any::<bool>(), words(), word(), share)
            .prop_map(|(permit, clinic, base, share)| Body::Consent(Consent { permit, clinic, base, share })),
    ]
}

pub(crate) fn any_entry() -> impl Strategy<Value = Entry> {
    let moment = (0_i64..4_000_000_000_000, -720_i16..840).prop_map(|(ms, offset)| Moment::new(ms, offset));
    let key = (0_u16..9, "[a-z-]{1,8}", any::<i32>(), "[a-z-]{1,8}")
        .prop_map(|(series, rule, ordinal, slot)| OccasionKey { series, rule, ordinal, slot });
    let ids = (any::<u128>(), any::<u128>(), option(any::<u128>()), 1..u128::MAX);
    (
        ids,
        -20_000_i32..300_000,
        moment,
        word(),
        option(key),
        any::<(bool, bool)>(),
        option(words()),
        any_body(),
    )
        .prop_map(
            |(
                (id, revision, parent, device),
                day,
                authored,
                zone,
                occasion,
                (late, partial),
                reason,
                body,
            )| {
                Entry {
                    id: EntryId::new(Uuid::from_u128(id)),
                    revision: RevisionId::new(Uuid::from_u128(revision)),
                    parent: parent.map(|n| RevisionId::new(Uuid::from_u128(n))),
                    device: DeviceId::new(Uuid::from_u128(device)),
                    day: LocalDay::from_number(day),
                    authored,
                    zone,
                    occasion,
                    late,
                    partial,
                    reason,
                    body,
                }
            },
        )
}

pub(crate) fn any_receipt() -> impl Strategy<Value = Receipt> {
    (any::<u128>(), word(), any::<[u8; 32]>(), word(), word()).prop_map(
        |(revision, version, digest, epoch, head)| Receipt {
            revision: RevisionId::new(Uuid::from_u128(revision)),
            version: VersionId(version),
            digest: Some(Digest::new(digest)),
            stored: now(),
            epoch,
            head,
        },
    )
}
