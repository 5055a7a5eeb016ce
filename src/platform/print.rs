//! Printing, and the share sheet.

use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag};

use super::{method, property, window};

/// Opens the browser's print window for this page. It saves a PDF where the system can.
pub fn print() {
    if let Some(window) = window() {
        // Fails in a page that may not open windows: then nothing opens, as the person sees.
        drop(window.print());
    }
}

/// A file to hand over: name, media type, bytes.
pub type Handed<'a> = (&'a str, &'a str, &'a [u8]);

/// Whether this phone has a share sheet that takes such files.
#[must_use]
pub fn can_share(files: &[Handed<'_>]) -> bool {
    let asked = || {
        let of = window()?.navigator();
        method(&of, "share")?;
        method(&of, "canShare")?.call1(&of, &package(files)?).ok()?.as_bool()
    };
    asked().unwrap_or(false)
}

/// Opens the share sheet; to be called from a tap. Answers whether it opened: a person who closes it
/// again has changed their mind, which is no failure.
pub async fn share(files: &[Handed<'_>]) -> bool {
    let opened = || {
        let of = window()?.navigator();
        method(&of, "share")?.call1(&of, &package(files)?).ok()?.dyn_into::<Promise>().ok()
    };
    let Some(opened) = opened() else { return false };
    match JsFuture::from(opened).await {
        Ok(_done) => true,
        Err(why) => property(&why, "name").and_then(|name| name.as_string()).as_deref() == Some("AbortError"),
    }
}

fn package(files: &[Handed<'_>]) -> Option<JsValue> {
    let all = Array::new();
    for (name, kind, bytes) in files {
        all.push(&file(name, kind, bytes)?);
    }
    let package = Object::new();
    Reflect::set(&package, &JsValue::from_str("files"), &all).ok()?;
    Some(package.into())
}

/// A `File`, which web-sys would make of a Blob in the same way.
fn file(name: &str, kind: &str, bytes: &[u8]) -> Option<JsValue> {
    let parts = Array::of1(&Uint8Array::from(bytes));
    let bag = BlobPropertyBag::new();
    bag.set_type(kind);
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &bag).ok()?;
    let maker: Function = property(&window()?.into(), "File")?.dyn_into().ok()?;
    Reflect::construct(&maker, &Array::of3(&Array::of1(&blob), &JsValue::from_str(name), &bag)).ok()
}
