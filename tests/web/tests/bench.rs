//! What the store costs: figures to read, printed by
//!
//!     cargo test -p interlude-web --target wasm32-unknown-unknown --features bench --test bench -- \
//!         --nocapture
//!
//! Budgets are kept by `cargo xtask bench`, on the built app. These say where its time goes.
#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a failed test panics")]

use interlude::journal::IdbJournal;
use interlude::platform::ids;
use interlude_diary::calendar::LocalDay;
use interlude_diary::journal::{Journal, Mark, MetaKey, Send};
use interlude_diary::questionnaire::{Given, Slot, Value};
use interlude_testkit::{Chance, make};
use interlude_web::{fresh, now, open};
use wasm_bindgen_test::{console_log, wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Ten years of four entries a day.
const TEN_YEARS: i32 = 14_600;

fn day(n: i32) -> LocalDay {
    LocalDay::from_number(16_000 + n)
}

fn told(what: &str, mut times: Vec<f64>) {
    times.sort_by(f64::total_cmp);
    let at = |share: usize| times[(times.len() - 1) * share / 100];
    console_log!("FIGURE {what}: median {:.1} ms, p95 {:.1} ms, worst {:.1} ms", at(50), at(95), at(100));
}

#[wasm_bindgen_test]
async fn a_tap_and_a_day() {
    let journal = open(&fresh("taps")).await;
    let mut chance = Chance::new(1);
    let (mut taps, mut days) = (Vec::new(), Vec::new());
    for n in 0..60 {
        let mut draft = make::draft(&mut chance, day(n));
        for link in make::SCALES {
            draft.answers.set(Slot::top(link), Given::Values(vec![Value::Integer(5)]));
            let from = now();
            draft.version = journal.save_draft(&draft).await.unwrap();
            taps.push(now() - from);
        }
        let entry = make::daily(&mut chance, day(n));
        let from = now();
        journal.record(&entry, Send::Held, Some(&draft.key)).await.unwrap();
        days.push(now() - from);
    }
    told("draft sealed and on disk", taps);
    told("entry recorded and read back", days);
}

async fn ten_years() -> String {
    let name = fresh("ten-years");
    let journal = open(&name).await;
    let mut chance = Chance::new(2);
    let from = now();
    for block in 0..TEN_YEARS / 200 {
        let mut marks = Vec::new();
        for n in block * 200..(block + 1) * 200 {
            let entry = make::daily(&mut chance, day(n / 4));
            let receipt = make::receipt(&entry, u32::try_from(n).unwrap());
            marks.push(Mark::Pulled { entry: Box::new(entry), text: String::new(), receipt });
        }
        journal.settle(&marks, None).await.unwrap();
    }
    console_log!("FIGURE ten years pulled in blocks of 200: {:.0} ms", now() - from);
    name
}

/// What the first screen reads.
async fn start(name: &str, today: LocalDay) -> IdbJournal {
    let journal = open(name).await;
    for key in [MetaKey::Device, MetaKey::Settings, MetaKey::Pairing] {
        journal.meta(key).await.unwrap();
    }
    journal.drafts().await.unwrap();
    journal.tally().await.unwrap();
    journal.days(today.plus(-14), today).await.unwrap();
    journal
}

#[wasm_bindgen_test]
async fn starting_with_ten_years_and_with_nothing() {
    let today = day(TEN_YEARS / 4 - 1);
    let (old, new) = (ten_years().await, fresh("nothing"));
    let mut chance = Chance::new(3);
    for (what, name) in [("nothing", &new), ("ten years", &old)] {
        let mut times = Vec::new();
        for _ in 0..30 {
            let from = now();
            let journal = start(name, today).await;
            times.push(now() - from);
            drop(journal);
        }
        told(&format!("open and read today with {what}"), times);
        let journal = open(name).await;
        let mut times = Vec::new();
        for _ in 0..30 {
            let entry = make::daily(&mut chance, today);
            let from = now();
            journal.record(&entry, Send::Now, None).await.unwrap();
            times.push(now() - from);
        }
        told(&format!("record with {what}"), times);
        let mut times = Vec::new();
        for _ in 0..10 {
            let from = now();
            assert_eq!(journal.pending(0, 64).await.unwrap().len(), 30);
            times.push(now() - from);
        }
        told(&format!("30 pending with {what}"), times);
    }
}

#[wasm_bindgen_test]
async fn a_year_made_here_and_settled() {
    let journal = open(&fresh("year")).await;
    let mut chance = Chance::new(4);
    // As a phone makes them: ids in order of time.
    let entries: Vec<_> = (0..365)
        .map(|n| {
            let mut entry = make::daily(&mut chance, day(n));
            (entry.id, entry.revision) = (ids::entry_id(), ids::revision_id());
            entry
        })
        .collect();
    for entry in &entries {
        journal.record(entry, Send::Now, None).await.unwrap();
    }
    let (mut reads, mut settles) = (Vec::new(), Vec::new());
    loop {
        let from = now();
        let pending = journal.pending(0, 64).await.unwrap();
        reads.push(now() - from);
        if pending.is_empty() {
            break;
        }
        let marks: Vec<Mark> =
            pending.iter().map(|out| Mark::Settled(make::receipt(&out.entry, 1))).collect();
        let from = now();
        journal.settle(&marks, Some("{}")).await.unwrap();
        settles.push(now() - from);
    }
    let all: f64 = reads.iter().chain(&settles).sum();
    console_log!("FIGURE a year's outbox read and settled: {all:.0} ms");
    told("64 pending", reads);
    told("64 settled", settles);
}
