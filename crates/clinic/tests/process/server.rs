//! The program serving, and a phone that talks to it.

use std::io::{BufRead as _, BufReader, Read};
use std::net::SocketAddr;
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread::JoinHandle;

use serde_json::Value;

use crate::http::{Answer, ask};
use crate::place::{Place, program};

/// A server of its own process; killed when dropped.
pub(crate) struct Server {
    process: Child,
    pub(crate) at: SocketAddr,
    log: Option<JoinHandle<String>>,
    out: Option<JoinHandle<String>>,
}

impl Server {
    /// Starts it on a free port, and waits until it says that it serves.
    pub(crate) fn start(place: &Place) -> Self {
        Self::with(place, &[], &[])
    }

    /// The same with more arguments and settings of the environment.
    pub(crate) fn with(place: &Place, words: &[&str], settings: &[(&str, &str)]) -> Self {
        let mut command = program(&place.data());
        command.args(["serve", "--port", "0"]).args(words).envs(settings.iter().copied());
        let mut process = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let (ready, serving) = channel();
        let log = gather(process.stderr.take().unwrap(), ready);
        let (nobody, _) = channel();
        let out = gather(process.stdout.take().unwrap(), nobody);
        let at = SocketAddr::from(([127, 0, 0, 1], port(&serving)));
        Self { process, at, log: Some(log), out: Some(out) }
    }

    pub(crate) fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        ask(self.at, method, path, headers, body)
    }

    /// Pairs a phone by a code that was typed.
    pub(crate) fn pair(&self, code: &str) -> Answer {
        let body = format!("{{\"code\":\"{code}\",\"device\":\"{DEVICE}\"}}");
        self.send("POST", "/pair", &[("content-type", "application/json")], body.as_bytes())
    }

    /// The same for a code that must be right; the phone.
    pub(crate) fn paired(&self, code: &str) -> Phone {
        let answer = self.pair(code);
        assert_eq!(answer.status, 200, "{}", answer.text);
        let said = answer.json();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        Phone { at: self.at, token: text(&said["token"]), epoch: text(&said["epoch"]) }
    }

    /// Ends it; what it wrote to standard output and standard error.
    pub(crate) fn end(mut self) -> (String, String) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
        let read = |thread: Option<JoinHandle<String>>| thread.unwrap().join().unwrap();
        (read(self.out.take()), read(self.log.take()))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

/// The id of every phone here.
pub(crate) const DEVICE: &str = "00000000-0000-4000-8000-0000000000d0";

/// A paired phone.
#[derive(Clone)]
pub(crate) struct Phone {
    /// Where its clinic is; another place after a restart.
    pub(crate) at: SocketAddr,
    pub(crate) token: String,
    pub(crate) epoch: String,
}

impl Phone {
    pub(crate) fn get(&self, path: &str) -> Answer {
        let bearer = format!("Bearer {}", self.token);
        ask(self.at, "GET", path, &[("authorization", &bearer)], b"")
    }

    pub(crate) fn put(&self, path: &str, text: &str) -> Answer {
        let bearer = format!("Bearer {}", self.token);
        let headers = [("authorization", bearer.as_str()), ("content-type", "application/fhir+json")];
        ask(self.at, "PUT", path, &headers, text.as_bytes())
    }
}

/// Reads to the end, a line at a time, and says each to whoever listens still.
fn gather(from: impl Read + Send + 'static, to: std::sync::mpsc::Sender<String>) -> JoinHandle<String> {
    std::thread::spawn(move || {
        let (mut all, mut from, mut line) = (String::new(), BufReader::new(from), Vec::new());
        while from.read_until(b'\n', &mut line).unwrap() > 0 {
            let text = String::from_utf8_lossy(&line).into_owned();
            all.push_str(&text);
            drop(to.send(text));
            line.clear();
        }
        all
    })
}

/// The port that the log names; the log ends where the server does.
fn port(lines: &Receiver<String>) -> u16 {
    let mut said = String::new();
    for line in lines {
        let fields = serde_json::from_str::<Value>(&line).map(|line| line["fields"].clone());
        if let Ok(fields) = fields
            && fields["message"] == "serving"
        {
            return u16::try_from(fields["port"].as_u64().unwrap()).unwrap();
        }
        said.push_str(&line);
    }
    unreachable!("the server ended: {said}")
}
