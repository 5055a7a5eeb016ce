//! One file a resource. Handlers are thin: read, ask the store, write.

pub mod batch;
pub mod bundle;
pub mod health;
pub mod leave;
pub mod metadata;
pub mod observation;
pub mod organization;
pub mod pair;
pub mod patient;
pub mod questionnaire;
pub mod reading;
pub mod receipt;
pub mod record;
pub mod reminder;
