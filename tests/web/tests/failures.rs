//! Storage that fails at any operation: mended within three reopenings, or told, and never half done.
#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "a failed test panics")]

use interlude::journal::IdbJournal;
use interlude_diary::calendar::LocalDay;
use interlude_diary::entry::Entry;
use interlude_diary::journal::{Journal, JournalError, Mark, MetaKey, Send};
use interlude_diary::occasion::Draft;
use interlude_testkit::{Chance, make};
use interlude_web::views::views;
use interlude_web::{fresh, open};
use serde_json::Value;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Ways in which a connection dies. Opened again, the next one is well.
const DEATHS: [&str; 5] = ["lost", "closing", "backing", "abort", "hang"];

/// No verb asks as much of the browser: a count that goes on for ever is a fault of these tests.
const MOST: u32 = 80;

/// What a person or the sync does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verb {
    Record,
    SaveDraft,
    Undo,
    Release,
    Settle,
    SetMeta,
    DropDraft,
    Erase,
}

/// What was there before the verb, and what it is about.
struct Scene {
    waiting: Entry,
    held: Entry,
    pulled: Entry,
    new: Entry,
    draft: Draft,
    finished: Draft,
}

impl Scene {
    fn new() -> Self {
        let (mut chance, day) = (Chance::new(7), |n| LocalDay::from_number(20_000 + n));
        Self {
            waiting: make::daily(&mut chance, day(0)),
            held: make::daily(&mut chance, day(1)),
            pulled: make::daily(&mut chance, day(2)),
            new: make::daily(&mut chance, day(3)),
            draft: make::draft(&mut chance, day(3)),
            finished: make::draft(&mut chance, day(1)),
        }
    }

    /// The journal as the verb finds it, with its connection open.
    async fn set(&self, name: &str) -> IdbJournal {
        let journal = open(name).await;
        journal.record(&self.waiting, Send::Now, None).await.unwrap();
        journal.record(&self.held, Send::Held, None).await.unwrap();
        journal.save_draft(&self.draft).await.unwrap();
        journal
    }

    async fn act(&self, verb: Verb, journal: &IdbJournal) -> Result<(), JournalError> {
        let saved = Draft { version: 1, ..self.draft.clone() };
        match verb {
            Verb::Record => journal.record(&self.new, Send::Now, Some(&self.draft.key)).await.map(drop),
            Verb::SaveDraft => journal.save_draft(&saved).await.map(drop),
            Verb::Undo => journal.undo(self.held.revision, &self.finished).await,
            Verb::Release => journal.release().await.map(drop),
            Verb::Settle => {
                let pulled = Mark::Pulled {
                    entry: Box::new(self.pulled.clone()),
                    text: "{}".to_owned(),
                    receipt: make::receipt(&self.pulled, 2),
                };
                let marks = [Mark::Settled(make::receipt(&self.waiting, 1)), pulled];
                journal.settle(&marks, Some("interlude-sync 1\n")).await
            }
            Verb::SetMeta => journal.set_meta(MetaKey::Settings, "{}").await,
            Verb::DropDraft => journal.drop_draft(&self.draft.key).await,
            Verb::Erase => journal.erase().await,
        }
    }
}

/// What the journal tells before and after a verb that nothing disturbs.
async fn undisturbed(scene: &Scene, verb: Verb) -> (Value, Value) {
    let journal = scene.set(&fresh("calm")).await;
    let before = views(&journal).await;
    scene.act(verb, &journal).await.unwrap();
    (before, views(&journal).await)
}

/// The outcome of a verb of which the `nth` operation fails, and what the journal tells after it is
/// mended; nothing when it has no such operation.
async fn disturbed(
    scene: &Scene,
    (verb, kind): (Verb, &str),
    nth: u32,
    times: u32,
) -> Option<(Result<(), JournalError>, IdbJournal)> {
    let journal = scene.set(&fresh("disturbed")).await;
    if kind == "hang" {
        interlude_web::hurry();
    }
    interlude_web::inject(kind, nth, times);
    let outcome = scene.act(verb, &journal).await;
    let hit = interlude_web::hit() > 0;
    interlude_web::heal();
    hit.then_some((outcome, journal))
}

