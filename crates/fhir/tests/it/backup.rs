//! The backup file: what is written reads back, and any other bytes are told apart without a panic.

use interlude_diary::entry::Entry;
use interlude_diary::journal::{Filed, Mark};
use interlude_diary::occasion::{Draft, DraftKey};
use interlude_diary::questionnaire::{Answers, Given, Slot, Value};
use interlude_fhir::backup::{
    Bound, Brought, Contents, Cost, Frame, HEADER, LARGEST, NotABackup, Recovery, Secret, Unreadable,
    read_frame,
};
use proptest::prelude::*;

use crate::sample::{any_entry, any_receipt, consent, corrected, entry, now, receipt, session};

const COST: Cost = Cost { memory_kib: 19 << 10, passes: 2, lanes: 1 };

fn frame() -> Frame {
    Frame { secret: Secret::Recovery, cost: COST, salt: [7; 16], nonce: [9; 12] }
}

fn file(plain: usize) -> Vec<u8> {
    let mut bytes = frame().header(plain);
    bytes.resize(HEADER + plain + 16, 0xa5);
    bytes
}

fn brought(entry: Entry, filed: Option<Filed>) -> Brought {
    Brought { entry, received: None, filed, stays: false }
}

fn bound() -> Bound {
    Bound {
        base: "https://clinic.example/fhir".to_owned(),
        patient: "pat-1".to_owned(),
        initials: "A.B.".to_owned(),
        clinic: "Pain Clinic North".to_owned(),
        phone: None,
        own: true,
    }
}

fn draft() -> Draft {
    let mut answers = Answers::default();
    answers.set(Slot::top("pain-worst"), Given::Values(vec![Value::Integer(7)]));
    let from = entry();
    Draft {
        id: from.id,
        key: DraftKey::Correction(from.id),
        questionnaire: "https://interlude.health/fhir/Questionnaire/daily-checkin|1.0.0".to_owned(),
        day: from.day,
        opened: now(),
        zone: from.zone,
        answers,
        at: Some(Slot::top("pain-worst")),
        short: false,
        version: 3,
        parent: None,
    }
}

fn whole() -> Contents {
    let mut contents = Contents::new(now());
    contents.bound = Some(bound());
    contents.revisions = vec![
        brought(entry(), Some(Filed::settled(receipt(&entry())))),
        brought(corrected(), None),
        Brought { stays: true, ..brought(consent(false), None) },
        Brought { received: Some("{\"resourceType\":\"x\"}".to_owned()), ..brought(session(), None) },
    ];
    for (n, one) in contents.revisions.iter_mut().enumerate() {
        one.entry.revision = crate::sample::revision(n as u128 + 40);
        if let Some(filed) = &mut one.filed {
            filed.receipt = receipt(&one.entry);
        }
    }
    contents.drafts = vec![draft()];
    contents.settings = Some("{\"country\":\"ES\"}".to_owned());
    contents
}

#[test]
fn a_header_reads_back() {
    let bytes = file(100);
    let sealed = read_frame(&bytes).unwrap();
    assert_eq!(sealed.frame, frame());
    assert_eq!((sealed.header.len(), sealed.message.len()), (HEADER, 116));
    assert_eq!(sealed.header, &bytes[..HEADER]);
    let phrase = Frame { secret: Secret::Passphrase, ..frame() };
    let mut bytes = phrase.header(0);
    bytes.resize(HEADER + 16, 0);
    assert_eq!(read_frame(&bytes).unwrap().frame, phrase);
}

#[test]
fn every_cut_and_every_added_byte_is_seen() {
    let bytes = file(40);
    for end in 0..bytes.len() {
        let refused = read_frame(&bytes[..end]);
        if end < 8 {
            assert_eq!(refused, Err(NotABackup::Other), "{end}");
        } else {
            assert!(matches!(refused, Err(NotABackup::Length { found, .. }) if found == end as u64), "{end}");
        }
    }
    let longer = [bytes, vec![0]].concat();
    assert!(matches!(read_frame(&longer), Err(NotABackup::Length { found: 117, should: 116 })));
}

