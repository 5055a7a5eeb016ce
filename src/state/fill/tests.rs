//! The machine and the keeper over the journal in memory.

use std::cell::RefCell;
use std::path::PathBuf;

use interlude_diary::calendar::LocalDay;
use interlude_diary::entry::Body;
use interlude_diary::journal::{Journal, Send};
use interlude_diary::occasion::{Draft, DraftKey, OccasionKey};
use interlude_diary::questionnaire::{Asked, Form, Given, Slot, Value, respond};
use interlude_testkit::{MemoryJournal, block_on};

use super::keeper::{Job, Outcome, Queue, drain};
use super::machine::{Filling, Stage, Trouble};
use super::opening::{Order, base, open};

fn form(name: &str) -> Form {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("public/questionnaires/{name}.json"));
    interlude_fhir::questionnaire::form(&std::fs::read_to_string(path).unwrap(), "en").unwrap()
}

fn order(key: DraftKey, at: &str) -> Order {
    let id = "01980000-0000-7000-8000-000000000001".parse().unwrap();
    Order { key, short: false, id, now: at.parse().unwrap() }
}

fn daily(day: &str) -> DraftKey {
    DraftKey::Occasion(OccasionKey::daily(day.parse().unwrap()))
}

fn past(day: LocalDay) -> String {
    format!("the day {day}")
}

const MORNING: &str = "2026-03-12T07:42:00+01:00";

fn opened(journal: &MemoryJournal, name: &str, key: DraftKey, at: &str) -> Filling {
    let base = match key {
        DraftKey::Correction(id) => {
            Some(block_on(base(journal, &form(name), &order(key.clone(), at), id)).unwrap())
        }
        DraftKey::Occasion(_) | DraftKey::Unscheduled(_) => None,
    };
    let order = order(key, at);
    let kept = block_on(journal.draft(&order.key)).unwrap();
    open(kept, form(name), order, base, past).filling
}

fn seven(filling: &mut Filling, n: i32) {
    filling.give(vec![Value::Integer(n)]);
}

#[test]
fn seven_taps_finish_the_check_in() {
    let mut filling = opened(&MemoryJournal::default(), "daily-checkin", daily("2026-03-12"), MORNING);
    for n in 1..=7 {
        assert_eq!(*filling.stage(), Stage::Asking);
        assert_eq!(filling.progress(), (n, 7));
        seven(&mut filling, 3);
        assert!(filling.go_on());
    }
    assert_eq!(*filling.stage(), Stage::Finished);
}

#[test]
fn a_question_left_without_an_answer_is_untouched_and_one_declined_is_declined() {
    let mut filling = opened(&MemoryJournal::default(), "daily-checkin", daily("2026-03-12"), MORNING);
    filling.go_on();
    filling.decline();
    filling.go_on();
    for _ in 3..=7 {
        seven(&mut filling, 0);
        filling.go_on();
    }
    assert_eq!(*filling.stage(), Stage::Finished);
    let response = respond(filling.form(), &filling.draft().answers, filling.asked());
    assert_eq!(response.item("pain-worst").unwrap().given, None);
    assert_eq!(response.item("pain-average").unwrap().given, Some(Given::Declined));
    assert_eq!(response.value("pain-now"), Some(&Value::Integer(0)));
}

#[test]
fn the_short_way_asks_about_pain_alone() {
    let journal = MemoryJournal::default();
    let short = Order { short: true, ..order(daily("2026-03-12"), MORNING) };
    let filling =
        open(block_on(journal.draft(&short.key)).unwrap(), form("daily-checkin"), short, None, past).filling;
    assert_eq!(filling.progress(), (1, 1));
    assert_eq!(filling.step().unwrap().slot, Slot::top("pain-average"));
}

#[test]
fn the_rest_is_asked_on_the_same_day_without_a_reason_and_later_is_a_correction() {
    let journal = MemoryJournal::default();
    let short = Order { short: true, ..order(daily("2026-03-12"), MORNING) };
    let mut filling =
        open(block_on(journal.draft(&short.key)).unwrap(), form("daily-checkin"), short, None, past).filling;
    seven(&mut filling, 6);
    assert!(filling.go_on());
    assert_eq!(*filling.stage(), Stage::Finished);
    let mut entry =
        interlude_testkit::make::daily(&mut interlude_testkit::Chance::new(1), filling.draft().day);
    entry.partial = true;
    entry.body = Body::Response(respond(filling.form(), &filling.draft().answers, filling.asked()));
    block_on(journal.record(&entry, Send::Now, None)).unwrap();

    let key = DraftKey::Correction(entry.id);
    let mut rest = opened(&journal, "daily-checkin", key.clone(), "2026-03-13T03:59:00+01:00");
    assert!(rest.completes() && !rest.draft().short);
    assert_eq!(rest.draft().parent, Some(entry.revision));
    assert_eq!(rest.step().unwrap().slot, Slot::top("pain-worst"));
    for n in 1..=7 {
        assert_eq!(rest.progress(), (n, 7));
        assert_eq!(rest.given().is_some(), n == 2, "what was answered stands there");
        if n != 2 {
            seven(&mut rest, 5);
        }
        assert!(rest.go_on());
    }
    assert_eq!(*rest.stage(), Stage::Finished);

    let mut later = opened(&journal, "daily-checkin", key, "2026-03-13T04:00:00+01:00");
    assert!(!later.completes() && later.draft().short);
    later.go_on();
    assert_eq!(*later.stage(), Stage::Reason);
}

