//! The part of Settings about the store on this phone, and the diary as a file.

use leptos::prelude::*;

use crate::state::language::Words;
use crate::state::storage::{Export, Opened, Persistence, Storage};

/// What the browser promises, installing, files of everything, and the ways to moving and erasing.
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
    let failed = move || storage.failed().get().then(|| words.text().files().export_failed);
    view! {
        <section class="card">
            <h2>{move || words.text().files().export}</h2>
            <p class="sub">{move || words.text().files().export_means}</p>
            <button type="button" class="btn quiet" on:click=move |_| storage.export(Export::Bundle)>
                {move || words.text().files().export_fhir}
            </button>
            <button type="button" class="btn quiet" on:click=move |_| storage.export(Export::Table)>
                {move || words.text().files().export_table}
            </button>
            <p class="trouble-text" role="alert">{failed}</p>
        </section>
        <section class="card">
            <h2>{move || words.text().files().moving}</h2>
            <p class="sub">{move || words.text().files().moving_means}</p>
            <a class="btn quiet" href="/move">{move || words.text().files().moving}</a>
        </section>
        <section class="card">
            <h2>{move || words.text().erase().leads}</h2>
            <p class="sub">{move || words.text().erase().leads_means}</p>
            <a class="btn quiet" href="/erase">{move || words.text().erase().leads}</a>
        </section>
    }
    .into_any()
}
