//! What is read: days, pages, counts, small values.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    reason = "a broken promise is a failed test"
)]

use interlude_diary::calendar::LocalDay;
use interlude_diary::entry::Entry;
use interlude_diary::ids::EntryId;
use interlude_diary::journal::{DayLine, Filed, Journal, Mark, MetaKey, Send, Seq, Tally};

use crate::{Chance, make};

fn day(n: i32) -> LocalDay {
    LocalDay::from_number(20_000 + n)
}

fn pulled(entry: &Entry, n: u32) -> Mark {
    Mark::Pulled { entry: Box::new(entry.clone()), text: "{}".to_owned(), receipt: make::receipt(entry, n) }
}

async fn line(journal: &impl Journal, entry: &Entry) -> DayLine {
    let lines = journal.days(entry.day, entry.day).await.unwrap();
    let mut of_it = lines.into_iter().filter(|line| line.id == entry.id);
    let line = of_it.next().unwrap();
    assert!(of_it.next().is_none(), "an entry has one line");
    line
}

/// Both ends count; by day, then by order written.
pub async fn lines_by_day<J: Journal>(open: &impl AsyncFn(&str) -> J) {
    let journal = open("lines_by_day").await;
    let chance = &mut Chance::new(1);
    let mut written = Vec::new();
    for n in [3, 1, 2, 1, 0, 4] {
        let entry = make::daily(chance, day(n));
        journal.record(&entry, Send::Now, None).await.unwrap();
        written.push(entry);
    }
    let lines = journal.days(day(1), day(3)).await.unwrap();
    let ids: Vec<EntryId> = lines.iter().map(|line| line.id).collect();
    assert_eq!(ids, [1, 3, 2, 0].map(|n: usize| written[n].id));
    assert!(journal.days(day(5), day(9)).await.unwrap().is_empty());
    assert!(journal.days(day(3), day(1)).await.unwrap().is_empty());
    let (line, entry) = (&lines[0], &written[1]);
    let response = entry.response().unwrap();
    assert_eq!((line.day, line.revision, line.authored), (entry.day, entry.revision, entry.authored));
    assert_eq!(line.questionnaire, response.questionnaire);
    assert_eq!(line.occasion, entry.occasion);
    assert_eq!((line.late, line.partial, line.retracted, line.revisions), (false, false, false, 1));
    assert_eq!(line.values, interlude_diary::questionnaire::score::values_for_day_line(response));
}

/// Infusions told on any day, and corrected, taken back or written down by the clinic since.
pub async fn infusions_are_listed_whenever_they_were<J: Journal>(open: &impl AsyncFn(&str) -> J) {
    let journal = open("infusions").await;
    let chance = &mut Chance::new(9);
    assert!(journal.infusions().await.unwrap().is_empty());
    journal.record(&make::daily(chance, day(0)), Send::Now, None).await.unwrap();
    assert!(journal.infusions().await.unwrap().is_empty(), "a check-in is none");
    let told = make::infusion(chance, day(4));
    let old = make::infusion(chance, day(-2_000));
    let clinics = make::session(chance, day(5));
    journal.record(&told, Send::Now, None).await.unwrap();
    journal.settle(&[pulled(&clinics, 1)], None).await.unwrap();
    journal.record(&old, Send::Now, None).await.unwrap();
    journal.record(&make::daily(chance, day(5)), Send::Now, None).await.unwrap();
    let days = |lines: &[DayLine]| lines.iter().map(|line| line.day).collect::<Vec<_>>();
    let lines = open("infusions").await.infusions().await.unwrap();
    assert_eq!(days(&lines), [day(-2_000), day(4), day(5)], "by another handle too");
    assert_eq!(lines[1], line(&journal, &told).await);
    let mut moved = make::infusion(chance, day(6));
    (moved.id, moved.parent) = (told.id, Some(told.revision));
    journal.record(&moved, Send::Now, None).await.unwrap();
    let mut taken = make::retraction(chance, &old);
    taken.body = interlude_diary::entry::Body::Retracted(old.response().unwrap().clone());
    journal.record(&taken, Send::Now, None).await.unwrap();
    let lines = journal.infusions().await.unwrap();
    assert_eq!(days(&lines), [day(-2_000), day(5), day(6)]);
    assert!(lines[0].retracted);
    assert_eq!(lines[2], line(&journal, &moved).await);
}

