//! What comes over the network: forms, and the driver of the sync cycle.

pub mod forms;
pub mod pairing;
