//! A passcode around the two keys.
//!
//!     code > Argon2id > HMAC under the pepper > AES-256-GCM key > data key and name key
//!
//! The pepper is a key of the browser's that cannot be exported: who has the row and not the browser
//! that made it has nothing to try codes on. Setting, changing and removing the code write one row in
//! one transaction; what the row held before opens until then, what it holds after opens from then on.

use js_sys::{Object, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CryptoKey, IdbDatabase};
use zeroize::Zeroizing;

use super::keys::{self, DEVICE, Keys, PASSCODE, STORE, Wrapped, algorithm, failed, field, generate, subtle};
use super::row::{count, failed as failed_as, row};
use super::spare;
use super::transaction::{Access, Tx};
use super::trouble::Trouble;
use crate::platform::ids;
pub use crate::platform::stretch::Cost;
use crate::platform::stretch::{KEY, SALT, same_letters, stretch};
use interlude_diary::journal::JournalError;

/// What opens a lock.
#[derive(Clone, Copy)]
pub(super) enum Secret<'a> {
    /// What a person typed.
    Code(&'a str),
    /// What a passkey gave: random, so it is not stretched.
    Key(&'a [u8; KEY]),
}

/// How a secret becomes the key that wraps, as the row says.
pub(super) struct Recipe {
    /// Of a code; a passkey's secret needs no stretching.
    stretch: Option<([u8; SALT], Cost)>,
    pepper: CryptoKey,
}

impl Recipe {
    /// For a new code.
    pub(super) async fn of_cost(cost: Cost) -> Result<Self, Trouble> {
        Ok(Self { stretch: Some((ids::random(), cost)), pepper: pepper().await? })
    }

    /// For a secret that is random already.
    pub(super) async fn plain() -> Result<Self, Trouble> {
        Ok(Self { stretch: None, pepper: pepper().await? })
    }

    fn of(row: &Object) -> Option<Self> {
        let salt: Option<Uint8Array> = field(row, "salt").and_then(|salt| salt.dyn_into().ok());
        let cost = |name| u32::try_from(count(row, name)).unwrap_or_default();
        let cost = Cost { memory_kib: cost("kib"), passes: cost("passes"), lanes: cost("lanes") };
        let salt = salt.and_then(|salt| salt.to_vec().try_into().ok());
        Some(Self { stretch: salt.map(|salt| (salt, cost)), pepper: field(row, "pepper")?.dyn_into().ok()? })
    }

    /// The key that wraps.
    pub(super) async fn key(&self, secret: &Secret<'_>) -> Result<CryptoKey, Trouble> {
        let subtle = subtle()?;
        let stretched: Zeroizing<[u8; KEY]> = match (secret, &self.stretch) {
            (Secret::Code(code), Some((salt, cost))) => {
                stretch(&same_letters(code), salt, *cost).map_err(|_why| failed_as("NotStretched"))?
            }
            (Secret::Key(key), None) => Zeroizing::new(**key),
            // A row of the other kind.
            (Secret::Code(_), None) | (Secret::Key(_), Some(_)) => return Err(keys::locked()),
        };
        let mixed = subtle.sign_with_str_and_u8_array("HMAC", &self.pepper, &*stretched).map_err(failed)?;
        let mixed = JsFuture::from(mixed).await.map_err(failed)?;
        let (aes, usages) = (algorithm("AES-GCM", &[]), keys::words(&["wrapKey", "unwrapKey"]));
        let made = subtle.import_key_with_object("raw", &mixed.unchecked_into(), &aes, false, &usages);
        Ok(JsFuture::from(made.map_err(failed)?).await.map_err(failed)?.unchecked_into())
    }

    fn fields(&self) -> Vec<(&'static str, JsValue)> {
        let mut fields = vec![("pepper", self.pepper.clone().into())];
        if let Some((salt, cost)) = &self.stretch {
            fields.push(("by", PASSCODE.into()));
            fields.push(("salt", Uint8Array::from(salt.as_slice()).into()));
            fields.push(("kib", cost.memory_kib.into()));
            fields.push(("passes", cost.passes.into()));
            fields.push(("lanes", cost.lanes.into()));
        }
        fields
    }
}

async fn pepper() -> Result<CryptoKey, Trouble> {
    let hmac = algorithm("HMAC", &[("hash", "SHA-256".into()), ("length", 256.into())]);
    generate(&subtle()?, &hmac, false, &["sign"]).await
}

/// What wraps the keys now.
pub(super) struct Lock {
    pub(super) wrapped: Wrapped,
    /// None where the device's key alone does.
    pub(super) recipe: Option<Recipe>,
}

impl Lock {
    /// Reads it: the row `data`, or the second one, of a passkey. None where there is no such row.
    pub(super) async fn read(db: &IdbDatabase, name: &str) -> Result<Option<Self>, Trouble> {
        let tx = Tx::begin(db, &[STORE], Access::Read)?;
        let (device, data) = (tx.get(STORE, &"device".into())?, tx.get(STORE, &name.into())?);
        let (device, data) = (device.record().await?, data.record().await?);
        drop(tx);
        let (Some(device), Some(data)) = (device, data) else { return Ok(None) };
        let wrapped = Wrapped::of(&device, &data).ok_or_else(keys::locked)?;
        let recipe = Recipe::of(&data);
        if wrapped.coded && recipe.is_none() {
            return Err(keys::locked());
        }
        Ok(Some(Self { wrapped, recipe }))
    }

    /// Opens it. `None` when the secret is wrong.
    pub(super) async fn open(&self, secret: &Secret<'_>, may_leave: bool) -> Result<Option<Keys>, Trouble> {
        let opened = match &self.recipe {
            Some(recipe) => self.wrapped.open_by(&recipe.key(secret).await?, may_leave).await,
            None => self.wrapped.open_by(&self.wrapped.device, may_leave).await,
        };
        match opened {
            Ok(keys) => Ok(Some(keys)),
            Err(Trouble::Final(JournalError::Locked)) => Ok(None),
            Err(other) => Err(other),
        }
    }
}

/// The row of these keys, wrapped by what the secret becomes; it was opened once before it is given.
pub(super) async fn wrapped_by(
    keys: &Keys,
    recipe: &Recipe,
    secret: &Secret<'_>,
    device: &CryptoKey,
) -> Result<Object, Trouble> {
    let key = recipe.key(secret).await?;
    proved(Wrapped::row(keys, &key, &recipe.fields()).await?, &key, device).await
}

/// The same, wrapped by the device's key alone.
pub(super) async fn wrapped_by_device(keys: &Keys, device: &CryptoKey) -> Result<Object, Trouble> {
    proved(Wrapped::row(keys, device, &[("by", DEVICE.into())]).await?, device, device).await
}

/// A row that would not open must never take the place of one that does.
async fn proved(row: Object, by: &CryptoKey, device: &CryptoKey) -> Result<Object, Trouble> {
    let shape = device_row(device);
    let wrapped = Wrapped::of(&shape, &row).ok_or_else(keys::locked)?;
    wrapped.open_by(by, false).await?;
    Ok(row)
}

fn device_row(device: &CryptoKey) -> Object {
    row(&[("key", device.clone().into())])
}

/// Puts the new row (if there is one) in the place of the one that was read, with all that changes with it.
/// Fails when another tab changed the code meanwhile: what was proved then proves nothing now.
pub(super) async fn replace(
    db: &IdbDatabase,
    was: &Wrapped,
    new: Option<&Object>,
    others: &[Object],
    gone: &[&str],
) -> Result<(), Trouble> {
    // Before: what wrapped the keys until now must not go on opening a copy.
    spare::gone(&db.name()).await?;
    let tx = Tx::begin(db, &[STORE], Access::Write)?;
    let stored = keys::ask_for(&tx)?.record().await?;
    let bytes = |row: &Object| {
        let bytes: Option<Uint8Array> = field(row, "data").and_then(|bytes| bytes.dyn_into().ok());
        bytes.map(|bytes| bytes.to_vec())
    };
    let stored = stored.as_ref().and_then(bytes);
    if stored.is_some() && stored == new.and_then(bytes) {
        // Said again after a connection died with the answer.
        return Ok(());
    }
    if stored != Some(was.data.to_vec()) {
        return Err(Trouble::Final(JournalError::Failed { name: "Moved".to_owned() }));
    }
    for row in new.into_iter().chain(others) {
        tx.put(STORE, row)?;
    }
    for name in gone {
        tx.delete(STORE, &JsValue::from_str(name))?;
    }
    tx.commit().await?;
    spare::anew(db).await;
    Ok(())
}
