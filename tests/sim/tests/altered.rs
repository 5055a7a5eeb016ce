//! A server that does not keep what it was given is found out; so is one that hides it.

use interlude_diary::journal::{Journal as _, Light};
use interlude_sim::clinic::Clinic;
use interlude_sim::laws::{self, Broken};
use interlude_sim::plan::{Plan, START_MS, run};
use interlude_sim::world::World;
use interlude_testkit::block_on;

/// Every answer of 7 becomes an 8 on its way to the disk.
fn damage(text: &str) -> String {
    text.replace("\"valueInteger\":7", "\"valueInteger\":8")
}

fn plan() -> Plan {
    Plan { phones: 1, revisions: 30, weather: Some(0), kills: 0, restores: false, ..Plan::default() }
}

fn play(clinic: Clinic) -> (World<Clinic>, Result<(), Broken>) {
    let mut world = World::new(7, plan(), clinic, START_MS);
    let outcome = world.trouble(plan()).and_then(|()| world.calm());
    (world, outcome)
}

#[test]
fn an_altered_row_makes_the_light_say_changed_copy() {
    let (mut world, outcome) = play(Clinic::altering(START_MS, damage));
    assert_eq!(outcome, Ok(()));
    let (mut changed, mut had) = (0, 0);
    for phone in &mut world.phones {
        for stored in block_on(phone.journal.page(None, usize::MAX)).unwrap() {
            let text = interlude_fhir::wire::write_entry(&stored.entry, "p");
            match stored.light {
                Light::ChangedCopy(_) => {
                    assert_ne!(damage(&text), text, "a copy that was not changed is called changed");
                    changed += 1;
                }
                Light::ClinicHadIt(_) => {
                    assert_eq!(damage(&text), text, "a changed copy is called what the clinic had");
                    had += 1;
                }
                Light::OnThisPhone { .. } | Light::StaysHere => {}
                Light::Sent { .. } | Light::Refused { .. } => {
                    unreachable!("it gives receipts and refuses nothing")
                }
            }
        }
    }
    assert!(changed > 0 && had > 0, "the schedule had both: {changed} changed, {had} not");
    let outcome = laws::end(&mut world.phones, &world.clinic, &plan(), &laws::Refused::new());
    assert!(matches!(outcome, Err(Broken::Altered(_))), "{outcome:?}");
}

/// Every revision gets another name on its way to the disk.
fn rename(text: &str) -> String {
    let mark = "/revision\",\"valueString\":\"";
    let Some((before, name)) = text.split_once(mark) else { return text.to_owned() };
    let mut name = name.chars();
    let digit = if name.next() == Some('f') { '0' } else { 'f' };
    format!("{before}{mark}{digit}{}", name.as_str())
}

#[test]
fn a_row_under_another_revision_is_a_changed_copy() {
    let (world, outcome) = play(Clinic::altering(START_MS, rename));
    assert_eq!(outcome, Ok(()));
    let mut changed = 0;
    for phone in &world.phones {
        for stored in block_on(phone.journal.page(None, usize::MAX)).unwrap() {
            match stored.light {
                Light::ChangedCopy(_) => changed += 1,
                Light::OnThisPhone { .. } | Light::StaysHere => {}
                light @ (Light::Sent { .. } | Light::ClinicHadIt(_) | Light::Refused { .. }) => {
                    unreachable!("the server holds no revision of that name: {light:?}")
                }
            }
        }
    }
    assert!(changed > 10, "the schedule had such rows: {changed}");
}

#[test]
fn an_echoing_server_fails_the_laws() {
    let mut clinic = Clinic::altering(START_MS, damage);
    clinic.echoes = true;
    let (_world, outcome) = play(clinic);
    assert!(matches!(outcome, Err(Broken::LightAhead(_))), "an echo was believed: {outcome:?}");
}

#[test]
fn an_honest_server_passes_the_same_schedule() {
    assert!(run(7, plan(), Clinic::new).is_ok());
}

#[test]
fn an_echo_of_what_is_stored_as_sent_is_no_lie() {
    let outcome = run(7, plan(), |now_ms| {
        let mut clinic = Clinic::new(now_ms);
        clinic.echoes = true;
        clinic
    });
    assert!(outcome.is_ok(), "the echo itself breaks nothing: {outcome:?}");
}
