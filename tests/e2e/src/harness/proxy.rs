//! A network that can be had bad: a TCP proxy between the browser and the clinic.
//!
//! It forwards bytes. It reads only as much HTTP as it takes to count requests and to know which
//! reply to swallow: one request is on a connection at a time, and its first bytes are its line.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use anyhow::Result;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// What the network does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weather {
    /// Forwards.
    Clear,
    /// Closes what is open and refuses what comes.
    Cut,
    /// Forwards each request this much later.
    Slow(Duration),
}

/// The proxy; gone when dropped.
pub struct Proxy {
    port: u16,
    weather: watch::Sender<Weather>,
    seen: Arc<Mutex<Seen>>,
    listening: JoinHandle<()>,
}

#[derive(Default)]
struct Seen {
    /// `METHOD path`, in order.
    requests: Vec<String>,
    /// Bytes from the browser.
    sent: u64,
    /// Swallow the reply to the next request that starts so.
    swallow: Option<String>,
    /// Replies swallowed.
    swallowed: u32,
}

fn lock(seen: &Mutex<Seen>) -> MutexGuard<'_, Seen> {
    seen.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Proxy {
    /// Starts forwarding a port of its own to `upstream` on this machine.
    ///
    /// # Errors
    /// When no port is free.
    pub async fn start(upstream: u16) -> Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let port = listener.local_addr()?.port();
        let (weather, watching) = watch::channel(Weather::Clear);
        let seen = Arc::new(Mutex::new(Seen::default()));
        let shared = Arc::clone(&seen);
        let listening = tokio::spawn(async move {
            while let Ok((browser, _from)) = listener.accept().await {
                if *watching.borrow() != Weather::Cut {
                    tokio::spawn(forward(browser, upstream, watching.clone(), Arc::clone(&shared)));
                }
            }
        });
        Ok(Self { port, weather, seen, listening })
    }

    /// The address a browser opens.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Changes the weather, for open connections too.
    pub fn set(&self, weather: Weather) {
        self.weather.send_replace(weather);
    }

    /// The reply to the next request whose line starts with `line` never arrives: the clinic has
    /// done its work by then, and the connection closes instead.
    pub fn swallow_reply_to(&self, line: &str) {
        lock(&self.seen).swallow = Some(line.to_owned());
    }

    /// How many replies were swallowed.
    #[must_use]
    pub fn swallowed(&self) -> u32 {
        lock(&self.seen).swallowed
    }

    /// Requests so far, `METHOD path`, in order.
    #[must_use]
    pub fn requests(&self) -> Vec<String> {
        lock(&self.seen).requests.clone()
    }

    /// Bytes from the browser so far.
    #[must_use]
    pub fn sent(&self) -> u64 {
        lock(&self.seen).sent
    }

    /// Forgets requests and bytes.
    pub fn forget(&self) {
        let mut seen = lock(&self.seen);
        seen.requests.clear();
        seen.sent = 0;
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

/// Serves one connection until either side ends or the network is cut.
async fn forward(
    mut browser: TcpStream,
    upstream: u16,
    mut weather: watch::Receiver<Weather>,
    seen: Arc<Mutex<Seen>>,
) {
    let Ok(mut clinic) = TcpStream::connect(("127.0.0.1", upstream)).await else { return };
    let (mut up, mut down) = (vec![0; 65_536], vec![0; 65_536]);
    let mut doomed = false;
    loop {
        tokio::select! {
            read = browser.read(&mut up) => {
                let Some(bytes) = read.ok().and_then(|n| up.get(..n)).filter(|bytes| !bytes.is_empty()) else { return };
                let noted = note(&seen, bytes);
                doomed |= noted == Noted::Doomed;
                let now = *weather.borrow();
                if let (Weather::Slow(delay), Noted::Begins | Noted::Doomed) = (now, noted) {
                    tokio::time::sleep(delay).await;
                }
                if clinic.write_all(bytes).await.is_err() { return }
            }
            read = clinic.read(&mut down) => {
                let Some(bytes) = read.ok().and_then(|n| down.get(..n)).filter(|bytes| !bytes.is_empty()) else { return };
                if doomed {
                    lock(&seen).swallowed += 1;
                    return;
                }
                if browser.write_all(bytes).await.is_err() { return }
            }
            changed = weather.changed() => {
                if changed.is_err() || *weather.borrow() == Weather::Cut { return }
            }
        }
    }
}

/// What some bytes of the browser's were.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Noted {
    /// The beginning of a request.
    Begins,
    /// The beginning of one whose reply is to be swallowed.
    Doomed,
    /// More of a request.
    Goes,
}

