//! Several answers to one occasion: one counts, the others are kept.
#![expect(clippy::unwrap_used, reason = "tests: what is not as expected is a failure")]

use std::slice::from_ref;

use interlude_diary::calendar::LocalDay;
use interlude_diary::entry::{Body, Entry, Receipt, VersionId};
use interlude_diary::ids::{DeviceId, EntryId};
use interlude_diary::journal::{Doubles, Light, Seq, Standing, Stored, shown};
use interlude_diary::occasion::OccasionKey;
use interlude_diary::questionnaire::Response;

fn id(n: u64) -> EntryId {
    EntryId::new(uuid::Uuid::from_u128(n.into()))
}

fn response() -> Response {
    Response { questionnaire: "x|1".to_owned(), items: Vec::new() }
}

fn entry(n: u64, body: Body) -> Entry {
    let day = LocalDay::from_number(20_000);
    Entry {
        id: id(n),
        revision: interlude_diary::ids::RevisionId::new(uuid::Uuid::from_u128(u128::from(n) << 64)),
        parent: None,
        device: DeviceId::new(uuid::Uuid::nil()),
        day,
        authored: "2026-03-12T07:42:00+01:00".parse().unwrap(),
        zone: "Europe/Madrid".to_owned(),
        occasion: Some(OccasionKey::daily(day)),
        late: false,
        partial: false,
        reason: None,
        body,
    }
}

/// What the journal holds: at place `n`, stored by the server at that hour.
fn stored(n: u64, hour: Option<u8>, entry: Entry) -> Stored {
    let at = |hour| format!("2026-03-12T{hour:02}:00:00Z").parse().unwrap();
    let light = hour.map_or(Light::OnThisPhone { held: false }, |hour| Light::Sent { at: at(hour) });
    Stored { seq: Seq(n), entry, light, received: None }
}

fn answer(n: u64, hour: Option<u8>) -> Stored {
    stored(n, hour, entry(n, Body::Response(response())))
}

/// A later revision of an entry.
fn after(n: u64, hour: Option<u8>, before: &Stored, body: Body) -> Stored {
    let mut next = entry(n, body);
    next.id = before.entry.id;
    next.parent = Some(before.entry.revision);
    stored(n, hour, next)
}

fn doubles(entries: &[&[Stored]]) -> Doubles {
    let mut doubles = Doubles::default();
    for revisions in entries {
        doubles.take(revisions);
    }
    doubles
}

#[test]
fn the_first_in_the_servers_order_counts_whatever_came_first_here() {
    let (late, early) = (answer(1, Some(9)), answer(2, Some(8)));
    let both = doubles(&[&[late], &[early]]);
    assert_eq!(both.counting(), Some(id(2)));
    assert_eq!((both.standing(id(2)), both.standing(id(1))), (Standing::Counts, Standing::Spare));
}

#[test]
fn without_a_receipt_it_comes_after_and_then_by_its_place_here() {
    assert_eq!(doubles(&[&[answer(1, None)], &[answer(2, Some(8))]]).counting(), Some(id(2)));
    assert_eq!(doubles(&[&[answer(4, None)], &[answer(3, None)]]).counting(), Some(id(3)));
    assert_eq!(doubles(&[]).counting(), None);
}

#[test]
fn a_correction_keeps_the_place_of_its_entry() {
    let first = answer(1, Some(8));
    let corrected = after(3, Some(11), &first, Body::Response(response()));
    assert_eq!(doubles(&[&[first, corrected], &[answer(2, Some(9))]]).counting(), Some(id(1)));
}

/// The phone that has both revisions and the one that only ever got the correction say the same.
#[test]
fn a_first_revision_that_was_refused_gives_its_place_to_its_correction() {
    let mut first = answer(1, None);
    first.light = Light::Refused { status: 412, reason: String::new() };
    let corrected = after(3, Some(8), &first, Body::Response(response()));
    let theirs = answer(2, Some(9));
    assert_eq!(doubles(&[from_ref(&corrected), from_ref(&theirs)]).counting(), Some(id(1)));
    assert_eq!(doubles(&[&[first, corrected], &[theirs]]).counting(), Some(id(1)));
}

#[test]
fn the_chosen_one_counts_and_of_two_choices_the_last() {
    let (mine, theirs) = (answer(1, Some(8)), answer(2, Some(9)));
    let choice = |n, chosen| stored(n, None, entry(n, Body::Chosen(id(chosen))));
    let chosen = doubles(&[&[choice(3, 2)], from_ref(&mine), from_ref(&theirs)]);
    assert_eq!((chosen.standing(id(1)), chosen.standing(id(2))), (Standing::Spare, Standing::Counts));
    let again = doubles(&[&[choice(4, 1)], &[choice(3, 2)], from_ref(&mine), from_ref(&theirs)]);
    assert_eq!(again.counting(), Some(id(1)));
    let of_nothing = doubles(&[&[choice(3, 9)], &[mine], &[theirs]]);
    assert_eq!(of_nothing.counting(), Some(id(1)));
}

#[test]
fn an_answer_taken_back_gives_way_even_if_it_was_chosen() {
    let first = answer(1, Some(8));
    let back = after(4, Some(10), &first, Body::Retracted(response()));
    let choice = stored(3, None, entry(3, Body::Chosen(id(1))));
    let left = doubles(&[&[first, back], &[answer(2, Some(9))], &[choice]]);
    assert_eq!((left.counting(), left.standing(id(2))), (Some(id(2)), Standing::Alone));
}

#[test]
fn only_a_spare_answer_is_left_out_of_means() {
    assert!(Standing::Alone.in_means() && Standing::Counts.in_means());
    assert!(!Standing::Spare.in_means());
}

#[test]
fn what_has_no_occasion_or_is_taken_back_concerns_nobody() {
    let mut unscheduled = entry(1, Body::Response(response()));
    assert!(Doubles::concern(&unscheduled));
    unscheduled.occasion = None;
    assert!(!Doubles::concern(&unscheduled));
    assert!(!Doubles::concern(&entry(1, Body::Retracted(response()))));
}

#[test]
fn a_correction_that_never_went_up_gives_way_to_the_one_that_replaced_it() {
    let first = answer(1, Some(9));
    let mut parked = after(2, None, &first, Body::Response(response()));
    parked.light = Light::Refused { status: 422, reason: String::new() };
    let last = after(3, Some(10), &parked, Body::Response(response()));
    let all = [first, parked, last];
    assert_eq!(shown(&all).unwrap().seq, Seq(3));
    assert_eq!(shown(&all[..2]).unwrap().seq, Seq(2));
    assert!(shown(&[]).is_none());
}

#[test]
fn a_changed_copy_has_its_place_in_the_servers_order() {
    let receipt = Receipt {
        revision: answer(1, None).entry.revision,
        version: VersionId("E-1".to_owned()),
        digest: None,
        stored: "2026-03-12T07:00:00Z".parse().unwrap(),
        epoch: String::new(),
        head: String::new(),
    };
    let mut changed = answer(1, None);
    changed.light = Light::ChangedCopy(receipt);
    assert_eq!(doubles(&[&[answer(2, Some(8))], &[changed]]).counting(), Some(id(1)));
}
