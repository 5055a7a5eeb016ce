//! The part of Settings about the store on this phone.

use leptos::prelude::*;

use crate::components::confirm::{Step, confirm};
use crate::state::language::Words;
use crate::state::storage::{Opened, Persistence, Storage};

/// What the browser promises, installing, a file of everything, erasing.
pub(super) fn section(words: Words) -> AnyView {
    let storage = Storage::get();
    let persistence = storage.persistence();
    let promise = move || {
        let text = words.text().settings();
        match persistence.get() {
            None => "",
            Some(Persistence::Granted) => text.persisted,
            Some(Persistence::NotGranted) => text.not_persisted,
            Some(Persistence::Unknown) => text.unknown,
        }
    };
    let may_ask = move || persistence.get() == Some(Persistence::NotGranted);
    let ready = move || {
        let text = words.text().settings();
        if storage.ready().get() { text.offline_ready } else { text.offline_not_yet }
    };
    view! {
        <section class="card">
            <h2>{move || words.text().settings().storage}</h2>
            <p role="status">{promise}</p>
            <Show when=may_ask>
                <Show
                    when=move || storage.asked().get()
                    fallback=move || view! {
                        <button type="button" class="btn quiet" on:click=move |_| storage.ask()>
                            {move || words.text().settings().ask}
                        </button>
                    }
                >
                    <p class="sub">{move || words.text().settings().asked}</p>
                </Show>
            </Show>
            <p role="status">{ready}</p>
            {install(words, storage)}
        </section>
        {file(words, storage)}
    }
    .into_any()
}

fn install(words: Words, storage: Storage) -> AnyView {
    let body = move || {
        let text = words.text().settings();
        match (storage.opened(), storage.offer().get()) {
            (Opened::Installed, _) => view! { <p>{text.installed}</p> }.into_any(),
            (Opened::Tab, true) => view! {
                <p class="sub">{text.install_why}</p>
                <button type="button" class="btn quiet" on:click=move |_| storage.install()>
                    {text.install_do}
                </button>
            }
            .into_any(),
            (Opened::Tab, false) => view! { <p class="sub">{text.install_menu}</p> }.into_any(),
            (Opened::IosTab, _) => {
                let steps = text.install_ios.map(|step| view! { <li>{step}</li> });
                view! {
                    <h3>{text.install}</h3>
                    <ol class="steps">{steps.collect_view()}</ol>
                }
                .into_any()
            }
        }
    };
    body.into_any()
}

fn file(words: Words, storage: Storage) -> AnyView {
    let failed = RwSignal::new(None);
    let said = move || storage.failed().get().then(|| failed.get()).flatten();
    let step = Signal::derive(move || {
        let text = words.text().settings();
        Step { open: text.erase, means: text.erase_means, yes: text.erase_do, no: text.keep }
    });
    view! {
        <section class="card">
            <h2>{move || words.text().settings().export}</h2>
            <p class="sub">{move || words.text().settings().export_means}</p>
            <button
                type="button"
                class="btn quiet"
                on:click=move |_| {
                    failed.set(Some(words.text().settings().export_failed));
                    storage.export();
                }
            >
                {move || words.text().settings().export_do}
            </button>
            {confirm(
                step,
                Callback::new(move |()| {
                    failed.set(Some(words.text().settings().erase_failed));
                    storage.erase();
                }),
            )}
            <p class="trouble-text" role="alert">{said}</p>
        </section>
    }
    .into_any()
}
