//! Safety steps switched off, one at a time: the laws must notice each of them.
//!
//! A mutant is played at a port, never in the product's code: at the journal a phone writes to
//! ([`crate::disk`]), at the requests and answers it exchanges ([`crate::warp`]), at the store below the
//! clinic's router ([`crate::rack`]), or at the server as a whole. `tests/mutants.rs` plays each over
//! seeds until a law breaks, and fails where none does.

use crate::laws::Broken;
use crate::scenes::Scene;

/// A safety step that is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mutant {
    /// The journal says "kept" without reading back.
    NoReadBack,
    /// The entry and its outbox row are two transactions.
    HalfRecorded,
    /// The outbox row goes when it is sent, not when it is answered.
    RowGoneEarly,
    /// The newest revision of an entry goes first.
    NewestFirst,
    /// What was kept to the phone is sent.
    SendsWhatStays,
    /// A retraction that comes down is not written.
    ForgetsRetraction,
    /// What a reconcile disproved keeps its receipt.
    KeepsDisproved,
    /// A receipt is filed without comparing its digest.
    TrustsReceipts,
    /// The cursor is on disk before what came down is.
    CursorFirst,
    /// The cursor is this phone's time, not the server's.
    OwnCursor,
    /// Of another server: 2xx is taken for proof.
    NoProof,
    /// Of another server: nothing is read before the first write.
    NoLook,
    /// Writes carry no condition.
    NoCondition,
    /// A row that is sent again gets another id.
    NewIds,
    /// The status of the whole answer is taken for that of each entry.
    OuterStatus,
    /// Any 200 is taken for the server's answer.
    TrustsAnyPage,
    /// A history that is to be read first is not.
    NoAncestry,
    /// Another epoch is not noticed.
    NoEpoch,
    /// `Retry-After` is not read.
    NoRetryAfter,
    /// Nothing is waited for.
    NoBackOff,
    /// The clinic's receipt says the digest of what was sent.
    EchoesDigest,
    /// The clinic's receipt is made of what the store was given, not of what it gives back.
    NoStoreReadBack,
    /// The clinic stores a revision it holds once more.
    StoresTwice,
    /// The clinic looks at no condition.
    IgnoresConditions,
    /// The clinic uses version ids again after a restore.
    ReusesVersions,
    /// The clinic forgets erasures in a restore.
    ForgetsErasures,
    /// The clinic's searches find what is another patient's.
    FindsOthers,
    /// The clinic knows revoked tokens.
    KnowsRevoked,
}

/// A mutant, and where it is played.
#[derive(Debug, Clone, Copy)]
pub struct Case {
    /// The step that is left out.
    pub mutant: Mutant,
    /// The scene it is played in.
    pub scene: &'static str,
    /// Most schedules until a law must break.
    pub most: u64,
}

const fn case(mutant: Mutant, scene: &'static str, most: u64) -> Case {
    Case { mutant, scene, most }
}

/// All.
pub const MUTANTS: [Case; 28] = [
    case(Mutant::NoReadBack, "stores-fail", 200),
    case(Mutant::HalfRecorded, "stores-fail", 200),
    case(Mutant::RowGoneEarly, "all-faults", 200),
    case(Mutant::NewestFirst, "no-restores", 200),
    case(Mutant::SendsWhatStays, "no-restores", 200),
    case(Mutant::ForgetsRetraction, "no-restores", 200),
    case(Mutant::KeepsDisproved, "all-faults", 200),
    case(Mutant::TrustsReceipts, "rotten", 200),
    case(Mutant::CursorFirst, "by-list", 200),
    case(Mutant::OwnCursor, "by-list", 200),
    case(Mutant::NoProof, "its-own-ids", 200),
    case(Mutant::NoLook, "stores-fail-elsewhere", 3000),
    case(Mutant::NoCondition, "no-restores", 200),
    case(Mutant::NewIds, "no-restores", 200),
    case(Mutant::OuterStatus, "its-own-ids", 200),
    case(Mutant::TrustsAnyPage, "no-restores", 200),
    case(Mutant::NoAncestry, "no-restores", 2000),
    case(Mutant::NoEpoch, "restored-by-list", 200),
    case(Mutant::NoRetryAfter, "refusals", 200),
    case(Mutant::NoBackOff, "refusals", 200),
    case(Mutant::EchoesDigest, "rotten", 200),
    case(Mutant::NoStoreReadBack, "stores-fail", 200),
    case(Mutant::StoresTwice, "no-restores", 200),
    case(Mutant::IgnoresConditions, "no-restores", 200),
    case(Mutant::ReusesVersions, "all-faults", 2000),
    case(Mutant::ForgetsErasures, "erased", 200),
    case(Mutant::FindsOthers, "patients", 200),
    case(Mutant::KnowsRevoked, "odd", 200),
];

impl Case {
    /// Plays the mutant until a law breaks: which, and in which schedule; none where it lives.
    ///
    /// # Panics
    /// When there is no such scene.
    #[must_use]
    pub fn kill(self) -> Option<(u64, Broken)> {
        let scene = Scene::named(self.scene).expect("a scene").without(self.mutant);
        let mut player = scene.player();
        (1..=self.most).find_map(|seed| player(seed).err().map(|broken| (seed, broken)))
    }
}