#[test]
fn yesterday_is_named_in_every_question_and_now_is_not_asked() {
    let mut filling = opened(&MemoryJournal::default(), "daily-checkin", daily("2026-03-11"), MORNING);
    assert_eq!(filling.draft().day.to_string(), "2026-03-11");
    let (_, all) = filling.progress();
    assert_eq!(all, 6);
    for _ in 0..all {
        let slot = filling.step().unwrap().slot.clone();
        let (_, stem) = filling.question(&slot).unwrap();
        assert!(stem.contains("the day 2026-03-11"), "{stem}");
        assert_ne!(slot.link, "pain-now");
        seven(&mut filling, 3);
        filling.go_on();
    }
}

#[test]
fn after_midnight_the_day_is_named_first_and_an_old_draft_is_not_asked_again() {
    let journal = MemoryJournal::default();
    let night = "2026-03-12T01:20:00+01:00";
    let filling = opened(&journal, "daily-checkin", daily("2026-03-11"), night);
    assert_eq!(*filling.stage(), Stage::Night);
    assert_eq!(*filling.asked(), Asked::default(), "the day that is still being lived is not past");
    let new = opened(&journal, "daily-checkin", daily("2026-03-12"), night);
    assert_eq!(*new.stage(), Stage::Asking);
    let mut draft = filling.draft().clone();
    draft.answers.set(Slot::top("pain-worst"), Given::Values(vec![Value::Integer(7)]));
    block_on(journal.save_draft(&draft)).unwrap();
    assert_eq!(*opened(&journal, "daily-checkin", daily("2026-03-11"), night).stage(), Stage::Asking);
}

#[test]
fn leaving_and_opening_again_is_the_same_question_with_the_same_id() {
    let journal = MemoryJournal::default();
    let mut filling = opened(&journal, "daily-checkin", daily("2026-03-12"), MORNING);
    let id = filling.draft().id;
    for _ in 0..3 {
        seven(&mut filling, 6);
        filling.go_on();
    }
    block_on(journal.save_draft(filling.draft())).unwrap();
    let again = opened(&journal, "daily-checkin", daily("2026-03-12"), "2026-03-12T21:00:00+01:00");
    assert_eq!(again.step().unwrap().slot, filling.step().unwrap().slot);
    assert_eq!((again.draft().id, again.draft().opened), (id, filling.draft().opened));
    assert_eq!(again.draft().answers, filling.draft().answers);
}

#[test]
fn what_is_no_answer_keeps_the_person_there_and_takes_the_old_answer_away() {
    let mut filling = opened(&MemoryJournal::default(), "daily-checkin", daily("2026-03-12"), MORNING);
    seven(&mut filling, 4);
    filling.unreadable(interlude_diary::questionnaire::Problem::NotAWholeNumber);
    assert!(!filling.go_on());
    assert!(matches!(filling.trouble(), Some(Trouble::Answer(_))));
    assert!(filling.draft().answers.is_empty());
    seven(&mut filling, 4);
    assert_eq!(filling.trouble(), None);
    assert!(filling.go_on());
}

#[test]
fn nothing_is_said_to_be_removed_that_was_never_there() {
    let mut filling = opened(&MemoryJournal::default(), "daily-checkin", daily("2026-03-12"), MORNING);
    filling.unreadable(interlude_diary::questionnaire::Problem::Empty);
    assert!(filling.last().is_none());
    seven(&mut filling, 4);
    assert!(filling.last().unwrap().1.is_some());
    filling.unreadable(interlude_diary::questionnaire::Problem::Empty);
    assert!(filling.last().unwrap().1.is_none());
}

#[test]
fn the_answer_before_is_shown_and_can_be_changed() {
    let mut filling = opened(&MemoryJournal::default(), "daily-checkin", daily("2026-03-12"), MORNING);
    assert!(filling.previous().is_none() && !filling.can_go_back());
    seven(&mut filling, 7);
    filling.go_on();
    assert_eq!(filling.previous().unwrap().1, &Given::Values(vec![Value::Integer(7)]));
    filling.change_previous();
    assert_eq!(filling.progress().0, 1);
    seven(&mut filling, 5);
    assert_eq!(filling.given(), Some(&Given::Values(vec![Value::Integer(5)])));
}

