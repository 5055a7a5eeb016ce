//! The keys: a random data key and a random key for blind names, wrapped by the device's key.
//!
//! The device key is made by the browser, cannot be exported, and lies in the `keys` store as the
//! browser keeps it. With a passcode another key wraps the same two ([`passcode`](super::passcode)),
//! and they are held here only once somebody has given it.

use std::rc::Rc;

use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CryptoKey, IdbDatabase, SubtleCrypto};

use super::transaction::{Access, Tx, set};
use super::trouble::{self, Trouble};
use crate::later::NotHere;
use crate::platform;
use interlude_diary::journal::JournalError;

/// The opened keys of this store.
pub(super) struct Keys {
    /// Names the data key in every envelope, and this store against a later one.
    pub(super) id: u32,
    /// AES-256-GCM over records.
    pub(super) data: CryptoKey,
    /// HMAC-SHA-256 over what would betray itself as a key: days, occasions.
    pub(super) names: CryptoKey,
}

pub(super) const STORE: &str = "keys";
/// Who wraps the two, as it stands in the row.
pub(super) const DEVICE: &str = "device";
/// See [`DEVICE`].
pub(super) const PASSCODE: &str = "passcode";
const NONCE: usize = 12;

impl Keys {
    /// The store's keys: those `held` already where they are this store's, else opened by the
    /// device's key; made in a store that has none. Locked where only a passcode opens them.
    pub(super) async fn load(db: &IdbDatabase, held: Option<Rc<Self>>) -> Result<Rc<Self>, Trouble> {
        if let Some(found) = read(db).await? {
            return match held.filter(|held| held.id == found.id) {
                Some(held) => Ok(held),
                None if found.coded => Err(locked()),
                None => found.open().await.map(Rc::new),
            };
        }
        match super::late::keys(db.clone()).await {
            Ok(work) => work.await.map(Rc::new),
            Err(NotHere) => Err(failed("NotFetched".into())),
        }
    }

    /// The keys that a store has.
    pub(super) async fn of(db: &IdbDatabase) -> Result<Self, Trouble> {
        match read(db).await? {
            Some(there) if there.coded => Err(locked()),
            Some(there) => there.open().await,
            None => Err(Trouble::Moved),
        }
    }

    /// Makes the keys of a store that has none.
    pub(super) async fn make(db: &IdbDatabase) -> Result<Self, Trouble> {
        let made = Wrapped::make().await?;
        made.open_after_keeping(db).await
    }

    /// Whether the store still has the keys we hold: asked inside a writing transaction, so that
    /// a tab which slept through an erasure seals nothing under keys that are gone.
    pub(super) fn are(&self, row: Option<&Object>) -> bool {
        row.and_then(|row| number(row, "id")) == Some(f64::from(self.id))
    }
}

/// Asks for the row that [`Keys::are`] wants.
pub(super) fn ask_for(tx: &Tx) -> Result<super::transaction::Asked, Trouble> {
    tx.get(STORE, &"data".into())
}

pub(super) const fn locked() -> Trouble {
    Trouble::Final(JournalError::Locked)
}

/// The rows as they lie in the store.
pub(super) struct Wrapped {
    pub(super) id: u32,
    pub(super) device: CryptoKey,
    pub(super) data: Uint8Array,
    pub(super) names: Uint8Array,
    /// Whether a passcode's key wraps the two, and not the device's.
    pub(super) coded: bool,
}

pub(super) async fn read(db: &IdbDatabase) -> Result<Option<Wrapped>, Trouble> {
    let tx = Tx::begin(db, &[STORE], Access::Read)?;
    let (device, data) = (tx.get(STORE, &"device".into())?, ask_for(&tx)?);
    let (device, data) = (device.record().await?, data.record().await?);
    match (device, data) {
        (None, None) => Ok(None),
        // A row without its key is a store that cannot be opened, not one to be made anew.
        (Some(device), Some(data)) => Wrapped::of(&device, &data).map(Some).ok_or(locked()),
        (Some(_), None) | (None, Some(_)) => Err(locked()),
    }
}

