//! How many responses a second the clinic takes: one client, batches of 50 responses of 9 items,
//! over loopback HTTP, into an SQLite file that is synced at every commit. Signed in, audited,
//! scored, with receipts made of what was read back.
//!
//! `cargo run --profile server -p interlude-clinic --example ingest -- [--json] [--gzip]
//! [--rounds N] [--batches N] [--data DIR]`

use std::error::Error;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use interlude_clinic::limits::Rates;
use interlude_clinic::store::{PatientId, SqliteStore};
use interlude_clinic::{App, Clock as _, Config, OsChance, SystemClock, chance, router};
use interlude_diary::calendar::Moment;
use interlude_diary::entry::{Body, Entry};
use interlude_diary::ids::{DeviceId, EntryId, RevisionId};
use interlude_diary::questionnaire::{Answers, Asked, Form, Given, Item, Slot, respond};
use interlude_fhir::questionnaire::form;
use interlude_fhir::wire::write_entry;

const FORM: &str = include_str!("../../../public/questionnaires/gad-7.json");
const BATCH: usize = 50;
const ITEMS: usize = 9; // seven questions, the group around them, and the difficulty

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

struct Wish {
    json: bool,
    gzip: bool,
    rounds: usize,
    batches: usize,
    data: PathBuf,
}

fn wish() -> Result<Wish> {
    let mut wish = Wish { json: false, gzip: false, rounds: 5, batches: 100, data: std::env::temp_dir() };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        match word.as_str() {
            "--json" => wish.json = true,
            "--gzip" => wish.gzip = true,
            "--rounds" => wish.rounds = words.next().ok_or("--rounds N")?.parse()?,
            "--batches" => wish.batches = words.next().ok_or("--batches N")?.parse()?,
            "--data" => wish.data = words.next().ok_or("--data DIR")?.into(),
            other => return Err(format!("{other}: not known").into()),
        }
    }
    Ok(wish)
}

fn uuid_v7(n: u64) -> Result<uuid::Uuid> {
    let ms = u64::try_from(SystemClock.now_ms())?.saturating_add(n);
    Ok(uuid::Builder::from_unix_timestamp_millis(ms, &chance::bytes(&OsChance)?).into_uuid())
}

fn answered(form: &Form, n: usize) -> Answers {
    fn walk(items: &[Item], n: usize, answers: &mut Answers) {
        for item in items {
            if let Some(choice) = item.options.get(n % item.options.len().max(1)) {
                answers.set(Slot::top(&item.link), Given::Values(vec![choice.value.clone()]));
            }
            walk(&item.items, n / 3 + 1, answers);
        }
    }
    let mut answers = Answers::default();
    walk(&form.items, n, &mut answers);
    answers
}

fn entry(form: &Form, n: usize) -> Result<Entry> {
    let authored = Moment::new(SystemClock.now_ms(), 60);
    let asked = Asked { short: false, past: None };
    Ok(Entry {
        id: EntryId::new(uuid_v7(n as u64)?),
        revision: RevisionId::new(uuid_v7(n as u64)?),
        parent: None,
        device: DeviceId::new(uuid::Uuid::from_u128(7)),
        day: authored.diary_day(),
        authored,
        zone: "Europe/Madrid".to_owned(),
        occasion: None,
        late: false,
        partial: false,
        reason: None,
        body: Body::Response(respond(form, &answered(form, n), &asked)),
    })
}

