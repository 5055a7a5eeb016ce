//! AES-256-GCM by the browser (`SubtleCrypto`), under a key that is at hand as bytes.

use js_sys::{Array, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CryptoKey, SubtleCrypto};
use zeroize::Zeroizing;

use super::property;

/// The key's bytes; gone from memory when dropped.
pub type Key = Zeroizing<[u8; 32]>;

/// What came out of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opened {
    /// What was sealed.
    Plain(Vec<u8>),
    /// It does not open: another key, or something was altered.
    Shut,
    /// The browser has no cryptography (a plain-HTTP address) or no memory.
    NoCipher,
}

/// Ciphertext and tag. `None` where the browser has no cryptography or no memory.
pub async fn seal(key: &Key, nonce: &[u8; 12], associated: &[u8], plain: &[u8]) -> Option<Vec<u8>> {
    let subtle = subtle()?;
    let key = import(&subtle, key, "encrypt").await?;
    let promise = subtle.encrypt_with_object_and_u8_array(&how(nonce, associated), &key, plain).ok()?;
    Some(bytes(&JsFuture::from(promise).await.ok()?))
}

/// Opens what [`seal`] made.
pub async fn open(key: &Key, nonce: &[u8; 12], associated: &[u8], message: &[u8]) -> Opened {
    let Some(begun) = begin_open(key, nonce, associated, message).await else { return Opened::NoCipher };
    match JsFuture::from(begun).await {
        Ok(plain) => Opened::Plain(bytes(&plain)),
        // The one thing that `decrypt` says of a tag that does not fit.
        Err(thrown) if property(&thrown, "name") == Some(JsValue::from_str("OperationError")) => Opened::Shut,
        Err(_other) => Opened::NoCipher,
    }
}

async fn begin_open(key: &Key, nonce: &[u8; 12], associated: &[u8], message: &[u8]) -> Option<Promise> {
    let subtle = subtle()?;
    let key = import(&subtle, key, "decrypt").await?;
    subtle.decrypt_with_object_and_u8_array(&how(nonce, associated), &key, message).ok()
}

async fn import(subtle: &SubtleCrypto, key: &Key, usage: &str) -> Option<CryptoKey> {
    let raw = Uint8Array::from(key.as_slice());
    let (words, aes) = (Array::of1(&usage.into()), algorithm());
    let promise = subtle.import_key_with_object("raw", &raw, &aes, false, &words);
    let imported = JsFuture::from(promise.ok()?).await;
    // The browser has its own copy now.
    raw.fill(0, 0, raw.length());
    imported.ok()?.dyn_into().ok()
}

fn subtle() -> Option<SubtleCrypto> {
    property(&property(&js_sys::global(), "crypto")?, "subtle").map(JsCast::unchecked_into)
}

fn algorithm() -> Object {
    let object = Object::new();
    // A plain property of a plain object: cannot fail.
    drop(Reflect::set(&object, &"name".into(), &"AES-GCM".into()));
    object
}

fn how(nonce: &[u8; 12], associated: &[u8]) -> Object {
    let object = algorithm();
    for (name, value) in [("iv", nonce.as_slice()), ("additionalData", associated)] {
        drop(Reflect::set(&object, &name.into(), &Uint8Array::from(value)));
    }
    object
}

fn bytes(buffer: &JsValue) -> Vec<u8> {
    Uint8Array::new(buffer).to_vec()
}
