//! Compression by the browser itself (`CompressionStream`). Not every browser has it.

use js_sys::{ArrayBuffer, Function, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::{method, property};

/// The text as gzip; `None` where the browser cannot, and then it goes as it is.
pub async fn pack(text: &str) -> Option<Uint8Array> {
    let maker: Function = property(&js_sys::global(), "CompressionStream")?.dyn_into().ok()?;
    let packer = Reflect::construct(&maker, &js_sys::Array::of1(&JsValue::from_str("gzip"))).ok()?;
    let parts = js_sys::Array::of1(&JsValue::from_str(text));
    let blob: JsValue = web_sys::Blob::new_with_str_sequence(&parts).ok()?.into();
    let plain = method(&blob, "stream")?.call0(&blob).ok()?;
    let packed = method(&plain, "pipeThrough")?.call1(&plain, &packer).ok()?;
    let maker: Function = property(&js_sys::global(), "Response")?.dyn_into().ok()?;
    let response: web_sys::Response =
        Reflect::construct(&maker, &js_sys::Array::of1(&packed)).ok()?.dyn_into().ok()?;
    let bytes: ArrayBuffer = JsFuture::from(response.array_buffer().ok()?).await.ok()?.dyn_into().ok()?;
    Some(Uint8Array::new(&bytes))
}
