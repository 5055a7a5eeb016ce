//! The save light of one revision.

use super::{Filed, OutgoingState, Row};
use crate::calendar::Moment;
use crate::entry::Receipt;

/// How far one revision has come. Each word is earned: see ARCHITECTURE.md, "The save light".
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Light {
    /// On this phone, read back from disk. Held rows may still be undone.
    OnThisPhone {
        /// Whether it may still be undone without a reason.
        held: bool,
    },
    /// Stays on this phone by its kind or by the person's choice.
    StaysHere,
    /// A server answered 2xx without a receipt that could be checked.
    Sent {
        /// When, by the server's clock.
        at: Moment,
    },
    /// The clinic's receipt matches what is here.
    ClinicHadIt(Receipt),
    /// The clinic holds this revision with other content.
    ChangedCopy(Receipt),
    /// The clinic will not have it; parked.
    Refused {
        /// HTTP status.
        status: u16,
        /// The server's words.
        reason: String,
    },
}

impl Light {
    /// When a server stored it, where one did.
    #[must_use]
    pub const fn stored(&self) -> Option<Moment> {
        match self {
            Self::Sent { at } => Some(*at),
            Self::ClinicHadIt(receipt) | Self::ChangedCopy(receipt) => Some(receipt.stored),
            Self::OnThisPhone { .. } | Self::StaysHere | Self::Refused { .. } => None,
        }
    }

    /// The light of one revision, from its outbox row and its receipt: all that decides it.
    #[must_use]
    pub fn of(row: Option<&Row>, filed: Option<&Filed>) -> Self {
        match (filed, row) {
            (Some(filed), _) if filed.changed => Self::ChangedCopy(filed.receipt.clone()),
            (Some(filed), _) if filed.matches() => Self::ClinicHadIt(filed.receipt.clone()),
            (Some(filed), _) => Self::Sent { at: filed.receipt.stored },
            (None, Some(row)) => match &row.state {
                OutgoingState::Waiting => Self::OnThisPhone { held: row.held() },
                OutgoingState::Parked { status, reason } => {
                    Self::Refused { status: *status, reason: reason.clone() }
                }
            },
            (None, None) => Self::StaysHere,
        }
    }
}