/// The line is that of the newest revision, says how many there are and whether it was taken back.
pub async fn a_line_follows_corrections_and_retractions<J: Journal>(open: &impl AsyncFn(&str) -> J) {
    let journal = open("line_follows").await;
    let chance = &mut Chance::new(2);
    let first = make::daily(chance, day(0));
    let second = make::correction(chance, &first);
    let third = make::retraction(chance, &second);
    for (n, entry) in [&first, &second, &third].into_iter().enumerate() {
        let kept = journal.record(entry, Send::Now, None).await.unwrap();
        let line = line(&journal, entry).await;
        assert_eq!((line.revision, line.seq), (entry.revision, kept.seq));
        assert_eq!((line.revisions as usize, line.retracted), (n + 1, n == 2));
    }
    let lights = journal.revisions(first.id).await.unwrap();
    assert_eq!(
        lights.iter().map(|one| one.entry.revision).collect::<Vec<_>>(),
        [first.revision, second.revision, third.revision]
    );
}

/// What the server has comes in its order; what it has not comes after.
pub async fn a_line_follows_the_servers_order<J: Journal>(open: &impl AsyncFn(&str) -> J) {
    let journal = open("servers_order").await;
    let chance = &mut Chance::new(3);
    let first = make::daily(chance, day(0));
    let mine = make::correction(chance, &first);
    let theirs = make::correction(chance, &first);
    journal.record(&first, Send::Now, None).await.unwrap();
    journal.record(&mine, Send::Now, None).await.unwrap();
    journal.settle(&[Mark::Settled(make::receipt(&first, 1)), pulled(&theirs, 2)], None).await.unwrap();
    assert_eq!(line(&journal, &first).await.revision, mine.revision, "waiting comes after");
    journal.settle(&[Mark::Settled(make::receipt(&mine, 3))], None).await.unwrap();
    assert_eq!(line(&journal, &first).await.revision, mine.revision);
    let back = make::correction(chance, &first);
    journal.settle(&[pulled(&back, 2)], None).await.unwrap();
    let newest = line(&journal, &first).await;
    assert_eq!((newest.revision, newest.revisions), (mine.revision, 4), "an older one is not newer here");
    let marks = [Mark::Withdrawn { revision: theirs.revision }];
    journal.settle(&marks, None).await.unwrap();
    assert_eq!(line(&journal, &first).await.revision, theirs.revision, "withdrawn is waiting");
}

/// Should a revision be about another day, the old day's line goes.
pub async fn a_line_changes_its_day<J: Journal>(open: &impl AsyncFn(&str) -> J) {
    let journal = open("changes_its_day").await;
    let chance = &mut Chance::new(4);
    let first = make::daily(chance, day(0));
    let mut moved = make::correction(chance, &first);
    moved.day = day(1);
    journal.record(&first, Send::Now, None).await.unwrap();
    journal.record(&moved, Send::Now, None).await.unwrap();
    assert!(journal.days(day(0), day(0)).await.unwrap().is_empty());
    assert_eq!(line(&journal, &moved).await.revision, moved.revision);
}

