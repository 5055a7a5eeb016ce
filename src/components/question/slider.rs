//! A native range that stays untouched until it is moved or tapped, with buttons for single steps
//! (a drag must never be the only way: WCAG 2.5.7).

use interlude_diary::questionnaire::Given;
use leptos::prelude::*;

use super::{Act, Part, frame, scale, shape, values_of};

fn place(given: Option<Given>) -> Option<i32> {
    values_of(given).first().and_then(|value| value.number()).map(|n| {
        #[expect(clippy::cast_possible_truncation, reason = "a slider's numbers are within its bounds")]
        {
            n.round() as i32
        }
    })
}

/// The slider.
pub(super) fn slider(part: &Part) -> AnyView {
    let (least, most, step) = shape::slider(&part.ask.item);
    let middle = least + (most - least) / 2 / step * step;
    let (given, on_act, kind, words) = (part.given, part.on_act, part.ask.item.kind, part.words);
    let at = move || place(given.get());
    let set = move |n: i32| on_act.run(Act::Give(vec![scale::number(kind, n.clamp(least, most))]));
    let from = move |text: String| {
        if let Ok(n) = text.parse() {
            set(n);
        }
    };
    // The first press of a button puts the thumb where it is drawn; the next ones move it.
    let by = move |steps: i32| set(place(given.get_untracked()).map_or(middle, |n| n + steps * step));
    let said = move || at().map_or_else(|| words.untouched.to_owned(), |n| n.to_string());
    let ends = scale::ends(part, least, most);
    let more: &[&str] = if ends.is_some() { &["ends"] } else { &[] };
    let invalid = part.error;
    frame::labelled(
        part,
        view! {
            <output class="q-slider-value" for=part.ask.id.clone()>{said}</output>
            {ends}
            <div class="q-slider">
                <button type="button" class="q-step" aria-label=words.less on:click=move |_| by(-1)>"−"</button>
                <input type="range" id=part.ask.id.clone() class="q-range" class:untouched=move || at().is_none()
                    min=least.to_string() max=most.to_string() step=step.to_string()
                    aria-describedby=frame::described(part, more)
                    aria-valuetext=said
                    aria-invalid=move || invalid.get().is_some().then_some("true")
                    prop:value=move || at().unwrap_or(middle).to_string()
                    on:input=move |event| from(event_target_value(&event))
                    on:click=move |event| from(event_target_value(&event))
                    on:keydown=move |event| if event.key() == "Enter" { on_act.run(Act::Next) }/>
                <button type="button" class="q-step" aria-label=words.more on:click=move |_| by(1)>"+"</button>
            </div>
        }
        .into_any(),
    )
}
