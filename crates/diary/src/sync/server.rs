//! What kind of server it is, and what follows from that.

use super::Kind;

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

impl Server {
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

    /// Whether scores go up as Observations, once their response is settled.
    #[must_use]
    pub const fn wants_observations(self) -> bool {
        matches!(self, Self::Foreign { .. })
    }

    /// Kinds that an ordinary pull lists.
    #[must_use]
    pub const fn pulls(self) -> &'static [Kind] {
        &[Kind::Response, Kind::Session]
    }

    /// Kinds that a reconcile compares.
    #[must_use]
    pub const fn reconciles(self) -> &'static [Kind] {
        &[Kind::Response, Kind::Session, Kind::Consent]
    }
}
