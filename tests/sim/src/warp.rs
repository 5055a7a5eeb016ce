//! What a mutant does to what a phone exchanges with a server: to requests, to answers, and to what
//! they are taken to mean.

use interlude_diary::calendar::Moment;
use interlude_diary::entry::{Receipt, VersionId};
use interlude_diary::ids::RevisionId;
use interlude_diary::sync::{Fate, Step, Told};
use interlude_fhir::exchange::{Answer, Call};
use interlude_testkit::Chance;

use crate::clinic::EPOCH;
use crate::mutants::Mutant;

/// A step that the mutant leaves out, with what it says came of it. `looks` when the step before asked
/// for rows.
#[must_use]
pub fn left_out(mutant: Mutant, step: &Step, looks: bool) -> Option<Told> {
    match (mutant, step) {
        (Mutant::NoLook, Step::Fetch { .. }) if looks => Some(Told::Fetched { rows: Vec::new(), next: None }),
        (Mutant::NoAncestry, Step::Histories(of)) => {
            Some(Told::Histories(of.iter().map(|_| Ok(Vec::new())).collect()))
        }
        _ => None,
    }
}

/// A request as the mutant sends it. `again` are the ids of entries that were sent before.
pub fn call(mutant: Mutant, call: &mut Call, again: &[String], chance: &mut Chance) {
    let Some(body) = &mut call.body else { return };
    match mutant {
        Mutant::NoCondition => {
            *body = body.replace(",\"ifNoneMatch\":\"*\"", "");
            *body = cut(body, ",\"ifMatch\":\"W/\\\"", "\\\"\"", "");
        }
        Mutant::NewIds => {
            for id in again {
                *body = body.replace(id, &chance.uuid().to_string());
            }
        }
        _ => {}
    }
}

/// An answer as the mutant reads it.
pub fn answer(mutant: Mutant, answer: &mut Answer) {
    match mutant {
        Mutant::NoRetryAfter => answer.after_ms = None,
        Mutant::NoEpoch => {
            const MARK: &str = "\"url\":\"epoch\",\"valueString\":\"";
            answer.body = cut(&answer.body, MARK, "\"", &format!("{MARK}{EPOCH}\""));
        }
        _ => {}
    }
}

/// A text with `with` in place of all that reaches from `begin` to `end`.
fn cut(text: &str, begin: &str, end: &str, with: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(begin) {
        out.push_str(before);
        out.push_str(with);
        rest = after.split_once(end).map_or("", |(_, after)| after);
    }
    out + rest
}

/// What the answers to a push mean to the mutant.
pub fn told(mutant: Mutant, step: &Step, said: &mut Told, now: Moment) {
    let (Told::Pushed(pushed), Step::Push(batches)) = (said, step) else { return };
    for (one, batch) in pushed.iter_mut().zip(batches) {
        let good = (200..=299).contains(&one.status);
        let nothing = one.fates.iter().all(|fate| matches!(fate, Fate::TryLater { .. }));
        let takes = match mutant {
            Mutant::OuterStatus => good && !nothing,
            Mutant::TrustsAnyPage => good && nothing,
            _ => false,
        };
        if takes {
            for (fate, row) in one.fates.iter_mut().zip(batch) {
                if !matches!(fate, Fate::Settled(_)) {
                    *fate = Fate::Settled(unproved(row.entry.revision, now));
                }
            }
        }
    }
}

const fn unproved(revision: RevisionId, now: Moment) -> Receipt {
    Receipt {
        revision,
        version: VersionId(String::new()),
        digest: None,
        stored: now,
        epoch: String::new(),
        head: String::new(),
    }
}
