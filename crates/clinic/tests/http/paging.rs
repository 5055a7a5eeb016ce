//! Pages of a search while phones go on writing: all of one moment, that of the first.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use interlude_diary::entry::{Body as EntryBody, Entry};
use interlude_fhir::wire::write_entry;

use crate::filled::{Filled, everywhere};
use crate::support::{Answer, Clinic, check_in, corrected};

/// Id and version of everything on a page.
fn rows(page: &Answer) -> Vec<(String, String)> {
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    let json = page.json();
    let entries = json["entry"].as_array().cloned().unwrap_or_default();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    entries
        .iter()
        .map(|entry| (text(&entry["resource"]["id"]), text(&entry["resource"]["meta"]["versionId"])))
        .collect()
}

fn next(page: &Answer) -> Option<String> {
    let json = page.json();
    let links = json["link"].as_array().unwrap();
    let next = links.iter().find(|link| link["relation"] == "next")?;
    Some(next["url"].as_str().unwrap().strip_prefix("http://localhost").unwrap().to_owned())
}

/// A diary that is written to: new answers before and after the others, corrections of all.
struct Busy {
    filled: Filled,
    current: BTreeMap<u32, Entry>,
    writes: u32,
}

impl Busy {
    async fn of(filled: Filled) -> Self {
        let mut busy = Self { filled, current: BTreeMap::new(), writes: 0 };
        for n in [13, 11, 17, 12, 16, 14, 15] {
            busy.write(n, check_in(n, 4)).await;
        }
        busy.correct(14).await;
        busy
    }

    fn clinic(&self) -> &Clinic {
        &self.filled.clinic
    }

    async fn write(&mut self, n: u32, entry: Entry) {
        let text = write_entry(&entry, self.clinic().patient.as_str());
        let answer = self.clinic().put(&entry, &text, &[]).await;
        assert!(answer.status.is_success(), "{}", answer.text);
        self.current.insert(n, entry);
        self.writes += 1;
        // Not every write has a time of its own.
        if self.writes.is_multiple_of(3) {
            self.clinic().clock.pass(1000);
        }
    }

    async fn correct(&mut self, n: u32) {
        let mut next = corrected(&self.current[&n], i32::try_from(self.writes % 10).unwrap());
        if self.writes.is_multiple_of(4)
            && let EntryBody::Response(response) = next.body.clone()
        {
            next.body = EntryBody::Retracted(response);
        } else if let EntryBody::Retracted(response) = next.body.clone() {
            next.body = EntryBody::Response(response);
        }
        // Also what it is about may move.
        next.authored = check_in(n + self.writes % 3, 4).authored;
        self.write(n, next).await;
    }

    /// What other phones do between two pages.
    async fn meddle(&mut self, page: u32) {
        let new = 100 + self.writes;
        self.write(new, check_in(new, 3)).await;
        let mut early = check_in(new + 500, 3);
        early.authored = check_in(page, 3).authored;
        self.write(new + 500, early).await;
        for n in 11..=17 {
            if (n + page).is_multiple_of(2) {
                self.correct(n).await;
            }
        }
    }

    /// Follows the links to the end, with others writing in between.
    async fn pages(&mut self, first: String) -> Vec<(String, String)> {
        let (mut seen, mut path, mut page) = (Vec::new(), first, 0);
        loop {
            let answer = self.clinic().get(&path).await;
            seen.extend(rows(&answer));
            let Some(more) = next(&answer) else { return seen };
            path = more;
            page += 1;
            assert!(page < 100, "what is written meanwhile makes more pages for ever");
            self.meddle(page).await;
        }
    }
}

