//! A disk without room: what cannot be stored is refused in plain words, nothing is half written, and
//! it heals when there is room.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::entries::check_in;
use crate::place::Place;
use crate::server::{Phone, Server};

/// A small disk of its own at the data folder of a place; gone when dropped.
struct SmallDisk(PathBuf);

impl SmallDisk {
    fn under(place: &Place) -> Self {
        let folder = place.data();
        std::fs::create_dir(&folder).unwrap();
        let folder_name = folder.to_str().unwrap();
        let mounted = privileged(&["mount", "-t", "tmpfs", "-o", "size=6m,mode=0777", "tmpfs", folder_name]);
        assert!(mounted, "a small disk wants root or sudo, as the rest of the tests' tools do");
        Self(folder)
    }

    /// Takes all room but `left` bytes.
    fn fill(&self, left: usize) {
        let mut ballast = std::fs::File::create(self.0.join("ballast")).unwrap();
        // To the last byte, then so much given back.
        let block = vec![0; 4096];
        let mut taken = 0;
        while std::io::Write::write_all(&mut ballast, &block).is_ok() {
            taken += block.len();
        }
        ballast.set_len(u64::try_from(taken - left).unwrap()).unwrap();
    }

    fn make_room(&self) {
        std::fs::remove_file(self.0.join("ballast")).unwrap();
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        privileged(&["umount", "--lazy", self.0.to_str().unwrap()]);
    }
}

/// Runs it as it is, and else with sudo.
fn privileged(words: &[&str]) -> bool {
    let run = |program: &str, words: &[&str]| {
        let quiet = Command::new(program).args(words).stdin(Stdio::null()).stderr(Stdio::null()).status();
        quiet.is_ok_and(|status| status.success())
    };
    let (program, rest) = words.split_first().unwrap();
    run(program, rest) || run("sudo", &[&["-n"], words].concat())
}

/// An entry of some size: it takes room.
fn long(n: u32, patient: &str) -> (String, String) {
    let (path, text) = check_in(n, patient, 4);
    let mut resource: Value = serde_json::from_str(&text).unwrap();
    let note = json!({ "linkId": "note", "answer": [{ "valueString": "x".repeat(50_000) }] });
    resource["item"].as_array_mut().unwrap().push(note);
    (path, resource.to_string())
}

fn count(phone: &Phone) -> usize {
    let list = phone.get("/fhir/QuestionnaireResponse?_elements=id,meta&_count=1000").json();
    list["entry"].as_array().map_or(0, Vec::len)
}

#[test]
fn a_full_disk_refuses_in_plain_words_and_heals() {
    let place = Place::new();
    let disk = SmallDisk::under(&place);
    let patient = place.patient("A.B.");
    let server = Server::start(&place);
    let phone = server.paired(&place.code(&patient));
    let (path, text) = long(1, &patient);
    assert_eq!(phone.put(&path, &text).status, 201);
    let health = || server.send("GET", "/health", &[], b"");
    assert_eq!(health().status, 200);

    disk.fill(600_000);
    let mut stored = 1;
    let refused = (2..100).find_map(|n| {
        let answer = phone.put(&long(n, &patient).0, &long(n, &patient).1);
        stored += u32::from(answer.status == 201);
        (answer.status != 201).then_some((n, answer))
    });
    let (n, refused) = refused.unwrap();
    assert_eq!(refused.status, 507, "{}", refused.text);
    assert!(refused.text.contains("has no room now; nothing was stored"), "{}", refused.text);
    assert!(refused.head.to_ascii_lowercase().contains("retry-after: 60"), "{}", refused.head);
    let ill = health();
    assert_eq!(ill.status, 507, "{}", ill.text);

    // What was stored is there, what was refused is not, and reading goes on.
    assert_eq!(count(&phone), usize::try_from(stored).unwrap());
    assert_eq!(phone.get(&path).status, 200);
    assert_eq!(phone.get(&long(n, &patient).0).status, 404);
    let bearer = format!("Bearer {}", phone.token);
    let revoked = server.send("DELETE", "/pair", &[("authorization", &bearer)], b"");
    assert!(matches!(revoked.status, 204 | 507), "{}", revoked.text);
    assert_eq!(phone.get(&path).status == 401, revoked.status == 204, "what was refused is not done");

    disk.make_room();
    assert_eq!(health().status, 200);
    let again = server.paired(&place.code(&patient));
    for m in stored + 1..stored + 6 {
        let (path, text) = long(m, &patient);
        assert_eq!(again.put(&path, &text).status, 201, "{m}");
    }
    assert_eq!(count(&again), usize::try_from(stored + 5).unwrap());
    server.end();
    assert_eq!(place.good(&["verify-audit"]), "every chain is whole\n");
}

/// Killed while it had no room, the store is as it was, and serves again when there is room.
#[test]
fn a_server_killed_without_room_comes_back_whole() {
    let place = Place::new();
    let disk = SmallDisk::under(&place);
    let patient = place.patient("A.B.");
    let server = Server::start(&place);
    let phone = server.paired(&place.code(&patient));
    disk.fill(400_000);
    let held = (1..100).take_while(|n| phone.put(&long(*n, &patient).0, &long(*n, &patient).1).status == 201);
    let held = held.count();
    assert!((1..99).contains(&held), "{held}");
    server.end();
    let refused = place.run(&["patient", "list"]);
    assert!(
        refused.code == Some(0) || refused.err.contains("no room") || refused.err.contains("cannot be"),
        "{refused:?}"
    );
    disk.make_room();
    let server = Server::start(&place);
    let phone = Phone { at: server.at, ..phone };
    assert_eq!(count(&phone), held);
    assert_eq!(phone.put(&long(500, &patient).0, &long(500, &patient).1).status, 201);
}