impl Wrapped {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "written from a u32")]
    pub(super) fn of(device: &Object, data: &Object) -> Option<Self> {
        Some(Self {
            id: number(data, "id")? as u32,
            device: field(device, "key")?.dyn_into().ok()?,
            data: field(data, "data")?.dyn_into().ok()?,
            names: field(data, "names")?.dyn_into().ok()?,
            coded: field(data, "by").and_then(|by| by.as_string()).as_deref() == Some(PASSCODE),
        })
    }

    async fn make() -> Result<Self, Trouble> {
        let subtle = subtle()?;
        let aes = algorithm("AES-GCM", &[("length", 256.into())]);
        let hmac = algorithm("HMAC", &[("hash", "SHA-256".into()), ("length", 256.into())]);
        let device = generate(&subtle, &aes, false, &["wrapKey", "unwrapKey"]).await?;
        let data = generate(&subtle, &aes, true, &["encrypt", "decrypt"]).await?;
        let names = generate(&subtle, &hmac, true, &["sign"]).await?;
        Ok(Self {
            id: u32::from_le_bytes(platform::ids::random()),
            data: wrap(&subtle, &device, &data, "data").await?,
            names: wrap(&subtle, &device, &names, "names").await?,
            device,
            coded: false,
        })
    }

    async fn open(&self) -> Result<Keys, Trouble> {
        self.open_by(&self.device, false).await
    }

    /// Opens the two by the key that wraps them. Such as may leave the browser's hands are asked for
    /// only to be wrapped anew.
    pub(super) async fn open_by(&self, by: &CryptoKey, may_leave: bool) -> Result<Keys, Trouble> {
        let subtle = subtle()?;
        let aes = algorithm("AES-GCM", &[]);
        let hmac = algorithm("HMAC", &[("hash", "SHA-256".into())]);
        // Both are on their way before the first is awaited.
        let open =
            |bytes, place, how, usages| unwrap(&subtle, by, bytes, &Kind { place, how, may_leave, usages });
        let data = open(&self.data, "data", &aes, &["encrypt", "decrypt"])?;
        let names = open(&self.names, "names", &hmac, &["sign"])?;
        Ok(Keys { id: self.id, data: unwrapped(data).await?, names: unwrapped(names).await? })
    }

    /// The row of these keys, wrapped by another key; `with` says by which and how it is made.
    pub(super) async fn row(
        keys: &Keys,
        by: &CryptoKey,
        with: &[(&str, JsValue)],
    ) -> Result<Object, Trouble> {
        let subtle = subtle()?;
        let row = Object::new();
        set(&row, "name", &"data".into());
        set(&row, "id", &keys.id.into());
        for (name, value) in with {
            set(&row, name, value);
        }
        set(&row, "data", wrap(&subtle, by, &keys.data, "data").await?.as_ref());
        set(&row, "names", wrap(&subtle, by, &keys.names, "names").await?.as_ref());
        Ok(row)
    }

    /// Two tabs may start a new store at once: the rows that are there first are everybody's.
    async fn open_after_keeping(self, db: &IdbDatabase) -> Result<Keys, Trouble> {
        let tx = Tx::begin(db, &[STORE], Access::Write)?;
        if ask_for(&tx)?.record().await?.is_none() {
            let device = Object::new();
            set(&device, "name", &"device".into());
            set(&device, "key", &self.device);
            let data = Object::new();
            set(&data, "name", &"data".into());
            set(&data, "id", &self.id.into());
            set(&data, "by", &DEVICE.into());
            set(&data, "data", &self.data);
            set(&data, "names", &self.names);
            tx.put(STORE, &device)?;
            tx.put(STORE, &data)?;
            tx.commit().await?;
            return self.open().await;
        }
        drop(tx);
        Keys::of(db).await
    }
}

