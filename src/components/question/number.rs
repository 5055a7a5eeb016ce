//! A number with a unit.

use interlude_diary::questionnaire::{Quantity, Unit, Value};
use leptos::prelude::*;

use super::field::{Field, Native, input};
use super::parse;

fn same(unit: &Unit, quantity: &Quantity) -> bool {
    if unit.code.is_some() {
        unit.code == quantity.code
    } else {
        quantity.unit.as_ref() == Some(&unit.display)
    }
}

/// The number's field, and the unit: as words where there is one, as a drop-down where there are
/// several.
pub(super) fn quantity(f: &Field) -> AnyView {
    let item = f.item.clone();
    let (number, unit) = match &f.first {
        Some(Value::Quantity(quantity)) => {
            (quantity.value.to_string(), item.units.iter().position(|unit| same(unit, quantity)))
        }
        _ => (String::new(), None),
    };
    let unit = StoredValue::new(unit.or_else(|| (item.units.len() == 1).then_some(0)));
    let text = StoredValue::new(number.clone());
    let (on, offset) = (f.on, f.offset);
    let say = Callback::new(move |()| {
        let unit = unit.get_value().and_then(|n| item.units.get(n));
        on.run(text.with_value(|text| parse::amount(&item, text, unit, offset)));
    });
    let heard = Field { on: Callback::new(move |_| say.run(())), ..f.clone() };
    let units = match f.item.units.as_slice() {
        [] => None,
        [one] => Some(view! { <span class="q-unit">{one.display.clone()}</span> }.into_any()),
        many => {
            let options: Vec<AnyView> = many
                .iter()
                .enumerate()
                .map(|(n, unit)| {
                    view! { <option value=n.to_string()>{unit.display.clone()}</option> }.into_any()
                })
                .collect();
            let first = unit.get_value().map(|n| n.to_string()).unwrap_or_default();
            let pick = move |picked: String| {
                unit.set_value(picked.parse().ok());
                say.run(());
            };
            Some(
                view! {
                    <select class="q-input q-units" aria-label=f.words.unit prop:value=first
                        on:change=move |event| pick(event_target_value(&event))>
                        <option value="">{f.words.choose}</option>
                        {options}
                    </select>
                }
                .into_any(),
            )
        }
    };
    // The text is stored before the listener asks for it.
    let keep = move |event: leptos::ev::Event| text.set_value(event_target_value(&event));
    view! {
        <div class="q-quantity" on:input:capture=keep>
            {input(&heard, Native::number(&f.item, "decimal"), number)}
            {units}
        </div>
    }
    .into_any()
}
