//! A group of radio buttons, as rows or beside each other, and a switch.

use leptos::prelude::*;

/// One of several as rows, each with its words. `name` keeps the group together; nothing is preset
/// that was not chosen.
pub fn choices<T: Copy + PartialEq + Send + Sync + 'static>(
    name: &'static str,
    legend: Signal<&'static str>,
    options: Vec<(T, Signal<String>)>,
    chosen: Signal<T>,
    on_choose: Callback<T>,
) -> AnyView {
    let rows = radios("opt", name, options, chosen, on_choose);
    view! {
        <fieldset class="card">
            <legend class="legend">{legend}</legend>
            <div class="opts">{rows}</div>
        </fieldset>
    }
    .into_any()
}

/// The same beside each other, where the page itself says what is chosen.
pub fn chips<T: Copy + PartialEq + Send + Sync + 'static>(
    name: &'static str,
    legend: Signal<&'static str>,
    options: Vec<(T, Signal<String>)>,
    chosen: Signal<T>,
    on_choose: Callback<T>,
) -> AnyView {
    let chips = radios("chip", name, options, chosen, on_choose);
    view! {
        <fieldset class="chips">
            <legend class="unseen">{legend}</legend>
            {chips}
        </fieldset>
    }
    .into_any()
}

fn radios<T: Copy + PartialEq + Send + Sync + 'static>(
    class: &'static str,
    name: &'static str,
    options: Vec<(T, Signal<String>)>,
    chosen: Signal<T>,
    on_choose: Callback<T>,
) -> Vec<AnyView> {
    let radio = |(value, words): (T, Signal<String>)| {
        view! {
            <label class=class>
                <input
                    type="radio"
                    name=name
                    prop:checked=move || chosen.get() == value
                    on:change=move |_| on_choose.run(value)
                />
                <span>{words}</span>
            </label>
        }
        .into_any()
    };
    options.into_iter().map(radio).collect()
}

/// On or off, with what it does.
pub fn switch(
    words: Signal<&'static str>,
    means: Signal<&'static str>,
    on: Signal<bool>,
    on_change: Callback<bool>,
) -> AnyView {
    view! {
        <label class="opt">
            <input
                type="checkbox"
                role="switch"
                prop:checked=on
                on:change=move |event| on_change.run(event_target_checked(&event))
            />
            <span>
                <span>{words}</span>
                <span class="sub block">{means}</span>
            </span>
        </label>
    }
    .into_any()
}
