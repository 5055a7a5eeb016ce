//! A curve over days as SVG, told what to draw in fractions of its field.
//!
//! The field is stretched to whatever width there is, so no length in it is a length on screen:
//! strokes keep their width (`non-scaling-stroke`), a dot is a stroke of no length with round ends,
//! and words stand beside the SVG as words of the page, as large as the person has them.

mod geometry;

pub use geometry::{Picture, last_week, overlaid, picture};

use leptos::prelude::*;

/// What stands around the field.
#[derive(Debug, Clone)]
pub struct Around {
    /// What the picture says, for who does not see it.
    pub label: String,
    /// Least, middle and greatest value.
    pub values: [String; 3],
    /// First, middle and last day.
    pub days: [String; 3],
    /// Signs explained: (class of the sign, words).
    pub signs: Vec<(&'static str, String)>,
}

/// Strokes of series laid over each other, in their order: told apart without colour.
pub const SERIES: [&str; 3] = ["c-first", "c-second", "c-third"];

/// The picture with its words.
pub fn chart(picture: &Picture, around: Around) -> AnyView {
    let Around { label, values: [low, middle, high], days: [first, half, last], signs } = around;
    let paths = |class: &'static str, all: &[String]| {
        let d = all.join(" ");
        (!d.is_empty()).then(|| view! { <path class=class d=d vector-effect="non-scaling-stroke"></path> })
    };
    let bands: Vec<AnyView> = picture
        .bands
        .iter()
        .map(|d| {
            view! { <path class="c-band" d=d.clone() vector-effect="non-scaling-stroke"></path> }.into_any()
        })
        .collect();
    let series: Vec<AnyView> = picture
        .series
        .iter()
        .zip(SERIES.into_iter().cycle())
        .map(|(d, class)| {
            view! { <path class=class d=d.clone() vector-effect="non-scaling-stroke"></path> }.into_any()
        })
        .collect();
    let signs: Vec<AnyView> = signs
        .into_iter()
        .map(|(class, words)| {
            view! { <li><span class=format!("c-sign {class}") aria-hidden="true"></span>{words}</li> }
                .into_any()
        })
        .collect();
    view! {
        <div class="chart" role="img" aria-label=label>
            <div class="c-field" aria-hidden="true">
                <div class="c-values"><span>{high}</span><span>{middle}</span><span>{low}</span></div>
                <svg viewBox="0 0 1000 1000" preserveAspectRatio="none" focusable="false">
                    {bands}
                    {paths("c-grid", &picture.grid)}
                    {paths("c-mark", &picture.marks)}
                    {paths("c-level", &picture.levels)}
                    {paths("c-reach", &picture.reaches)}
                    {paths("c-line", &picture.lines)}
                    {series}
                    {paths("c-dot", &picture.dots)}
                    {paths("c-hollow", &picture.hollow)}
                    {paths("c-hole", &picture.hollow)}
                </svg>
            </div>
            <div class="c-days" aria-hidden="true"><span>{first}</span><span>{half}</span><span>{last}</span></div>
        </div>
        {(!signs.is_empty()).then(|| view! { <ul class="c-signs">{signs}</ul> })}
    }
    .into_any()
}
