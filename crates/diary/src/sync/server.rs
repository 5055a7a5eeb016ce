//! What kind of server it is, and what follows from that.

use super::{By, Kind};

/// The server of a pairing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Server {
    /// Our clinic: lean lists, receipts, scores derived there.
    #[default]
    Clinic,
    /// Any other R4 server, with what was found out about it.
    Foreign {
        /// How a new id is made known to it.
        create: Create,
    },
}

/// How a resource with an id of ours is created.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Create {
    /// `PUT Type/id` creates.
    Put,
    /// It answers 404 or 405 to that: `PUT Type?identifier=…`.
    PutByIdentifier,
    /// `POST Type` with `ifNoneExist`, one writer at a time.
    PostIfNoneExist,
}

impl Create {
    /// The way to try next, when a server answers that it does not know this one.
    #[must_use]
    pub const fn next(self) -> Option<Self> {
        match self {
            Self::Put => Some(Self::PutByIdentifier),
            Self::PutByIdentifier => Some(Self::PostIfNoneExist),
            Self::PostIfNoneExist => None,
        }
    }

    /// Its name in a cycle's [`Memory`](super::Memory).
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Put => "put",
            Self::PutByIdentifier => "put-by-identifier",
            Self::PostIfNoneExist => "post-if-none-exist",
        }
    }

    /// The way of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        [Self::Put, Self::PutByIdentifier, Self::PostIfNoneExist].into_iter().find(|way| way.name() == name)
    }
}

impl Server {
    /// How a new id is made known to it.
    #[must_use]
    pub const fn create(self) -> Create {
        match self {
            Self::Clinic => Create::Put,
            Self::Foreign { create } => create,
        }
    }

    /// What names our entries there.
    #[must_use]
    pub const fn names(self) -> By {
        match self.create() {
            Create::Put => By::Id,
            Create::PutByIdentifier | Create::PostIfNoneExist => By::Identifier,
        }
    }

    /// Whether `If-None-Match: *` keeps a new entry from replacing one that is there. Elsewhere
    /// what is there is read before the first write (two of two servers measured
    /// ignored it).
    #[must_use]
    pub const fn guards_new(self) -> bool {
        matches!(self, Self::Clinic)
    }

    /// Whether each revision of an entry is sent, in order. Elsewhere only the newest is: where nothing
    /// stands in the way of a write, an older one could be put over what was made of it, when it was
    /// there all the time and only its receipt was disproved, or when it had been refused first.
    #[must_use]
    pub const fn takes_every_revision(self) -> bool {
        self.guards_new()
    }

    /// Batches that may be under way at once, of as many as a driver can carry. Parallel writes of
    /// one identifier were stored twice elsewhere.
    #[must_use]
    pub const fn lanes(self, most: usize) -> usize {
        match self {
            Self::Clinic => most,
            Self::Foreign { .. } => 1,
        }
    }

    /// Whether `_elements=id,meta` may be asked for. Elsewhere whole resources are searched for,
    /// and compared by content.
    #[must_use]
    pub const fn lists_lean(self) -> bool {
        matches!(self, Self::Clinic)
    }

    /// Whether a 2xx comes with a receipt. Elsewhere a later read of the content is the proof.
    #[must_use]
    pub const fn gives_receipts(self) -> bool {
        matches!(self, Self::Clinic)
    }

    /// Whether a list of this kind that fails with `status` only means that it keeps no such kind.
    #[must_use]
    pub fn may_lack(self, kind: Kind, status: u16) -> bool {
        let refused = super::fate_of(status) == super::Verdict::Refused;
        self != Self::Clinic && kind != Kind::Response && refused
    }

    /// Whether a history that fails with `status` only means that it keeps none.
    #[must_use]
    pub fn may_lack_history(self, status: u16) -> bool {
        self != Self::Clinic && super::fate_of(status) == super::Verdict::Refused
    }

    /// Whether scores go up as Observations, once their response is settled.
    #[must_use]
    pub const fn wants_observations(self) -> bool {
        matches!(self, Self::Foreign { .. })
    }

    /// Kinds that an ordinary pull lists.
    #[must_use]
    pub const fn pulls(self) -> &'static [Kind] {
        match self {
            Self::Clinic => &[Kind::Response, Kind::Session, Kind::Plan],
            // What is listed is also what proves that it was stored.
            Self::Foreign { .. } => self.reconciles(),
        }
    }

    /// Kinds that a reconcile compares.
    #[must_use]
    pub const fn reconciles(self) -> &'static [Kind] {
        &[Kind::Response, Kind::Session, Kind::Plan, Kind::Consent]
    }
}