#[test]
fn a_correction_starts_from_the_answers_and_wants_a_reason() {
    let journal = MemoryJournal::default();
    let mut filling = opened(&journal, "daily-checkin", daily("2026-03-12"), MORNING);
    for _ in 0..7 {
        seven(&mut filling, 3);
        filling.go_on();
    }
    let mut entry =
        interlude_testkit::make::daily(&mut interlude_testkit::Chance::new(1), filling.draft().day);
    entry.body = Body::Response(respond(filling.form(), &filling.draft().answers, filling.asked()));
    block_on(journal.record(&entry, Send::Now, None)).unwrap();

    let key = DraftKey::Correction(entry.id);
    let mut correction = opened(&journal, "daily-checkin", key, "2026-03-14T09:00:00+01:00");
    assert_eq!(correction.draft().parent, Some(entry.revision));
    assert_eq!((correction.draft().id, correction.draft().day), (entry.id, entry.day));
    while *correction.stage() == Stage::Asking {
        assert!(correction.given().is_some(), "{:?}", correction.step());
        correction.go_on();
    }
    assert_eq!(*correction.stage(), Stage::Reason);
    assert!(!correction.go_on());
    correction.set_reason("  I mixed up the days ".to_owned());
    assert!(correction.go_on());
    assert_eq!((correction.stage(), correction.reason()), (&Stage::Finished, "I mixed up the days"));
}

fn run(journal: &MemoryJournal, queue: &RefCell<Queue>, jobs: Vec<Job>) -> Vec<Outcome> {
    let told = RefCell::new(Vec::new());
    for job in jobs {
        let _started = queue.borrow_mut().push(job);
    }
    block_on(drain(journal, queue, &|outcome| told.borrow_mut().push(outcome)));
    assert!(queue.borrow().idle());
    told.into_inner()
}

fn a_draft(n: i32) -> Draft {
    let mut filling = opened(&MemoryJournal::default(), "daily-checkin", daily("2026-03-12"), MORNING);
    seven(&mut filling, n);
    filling.draft().clone()
}

#[test]
fn of_drafts_that_wait_only_the_newest_is_stored() {
    let (journal, queue) = (MemoryJournal::default(), RefCell::new(Queue::at(0)));
    let told =
        run(&journal, &queue, vec![Job::Save(a_draft(1)), Job::Save(a_draft(2)), Job::Save(a_draft(3))]);
    assert!(matches!(told.as_slice(), [Outcome::Kept(1)]), "{told:?}");
    let kept = block_on(journal.draft(&daily("2026-03-12"))).unwrap().unwrap();
    assert_eq!(kept.answers, a_draft(3).answers);
    let told = run(&journal, &queue, vec![Job::Save(a_draft(4))]);
    assert!(matches!(told.as_slice(), [Outcome::Kept(2)]), "{told:?}");
}

#[test]
fn another_tabs_draft_is_loaded_and_what_was_built_on_the_old_one_is_dropped() {
    let (journal, queue) = (MemoryJournal::default(), RefCell::new(Queue::at(0)));
    block_on(journal.save_draft(&a_draft(9))).unwrap();
    let told = run(&journal, &queue, vec![Job::Save(a_draft(1))]);
    let [Outcome::Moved(Some(theirs))] = told.as_slice() else { panic!("{told:?}") };
    assert_eq!((theirs.version, &theirs.answers), (1, &a_draft(9).answers));
    let told = run(&journal, &queue, vec![Job::Save(a_draft(2))]);
    assert!(matches!(told.as_slice(), [Outcome::Kept(2)]), "{told:?}");
}

#[test]
fn a_record_takes_the_draft_with_it_and_undo_brings_it_back() {
    let (journal, queue) = (MemoryJournal::default(), RefCell::new(Queue::at(0)));
    let entry = interlude_testkit::make::daily(&mut interlude_testkit::Chance::new(2), a_draft(1).day);
    let jobs =
        vec![Job::Save(a_draft(1)), Job::Record(Box::new(entry.clone()), Send::Held, daily("2026-03-12"))];
    let told = run(&journal, &queue, jobs);
    // The light says nothing of the first: it is not what the person did last.
    assert!(matches!(told.as_slice(), [Outcome::KeptOlder(1), Outcome::Recorded(..)]), "{told:?}");
    assert_eq!(block_on(journal.draft(&daily("2026-03-12"))).unwrap(), None);

    let told = run(&journal, &queue, vec![Job::Undo(Box::new(entry.clone()), a_draft(1))]);
    assert!(matches!(told.as_slice(), [Outcome::Undone(Some(_))]), "{told:?}");
    assert!(block_on(journal.revisions(entry.id)).unwrap().is_empty());
    let told = run(&journal, &queue, vec![Job::Save(a_draft(2))]);
    assert!(matches!(told.as_slice(), [Outcome::Kept(_)]), "{told:?}");
}

#[test]
fn what_was_let_go_is_not_undone() {
    let (journal, queue) = (MemoryJournal::default(), RefCell::new(Queue::at(0)));
    let entry = interlude_testkit::make::daily(&mut interlude_testkit::Chance::new(3), a_draft(1).day);
    run(&journal, &queue, vec![Job::Record(Box::new(entry.clone()), Send::Held, daily("2026-03-12"))]);
    block_on(journal.release()).unwrap();
    let told = run(&journal, &queue, vec![Job::Undo(Box::new(entry.clone()), a_draft(1))]);
    assert!(matches!(told.as_slice(), [Outcome::NotUndone(_)]), "{told:?}");
    assert_eq!(block_on(journal.revisions(entry.id)).unwrap().len(), 1);
}
