//! What a page becomes on paper: the browser's own print, and a picture of it.

use anyhow::{Context as _, Result};
use serde_json::json;
use thirtyfour::common::print::{PrintMargins, PrintPage, PrintParameters};

use super::Browser;

/// A paper, in cm.
#[derive(Debug, Clone, Copy)]
pub struct Paper {
    /// What it is called.
    pub name: &'static str,
    width: f64,
    height: f64,
}

/// The papers in use.
pub const PAPERS: [Paper; 2] =
    [Paper { name: "a4", width: 21.0, height: 29.7 }, Paper { name: "letter", width: 21.59, height: 27.94 }];

/// What the app's `@page` leaves free on each side, in cm.
const MARGIN: f64 = 1.2;

/// Parts that reach beyond the element, or have more in them than they show.
const CUT: &str = "const whole = document.querySelector(arguments[0]), edge = whole.getBoundingClientRect();
    return [...whole.querySelectorAll('h2, h3, p, dd, table, caption, th, td, figure, figcaption, li')]
        .filter((one) => { const box = one.getBoundingClientRect();
            return box.right > edge.right + 1 || box.left < edge.left - 1 || (one.clientWidth && one.scrollWidth > one.clientWidth + 1) })
        .map((one) => `${one.localName}.${one.className}: ${one.textContent.slice(0, 60)}`)";

impl Browser {
    /// How many sheets the browser's own print makes of this page, and the PDF.
    ///
    /// # Errors
    /// When the browser does not print.
    pub async fn printed(&self, paper: Paper) -> Result<(usize, Vec<u8>)> {
        self.cdp("Emulation.clearDeviceMetricsOverride", json!({})).await?;
        let wanted = PrintParameters {
            page: PrintPage { width: paper.width, height: paper.height },
            margin: PrintMargins { top: MARGIN, bottom: MARGIN, left: MARGIN, right: MARGIN },
            shrink_to_fit: false,
            ..PrintParameters::default()
        };
        let pdf = self.session().print_page(wanted).await?;
        self.as_wide_as(390).await?;
        let text = String::from_utf8_lossy(&pdf);
        let of_all =
            |at: usize, word: &str| text.get(at + word.len()..).is_some_and(|rest| rest.starts_with('s'));
        let pages = text.match_indices("/Type /Page").filter(|(at, word)| !of_all(*at, word));
        Ok((pages.count(), pdf))
    }

    /// A picture of this page as wide as the inside of the paper, and what of `element` is cut off there.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn on_paper(&self, paper: Paper, element: &str) -> Result<(Vec<u8>, Vec<String>)> {
        let inside = (paper.width - 2.0 * MARGIN) / 2.54 * 96.0;
        let metrics =
            json!({ "width": inside.floor(), "height": 1000, "deviceScaleFactor": 2, "mobile": false });
        self.cdp("Emulation.setDeviceMetricsOverride", metrics).await?;
        self.cdp("Emulation.setScrollbarsHidden", json!({ "hidden": true })).await?;
        self.cdp("Emulation.setEmulatedMedia", json!({ "media": "print" })).await?;
        let cut = self.session().execute(CUT, vec![json!(element)]).await?;
        let cut: Vec<String> = serde_json::from_value(cut.json().clone())?;
        let whole = json!({ "captureBeyondViewport": true, "format": "png" });
        let taken = self.cdp("Page.captureScreenshot", whole).await?;
        self.cdp("Emulation.setEmulatedMedia", json!({ "media": "" })).await?;
        self.as_wide_as(390).await?;
        Ok((decoded(taken.get("data").and_then(|data| data.as_str()).context("no picture")?), cut))
    }
}

/// Base64, as the browser gives pictures.
fn decoded(text: &str) -> Vec<u8> {
    let value = |byte: u8| match byte {
        b'A'..=b'Z' => Some(u32::from(byte - b'A')),
        b'a'..=b'z' => Some(u32::from(byte - b'a') + 26),
        b'0'..=b'9' => Some(u32::from(byte - b'0') + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    };
    let digits: Vec<u32> = text.bytes().filter_map(value).collect();
    let four = |four: &[u32]| {
        let whole = four.iter().fold(0, |sum, digit| sum << 6 | digit) << (6 * (4 - four.len()));
        let [_, bytes @ ..] = whole.to_be_bytes();
        bytes.into_iter().take(four.len() * 6 / 8)
    };
    digits.chunks(4).flat_map(four).collect()
}

#[cfg(test)]
mod tests {
    use super::decoded;

    #[test]
    fn base64_is_read() {
        for (text, words) in
            [("", ""), ("Zg==", "f"), ("Zm8=", "fo"), ("Zm9v", "foo"), ("Zm9vYmFy", "foobar")]
        {
            assert_eq!(decoded(text), words.as_bytes());
        }
    }
}
