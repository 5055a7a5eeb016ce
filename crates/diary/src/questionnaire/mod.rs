//! How a question is asked: the form, the answers, and the rules between them.
//!
//! A [`Form`] is what the renderer shows; `interlude-fhir` makes one of a FHIR Questionnaire and
//! names what it could not take. [`Answers`] are what a draft holds, one [`Given`] an item;
//! a [`Response`](response::Response) is the tree that an entry keeps, frozen when recorded.
//!
//! From a form and answers: [`steps`] are the screens, [`check`](check()) and [`missing`] judge them,
//! [`respond`](respond()) makes the tree, [`scores`] and [`values_for_day_line`] read it.

pub mod answers;
pub mod check;
pub mod enable;
pub mod flow;
pub mod form;
pub mod parse;
pub mod respond;
pub mod response;
pub mod score;
pub mod value;

pub use answers::{Answers, Given, Slot};
pub use check::{Problem, check, missing, problems};
pub use flow::{Asked, Step, StepKind, add_instance, initial, is_scale, item, remove_instance, stem, steps};
pub use form::{Choice, Condition, Form, Hint, Item, Kind, LeftOut, Test, Unit, Why};
pub use parse::parse;
pub use respond::{reopen, respond};
pub use response::{Response, ResponseItem};
pub use score::{Score, form_name, scores, values_for_day_line};
pub use value::{Coding, Decimal, Quantity, Value};
