//! Every pair of colours in use, in every palette of `style/tokens.css`: WCAG 2.2, 1.4.3 and 1.4.11.

#![expect(clippy::unwrap_used, reason = "a failed test panics")]

use std::collections::BTreeMap;

const TOKENS: &str = include_str!("../style/tokens.css");

/// Words on a ground: 4.5 to 1. In the palettes of strong contrast: 7 to 1.
const WORDS: &[(&str, &str)] = &[
    ("ink", "paper"),
    ("ink", "card"),
    ("ink", "lead-soft"),
    ("ink", "clay-soft"),
    ("ink", "band"),
    ("ink-2", "paper"),
    ("ink-2", "card"),
    ("ink-2", "lead-soft"),
    ("ink-2", "clay-soft"),
    ("ink-2", "band"),
    ("lead", "paper"),
    ("lead", "card"),
    ("lead", "lead-soft"),
    ("lead", "clay-soft"),
    ("lead-ink", "lead"),
    ("clay", "paper"),
    ("clay", "card"),
    ("clay", "clay-soft"),
    ("clay-ink", "clay"),
    ("ok", "card"),
    ("wait", "card"),
];

/// Edges and signs of controls on what lies around them: 3 to 1.
const EDGES: &[(&str, &str)] = &[
    ("line-strong", "paper"),
    ("line-strong", "card"),
    ("line-strong", "clay-soft"),
    ("lead", "band"),
    ("focus", "paper"),
    ("focus", "card"),
    ("focus", "lead-soft"),
    ("focus", "clay-soft"),
    ("wait", "lead-soft"),
    ("ok", "lead-soft"),
];

/// The blocks that set `--paper`, each a palette by name.
fn palettes() -> Vec<(String, BTreeMap<String, [u8; 3]>)> {
    let mut found = Vec::new();
    for block in TOKENS.split('}') {
        let Some((before, body)) = block.rsplit_once('{') else { continue };
        let colours: BTreeMap<_, _> = body
            .lines()
            .filter_map(|line| line.trim().strip_prefix("--")?.trim_end_matches(';').split_once(": #"))
            .map(|(name, hex)| (name.to_owned(), rgb(hex)))
            .collect();
        if colours.contains_key("paper") {
            let name: Vec<&str> = before.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
            found.push((name.join(" "), colours));
        }
    }
    found
}

fn rgb(hex: &str) -> [u8; 3] {
    let number = u32::from_str_radix(hex, 16).unwrap();
    assert_eq!(hex.len(), 6, "{hex}");
    let [_, r, g, b] = number.to_be_bytes();
    [r, g, b]
}

/// Relative luminance, as WCAG defines it.
fn luminance(colour: [u8; 3]) -> f64 {
    let [r, g, b] = colour.map(|channel| {
        let c = f64::from(channel) / 255.0;
        if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

fn ratio(a: [u8; 3], b: [u8; 3]) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn every_pair_in_use_is_readable_in_every_palette() {
    let palettes = palettes();
    assert_eq!(palettes.len(), 7, "light, dark twice, and each strong contrast twice");
    let mut weak = Vec::new();
    for (name, colours) in &palettes {
        let strong = name.contains("contrast");
        let pairs = WORDS.iter().map(|pair| (pair, if strong { 7.0 } else { 4.5 }));
        let edges = EDGES.iter().map(|pair| (pair, if strong { 4.5 } else { 3.0 }));
        for (&(on, ground), least) in pairs.chain(edges) {
            let got = ratio(colours[on], colours[ground]);
            if got < least {
                weak.push(format!("{name}: {on} on {ground} is {got:.2}, wants {least}"));
            }
        }
    }
    assert!(weak.is_empty(), "{weak:#?}");
}

#[test]
fn black_on_white_is_21_to_1() {
    assert!((ratio([0; 3], [255; 3]) - 21.0).abs() < 1e-9);
}