#[tokio::test]
async fn nothing_is_skipped_or_met_twice_while_others_write() {
    for (resource, order, count) in [
        ("QuestionnaireResponse", "_lastUpdated", 3),
        ("QuestionnaireResponse", "-_lastUpdated", 2),
        ("QuestionnaireResponse", "authored", 2),
        ("QuestionnaireResponse", "-authored", 3),
        ("Observation", "_lastUpdated", 3),
        ("Observation", "-_lastUpdated", 4),
        ("Observation", "date", 4),
        ("Observation", "-date", 3),
    ] {
        for filled in everywhere().await {
            let mut busy = Busy::of(filled).await;
            let search = format!("/fhir/{resource}?_sort={order}");
            let start = rows(&busy.clinic().get(&format!("{search}&_count=1000")).await);
            let seen = busy.pages(format!("{search}&_count={count}")).await;
            let ids = |rows: &[(String, String)]| rows.iter().map(|(id, _)| id.clone()).collect::<Vec<_>>();
            assert_eq!(ids(&seen), ids(&start), "{search}");
            // Scores say what they say now; all else is as it was.
            assert!(resource == "Observation" || seen == start, "{search}");
        }
    }
}

#[tokio::test]
async fn a_lean_list_and_a_filtered_one_are_of_one_moment_too() {
    for filled in everywhere().await {
        let mut busy = Busy::of(filled).await;
        let since = "_lastUpdated=ge2026-03-12";
        for search in [
            format!("/fhir/QuestionnaireResponse?_elements=id,meta&_sort=_lastUpdated&{since}"),
            "/fhir/QuestionnaireResponse?authored=ge2026-01-13&_sort=-_lastUpdated".to_owned(),
        ] {
            let start = rows(&busy.clinic().get(&format!("{search}&_count=1000")).await);
            assert!(start.len() > 4, "{search}");
            assert_eq!(busy.pages(format!("{search}&_count=2")).await, start, "{search}");
        }
    }
}

/// What was written while the pages were read is found by the next search.
#[tokio::test]
async fn what_came_meanwhile_comes_with_the_next_search() {
    for filled in everywhere().await {
        let mut busy = Busy::of(filled).await;
        let search = "/fhir/QuestionnaireResponse?_sort=_lastUpdated&_count=1000";
        busy.pages("/fhir/QuestionnaireResponse?_count=4".to_owned()).await;
        let now = rows(&busy.clinic().get(search).await);
        let ids: Vec<&String> = now.iter().map(|(id, _)| id).collect();
        assert!(busy.current.values().all(|entry| ids.contains(&&entry.id.to_string())));
        let newest = busy.clinic().app.store.changes(&busy.clinic().patient).await.unwrap();
        assert!(now.last().unwrap().1.ends_with(&format!("-{newest}")));
    }
}

/// The same with writes at any moment, also within a search.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_skipped_or_met_twice_under_real_concurrency() {
    for filled in everywhere().await {
        let busy = Busy::of(filled).await;
        let start = rows(&busy.clinic().get("/fhir/QuestionnaireResponse?_count=1000").await);
        let stop = std::sync::atomic::AtomicBool::new(false);
        let stopped = || stop.load(std::sync::atomic::Ordering::SeqCst);
        let write = async {
            let mut entries = busy.current.clone();
            while !stopped() {
                for (n, entry) in &mut entries {
                    *entry = corrected(entry, i32::try_from(n % 10).unwrap());
                    let text = write_entry(entry, busy.clinic().patient.as_str());
                    assert!(busy.clinic().put(entry, &text, &[]).await.status.is_success());
                    // The store in memory waits for nothing, so that nobody else would have a turn.
                    tokio::task::yield_now().await;
                }
            }
        };
        let read = async {
            for order in ["_lastUpdated", "-_lastUpdated", "authored", "-authored"] {
                let (mut seen, mut path) =
                    (Vec::new(), format!("/fhir/QuestionnaireResponse?_sort={order}&_count=2"));
                loop {
                    let page = busy.clinic().get(&path).await;
                    seen.extend(rows(&page).into_iter().map(|(id, _)| id));
                    let Some(more) = next(&page) else { break };
                    path = more;
                    assert!(seen.len() < 1000, "what is written meanwhile makes more pages for ever");
                    tokio::task::yield_now().await;
                }
                let mut expected: Vec<String> = start.iter().map(|(id, _)| id.clone()).collect();
                seen.sort();
                expected.sort();
                assert_eq!(seen, expected, "{order}");
            }
            stop.store(true, std::sync::atomic::Ordering::SeqCst);
        };
        tokio::join!(write, read);
    }
}
