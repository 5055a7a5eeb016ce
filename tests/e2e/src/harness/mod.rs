//! Processes, pages and waiting.

pub mod browser;
pub mod clinic;
pub mod driver;
pub mod parts;
pub mod place;
pub mod proxy;
pub mod wait;
pub mod world;

pub use browser::{Browser, Engine};
pub use clinic::Clinic;
pub use proxy::{Proxy, Weather};
pub use world::{World, promise};