/// The browser's cryptography. Absent on plain-HTTP addresses, where nothing can be kept sealed.
pub(super) fn subtle() -> Result<SubtleCrypto, Trouble> {
    let crypto = Reflect::get(&js_sys::global(), &"crypto".into()).unwrap_or_default();
    field(&crypto, "subtle").map(JsCast::unchecked_into).ok_or(Trouble::Final(JournalError::Blocked))
}

/// An algorithm's parameters.
pub(super) fn algorithm(name: &str, with: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    set(&object, "name", &name.into());
    for (name, value) in with {
        set(&object, name, value);
    }
    object
}

pub(super) async fn generate(
    subtle: &SubtleCrypto,
    algorithm: &Object,
    extractable: bool,
    usages: &[&str],
) -> Result<CryptoKey, Trouble> {
    let made = subtle.generate_key_with_object(algorithm, extractable, &words(usages)).map_err(failed)?;
    Ok(JsFuture::from(made).await.map_err(failed)?.unchecked_into())
}

/// Nonce, then ciphertext. What is wrapped is bound to its place.
async fn wrap(
    subtle: &SubtleCrypto,
    by: &CryptoKey,
    key: &CryptoKey,
    place: &str,
) -> Result<Uint8Array, Trouble> {
    let nonce: [u8; NONCE] = platform::ids::random();
    let how = wrapping(&Uint8Array::from(nonce.as_slice()), place);
    let promise = subtle.wrap_key_with_object("raw", key, by, &how).map_err(failed)?;
    let wrapped = Uint8Array::new(&JsFuture::from(promise).await.map_err(failed)?);
    let mut bytes = nonce.to_vec();
    bytes.extend(wrapped.to_vec());
    Ok(Uint8Array::from(bytes.as_slice()))
}

/// What a wrapped key is.
struct Kind<'a> {
    place: &'a str,
    how: &'a Object,
    may_leave: bool,
    usages: &'a [&'a str],
}

fn unwrap(
    subtle: &SubtleCrypto,
    by: &CryptoKey,
    wrapped: &Uint8Array,
    kind: &Kind<'_>,
) -> Result<JsFuture, Trouble> {
    let unwrap: Function =
        field(subtle, "unwrapKey").and_then(|found| found.dyn_into().ok()).ok_or(JournalError::Blocked)?;
    let at = u32::try_from(NONCE).unwrap_or_default();
    let how = wrapping(&wrapped.subarray(0, at), kind.place);
    let args = Array::of5(&"raw".into(), &wrapped.subarray(at, wrapped.length()), by, &how, kind.how);
    args.push(&kind.may_leave.into());
    args.push(&words(kind.usages));
    let promise: Promise = unwrap.apply(subtle, &args).map_err(failed)?.unchecked_into();
    Ok(promise.into())
}

async fn unwrapped(key: JsFuture) -> Result<CryptoKey, Trouble> {
    match key.await {
        Ok(key) => Ok(key.unchecked_into()),
        Err(_thrown) => Err(locked()),
    }
}

fn wrapping(nonce: &Uint8Array, place: &str) -> Object {
    let bound = Uint8Array::from(format!("keys\0{place}").as_bytes());
    algorithm("AES-GCM", &[("iv", nonce.into()), ("additionalData", bound.into())])
}

pub(super) fn words(list: &[&str]) -> Array {
    list.iter().map(|word| JsValue::from_str(word)).collect()
}

#[expect(clippy::needless_pass_by_value, reason = "the shape map_err wants")]
pub(super) fn failed(thrown: JsValue) -> Trouble {
    Trouble::Final(JournalError::Failed { name: trouble::name(&thrown) })
}

pub(super) fn field(of: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(of, &name.into()).ok().filter(|value| !value.is_undefined() && !value.is_null())
}

fn number(of: &Object, name: &str) -> Option<f64> {
    field(of, name)?.as_f64()
}
