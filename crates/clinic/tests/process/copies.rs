//! Exports, backups and restores.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::channel;

use serde_json::Value;

use crate::entries::{check_in, chest_pain};
use crate::place::{Place, program};
use crate::server::{DEVICE, Phone, Server};

fn put(phone: &Phone, (path, text): &(String, String), status: u16) {
    let answer = phone.put(path, text);
    assert_eq!(answer.status, status, "{}", answer.text);
}

#[test]
fn an_export_holds_every_version_and_nobody_else() {
    let place = Place::new();
    let (patient, other) = (place.patient("A.B."), place.patient("C.D."));
    let server = Server::start(&place);
    let (phone, theirs) = (server.paired(&place.code(&patient)), server.paired(&place.code(&other)));
    for (pain, status) in [(4, 201), (5, 200), (6, 200)] {
        put(&phone, &check_in(1, &patient, pain), status);
    }
    put(&phone, &chest_pain(2, &patient), 201);
    put(&theirs, &check_in(3, &other, 7), 201);
    place.good(&["infusion", "add", &patient, "--start", "2026-03-12T09:30:00+01:00"]);

    let file = place.file("diary.json");
    let path = file.to_str().unwrap();
    assert_eq!(place.good(&["export", &patient, "--to", path]), "");
    let text = std::fs::read_to_string(&file).unwrap();
    let bundle: Value = serde_json::from_str(&text).unwrap();
    assert_eq!((&bundle["resourceType"], &bundle["type"]), (&"Bundle".into(), &"collection".into()));
    let entries = bundle["entry"].as_array().unwrap();
    let pains: Vec<_> = entries
        .iter()
        .filter_map(|entry| entry["resource"]["item"][0]["answer"][0]["valueInteger"].as_u64())
        .collect();
    assert_eq!((pains, entries.len()), (vec![4, 5, 6], 5));
    assert!(!text.contains(&other));
    // The same on standard output, but for the time it was made.
    let printed = place.good(&["export", &patient]);
    let after = |text: &str| text.split_once("\"type\"").unwrap().1.trim().to_owned();
    assert_eq!(after(&printed), after(&text));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }
    // A file that is there is not taken for the export that was asked for.
    put(&phone, &check_in(9, &patient, 9), 201);
    let there = place.bad(&["export", &patient, "--to", path]);
    assert!(there.contains("is there already; name another file"), "{there}");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), text);
}

/// A full disk or a closed pipe leaves half an export, which is none.
#[cfg(target_os = "linux")]
#[test]
fn an_export_that_is_not_all_written_fails() {
    let place = Place::new();
    let patient = place.patient("A.B.");
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let said = program(&place.data()).args(["export", &patient]).stdout(full).output().unwrap();
    let words = String::from_utf8_lossy(&said.stderr).into_owned();
    assert!(!said.status.success() && words.contains("not all of it was written"), "{words}");
}