/// Pages meet without gap or overlap, in the order written.
pub async fn pages_cover_everything_once<J: Journal>(open: &impl AsyncFn(&str) -> J) {
    let journal = open("pages").await;
    let chance = &mut Chance::new(5);
    let mut written = Vec::new();
    for n in 0..7 {
        let entry = make::daily(chance, day(n));
        match n {
            3 => journal.settle(&[pulled(&entry, 1)], None).await.unwrap(),
            _ => drop(journal.record(&entry, Send::Now, None).await.unwrap()),
        }
        written.push(entry.revision);
    }
    let (mut seen, mut held): (Vec<_>, Vec<_>) = (Vec::new(), Vec::new());
    let mut after = None;
    loop {
        let page = journal.page(after, 3).await.unwrap();
        let Some(last) = page.last() else { break };
        after = Some(last.seq);
        seen.extend(page.iter().map(|one| one.entry.revision));
    }
    let mut after: Option<Seq> = None;
    loop {
        let page = journal.holdings(after, 2).await.unwrap();
        let Some(last) = page.last() else { break };
        after = Some(last.seq);
        held.extend(page.iter().map(|one| one.revision));
    }
    assert_eq!(seen, written);
    assert_eq!(held, written);
}

/// Holdings of named entries, all their revisions, with receipts as filed.
pub async fn holdings_say_what_is_here<J: Journal>(open: &impl AsyncFn(&str) -> J) {
    let journal = open("holdings").await;
    let chance = &mut Chance::new(6);
    let first = make::daily(chance, day(0));
    let second = make::correction(chance, &first);
    let other = make::daily(chance, day(1));
    for entry in [&first, &other, &second] {
        journal.record(entry, Send::Now, None).await.unwrap();
    }
    let (good, bad) = (make::receipt(&first, 1), make::receipt(&second, 2));
    journal.settle(&[Mark::Settled(good.clone()), Mark::Changed(bad.clone())], None).await.unwrap();
    let unknown = EntryId::new(chance.uuid());
    let held = journal.holdings_of(&[unknown, first.id]).await.unwrap();
    assert_eq!(held.iter().map(|one| one.parent).collect::<Vec<_>>(), [None, Some(first.revision)]);
    let said: Vec<_> = held.iter().map(|one| (one.id, one.revision, one.filed.clone())).collect();
    assert_eq!(
        said,
        [
            (first.id, first.revision, Some(Filed::settled(good))),
            (first.id, second.revision, Some(Filed::changed(bad))),
        ]
    );
    assert!(journal.holdings_of(&[]).await.unwrap().is_empty());
    assert_eq!(journal.holdings_of(&[other.id]).await.unwrap()[0].filed, None);
}

/// Counts, without reading the journal.
pub async fn tally_counts<J: Journal>(open: &impl AsyncFn(&str) -> J) {
    let journal = open("tally").await;
    let chance = &mut Chance::new(7);
    assert_eq!(journal.tally().await.unwrap(), Tally::default());
    let mut written = Vec::new();
    for (n, send) in [Send::Held, Send::Now, Send::First, Send::Never, Send::Now].into_iter().enumerate() {
        let entry = make::daily(chance, day(i32::try_from(n).unwrap()));
        journal.record(&entry, send, None).await.unwrap();
        written.push(entry);
    }
    let tally = journal.tally().await.unwrap();
    assert_eq!((tally.revisions, tally.waiting, tally.parked, tally.receipted), (5, 4, 0, 0));
    let marks = [
        Mark::Settled(make::receipt(&written[1], 9)),
        Mark::Settled(make::receipt(&written[2], 4)),
        Mark::Parked { revision: written[4].revision, status: 400, reason: String::new() },
    ];
    journal.settle(&marks, None).await.unwrap();
    let tally = journal.tally().await.unwrap();
    assert_eq!((tally.revisions, tally.waiting, tally.parked, tally.receipted), (5, 1, 1, 2));
    assert_eq!(tally.last_receipt_ms, Some(make::receipt(&written[1], 9).stored.unix_ms()));
}

