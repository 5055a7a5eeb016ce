//! What broken laws come to, in the words of promise 1: lost, doubled, misdated, stuck, falsely
//! confirmed.

use crate::laws::Broken;
use crate::many::Failure;

/// What a broken law means to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Harm {
    /// Something recorded is nowhere, or not where it should be seen.
    Lost,
    /// Something is there twice, or never was recorded.
    Doubled,
    /// Something is there with another day or content.
    Misdated,
    /// Something never comes to its end, or the phones do not agree.
    Stuck,
    /// The light says what is not so.
    FalselyConfirmed,
}

impl Harm {
    /// All, as the table has them.
    pub const ALL: [Self; 5] =
        [Self::Lost, Self::Doubled, Self::Misdated, Self::Stuck, Self::FalselyConfirmed];

    /// Its heading.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Lost => "lost",
            Self::Doubled => "doubled",
            Self::Misdated => "misdated",
            Self::Stuck => "stuck",
            Self::FalselyConfirmed => "falsely confirmed",
        }
    }

    /// What a failure means; a panic leaves everything where it was.
    #[must_use]
    pub const fn of(failure: &Failure) -> Self {
        match failure.broken {
            Some(Broken::Lost(_) | Broken::NotPulled(_) | Broken::Unkept(_) | Broken::Unseen(_)) => {
                Self::Lost
            }
            Some(
                Broken::Doubled(_)
                | Broken::Invented(_)
                | Broken::Stranger(_)
                | Broken::Risen(_)
                | Broken::LetIn,
            ) => Self::Doubled,
            Some(Broken::Altered(_) | Broken::Moved(_) | Broken::Undone(_)) => Self::Misdated,
            Some(Broken::LightAhead(_) | Broken::LightStale(_) | Broken::FalseAlarm(_)) => {
                Self::FalselyConfirmed
            }
            Some(
                Broken::Unsettled(_)
                | Broken::WronglyParked(_)
                | Broken::Diverged(_)
                | Broken::Disagreed(_)
                | Broken::NoRest
                | Broken::SignedOut
                | Broken::NoReason(_)
                | Broken::Pushy(_)
                | Broken::Busy,
            )
            | None => Self::Stuck,
        }
    }
}
