//! What comes over the network: forms, and the driver of the sync cycle.

pub mod clinic;
pub mod driver;
pub mod forms;
mod late;
pub mod pairing;
pub mod reminder;
pub mod remote;
pub mod triggers;
