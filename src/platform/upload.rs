//! A file that the person chose.

use js_sys::{Promise, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::{method, property, window};

/// What became of reading it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Upload {
    /// Its bytes.
    Bytes(Vec<u8>),
    /// Larger than was allowed; it was not read.
    TooLarge,
    /// The browser could not read it: it was moved, or the phone's cloud storage did not bring it.
    Unreadable,
    /// None was chosen.
    None,
}

/// Reads the file that was chosen in the input with this id, if it has at most `most` bytes.
pub async fn read(id: &str, most: usize) -> Upload {
    let Some(file) = chosen(id) else { return Upload::None };
    let size = property(&file, "size").and_then(|size| size.as_f64()).unwrap_or(f64::INFINITY);
    #[expect(clippy::cast_precision_loss, reason = "a bound of some megabytes")]
    if size > most as f64 {
        return Upload::TooLarge;
    }
    let read = method(&file, "arrayBuffer").and_then(|read| read.call0(&file).ok());
    let Some(promise) = read.and_then(|promise| promise.dyn_into::<Promise>().ok()) else {
        return Upload::Unreadable;
    };
    match JsFuture::from(promise).await {
        Ok(buffer) => Upload::Bytes(Uint8Array::new(&buffer).to_vec()),
        Err(_gone) => Upload::Unreadable,
    }
}

/// The first file of the input.
fn chosen(id: &str) -> Option<JsValue> {
    let input = window()?.document()?.get_element_by_id(id)?;
    property(&property(&input, "files")?, "0")
}
