//! A diary read into a file's contents and brought into another, over the journal in memory.

use interlude_diary::calendar::LocalDay;
use interlude_diary::csv;
use interlude_diary::entry::{Body, Entry, Share};
use interlude_diary::journal::{Filed, Journal, Light, Mark, MetaKey, Send};
use interlude_diary::occasion::DraftKey;
use interlude_diary::own::{Answer, Own, Part};
use interlude_diary::questionnaire::{Given, Response, ResponseItem, Value};
use interlude_diary::sync::Memory;
use interlude_fhir::backup::Contents;
use interlude_fhir::digest::digest;
use interlude_testkit::{Chance, MemoryJournal, block_on, make};

use super::all;
use super::backup::contents;
use super::bring::{Joined, join};
use super::export::bundle;

fn day(n: i32) -> LocalDay {
    LocalDay::from_number(20_000 + n)
}

fn receipt(entry: &Entry, n: u32) -> interlude_diary::entry::Receipt {
    interlude_diary::entry::Receipt { digest: Some(digest(entry)), ..make::receipt(entry, n) }
}

/// A diary with a sent entry, a correction of it, one that waits, one that stays and a draft.
async fn diary() -> (MemoryJournal, Vec<Entry>) {
    let journal = MemoryJournal::default();
    let mut chance = Chance::new(3);
    let first = make::daily(&mut chance, day(0));
    let second = make::correction(&mut chance, &first);
    let (waits, stays) = (make::daily(&mut chance, day(1)), make::daily(&mut chance, day(2)));
    for (entry, send) in
        [(&first, Send::Now), (&second, Send::Now), (&waits, Send::Now), (&stays, Send::Never)]
    {
        journal.record(entry, send, None).await.unwrap();
    }
    journal.settle(&[Mark::Settled(receipt(&first, 1))], None).await.unwrap();
    journal.save_draft(&make::draft(&mut chance, day(3))).await.unwrap();
    journal.set_meta(MetaKey::Settings, "{\"country\":\"ES\"}").await.unwrap();
    journal.set_meta(MetaKey::Pairing, "{\"token\":\"secret\"}").await.unwrap();
    (journal, vec![first, second, waits, stays])
}

async fn in_a_file(journal: &MemoryJournal) -> Contents {
    let plain = contents(journal, make::evening(day(9))).await.unwrap().write().unwrap();
    let text = String::from_utf8(plain).unwrap();
    assert!(!text.contains("secret"), "no token is in a file");
    Contents::read(text.as_bytes()).unwrap()
}

async fn seen(journal: &MemoryJournal) -> Vec<(Entry, Light)> {
    journal.page(None, 99).await.unwrap().into_iter().map(|one| (one.entry, one.light)).collect()
}

#[test]
fn a_diary_comes_whole_to_a_new_phone_and_twice_is_once() {
    block_on(async {
        let (old, entries) = diary().await;
        let (file, new) = (in_a_file(&old).await, MemoryJournal::default());
        let joined = join(&new, &file).await.unwrap();
        assert_eq!(joined, Joined { new: 3, more: 0, all: 3 });
        assert_eq!(seen(&new).await, seen(&old).await);
        assert_eq!(new.days(day(0), day(9)).await.unwrap(), old.days(day(0), day(9)).await.unwrap());
        assert_eq!(new.drafts().await.unwrap(), old.drafts().await.unwrap());
        assert_eq!(new.meta(MetaKey::Settings).await.unwrap(), old.meta(MetaKey::Settings).await.unwrap());
        assert_eq!(new.meta(MetaKey::Pairing).await.unwrap(), None);
        let memory = Memory::from_text(&new.meta(MetaKey::Sync).await.unwrap().unwrap());
        assert!(memory.owed, "a receipt out of a file is compared at the next sync");
        let waiting: Vec<_> = new.outbox().await.unwrap().into_iter().map(|row| row.entry.revision).collect();
        assert_eq!(waiting, [entries[1].revision, entries[2].revision]);

        let before = (seen(&new).await, new.tally().await.unwrap());
        assert_eq!(join(&new, &file).await.unwrap(), Joined { new: 0, more: 0, all: 3 });
        assert_eq!((seen(&new).await, new.tally().await.unwrap()), before);
    });
}

