//! Styles that come with a part of the app, for pages that the first question does not need.

use js_sys::{Array, Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use super::{method, property, window};

/// Puts these rules behind those of the page, once however often it is called. A browser that has no
/// such sheets (before 2023) shows the page in its plain style.
pub fn adopt(rules: &str) {
    let adopted = || {
        let window = window()?;
        let document = window.document()?;
        let all: Array = property(&document, "adoptedStyleSheets")?.dyn_into().ok()?;
        let mine =
            |one: JsValue| property(&one, MARK).and_then(|mark| mark.as_string()).as_deref() == Some(rules);
        if all.iter().any(mine) {
            return None;
        }
        let maker: Function = property(&window, "CSSStyleSheet")?.dyn_into().ok()?;
        let sheet = Reflect::construct(&maker, &Array::new()).ok()?;
        method(&sheet, "replaceSync")?.call1(&sheet, &JsValue::from_str(rules)).ok()?;
        Reflect::set(&sheet, &JsValue::from_str(MARK), &JsValue::from_str(rules)).ok()?;
        let more = all.concat(&Array::of1(&sheet));
        Reflect::set(&document, &JsValue::from_str("adoptedStyleSheets"), &more).ok()
    };
    // Nothing depends on it but looks.
    adopted().unwrap_or_default();
}

/// A property of ours on a sheet: the rules it was made of.
const MARK: &str = "interlude";
