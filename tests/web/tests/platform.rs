//! The browser's APIs say what the functions over them promise.
#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "a failed test panics")]

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use interlude::platform::lock::{self, Mode};
use interlude::platform::{channel, clock, history, ids, intl, online, persist, prefs, timeout, zone};
use interlude_diary::calendar::{LocalDay, Moment};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
async fn an_exclusive_lock_waits_for_all_that_share() {
    let name = interlude_web::fresh("lock");
    let first = lock::wait(&name, Mode::Shared).await;
    let second = lock::try_take(&name, Mode::Shared).await;
    assert!(second.is_some(), "sharing is free");
    assert!(lock::try_take(&name, Mode::Exclusive).await.is_none(), "two share it");
    drop(first);
    assert!(lock::try_take(&name, Mode::Exclusive).await.is_none(), "one still shares it");
    drop(second);
    let alone = lock::wait(&name, Mode::Exclusive).await;
    assert!(lock::try_take(&name, Mode::Shared).await.is_none(), "held alone");
    drop(alone);
    // The browser hears of it a moment later, so this one waits its turn.
    drop(lock::wait(&name, Mode::Shared).await);
}

#[wasm_bindgen_test]
fn ids_are_of_their_version_and_never_the_same() {
    let entries: BTreeSet<_> = (0..500).map(|_| ids::entry_id()).collect();
    assert_eq!(entries.len(), 500);
    assert!(entries.iter().all(|id| id.uuid().get_version_num() == 7));
    assert_eq!(ids::device_id().uuid().get_version_num(), 4);
    assert!((0..500).map(|_| ids::chance()).all(|chance| (0.0..1.0).contains(&chance)));
}

#[wasm_bindgen_test]
fn the_clock_names_its_zone_and_agrees_with_itself() {
    let now = clock::now();
    assert!(!now.zone.is_empty());
    assert!((clock::unix_ms() - now.moment.unix_ms()).abs() < 60_000);
    let (day, minute) = (LocalDay::from_ymd(2026, 3, 12).unwrap(), 7 * 60 + 42);
    let at = zone::at(day, minute);
    assert_eq!((at.local_day(), at.local_minute()), (day, i64::from(minute)));
}

#[wasm_bindgen_test]
fn dates_and_numbers_are_in_the_readers_language() {
    let day = LocalDay::from_ymd(2026, 3, 12).unwrap();
    assert_eq!(intl::weekday(day, "en"), "Thursday");
    assert_eq!(intl::weekday(day, "es"), "jueves");
    for (language, word) in [("en", "March"), ("es", "marzo")] {
        let text = intl::date_long(day, language);
        assert!(text.contains(word) && text.contains("12") && text.contains("2026"), "{text}");
    }
    // What the wall showed there, whatever zone this browser is in.
    let moment: Moment = "2026-03-12T07:42:05+05:45".parse().unwrap();
    assert_eq!(intl::time(moment, "es"), "07:42");
    assert_eq!(intl::number(6.5, 1, "en"), "6.5");
    assert_eq!(intl::number(6.5, 1, "es"), "6,5");
}

#[wasm_bindgen_test]
fn preferences_are_kept_and_forgotten() {
    assert!(prefs::set(prefs::Pref::Theme, Some("dark")));
    assert_eq!(prefs::get(prefs::Pref::Theme).as_deref(), Some("dark"));
    assert!(prefs::set(prefs::Pref::Theme, None));
    assert_eq!(prefs::get(prefs::Pref::Theme), None);
    assert!(!prefs::languages().is_empty());
}

#[wasm_bindgen_test]
fn a_code_leaves_the_address_when_it_is_taken() {
    let path = history::path();
    history::replace(&format!("{path}#pair=ABCD-EFGH"));
    assert_eq!(history::take_fragment().as_deref(), Some("pair=ABCD-EFGH"));
    assert_eq!(history::take_fragment(), None);
    assert_eq!(history::path(), path);
}

#[wasm_bindgen_test]
async fn other_tabs_hear_a_word() {
    let name = interlude_web::fresh("channel");
    let heard = Rc::new(RefCell::new(Vec::new()));
    let (there, own) = (Rc::clone(&heard), Rc::clone(&heard));
    let listening = channel::Channel::open(&name, move |word| there.borrow_mut().push(word)).unwrap();
    let speaking =
        channel::Channel::open(&name, move |word| own.borrow_mut().push(format!("own {word}"))).unwrap();
    assert!(speaking.say("changed"));
    while heard.borrow().is_empty() {
        timeout::wait(1).await;
    }
    assert_eq!(*heard.borrow(), ["changed"]);
    drop((listening, speaking));
}

#[wasm_bindgen_test]
async fn what_a_browser_lacks_is_said_and_nothing_breaks() {
    // WebKitGTK has no storage manager; Chromium has. Both answer.
    let state = persist::state().await;
    assert_eq!(persist::estimate().await.is_some(), state != persist::Persistence::Unknown);
    assert!(online::now());
}