#[test]
fn a_backup_made_while_phones_write_is_whole() {
    let place = Place::new();
    let patient = place.patient("A.B.");
    let server = Server::start(&place);
    let phone = server.paired(&place.code(&patient));
    let enough = AtomicBool::new(false);
    let (writes, written) = channel();
    let copy = place.file("copy.sqlite");
    let last = std::thread::scope(|scope| {
        scope.spawn(|| {
            // Far more than it takes: it ends also when the test has failed.
            for n in 1..3000 {
                put(&phone, &check_in(n, &patient, 4), 201);
                if writes.send(n).is_err() || enough.load(Ordering::SeqCst) {
                    return;
                }
            }
        });
        let until = |least| written.iter().find(|n| *n >= least).unwrap();
        until(20);
        place.good(&["backup", copy.to_str().unwrap()]);
        let during = written.try_iter().last().unwrap_or(20);
        let last = until(during + 5);
        enough.store(true, Ordering::SeqCst);
        last
    });
    let there = place.bad(&["backup", copy.to_str().unwrap()]);
    assert!(there.contains("is there already; name another file"), "{there}");

    let elsewhere = Place::new();
    let said = elsewhere.run(&["restore", copy.to_str().unwrap()]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    assert!(said.err.contains("never-again.log"), "it says what it could not do again: {}", said.err);
    assert_eq!(elsewhere.good(&["verify-audit"]), "every chain is whole\n");
    let server = Server::start(&elsewhere);
    let phone = Phone { at: server.at, ..phone };
    let list = phone.get("/fhir/QuestionnaireResponse?_elements=id,meta&_count=1000").json();
    let restored = u32::try_from(list["entry"].as_array().unwrap().len()).unwrap();
    assert!((20..=last).contains(&restored), "{restored} of {last}");
}

#[test]
fn a_restore_brings_back_entries_and_neither_the_erased_nor_the_revoked() {
    let place = Place::new();
    let (patient, erased) = (place.patient("A.B."), place.patient("C.D."));
    let server = Server::start(&place);
    let kept = server.paired(&place.code(&patient));
    put(&kept, &check_in(1, &patient, 4), 201);
    let gone = server.paired(&place.code(&erased));
    put(&gone, &check_in(2, &erased, 5), 201);
    let bearer = format!("Bearer {}", kept.token);
    let open = place.code(&patient);
    let copy = place.file("copy.sqlite");
    place.good(&["backup", copy.to_str().unwrap()]);

    // After the copy: an entry, an erasure, and another phone's token given back.
    put(&kept, &check_in(3, &patient, 6), 201);
    place.good(&["patient", "erase", &erased, "--yes"]);
    assert_eq!(place.good(&["revoke", &patient, DEVICE]), "1 ended\n");
    let busy = place.bad(&["restore", copy.to_str().unwrap()]);
    assert!(busy.contains("a server is running from"), "{busy}");
    server.end();

    let said = place.good(&["restore", copy.to_str().unwrap()]);
    assert!(said.contains("2 erasures and revocations done again"), "{said}");
    let server = Server::start(&place);
    assert_eq!(server.pair(&open).status, 404, "a code open when the copy was made is void");
    let revoked = server.send("GET", "/fhir/Patient", &[("authorization", &bearer)], b"");
    assert_eq!(revoked.status, 401, "what was revoked after the copy stays revoked");
    assert_eq!(place.good(&["patient", "list"]), format!("{patient} A.B.\n"), "erased stays erased");
    let again = server.paired(&place.code(&patient));
    assert_ne!(again.epoch, kept.epoch);
    assert!(said.contains(&again.epoch), "{said}");
    assert_eq!(again.get(&check_in(1, &patient, 0).0).status, 200);
    assert_eq!(again.get(&check_in(3, &patient, 0).0).status, 404, "it came after the copy");
    // The same number again, in another epoch: another version.
    let answer = again.put(&check_in(4, &patient, 7).0, &check_in(4, &patient, 7).1);
    let version = answer.json()["meta"]["versionId"].as_str().unwrap().to_owned();
    assert_eq!(version, format!("{}-3", again.epoch));
    assert_eq!(place.good(&["verify-audit"]), "every chain is whole\n");
    let aside = std::fs::read_dir(place.data()).unwrap().map(|file| file.unwrap().file_name());
    let aside = aside.filter(|name| name.to_string_lossy().starts_with("before-")).count();
    assert_eq!(aside, 1, "the store before is kept");
}

/// Every file of the data folder, whole.
fn on_disk(place: &Place) -> Vec<u8> {
    let mut all = Vec::new();
    for file in std::fs::read_dir(place.data()).unwrap() {
        let path = file.unwrap().path();
        if path.is_file() {
            all.extend(std::fs::read(path).unwrap());
        }
    }
    all
}

#[test]
fn what_a_person_erased_is_on_no_page_of_the_folder_and_no_copy_brings_it_back() {
    let place = Place::new();
    let patient = place.patient("Q.Z.");
    let server = Server::start(&place);
    let phone = server.paired(&place.code(&patient));
    for n in 1..40 {
        put(&phone, &check_in(n, &patient, 4), 201);
    }
    let canary: &[u8] = b"pain-worst";
    let holds = |bytes: &[u8], what: &[u8]| bytes.windows(what.len()).any(|window| window == what);
    assert!(holds(&on_disk(&place), canary), "the canary must be seen while it is there");
    let copy = place.file("copy.sqlite");
    place.good(&["backup", copy.to_str().unwrap()]);

    let bearer = format!("Bearer {}", phone.token);
    let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
    let left = server.send("POST", "/leave", &headers, b"{\"clinic\":\"erases\"}");
    assert_eq!(left.status, 200, "{}", left.text);
    let mark = left.json()["mark"].as_str().unwrap().to_owned();
    for what in [canary, b"Q.Z."] {
        assert!(!holds(&on_disk(&place), what), "{}", String::from_utf8_lossy(what));
    }
    assert_eq!(phone.put(&check_in(50, &patient, 4).0, &check_in(50, &patient, 4).1).status, 401);
    assert_eq!(place.good(&["verify-audit", "--head", &mark]), "every chain is whole\n");
    server.end();

    place.good(&["restore", copy.to_str().unwrap()]);
    assert_eq!(place.good(&["patient", "list"]), "");
    let restored = std::fs::read(place.store()).unwrap();
    assert!(!holds(&restored, canary) && !holds(&restored, b"Q.Z."));
    let server = Server::start(&place);
    let phone = Phone { at: server.at, ..phone };
    let push = phone.put(&check_in(51, &patient, 4).0, &check_in(51, &patient, 4).1);
    assert_eq!((push.status, &push.json()["issue"][0]["code"]), (401, &"deleted".into()));
}

#[test]
fn a_phone_paired_before_the_copy_goes_on_after_it() {
    let place = Place::new();
    let patient = place.patient("A.B.");
    let server = Server::start(&place);
    let phone = server.paired(&place.code(&patient));
    put(&phone, &check_in(1, &patient, 4), 201);
    let copy = place.file("copy.sqlite");
    place.good(&["backup", copy.to_str().unwrap()]);
    server.end();
    // The store is torn, which is why somebody restores.
    std::fs::write(place.store(), "no store any more").unwrap();
    place.good(&["restore", copy.to_str().unwrap()]);
    let server = Server::start(&place);
    let phone = Phone { at: server.at, ..phone };
    put(&phone, &check_in(2, &patient, 5), 201);
    let list = phone.get("/fhir/QuestionnaireResponse").json();
    assert_eq!(list["entry"].as_array().unwrap().len(), 2);
}

#[test]
fn what_is_no_copy_is_not_restored_and_the_store_stays() {
    let place = Place::new();
    let patient = place.patient("A.B.");
    let copy = place.file("copy.sqlite");
    place.good(&["backup", copy.to_str().unwrap()]);
    let whole = std::fs::read(&copy).unwrap();
    let files = [
        ("empty", Vec::new()),
        ("words", b"these are words".to_vec()),
        ("half", whole[..whole.len() / 2].to_vec()),
        ("head", whole[..100].to_vec()),
    ];
    for (name, bytes) in files {
        let file = place.file(name);
        std::fs::write(&file, bytes).unwrap();
        let said = place.bad(&["restore", file.to_str().unwrap()]);
        assert!(said.contains("is no whole copy made by `backup`"), "{name}: {said}");
        assert_eq!(place.good(&["patient", "list"]), format!("{patient} A.B.\n"), "{name}");
    }
    let missing = place.bad(&["restore", place.file("missing").to_str().unwrap()]);
    assert!(missing.contains("missing cannot be read"), "{missing}");
}

/// A start in the middle of a restore must not take a missing store for a new clinic.
#[test]
fn a_restore_never_leaves_the_folder_without_a_store() {
    let place = Place::new();
    place.patient("A.B.");
    let copy = place.file("copy.sqlite");
    place.good(&["backup", copy.to_str().unwrap()]);
    let over = AtomicBool::new(false);
    let missing = std::thread::scope(|scope| {
        let watch = scope.spawn(|| {
            let mut missing = 0;
            while !over.load(Ordering::Relaxed) {
                missing += u32::from(!place.store().exists());
            }
            missing
        });
        for _ in 0..6 {
            place.good(&["restore", copy.to_str().unwrap()]);
        }
        over.store(true, Ordering::Relaxed);
        watch.join().unwrap()
    });
    assert_eq!(missing, 0);
}

/// Killed at any moment of a restore, the store is the old one or the new one, whole; said again, the
/// restore is done.
#[test]
fn a_restore_killed_anywhere_leaves_a_whole_store() {
    let place = Place::new();
    let patient = place.patient("A.B.");
    let server = Server::start(&place);
    let phone = server.paired(&place.code(&patient));
    put(&phone, &check_in(1, &patient, 4), 201);
    let copy = place.file("copy.sqlite");
    place.good(&["backup", copy.to_str().unwrap()]);
    for n in 2..60 {
        put(&phone, &check_in(n, &patient, 4), 201);
    }
    server.end();
    let begin = std::time::Instant::now();
    place.good(&["restore", copy.to_str().unwrap()]);
    let whole = begin.elapsed();
    for part in 0..12 {
        let mut restore = program(&place.data());
        let quiet = || std::process::Stdio::null();
        let restore = restore.args(["restore", copy.to_str().unwrap()]).stdout(quiet()).stderr(quiet());
        let mut running = restore.spawn().unwrap();
        let (_nobody, silence) = channel::<()>();
        assert!(silence.recv_timeout(whole * part / 12).is_err(), "nobody says anything");
        // It may have ended by itself.
        drop(running.kill());
        running.wait().unwrap();
        assert_eq!(place.good(&["verify-audit"]), "every chain is whole\n", "killed at {part}/12");
        assert_eq!(place.good(&["patient", "list"]), format!("{patient} A.B.\n"), "killed at {part}/12");
    }
    place.good(&["restore", copy.to_str().unwrap()]);
    let server = Server::start(&place);
    let phone = Phone { at: server.at, ..phone };
    assert_eq!(phone.get(&check_in(1, &patient, 0).0).status, 200);
}