fn bundle(form: &Form, patient: &PatientId, first: usize) -> Result<String> {
    let mut text = String::from("{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":[");
    for n in first..first + BATCH {
        let entry = entry(form, n)?;
        if n > first {
            text.push(',');
        }
        text.push_str("{\"resource\":");
        text.push_str(&write_entry(&entry, patient.as_str()));
        text.push_str(",\"request\":{\"method\":\"PUT\",\"url\":\"QuestionnaireResponse/");
        text.push_str(&entry.id.to_string());
        text.push_str("\",\"ifNoneMatch\":\"*\"}}");
    }
    text.push_str("]}");
    Ok(text)
}

/// One request, packed beforehand: the client's work is not what is measured.
fn request(token: &str, body: &str, gzip: bool) -> Result<Vec<u8>> {
    let (body, coding) = if gzip {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(6));
        packer.write_all(body.as_bytes())?;
        (packer.finish()?, "Content-Encoding: gzip\r\n")
    } else {
        (body.as_bytes().to_vec(), "")
    };
    let head = format!(
        "POST /fhir HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n\
         Content-Type: application/fhir+json\r\n{coding}Content-Length: {}\r\n\r\n",
        body.len()
    );
    Ok([head.into_bytes(), body].concat())
}

/// Sends one request and reads the whole answer.
fn exchange(stream: &mut TcpStream, request: &[u8], buffer: &mut Vec<u8>) -> Result<()> {
    stream.write_all(request)?;
    buffer.clear();
    let mut part = vec![0; 64 << 10];
    loop {
        let got = stream.read(&mut part)?;
        if got == 0 {
            return Err("the server hung up".into());
        }
        buffer.extend_from_slice(part.get(..got).unwrap_or_default());
        let Some(end) = buffer.windows(4).position(|four| four == b"\r\n\r\n") else { continue };
        let head = String::from_utf8_lossy(buffer.get(..end).unwrap_or_default()).to_ascii_lowercase();
        let length = head.lines().find_map(|line| line.strip_prefix("content-length:"));
        let length: usize = length.ok_or("an answer without a length")?.trim().parse()?;
        if buffer.len() >= end + 4 + length {
            return if head.starts_with("http/1.1 200") { Ok(()) } else { Err(head.into()) };
        }
    }
}

async fn server(file: &std::path::Path) -> Result<(SocketAddr, PatientId, String)> {
    let store = SqliteStore::open(file, "BENCH000", SystemClock.now_ms()).await?;
    let config = Config { rates: Rates::unlimited(), ..Config::default() };
    let app = App::new(Arc::new(store), Arc::new(SystemClock), config);
    let patient = app.add_patient("B.N.").await?;
    let token = app.issue_token(&patient, "bench").await?;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    tokio::spawn(async move { axum::serve(listener, router(app)).await });
    Ok((address, patient, token))
}

fn round(wish: &Wish, form: &Form, server: &(SocketAddr, PatientId, String)) -> Result<(f64, usize)> {
    let (address, patient, token) = server;
    let mut requests = Vec::with_capacity(wish.batches);
    let mut bytes = 0;
    for n in 0..wish.batches {
        let text = bundle(form, patient, n * BATCH)?;
        bytes += text.len();
        requests.push(request(token, &text, wish.gzip)?);
    }
    let mut stream = TcpStream::connect(address)?;
    stream.set_nodelay(true)?;
    let mut buffer = Vec::new();
    let began = Instant::now();
    let mut stored = 0;
    for request in &requests {
        exchange(&mut stream, request, &mut buffer)?;
        let created = buffer.windows(11).filter(|at| at == b"201 Created").count();
        let proved = buffer.windows(14).filter(|at| at == b"\"url\":\"digest\"").count();
        if (created, proved) != (BATCH, BATCH) {
            return Err(format!("{created} created, {proved} proved").into());
        }
        stored += created;
    }
    let seconds = began.elapsed().as_secs_f64();
    Ok((stored as f64 / seconds, bytes / stored))
}

fn main() -> Result<()> {
    let wish = wish()?;
    let form = form(FORM, "en").map_err(|error| error.to_string())?;
    let folder = wish.data.join(format!("interlude-ingest-{}", chance::uuid(&OsChance)?));
    std::fs::create_dir_all(&folder)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let server = runtime.block_on(server(&folder.join("clinic.sqlite")))?;
    let rounds: Result<Vec<(f64, usize)>> =
        (0..=wish.rounds).map(|_| round(&wish, &form, &server)).skip(1).collect();
    let rounds = rounds?;
    drop(runtime);
    std::fs::remove_dir_all(&folder)?;
    let mut rates: Vec<f64> = rounds.iter().map(|(rate, _)| *rate).collect();
    rates.sort_by(f64::total_cmp);
    let median = rates.get(rates.len() / 2).copied().unwrap_or_default();
    let bytes = rounds.first().map_or(0, |(_, bytes)| *bytes);
    let mut out = std::io::stdout().lock();
    if wish.json {
        let report = serde_json::json!({
            "responses_per_second": median.round(),
            "rounds": rates.iter().map(|rate| rate.round()).collect::<Vec<_>>(),
            "batch": BATCH,
            "items": ITEMS,
            "bytes_per_response": bytes,
            "gzip": wish.gzip,
            "store": "SQLite file, WAL, synchronous=FULL",
        });
        writeln!(out, "{report}")?;
    } else {
        writeln!(
            out,
            "{median:.0} responses a second (rounds {rates:.0?}; {ITEMS} items, {bytes} bytes each)"
        )?;
    }
    Ok(())
}
