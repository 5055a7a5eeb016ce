//! Native check boxes: any of the choices.

use interlude_diary::questionnaire::{Choice, Kind, Value};
use leptos::prelude::*;

use super::own_words::{self, OwnWords};
use super::{Act, Part, frame, values_of};

/// What is chosen after a tap on choice `n`, in the form's order. A choice that excludes the others
/// ("none of these") empties them, and any other empties it.
#[must_use]
pub(super) fn toggled(options: &[Choice], chosen: &[Value], n: usize) -> Vec<Value> {
    let Some(tapped) = options.get(n) else {
        return chosen.to_vec();
    };
    let was = chosen.contains(&tapped.value);
    let stays = |choice: &Choice| {
        if choice.value == tapped.value {
            !was
        } else {
            chosen.contains(&choice.value) && (was || !(tapped.exclusive || choice.exclusive))
        }
    };
    options.iter().filter(|choice| stays(choice)).map(|choice| choice.value.clone()).collect()
}

/// Choosing one's own words empties a choice that excludes the others.
fn without_exclusive(options: &[Choice], chosen: Vec<Value>) -> Vec<Value> {
    let exclusive = |value: &Value| options.iter().any(|choice| choice.exclusive && &choice.value == value);
    chosen.into_iter().filter(|value| !exclusive(value)).collect()
}

/// The check boxes.
pub(super) fn checks(part: &Part) -> AnyView {
    let item = part.ask.item.clone();
    let (given, on_act, lang) = (part.given, part.on_act, part.ask.lang.clone());
    let values: Vec<Value> = item.options.iter().map(|choice| choice.value.clone()).collect();
    let own = (item.kind == Kind::OpenChoice).then(|| OwnWords::new(part, &values));
    // Of what was given, the choices alone; one's own words are kept beside.
    let chosen = move || {
        let all = values_of(given.get_untracked());
        all.into_iter().filter(|value| values.contains(value)).collect::<Vec<_>>()
    };
    let say =
        move |values: Vec<Value>| on_act.run(own.map_or(Act::Give(values.clone()), |own| own.act(values)));
    let row = |label: String, checked: Signal<bool>, tap: Callback<()>| {
        view! {
            <label class="q-check">
                <input type="checkbox" prop:checked=move || checked.get() on:change=move |_| tap.run(())
                    on:keydown=move |event| if event.key() == "Enter" { on_act.run(Act::Next) }/>
                <span lang=lang.clone()>{label}</span>
            </label>
        }
        .into_any()
    };
    let mut rows: Vec<AnyView> = Vec::new();
    for (n, choice) in item.options.iter().enumerate() {
        let (value, item, chosen) = (choice.value.clone(), item.clone(), chosen.clone());
        let checked = Signal::derive(move || values_of(given.get()).contains(&value));
        let tap = Callback::new(move |()| {
            let after = toggled(&item.options, &chosen(), n);
            if let (Some(own), Some(tapped)) = (own, item.options.get(n))
                && tapped.exclusive
                && after.contains(&tapped.value)
            {
                own.open.set(false);
            }
            say(after);
        });
        rows.push(row(choice.label.clone(), checked, tap));
    }
    let field = own.map(|own| {
        let (item, chosen_now) = (item.clone(), chosen.clone());
        let tap = Callback::new(move |()| {
            own.open.update(|open| *open = !*open);
            say(without_exclusive(&item.options, chosen_now()));
        });
        rows.push(row(part.words.other.to_owned(), own.open.into(), tap));
        own_words::field(part, own, Callback::new(move |()| say(chosen())))
    });
    let id = part.ask.id.clone();
    frame::grouped(
        part,
        &["several"],
        view! {
            <p class="q-help" id=format!("{id}-several")>{part.words.several}</p>
            <div class="q-rows">{rows}</div>
            {field}
        }
        .into_any(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choice(label: &str, exclusive: bool) -> Choice {
        Choice { value: Value::Text(label.to_owned()), label: label.to_owned(), ordinal: None, exclusive }
    }

    fn labels(values: &[Value]) -> Vec<&str> {
        values.iter().map(|v| if let Value::Text(t) = v { t.as_str() } else { "" }).collect()
    }

    #[test]
    fn an_exclusive_choice_empties_the_others_and_they_empty_it() {
        let options = [choice("a", false), choice("b", false), choice("none", true)];
        let a = toggled(&options, &[], 0);
        assert_eq!(labels(&a), ["a"]);
        let ab = toggled(&options, &a, 1);
        assert_eq!(labels(&ab), ["a", "b"]);
        let none = toggled(&options, &ab, 2);
        assert_eq!(labels(&none), ["none"]);
        let b = toggled(&options, &none, 1);
        assert_eq!(labels(&b), ["b"]);
        assert!(toggled(&options, &b, 1).is_empty());
        assert!(toggled(&options, &none, 2).is_empty());
        assert_eq!(toggled(&options, &ab, 9), ab);
    }

    #[test]
    fn the_forms_order_is_kept() {
        let options = [choice("a", false), choice("b", false)];
        let b = toggled(&options, &[], 1);
        assert_eq!(labels(&toggled(&options, &b, 0)), ["a", "b"]);
    }
}
