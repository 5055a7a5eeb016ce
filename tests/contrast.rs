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

/// Strokes that stand in one chart.
const STROKES: [(&str, &str); 3] = [("ink", "lead"), ("ink", "clay"), ("lead", "clay")];

/// How people without one kind of cone see linear red, green and blue (Machado, Oliveira and Fernandes, "A
/// Physiologically-based Model for Simulation of Color Vision Deficiency", IEEE TVCG 15(6), 2009: severity 1).
const SIGHTS: [(&str, [[f64; 3]; 3]); 3] = [
    (
        "protanopia",
        [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
    ),
    (
        "deuteranopia",
        [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
    ),
    (
        "tritanopia",
        [
            [1.255_528, -0.076_749, -0.178_779],
            [-0.078_411, 0.930_809, 0.147_602],
            [0.004_733, 0.691_367, 0.303_900],
        ],
    ),
];

/// The least distance between two strokes, in CIE 1976 L*a*b*: 2.3 is just noticed (Mahy, Van Eycken and
/// Oosterlinck, Color Research and Application 19(2), 1994). They are dashed each in another way besides.
const APART: f64 = 10.0;

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

/// Linear red, green and blue of sRGB.
fn linear(colour: [u8; 3]) -> [f64; 3] {
    colour.map(|channel| {
        let c = f64::from(channel) / 255.0;
        if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    })
}

/// Relative luminance, as WCAG defines it.
fn luminance(colour: [u8; 3]) -> f64 {
    let [r, g, b] = linear(colour);
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

/// What `sight` makes of a colour, in L*a*b* under D65.
fn lab(colour: [u8; 3], sight: [[f64; 3]; 3]) -> [f64; 3] {
    let times =
        |rows: [[f64; 3]; 3], of: [f64; 3]| rows.map(|row| row[0] * of[0] + row[1] * of[1] + row[2] * of[2]);
    let seen = times(sight, linear(colour)).map(|channel| channel.clamp(0.0, 1.0));
    let to_xyz = [
        [0.412_456, 0.357_576, 0.180_438],
        [0.212_673, 0.715_152, 0.072_175],
        [0.019_334, 0.119_192, 0.950_304],
    ];
    let [x, y, z] = times(to_xyz, seen);
    let root = |t: f64| if t > 0.008_856 { t.cbrt() } else { 7.787 * t + 16.0 / 116.0 };
    let (x, y, z) = (root(x / 0.950_47), root(y), root(z / 1.088_83));
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

fn ratio(a: [u8; 3], b: [u8; 3]) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn every_pair_in_use_is_readable_in_every_palette() {
    let palettes = palettes();
    assert_eq!(palettes.len(), 8, "light, dark twice, each strong contrast twice, and calm");
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
fn strokes_of_a_chart_are_told_apart_without_any_kind_of_cone() {
    let mut near = Vec::new();
    for (name, colours) in &palettes() {
        for (a, b) in STROKES {
            for (sight, matrix) in SIGHTS {
                let (one, other) = (lab(colours[a], matrix), lab(colours[b], matrix));
                let apart = one.iter().zip(other).map(|(p, q)| (p - q) * (p - q)).sum::<f64>().sqrt();
                if apart < APART {
                    near.push(format!("{name}: {a} and {b} are {apart:.1} apart in {sight}"));
                }
            }
        }
    }
    assert!(near.is_empty(), "{near:#?}");
}

#[test]
fn black_on_white_is_21_to_1() {
    assert!((ratio([0; 3], [255; 3]) - 21.0).abs() < 1e-9);
}