#[test]
fn what_is_no_backup_or_asks_too_much_is_refused_by_name() {
    let altered = |at: usize, to: &[u8]| {
        let mut bytes = file(40);
        bytes[at..at + to.len()].copy_from_slice(to);
        read_frame(&bytes).map(drop)
    };
    assert_eq!(altered(0, b"PK\x03\x04"), Err(NotABackup::Other));
    // A transfer as text: the line ends were changed.
    assert_eq!(altered(4, b"\n\n"), Err(NotABackup::Other));
    assert_eq!(altered(8, &[0, 0]), Err(NotABackup::Other));
    assert_eq!(altered(8, &[0, 2]), Err(NotABackup::Newer { found: 2 }));
    assert_eq!(altered(10, &[2]), Err(NotABackup::Other));
    assert_eq!(altered(11, &[3]), Err(NotABackup::Other));
    for cost in [[0, 0, 0, 8], [0xff, 0xff, 0xff, 0xff], [0, 4, 0, 1]] {
        assert_eq!(altered(12, &cost), Err(NotABackup::Cost), "{cost:?}");
    }
    assert_eq!(altered(16, &[0, 0, 0, 0]), Err(NotABackup::Cost));
    assert_eq!(altered(20, &[0, 0, 0, 9]), Err(NotABackup::Cost));
    let mut large = frame().header(LARGEST);
    large.resize(LARGEST + 1, 0);
    assert_eq!(read_frame(&large), Err(NotABackup::TooLarge));
}

#[test]
fn contents_read_back_whole() {
    let contents = whole();
    assert_eq!(Contents::read(&contents.write().unwrap()), Ok(contents));
}

#[test]
fn contents_of_a_newer_app_are_named_and_others_are_damaged() {
    let newer = br#"{"interlude-backup":2,"made":"tomorrow","more":[]}"#;
    assert_eq!(Contents::read(newer), Err(Unreadable::Newer { found: 2 }));
    let text = String::from_utf8(whole().write().unwrap()).unwrap();
    for end in (0..text.len()).step_by(7) {
        assert_eq!(Contents::read(&text.as_bytes()[..end]), Err(Unreadable::Damaged), "{end}");
    }
    for other in ["", "{}", "[]", "null", "{\"interlude-backup\":1}", "{\"interlude-backup\":\"1\"}"] {
        assert_eq!(Contents::read(other.as_bytes()), Err(Unreadable::Damaged), "{other}");
    }
    let deep = "[".repeat(100_000);
    assert_eq!(Contents::read(deep.as_bytes()), Err(Unreadable::Damaged));
}

#[test]
fn a_receipt_that_is_not_about_what_stands_there_is_left_out() {
    let filed = |entry: &Entry| Some(Filed::settled(receipt(entry)));
    let mut contents = whole();
    let mut other = entry();
    other.late = true;
    let of_another_revision = Some(Filed::settled(receipt(&corrected())));
    contents.revisions = vec![
        brought(entry(), filed(&entry())),
        // The same revision once more: the first counts.
        brought(other.clone(), None),
        brought(corrected(), filed(&other)),
    ];
    let read = Contents::read(&contents.write().unwrap()).unwrap();
    let kept: Vec<bool> = read.revisions.iter().map(|one| one.filed.is_some()).collect();
    assert_eq!(kept, [true, false]);
    contents.revisions = vec![brought(entry(), of_another_revision)];
    let read = Contents::read(&contents.write().unwrap()).unwrap();
    assert_eq!(read.revisions[0].filed, None);
    // Of one that says itself that the clinic holds something else, the digest is the other's.
    contents.revisions = vec![brought(entry(), Some(Filed::changed(receipt(&other))))];
    let read = Contents::read(&contents.write().unwrap()).unwrap();
    assert_eq!(read.revisions[0].filed, contents.revisions[0].filed);
}

#[test]
fn marks_bring_everything_in_order() {
    let contents = whole();
    let marks = contents.marks();
    assert_eq!(marks.len(), contents.revisions.len());
    for (mark, one) in marks.iter().zip(&contents.revisions) {
        let Mark::Brought { entry, received, filed, stays } = mark else { panic!("{mark:?}") };
        assert_eq!((&**entry, received, filed, *stays), (&one.entry, &one.received, &one.filed, one.stays));
    }
}

