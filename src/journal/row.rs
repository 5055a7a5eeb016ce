//! Records as IndexedDB keeps them: plain objects with a few fields in clear and one sealed.

use interlude_diary::journal::{JournalError, Seq};
use js_sys::{Object, Reflect, Uint8Array};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};

use super::transaction::set;
use super::trouble::Trouble;

/// Builds a record.
pub(super) fn row(fields: &[(&str, JsValue)]) -> Object {
    let record = Object::new();
    for (name, value) in fields {
        set(&record, name, value);
    }
    record
}

/// A field of text; empty when it is not there.
pub(super) fn text(record: &Object, name: &str) -> String {
    field(record, name).as_string().unwrap_or_default()
}

/// A field of a whole number; none when it is not there.
pub(super) fn whole(record: &Object, name: &str) -> Option<i64> {
    #[expect(clippy::cast_possible_truncation, reason = "written from whole numbers below 2^53")]
    field(record, name).as_f64().map(|number| number as i64)
}

/// A field that counts; 0 when it is not there.
pub(super) fn count(record: &Object, name: &str) -> u64 {
    whole(record, name).and_then(|number| number.try_into().ok()).unwrap_or_default()
}

/// Place in the journal.
pub(super) fn seq(record: &Object) -> Seq {
    Seq(count(record, "seq"))
}

/// A whole number as JavaScript has them.
#[expect(clippy::cast_precision_loss, reason = "sequence numbers, counts and times are far below 2^53")]
pub(super) fn js(number: i64) -> JsValue {
    JsValue::from_f64(number as f64)
}

/// A count as JavaScript has them.
pub(super) fn js_count(number: u64) -> JsValue {
    js(i64::try_from(number).unwrap_or(i64::MAX))
}

/// The sealed bytes; none in a row that hides nothing yet.
pub(super) fn sealed(record: &Object) -> Option<Uint8Array> {
    field(record, "sealed").dyn_into().ok()
}

/// What goes into a seal. Fails only for values that JSON cannot hold.
pub(super) fn json(value: &impl Serialize) -> Result<Vec<u8>, Trouble> {
    serde_json::to_vec(value).map_err(|_shape| failed("EncodingError"))
}

/// What came out of a seal.
pub(super) fn parsed<T: DeserializeOwned>(plain: &[u8], seq: Option<Seq>) -> Result<T, Trouble> {
    serde_json::from_slice(plain).map_err(|_shape| Trouble::Final(JournalError::Damaged { seq }))
}

pub(super) fn failed(name: &str) -> Trouble {
    Trouble::Final(JournalError::Failed { name: name.to_owned() })
}

pub(super) fn field(record: &Object, name: &str) -> JsValue {
    Reflect::get(record, &name.into()).unwrap_or_default()
}