/// Counts what the browser said.
fn note(seen: &Mutex<Seen>, bytes: &[u8]) -> Noted {
    let mut seen = lock(seen);
    seen.sent = seen.sent.saturating_add(u64::try_from(bytes.len()).unwrap_or(u64::MAX));
    let Some(line) = request_line(bytes) else { return Noted::Goes };
    let doomed = seen.swallow.as_deref().is_some_and(|start| line.starts_with(start));
    if doomed {
        seen.swallow = None;
    }
    seen.requests.push(line);
    if doomed { Noted::Doomed } else { Noted::Begins }
}

/// `METHOD path` when these bytes begin a request.
fn request_line(bytes: &[u8]) -> Option<String> {
    const METHODS: [&str; 6] = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"];
    let line = bytes.split(|byte| *byte == b'\r').next()?;
    let line = std::str::from_utf8(line).ok()?.strip_suffix(" HTTP/1.1")?;
    let (method, _path) = line.split_once(' ')?;
    METHODS.contains(&method).then(|| line.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An upstream that answers every request line by line count, and says when it got one.
    async fn upstream() -> (u16, watch::Receiver<u32>) {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (count, counted) = watch::channel(0);
        tokio::spawn(async move {
            while let Ok((mut stream, _from)) = listener.accept().await {
                let mut bytes = [0; 1024];
                while stream.read(&mut bytes).await.is_ok_and(|n| n > 0) {
                    count.send_modify(|n| *n += 1);
                    stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").await.unwrap();
                }
            }
        });
        (port, counted)
    }

    async fn say(proxy: &Proxy, line: &str) -> usize {
        let Ok(mut stream) = TcpStream::connect(("127.0.0.1", proxy.port)).await else { return 0 };
        if stream.write_all(format!("{line} HTTP/1.1\r\n\r\n").as_bytes()).await.is_err() {
            return 0;
        }
        stream.read(&mut [0; 1024]).await.unwrap_or(0)
    }

    #[tokio::test]
    async fn a_cut_network_answers_nothing_and_comes_back() {
        let (port, counted) = upstream().await;
        let proxy = Proxy::start(port).await.unwrap();
        assert!(say(&proxy, "GET /a").await > 0);
        proxy.set(Weather::Cut);
        assert_eq!(say(&proxy, "GET /b").await, 0);
        proxy.set(Weather::Clear);
        assert!(say(&proxy, "GET /c").await > 0);
        assert_eq!(proxy.requests(), ["GET /a", "GET /c"]);
        assert_eq!(*counted.borrow(), 2);
    }

    #[tokio::test]
    async fn a_swallowed_reply_is_one_the_clinic_gave() {
        let (port, counted) = upstream().await;
        let proxy = Proxy::start(port).await.unwrap();
        proxy.swallow_reply_to("POST /fhir");
        assert!(say(&proxy, "GET /fhir").await > 0);
        assert_eq!(say(&proxy, "POST /fhir").await, 0);
        assert_eq!((*counted.borrow(), proxy.swallowed()), (2, 1));
        assert!(say(&proxy, "POST /fhir").await > 0);
    }

    /// A clinic that is killed under an open connection, and comes back on the same port.
    #[tokio::test]
    async fn a_dead_clinic_leaves_no_connection_open() {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let proxy = Proxy::start(port).await.unwrap();
        let mut browser = TcpStream::connect(("127.0.0.1", proxy.port)).await.unwrap();
        let (clinic, _from) = listener.accept().await.unwrap();
        drop((clinic, listener));
        assert_eq!(browser.read(&mut [0; 8]).await.unwrap_or(0), 0, "it would wait for ever");
        let back = TcpListener::bind(("127.0.0.1", port)).await.unwrap();
        let again = tokio::spawn(async move { back.accept().await.unwrap() });
        TcpStream::connect(("127.0.0.1", proxy.port)).await.unwrap();
        again.await.unwrap();
    }
}
