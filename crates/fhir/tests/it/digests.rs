//! What the digest covers, and what it must not see.

use interlude_diary::entry::{Body, Entry, SessionOutcome};
use interlude_diary::questionnaire::{Given, Response, ResponseItem, Value};
use interlude_fhir::digest::{canonical, digest, digest_as};
use interlude_fhir::wire::{read, write_entry};

use crate::sample::{PATIENT, answered, coding, consent, corrected, entry, id, item, revision, session};

#[test]
fn the_canonical_form_is_the_documented_one() {
    assert_eq!(
        canonical(&corrected()),
        "interlude-digest-1\n\
         entry 01900000-0000-7000-8000-000000000001\n\
         revision 01900000-0000-7000-8000-000000000003\n\
         parent 01900000-0000-7000-8000-000000000002\n\
         questionnaire https://interlude.health/fhir/Questionnaire/daily-checkin|1.0.0\n\
         day 2026-03-12\n\
         status amended\n\
         authored 2026-03-12T07:42:05.120+01:00\n\
         occasion 0/daily/20524/day\n\
         flags late,partial\n\
         reason \"typed the wrong number\"\n\
         0 \"pain-worst\" answered i:7\n\
         0 \"amount\" answered n:6.5\n\
         0 \"slept\" answered q:6.5|\"http://unitsofmeasure.org\"|\"h\"\n\
         0 \"kinds\" answered c:\"urn:x\"|\"a\" x:\"like a \\\"saw\\\"\\nat night\"\n\
         0 \"since\" answered d:2026-03\n\
         0 \"at\" answered t:07:30:00\n\
         0 \"when\" answered dt:2026-03-12T07:30:00+01:00\n\
         0 \"where\" answered u:\"https://example.org/a?b=c\"\n\
         0 \"more\" answered b:true\n\
         1 \"below\" answered x:\"Änderung — ñ\"\n\
         0 \"group\" group\n\
         1 \"left\" untouched\n\
         1 \"no\" declined\n"
    );
    // SHA-256 of exactly these bytes, computed with another tool.
    assert_eq!(digest(&corrected()).to_string(), include_str!("golden/digest.txt").trim());
}

#[test]
fn consent_and_session_have_lines_of_their_own() {
    let tail = |entry: &Entry| canonical(entry).split_once("reason -\n").unwrap().1.to_owned();
    assert_eq!(
        tail(&consent(true)),
        "provision permit\nshare questionnaires\nshare notes\nclinic \"Pain Clinic North\"\n\
         base \"https://clinic.example/fhir\"\n"
    );
    assert_eq!(
        tail(&session()),
        "start 2026-03-12T09:00:00.000+01:00\noutcome completed\nminutes 40\ndose 0.5\n"
    );
}

fn response(entry: &mut Entry) -> &mut Response {
    match &mut entry.body {
        Body::Response(response) | Body::Retracted(response) => response,
        _ => unreachable!(),
    }
}

fn items(entry: &mut Entry) -> &mut Vec<ResponseItem> {
    &mut response(entry).items
}

/// Changes an entry in one place.
type Change = fn(&mut Entry);

#[test]
fn every_covered_field_changes_it() {
    let changes: &[(&str, Change)] = &[
        ("id", |e| e.id = interlude_diary::ids::EntryId::new(id(9))),
        ("revision", |e| e.revision = revision(9)),
        ("parent", |e| e.parent = Some(revision(9))),
        ("no parent", |e| e.parent = None),
        ("day", |e| e.day = e.day.plus(1)),
        ("authored", |e| e.authored = e.authored.plus_ms(1)),
        ("occasion", |e| e.occasion.as_mut().unwrap().ordinal += 1),
        ("no occasion", |e| e.occasion = None),
        ("late", |e| e.late = false),
        ("partial", |e| e.partial = false),
        ("reason", |e| e.reason = Some("other".to_owned())),
        ("no reason", |e| e.reason = None),
        ("questionnaire", |e| response(e).questionnaire.push('1')),
        ("retracted", |e| e.body = Body::Retracted(response(e).clone())),
        ("integer", |e| items(e)[0].given = Some(Given::Values(vec![Value::Integer(8)]))),
        ("kind of number", |e| {
            items(e)[0].given = Some(Given::Values(vec![Value::Decimal("7".parse().unwrap())]));
        }),
        ("declined", |e| items(e)[0].given = Some(Given::Declined)),
        ("untouched", |e| items(e)[0].given = None),
        ("item gone", |e| drop(items(e).remove(0))),
        ("order", |e| items(e).swap(0, 1)),
        ("depth", |e| {
            let last = items(e).pop().unwrap();
            items(e)[0].items.push(last);
        }),
        ("link", |e| items(e)[0].link.push('x')),
        ("second answer gone", |e| match &mut items(e)[3].given {
            Some(Given::Values(values)) => drop(values.pop()),
            _ => unreachable!(),
        }),
        ("code", |e| items(e)[3].given = Some(Given::Values(vec![coding("urn:x", "b", "Aching")]))),
    ];
    let before = digest(&corrected());
    for (what, change) in changes {
        let mut entry = corrected();
        change(&mut entry);
        assert_ne!(digest(&entry), before, "{what}");
        // The same seen from the other side of the wire.
        assert_eq!(read(&write_entry(&entry, PATIENT)).unwrap().digest, digest(&entry), "{what}");
    }
}

