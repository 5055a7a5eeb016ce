//! Storage buckets: databases in files of their own. <https://wicg.github.io/storage-buckets/>
//!
//! Chromium has them; where there are none, nothing is kept in one.

use std::cell::RefCell;
use std::collections::BTreeMap;

use js_sys::{Array, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::IdbFactory;

use super::{method, navigator, property};

thread_local! {
    /// Buckets in use. Chromium answers nothing more in the databases of one whose object was collected.
    static HELD: RefCell<BTreeMap<String, JsValue>> = const { RefCell::new(BTreeMap::new()) };
}

/// Where the databases of a bucket are opened; it is made when it is not there. None where there is no
/// bucket to be had.
pub async fn databases(name: &str) -> Option<IdbFactory> {
    let held = HELD.with_borrow(|held| held.get(name).cloned());
    let bucket = match held {
        Some(bucket) => bucket,
        None => opened(name).await?,
    };
    property(&bucket, "indexedDB").map(JsCast::unchecked_into)
}

async fn opened(name: &str) -> Option<JsValue> {
    let wishes = Object::new();
    // Without it a bucket is the first to go when the phone is full.
    for (wish, value) in [("persisted", JsValue::TRUE), ("durability", "strict".into())] {
        // A plain object takes every property.
        drop(Reflect::set(&wishes, &wish.into(), &value));
    }
    let bucket = asked("open", &[name.into(), wishes.into()]).await?;
    HELD.with_borrow_mut(|held| held.insert(name.to_owned(), bucket.clone()));
    Some(bucket)
}

/// Deletes every bucket. Answers whether none is left.
pub async fn delete_all() -> bool {
    if navigator("storageBuckets").is_none() {
        return true;
    }
    HELD.take();
    let Some(names) = asked("keys", &[]).await else { return false };
    let mut gone = true;
    for name in Array::from(&names).iter() {
        gone &= asked("delete", &[name]).await.is_some();
    }
    gone
}

async fn asked(what: &str, with: &[JsValue]) -> Option<JsValue> {
    let buckets = navigator("storageBuckets")?;
    let with: Array = with.iter().collect();
    let asked: Promise = method(&buckets, what)?.apply(&buckets, &with).ok()?.dyn_into().ok()?;
    JsFuture::from(asked).await.ok()
}