async fn mended_when_it_fails_once(verb: Verb) {
    let scene = Scene::new();
    let (_, after) = undisturbed(&scene, verb).await;
    for kind in DEATHS {
        for nth in 1..MOST {
            let Some((outcome, journal)) = disturbed(&scene, (verb, kind), nth, 1).await else { break };
            assert_eq!(outcome, Ok(()), "{verb:?} {kind} at {nth}");
            assert_eq!(views(&journal).await, after, "{verb:?} {kind} at {nth}");
            assert!(nth + 1 < MOST);
        }
    }
}

async fn told_when_it_goes_on_failing(verb: Verb) {
    let scene = Scene::new();
    let (before, after) = undisturbed(&scene, verb).await;
    for (kind, error) in
        [("lost", JournalError::Lost), ("closing", JournalError::Lost), ("quota", JournalError::Full)]
    {
        for nth in 1..MOST {
            let Some((outcome, journal)) = disturbed(&scene, (verb, kind), nth, u32::MAX).await else {
                break;
            };
            let told = views(&journal).await;
            let at = format!("{verb:?} {kind} from {nth} on: {outcome:?}");
            // What is not part of the verb (the trace) may fail without a word.
            assert!(outcome == Ok(()) || outcome == Err(error.clone()), "{at}");
            assert!(told == after || (outcome.is_err() && told == before), "{at}");
            scene.act(verb, &journal).await.unwrap();
            assert_eq!(views(&journal).await, after, "{at}, and then again");
            assert!(nth + 1 < MOST);
        }
    }
}

macro_rules! for_each_write {
    ($($name:ident $verb:ident),* $(,)?) => {$(
        mod $name {
            use super::*;

            #[wasm_bindgen_test]
            async fn is_mended_when_it_fails_once() {
                mended_when_it_fails_once(Verb::$verb).await;
            }

            #[wasm_bindgen_test]
            async fn is_told_and_not_half_done_when_it_goes_on_failing() {
                told_when_it_goes_on_failing(Verb::$verb).await;
            }
        }
    )*};
}

for_each_write! {
    recording Record, saving_a_draft SaveDraft, undoing Undo, releasing Release, settling Settle,
    setting_a_value SetMeta, dropping_a_draft DropDraft, erasing Erase,
}

/// Three deaths in a row are mended, whatever dies; a fourth is told.
#[wasm_bindgen_test]
async fn three_reopenings_are_enough_or_it_is_told() {
    let scene = Scene::new();
    for (times, expected) in [(3, Ok(())), (4, Err(JournalError::Lost))] {
        for kind in ["lost", "closing", "abort"] {
            let journal = scene.set(&fresh("three")).await;
            interlude_web::inject(kind, 1, times);
            let outcome = scene.act(Verb::SetMeta, &journal).await;
            interlude_web::heal();
            assert_eq!(outcome, expected, "{kind} {times}");
        }
        let name = fresh("three");
        interlude_web::inject("backing", 1, times);
        let outcome = IdbJournal::open(&name).await.map(drop);
        interlude_web::heal();
        assert_eq!(outcome, expected, "backing {times}");
    }
}

/// A store that another tab keeps from being opened, or that never answers, is told in time. What it
/// answers in the end is hung up on: a connection nobody knows would block every upgrade.
#[wasm_bindgen_test]
async fn a_store_that_never_opens_is_told_and_a_late_answer_blocks_nobody() {
    let name = fresh("hanging");
    interlude_web::hurry();
    interlude_web::inject("hang", 1, u32::MAX);
    assert_eq!(IdbJournal::open(&name).await.err(), Some(JournalError::Lost));
    interlude_web::heal();
    assert!(interlude_web::deletes(&name).await.is_truthy(), "somebody still holds it open");
    open(&name).await;
}

/// Reading heals as writing does.
#[wasm_bindgen_test]
async fn reading_is_mended_when_it_fails_once() {
    let scene = Scene::new();
    let journal = scene.set(&fresh("reading")).await;
    let calm = views(&journal).await;
    for kind in DEATHS {
        for nth in 1..MOST {
            if kind == "hang" {
                interlude_web::hurry();
            }
            interlude_web::inject(kind, nth, 1);
            let told = views(&journal).await;
            let hit = interlude_web::hit() > 0;
            interlude_web::heal();
            assert_eq!(told, calm, "{kind} at {nth}");
            if !hit {
                break;
            }
        }
    }
}
