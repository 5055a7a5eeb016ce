//! Guessing at pairing codes, by a crowd and for hours: nobody gets in, and an honest patient does.

use axum::http::StatusCode;
use interlude_clinic::Config;
use interlude_clinic::store::MemoryStore;
use interlude_testkit::Chance;

use crate::support::{Answer, Clinic, device};

const GUESSES: u32 = 100_000;
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A clinic behind a proxy that says who asks.
async fn clinic() -> Clinic {
    let config = Config { behind_proxy: true, ..Config::default() };
    Clinic::with(MemoryStore::new("EP0CH000"), config).await
}

async fn pair(clinic: &Clinic, from: &str, code: &str) -> Answer {
    let body = serde_json::json!({ "code": code, "device": device().to_string() }).to_string();
    let headers = [("content-type", "application/json"), ("x-forwarded-for", from)];
    clinic.send("POST", "/pair", &headers, body).await
}

/// A code as somebody makes it up who knows how they look.
fn guess(chance: &mut Chance) -> String {
    let mut bits = chance.next();
    (0..8)
        .map(|_| {
            let symbol = ALPHABET[usize::try_from(bits % 32).unwrap()];
            bits /= 32;
            char::from(symbol)
        })
        .collect()
}

fn address(n: u32) -> String {
    let [_, a, b, c] = n.to_be_bytes();
    format!("11.{a}.{b}.{c}")
}

/// What became of a crowd's guesses, and of the patients that paired meanwhile.
#[derive(Debug, Default)]
struct Siege {
    hits: u32,
    wrong: u32,
    slowed: u32,
    paired: u32,
    /// Most tries that a patient needed.
    tries: u32,
}

/// Half of this on average.
fn passing(chance: &mut Chance, apart_ms: i64) -> i64 {
    i64::try_from(chance.below(apart_ms.unsigned_abs() + 1)).unwrap()
}

/// `GUESSES` guesses from so many addresses, one every so many milliseconds on average. A patient is invited every
/// `every` guesses and types the code once the crowd has guessed for a while, with one slip before.
async fn siege(addresses: u32, apart_ms: i64, every: u32) -> Siege {
    let clinic = clinic().await;
    let mut chance = Chance::new(7);
    let mut siege = Siege::default();
    // Codes that were good once are guessed at too.
    let mut spent: Vec<String> = Vec::new();
    let mut invited: Option<(String, u32)> = None;
    for n in 0..GUESSES {
        // Nobody's tries come in step with anybody's.
        clinic.clock.pass(passing(&mut chance, apart_ms));
        if n % every == 0 {
            invited = Some((clinic.app.invite(&clinic.patient).await.unwrap().to_string(), 0));
        }
        // The patient waits as long as they are told to, which is a second, and a moment more or less.
        let due = chance.below(1_000 / apart_ms.unsigned_abs()) == 0;
        if let Some((code, tries)) = invited.as_mut().filter(|_| due) {
            *tries += 1;
            let at_home = format!("22.0.0.{}", n / every);
            let typed = if *tries == 1 { "0000-0000" } else { code.as_str() };
            if pair(&clinic, &at_home, typed).await.status == StatusCode::OK {
                siege.paired += 1;
                siege.tries = siege.tries.max(*tries);
                spent.extend(invited.take().map(|(code, _)| code));
            }
        }
        clinic.clock.pass(passing(&mut chance, apart_ms));
        let code = match chance.below(20) {
            0 => chance.pick(&spent).cloned().unwrap_or_default(),
            _ => guess(&mut chance),
        };
        match pair(&clinic, &address(n % addresses), &code).await.status {
            StatusCode::OK => siege.hits += 1,
            StatusCode::NOT_FOUND => siege.wrong += 1,
            StatusCode::TOO_MANY_REQUESTS => siege.slowed += 1,
            other => panic!("{other}"),
        }
    }
    siege
}

/// Two thousand addresses, twenty guesses a second: more than an hour of it.
#[tokio::test]
async fn a_hundred_thousand_guesses_find_nothing_and_keep_nobody_out() {
    let siege = siege(2_000, 50, 5_000).await;
    println!("{siege:?}");
    assert_eq!(siege.hits, 0);
    assert_eq!(siege.wrong + siege.slowed, GUESSES);
    // Each patient at once: with the slip, the second try.
    assert_eq!((siege.paired, siege.tries), (GUESSES / 5_000, 2));
}

/// Twenty thousand addresses, five hundred guesses a second: as many as the whole server lets in.
#[tokio::test]
async fn a_flood_is_held_at_the_ceiling_and_a_patient_who_waits_as_told_still_gets_in() {
    let siege = siege(20_000, 2, 25_000).await;
    println!("{siege:?}");
    assert_eq!(siege.hits, 0);
    assert_eq!(siege.wrong + siege.slowed, GUESSES);
    // 1,000 at once and 100 a second of the 200 that it lasts.
    assert!(siege.wrong <= 1_000 + 100 * 205, "{siege:?}");
    assert_eq!(siege.paired, GUESSES / 25_000, "{siege:?}");
}

/// A code is good once, for whoever is first, and for ten minutes; a token until it is revoked.
#[tokio::test]
async fn codes_die_after_one_use_and_ten_minutes_and_a_token_on_the_next_request() {
    let clinic = clinic().await;
    let code = clinic.app.invite(&clinic.patient).await.unwrap().to_string();
    let (one, other) = (pair(&clinic, "1.1.1.1", &code).await, pair(&clinic, "2.2.2.2", &code).await);
    assert_eq!((one.status, other.status), (StatusCode::OK, StatusCode::NOT_FOUND));

    // A newer code ends the one before.
    let old = clinic.app.invite(&clinic.patient).await.unwrap().to_string();
    let new = clinic.app.invite(&clinic.patient).await.unwrap().to_string();
    assert_eq!(pair(&clinic, "1.1.1.1", &old).await.status, StatusCode::NOT_FOUND);
    clinic.clock.pass(10 * 60 * 1000);
    assert_eq!(pair(&clinic, "1.1.1.1", &new).await.status, StatusCode::NOT_FOUND);

    let bearer = format!("Bearer {}", one.json()["token"].as_str().unwrap());
    let ask = async |path: &str| {
        let headers = [("authorization", bearer.as_str())];
        clinic.send("GET", path, &headers, axum::body::Body::empty()).await.status
    };
    let paths = ["/fhir/Patient", "/fhir/QuestionnaireResponse", "/fhir/Observation"];
    for path in paths {
        assert_eq!(ask(path).await, StatusCode::OK, "{path}");
    }
    let hash = interlude_clinic::app::token_hash(one.json()["token"].as_str().unwrap());
    assert!(clinic.app.revoke(hash).await.unwrap());
    for path in paths {
        assert_eq!(ask(path).await, StatusCode::UNAUTHORIZED, "{path}");
    }
}
