//! The way to a push service, over a real socket: what it is sent, and what is made of its answers.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use interlude_clinic::remind::vapid::Vapid;
use interlude_clinic::remind::web::WebPush;
use interlude_clinic::remind::{Fate, Pusher};
use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};

use crate::support::START_MS;

/// One request as it came in.
#[derive(Debug)]
struct Seen {
    method: Method,
    path: String,
    headers: HeaderMap,
    body: Bytes,
}

type Log = Arc<Mutex<Vec<Seen>>>;

/// Answers with the status that the path ends with.
async fn service() -> (String, Log) {
    async fn any(
        State(log): State<Log>,
        method: Method,
        uri: Uri,
        headers: HeaderMap,
        body: Bytes,
    ) -> (StatusCode, [(&'static str, &'static str); 2]) {
        let status = uri.path().rsplit('/').next().unwrap().parse().unwrap();
        let path = uri.path().to_owned();
        log.lock().unwrap().push(Seen { method, path, headers, body });
        (StatusCode::from_u16(status).unwrap(), [("retry-after", "120"), ("location", "/elsewhere/201")])
    }
    let log = Log::default();
    let router = Router::new().fallback(any).with_state(log.clone());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    (origin, log)
}

fn pusher(key: &[u8], others: &[&str]) -> WebPush {
    let vapid = Vapid::open(key, "mailto:it@clinic.example").unwrap();
    WebPush::new(vapid, others.iter().map(|origin| (*origin).to_owned()).collect()).unwrap()
}

fn decoded(text: &str) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(text).unwrap()
}

#[tokio::test]
async fn it_is_sent_a_signed_word_and_nothing_else() {
    let (origin, log) = service().await;
    let pusher = pusher(&Vapid::fresh().unwrap(), &[&origin]);
    assert_eq!(pusher.push(&format!("{origin}/somebody/201"), START_MS).await, Fate::Taken);
    let seen = log.lock().unwrap().pop().unwrap();
    assert_eq!((seen.method, seen.path.as_str()), (Method::POST, "/somebody/201"));
    assert!(seen.body.is_empty(), "a push has no content");
    assert_eq!(
        (&seen.headers["ttl"], &seen.headers["urgency"]),
        (&"7200".parse().unwrap(), &"normal".parse().unwrap())
    );

    let word = seen.headers["authorization"].to_str().unwrap().strip_prefix("vapid t=").unwrap();
    let (word, key) = word.split_once(", k=").unwrap();
    assert_eq!(key, pusher.key());
    assert_eq!((decoded(key).len(), decoded(key)[0]), (65, 4), "an uncompressed point");
    let (signed, signature) = word.rsplit_once('.').unwrap();
    let public = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, decoded(key));
    public.verify(signed.as_bytes(), &decoded(signature)).unwrap();
    assert!(public.verify(b"another word", &decoded(signature)).is_err());
    let (head, claims) = signed.split_once('.').unwrap();
    let json = |part: &str| serde_json::from_slice::<serde_json::Value>(&decoded(part)).unwrap();
    assert_eq!(json(head), serde_json::json!({ "typ": "JWT", "alg": "ES256" }));
    let expires = START_MS / 1_000 + 12 * 3_600;
    let said = serde_json::json!({ "aud": origin, "exp": expires, "sub": "mailto:it@clinic.example" });
    assert_eq!(json(claims), said, "and nothing about anybody");
}

#[tokio::test]
async fn its_answers_are_told_apart() {
    let (origin, log) = service().await;
    let pusher = pusher(&Vapid::fresh().unwrap(), &[&origin]);
    for (status, fate) in [
        (200, Fate::Taken),
        (202, Fate::Taken),
        (404, Fate::Gone),
        (410, Fate::Gone),
        (429, Fate::Later(Some(120))),
        (503, Fate::Later(Some(120))),
        (400, Fate::Refused(400)),
        (403, Fate::Refused(403)),
        // Nobody is sent elsewhere.
        (307, Fate::Refused(307)),
    ] {
        assert_eq!(pusher.push(&format!("{origin}/p/{status}"), START_MS).await, fate, "{status}");
    }
    assert_eq!(log.lock().unwrap().len(), 9);
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let nobody = format!("http://{}/p/201", silent.local_addr().unwrap());
    drop(silent);
    assert_eq!(pusher.push(&nobody, START_MS).await, Fate::Later(None));
}

#[tokio::test]
async fn no_phone_makes_the_clinic_reach_anything_but_a_push_service() {
    let pusher = pusher(&Vapid::fresh().unwrap(), &["http://127.0.0.1:7000"]);
    for service in [
        "https://fcm.googleapis.com/fcm/send/abc:def",
        "https://updates.push.services.mozilla.com/wpush/v2/abc",
        "https://web.push.apple.com/abc",
        "https://wns2-by3p.notify.windows.com/w/?token=abc",
        "http://127.0.0.1:7000/p",
    ] {
        assert!(pusher.takes(service), "{service}");
    }
    for other in [
        "",
        "/p",
        "http://fcm.googleapis.com/fcm/send/abc",
        "https://fcm.googleapis.com:8443/fcm",
        "https://fcm.googleapis.com@10.0.0.1/fcm",
        "https://fcm.googleapis.com.example/fcm",
        "https://xfcm.googleapis.com/fcm",
        "https://push.apple.com.example/",
        "https://10.0.0.1/?.push.apple.com",
        "https://localhost/",
        "http://127.0.0.1:7001/p",
        "http://127.0.0.1/p",
        "file:///etc/passwd",
    ] {
        assert!(!pusher.takes(other), "{other}");
    }
    assert!(!pusher.takes(&format!("https://web.push.apple.com/{}", "x".repeat(1_000))));
}

#[test]
fn a_kept_key_is_the_same_key_and_a_damaged_one_none() {
    let kept = Vapid::fresh().unwrap();
    let open = |bytes: &[u8]| Vapid::open(bytes, "https://clinic.example");
    assert_eq!(open(&kept).unwrap().key(), open(&kept).unwrap().key());
    assert_ne!(open(&kept).unwrap().key(), open(&Vapid::fresh().unwrap()).unwrap().key());
    assert!(open(&kept[1..]).is_err());
    assert!(!format!("{:?}", open(&kept).unwrap()).contains(&URL_SAFE_NO_PAD.encode(&kept[36..68])));
}