#[test]
fn the_persons_own_questions_and_words_for_the_doctor_come_too_and_nothing_is_shared_by_a_file() {
    block_on(async {
        let (old, _entries) = diary().await;
        let mut own = Own::default();
        own.add("a".to_owned(), Answer::Taken, "Paracetamol 1 g").unwrap();
        own.share(&[Share::Trackers], "https://a/fhir", "1");
        let sheet = "{\"notes\":\"the last week was hard\"}";
        old.set_meta(MetaKey::Own, &serde_json::to_string(&own).unwrap()).await.unwrap();
        old.set_meta(MetaKey::Sheet, sheet).await.unwrap();
        let file = in_a_file(&old).await;
        let new = MemoryJournal::default();
        join(&new, &file).await.unwrap();
        let brought = new.meta(MetaKey::Own).await.unwrap().unwrap();
        let brought: Own = serde_json::from_str(&brought).unwrap();
        assert_eq!(brought.lines, own.lines);
        assert!(
            !brought.shares(Share::Trackers, "https://a/fhir", "1"),
            "what may leave a phone is said on it"
        );
        assert_eq!(new.meta(MetaKey::Sheet).await.unwrap().unwrap(), sheet);

        let here = MemoryJournal::default();
        here.set_meta(MetaKey::Sheet, "{}").await.unwrap();
        join(&here, &file).await.unwrap();
        assert_eq!(here.meta(MetaKey::Sheet).await.unwrap().unwrap(), "{}", "what is here stays");
    });
}

#[test]
fn what_others_can_read_holds_the_persons_own_answers_and_notes() {
    block_on(async {
        let (journal, _entries) = diary().await;
        let mut chance = Chance::new(4);
        let mut own = |part: Part, link: &str, words: &str, value: Value| {
            let given = Some(Given::Values(vec![value]));
            let item = ResponseItem {
                link: link.to_owned(),
                text: Some(words.to_owned()),
                given,
                items: Vec::new(),
            };
            let questionnaire = part.canonical().to_owned();
            let body = Body::Response(Response { questionnaire, items: vec![item] });
            Entry { occasion: None, body, ..make::daily(&mut chance, day(4)) }
        };
        let pill = own(Part::Lines, "a", "Paracetamol 1 g: taken?", Value::Boolean(true));
        let note = own(
            Part::Note,
            "note",
            "What do you want to write down?",
            Value::Text("a \"quiet\" day".to_owned()),
        );
        for entry in [&pill, &note] {
            // Shared with nobody: the person's file has it all the same.
            journal.record(entry, Send::Never, None).await.unwrap();
        }
        let text = bundle(&journal, None).await.unwrap();
        let found: serde_json::Value = serde_json::from_str(&text).unwrap();
        let of = |entry: &Entry| {
            let is = |one: &&serde_json::Value| one["fullUrl"] == format!("urn:uuid:{}", entry.id);
            found["entry"].as_array().unwrap().iter().find(is).unwrap()["resource"].clone()
        };
        assert_eq!(of(&pill)["questionnaire"], Part::Lines.canonical());
        assert_eq!(of(&pill)["item"][0]["text"], "Paracetamol 1 g: taken?");
        assert_eq!(of(&pill)["item"][0]["answer"][0]["valueBoolean"], true);
        assert_eq!(of(&note)["item"][0]["answer"][0]["valueString"], "a \"quiet\" day");
        // No form of theirs is a file: the table tells them without one.
        let table = csv::table(&all(&journal).await.unwrap(), &[]);
        let row = |entry: &Entry| {
            let id = entry.id.to_string();
            table.lines().find(|line| line.starts_with(&id)).unwrap().to_owned()
        };
        assert!(row(&pill).ends_with(",1,a,Paracetamol 1 g: taken?,answered,1,boolean,true,,"), "{table}");
        let said = ",1,note,What do you want to write down?,answered,1,string,\"a \"\"quiet\"\" day\",,";
        assert!(row(&note).ends_with(said), "{table}");
        assert_eq!(text, bundle(&journal, None).await.unwrap(), "the same diary gives the same bytes");
    });
}

