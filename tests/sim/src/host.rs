//! What a world asks of the server in it.

use std::collections::BTreeSet;

use interlude_diary::ids::RevisionId;
use interlude_diary::sync::Server;
use interlude_fhir::exchange::{Answer, Call};
use interlude_testkit::Chance;

/// The server of a world.
pub trait Host {
    /// What a phone is told that it is, when it is paired.
    fn server(&self) -> Server;

    /// FHIR id of one of its patients.
    fn patient(&self, person: usize) -> &str;

    /// A token for one more phone of a patient.
    fn token(&self, person: usize) -> String;

    /// Knows this token no more. Answers whether it is sure of that.
    fn revoke(&mut self, _token: &str) -> bool {
        false
    }

    /// Erases a patient.
    fn erase(&mut self, _person: usize) {}

    /// Moves its clock.
    fn set_clock(&mut self, now_ms: i64);

    /// Executes a request.
    fn execute(&mut self, call: &Call, token: &str) -> Answer;

    /// Executes one that its phone gave up on.
    fn execute_late(&mut self, call: &Call, token: &str) -> Answer {
        self.execute(call, token)
    }

    /// Makes a copy of its store, for a restore.
    fn copy(&mut self) {}

    /// Loses what was stored last, as much as chance decides.
    fn restore(&mut self, chance: &mut Chance);

    /// Its store fails no more.
    fn mend(&mut self) {}

    /// Digests of the contents that it ever held of a revision.
    fn ever(&self, revision: RevisionId) -> Option<&BTreeSet<[u8; 32]>>;

    /// Whether it stored this revision at this time, where it says when.
    fn stored_at(&self, _revision: RevisionId, _at_ms: i64) -> bool {
        true
    }

    /// Requests it has answered.
    fn requests(&self) -> u64;

    /// Requests that a comparison takes in which nothing is new: one list of each kind.
    fn requests_of_a_comparison(&self) -> u64 {
        4
    }
}
