//! One switch: a scanner marks what can be acted on, one after the other, and the switch acts on what is marked.
//! What the scanner knows is the accessibility tree; to act is to click without a pointer, as Android's Switch
//! Access and iOS's Switch Control do it.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, bail};
use serde_json::{Value, json};

use super::Browser;

/// Roles that a scanner stops at.
const STOPS: [&str; 8] =
    ["button", "link", "radio", "checkbox", "switch", "combobox", "textbox", "DisclosureTriangle"];

impl Browser {
    /// Waits through the scan until it marks what has this role and a name that begins so, and acts on it.
    /// Answers how many stops that took.
    ///
    /// # Errors
    /// When the scan goes round without it.
    pub async fn scan_to(&self, role: &str, name: &str) -> Result<usize> {
        self.cdp("Accessibility.enable", json!({})).await?;
        let said = self.cdp("Accessibility.getFullAXTree", json!({})).await?;
        let nodes = said.get("nodes").and_then(Value::as_array).context("no tree")?;
        let by_id: BTreeMap<&str, &Value> =
            nodes.iter().filter_map(|one| Some((one.get("nodeId")?.as_str()?, one))).collect();
        let mut stops = Vec::new();
        scan(nodes.first().context("an empty tree")?, &by_id, &mut stops);
        let is = |stop: &&Value| word(stop, "role") == role && word(stop, "name").starts_with(name);
        let Some(at) = stops.iter().position(is) else {
            let all: Vec<&str> = stops.iter().map(|stop| word(stop, "name")).collect();
            bail!("the scan does not stop at {role} “{name}”, but at {all:?}");
        };
        let node = stops.get(at).and_then(|stop| stop.get("backendDOMNodeId")).context("no node")?;
        let object = self.cdp("DOM.resolveNode", json!({ "backendNodeId": node })).await?;
        let object = object.pointer("/object/objectId").context("no object")?;
        let click = json!({ "objectId": object, "functionDeclaration": "function () { this.click(); }" });
        self.cdp("Runtime.callFunctionOn", click).await?;
        Ok(at + 1)
    }
}

fn word<'a>(node: &'a Value, of: &str) -> &'a str {
    node.pointer(&format!("/{of}/value")).and_then(Value::as_str).unwrap_or_default()
}

fn scan<'a>(node: &'a Value, all: &BTreeMap<&str, &'a Value>, to: &mut Vec<&'a Value>) {
    let properties = node.get("properties").and_then(Value::as_array).into_iter().flatten();
    let disabled = properties.into_iter().any(|one| {
        one.get("name") == Some(&json!("disabled")) && one.pointer("/value/value") == Some(&json!(true))
    });
    let heard = node.get("ignored") == Some(&json!(false));
    if heard && !disabled && STOPS.contains(&word(node, "role")) {
        to.push(node);
    }
    let children = node.get("childIds").and_then(Value::as_array).into_iter().flatten();
    for child in children.filter_map(|one| all.get(one.as_str()?)) {
        scan(child, all, to);
    }
}