#[test]
fn both_went_on_and_nothing_is_lost() {
    block_on(async {
        let (old, entries) = diary().await;
        let new = MemoryJournal::default();
        join(&new, &in_a_file(&old).await).await.unwrap();
        let mut chance = Chance::new(9);
        let (here, there) =
            (make::correction(&mut chance, &entries[1]), make::correction(&mut chance, &entries[1]));
        let (only_here, only_there) = (make::daily(&mut chance, day(5)), make::daily(&mut chance, day(6)));
        for (journal, entry) in [(&old, &here), (&new, &there), (&old, &only_here), (&new, &only_there)] {
            journal.record(entry, Send::Now, None).await.unwrap();
        }
        let (of_old, of_new) = (in_a_file(&old).await, in_a_file(&new).await);
        assert_eq!(join(&new, &of_old).await.unwrap(), Joined { new: 1, more: 1, all: 4 });
        assert_eq!(join(&old, &of_new).await.unwrap(), Joined { new: 1, more: 1, all: 4 });
        for journal in [&old, &new] {
            let all = seen(journal).await;
            for wanted in entries.iter().chain([&here, &there, &only_here, &only_there]) {
                assert!(all.iter().any(|(entry, _)| entry == wanted), "{wanted:?}");
            }
            assert_eq!(all.len(), 8);
        }
    });
}

#[test]
fn what_is_here_stays_as_it_is() {
    block_on(async {
        let (old, entries) = diary().await;
        let file = in_a_file(&old).await;
        let here = MemoryJournal::default();
        let mut mine = file.drafts[0].clone();
        (mine.version, mine.short) = (0, true);
        here.save_draft(&mine).await.unwrap();
        here.set_meta(MetaKey::Settings, "{\"country\":\"DE\"}").await.unwrap();
        here.record(&entries[0], Send::Now, None).await.unwrap();
        let newer = receipt(&entries[0], 9);
        here.settle(&[Mark::Settled(newer.clone())], None).await.unwrap();
        join(&here, &file).await.unwrap();
        assert!(here.draft(&mine.key).await.unwrap().unwrap().short);
        assert_eq!(here.meta(MetaKey::Settings).await.unwrap().unwrap(), "{\"country\":\"DE\"}");
        assert_eq!(seen(&here).await[0].1, Light::ClinicHadIt(newer));
    });
}

#[test]
fn a_draft_of_what_was_recorded_is_left_out() {
    block_on(async {
        let (old, entries) = diary().await;
        let mut file = in_a_file(&old).await;
        let mut chance = Chance::new(4);
        let mut recorded = make::draft(&mut chance, day(1));
        recorded.id = entries[2].id;
        let mut correction = make::draft(&mut chance, day(1));
        (correction.id, correction.key) = (entries[2].id, DraftKey::Correction(entries[2].id));
        correction.parent = Some(entries[2].revision);
        let mut of_nothing = correction.clone();
        of_nothing.id = make::daily(&mut chance, day(7)).id;
        of_nothing.key = DraftKey::Correction(of_nothing.id);
        file.drafts = vec![recorded, correction.clone(), of_nothing];
        let new = MemoryJournal::default();
        join(&new, &file).await.unwrap();
        let keys: Vec<DraftKey> = new.drafts().await.unwrap().into_iter().map(|draft| draft.key).collect();
        assert_eq!(keys, [correction.key]);
    });
}

#[test]
fn a_light_says_no_more_than_the_receipt_in_the_file_proves() {
    block_on(async {
        let (old, entries) = diary().await;
        let mut file = in_a_file(&old).await;
        // A receipt of other content than stands there proves nothing.
        let other = receipt(&entries[2], 5);
        file.revisions[1].filed =
            Some(Filed::settled(interlude_diary::entry::Receipt { revision: entries[1].revision, ..other }));
        let file = Contents::read(&file.write().unwrap()).unwrap();
        let new = MemoryJournal::default();
        join(&new, &file).await.unwrap();
        let lights: Vec<Light> = seen(&new).await.into_iter().map(|(_, light)| light).collect();
        assert_eq!(lights[0], Light::ClinicHadIt(receipt(&entries[0], 1)));
        assert_eq!(lights[1], Light::OnThisPhone { held: false });
        assert_eq!(lights[3], Light::StaysHere);
    });
}
