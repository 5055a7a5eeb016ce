//! The built app as a browser meets it.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use interlude_clinic::Config;
use interlude_clinic::store::MemoryStore;

use crate::support::Clinic;

struct Folder(std::path::PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

async fn site(tls: bool) -> (Clinic, Folder) {
    let random = interlude_clinic::chance::uuid(&interlude_clinic::OsChance).unwrap();
    let folder = Folder(std::env::temp_dir().join(format!("interlude-site-{random}")));
    let form = "{\"resourceType\":\"Questionnaire\",\"id\":\"peg\",\"url\":\"https://x.example/peg\",\"status\":\"active\"}";
    for (name, text) in [
        ("index.html", "<script type=\"module\">let a = 1;</script>"),
        ("sw.js", "self"),
        ("interlude-0123456789abcdef.js", "plain"),
        ("interlude-0123456789abcdef.js.br", "packed"),
        ("questionnaires/peg.json", form),
    ] {
        let path = folder.0.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let config = Config {
        site: Some(folder.0.clone()),
        tls,
        fhir_base: Some("https://ehr.example/fhir".to_owned()),
        ..Config::default()
    };
    (Clinic::with(MemoryStore::new("EP0CH000"), config).await, folder)
}

#[tokio::test]
async fn the_page_is_for_the_apps_addresses_alone() {
    let (clinic, _folder) = site(false).await;
    for path in [
        "/",
        "/diary",
        "/erase",
        "/fill/daily-checkin/for/0/daily/20524/day",
        "/help",
        "/index.html",
        "/move",
        "/own",
        "/settings",
        "/sync",
        "/trends",
        "/trends/doctor",
        "/welcome",
    ] {
        let page = clinic.send("GET", path, &[], "").await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
        assert_eq!(page.header("cache-control"), "no-cache");
    }
    for path in
        ["/missing-0123456789abcdef.js", "/diary/x.css", "/wp-login", "/../Cargo.toml", "/questionnaires"]
    {
        assert_eq!(clinic.send("GET", path, &[], "").await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let page = clinic.send("GET", "/pair", &[("accept", "text/html,*/*")], "").await;
    assert!(page.text.contains("<script"));
}

/// What the app's router reads, so that a page that is added there is not forgotten here.
#[tokio::test]
async fn every_address_that_the_app_reads_has_the_page() {
    let (clinic, _folder) = site(false).await;
    let router = include_str!("../../../../src/state/route.rs");
    let (_, parse) = router.split_once("pub fn parse(").unwrap();
    let (parse, _) = parse.split_once("\n    }\n").unwrap();
    let first = |line: &str| Some(line.trim().strip_prefix("[\"")?.split_once('"')?.0.to_owned());
    let all: BTreeSet<String> = parse.lines().filter_map(first).collect();
    assert!(all.len() >= 11, "{all:?}");
    for segment in all {
        let page = clinic.send("GET", &format!("/{segment}"), &[], "").await;
        assert_eq!(page.status, StatusCode::OK, "{segment}");
    }
}

#[tokio::test]
async fn the_policy_lets_the_apps_own_script_run_and_no_other() {
    let (clinic, _folder) = site(true).await;
    let page = clinic.send("GET", "/", &[], "").await;
    let policy = page.header("content-security-policy");
    let script = "script-src 'self' 'wasm-unsafe-eval' 'sha256-xY6QKfH9PRsQnLz56nj6MBwiK5oHg+im1Jkpdp1x/Ck='";
    assert!(policy.starts_with(&format!("default-src 'self'; {script}; ")), "{policy}");
    assert!(policy.contains("; connect-src 'self' https://ehr.example;"), "{policy}");
    assert!(!policy.contains("unsafe-inline"));
    assert_eq!(page.header("strict-transport-security"), "max-age=31536000");
}

#[tokio::test]
async fn files_are_kept_as_long_as_their_names_allow() {
    let (clinic, _folder) = site(false).await;
    let plain = clinic.send("GET", "/interlude-0123456789abcdef.js", &[], "").await;
    assert_eq!(plain.text, "plain");
    assert_eq!(plain.header("cache-control"), "public, max-age=31536000, immutable");
    let packed =
        clinic.send("GET", "/interlude-0123456789abcdef.js", &[("accept-encoding", "gzip, br")], "").await;
    assert_eq!((packed.text.as_str(), packed.header("content-encoding")), ("packed", "br"));
    assert_eq!(clinic.send("GET", "/sw.js", &[], "").await.header("cache-control"), "no-cache");
}

#[tokio::test]
async fn shipped_forms_are_served_as_questionnaires() {
    let (clinic, _folder) = site(false).await;
    assert_eq!(clinic.get("/fhir/Questionnaire/peg").await.json()["status"], "active");
    let found = clinic.get("/fhir/Questionnaire?url=https://x.example/peg").await.json();
    assert_eq!(found["entry"][0]["resource"]["id"], "peg");
    assert!(
        clinic.get("/fhir/Questionnaire?url=https://x.example/other").await.json().get("entry").is_none()
    );
}
