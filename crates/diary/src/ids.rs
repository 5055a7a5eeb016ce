//! Ids: UUIDs made on the phone, as values that cannot be anything else.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The text is not a UUID in its hyphenated lower-case form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a UUID")]
pub struct NotAnId;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// Wraps a UUID made by the caller: version 7 on a phone, any in tests.
            #[must_use]
            pub const fn new(uuid: Uuid) -> Self {
                Self(uuid)
            }

            /// The UUID itself.
            #[must_use]
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.as_hyphenated().fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0.as_hyphenated())
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            /// Accepts only the form it prints, so that one id has one spelling.
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                let uuid = Uuid::try_parse(text).map_err(|_invalid| NotAnId)?;
                let mut printed = Uuid::encode_buffer();
                if uuid.as_hyphenated().encode_lower(&mut printed) == text { Ok(Self(uuid)) } else { Err(NotAnId) }
            }
        }
    };
}

id! {
    /// Names an entry for good, through all its revisions. Made when the form opens.
    EntryId
}
id! {
    /// Names one revision of one entry. The first revision has one of its own too.
    RevisionId
}
id! {
    /// Names one installation of the app. It says nothing of the person.
    DeviceId
}
