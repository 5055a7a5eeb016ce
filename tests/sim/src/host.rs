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

    /// FHIR id of the patient.
    fn patient(&self) -> &str;

    /// A token for one more phone.
    fn token(&self) -> String;

    /// Knows this token no more.
    fn revoke(&mut self, token: &str);

    /// Moves its clock.
    fn set_clock(&mut self, now_ms: i64);

    /// Executes a request.
    fn execute(&mut self, call: &Call, token: &str) -> Answer;

    /// Loses what was stored last, as much as chance decides.
    fn restore(&mut self, chance: &mut Chance);

    /// Digests of the contents that it ever held of a revision.
    fn ever(&self, revision: RevisionId) -> Option<&BTreeSet<[u8; 32]>>;

    /// Requests it has answered.
    fn requests(&self) -> u64;
}
