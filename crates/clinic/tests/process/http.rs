//! HTTP as little as it takes: one request a connection, the answer read to its end.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};

#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// Status line and headers, as sent.
    pub(crate) head: String,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.text).unwrap()
    }
}

pub(crate) fn ask(at: SocketAddr, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
    send(at, &written(at, method, path, headers, body))
}

/// The same of a server that may be dead: what it said before it died, if anything.
pub(crate) fn dare(
    at: SocketAddr,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &[u8],
) -> Option<Answer> {
    let stream = TcpStream::connect(at).ok()?;
    let answer = exchange(stream, &written(at, method, path, headers, body));
    (answer.status > 0).then_some(answer)
}

fn written(at: SocketAddr, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Vec<u8> {
    let mut request = format!("{method} {path} HTTP/1.1\r\nhost: {at}\r\nconnection: close\r\n");
    for (name, value) in headers {
        request.push_str(&format!("{name}: {value}\r\n"));
    }
    if !body.is_empty() {
        request.push_str(&format!("content-length: {}\r\n", body.len()));
    }
    request.push_str("\r\n");
    [request.as_bytes(), body].concat()
}

/// Sends bytes as they are, well-formed or not.
pub(crate) fn send(at: SocketAddr, request: &[u8]) -> Answer {
    exchange(TcpStream::connect(at).unwrap(), request)
}

fn exchange(mut stream: TcpStream, request: &[u8]) -> Answer {
    // A server that refuses early closes while this writes: what it said is what counts.
    drop(stream.write_all(request));
    let mut bytes = Vec::new();
    drop(stream.read_to_end(&mut bytes));
    let answer = String::from_utf8_lossy(&bytes).into_owned();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
    let chunked = head.to_ascii_lowercase().contains("transfer-encoding: chunked");
    let text = if chunked { unchunked(body) } else { body.to_owned() };
    Answer { status, head: head.to_owned(), text }
}

fn unchunked(mut body: &str) -> String {
    let mut all = String::new();
    while let Some((length, rest)) = body.split_once("\r\n") {
        let length = usize::from_str_radix(length.trim(), 16).unwrap_or(0);
        if length == 0 {
            break;
        }
        // A server that died left less than it said.
        all.push_str(rest.get(..length).unwrap_or(rest));
        body = rest.get(length + 2..).unwrap_or("");
    }
    all
}