#[test]
fn another_patients_diary_is_known_by_clinic_and_patient() {
    let contents = whole();
    assert!(!contents.of_another(None));
    assert!(!contents.of_another(Some(("https://clinic.example/fhir", "pat-1"))));
    assert!(contents.of_another(Some(("https://clinic.example/fhir", "pat-2"))));
    assert!(contents.of_another(Some(("https://other.example/fhir", "pat-1"))));
    assert!(!Contents::new(now()).of_another(Some(("https://other.example/fhir", "pat-1"))));
}

#[test]
fn a_recovery_code_is_read_as_people_write_it() {
    let code = Recovery::of(0x0123_4567_89ab_cdef_0123_4567_89ab_cdef);
    let shown = code.to_string();
    assert_eq!(shown.len(), 28 + 6);
    assert_eq!(Recovery::read(&shown), Ok(code));
    assert_eq!(Recovery::read(&shown.to_lowercase().replace('-', " ")), Ok(code));
    assert_eq!(Recovery::read(&shown.replace('0', "O").replace('1', "l")), Ok(code));
    assert_eq!(Recovery::read(&code.secret()), Ok(code));
    assert_eq!(format!("{code:?}"), "Recovery(…)");
    let cut = shown.split_at(1).1;
    for wrong in ["", "0", cut, &format!("{shown}0"), &shown.replacen('0', "U", 1)] {
        assert!(Recovery::read(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn nearly_every_slip_in_a_code_is_seen() {
    let secret = Recovery::of(0x0190_6f3a_77c1_4e2b_9d54_00ff_a3b8_c6d1).secret();
    let (mut slips, mut unseen) = (0, 0);
    for at in 0..secret.len() {
        for other in
            "0123456789ABCDEFGHJKMNPQRSTVWXYZ".chars().filter(|c| !secret.split_at(at).1.starts_with(*c))
        {
            let mut typed: Vec<char> = secret.chars().collect();
            typed[at] = other;
            slips += 1;
            unseen += u32::from(Recovery::read(&typed.into_iter().collect::<String>()).is_ok());
        }
    }
    // Twelve bits: one in 4096 passes, and then opens nothing.
    assert!(slips == 868 && unseen <= 2, "{unseen} of {slips}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn any_code_reads_back(bits in any::<u128>()) {
        prop_assert_eq!(Recovery::read(&Recovery::of(bits).to_string()), Ok(Recovery::of(bits)));
    }

    #[test]
    fn any_diary_reads_back(entries in proptest::collection::vec((any_entry(), any_receipt()), 0..6)) {
        let mut contents = Contents::new(now());
        for (entry, mut receipt) in entries {
            receipt.revision = entry.revision;
            receipt.digest = Some(interlude_fhir::digest::digest(&entry));
            contents.revisions.push(brought(entry, Some(Filed::settled(receipt))));
        }
        let read = Contents::read(&contents.write().unwrap());
        prop_assert_eq!(read, Ok(contents));
    }

    #[test]
    fn no_bytes_panic(mut bytes in proptest::collection::vec(any::<u8>(), 0..200), head in any::<bool>()) {
        if head {
            let mut whole = frame().header(bytes.len());
            whole.append(&mut bytes);
            bytes = whole;
        }
        let sealed = read_frame(&bytes).map(|sealed| sealed.message.len());
        prop_assert!(sealed.is_ok_and(|length| length <= bytes.len()) || sealed.is_err());
        drop(Contents::read(&bytes));
        let read = Recovery::read(&String::from_utf8_lossy(&bytes));
        prop_assert!(read.is_err() || bytes.len() >= 28);
    }

    #[test]
    fn no_altered_byte_panics(at in any::<prop::sample::Index>(), to in any::<u8>()) {
        let mut plain = whole().write().unwrap();
        let at = at.index(plain.len());
        plain[at] = to;
        if let Ok(contents) = Contents::read(&plain) {
            prop_assert!(contents.marks().len() <= whole().revisions.len());
        }
    }
}
