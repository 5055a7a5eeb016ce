//! Reminders over the program's own life: its key is made once, and what was set outlives a restart.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;

use crate::http::{Answer, ask};
use crate::place::Place;
use crate::server::{Phone, Server};

fn reminder(phone: &Phone, method: &str, path: &str, body: &str) -> Answer {
    let bearer = format!("Bearer {}", phone.token);
    let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
    ask(phone.at, method, path, &headers, body.as_bytes())
}

#[test]
fn the_key_is_made_once_and_a_reminder_outlives_a_restart() {
    let place = Place::new();
    let patient = place.patient("A.B.");
    let service = TcpListener::bind("127.0.0.1:0").unwrap();
    let origin = format!("http://{}", service.local_addr().unwrap());
    let words = ["--push-service", &origin];
    let server = Server::with(&place, &words, &[]);
    let mut phone = server.paired(&place.code(&patient));
    let key = reminder(&phone, "GET", "/reminder", "").json()["key"].clone();
    let wish =
        format!("{{\"endpoint\":\"{origin}/secret-address\",\"at\":\"20:00\",\"zone\":\"Europe/Madrid\"}}");
    assert_eq!(reminder(&phone, "PUT", "/reminder", &wish).status, 204);
    let (_, first_log) = server.end();

    let server = Server::with(&place, &words, &[]);
    phone.at = server.at;
    let again = reminder(&phone, "GET", "/reminder", "").json();
    assert_eq!((&again["key"], &again["set"]["at"]), (&key, &"20:00".into()));
    let answering = std::thread::spawn(move || {
        let (stream, _) = service.accept().unwrap();
        let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
        let head: Vec<String> =
            lines.by_ref().map(Result::unwrap).take_while(|line| !line.is_empty()).collect();
        (&stream).write_all(b"HTTP/1.1 201 Created\r\ncontent-length: 0\r\n\r\n").unwrap();
        head
    });
    assert_eq!(reminder(&phone, "POST", "/reminder/test", "").status, 204);
    let head = answering.join().unwrap();
    assert_eq!(head[0], "POST /secret-address HTTP/1.1");
    assert!(head.iter().any(|line| line.contains(&format!("k={}", key.as_str().unwrap()))), "{head:?}");
    let (_, second_log) = server.end();
    // No log names the subscription: whoever has its address and the key could wake the phone.
    for said in [first_log, second_log] {
        assert!(!said.contains("secret-address") && !said.contains(&phone.token), "{said}");
    }
}