#[test]
fn what_is_not_covered_leaves_it_alone() {
    let changes: &[(&str, Change)] = &[
        ("zone", |e| "America/Lima".clone_into(&mut e.zone)),
        ("device", |e| e.device = interlude_diary::ids::DeviceId::new(id(9))),
        ("words shown", |e| items(e)[0].text = None),
        ("display", |e| match &mut items(e)[3].given {
            Some(Given::Values(values)) => values[0] = coding("urn:x", "a", "Duele"),
            _ => unreachable!(),
        }),
        ("spelling of a decimal", |e| {
            items(e)[1].given = Some(Given::Values(vec![Value::Decimal("65e-1".parse().unwrap())]));
        }),
        ("an empty answer", |e| match &mut items(e)[3].given {
            Some(Given::Values(values)) => values.push(Value::Text(String::new())),
            _ => unreachable!(),
        }),
    ];
    let before = digest(&corrected());
    for (what, change) in changes {
        let mut entry = corrected();
        change(&mut entry);
        assert_ne!(entry_json(&entry), entry_json(&corrected()), "{what}");
        assert_eq!(digest(&entry), before, "{what}");
        assert_eq!(read(&write_entry(&entry, PATIENT)).unwrap().digest, before, "{what}");
    }
    assert_eq!(read(&write_entry(&corrected(), "another")).unwrap().digest, before, "subject");
}

fn entry_json(entry: &Entry) -> String {
    serde_json::to_string(entry).unwrap()
}

#[test]
fn a_status_changed_elsewhere_is_a_change() {
    let text = write_entry(&entry(), PATIENT).replace("\"completed\"", "\"in-progress\"");
    let back = read(&text).unwrap();
    assert_eq!(back.entry, entry());
    assert_ne!(back.digest, digest(&entry()));
    assert_eq!(back.digest, digest_as(&entry(), "in-progress"));
    // Where the revision is another system's own, its status is just what it is.
    let foreign = "{\"resourceType\":\"QuestionnaireResponse\",\"id\":\"x\",\"status\":\"amended\",\
        \"authored\":\"2026-03-12T07:42:05Z\"}";
    let back = read(foreign).unwrap();
    assert_eq!(back.digest, digest(&back.entry));
}

#[test]
fn no_content_forges_a_line() {
    let mut honest = entry();
    *items(&mut honest) = vec![item("a", None), answered("b", Value::Integer(1))];
    let mut forged = entry();
    *items(&mut forged) = vec![item("a\" untouched\n0 \"b", Some(Given::Values(vec![Value::Integer(1)])))];
    assert_ne!(digest(&honest), digest(&forged));
    let mut forged = entry();
    response(&mut forged).questionnaire = "q\nday 2020-01-01".to_owned();
    assert!(canonical(&forged).contains("questionnaire \"q\\nday 2020-01-01\"\n"));
    let one = |value: Value| {
        let mut entry = entry();
        *items(&mut entry) = vec![answered("a", value)];
        digest(&entry)
    };
    assert_ne!(one(Value::Date("-".to_owned())), one(Value::Date("\"-\"".to_owned())));
    let words = |text: &str| {
        Value::Coding(interlude_diary::questionnaire::Coding {
            system: None,
            code: None,
            display: Some(text.to_owned()),
        })
    };
    assert_ne!(one(coding("s", "c", "")), one(words("s\"|\"c")));
    assert_ne!(one(words("-")), one(words("\"-\"")));
}

#[test]
fn a_session_that_was_stopped_is_another_session() {
    let mut stopped = session();
    if let Body::Session(body) = &mut stopped.body {
        body.outcome = SessionOutcome::Stopped;
    }
    assert_ne!(digest(&stopped), digest(&session()));
    let back = read(&write_entry(&stopped, PATIENT)).unwrap();
    assert_eq!((back.digest, back.status.as_str()), (digest(&stopped), "stopped"));
}
