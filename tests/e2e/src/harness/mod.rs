//! Processes, pages and waiting.

pub mod axe;
pub mod browser;
pub mod clinic;
pub mod driver;
pub mod files;
pub mod filler;
pub mod form;
pub mod hospital;
pub mod parts;
pub mod person;
pub mod place;
pub mod proxy;
pub mod reader;
pub mod rules;
pub mod schema;
pub mod site;
pub mod wait;
pub mod world;

pub use browser::{Browser, Engine};
pub use clinic::Clinic;
pub use hospital::Hospital;
pub use proxy::{Proxy, Weather};
pub use reader::Reader;
pub use world::{World, promise};
