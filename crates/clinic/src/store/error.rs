//! Why the store could not do it.

/// Named for what the caller can do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// Try again later.
    #[error("the store is busy or cannot be reached")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// There is no room: nothing of it was written. Try again when somebody made room.
    #[error("there is no room for the store")]
    Full,
    /// Something kept is not as it was written.
    #[error("{0} in the store cannot be read")]
    Damaged(&'static str),
    /// There is no such patient, or the diary is erased.
    #[error("no such patient")]
    NoSuchPatient,
    /// The store was made by a newer version of this program.
    #[error("the store is from a newer version of this program (schema {found})")]
    TooNew {
        /// Its schema.
        found: i64,
    },
    /// The operating system gives no random bytes.
    #[error("no randomness to be had")]
    NoChance,
}

#[cfg(feature = "sqlite")]
impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        if matches!(error, sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_)) {
            return Self::Damaged("a column");
        }
        let code = error.as_database_error().and_then(sqlx::error::DatabaseError::code);
        if code.as_deref() == Some(FULL) { Self::Full } else { Self::Unavailable(Box::new(error)) }
    }
}

/// `SQLITE_FULL`.
#[cfg(feature = "sqlite")]
const FULL: &str = "13";

impl From<std::io::Error> for StoreError {
    fn from(error: std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::StorageFull {
            Self::Full
        } else {
            Self::Unavailable(Box::new(error))
        }
    }
}