/// The earliest row that may go: held and parked ones do not count.
pub async fn tally_knows_what_is_due<J: Journal>(open: &impl AsyncFn(&str) -> J) {
    let journal = open("tally_due").await;
    let chance = &mut Chance::new(8);
    let (held, one, two) =
        (make::daily(chance, day(0)), make::daily(chance, day(1)), make::daily(chance, day(2)));
    journal.record(&held, Send::Held, None).await.unwrap();
    assert_eq!(journal.tally().await.unwrap().next_due_ms, None);
    journal.record(&one, Send::Now, None).await.unwrap();
    journal.record(&two, Send::Now, None).await.unwrap();
    assert!(journal.tally().await.unwrap().next_due_ms.is_some_and(|due| due <= 0));
    let later = |entry: &Entry, due_ms| Mark::Later { revision: entry.revision, due_ms };
    journal.settle(&[later(&one, 9000), later(&two, 8000)], None).await.unwrap();
    assert_eq!(journal.tally().await.unwrap().next_due_ms, Some(8000));
    journal.settle(&[Mark::Settled(make::receipt(&two, 1))], None).await.unwrap();
    assert_eq!(journal.tally().await.unwrap().next_due_ms, Some(9000));
    // However many wait behind it.
    let mut last = one.clone();
    for _more in 0..20 {
        last = make::correction(chance, &last);
        journal.record(&last, Send::Now, None).await.unwrap();
    }
    assert_eq!(journal.tally().await.unwrap().next_due_ms, Some(9000));
    journal.record(&make::daily(chance, day(3)), Send::Now, None).await.unwrap();
    assert!(journal.tally().await.unwrap().next_due_ms.is_some_and(|due| due <= 0));
}

/// Small values live side by side and are replaced.
pub async fn meta_is_kept_by_key<J: Journal>(open: &impl AsyncFn(&str) -> J) {
    let journal = open("meta").await;
    let keys = [
        MetaKey::Device,
        MetaKey::Pairing,
        MetaKey::Sync,
        MetaKey::Settings,
        MetaKey::Flags,
        MetaKey::Clinic,
        MetaKey::Sheet,
        MetaKey::Own,
    ];
    for key in keys {
        assert_eq!(journal.meta(key).await.unwrap(), None);
        journal.set_meta(key, &format!("{key:?} \u{1f642}\n\"")).await.unwrap();
    }
    journal.set_meta(MetaKey::Flags, "").await.unwrap();
    for key in keys {
        let expected = if key == MetaKey::Flags { String::new() } else { format!("{key:?} \u{1f642}\n\"") };
        assert_eq!(journal.meta(key).await.unwrap(), Some(expected));
    }
}

/// Nothing is left, and the store may be used anew.
pub async fn erase_leaves_nothing<J: Journal>(open: &impl AsyncFn(&str) -> J) {
    let journal = open("erase").await;
    let chance = &mut Chance::new(9);
    let (entry, draft) = (make::daily(chance, day(0)), make::draft(chance, day(1)));
    journal.record(&entry, Send::Now, None).await.unwrap();
    journal.save_draft(&draft).await.unwrap();
    journal.set_meta(MetaKey::Pairing, "token").await.unwrap();
    journal.settle(&[pulled(&make::daily(chance, day(2)), 1)], Some("memory")).await.unwrap();
    journal.erase().await.unwrap();
    let journal = open("erase").await;
    assert_eq!(journal.tally().await.unwrap(), Tally::default());
    assert!(journal.page(None, 9).await.unwrap().is_empty());
    assert!(journal.days(day(0), day(9)).await.unwrap().is_empty());
    assert!(journal.drafts().await.unwrap().is_empty());
    assert!(journal.outbox().await.unwrap().is_empty());
    assert_eq!(journal.meta(MetaKey::Pairing).await.unwrap(), None);
    assert_eq!(journal.meta(MetaKey::Sync).await.unwrap(), None);
    journal.record(&entry, Send::Now, None).await.unwrap();
    assert_eq!(journal.tally().await.unwrap().revisions, 1);
}
