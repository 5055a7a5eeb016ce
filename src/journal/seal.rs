//! Sealing records, and opening them.
//!
//!     1 byte format (1) | 4 bytes key id | 12 bytes nonce | AES-256-GCM ciphertext and tag
//!
//! A seal is bound to its place, `store \0 record id \0 revision`: a record moved to another place
//! does not open. Blind names are HMACs, for keys that would betray a day or an occasion.

use std::future::Future;

use js_sys::{Array, Promise, Uint8Array};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use super::keys::{Keys, algorithm, failed, subtle};
use super::trouble::Trouble;
use crate::platform;
use interlude_diary::journal::JournalError;

const FORMAT: u8 = 1;
const HEAD: usize = 1 + 4 + 12;

/// Where a sealed record lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place(String);

impl Place {
    /// A record that has revisions; `revision` is empty for one that has none.
    pub(super) fn new(store: &str, id: &str, revision: &str) -> Self {
        Self(format!("{store}\0{id}\0{revision}"))
    }
}

/// Seals one record.
pub(super) async fn seal(keys: &Keys, place: &Place, plain: &[u8]) -> Result<Uint8Array, Trouble> {
    let (head, promise) = begin_seal(keys, place, plain)?;
    Ok(joined(&head, &JsFuture::from(promise).await.map_err(failed)?))
}

/// Seals many: the browser works on all at once.
pub(super) async fn seal_all(keys: &Keys, plain: &[(Place, Vec<u8>)]) -> Result<Vec<Uint8Array>, Trouble> {
    let begun: Vec<([u8; HEAD], Promise)> =
        plain.iter().map(|(place, bytes)| begin_seal(keys, place, bytes)).collect::<Result<_, _>>()?;
    let all: Array = begun.iter().map(|(_, promise)| JsValue::from(promise)).collect();
    let done: Array = JsFuture::from(Promise::all(&all)).await.map_err(failed)?.into();
    Ok(begun.iter().zip(done.iter()).map(|((head, _), body)| joined(head, &body)).collect())
}

/// Opens one record. `None` when it does not open: other keys, another place, or damage.
pub(super) async fn open(
    keys: &Keys,
    place: &Place,
    sealed: &Uint8Array,
) -> Result<Option<Vec<u8>>, Trouble> {
    let Some(promise) = begin_open(keys, place, sealed)? else { return Ok(None) };
    Ok(JsFuture::from(promise).await.ok().map(|plain| Uint8Array::new(&plain).to_vec()))
}

/// Opens many: the browser works on all at once.
pub(super) async fn open_all(
    keys: &Keys,
    sealed: &[(Place, Uint8Array)],
) -> Result<Vec<Option<Vec<u8>>>, Trouble> {
    let begun: Vec<Option<Promise>> =
        sealed.iter().map(|(place, bytes)| begin_open(keys, place, bytes)).collect::<Result<_, _>>()?;
    // One that does not open must not take the others with it, hence all *settled*.
    let all: Array = begun.into_iter().map(JsValue::from).collect();
    let done: Array = JsFuture::from(Promise::all_settled(&all)).await.map_err(failed)?.into();
    Ok(done.iter().map(|fate| fulfilled(&fate)).collect())
}

fn fulfilled(fate: &JsValue) -> Option<Vec<u8>> {
    let value = js_sys::Reflect::get(fate, &"value".into()).ok().filter(|value| !value.is_undefined())?;
    Some(Uint8Array::new(&value).to_vec())
}

fn begin_seal(keys: &Keys, place: &Place, plain: &[u8]) -> Result<([u8; HEAD], Promise), Trouble> {
    let nonce: [u8; 12] = platform::ids::random();
    let mut head = [FORMAT; HEAD];
    let parts = keys.id.to_be_bytes().into_iter().chain(nonce);
    head.iter_mut().skip(1).zip(parts).for_each(|(byte, part)| *byte = part);
    let how = parameters(&Uint8Array::from(nonce.as_slice()), place);
    let promise = subtle()?.encrypt_with_object_and_u8_array(&how, &keys.data, plain).map_err(failed)?;
    Ok((head, promise))
}

fn begin_open(keys: &Keys, place: &Place, sealed: &Uint8Array) -> Result<Option<Promise>, Trouble> {
    let at = u32::try_from(HEAD).unwrap_or_default();
    let head = sealed.subarray(0, at).to_vec();
    let known = head.len() == HEAD && head.starts_with(&[FORMAT]);
    if !known || head.get(1..5) != Some(keys.id.to_be_bytes().as_slice()) {
        return Ok(None);
    }
    let how = parameters(&sealed.subarray(5, at), place);
    let body = sealed.subarray(at, sealed.length());
    subtle()?.decrypt_with_object_and_js_u8_array(&how, &keys.data, &body).map(Some).map_err(failed)
}

fn parameters(nonce: &Uint8Array, place: &Place) -> js_sys::Object {
    let bound = Uint8Array::from(place.0.as_bytes());
    algorithm("AES-GCM", &[("iv", nonce.into()), ("additionalData", bound.into())])
}

fn joined(head: &[u8], body: &JsValue) -> Uint8Array {
    let body = Uint8Array::new(body);
    let at = u32::try_from(head.len()).unwrap_or_default();
    let whole = Uint8Array::new_with_length(at + body.length());
    whole.set(&Uint8Array::from(head), 0);
    whole.set(&body, at);
    whole
}

/// Blind names for `texts` of one kind: 32 hexadecimal digits each, the same for the same text.
pub(super) fn blind(
    keys: &Keys,
    kind: &str,
    texts: &[String],
) -> Result<impl Future<Output = Result<Vec<String>, Trouble>> + use<>, Trouble> {
    let subtle = subtle()?;
    let all = Array::new();
    for text in texts {
        let message = format!("{kind}\0{text}");
        let promise =
            subtle.sign_with_str_and_u8_array("HMAC", &keys.names, message.as_bytes()).map_err(failed)?;
        all.push(&promise);
    }
    Ok(async move {
        let done: Array = JsFuture::from(Promise::all(&all)).await.map_err(failed)?.into();
        Ok(done.iter().map(|mac| hex(&Uint8Array::new(&mac).subarray(0, 16).to_vec())).collect())
    })
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A record that cannot be opened.
pub(super) const fn damaged(seq: Option<interlude_diary::journal::Seq>) -> Trouble {
    Trouble::Final(JournalError::Damaged { seq })
}
