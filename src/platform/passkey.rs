//! Passkeys: a secret that the phone's own lock guards (`WebAuthn` with its PRF extension).
//!
//! No server takes part: the passkey signs nothing that anybody checks. It is asked for one thing, the
//! 32 bytes that it makes of an input, the same each time and known to nobody else. web-sys has not all
//! of this, hence the calls by name.

use js_sys::{Array, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::{ids, method, navigator, property};

/// Bytes of the input and of the secret.
pub const LENGTH: usize = 32;

/// A passkey that was made here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// Its id, by which it is asked for again.
    pub id: Vec<u8>,
    /// What the secret is made of.
    pub input: [u8; LENGTH],
}

/// Whether this browser has passkeys at all. Whether they give secrets is seen when one is made.
#[must_use]
pub fn offered() -> bool {
    property(&js_sys::global(), "PublicKeyCredential").is_some() && navigator("credentials").is_some()
}

/// Asks the person and the phone to make one. `None` when they do not, or it gives no secrets.
pub async fn make() -> Option<(Made, [u8; LENGTH])> {
    let input: [u8; LENGTH] = ids::random();
    let user: [u8; 16] = ids::random();
    let kind = |alg: i32| object(&[("type", "public-key".into()), ("alg", alg.into())]);
    let named = |id: Option<&[u8]>| {
        let name = [("name", "Interlude".into()), ("displayName", "Interlude".into())];
        let named = object(&name);
        if let Some(id) = id {
            set(&named, "id", &Uint8Array::from(id));
        }
        named
    };
    let chosen = [("residentKey", "preferred".into()), ("userVerification", "required".into())];
    let options = object(&[
        ("challenge", challenge()),
        ("rp", object(&[("name", "Interlude".into())]).into()),
        ("user", named(Some(&user)).into()),
        // ES256, and RS256 where a phone has no other.
        ("pubKeyCredParams", Array::of2(&kind(-7), &kind(-257)).into()),
        ("authenticatorSelection", object(&chosen).into()),
        ("extensions", extensions(&input)),
    ]);
    let credential = credentials("create", &options).await?;
    let id = Uint8Array::new(&property(&credential, "rawId")?).to_vec();
    let made = Made { id, input };
    // Some give the secret only when they are asked again.
    let secret = match secret_of(&credential) {
        Some(secret) => secret,
        None => ask(&made).await?,
    };
    Some((made, secret))
}

/// Asks the person and the phone for the secret of a passkey. `None` when they do not give it.
pub async fn ask(of: &Made) -> Option<[u8; LENGTH]> {
    let id = Uint8Array::from(of.id.as_slice());
    let known = object(&[("type", "public-key".into()), ("id", id.into())]);
    let options = object(&[
        ("challenge", challenge()),
        ("allowCredentials", Array::of1(&known).into()),
        ("userVerification", "required".into()),
        ("extensions", extensions(&of.input)),
    ]);
    secret_of(&credentials("get", &options).await?)
}

async fn credentials(verb: &str, options: &Object) -> Option<JsValue> {
    let credentials = navigator("credentials")?;
    let whole = object(&[("publicKey", options.clone().into())]);
    let asked = method(&credentials, verb)?.call1(&credentials, &whole).ok()?;
    let credential = JsFuture::from(asked.dyn_into::<Promise>().ok()?).await.ok()?;
    (!credential.is_null()).then_some(credential)
}

fn secret_of(credential: &JsValue) -> Option<[u8; LENGTH]> {
    let results = method(credential, "getClientExtensionResults")?.call0(credential).ok()?;
    let first = property(&property(&property(&results, "prf")?, "results")?, "first")?;
    Uint8Array::new(&first).to_vec().try_into().ok()
}

/// Nobody checks the answer to it.
fn challenge() -> JsValue {
    Uint8Array::from(ids::random::<LENGTH>().as_slice()).into()
}

fn extensions(input: &[u8; LENGTH]) -> JsValue {
    let first = object(&[("first", Uint8Array::from(input.as_slice()).into())]);
    let prf = object(&[("eval", first.into())]);
    object(&[("prf", prf.into())]).into()
}

fn object(fields: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in fields {
        set(&object, name, value);
    }
    object
}

/// A plain property of a plain object, which cannot fail.
fn set(object: &Object, name: &str, value: &JsValue) {
    drop(Reflect::set(object, &JsValue::from_str(name), value));
}
